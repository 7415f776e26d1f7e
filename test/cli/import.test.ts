import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archive, excelFiles, p, wordFiles } from '../documents/office.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

suite('huashu import', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-import-'));
    writeFileSync(join(folder, '首催.docx'), archive(wordFiles(p('核实身份', '1') + p('坐席：请问是XX先生吗？'))));
    writeFileSync(
      join(folder, '流程.xlsx'),
      archive(
        excelFiles([
          ['环节', '话术'],
          ['开场', '您好'],
        ]),
      ),
    );
    writeFileSync(join(folder, '坏.docx'), 'PK');
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [cli, 'import', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });

  test('prints the script', () => {
    const { status, stdout } = run('首催.docx');
    assert.equal(status, 0);
    assert.equal(
      stdout,
      [
        '---',
        '话术: 首催',
        '变量:',
        '  客户称呼: {类型: 称谓, 样例: 王先生}',
        '---',
        '# 由“首催.docx”导入：1 节、1 句话、0 个回复分支、1 个变量；0 行保留为提示或备注。请核对后删去这几行。',
        '',
        '【核实身份】',
        '坐席：请问是{客户称呼}吗？',
        '',
      ].join('\n'),
    );
  });

  test('writes it to a file, and tells what was understood', () => {
    const { status, stdout, stderr } = run('流程.xlsx', '--output', 'a.huashu', '--lang', 'en');
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(stderr, /^1 nodes, 1 lines/);
    assert.match(readFileSync(join(folder, 'a.huashu'), 'utf8'), /【开场】\n坐席：您好\n$/);
  });

  test('refuses what it cannot read, and wrong usage', () => {
    for (const args of [['坏.docx'], ['没有.docx'], [], ['a', 'b'], ['首催.docx', '--output', '首催.docx'], ['.']]) {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.ok(stderr.length > 5);
    }
    assert.match(run('坏.docx').stderr, /“坏\.docx”：文档已损坏/);
  });
});
