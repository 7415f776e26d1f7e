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
      // Some rules find nothing on a call, or only where somebody else listens.
      if (rule.where.channels || Object.keys(rule.where.facts).length > 0) return;
      assert.ok(offered > 0, 'nothing was offered');
    });
  }
});
