import assert from 'node:assert/strict';
import { check } from '../../server/src/rules/check.ts';
import { appraise, type Standing } from '../../server/src/rules/standing.ts';
import { fixture } from '../fixture.ts';
import { everyScript, opened } from '../handover/ways.ts';
import { bundledPacks } from '../packs.ts';

function standings(text: string): ReadonlyMap<string, Standing> {
  const { script, snapshot } = fixture(text);
  return new Map(appraise(script, snapshot).standings.map((each) => [each.rule, each]));
}

const call = `---
渠道: 电话
---
【开场】 自报身份、录音告知
坐席：您好，这里是某某银行信用卡中心，工号{工号}，本次通话会录音。

【确认身份】
坐席：请问您是王先生本人吗？
客户（是本人）：是我 → 说明目的
客户（非本人）：他不在 → 道别
客户（其他） → 道别

【说明目的】
坐席：您的信用卡账单已经逾期。
客户（有异议）：不对 → 道别
客户（其他） → 道别

【道别】
坐席：再见。
结束：完成
`;

suite('how a script stands with every rule', () => {
  test('violated, suppressed, met, or nothing to look at', () => {
    const text = call
      .replace('坐席：再见。', '坐席：你这个不要脸的。\n坐席：再见。')
      .replace('【道别】', '【道别】\n豁免：cn/dispute-taken，原因：演示，审批：合规部');
    const all = standings(text);
    assert.equal(all.get('cn/no-insult')?.state, 'violated');
    assert.equal(all.get('cn/no-threat-of-violence')?.state, 'met');
    assert.equal(all.get('cn/no-threat-of-violence')?.places, 5);
    assert.equal(all.get('cn/dispute-taken')?.state, 'violated');
    assert.equal(all.get('cn/sms-length')?.state, 'not-applicable');
    assert.equal(all.get('cn/hardship-answered')?.state, 'not-applicable');
    assert.equal(all.get('unreachable')?.state, 'met');
    assert.equal(all.get('unreachable')?.places, undefined);
    assert.equal(all.get('suppression')?.state, 'violated');
  });

  test('what is suppressed is a violation all the same', () => {
    const all = standings(
      call.replace('坐席：再见。', '豁免：cn/no-late-fee-term，原因：沿用旧称\n坐席：您有滞纳金。\n坐席：再见。'),
    );
    assert.equal(all.get('cn/no-late-fee-term')?.state, 'excused');
    assert.equal(all.get('cn/no-late-fee-term')?.findings.length, 1);
  });

  test('a file that cannot be read was not checked', () => {
    const all = standings(
      '【开场】\n坐席：鎮ㄥソ锛岃繖閲屾槸\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\n',
    );
    assert.equal(all.get('encoding')?.state, 'violated');
    assert.equal(all.get('cn/no-insult')?.state, 'unread');
  });

  test('every rule that a bad example breaks is violated there, or told by a graver one', () => {
    const rules = bundledPacks.flatMap((pack) => pack.flow.map((rule) => ({ rule, pack })));
    assert.ok(rules.length > 50);
    for (const { rule, pack } of rules) {
      for (const { text } of rule.examples.bad) {
        const { script, snapshot } = opened(text.replace(/^---\n/, `---\n规则包: [${pack.id}]\n`));
        const own = pack.id === 'cn-credit-card' || text.startsWith('---\n');
        if (!own) continue;
        const { state } = appraise(script, snapshot).standings.find((each) => each.rule === rule.id)!;
        assert.ok(state === 'violated' || state === 'elsewhere', `${rule.id}: ${state}\n${text}`);
      }
    }
  });

  test('tells the same as a check: what is found is violated, and nothing else is', function () {
    this.timeout(60_000);
    for (const [path, text] of everyScript()) {
      if (!/samples|unseen/.test(path)) continue;
      const { script, snapshot } = opened(text);
      const { findings, standings: all } = appraise(script, snapshot);
      assert.deepEqual(
        findings.map(({ rule, start, end }) => [rule, start, end]),
        check(script, snapshot).map(({ rule, start, end }) => [rule, start, end]),
      );
      const found = new Set(findings.filter(({ suppressed }) => !suppressed).map(({ rule }) => rule));
      const violated = all.filter(({ state }) => state === 'violated').map(({ rule }) => rule);
      assert.deepEqual(violated.sort(), [...found].sort(), path);
    }
  });
});
