import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportFormats } from '../../server/src/handover/formats.ts';
import type { DifferenceParams, ToldDifference, WrittenFile, WrittenReport } from '../../server/src/lsp/handover.ts';
import { type Client, start } from './client.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const name = '信用卡逾期电话提醒.huashu';
const day = '2026-06-01';

suite('handing over, as the command line does', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-handover-'));
    cpSync(join(import.meta.dirname, '../../samples'), folder, { recursive: true });
    writeFileSync(join(folder, 'huashu.yaml'), `packs: [cn-credit-card]\nasOf: ${day}\n`);
    // Of the same script an earlier version.
    writeFileSync(join(folder, '旧.huashu'), earlier());
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  const source = (): string => readFileSync(join(folder, name), 'utf8');
  const earlier = (): string =>
    source()
      .replace(/\n坐席：[^\n]+/, '')
      .replace('是我', '我是');
  const uriOf = (file: string): string => pathToFileURL(join(folder, file)).toString();

  function run(...args: string[]): Buffer {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, maxBuffer: 1e8 });
    assert.equal(stderr.toString(), '');
    return stdout;
  }

  /** A server that has the folder open, and what the client of a browser reads for it. */
  function serve(server: 'the language server' | 'the server of the web', locale = 'zh-cn'): Promise<Client> {
    const texts = readdirSync(folder).flatMap((file): [string, string][] =>
      /\.(?:huashu|yaml)$/.test(file) ? [[uriOf(file), readFileSync(join(folder, file), 'utf8')]] : [],
    );
    const files = server === 'the server of the web' ? { files: new Map(texts) } : {};
    return start({ server, locale, folder: pathToFileURL(folder).toString(), ...files });
  }

  const bytesOf = ({ bytes }: WrittenFile): Buffer => Buffer.from(bytes, 'base64');

  for (const server of ['the language server', 'the server of the web'] as const) {
    suite(server, () => {
      let client: Client;
      suiteSetup(async () => {
        client = await serve(server);
        client.open(uriOf(name), source());
      });
      suiteTeardown(async () => assert.equal(await client.stop(), 0));

      const send = <Answer>(method: string, params: object): Promise<Answer> =>
        client.connection.sendRequest<Answer>(method, { uri: uriOf(name), ...params });
      const compare = (before: DifferenceParams['before'], format: DifferenceParams['format']) =>
        send<ToldDifference>('huashu/difference', { before, format });

      for (const format of exportFormats) {
        test(`exports ${format} to the same bytes`, async () => {
          const written = bytesOf(await send<WrittenFile>('huashu/export', { format }));
          assert.ok(written.length > 1000);
          assert.ok(written.equals(run('export', name, '--format', format, '--lang', 'zh-CN')));
        });
      }

      for (const format of ['html', 'docx'] as const) {
        test(`reports in ${format} to the same bytes`, async () => {
          const report = await send<WrittenReport>('huashu/complianceReport', { format });
          assert.ok(bytesOf(report).equals(run('report', name, '--format', format, '--lang', 'zh-CN')));
          assert.deepEqual([report.errors, report.warnings], [0, 0]);
        });
      }

      for (const format of ['html', 'json', 'text'] as const) {
        test(`tells in ${format} what differs from another script, with the same words`, async () => {
          const told = await compare({ uri: uriOf('旧.huashu') }, format);
          assert.equal(told.text, run('diff', '旧.huashu', name, '--format', format, '--lang', 'zh-CN').toString());
          assert.equal(told.same, false);
        });
      }

      test('tells what has changed since a text that was committed', async () => {
        const { text, same } = await compare({ committed: earlier() }, 'text');
        assert.match(text, new RegExp(`\\nHEAD:${name} 与 ${name} 相比\\n`));
        assert.equal(same, false);
        assert.equal((await compare({ committed: source() }, 'text')).same, true);
      });

      test('a view has the lines that it is about, and nothing of a page around it', async () => {
        const { text } = await compare({ committed: earlier() }, 'view');
        assert.doesNotMatch(text, /<style|<html|<script/);
        const [, line] = /<li data-line="(\d+)"><ins>＋<\/ins> <ins>([^<]+)/.exec(text) ?? [];
        assert.match(source().split('\n')[Number(line)] ?? '', /^坐席：/);
      });

      test('what is typed counts', async () => {
        client.change(uriOf(name), source().replace('【', '【改过的'), 2);
        const written = bytesOf(await send<WrittenFile>('huashu/export', { format: 'csv' })).toString();
        assert.match(written, /改过的/);
        client.change(uriOf(name), source(), 3);
      });

      test('a script that is not there is refused', async () => {
        const uri = uriOf('没有.huashu');
        await assert.rejects(send('huashu/export', { uri, format: 'csv' }), /不在了/);
        await assert.rejects(send('huashu/complianceReport', { uri, format: 'html' }), /不在了/);
        await assert.rejects(compare({ uri }, 'text'), /不在了/);
      });
    });
  }

  test('in English', async () => {
    const client = await serve('the language server', 'en');
    const params = { uri: uriOf(name), format: 'html' };
    const report = await client.connection.sendRequest<WrittenReport>('huashu/complianceReport', params);
    assert.ok(bytesOf(report).equals(run('report', name, '--lang', 'en')));
    assert.equal(await client.stop(), 0);
  });

  test('a script outside the folder is judged by the configuration beside it', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'huashu-elsewhere-'));
    writeFileSync(join(elsewhere, 'huashu.yaml'), 'packs: [cn-credit-card]\nasOf: 2020-01-01\n');
    writeFileSync(join(elsewhere, name), source());
    const uri = pathToFileURL(join(elsewhere, name)).toString();
    const client = await serve('the language server');
    client.open(uri, source());
    const params = { uri, format: 'html' };
    const report = await client.connection.sendRequest<WrittenReport>('huashu/complianceReport', params);
    const { stdout } = spawnSync(process.execPath, [cli, 'report', name, '--lang', 'zh-CN'], { cwd: elsewhere });
    assert.match(bytesOf(report).toString(), /检查日期 2020-01-01/);
    assert.ok(bytesOf(report).equals(stdout));
    assert.equal(await client.stop(), 0);
    rmSync(elsewhere, { recursive: true, force: true });
  });
});
