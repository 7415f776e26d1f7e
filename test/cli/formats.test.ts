import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ajv } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Run } from 'sarif';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');

/** The schema as the makers of SARIF publish it; one of its patterns is none with the flag `u`. */
const schema = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv as unknown as Ajv);
const isValid = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../..', schema), 'utf8')));

/** Structure rules only, where findings are counted. */
const noPacks = '---\n规则包: []\n---\n';
const clean = `${noPacks}【开场】\n坐席：您好。\n结束：完成\n`;
const unknownRole = `${noPacks}【开场】\n甲：您好。\n`;
const threat = '【开场】\n坐席：再不还钱我就找人打断你的腿。\n结束：完成\n';
const suppressed = `${noPacks}【开场】\n豁免：unknown-role，原因：演示 & “测试”，审批：合规部，至：2099-12-31\n甲：您好。\n`;
const deadEnd = `${noPacks}【开场】\n坐席：您好，这里是{机构}。\n客户（有异议）：不对 → 后续\n客户（其他） → 结束\n\n【后续】\n坐席：好的。\n`;

suite('formats for build servers and code hosts', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'huashu-formats-'));
  });
  teardown(() => rmSync(folder, { recursive: true }));

  function check(
    files: { readonly [name: string]: string },
    ...args: string[]
  ): { status: number | null; stdout: string } {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const env = { ...process.env, LC_ALL: 'zh_CN.UTF-8' };
    const run = spawnSync(process.execPath, [cli, 'check', ...args], { cwd: folder, encoding: 'utf8', env });
    return { status: run.status, stdout: run.stdout };
  }

  suite('sarif', () => {
    const rule =
      (id: string) =>
      ({ results = [] }: Run) =>
        results.filter(({ ruleId }) => ruleId === id);
    const threats = rule('cn/no-threat-of-violence');

    function sarif(files: { readonly [name: string]: string }, ...args: string[]): Run {
      const log: Log = JSON.parse(check(files, '--format', 'sarif', ...args).stdout);
      assert.ok(isValid(log), JSON.stringify(isValid.errors));
      const [run] = log.runs;
      return run!;
    }

    test('is valid, also without a single finding', () => {
      assert.deepEqual(sarif({ 'a.huashu': clean }).results, []);
    });

    test('names rules with help and levels, places in UTF-16 units, and files by encoded paths', () => {
      const run = sarif({ '子 目录/威胁#1.huashu': `【开场】\n坐席：😀再不还钱我就找人打断你的腿。\n结束：完成\n` });
      assert.equal(run.columnKind, 'utf16CodeUnits');
      const [result] = threats(run);
      const rule = run.tool.driver.rules![result!.ruleIndex!]!;
      assert.equal(rule.id, 'cn/no-threat-of-violence');
      assert.equal(result!.level, 'error');
      assert.equal(rule.defaultConfiguration?.level, 'error');
      assert.match(rule.help?.markdown ?? '', /\*\*依据\*\*/);
      assert.match(rule.help?.text ?? '', /《商业银行信用卡业务监督管理办法》/);
      assert.deepEqual(rule.properties, { category: 'threat-violence', tags: ['threat-violence'] });
      const { artifactLocation, region } = result!.locations![0]!.physicalLocation!;
      assert.equal(artifactLocation!.uri, `${encodeURIComponent('子 目录')}/${encodeURIComponent('威胁#1.huashu')}`);
      assert.equal(artifactLocation!.uriBaseId, '%SRCROOT%');
      assert.equal(run.artifacts![artifactLocation!.index!]!.location!.uri, artifactLocation!.uri);
      assert.equal(region!.startLine, 2);
      const line = '坐席：😀再不还钱我就找人打断你的腿。';
      assert.equal(line.slice(region!.startColumn! - 1, region!.endColumn! - 1), region!.snippet!.text);
      assert.equal(result!.suppressions, undefined);
    });

    test('fixes say what they replace, and whether they are safe', () => {
      const [result] = threats(sarif({ 'a.huashu': threat }));
      const [fix] = result!.fixes!;
      assert.equal(fix!.properties!.safe, false);
      const [change] = fix!.artifactChanges;
      assert.equal(change!.artifactLocation.uri, 'a.huashu');
      assert.ok(change!.replacements.every(({ deletedRegion }) => deletedRegion.startLine === 2));
    });

    test('suppressed findings carry reason and approval, and the others say that they are not', () => {
      const run = sarif({ 'a.huashu': suppressed, 'b.huashu': threat });
      assert.deepEqual(
        [...rule('unknown-role')(run), ...threats(run)].map(({ suppressions }) => suppressions),
        [
          [
            {
              kind: 'inSource',
              status: 'accepted',
              justification: '演示 & “测试”',
              properties: { approved: '合规部', until: '2099-12-31' },
            },
          ],
          [],
        ],
      );
    });

    test('a finding about the flow carries the way to it, step by step', () => {
      const run = sarif({ 'a.huashu': deadEnd });
      const result = run.results!.find(({ ruleId }) => ruleId === 'dead-end');
      const [flow] = result!.codeFlows!;
      assert.equal(flow!.message!.text, '开场 → 后续');
      const lines = flow!.threadFlows[0]!.locations.map(
        ({ location }) => location!.physicalLocation!.region!.startLine,
      );
      assert.equal(lines[0], 6);
      assert.equal(lines.at(-1), result!.locations![0]!.physicalLocation!.region!.startLine);
      assert.equal(result!.relatedLocations, undefined);
    });

    test('other places to look at are related, in other files too', () => {
      const run = sarif({
        'a.huashu': '【甲】\n坐席：您好。\n插入：b/乙\n结束：完成\n',
        'b.huashu': '【乙】\n坐席：好。\n插入：a/甲\n',
      });
      const result = run.results!.find(({ ruleId }) => ruleId === 'insertion');
      assert.equal(result!.relatedLocations![0]!.physicalLocation!.artifactLocation!.uri, 'b.huashu');
    });

    test('fingerprints survive lines above, and tell equal findings apart', () => {
      const prints = (text: string): unknown[] =>
        threats(sarif({ 'a.huashu': text })).map(({ partialFingerprints }) => partialFingerprints!['huashuFinding/v1']);
      const [before] = prints(threat);
      const twice = prints(threat.replace('\n', '\n坐席：您好。\n坐席：再不还钱我就找人打断你的腿。\n'));
      assert.equal(twice[0], before);
      assert.equal(new Set(twice).size, 2);
    });

    test('what could not be read is in it, and the exit status stays 2', () => {
      const run = sarif({ 'a.huashu': threat }, 'a.huashu', 'missing.huashu');
      const [invocation] = run.invocations!;
      assert.equal(invocation!.executionSuccessful, false);
      assert.match(invocation!.toolExecutionNotifications![0]!.message.text!, /missing\.huashu/);
      assert.equal(check({}, 'missing.huashu', '--format', 'sarif').status, 2);
    });

    test('text of a script is neither link nor gap', () => {
      const run = sarif({ 'a.huashu': '【甲】\n坐席：{0}[点](1)\n→ [点](1){0}\n' });
      for (const { message } of run.results!) assert.doesNotMatch(message.text!, /(?<!\\)\[[^\]]*\]\(|(?<!\{)\{0\}/);
    });
  });

  suite('junit', () => {
    const junit = (files: { readonly [name: string]: string }, ...args: string[]): string =>
      check(files, '--format', 'junit', ...args).stdout;

    test('a suite a file, a case a finding', () => {
      const xml = junit({
        'a.huashu': unknownRole,
        'b.huashu': clean,
        'c.huashu': suppressed,
      });
      assert.match(
        xml,
        /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="huashu check" tests="3" failures="1" errors="0" skipped="1">/,
      );
      assert.match(xml, /<testsuite name="a\.huashu" tests="1" failures="1" errors="0" skipped="0">/);
      assert.match(
        xml,
        /<testcase name="unknown-role \(5:1\)" classname="a\.huashu" file="a\.huashu" line="5">\n {6}<failure type="error" message="/,
      );
      assert.match(xml, /<testcase name="huashu check" classname="b\.huashu"\/>/);
      assert.match(xml, /<skipped message="演示 &#38; “测试”"\/>/);
    });

    test('warnings fail only when there are too many', () => {
      const files = { 'a.huashu': deadEnd };
      assert.match(junit(files), /failures="0"[\s\S]*<system-out>a\.huashu:\d+:\d+: 警告/);
      assert.match(junit(files, '--max-warnings', '0'), /failures="1"[\s\S]*<failure type="warning"/);
    });

    test('whatever stands in a script, the XML is well formed', () => {
      const xml = junit({ 'a&"<b>.huashu': '【甲】\n坐席：好\n→ <x a="1">&amp;\u0001]]>\ud800\n' });
      assert.doesNotMatch(xml, /[\u0000-\u0008\u000b-\u001f]/);
      assert.doesNotMatch(xml.replace(/&#\d+;/g, ''), /&/);
      const tags = /<\/?[a-z-]+(?: [a-z]+="[^"<>&]*")*\/?>|<\?xml[^>]*>/g;
      assert.doesNotMatch(xml.replace(/&#\d+;/g, '').replace(tags, ''), /[<>]/);
    });
  });

  suite('github', () => {
    const github = (files: { readonly [name: string]: string }): string[] =>
      check(files, '--format', 'github').stdout.trimEnd().split('\n');

    test('a command a finding, and the count', () => {
      assert.match(
        github({ 'a.huashu': unknownRole, 'b.huashu': suppressed }).join(' | '),
        /^::error [^|]+ \| 检查了 2 个文件/,
      );
      const lines = github({ 'a.huashu': threat });
      assert.match(
        lines.find((line) => line.includes('title=cn/no-threat-of-violence')) ?? '',
        /^::error file=a\.huashu,line=2,endLine=2,col=\d+,endColumn=\d+,title=cn\/no-threat-of-violence::.*%0A依据：《/,
      );
    });

    test('nothing in a script or its name ends the command or begins another', () => {
      const lines = github({ 'a,b%:c.huashu': `${noPacks}【甲】\n坐席：好\n→ 100%::error::x\n` });
      assert.match(lines[0]!, /^::error file=a%2Cb%25%3Ac\.huashu,line=6,/);
      assert.match(lines[0]!, /100%25::error::x/);
      assert.equal(lines.length, 2);
      const [colours = ''] = github({ '\u001b[31m红.huashu': `${noPacks}【甲】\n坐席：好\n→ \u001b[2J\u202e哪里\n` });
      assert.match(colours, /^::error file=\ufffd\[31m红\.huashu,/);
      assert.doesNotMatch(colours, /[\u001b\u202e]/);
    });
  });

  test('only check has them', () => {
    const { status } = spawnSync(process.execPath, [cli, 'rules', '--format', 'sarif'], { cwd: folder });
    assert.equal(status, 2);
  });
});
