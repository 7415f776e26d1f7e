import assert from 'node:assert/strict';
import type { CallHierarchyItem } from 'vscode-languageserver-protocol';
import { callHierarchy } from '../../server/src/features/callHierarchy.ts';
import { incomingCalls } from '../../server/src/features/incomingCalls.ts';
import { outgoingCalls } from '../../server/src/features/outgoingCalls.ts';
import { fixture } from '../fixture.ts';

function hierarchy(text: string) {
  const { script, cursor, context, snapshot } = fixture(text);
  const position = script.text.positionAt(cursor);
  const [item] = callHierarchy.run(context, { textDocument: { uri: script.uri }, position }) ?? [];
  const show = (each: CallHierarchyItem, of: CallHierarchyItem, ranges: { start: { line: number } }[]): string => {
    assert.ok(snapshot.script(of.uri));
    return `${each.name} ${ranges.map(({ start }) => start.line).join(',')}`;
  };
  return {
    item,
    incoming: item && incomingCalls.run(context, { item }).map(({ from, fromRanges }) => show(from, from, fromRanges)),
    outgoing: item && outgoingCalls.run(context, { item }).map(({ to, fromRanges }) => show(to, item, fromRanges)),
  };
}

const call =
  '【开场】\n坐席：您好。\n若：天数 大于 3 → 说明\n客户（是本人）：是 → 说明\n客户（无应答） → 重复\n客户（其他）：打错了\n结束：非本人\n\n【说明】\n坐席：好。\n插入：渠道\n\n【收束】\n坐席：再见。\n客户（其他） → 转人工\n\n【渠道】\n坐席：热线。\n\n【随时】\n客户（要投诉） → 收束';

suite('call hierarchy', () => {
  test('where the conversation goes from a node, by which lines, ends by their names', () => {
    const { outgoing, incoming, item } = hierarchy(call.replace('开场】', '开$0场】'));
    assert.equal(item?.name, '开场');
    assert.deepEqual(outgoing, ['说明 2,3', '非本人 6']);
    assert.deepEqual(incoming, []);
  });

  test('which nodes lead here: jumps, running on, insertions, anytime branches', () => {
    assert.deepEqual(hierarchy(call.replace('→ 说明\n客', '→ 说$0明\n客')).incoming, ['开场 2,3']);
    const close = hierarchy(call.replace('坐席：再见', '坐席：$0再见'));
    assert.equal(close.item?.name, '收束');
    assert.deepEqual(close.incoming, ['说明 10', '随时 20']);
    assert.deepEqual(close.outgoing, ['转人工 14']);
    const inserted = hierarchy(call.replace('【渠道】', '【渠$0道】'));
    assert.deepEqual(inserted.incoming, ['说明 10']);
    assert.deepEqual(inserted.outgoing, []);
  });

  test('which nodes lead to an end', () => {
    const outcome = hierarchy(call.replace('结束：非本人', '结束：非$0本人'));
    assert.equal(outcome.item?.name, '非本人');
    assert.deepEqual(outcome.incoming, ['开场 6']);
    assert.deepEqual(outcome.outgoing, []);
    assert.deepEqual(hierarchy(call.replace('转人工', '转$0人工')).incoming, ['收束 14']);
  });

  test('across files', () => {
    const files =
      '//- a.huashu\n坐席：您好。\n→ b/乙\n//- c.huashu\n---\n话术: 丙的\n---\n【丙】\n插入：b/乙\n//- b.huashu\n【乙$0】\n坐席：好。\n结束：完成';
    const { incoming, outgoing } = hierarchy(files);
    assert.deepEqual(incoming, ['（开头） 1', '丙 4']);
    assert.deepEqual(outgoing, ['完成 2']);
  });

  test('what belongs to no node has none', () => {
    assert.equal(hierarchy('---\n渠$0道: 电话\n---\n【甲】').item, undefined);
    assert.equal(hierarchy('【甲】\n坐席：好。\n用例：一$0\n期望：结束').item, undefined);
  });
});
