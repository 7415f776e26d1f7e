import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompletionItem, Hover, Location } from 'vscode-languageserver-protocol';
import { installPackages } from '../debian.mjs';
import { dist } from './servers.ts';

/** A diagnostic as Neovim keeps it: places count bytes from 0, 1 is an error. */
interface Shown {
  readonly code: string;
  readonly message: string;
  readonly lnum: number;
  readonly col: number;
  readonly end_col: number;
  readonly severity: number;
}

interface Log {
  readonly problem?: string;
  readonly filetype: string;
  readonly found: boolean;
  readonly diagnostics: readonly Shown[];
  readonly hover: Hover;
  readonly definition: Location | readonly Location[];
  readonly elsewhere: Location | readonly Location[];
  readonly mended: boolean;
  readonly completion: { readonly items: readonly CompletionItem[] };
  readonly keys: boolean;
  /** In what the server says that it counts. */
  readonly encoding: string;
  readonly yaml: readonly Shown[];
}

const script =
  '【开场】\n坐席：😀𠮷再不还钱我就找人打断你的腿。\n插入：公共/渠道\n→ 告别\n\n【告别】\n坐席：再见。\n结束：完成\n';

suite('Neovim, with the configuration of docs/editors', function () {
  this.timeout(90_000);
  let home: string;
  suiteSetup(async function () {
    this.timeout(300_000);
    const works = () => spawnSync('nvim', ['--version']).status === 0;
    if (!works()) await installPackages('neovim');
    assert.ok(works(), '没有 Neovim，也无法安装 / There is no Neovim, and none could be installed');
    home = mkdtempSync(path.join(tmpdir(), 'huashu-neovim-'));
    mkdirSync(path.join(home, 'bin'));
    const command = path.join(home, 'bin/huashu');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${path.join(dist, 'node/cli.cjs')}' "$@"\n`);
    chmodSync(command, 0o755);
  });
  suiteTeardown(() => home && rmSync(home, { recursive: true }));

  /** @param page its first block, in the place where Neovim looks for it */
  async function drive(page: string, before?: string): Promise<Log> {
    const [, configuration] = /^```lua\n(.*?)^```$/ms.exec(readFileSync(page, 'utf8'))!;
    const folder = mkdtempSync(path.join(home, 'run-'));
    mkdirSync(path.join(folder, 'config/nvim'), { recursive: true });
    writeFileSync(path.join(folder, 'config/nvim/init.lua'), configuration!);
    mkdirSync(path.join(folder, '话术'));
    writeFileSync(path.join(folder, '话术/甲.话术'), script);
    writeFileSync(path.join(folder, '话术/公共.话术'), '【渠道】\n坐席：请致电{客服电话}。\n→ 返回\n');
    writeFileSync(path.join(folder, '话术/huashu.yaml'), 'packs: [cn-credit-card]\nrule: {}\n');
    const out = path.join(folder, 'log.json');
    const places = Object.fromEntries(
      ['config', 'data', 'state', 'cache'].map((name) => [`XDG_${name.toUpperCase()}_HOME`, path.join(folder, name)]),
    );
    const { VIMINIT: _, ...inherited } = process.env;
    const driver = path.join(import.meta.dirname, 'neovim.lua');
    const editor = spawn(
      'nvim',
      ['--headless', '-n', ...(before ? ['--cmd', `luafile ${before}`] : []), '甲.话术', '-S', driver],
      {
        cwd: path.join(folder, '话术'),
        env: {
          ...inherited,
          ...places,
          PATH: [path.join(home, 'bin'), process.env.PATH].join(path.delimiter),
          HUASHU_OUT: out,
          LC_ALL: 'C.UTF-8',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    for (const stream of [editor.stdout, editor.stderr]) stream.on('data', (text) => (said += text));
    const timer = setTimeout(() => editor.kill('SIGKILL'), 80_000);
    const [status] = await once(editor, 'close');
    clearTimeout(timer);
    assert.equal(status, 0, said);
    const log: Log = JSON.parse(readFileSync(out, 'utf8'));
    assert.equal(log.problem, undefined);
    return log;
  }

  for (const [page, message, rule, encoding] of [
    ['docs/editors.md', /hurt|violence/i, /\*\*Sources\*\*/, 'utf-16'],
    ['docs/editors.zh-CN.md', /^“找人打断你的腿”是人身威胁/, /\*\*依据\*\*/, 'utf-16'],
    ['docs/editors.md', /hurt|violence/i, /\*\*Sources\*\*/, 'utf-8'],
  ] as const)
    test(`${page}: findings, hover, definition, completion, and packs, in ${encoding}`, async () => {
      const log = await drive(
        page,
        encoding === 'utf-8' ? path.join(import.meta.dirname, 'neovimBytes.lua') : undefined,
      );
      assert.equal(log.filetype, 'huashu');
      assert.equal(log.encoding, encoding);
      assert.ok(log.found && log.keys);
      const threat = log.diagnostics.find(({ code }) => code === 'cn/no-threat-of-violence')!;
      assert.equal(threat.severity, 1);
      assert.match(threat.message, message);
      const line = Buffer.from(script.split('\n')[threat.lnum]!);
      assert.equal(line.subarray(threat.col, threat.end_col).toString(), '找人打断你的腿');
      assert.match((log.hover.contents as { readonly value: string }).value, rule);
      // Neovim writes the escapes of its URIs in small letters, and means the same files.
      const places = [log.definition, log.elsewhere].flat();
      assert.deepEqual(
        places.map(({ uri, range }) => [path.basename(fileURLToPath(uri)), range.start.line]),
        [
          ['甲.话术', 5],
          ['公共.话术', 0],
        ],
      );
      assert.ok(log.mended);
      assert.ok(log.completion.items.some(({ label }) => label === '告别'));
      assert.deepEqual(
        log.yaml.map(({ code, lnum }) => [code, lnum]),
        [['configuration', 1]],
      );
    });
});
