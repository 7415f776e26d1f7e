import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Log } from 'sarif';
import type { FileReport, Report } from '../../server/src/report/report.ts';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

const threat = '坐席：再不还钱我就找人打断你的腿。\n';
const old = `【开场】\n${threat}结束：完成\n`;

suite('huashu baseline', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-baseline-'));
  });
  teardown(() => rmSync(folder, { recursive: true }));

  const write = (files: { readonly [name: string]: string }): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };

  function huashu(args: readonly string[], cwd = folder) {
    const env = { ...process.env, LC_ALL: 'zh_CN.UTF-8' };
    return spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8', env });
  }

  const keep = (...paths: string[]) => huashu(['baseline', ...paths, '--output', 'known.json']);
  const check = (...args: string[]) => huashu(['check', '--baseline', 'known.json', ...args]);
  const found = (...args: string[]): { files: FileReport[]; summary: Report['summary'] } =>
    JSON.parse(check('--format', 'json', ...args).stdout);
  const rules = ({ files }: { files: FileReport[] }): string[] =>
    files.flatMap(({ findings }) => findings.map(({ rule }) => rule));

  test('what it has written down is no longer found, in any format, and is counted', () => {
    write({ '甲/a.huashu': old });
    const { status, stdout } = keep();
    assert.equal(status, 0);
    const { findings } = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'));
    assert.ok(findings.length > 0);
    assert.equal(stdout, `“known.json”里记下了 ${findings.length} 条已有的问题。\n`);
    const { status: clean, stdout: text } = check('--max-warnings', '0');
    assert.equal(text, `检查了 1 个文件：0 个错误，0 个警告，${findings.length} 条在基线之内\n`);
    assert.equal(clean, 0);
    assert.deepEqual(found().summary.baseline, { known: findings.length, gone: 0 });
    assert.deepEqual((JSON.parse(check('--format', 'sarif').stdout) as Log).runs[0]!.results, []);
    assert.match(check('--format', 'junit').stdout, /failures="0"/);
    assert.doesNotMatch(check('--format', 'github').stdout, /^::/m);
    assert.equal(huashu(['check']).status, 1);
  });

  test('a line a finding, with what people need to know it again', () => {
    write({ 'a.huashu': old });
    keep();
    const line = readFileSync(join(folder, 'known.json'), 'utf8')
      .split('\n')
      .find((each) => each.includes('cn/no-threat-of-violence'))!;
    const entry = JSON.parse(line.replace(/,$/, ''));
    assert.match(entry.fingerprint, /^[0-9a-f]{32}$/);
    assert.deepEqual(
      { ...entry, fingerprint: '' },
      { fingerprint: '', rule: 'cn/no-threat-of-violence', path: 'a.huashu', text: '找人打断你的腿' },
    );
    // The same as what code hosts follow a finding by.
    const [run] = (JSON.parse(huashu(['check', '--format', 'sarif']).stdout) as Log).runs;
    const prints = run!.results!.map(({ partialFingerprints }) => partialFingerprints?.['huashuFinding/v1']);
    assert.ok(prints.includes(entry.fingerprint));
  });

  test('lines above come and go; other words, another file or one more of the same are new', () => {
    write({ 'a.huashu': old });
    keep();
    write({ 'a.huashu': old.replace('【开场】\n', '# 说明\n\n【开场】\n坐席：您好。\n') });
    assert.ok(!rules(found()).includes('cn/no-threat-of-violence'));
    write({ 'a.huashu': old.replace(threat, threat + threat) });
    assert.equal(rules(found()).filter((rule) => rule === 'cn/no-threat-of-violence').length, 1);
    write({ 'a.huashu': old.replace('打断你的腿', '砍死你') });
    assert.ok(rules(found()).includes('cn/no-threat-of-violence'));
    write({ 'a.huashu': old, 'b.huashu': old });
    assert.deepEqual(
      [
        ...new Set(
          found()
            .files.filter(({ findings }) => findings.length > 0)
            .map(({ path }) => path),
        ),
      ],
      ['b.huashu'],
    );
    assert.equal(check().status, 1);
  });

  test('what is gone is told of, but only for what was checked', () => {
    write({ 'a.huashu': old, 'b.huashu': old });
    keep();
    write({ 'a.huashu': old.replace(threat, '坐席：您好。\n') });
    assert.match(check().stdout, /基线中有 \d+ 条已不再出现/);
    assert.ok(found().summary.baseline!.gone > 0);
    assert.equal(found('b.huashu').summary.baseline!.gone, 0);
    assert.match(
      huashu(['check', '--baseline', 'known.json', '--lang', 'en']).stdout,
      /; \d+ of the baseline (is|are) gone/,
    );
  });

  test('it means the same wherever the check is started', () => {
    write({ '分行/甲.huashu': old });
    keep();
    const { stdout } = huashu(['check', '--baseline', '../known.json'], join(folder, '分行'));
    assert.match(stdout, /：0 个错误.*在基线之内/);
  });

  test('suppressed findings need no entry, and a broken configuration cannot be taken for granted', () => {
    write({
      'a.huashu':
        '---\n规则包: []\n---\n【开场】\n豁免：unknown-role，原因：演示，审批：合规部，至：2099-12-31\n甲：您好。\n',
      'huashu.yaml': 'rule: {}\n',
    });
    keep();
    const { findings } = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'));
    assert.ok(findings.every(({ rule }: { rule: string }) => rule !== 'unknown-role'));
    assert.ok(rules(found()).includes('configuration'));
    assert.equal(check().status, 1);
  });

  test('a file that is none, or none at all, is wrong usage', () => {
    write({ 'a.huashu': old, 'known.json': '{"version": 1, "findings": [{}]}' });
    const { status, stderr } = check();
    assert.equal(status, 2);
    assert.match(stderr, /“known\.json”不是基线文件/);
    assert.equal(huashu(['check', '--baseline', 'missing.json']).status, 2);
    assert.equal(huashu(['fix', '--baseline', 'known.json']).status, 2);
    assert.equal(huashu(['baseline', '--output', 'a.huashu']).status, 2);
    assert.equal(readFileSync(join(folder, 'a.huashu'), 'utf8'), old);
  });
});
