import assert from 'node:assert/strict';
import type { Language } from '../../server/src/base/text.ts';
import { codeLens } from '../../server/src/features/codeLens.ts';
import { codeLensResolve } from '../../server/src/features/codeLensResolve.ts';
import { editorSettingsOf } from '../../server/src/features/editorSettings.ts';
import { fixture } from '../fixture.ts';

function lenses(text: string, language: Language = 'zh-CN'): string[] {
  const { script, context } = fixture(text);
  const found = codeLens.run(context, { textDocument: { uri: script.uri } });
  assert.ok(found.every(({ command }) => command === undefined));
  return found.map((lens) => {
    const { command, range } = codeLensResolve.run({ ...context, language }, lens);
    return `${script.text.getText(range)}: ${command?.title}`;
  });
}

const call =
  '【开场】\n坐席：您好。\n客户（是本人）：是 → 说明\n客户（有异议）：不对\n结束：异议受理\n客户（其他）：打错了\n结束：非本人\n\n【说明】\n坐席：好。\n插入：渠道\n结束：沟通完成\n\n【渠道】\n坐席：热线。\n\n【随时】\n客户（要投诉） → 转人工';

suite('code lens', () => {
  test('how often a node is named, and how the conversation can end from there', () => {
    assert.deepEqual(lenses(call), [
      '开场: 没有别处跳到这里',
      '开场: 可能的结果：异议受理、非本人、沟通完成等 4 种',
      '说明: 1 处引用',
      '说明: 可能的结果：沟通完成',
      '渠道: 1 处引用',
      '渠道: 可能的结果：返回',
      '随时: 可能的结果：转人工',
    ]);
    assert.deepEqual(lenses(call, 'en').slice(0, 3), [
      '开场: nothing jumps here',
      '开场: possible outcomes: 异议受理, 非本人, 沟通完成 and 1 more',
      '说明: 1 reference',
    ]);
  });

  test('a node that nothing leads to, and one that never ends', () => {
    assert.deepEqual(lenses('【甲】\n坐席：好。\n→ 甲\n\n【乙】\n结束：完成'), [
      '甲: 1 处引用',
      '甲: 走不到任何结果',
      '乙: 没有别处跳到这里',
      '乙: 没有路径到达这里',
    ]);
  });

  test('references count in all files; one-way messages have no outcomes', () => {
    assert.deepEqual(
      lenses(
        '//- b.huashu\n---\n渠道: 短信\n---\n【乙】\n坐席：好。\n//- a.huashu\n【甲】\n→ b/乙\n用例：一\n期望：b/乙',
      ),
      ['乙: 2 处引用'],
    );
  });

  test('a click shows the references, where the client can do that', () => {
    const { script, context } = fixture(call);
    const editor = { codeLens: true, inlayHints: true, nextLine: true, referencesCommand: 'huashu.showReferences' };
    const found = codeLens.run({ ...context, editor }, { textDocument: { uri: script.uri } });
    const { command } = codeLensResolve.run({ ...context, editor }, found[2]!);
    assert.equal(command?.command, 'huashu.showReferences');
    const [uri, position, locations] = command!.arguments as [string, { line: number }, { range: unknown }[]];
    assert.deepEqual([uri, position.line, locations.length], [script.uri, 8, 1]);
  });

  test('a setting turns it off', () => {
    const { script, context } = fixture(call);
    const run = (settings: unknown): number =>
      codeLens.run({ ...context, editor: editorSettingsOf(settings) }, { textDocument: { uri: script.uri } }).length;
    assert.equal(run({ codeLens: false }), 0);
    for (const settings of [undefined, null, {}, { codeLens: true }, { codeLens: 'no' }])
      assert.equal(run(settings), 7);
  });
});
