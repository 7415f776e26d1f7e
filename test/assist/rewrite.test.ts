import assert from 'node:assert/strict';
import { rewritePrompt } from '../../server/src/assist/rewritePrompt.ts';
import { linesIn, type Rewritten, rewritten } from '../../server/src/assist/rewritten.ts';
import { applyEdits } from '../../server/src/base/edit.ts';
import { completed } from '../../server/src/base/steps.ts';
import type { Language } from '../../server/src/base/text.ts';
import { check } from '../../server/src/rules/check.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { rewordable, type Spoken } from '../../server/src/rules/rewordable.ts';
import { desk, plain } from '../features/actionFixture.ts';
import { fixture } from '../fixture.ts';

/** A whole call in which nothing is wrong but what a test puts in. */
const call = (said: string, relative = '麻烦您转告他回电{客服电话}，谢谢您，再见。'): string => `---
话术: 逾期提醒
渠道: 电话
阶段: M1
变量:
  客户称呼: {类型: 称谓, 样例: 王大明}
---
【开场】
坐席：您好，这里是某某银行信用卡中心，工号{工号}，本次通话会录音。
坐席：请问是{客户称呼}本人吗？
客户（是本人）：是我 → 说明目的
第三方（非本人）：我是他爱人 → 转告
客户（无应答） → 重复
客户（其他） → 告辞

【转告】
坐席：${relative}
→ 结束

【说明目的】
# 内部备注：张三的案子
坐席：${said}
客户（愿意还款）：好的 → 告辞
客户（其他） → 告辞

【告辞】
坐席：好的，谢谢您，再见。
结束：完成

【随时】
客户（有异议）：金额不对 → 转人工
客户（有困难）：我失业了 → 转人工
客户（要投诉）：我要投诉 → 转人工
客户（要求停止联系）：别再打了 → 转人工
客户（情绪危机）：不想活了 → 转人工
`;

interface Case {
  readonly finding: Finding;
  readonly spoken: Spoken;
  readonly source: string;
  readonly snapshot: ReturnType<typeof fixture>['snapshot'];
  readonly script: ReturnType<typeof fixture>['script'];
  readonly before: readonly Finding[];
}

function caseOf(text: string, rule: string): Case {
  const { script, snapshot } = fixture(text);
  const before = check(script, snapshot);
  const finding = before.find((each) => each.rule === rule);
  const spoken = finding && rewordable(finding, script, snapshot.packs(script).set);
  if (!finding || !spoken) throw new Error(`There are: ${before.map((each) => each.rule).join(' ')}`);
  return { finding, spoken, source: script.source, snapshot, script, before };
}

function tried(answer: string | readonly string[], { finding, spoken, script, snapshot, before }: Case): Rewritten {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return completed(rewritten(text, finding, spoken, script, snapshot, before));
}

const good = (answer: string | readonly string[], of: Case): readonly string[] =>
  tried(answer, of).rewrites.map(({ text }) => text);

const threat = 'cn/no-threat-of-violence';
const threatening = caseOf(call('再不还钱，我就找人打断你的腿，{客户称呼}。'), threat);
const fine = '这笔账单已经过了还款日，您方便说说是什么原因吗？';

suite('what a language model is asked', () => {
  const promptIn = (language: Language): string => {
    const { finding, spoken, script, snapshot } = threatening;
    return rewritePrompt(finding, [], spoken, script, snapshot, language);
  };

  test('holds the line, what is wrong with it, the law, where it stands, and the lines around it', () => {
    const prompt = promptIn('zh-CN');
    for (const part of [
      '<<<\n再不还钱，我就找人打断你的腿，{客户称呼}。\n>>>',
      '依据：《商业银行信用卡业务监督管理办法》',
      '渠道：电话',
      '逾期阶段：M1',
      '步骤：说明目的',
      '身份',
      '客户（愿意还款）：好的 → 告辞',
      '{客户称呼}、{机构}',
    ])
      assert.ok(prompt.includes(part), `${part}\n${prompt}`);
    assert.match(promptIn('en'), /Step: State the purpose/);
    assert.doesNotMatch(promptIn('en').replace(/“[^”]*”|<<<[\s\S]*?>>>|\{[^{}]*\}|^- .*$/gm, ''), /[，。：；]/);
  });

  test('holds nothing else of the script: no samples, no remarks, no other nodes', () => {
    for (const language of ['zh-CN', 'en'] as const)
      assert.doesNotMatch(promptIn(language), /王大明|内部备注|张三|告辞】|转告他|逾期提醒|本次通话/);
  });

  test('is not much, however long the script is', () => {
    const long = caseOf(call(`再不还钱，我就找人打断你的腿。\n${'坐席：您好。\n'.repeat(2000)}`), threat);
    const prompt = rewritePrompt(long.finding, [], long.spoken, long.script, long.snapshot, 'zh-CN');
    assert.ok(prompt.length < 3000, `${prompt.length}`);
  });
});

suite('what a language model has answered', () => {
  const lines = ['您好。', '再见。'];

  test('is read however it is dressed up', () => {
    const answers = [
      '["您好。","再见。"]',
      '```json\n["您好。", "再见。"]\n```',
      '好的，以下是改写：\n\n["您好。","再见。"]\n\n希望有帮助。',
      '<think>用 ["甲"] 吗？不。</think>["您好。","再见。"]',
      '[1] 说明\n["坐席：您好。", "“再见。”"]',
      '1. 您好。\n2. 再见。',
      '- 您好。\n- 坐席：再见。\n',
      '["您好。","您好。"," 再见。 ",""]',
    ];
    for (const answer of answers) assert.deepEqual(linesIn(answer), lines, answer);
  });

  test('may be rubbish, and then is nothing', () => {
    for (const answer of [
      '',
      '我不能帮助您。',
      '[',
      ']',
      '[]',
      '{"a":1}',
      '[1,2]',
      '[["甲"]]',
      '\u0000\ud800',
      '<think>["甲"]',
    ])
      assert.deepEqual(linesIn(answer), [], answer);
    assert.ok(linesIn(`[${'"甲",'.repeat(100_000)}`).length <= 8);
    const since = Date.now();
    linesIn('['.repeat(50_000));
    linesIn('[]'.repeat(25_000));
    assert.ok(Date.now() - since < 2000);
  });
});

suite('rewrites are tried in their place', () => {
  test('what is clean is offered, and the edit replaces the words alone', () => {
    console.log(
      threatening.before.map((e) => e.rule),
      tried([fine], threatening).refused,
      threatening.spoken,
    );
    const { rewrites, refused } = tried([fine, '再拖下去，小心你的腿被打断。'], threatening);
    assert.deepEqual(
      rewrites.map(({ text }) => text),
      [fine],
    );
    assert.equal(refused.length, 1);
    const [{ start, end, text } = assert.fail()] = rewrites;
    assert.equal(applyEdits(threatening.source, [{ start, end, newText: text }]), call(fine));
  });

  test('what breaks another rule is not, whichever it is', () => {
    const bad = [
      '逾期会产生滞纳金，请您尽快还款。',
      '不还的话，我们会告诉您的单位。',
      '您别啰嗦了，快还钱。',
      '请把钱打到我的个人账户。',
    ];
    assert.deepEqual(good(bad, threatening), []);
  });

  test('what would be no line, or another one, is not', () => {
    const bad = [
      '您好。\n→ 结束',
      '您好。\r【新节】',
      '您好，{没有的变量}。',
      '再不还钱，我就找人打断你的腿，{客户称呼}。',
      ' 再不还钱，我就找人打断你的腿，{客户称呼}。 ',
      '好'.repeat(501),
      '您的账单，→ 告辞',
    ];
    assert.deepEqual(good(bad, threatening), []);
    assert.equal(tried(bad, threatening).refused.length, 6);
  });

  test('the flow counts: what may be said to the customer may not be said to whoever picks up', () => {
    const relative = caseOf(call(fine, '他欠了信用卡的钱，您转告他赶紧还。'), 'cn/third-party-hears-nothing');
    assert.deepEqual(
      good(['他的信用卡账单逾期了，麻烦您转告。', '麻烦您转告他回电{客服电话}，谢谢您，再见。'], relative),
      ['麻烦您转告他回电{客服电话}，谢谢您，再见。'],
    );
  });

  test('a note to the agent stays one', () => {
    const note = caseOf(call(fine).replace('# 内部备注：张三的案子', '提示：客户不还就威胁他，说要打断他的腿'), threat);
    assert.deepEqual(good(['提示：客户有困难时，先听他说完', '坐席：您好。'], note), [
      '客户有困难时，先听他说完',
      '您好。',
    ]);
  });
});

suite('the quick-fix that asks a language model', () => {
  const editor = { ...plain, rewriteCommand: 'huashu.rewrite' };
  const titles = (text: string, settings = editor): readonly string[] =>
    desk(text, settings)
      .actions(['quickfix'])
      .filter(({ command }) => command?.command === 'huashu.rewrite')
      .map(({ title }) => title);

  test('is offered once for a line whose words are wrong', () => {
    const text = call('再不还钱，我就找人打断$0你的腿。');
    assert.deepEqual(titles(text), ['用编辑器的语言模型改写这句话…']);
    const action = desk(text, editor).action('用编辑器的语言模型');
    assert.equal(action.command?.arguments?.length, 1);
    assert.deepEqual(Object.keys(action.command?.arguments?.[0]), ['uri', 'rule', 'position']);
    assert.equal(action.edit, undefined);
  });

  test('by no other editor, and where words are not what is wrong', () => {
    assert.deepEqual(titles(call('再不还钱，我就找人打断$0你的腿。'), plain as typeof editor), []);
    assert.deepEqual(titles('【开场】\n坐席：您好。\n→ 下一$0步\n'), []);
    assert.deepEqual(titles('【开场】\n坐席：您好，{没$0有的}。\n→ 结束\n'), []);
    assert.deepEqual(titles(call(`${fine}$0`)), []);
    const kept = call('请还款。').replace(
      '坐席：请还款。',
      `豁免：${threat}，原因：演示\n坐席：我$0就找人打断你的腿。`,
    );
    assert.ok(
      !desk(kept, editor)
        .actions(['quickfix'])
        .some(({ command, diagnostics }) => command?.command === 'huashu.rewrite' && diagnostics?.[0]?.code === threat),
    );
  });
});
