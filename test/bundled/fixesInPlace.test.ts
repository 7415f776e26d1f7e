import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import { check } from '../../server/src/rules/check.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { fixture } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

const script = (opening: string, later: string): string => `---
渠道: 电话
机构: 某某银行信用卡中心
变量:
  客户称呼: {类型: 称谓, 样例: 王先生}
---
【开场】
坐席：您好，这里是某某银行信用卡中心，工号1024，本次通话会录音。
坐席：${opening}
坐席：请问您是{客户称呼}本人吗？
客户（是本人）：是我 → 说明
第三方（非本人）：他不在 → 告辞
客户（无应答） → 告辞
客户（其他） → 告辞

【说明】
坐席：${later}
坐席：您的信用卡账单过了还款日，您看怎么安排？
客户（愿意还款）：好 → 告辞
客户（其他） → 告辞

【告辞】
坐席：打扰您了，再见。
结束：完成
`;

/** What is missing elsewhere in so short a script is no fault of a fix. */
const isError = ({ severity }: Finding): boolean => severity === 'error';

const errorsIn = (text: string): Map<string, number> => {
  const { script: of, snapshot } = fixture(text);
  const counts = new Map<string, number>();
  for (const { rule } of check(of, snapshot).filter(isError)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

/** What is said instead of a violation, before it is certain who listens and after, is no error of another kind. */
suite('fixes where they stand', () => {
  const [cn] = bundledPacks.filter(({ id }) => id === 'cn-credit-card');
  const neutral = '请稍等。';
  for (const rule of cn!.rules.filter(({ fixes }) => fixes.length > 0)) {
    test(rule.id, () => {
      let offered = 0;
      for (const { text } of rule.examples.bad.slice(0, 2)) {
        for (const source of [script(text, neutral), script(neutral, text)]) {
          const { script: of, snapshot } = fixture(source);
          const before = errorsIn(source);
          for (const finding of check(of, snapshot).filter((each) => each.rule === rule.id)) {
            for (const fix of finding.fixes()) {
              offered++;
              const after = errorsIn(applyEdits(source, fix.edits));
              for (const [each, times] of after)
                assert.ok(times <= (before.get(each) ?? 0), `${each} after “${fix.title.zh}” in\n${source}`);
            }
          }
        }
      }
      // Some rules find nothing on a call, or only where somebody else listens, or only in guidance.
      const { channels, facts, speakers } = rule.where;
      if (channels || Object.keys(facts).length > 0 || !speakers.includes('agent')) return;
      assert.ok(offered > 0, 'nothing was offered');
    });
  }
});

/** What is said in a call cannot be asked in a message, and a machine has no number of a member of staff. */
suite('fixes where they are sent', () => {
  const [cn] = bundledPacks.filter(({ id }) => id === 'cn-credit-card');
  const offeredIn = (channel: string, line: string, rule: string): string[] => {
    const source = `---\n渠道: ${channel}\n机构: 某某银行信用卡中心\n---\n【开场】\n坐席：${line}\n结束：完成\n`;
    const { script: of, snapshot } = fixture(source);
    const found = check(of, snapshot).filter((each) => each.rule === rule);
    return found.flatMap((finding) => finding.fixes().map(({ edits }) => edits.map(({ newText }) => newText).join('')));
  };
  const plainRules = cn!.rules.filter(
    ({ fixes, where, category }) =>
      fixes.some(({ channels }) => channels) &&
      !where.channels &&
      Object.keys(where.facts).length === 0 &&
      // To a third party nothing is written in place of what was said.
      category !== 'privacy-overreach',
  );
  for (const rule of plainRules) {
    test(rule.id, () => {
      const offered = (channel: string): string[] =>
        rule.examples.bad
          .filter((example) => Object.keys(example.facts).length === 0 && !example.stage && !example.step)
          .flatMap(({ text }) => offeredIn(channel, text, rule.id));
      for (const channel of ['短信', '信函']) {
        const written = offered(channel);
        assert.ok(written.length > 0, `nothing is offered in ${channel}`);
        for (const words of written) assert.doesNotMatch(words, /[吗呢]？|来电|通话|告诉我|我是|工号/);
      }
      for (const words of offered('智能外呼')) assert.doesNotMatch(words, /工号\{|我是\{机构\}的/);
      assert.ok(offered('电话').length > 0, 'nothing is offered in a call');
      for (const words of offered('电话')) assert.doesNotMatch(words, /智能语音/);
    });
  }
});

suite('fixes for whoever else listens', () => {
  const offeredFor = (branch: string, line: string, rule: string): string[] => {
    const source = script('请稍等。', '请稍等。').replace(
      '第三方（非本人）：他不在 → 告辞',
      `${branch}\n坐席：${line}\n结束：非本人`,
    );
    const { script: of, snapshot } = fixture(source);
    const found = check(of, snapshot).find((each) => each.rule === rule);
    return found?.fixes().map(({ title }) => title.zh) ?? [];
  };

  test('a third party is left in peace, and politely', () => {
    const offered = offeredFor(
      '第三方（非本人）：我是他爸',
      '他不还我就天天打给你。',
      'cn/no-collecting-from-third-party',
    );
    assert.ok(
      offered.some((title) => /打扰您了/.test(title)),
      String(offered),
    );
  });

  test('who is not the customer is not asked when to be called again', () => {
    const offered = ['一天给你打五十遍，看你接不接。', '不把话带到，我就打到你关机。'].flatMap((line) =>
      offeredFor('第三方（非本人）：我是他爸', line, 'cn/no-call-bombing'),
    );
    assert.ok(
      offered.some((title) => /不会再联系您/.test(title)),
      String(offered),
    );
    for (const title of offered) assert.doesNotMatch(title, /方便再联系|您说的时间/);
  });

  test('neither a relative nor a child hears of the account instead of a threat', () => {
    const offered = [
      ...offeredFor('第三方（非本人）：我是他爸', '老爷子，您那点养老金先拿出来顶顶。', 'cn/no-pressing-the-ill'),
      ...offeredFor(
        '第三方（未成年人）：爸爸不在',
        '小朋友，叫你爸赶紧还钱，不然警察来抓他。',
        'cn/no-criminal-threat',
      ),
    ];
    assert.ok(offered.length > 1);
    for (const title of offered) assert.doesNotMatch(title, /逾期|利息|账单|分期|还款|起诉|诉讼/);
  });
});
