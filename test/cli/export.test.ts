import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFormats } from '../../server/src/handover/formats.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const name = '信用卡逾期电话提醒';

suite('huashu export', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-export-'));
    cpSync(join(import.meta.dirname, '../../samples'), join(folder, '话术'), { recursive: true });
  });
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  function run(...args: string[]): { status: number | null; stdout: Buffer; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });
    return { status, stdout, stderr: stderr.toString() };
  }

  const script = `话术/${name}.huashu`;

  test('the ending of the file tells the format, and a workbook comes back as the script that it was', () => {
    assert.deepEqual(run('export', script, '--output', 'a.xlsx'), { status: 0, stdout: Buffer.alloc(0), stderr: '' });
    const { status, stdout, stderr } = run('import', 'a.xlsx');
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(stdout.toString(), readFileSync(join(folder, script), 'utf8'));
  });

  test('so does JSON, from standard output', () => {
    const { stdout } = run('export', script, '--format', 'json');
    assert.equal(JSON.parse(stdout.toString()).format, 'huashu-script');
    assert.equal(run('export', script, '--output', 'a.json').status, 0);
    assert.deepEqual(readFileSync(join(folder, 'a.json')), stdout);
    assert.equal(run('import', 'a.json', '--output', 'b.huashu').status, 0);
    assert.equal(readFileSync(join(folder, 'b.huashu'), 'utf8'), readFileSync(join(folder, script), 'utf8'));
  });

  test('every format is the same bytes twice', () => {
    for (const format of exportFormats) {
      const { status, stdout, stderr } = run('export', script, '--format', format);
      assert.equal(status, 0, stderr);
      assert.ok(stdout.length > 1000, format);
      assert.ok(stdout.equals(run('export', script, '--format', format).stdout), format);
    }
  });

  test('several scripts go into a folder, each under its own name', () => {
    assert.equal(run('export', '话术', '--format', 'csv', '--output', '交付').status, 0);
    assert.match(readFileSync(join(folder, '交付/话术', `${name}.csv`), 'utf8'), /^\ufeff编号,/);
    assert.equal(run('export', script, '--format', 'mermaid', '--output', '图/').status, 0);
    assert.match(readFileSync(join(folder, '图/话术', `${name}.mmd`), 'utf8'), /^flowchart TD\n/);
  });

  test('what cannot be done is refused with the reason, and no script is written over', () => {
    const before = readFileSync(join(folder, script));
    assert.match(run('export', script).stderr, /--format/);
    assert.match(run('export', '话术', '--format', 'csv').stderr, /文件夹/);
    assert.match(run('export', script, '--format', 'csv', '--output', script).stderr, /不能用来存放/);
    assert.match(run('export', script, '--format', 'pdf').stderr, /没有“pdf”/);
    assert.match(run('export', '没有.huashu', '--format', 'csv').stderr, /没有这个文件/);
    for (const args of [['话术', '--format', 'csv'], [script], ['没有.huashu', '--format', 'csv']])
      assert.equal(run('export', ...args).status, 2);
    assert.deepEqual(readFileSync(join(folder, script)), before);
  });
});
