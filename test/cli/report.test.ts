import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

suite('huashu report', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-report-'));
    cpSync(join(import.meta.dirname, '../../samples'), join(folder, '话术'), { recursive: true });
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  function run(...args: string[]): { status: number | null; stdout: Buffer; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'report', ...args], {
      cwd: folder,
      maxBuffer: 1e8,
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });
    return { status, stdout, stderr: stderr.toString() };
  }

  const good = '话术/信用卡逾期电话提醒.huashu';
  const bad = '话术/违规示例.huashu';

  test('a page on standard output, of the day that is given; 1 where there are errors, as a check has it', () => {
    const { status, stdout, stderr } = run(good, '--as-of', '2026-06-01');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout.toString(), /^<!DOCTYPE html>[\s\S]*检查日期 2026-06-01/);
    assert.ok(stdout.equals(run(good, '--as-of', '2026-06-01').stdout));
    assert.equal(run(bad, '--output', 'a.html').status, 1);
    assert.match(run(good, '--lang', 'en').stdout.toString(), /<html lang="en">/);
  });

  test('a Word document by the ending of the file', () => {
    assert.equal(run(good, '--as-of', '2026-06-01', '--output', 'a.docx').status, 0);
    const bytes = readFileSync(join(folder, 'a.docx'));
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    assert.ok(run(good, '--as-of', '2026-06-01', '--format', 'docx').stdout.equals(bytes));
  });

  test('a report a script, into a folder', () => {
    assert.equal(run('话术', '--output', '报告').status, 1);
    assert.match(readFileSync(join(folder, '报告/话术/公共.html'), 'utf8'), /话术合规报告：/);
  });

  test('what is wrong with the configuration is told, and counts', () => {
    writeFileSync(join(folder, '话术/huashu.yaml'), 'rules:\n  cn/no-such-rule: off\n  cn/no-insult: off\n');
    const { status, stdout, stderr } = run(good);
    rmSync(join(folder, '话术/huashu.yaml'));
    assert.match(stderr, /huashu\.yaml:2:3 {2}错误/);
    assert.equal(status, 1);
    assert.match(stdout.toString(), /未检查：配置关闭/);
  });

  test('wrong usage', () => {
    assert.equal(run('没有.huashu').status, 2);
    assert.equal(run(good, '--format', 'pdf').status, 2);
    assert.equal(run('话术').status, 2);
  });
});
