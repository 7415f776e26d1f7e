import assert from 'node:assert/strict';
import type { Language } from '../../server/src/base/text.ts';
import { type NewScriptAnswers, type NewScriptQuestion, newScript } from '../../server/src/features/newScript.ts';
import { print } from '../../server/src/syntax/print.ts';
import { channels, stages } from '../../server/src/syntax/vocabulary.ts';
import { findingsOf, fixture, isAboutFlow } from '../fixture.ts';

function ask(answers: NewScriptAnswers, language: Language = 'zh-CN'): { question?: NewScriptQuestion; text?: string } {
  const { context } = fixture('');
  return newScript.run({ ...context, language }, { answers });
}

/** The script of an author who leaves the ticks as they are. */
function usual(answers: NewScriptAnswers, language: Language): string {
  const { question } = ask(answers, language);
  const steps = question?.choices?.flatMap(({ id, picked }) => (picked ? [id] : [])) ?? [];
  return ask({ ...answers, steps }, language).text ?? '';
}

function complaints(text: string): string[] {
  return findingsOf(text).map(({ rule, start, message }) => {
    return `${rule} in line ${text.slice(0, start).split('\n').length}: ${message.zh}`;
  });
}

const bank = { organization: 'bank' };
const agency = { organization: 'agency', principal: '某某银行' };

suite('a new script', () => {
  for (const language of ['zh-CN', 'en'] as const)
    for (const { id: channel } of channels)
      for (const organization of [bank, agency])
        test(`${channel}, ${organization.organization}, ${language}: no finding at any stage`, () => {
          for (const { id: stage } of stages) {
            const text = usual({ channel, stage, ...organization }, language);
            assert.match(text, /\n[【[]/, stage);
            assert.deepEqual(complaints(text), [], `${stage}\n${text}`);
          }
        });

  test('asks one thing after the other, in the language of the editor', () => {
    const { question: channel } = ask({});
    assert.equal(channel?.title, '新建话术：用在什么渠道');
    assert.deepEqual(
      channel.choices?.map(({ label }) => label),
      ['电话', '短信', '智能外呼', '在线', '信函', '上门'],
    );
    assert.equal(ask({}, 'en').question?.choices?.[0]?.label, 'phone');
    const { question: stage } = ask({ channel: 'phone' });
    assert.deepEqual(
      [stage?.id, stage?.choices?.filter(({ picked }) => picked).map(({ id }) => id)],
      ['stage', ['M1']],
    );
    assert.equal(ask({ channel: '电话', stage: 'M1' }).question?.id, 'organization');
    const { question } = ask({ channel: 'phone', stage: 'M1', organization: 'agency', principal: ' ' });
    assert.deepEqual([question?.id, question?.value, question?.step, question?.steps], ['principal', '某某银行', 4, 5]);
    assert.equal(ask({ channel: 'phone', stage: 'M1', ...bank }).question?.steps, 4);
    // What is none of the answers is asked again.
    assert.equal(ask({ channel: 'fax' }).question?.id, 'channel');
  });

  test('the eight steps of a call are ticked, the law not before anything is due', () => {
    const ticked = (stage: string): string[] =>
      ask({ channel: 'phone', stage, ...bank }).question?.choices?.flatMap((each) => (each.picked ? each.label : [])) ??
      [];
    const eight =
      '确认身份 说明目的 了解原因 提醒逾期费用 探讨还款计划 提供其他还款途径 建立沟通渠道 强调法律责任'.split(' ');
    assert.deepEqual(
      ticked('M1').filter((label) => eight.includes(label)),
      eight,
    );
    assert.ok(!ticked('M0').includes('强调法律责任'));
  });

  test('says on whose behalf an agency calls', () => {
    const text = usual(
      { channel: 'phone', stage: 'M2', organization: 'agency', principal: '山河银行: 信用卡中心' },
      'zh-CN',
    );
    assert.match(text, /委托方: "山河银行: 信用卡中心"\n/);
    assert.match(text, /坐席：您好，我们是受山河银行: 信用卡中心委托的\{机构\}/);
    assert.deepEqual(complaints(text), []);
  });

  test('is laid out as the formatter does it', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const text = usual({ channel: 'phone', stage: 'M1', ...agency }, language);
      assert.deepEqual(print(fixture(text).script.tree), []);
    }
  });

  test('without some steps nothing is wrong but what is then missing or cannot be reached', () => {
    const answers = { channel: 'phone', stage: 'M1', ...bank };
    const all = ask(answers).question?.choices?.map(({ id }) => id) ?? [];
    for (const steps of [all, ...all.flatMap((id) => [[id], all.filter((each) => each !== id)])])
      for (const { rule, message } of findingsOf(ask({ ...answers, steps }).text ?? ''))
        assert.ok(isAboutFlow(rule) || rule === 'unreachable', `${steps}: ${rule}: ${message.zh}`);
  });
});
