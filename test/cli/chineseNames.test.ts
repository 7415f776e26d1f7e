import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { files, folderName, names } from '../chineseNames.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

suite('Chinese names on the command line', () => {
  let folder: string;
  setup(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'huashu-')), folderName);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  teardown(() => rmSync(dirname(folder), { recursive: true }));

  const huashu = (...args: readonly string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });
    return { status, stdout };
  };

  test('a folder is checked by its own rules, and its files are called by their names', () => {
    const { stdout } = huashu('check', '--format', 'json');
    const report = JSON.parse(stdout) as {
      files: { path: string; findings: { rule: string; severity: string; suppressed: { reason: string } | null }[] }[];
    };
    assert.deepEqual(report.files.map(({ path }) => path).sort(), [names.shared, names.script].sort());
    const own = report.files
      .flatMap(({ findings }) => findings)
      .filter(({ rule }) => /^本行\/|suppression|unknown|condition|insertion|undefined/.test(rule));
    assert.deepEqual(
      own.map(({ rule, severity, suppressed }) => [rule, severity, suppressed?.reason]),
      [
        ['本行/不用昵称', 'hint', undefined],
        ['本行/不用昵称', 'hint', '客户 要求'],
      ],
    );
  });

  test('paths are taken as they are written, and so are SARIF and annotations', () => {
    const text = huashu('check', names.script, '--max-warnings', '99').stdout;
    assert.match(text, /^电话 催收\/首次 提醒＋M1\.huashu:9:7 /m);
    const sarif = JSON.parse(huashu('check', names.script, '--format', 'sarif').stdout) as {
      runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
    };
    const uris = sarif.runs[0]!.results.map(({ locations }) => locations[0]!.physicalLocation.artifactLocation.uri);
    for (const uri of uris) assert.equal(decodeURIComponent(uri), names.script);
    assert.match(huashu('check', names.script, '--format', 'github').stdout, /file=电话 催收\/首次 提醒＋M1\.huashu/);
  });

  test('scenarios, flow and layout', () => {
    assert.equal(huashu('test', '电话 催收').status, 0);
    const { stdout } = huashu('graph', names.script, '--format', 'json');
    assert.ok(stdout.includes('说明 来意') && stdout.includes('告知 官方渠道'));
    assert.equal(huashu('format', '--check').status, 0);
    writeFileSync(join(folder, names.shared), files[names.shared].replace('：', ':'));
    assert.equal(huashu('format', names.shared).status, 0);
    assert.equal(readFileSync(join(folder, names.shared), 'utf8'), files[names.shared]);
  });

  test('what is imported and what is reported is written where it should be', () => {
    writeFileSync(join(folder, '旧 话术（一）.txt'), '催收员：请问是XX先生吗？\n客户：我是。\n');
    const { status } = huashu('import', '旧 话术（一）.txt', '--output', '新 话术 一.话术');
    assert.equal(status, 0);
    assert.match(readFileSync(join(folder, '新 话术 一.话术'), 'utf8'), /催收员：请问是\{客户称呼\}吗？/);
    huashu('check', '--format', 'json', '--output', '检查 结果.json');
    assert.ok(JSON.parse(readFileSync(join(folder, '检查 结果.json'), 'utf8')).version);
  });
});
