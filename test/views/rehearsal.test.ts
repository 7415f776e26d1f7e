import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import { Refusal } from '../../server/src/features/feature.ts';
import { runScenarios } from '../../server/src/flow/scenario.ts';
import { type Rehearsal, type RehearseParams, rehearse } from '../../server/src/views/rehearsal.ts';
import { saveRehearsal } from '../../server/src/views/saving.ts';
import { type Fixture, fixture } from '../fixture.ts';

const call = `---
话术: 逾期提醒
变量:
  客户称呼: {类型: 称谓, 样例: 王先生}
  逾期天数: {类型: 整数, 样例: 12}
  老客户: {类型: 布尔}
---
【开场】
坐席：您好，这里是某某银行，本次通话会录音。
坐席：请问是{客户称呼}本人吗？
客户（是本人）：是我／我就是 → 说明
第三方（非本人）：他不在 → 说明
客户（没听清）：您说什么 → 重复
客户（其他） → 告别

【说明】
若：逾期天数 大于 60 → 告别
坐席：您的信用卡账单已经逾期{逾期天数}天。
客户（有困难）：我失业了 → 困难
客户（拒绝）：我不还 → 老客户处理
客户（其他） → 告别

【困难】
坐席：我理解您的难处，帮您登记分期申请。
→ 告别

【老客户处理】
若：老客户 等于 是 → 告别
坐席：那我先记下来。
→ 告别

【告别】
坐席：谢谢您，再见。
结束：沟通完成

【没人来】
坐席：这里走不到。
客户（其他） → 结束

【随时】
客户（要投诉）：我要投诉 → 告别`;

const customer = (...texts: string[]) => texts.map((text) => ({ text, speaker: 'customer' as const }));

function rehearsed(params: Omit<RehearseParams, 'uri'> = {}, text = call): Rehearsal {
  const { script, context } = fixture(text);
  return rehearse.run(context, { uri: script.uri, ...params })!;
}

/** The end of what was said, each line as `坐席：…`. */
function said({ lines }: Rehearsal, count = lines.length): string[] {
  return lines
    .slice(-count)
    .map(({ speaker, category, text }) => `${speaker}${category ? `（${category}）` : ''}：${text}`);
}

suite('a rehearsal', () => {
  test('says what the agent says, with samples, until the customer has to answer', () => {
    const { title, standing, lines, choices } = rehearsed();
    assert.equal(title, '逾期提醒');
    assert.equal(standing, 'waiting');
    assert.deepEqual(
      lines.map(({ text, node }) => `${node} ${text}`),
      ['开场 您好，这里是某某银行，本次通话会录音。', '开场 请问是王先生本人吗？'],
    );
    assert.deepEqual(
      choices.map(({ category, mark, anytime }) => `${category} ${mark}${anytime ? ' anytime' : ''}`),
      ['是本人 customer', '非本人 third-party', '没听清 customer', '其他 customer', '要投诉 refusal anytime'],
    );
    assert.deepEqual(choices[0]!.examples, ['是我', '我就是']);
  });

  test('takes a category, an example, or a sentence that is like one', () => {
    const byCategory = rehearsed({ replies: customer('是本人') });
    assert.deepEqual(said(byCategory, 2), ['customer（是本人）：是我', 'agent：您的信用卡账单已经逾期12天。']);
    const byWords = rehearsed({ replies: customer('嗯，我就是，您说') });
    assert.deepEqual(said(byWords, 2), ['customer（是本人）：嗯，我就是，您说', 'agent：您的信用卡账单已经逾期12天。']);
    assert.deepEqual(
      byWords.lines.map(({ reply }) => reply),
      [null, null, 0, 0],
    );
  });

  test('takes what no example is like as detectors hear it, and anything else as 其他', () => {
    const heard = rehearsed({ replies: customer('是本人', '厂子倒闭了，我现在一分收入都没有') });
    assert.ok(said(heard).includes('customer（有困难）：厂子倒闭了，我现在一分收入都没有'));
    const other = rehearsed({ replies: customer('是本人', '量子力学') });
    assert.equal(other.refused, null);
    assert.match(said(other, 3).join(' '), /customer（其他）：量子力学/);
  });

  test('a reply that is nearly a category, or that nothing takes, is not taken, and the reason tells what can be said', () => {
    const { refused, replies, standing, lines } = rehearsed({ replies: customer('是本人', '有困南') });
    assert.match(refused!, /“有困南”既不是回复类别/);
    assert.deepEqual(replies, customer('是本人'));
    assert.equal(standing, 'waiting');
    assert.equal(lines.length, 4);
    const alone = rehearsed({ replies: customer('量子力学') }, '【甲】\n坐席：您好。\n客户（是本人）：是我 → 结束');
    assert.match(alone.refused!, /可以说：是本人/);
  });

  test('goes on as values that are given decide, and asks for those without which it cannot', () => {
    const late = rehearsed({ replies: customer('是本人'), values: [{ name: '逾期天数', value: '90' }] });
    assert.equal(late.standing, 'ended');
    assert.equal(late.outcome, '结果是“沟通完成”');
    const open = rehearsed({ replies: customer('是本人', '拒绝') });
    assert.equal(open.standing, 'stuck');
    assert.deepEqual(open.missing, ['老客户']);
    assert.match(open.outcome, /要看“老客户”，请填上它的值/);
    const decided = rehearsed({ replies: customer('是本人', '拒绝'), values: [{ name: '老客户', value: '否' }] });
    assert.deepEqual(said(decided, 2), ['agent：那我先记下来。', 'agent：谢谢您，再见。']);
    assert.deepEqual(
      decided.values.map(({ name, value, sample, choices }) => [name, value, sample, ...choices].join(' ')),
      ['客户称呼  王先生', '逾期天数  12', '老客户 否  是 否'],
    );
  });

  test('tells what is known, and what made it known', () => {
    const known = ({ known: all, lines }: Rehearsal) =>
      Object.fromEntries(
        all.map(({ title, text, line }) => [title, `${text} ${line === null ? '' : lines[line]!.text}`.trim()]),
      );
    const before = known(rehearsed());
    assert.equal(before.身份, '未确认');
    assert.match(before.录音告知!, /^已告知 您好，/);
    assert.equal(known(rehearsed({ replies: customer('是本人') })).身份, '已确认 是我');
    assert.equal(known(rehearsed({ replies: customer('是本人', '有困难') })).客户困难?.includes('我失业了'), true);
  });

  test('tells what would now break a rule, and what is still owed', () => {
    const acts = ({ forbidden }: Rehearsal) => forbidden.map(({ title, act }) => `${title}：${act}`).join('\n');
    assert.match(acts(rehearsed()), /每条路径上都先确认本人，再说账务：.*透露/);
    assert.doesNotMatch(acts(rehearsed({ replies: customer('是本人') })), /先确认本人/);
    // Also after it was broken once.
    assert.match(acts(rehearsed({ replies: customer('非本人') })), /接听的不是本人，一个字都不提账务/);
    const owed = (...replies: string[]) => {
      const text = call.replace(
        '坐席：我理解您的难处，帮您登记分期申请。\n→ 告别',
        '坐席：今天天气不错，是吧？\n客户（其他） → 告别',
      );
      return rehearsed({ replies: customer(...replies) }, text).owed.map(({ title }) => title);
    };
    assert.ok(!owed('是本人').includes('客户说有困难，要有回应'));
    assert.ok(owed('是本人', '有困难').includes('客户说有困难，要有回应'));
    assert.equal(acts(rehearsed({ replies: customer('其他') })), '');
    assert.ok(rehearsed().forbidden.every(({ act }) => act !== ''));
  });

  test('shows findings where they happen on this path, and those of other paths as such', () => {
    const finding = (replies: ReturnType<typeof customer>, node: string) =>
      rehearsed({ replies })
        .lines.filter((line) => line.node === node && line.speaker === 'agent')
        .flatMap(({ findings }) => findings)
        .filter(({ text }) => /本人以外|还没有确认接听人/.test(text));
    assert.deepEqual(
      finding(customer('非本人'), '说明').map(({ elsewhere }) => elsewhere),
      [false],
    );
    const own = finding(customer('是本人'), '说明');
    assert.ok(own.length > 0 && own.every(({ elsewhere }) => elsewhere));
  });

  test('counts how long the agent speaks, by the rate', () => {
    const { lines, seconds, rate } = rehearsed({ rate: 120 });
    assert.equal(rate, 120);
    assert.equal(seconds, Math.round(lines.reduce((sum, line) => sum + line.seconds!, 0)));
    assert.ok(Math.abs(rehearsed({ rate: 240 }).seconds * 2 - seconds) <= 1);
    assert.equal(rehearsed({ replies: customer('是本人') }).lines[2]!.seconds, null);
  });

  test('begins at a node by the shortest way there', () => {
    const line = call.split('\n').indexOf('【困难】');
    const there = rehearsed({ from: { line: line + 1, character: 2 } });
    assert.deepEqual(there.replies, customer('是本人', '有困难'));
    assert.equal(there.inside, null);
    assert.equal(there.lines.at(-1)!.node, '告别');
  });

  test('begins inside a node to which no way leads', () => {
    const line = call.split('\n').indexOf('【没人来】');
    const there = rehearsed({ from: { line, character: 0 } });
    assert.deepEqual(there.inside, { line, character: 0 });
    assert.deepEqual(said(there), ['agent：这里走不到。']);
    const on = rehearsed({ inside: there.inside!, replies: customer('其他') });
    assert.equal(on.standing, 'ended');
  });

  test('there is none without a node', () => {
    assert.equal(rehearsed({}, '# 还没有'), null);
  });
});

suite('a rehearsal that is saved', () => {
  function saved(
    params: Omit<RehearseParams, 'uri'>,
    text = call,
  ): { text: string; refused?: string } & Partial<Fixture> {
    const { script, context } = fixture(text);
    const answer = saveRehearsal.run(context, { uri: script.uri, ...params });
    if (answer instanceof Refusal) return { text: script.source, refused: answer.text.zh };
    const edits = answer.edit.changes![script.uri]!.map(({ range, newText }) => ({
      start: script.text.offsetAt(range.start),
      end: script.text.offsetAt(range.end),
      newText,
    }));
    const written = applyEdits(script.source, edits);
    const after = fixture(written);
    const { start, end } = answer.name;
    const name = written.slice(after.script.text.offsetAt(start), after.script.text.offsetAt(end));
    assert.equal(after.script.tree.scenarios.at(-1)!.heading.line.name.text, name);
    return { text: written, ...after };
  }

  test('is a scenario that passes, with what was given, said and reached', () => {
    const { text, script, snapshot } = saved({
      values: [
        { name: '老客户', value: '否' },
        { name: '逾期天数', value: '' },
      ],
      replies: [...customer('是本人'), { text: '我不还', speaker: 'customer' }],
    });
    assert.equal(
      text.slice(call.length),
      '\n\n用例：演练：是本人、我不还\n设定：老客户 = 否\n客户说：是本人\n期望：说明\n客户说：我不还\n期望：告别\n期望：沟通完成\n',
    );
    assert.deepEqual(
      runScenarios(script!, snapshot!).map(({ failures }) => failures.length),
      [0],
    );
  });

  test('calls by its category what only detectors understand', () => {
    const { text, script, snapshot } = saved({ replies: customer('是本人', '厂子倒闭了，我现在一分收入都没有') });
    assert.match(
      text,
      /\n用例：演练：是本人、厂子倒闭了，我现在一分收入都没有\n客户说：是本人\n期望：说明\n客户说：有困难\n/,
    );
    assert.deepEqual(
      runScenarios(script!, snapshot!).map(({ failures }) => failures.length),
      [0],
    );
  });

  test('gets a name of its own each time, behind what is there', () => {
    const once = saved({ replies: [{ text: '非本人', speaker: 'third-party' }] }).text;
    const twice = saved({ replies: [{ text: '非本人', speaker: 'third-party' }] }, once).text;
    assert.match(once, /\n用例：演练：非本人\n第三方说：非本人\n期望：说明\n$/);
    assert.match(twice, /\n期望：说明\n\n用例：演练：非本人 2\n/);
    assert.match(saved({ replies: [] }).text, /\n用例：演练\n$/);
  });

  test('is refused where it could not be played again', () => {
    const line = call.split('\n').indexOf('【没人来】');
    assert.match(saved({ inside: { line, character: 0 } }).refused!, /从头走不到这一节/);
    assert.match(saved({ replies: customer('是本仁') }).refused!, /走不到这里了/);
  });
});
