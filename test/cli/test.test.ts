import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const root = join(import.meta.dirname, '../..');

const script = `---
变量:
  天数: {类型: 整数, 样例: 12}
---
【开场】
坐席：您好。
客户（是本人）：是我 → 说明
客户（其他） → 结束

【说明】
若：天数 大于 60 → 转人工
坐席：账单逾期{天数}天。
结束：说完了
`;
const passing = `${script}\n用例：本人\n客户说：是我\n期望：说明、说完了\n`;
const failing = `${passing}\n用例：久了\n设定：天数 = 61\n客户说：是本人\n不得：您好\n期望：说完了\n`;

suite('huashu test', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-test-'));
  });
  teardown(() => rmSync(folder, { recursive: true }));
  const write = (files: { readonly [name: string]: string }): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const run = (args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'test', ...args], {
      cwd: folder,
      encoding: 'utf8',
      input,
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });
    return { status, stdout, stderr };
  };

  test('0 when all pass; every scenario is named, with what is covered', () => {
    write({ 'a.huashu': passing });
    const { status, stdout, stderr } = run([]);
    assert.equal(
      stdout,
      [
        'a.huashu',
        '  ✔ 本人',
        '  覆盖：节点 2/2 (100%)，分支 1/2 (50%)，条件 1/2 (50%)',
        '',
        '1 个用例：1 个通过，0 个没有通过；覆盖：节点 2/2 (100%)，分支 1/2 (50%)，条件 1/2 (50%)',
        '',
      ].join('\n'),
    );
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  test('1 when one fails; the line is named, with the conversation up to there', () => {
    write({ 'a/失败.话术': failing });
    const { status, stdout } = run(['a']);
    assert.equal(status, 1);
    assert.equal(
      stdout.split('\n').slice(0, 10).join('\n'),
      [
        'a/失败.话术',
        '  ✔ 本人',
        '  ✘ 久了',
        '    a/失败.话术:22:4  坐席说了“您好”：“您好。”（开场，第 6 行）。',
        '      6  【开场】坐席：您好。',
        '      7  【开场】客户（是本人）：是我',
        '    a/失败.话术:23:4  没有到达“说完了”。对话已经结束：转给了人工。',
        '      6  【开场】坐席：您好。',
        '      7  【开场】客户（是本人）：是我',
        '  覆盖：节点 2/2 (100%)，分支 1/2 (50%)，条件 2/2 (100%)',
      ].join('\n'),
    );
    assert.match(run(['a', '--lang', 'en']).stdout, /22:4 {2}The agent said “您好”.*\n.*\[开场\] Agent: 您好。/);
    assert.match(run(['a', '--lang', 'en']).stdout, /2 scenarios: 1 passed, 1 failed; covered: nodes 2\/2/);
  });

  test('--coverage says what no scenario comes to, and how to get there', () => {
    write({ 'a.huashu': passing });
    const { status, stdout } = run(['--coverage']);
    assert.equal(status, 0);
    assert.match(stdout, / {4}a\.huashu:8 {2}分支 开场（其他） {2}说：其他\n/);
    assert.match(stdout, / {4}a\.huashu:11 {2}条件 天数 大于 60：没有成立过 {2}说：是本人\n/);
  });

  test('json holds results, conversations and coverage', () => {
    write({ 'a.huashu': failing });
    const { status, stdout } = run(['--format', 'json']);
    assert.equal(status, 1);
    const { version, files, summary } = JSON.parse(stdout);
    assert.equal(version, 1);
    const { coverage, ...counts } = summary;
    assert.deepEqual(counts, { files: 1, scenarios: 2, passed: 1, failed: 1, untested: 0 });
    assert.deepEqual(coverage.nodes, { covered: 2, total: 2 });
    const [{ path, scenarios, coverage: own }] = files;
    assert.equal(path, 'a.huashu');
    assert.deepEqual(own.branches, { covered: 1, total: 2 });
    assert.deepEqual(own.uncovered, [
      {
        kind: 'branch',
        node: '开场',
        name: '其他',
        missing: null,
        range: { start: { line: 7, character: 0 }, end: { line: 7, character: 11 } },
        way: { replies: ['其他'], conditions: [] },
      },
    ]);
    assert.equal(scenarios[0].passed, true);
    assert.deepEqual(scenarios[0].end, { kind: 'outcome', outcome: '说完了' });
    const [failure] = scenarios[1].failures;
    assert.deepEqual(failure.range, { start: { line: 21, character: 3 }, end: { line: 21, character: 5 } });
    assert.deepEqual(failure.related, { path: 'a.huashu', line: 5 });
    assert.deepEqual(failure.transcript[1], {
      node: '开场',
      speaker: 'customer',
      reply: '是本人',
      text: '是我',
      path: 'a.huashu',
      line: 6,
    });
  });

  test('a script without scenarios is no failure, and is said', () => {
    write({ 'a.huashu': script, 'b.huashu': passing });
    const { status, stdout } = run([]);
    assert.equal(status, 0);
    assert.match(stdout, /没有用例的话术：\n {2}a\.huashu\n/);
    assert.match(run(['a.huashu']).stdout, /没有用例，什么也没有检验。\n$/);
    assert.equal(run(['a.huashu']).status, 0);
  });

  test('2 when something could not be read; the rest is still tested', () => {
    write({ 'a.huashu': passing });
    mkdirSync(join(folder, 'empty'));
    const { status, stdout, stderr } = run(['a.huashu', 'nowhere.huashu', 'empty']);
    assert.equal(status, 2);
    assert.match(stdout, /✔ 本人/);
    assert.match(stderr, /nowhere\.huashu/);
    assert.match(stderr, /没有话术文件/);
    assert.equal(run(['empty']).status, 2);
    assert.equal(run(['--jobz']).status, 2);
    assert.equal(run(['--format', 'mermaid']).status, 2);
  });

  test('standard input, output to a file, replies of another pack', () => {
    const own = '【甲】\n客户（咨询额度） → 结束\n\n用例：乙\n客户说：问额度\n期望：结束\n';
    write({
      'packs/own.yaml':
        'pack: own\nversion: 1.0.0\ntitle: {zh: 自己的, en: Our own}\nprefix: own\nreplies:\n  - id: limit\n    name: {zh: 咨询额度, en: Limit}\n    aliases: [问额度]\n    about: {zh: 问额度。, en: About the limit.}\n    examples: [额度多少]\n',
    });
    assert.equal(run(['--stdin'], own).status, 1);
    assert.equal(run(['--stdin', '--pack', 'packs/own.yaml'], own).stderr, '');
    const { status, stdout } = run(
      ['--stdin', '--stdin-filename', '甲.huashu', '--pack', 'packs/own.yaml', '--output', '结果.txt'],
      own,
    );
    assert.equal(stdout, '');
    assert.equal(status, 0);
    assert.match(readFileSync(join(folder, '结果.txt'), 'utf8'), /^甲\.huashu\n {2}✔ 乙\n/);
  });

  test('a script is not overwritten by the result', () => {
    write({ 'a.huashu': passing });
    assert.equal(run(['a.huashu', '--output', 'a.huashu']).status, 2);
    assert.equal(readFileSync(join(folder, 'a.huashu'), 'utf8'), passing);
  });

  test('the scenarios of the samples pass', () => {
    const { status, stdout } = run([join(root, 'samples')]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /\d+ 个用例：\d+ 个通过，0 个没有通过/);
  });
});
