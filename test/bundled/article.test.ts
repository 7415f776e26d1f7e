import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import type { Facts, Pack } from '../../server/src/packs/pack.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { checkWording } from '../../server/src/rules/wording.ts';
import type { WordingHit } from '../../server/src/rules/wordingHit.ts';
import { bundledPacks } from '../packs.ts';

/**
 * The article that the project began with teaches a call in eight steps, each with a sentence to say. These are sentences
 * of the same meaning: what the article gets right passes, and what it gets wrong does not.
 */
suite('the eight steps of the article', () => {
  const packs = packSetOf(bundledPacks.filter(({ id }: Pack) => id === 'cn-credit-card'));
  const confirmed: Facts = { identity: 'confirmed', listener: 'debtor' };
  const check = (text: string, step: string, facts: Facts = confirmed): readonly WordingHit[] =>
    checkWording(
      { text, variables: [], speaker: 'agent', channel: 'phone', steps: [step], facts },
      packs,
      '2026-11-23',
    );

  const clean: readonly (readonly [step: string, text: string, facts?: Facts])[] = [
    ['confirm-identity', '您好，请问是周敏女士本人吗？', {}],
    ['confirm-identity', '我是某某银行信用卡中心的工作人员，想先跟您核对一下身份信息。', { identity: 'unconfirmed' }],
    ['state-purpose', '我们是信用卡中心，系统显示您有一笔款项过了还款日，今天联系您就是为了这件事。'],
    ['understand-reason', '看到您这笔账晚了二十天，是遇到什么情况没能及时还上呢？我们一起想想办法。'],
    ['remind-fees', '逾期之后会按合约产生费用，也会影响您的个人信用记录，请您尽快安排还款。'],
    ['discuss-plan', '我们可以根据您的收入情况一起定个还款计划，您觉得每个月还多少比较合适？可以灵活调整。'],
    ['offer-alternatives', '要是一次还清有困难，可以考虑申请分期，或者申请把还款时间延长一些。'],
    ['open-channel', '有疑问您可以拨打银行的官方客服电话，或者在手机银行里联系在线客服。'],
  ];
  for (const [step, text, facts] of clean) {
    test(`${step}: ${text}`, () =>
      assert.deepEqual(
        check(text, step, facts).map(({ rule, start, end }) => `${rule.id} ${text.slice(start, end)}`),
        [],
      ));
  }

  test('the debt is not named before the identity is known', () => {
    const [hit] = check('我们是信用卡中心，系统显示您有一笔逾期款项。', 'state-purpose', { identity: 'unconfirmed' });
    assert.equal(hit?.rule.category, 'disclose-before-identity');
  });

  test('a legal consequence without condition or actor is flagged; the fix has both', () => {
    const text = '根据法律规定，持卡人必须按时还钱，不还就要承担法律责任。';
    const [hit] = check(text, 'legal-responsibility');
    assert.equal(hit?.rule.category, 'exaggerated-consequence');
    const [fix] = hit!.fixes();
    const mended = applyEdits(text, fix!.edits);
    assert.match(mended, /如果|若/);
    assert.match(mended, /银行|我行/);
    assert.match(mended, /可能|依法/);
    assert.deepEqual(check(mended, 'legal-responsibility'), []);
  });

  test('滞纳金 becomes 违约金', () => {
    const text = '由于您逾期，我们会收取滞纳金。';
    const hit = check(text, 'remind-fees').find(({ rule }) => rule.category === 'fee-misstatement');
    const fix = hit?.fixes().find(({ edits }) => applyEdits(text, edits) === '由于您逾期，我们会收取违约金。');
    assert.ok(fix);
  });
});
