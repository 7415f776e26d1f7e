import assert from 'node:assert/strict';
import { variablesIn } from '../../server/src/model/ownVariables.ts';
import { builtinVariables } from '../../server/src/syntax/vocabulary.ts';
import { findingsOf, isAboutFlow } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

/** What a sentence can keep by itself; what has to come before and after it is up to the rest of the call. */
const isUpToTheSentence = (rule: string): boolean =>
  !isAboutFlow(rule) && !['dead-end', 'unanswered-question'].includes(rule);

/** What the steps of a call do before this one, so far as it matters to what may be said. */
const opening = (agency: boolean): string =>
  `【开场】\n坐席：您好，${agency ? '我们是受某某银行委托的明达公司' : '这里是某某银行信用卡中心'}，本次通话会录音，请问是王先生本人吗？\n`;

suite('phrases', () => {
  for (const { steps, variables, id } of bundledPacks.filter((pack) => pack.id === 'cn-credit-card'))
    for (const step of steps)
      for (const phrase of step.phrases)
        test(`${id} ${step.name.zh}: ${phrase}`, () => {
          const declared = variablesIn(phrase).filter(
            (name) => !builtinVariables.some(({ zh }) => (zh as readonly string[]).includes(name)),
          );
          const fields = declared.map((name) => {
            const known = variables.find((each) => each.name === name);
            assert.ok(known, `{${name}} is no variable of the pack`);
            return `  ${name}: {类型: ${{ salutation: '称谓', text: '文本', date: '日期', integer: '整数', money: '金额', time: '时间' }[known.type as 'text']}, 样例: ${known.sample}}\n`;
          });
          for (const about of ['电话', '智能外呼', '在线', '上门', '电话\n委托方: 某某银行']) {
            const head = `---\n渠道: ${about}\n${fields.length > 0 ? `变量:\n${fields.join('')}` : ''}---\n`;
            const before = ['self-identify', 'recording-notice', 'confirm-identity', 'third-party'].includes(step.id)
              ? ''
              : `${opening(about.includes('委托方'))}客户（是本人）：是我 → ${step.name.zh}\n客户（其他） → 结束\n\n`;
            const text = `${head}${before}【${step.name.zh}】\n坐席：${phrase}\n结束：完成\n`;
            const findings = findingsOf(text).filter(({ rule }) => isUpToTheSentence(rule));
            assert.deepEqual(
              findings.map(({ rule, message }) => `${rule}: ${message.zh}`),
              [],
            );
          }
        });
});
