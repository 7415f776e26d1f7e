import assert from 'node:assert/strict';
import { defaultEditorSettings } from '../../server/src/features/editorSettings.ts';
import { inlineCompletion } from '../../server/src/features/inlineCompletion.ts';
import { fixture } from '../fixture.ts';

/** What a new line shows; a list opens behind what ends with `…`. */
function nextAt(text: string, nextLine = true): string | undefined {
  const { script, cursor, context } = fixture(text);
  const [item] =
    inlineCompletion.run(
      { ...context, editor: { ...defaultEditorSettings, nextLine } },
      {
        textDocument: { uri: script.uri },
        position: script.text.positionAt(cursor),
        context: { triggerKind: 2 },
      },
    ) ?? [];
  return item && `${String(item.insertText)}${item.command ? '…' : ''}`;
}

suite('what a new line shows', () => {
  test('behind the agent: the replies that the step waits for, one after the other, each with its target', () => {
    const script = '【确认身份】\n坐席：请问是王先生本人吗？\n$0\n\n【说明目的】\n坐席：您好。\n结束：完成\n';
    const first = nextAt(script);
    assert.match(first ?? '', /^客户（是本人）：.+ → 说明目的$/);
    const second = nextAt(script.replace('$0', `${first}\n$0`));
    assert.match(second ?? '', /^客户（非本人）/);
    let written = script.replace('$0', `${first}\n${second}\n$0`);
    for (let next = nextAt(written); next !== undefined; next = nextAt(written)) {
      // What stays here is answered here.
      const line = next === '坐席：' ? '坐席：好的。' : next === '→ …' ? '→ 结束' : next;
      if (next.includes('）'))
        assert.ok(!written.includes(next.slice(0, next.indexOf('）'))), `${next} is there already.`);
      written = written.replace('$0', `${line}\n$0`);
      assert.ok(written.length < 3000, 'It comes to an end.');
    }
    assert.match(written, /客户（其他）/);
  });

  test('in a node of one’s own: a reply to choose; in a dialogue: the other speaker, under the names in use', () => {
    assert.equal(nextAt('【我们的节】\n坐席：您看可以吗？\n$0'), '客户（…');
    assert.equal(nextAt('【我们的节】\n催收员：您看可以吗？\n客户：可以。\n$0'), '催收员：');
    assert.equal(nextAt('【我们的节】\n催收员：您看可以吗？\n客户：可以。\n催收员：好的。\n$0'), '客户：');
    assert.equal(nextAt('[Ours]\nAgent: Is that all right?\n$0'), 'Customer (…');
    assert.equal(nextAt('【我们的节】\n坐席：给您登记好了。\n$0'), '结束：…');
    assert.equal(nextAt('[Ours]\nCustomer: Yes.\n$0'), 'Agent: ');
  });

  test('in a step that waits for no reply the agent goes on, in as many lines as its template has', () => {
    const opening = '【开场】 自报身份、录音告知\n坐席：您好，这里是某某银行。\n$0';
    assert.equal(nextAt(opening), '坐席：');
    assert.equal(nextAt(opening.replace('$0', '坐席：本次通话会录音。\n$0')), undefined);
    assert.equal(nextAt('【自报身份】\n坐席：您好，这里是某某银行。\n$0'), undefined);
    assert.equal(nextAt('【开场】\n坐席：您好，方便说话吗？\n$0'), '客户（…');
  });

  test('behind a heading, a note and a reply without a target the agent speaks', () => {
    assert.equal(nextAt('【我们的节】\n$0'), '坐席：');
    assert.equal(nextAt('【我们的节】\n提示：慢一点。\n$0'), '坐席：');
    assert.equal(nextAt('【我们的节】\n坐席：可以吗？\n客户（想一想）：让我想想\n$0'), '坐席：');
    assert.equal(nextAt('【我们的节】\n记录：还款日 = 客户所述\n$0'), '坐席：');
    assert.equal(nextAt('【随时】\n$0'), '客户（…');
    assert.equal(nextAt('【随时】\n客户（要投诉） → 转人工\n$0'), '客户（…');
  });

  test('where one has replies, 其他 comes last; behind a jump the next reply', () => {
    const node = '【我们的节】\n坐席：可以吗？\n客户（愿意还款）：可以 → 结束\n';
    assert.equal(nextAt(`${node}$0`), '客户（其他）');
    assert.equal(nextAt(`${node}客户（想一想）\n坐席：好。\n→ 结束\n$0`), '客户（其他）');
    assert.equal(nextAt(`${node}客户（其他） → 结束\n$0`), undefined);
    assert.equal(nextAt('【我们的节】\n坐席：您好。\n→ 结束\n$0'), undefined);
  });

  test('behind what answers a reply: how that ends; behind the last words of a step: its outcome', () => {
    assert.equal(nextAt('【我们的节】\n坐席：可以吗？\n客户（想一想）\n坐席：好的。\n$0'), '→ …');
    const asked = '【确认身份】\n坐席：请问是王先生本人吗？\n客户（拒绝）：不说\n坐席：好的，不打扰您了。\n$0';
    assert.match(nextAt(asked) ?? '', /^(结束：.+|→ …)$/);
    assert.match(nextAt('【结束通话】\n坐席：再见。\n$0') ?? '', /^结束：.+/);
  });

  test('below everything: the node that something leads to, then the step that is missing', () => {
    assert.equal(nextAt('【开场】\n坐席：您好。\n→ 我们的节\n\n$0'), '【我们的节】');
    assert.equal(nextAt('---\n渠道: 电话\n---\n$0'), '【自报身份】');
    assert.equal(
      nextAt('【开场】 自报身份、录音告知\n坐席：您好，本次通话会录音。\n\n$0\n\n【随时】\n客户（要投诉） → 转人工'),
      '【确认身份】',
    );
    assert.equal(nextAt('【甲】\n坐席：您好。\n\n$0\n\n【乙】\n坐席：您好。'), undefined);
  });

  test('in a scenario', () => {
    const script = '【甲】\n坐席：您好。\n结束：完成\n\n';
    assert.equal(nextAt(`${script}用例：一\n$0`), '客户说：…');
    assert.equal(nextAt(`${script}用例：一\n客户说：是本人\n$0`), '期望：…');
    assert.equal(nextAt(`${script}用例：一\n期望：完成\n$0`), undefined);
    assert.equal(nextAt(`${script}用例：一\n期望：完成\n\n$0`), undefined);
  });

  test('nothing where somebody writes, in front matter, in messages, above other lines, or when it is turned off', () => {
    assert.equal(nextAt('【甲】\n坐席：可以吗？\nk$0'), undefined);
    assert.equal(nextAt('---\n渠道: 电话\n$0\n---\n'), undefined);
    assert.equal(nextAt('---\n渠道: 短信\n---\n【提醒】\n坐席：可以吗？\n$0'), undefined);
    assert.equal(nextAt('【甲】\n坐席：可以吗？\n$0\n坐席：您好。'), undefined);
    assert.equal(nextAt('【甲】\n坐席：\n$0'), undefined);
    assert.equal(nextAt('【甲】\n# 备注\n$0'), undefined);
    assert.equal(nextAt('【甲】\n$0', false), undefined);
  });
});
