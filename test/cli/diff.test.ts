import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const source = '【开场】\n坐席：您好，这里是某某银行。\n客户（其他）：喂 → 结束\n';
const changed = '【开场】\n坐席：您好，这里是某某银行，请讲。\n客户（其他）：喂 → 转人工\n';

suite('huashu diff', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-diff-'));
    writeFileSync(join(folder, '旧.huashu'), source);
    writeFileSync(join(folder, '新.huashu'), changed);
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  function run(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [cli, 'diff', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8', ...env },
    });
  }

  test('two scripts: 1 and what has changed, 0 where nothing has', () => {
    const { status, stdout } = run(['旧.huashu', '新.huashu']);
    assert.equal(status, 1);
    assert.match(stdout, /^话术差异\n旧\.huashu 与 新\.huashu 相比\n1 个问题不再出现，1 条路径改道，1 句改动。\n/);
    assert.match(stdout, /～ 【开场】（客户：其他） → 结束 → 转人工\n/);
    const same = run(['旧.huashu', '旧.huashu', '--lang', 'en']);
    assert.equal(same.status, 0);
    assert.match(same.stdout, /\nThe texts are the same\.\n$/);
  });

  test('JSON for programs, a page for people', () => {
    const { stdout } = run(['旧.huashu', '新.huashu', '--format', 'json']);
    const { version, same, before, nodes, ways, ends } = JSON.parse(stdout);
    assert.deepEqual([version, same, before.path, before.sha256.length], [1, false, '旧.huashu', 64]);
    assert.deepEqual(nodes[0].lines[0].after, { line: 1, text: '坐席：您好，这里是某某银行，请讲。' });
    assert.deepEqual(ways, [
      {
        kind: 'moved',
        from: '开场',
        reply: '其他',
        speaker: 'customer',
        condition: null,
        before: { end: { kind: 'end', outcome: null } },
        after: { end: { kind: 'transfer', outcome: null } },
        line: 2,
      },
    ]);
    assert.deepEqual(ends, [
      { kind: 'new', end: 'transfer', outcome: null },
      { kind: 'gone', end: 'end', outcome: null },
    ]);
    assert.equal(run(['旧.huashu', '新.huashu', '--format', 'html', '--output', 'a.html']).status, 1);
    assert.match(readFileSync(join(folder, 'a.html'), 'utf8'), /^<!DOCTYPE html>\n<html lang="zh-CN">/);
  });

  test('one script is compared with what was committed last', function () {
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: folder,
        stdio: 'pipe',
      });
    };
    try {
      git('init', '-q');
    } catch {
      this.skip();
    }
    writeFileSync(join(folder, '甲.huashu'), source);
    assert.match(run(['甲.huashu']).stderr, /git 里没有“甲\.huashu”的上一版/);
    git('add', '甲.huashu');
    git('commit', '-qm', 'a');
    assert.equal(run(['甲.huashu']).status, 0);
    writeFileSync(join(folder, '甲.huashu'), changed);
    const { status, stdout } = run(['甲.huashu']);
    assert.equal(status, 1);
    assert.match(stdout, /\nHEAD:甲\.huashu 与 甲\.huashu 相比\n/);
  });

  test('what cannot be compared is refused with the reason', () => {
    assert.match(run(['旧.huashu'], { PATH: '' }).stderr, /没有找到 git/);
    for (const args of [[], ['.'], ['旧.huashu', '.', '新.huashu'], ['旧.huashu', '没有.huashu'], ['--stdin']])
      assert.equal(run(args).status, 2, args.join(' '));
  });
});
