import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { dist } from './servers.ts';

/** In thousands of bytes, as it is shipped. */
function sizeOf(files: readonly string[]): number {
  const code = files.map((file) => readFileSync(file, 'utf8'));
  const shipped = code.map(
    (each) => transformSync(each, { minify: true, charset: 'utf8', legalComments: 'none' }).code,
  );
  return Buffer.byteLength(shipped.join('')) / 1000;
}

suite('what is loaded at the start', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-'));
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  /** The files of ours that a program has loaded when it begins to answer. */
  async function loadedBy(program: string, args: readonly string[], input = ''): Promise<string[]> {
    const list = join(folder, 'loaded.json');
    const listing = join(folder, 'listing.cjs');
    const ours = `Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(dist)}))`;
    writeFileSync(
      listing,
      `const { write } = process.stdout;
      process.stdout.write = function (...given) {
        process.stdout.write = write;
        require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(${ours}));
        return write.apply(this, given);
      };`,
    );
    rmSync(list, { force: true });
    const child = spawn(process.execPath, ['-r', listing, join(dist, program), ...args]);
    child.stdin.write(input);
    await once(child.stdout, 'data');
    child.kill();
    return JSON.parse(readFileSync(list, 'utf8'));
  }

  test('a server has loaded the connection and little else when it has answered', async () => {
    const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { capabilities: {} } });
    const files = await loadedBy('node/server.cjs', ['--stdio'], `Content-Length: ${message.length}\r\n\r\n${message}`);
    assert.ok(files.length > 1, files.join(' '));
    assert.ok(sizeOf(files) < 450, `${sizeOf(files)} kB: ${files.join(' ')}`);
  });

  test('a worker has no more to begin with', () => {
    const size = sizeOf([join(dist, 'browser/server.js')]);
    assert.ok(size < 500, `${size} kB`);
  });

  test('the command line loads no connection to check a script', async () => {
    const script = join(folder, 'a.huashu');
    writeFileSync(script, '【开场】\n坐席：您好，{客户姓名}。\n');
    const files = await loadedBy('node/cli.cjs', ['check', script]);
    assert.ok(files.length > 1, files.join(' '));
    assert.ok(files.every((file) => !readFileSync(file, 'utf8').includes('window/workDoneProgress')));
  });
});
