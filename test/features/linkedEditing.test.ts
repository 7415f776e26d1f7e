import assert from 'node:assert/strict';
import { linkedEditing } from '../../server/src/features/linkedEditing.ts';
import { fixture } from '../fixture.ts';

/** The texts that change along, each with its line; nothing where none does. */
function linkedAt(text: string): string[] | undefined {
  const { script, cursor, context } = fixture(text);
  const found = linkedEditing.run(context, {
    textDocument: { uri: script.uri },
    position: script.text.positionAt(cursor),
  });
  return found?.ranges.map((range) => `${range.start.line} ${script.text.getText(range)}`);
}

suite('linked editing', () => {
  test('the name of a node, at its heading, and all that name it', () => {
    assert.deepEqual(
      linkedAt('【我们$0的节】\n坐席：您好。\n客户（其他） → 我们的节\n→ 我们的节\n\n用例：一\n期望：我们的节'),
      ['0 我们的节', '2 我们的节', '3 我们的节', '6 我们的节'],
    );
  });

  test('a variable and a role, where they are declared or recorded', () => {
    const head = '---\n角色: {小王: 坐席}\n变量:\n  天数: 整数\n---\n【甲】\n小王：{天数}天。\n若：天数 > 3 → 甲';
    assert.deepEqual(linkedAt(head.replace('天数', '天$0数')), ['3 天数', '6 天数', '7 天数']);
    assert.deepEqual(linkedAt(head.replace('小王', '小$0王')), ['1 小王', '6 小王']);
    assert.deepEqual(linkedAt('【甲】\n记录：还款$0日 = 客户所说\n坐席：{还款日}。'), ['1 还款日', '2 还款日']);
  });

  test('not where a name is used, nor what other files name, nor standard steps, nor what is alone', () => {
    assert.equal(linkedAt('【我们的节】\n→ 我们$0的节'), undefined);
    assert.equal(
      linkedAt('//- 公共.huashu\n【告知$0一下】\n→ 告知一下\n//- b.huashu\n【甲】\n插入：公共/告知一下'),
      undefined,
    );
    assert.equal(linkedAt('【确认$0身份】\n→ 确认身份'), undefined);
    assert.equal(linkedAt('【我们$0的节】\n坐席：您好。'), undefined);
    assert.equal(linkedAt('[Ne$0xt]\n-> next'), undefined);
    assert.equal(linkedAt('【甲】\n坐席：您$0好。'), undefined);
  });
});
