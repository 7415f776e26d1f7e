import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const gbk = Buffer.from([0xd7, 0xf8, 0xcf, 0xaf, 0x3a, 0xc4, 0xfa, 0xba, 0xc3, 0x0a]);

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for each test. */
function sandbox(): {
  write(files: { readonly [name: string]: string | Uint8Array }): void;
  read(name: string): string;
  path(name: string): string;
  run(args: readonly string[], input?: string | Uint8Array): Run;
} {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-format-'));
  });
  teardown(() => rmSync(folder, { recursive: true }));
  return {
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    path: (name) => join(folder, name),
    run(args, input = '') {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
        cwd: folder,
        encoding: 'utf8',
        input,
        env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
      });
      return { status, stdout, stderr };
    },
  };
}

suite('huashu format', () => {
  const { write, read, path, run } = sandbox();

  test('writes what changes and names it', () => {
    write({ 'a.huashu': '[开场]\n坐席:您好', 'b/c.话术': '【开场】\n坐席：您好\n' });
    const before = statSync(path('b/c.话术')).mtimeMs;
    assert.deepEqual(run(['format']), { status: 0, stdout: 'a.huashu\n排版了 1 个文件，1 个无需改动\n', stderr: '' });
    assert.equal(read('a.huashu'), '【开场】\n坐席：您好\n');
    assert.equal(statSync(path('b/c.话术')).mtimeMs, before);
    assert.match(run(['format', '--lang', 'en']).stdout, /^0 files formatted, 2 unchanged\n$/);
    assert.deepEqual(readdirSync(path('.')).sort(), ['a.huashu', 'b']);
  });

  test('--check names what would change, changes nothing, and fails', () => {
    write({ 'a.huashu': '坐席:您好\n' });
    assert.deepEqual(run(['format', '--check', 'a.huashu']), {
      status: 1,
      stdout: 'a.huashu\n1 个文件需要排版，0 个无需改动\n',
      stderr: '',
    });
    assert.equal(read('a.huashu'), '坐席:您好\n');
    run(['format', 'a.huashu']);
    assert.equal(run(['format', '--check', 'a.huashu']).status, 0);
  });

  test('standard input to standard output', () => {
    assert.deepEqual(run(['format', '--stdin', '--stdin-filename', 'x.huashu'], '\ufeff坐席:您好\r\n'), {
      status: 0,
      stdout: '\ufeff坐席：您好\r\n',
      stderr: '',
    });
    assert.equal(
      run(['format', '--stdin', '--stdin-filename', 'x.huashu', '--check'], '坐席:您好').stdout,
      'x.huashu\n',
    );
    const garbled = run(['format', '--stdin'], gbk);
    assert.deepEqual([garbled.status, garbled.stdout], [1, '']);
  });

  test('byte-order mark, line ends, mode and links are kept', () => {
    write({ 'a.huashu': '\ufeff坐席:您好\r\n' });
    chmodSync(path('a.huashu'), 0o640);
    symlinkSync('a.huashu', path('b.huashu'));
    assert.equal(run(['format', 'b.huashu']).status, 0);
    assert.equal(read('a.huashu'), '\ufeff坐席：您好\r\n');
    assert.equal(statSync(path('a.huashu')).mode & 0o777, 0o640);
    assert.ok(lstatSync(path('b.huashu')).isSymbolicLink());
  });

  test('a file that is not UTF-8 is left alone, and what cannot be read is said; the rest is formatted', () => {
    write({ 'a.huashu': '坐席:您好\n', 'gbk.huashu': gbk });
    const garbled = run(['format']);
    assert.equal(garbled.status, 1);
    assert.match(garbled.stderr, /gbk\.huashu.*UTF-8/);
    assert.equal(read('a.huashu'), '坐席：您好\n');
    assert.deepEqual(readFileSync(path('gbk.huashu')), gbk);
    const missing = run(['format', 'a.huashu', 'missing.huashu']);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /missing\.huashu/);
  });

  test('options that it does not have are refused', () => {
    assert.equal(run(['format', '--pack', 'x']).status, 2);
    assert.equal(run(['format', '--stdin', 'a.huashu']).status, 2);
  });
});

suite('huashu fix', () => {
  const { write, read, path, run } = sandbox();
  /** Two safe fixes, one that is not safe, and one whose line end the second one would touch. */
  const broken =
    '【开场】\n• 坐席：您好，这里是{机构}，工号{工号}。\n坐席 请稍等。\n豁免：duplicate-node，原因：甲\n豁免：endless-loop，原因：乙\n结朿：完成\n';
  const mended = '【开场】\n坐席：您好，这里是{机构}，工号{工号}。\n坐席： 请稍等。\n结朿：完成\n';

  test('applies what is safe until nothing is left, and reports the rest', () => {
    write({ 'a.huashu': broken, 'good.huashu': '【开场】\n坐席：您好，这里是{机构}，工号{工号}。\n结束：完成\n' });
    const before = statSync(path('good.huashu')).mtimeMs;
    const { status, stdout, stderr } = run(['fix']);
    assert.equal(read('a.huashu'), mended);
    assert.equal(statSync(path('good.huashu')).mtimeMs, before);
    assert.match(
      stdout,
      /^a\.huashu:2 {2}去掉项目符号或编号 {2}unknown-line\na\.huashu:3 {2}补上冒号 {2}unknown-line\n/,
    );
    assert.match(stdout, /修改了 1 个文件中的 4 处\n\na\.huashu:4:1 .*unknown-role.*检查了 2 个文件：1 个错误/s);
    assert.deepEqual([status, stderr], [1, '']);
    assert.match(run(['fix', '--lang', 'en']).stdout, /^0 places in 0 files fixed\n/);
  });

  test('--dry-run prints a diff that patch understands, and changes nothing', () => {
    write({ 'a.huashu': broken });
    const { status, stdout, stderr } = run(['fix', '--dry-run']);
    assert.equal(status, 1);
    assert.equal(read('a.huashu'), broken);
    assert.equal(
      stdout,
      `--- a/a.huashu\n+++ b/a.huashu\n@@ -1,6 +1,4 @@\n 【开场】\n-• 坐席：您好，这里是{机构}，工号{工号}。\n-坐席 请稍等。\n-豁免：duplicate-node，原因：甲\n-豁免：endless-loop，原因：乙\n+坐席：您好，这里是{机构}，工号{工号}。\n+坐席： 请稍等。\n 结朿：完成\n`,
    );
    assert.match(stderr, /可以修改 1 个文件中的 4 处/);
  });

  test('JSON', () => {
    write({ 'a.huashu': broken });
    const report = JSON.parse(run(['fix', '--dry-run', '--format', 'json']).stdout);
    assert.deepEqual(report.fixed[0], { path: 'a.huashu', line: 1, rule: 'unknown-line', title: '去掉项目符号或编号' });
    assert.equal(report.fixed.length, 4);
    assert.match(report.diff, /^--- a\/a\.huashu\n/);
    assert.equal(report.summary.errors, 1);
  });

  test('standard input to standard output, the report beside it', () => {
    const { status, stdout, stderr } = run(['fix', '--stdin', '--stdin-filename', 'x.huashu'], broken);
    assert.deepEqual([status, stdout], [1, mended]);
    assert.match(stderr, /x\.huashu:2/);
    assert.equal(run(['fix', '--stdin'], gbk).stdout, '');
  });

  test('byte-order mark and line ends are kept; a file that is not UTF-8 is refused', () => {
    write({ 'a.huashu': `\ufeff${broken.replaceAll('\n', '\r\n')}`, 'gbk.huashu': gbk });
    const { status, stderr } = run(['fix']);
    assert.equal(status, 1);
    assert.match(stderr, /gbk\.huashu.*UTF-8/);
    assert.equal(read('a.huashu'), `\ufeff${mended.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(readFileSync(path('gbk.huashu')), gbk);
  });

  test('0 when no error is left, 2 when something cannot be read', () => {
    write({ 'a.huashu': broken.replace('结朿', '结束') });
    assert.equal(run(['fix', 'a.huashu']).status, 0);
    assert.equal(run(['fix', 'a.huashu', 'missing']).status, 2);
  });
});
