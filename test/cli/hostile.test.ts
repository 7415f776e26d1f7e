import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const dist = path.join(import.meta.dirname, '../../dist');
const threat = '【开场】\n坐席：再挂电话我就找人打断你的腿。\n坐席：再见。\n结束：完成\n';
const untidy = '【开场】\n坐席:您好。\n坐席：再见。\n结束：完成\n';
const isLinux = process.platform === 'linux';

suite('a hostile world around the command line', function () {
  this.timeout(60_000);
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'huashu-hostile-'));
  });
  teardown(() => {
    for (const name of ['closed', 'no.huashu', 'huashu.yaml', 'rules.yaml'])
      if (existsSync(path.join(folder, name))) chmodSync(path.join(folder, name), 0o700);
    rmSync(folder, { recursive: true });
  });
  const write = (files: { readonly [name: string]: string }): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  };
  const env = { ...process.env, LC_ALL: 'zh_CN.UTF-8' };
  const cli = path.join(dist, 'node/cli.cjs');
  const huashu = (args: readonly string[], more: object = {}, program = cli) => {
    const run = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env,
      input: '',
      ...more,
    });
    return { status: run.status, stdout: String(run.stdout ?? ''), stderr: String(run.stderr ?? '') };
  };
  /** Nothing is closed to root, so somebody else runs a copy that is open to all. */
  const asNobody = (args: readonly string[]) => {
    chmodSync(folder, 0o755);
    if (process.getuid?.() !== 0) return huashu(args);
    cpSync(dist, path.join(folder, '.dist'), { recursive: true });
    return huashu(args, { uid: 65_534, gid: 65_534 }, path.join(folder, '.dist/node/cli.cjs'));
  };
  const lines = (text: string): string[] => text.trimEnd().split('\n');

  test('what is closed is told, and all the rest is checked', function () {
    if (!isLinux) return this.skip();
    write({ 'ok.huashu': threat, 'no.huashu': threat, 'closed/x.huashu': threat, 'z/ok.huashu': threat });
    const closed = ['no.huashu', 'closed'].map((name) => path.join(folder, name));
    for (const each of closed) chmodSync(each, 0);
    const run = asNobody(['check', '--format', 'json']);
    assert.equal(run.status, 2);
    assert.deepEqual(lines(run.stderr), ['无法读取“closed”（EACCES）。', '无法读取“no.huashu”（EACCES）。']);
    const { files } = JSON.parse(run.stdout);
    assert.deepEqual(
      files.map((file: { path: string }) => file.path),
      ['ok.huashu', 'z/ok.huashu'],
    );
  });

  test('a file that is there and cannot be read to its end, and links that lead nowhere', function () {
    if (!isLinux) return this.skip();
    write({ 'ok.huashu': threat });
    symlinkSync('/proc/self/mem', path.join(folder, 'memory.huashu'));
    symlinkSync('gone', path.join(folder, 'link.huashu'));
    symlinkSync('self', path.join(folder, 'self'));
    // What Emacs leaves beside a file that somebody is writing.
    symlinkSync('somebody@host.1', path.join(folder, '.#ok.huashu'));
    for (const command of [['check'], ['test'], ['format', '--check']]) {
      const run = huashu(command);
      assert.equal(run.status, 2, command.join(' '));
      assert.deepEqual(
        lines(run.stderr).sort(),
        ['“link.huashu”是一个失效的链接，它指向的文件不存在。', '无法读取“memory.huashu”（EIO）。'].sort(),
      );
    }
    assert.match(huashu(['check']).stdout, /cn\/no-threat-of-violence/);
  });

  test('no command that goes by rules takes a broken configuration for good', () => {
    const scenario = '\n用例：甲\n期望：完成\n';
    write({ 'a.huashu': `【开场】\n坐席：您好。\n结束：完成\n${scenario}` });
    const commands = [
      ...['check', 'test', 'fix --dry-run', 'fix', 'suppressions', 'baseline --output known.json', 'rules'],
      ...['report a.huashu --output report.html', 'diff a.huashu a.huashu', 'audit a.jsonl'],
    ];
    write({ 'a.jsonl': '{"text": "您好"}\n' });
    for (const command of commands) assert.equal(huashu(command.split(' ')).status, 0, command);
    write({ 'huashu.yaml': 'rule: {}\n' });
    for (const command of commands) {
      const { status, stdout, stderr } = huashu(command.split(' '));
      assert.equal(status, 1, command);
      assert.match(stdout + stderr, /huashu\.yaml:1:1 {2}错误 {2}没有“rule”这个键/, command);
    }
    // What a machine reads stays what it reads.
    const { status, stdout } = huashu(['test', '--format', 'json']);
    assert.equal(status, 1);
    assert.equal(JSON.parse(stdout).summary.passed, 1);
  });

  test('another encoding is one finding a file, and not one a character', () => {
    writeFileSync(path.join(folder, 'utf16le.huashu'), `\ufeff${threat}`, 'utf16le');
    writeFileSync(path.join(folder, 'utf16be.huashu'), Buffer.from(`\ufeff${threat}`, 'utf16le').swap16());
    writeFileSync(
      path.join(folder, 'gbk.huashu'),
      new Uint8Array([0xa1, 0xbe, 0xbf, 0xaa, 0xb3, 0xa1, 0xa1, 0xbf, 0x0a]),
    );
    const { files } = JSON.parse(huashu(['check', '--format', 'json']).stdout);
    for (const { path: name, findings } of files)
      assert.deepEqual(
        findings.map(({ rule }: { rule: string }) => rule),
        ['encoding'],
        name,
      );
    assert.equal(files.length, 3);
  });

  test('a configuration that is a folder is no configuration, and that is an error', () => {
    write({ 'a.huashu': untidy, 'huashu.yaml/readme.txt': '' });
    const run = huashu(['check']);
    assert.equal(run.status, 1);
    assert.match(run.stdout, /^huashu\.yaml:1:1 {2}错误 {2}无法读取这份配置/m);
    assert.equal(huashu(['check', '--config', 'huashu.yaml']).status, 2);
  });

  test('a full disk is no success, and leaves no half of a script', function () {
    if (!isLinux || !existsSync('/dev/full')) return this.skip();
    write({ 'a.huashu': threat });
    for (const command of [['check'], ['check', '--format', 'json'], ['rules'], ['graph', 'a.huashu'], ['--help']]) {
      const { status, stderr } = huashu(command, { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
      assert.equal(status, 2, command.join(' '));
      assert.match(stderr, /无法写出结果（ENOSPC）/);
    }
    const run = huashu(['check', '--output', '/dev/full']);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /无法写入“\/dev\/full”/);
  });

  test('a folder that cannot be written to is told, and nothing is changed', function () {
    if (!isLinux) return this.skip();
    write({ 'closed/a.huashu': untidy });
    chmodSync(path.join(folder, 'closed'), 0o555);
    const run = asNobody(['format', 'closed']);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /无法写入“closed\/a\.huashu”（EACCES）/);
    assert.match(asNobody(['baseline', '--output', 'closed/b.json']).stderr, /无法写入“closed\/b\.json”/);
    assert.equal(readFileSync(path.join(folder, 'closed/a.huashu'), 'utf8'), untidy);
  });

  test('whoever reads may stop, and the exit status still counts', async () => {
    write({ 'a.huashu': threat.repeat(300) });
    const child = spawn(process.execPath, [cli, 'check', '--format', 'json'], { cwd: folder, env });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = await once(child, 'exit');
    assert.deepEqual([status, errors], [1, '']);
  });

  test('Ctrl+C ends an audit at once, and every line that is there is whole', async () => {
    const child = spawn(process.execPath, [cli, 'audit', '--jobs', '1'], { cwd: folder, env });
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stdin.on('error', () => {});
    const line = `${JSON.stringify({ text: '您好，您的账单已逾期。' })}\n`;
    child.stdin.write(line.repeat(20_000));
    while (out === '') await once(child.stdout, 'data');
    const since = performance.now();
    child.kill('SIGINT');
    const [status, signal] = await once(child, 'exit');
    assert.deepEqual([status, signal], [null, 'SIGINT']);
    assert.ok(performance.now() - since < 2000);
    for (const each of out.split('\n').slice(0, -1)) JSON.parse(each);
  });

  test('names that a shell, a terminal or a report could stumble over', function () {
    if (!isLinux) return this.skip();
    const names = [
      '💣 甲\'"乙$(touch pwned)`touch pwned`.huashu',
      '换\n行.huashu',
      '-rf.huashu',
      '\u001b[31m红.huashu',
      'a%20b.huashu',
    ];
    write(Object.fromEntries(names.map((name) => [name, threat])));
    const { status, stdout } = huashu(['check']);
    assert.equal(status, 1);
    // A terminal must not be told anything by a name.
    assert.doesNotMatch(stdout, /\u001b/);
    for (const line of lines(stdout)) assert.match(line, /^$|^ {4}|\.huashu:\d+:\d+ {2}|^检查了 5 个文件/);
    const { files } = JSON.parse(huashu(['check', '--format', 'json']).stdout);
    assert.deepEqual(files.map((file: { path: string }) => file.path).sort(), [...names].sort());
    for (const line of lines(huashu(['check', '--format', 'github']).stdout)) assert.match(line, /^::\w+ |^检查了/);
    assert.ok(!existsSync(path.join(folder, 'pwned')));
    assert.equal(huashu(['check', '--', '-rf.huashu']).status, 1);
  });

  test('a name that leads out of the folder is not followed, and the message says what to do', () => {
    write({
      '外面/公共.huashu': '【节】\n坐席：再挂电话我就找人打断你的腿。\n→ 返回\n',
      '里面/a.huashu': '【甲】\n坐席：您好。\n插入：../外面/公共/节\n→ ../../../../../etc/passwd/节\n',
      '里面/sub/b.huashu': '【甲】\n坐席：您好。\n插入：../公用/节\n坐席：再见。\n结束：完成\n',
      '里面/公用.huashu': '【节】\n坐席：您好。\n→ 返回\n',
    });
    const inside = huashu(['check', '--format', 'json'], { cwd: path.join(folder, '里面') });
    assert.equal(inside.status, 1);
    const found = JSON.parse(inside.stdout).files.flatMap(
      ({ path: name, findings }: { path: string; findings: { rule: string; message: string; text: string }[] }) =>
        findings
          .filter(({ rule }) => /insertion|unknown-target/.test(rule))
          .map(({ rule, text, message }) => [name, rule, text, message.replace(/^“[^”]*”/, '')]),
    );
    const why =
      '在打开或检查的文件夹之外，不会去读取。请把那份话术放进文件夹里，或者打开、检查包含两者的上一级文件夹。';
    assert.deepEqual(found, [
      ['a.huashu', 'insertion', '../外面/公共/节', why],
      ['a.huashu', 'unknown-target', '../../../../../etc/passwd/节', why],
    ]);
    // From the folder that holds both it is a way like any other.
    const { stdout } = huashu(['check', '--format', 'json'], { cwd: folder });
    assert.doesNotMatch(stdout, /"insertion"/);
    assert.doesNotMatch(huashu(['check', '外面', '里面', '--format', 'json']).stdout, /"insertion"/);
  });

  test('folders far below one another', () => {
    const deep = Array.from({ length: 60 }, (_, index) => `第${index}层`).join('/');
    write({ [`${deep}/a.huashu`]: threat, 'huashu.yaml': 'rules: { cn/no-threat-of-violence: off }\n' });
    const { status, stdout } = huashu(['check', '--format', 'json']);
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout).files[0].findings, []);
  });
});
