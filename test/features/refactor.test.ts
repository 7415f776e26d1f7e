import assert from 'node:assert/strict';
import { codeActions } from '../../server/src/features/codeActions.ts';
import { applied, fixture, offered } from './refactorFixture.ts';

/** The text after the one refactoring of a kind, or why it cannot be had. */
function refactored(text: string, kind: string, first: number, last?: number): string {
  const actions = offered(text, first, last).filter((each) => each.kind === kind);
  const action = actions.find(({ edit }) => edit) ?? actions[0];
  if (!action) return 'nothing offered';
  return action.disabled ? action.disabled.reason : applied(text, action);
}

const call = `【开场】 自报身份、录音告知
坐席：您好，这里是某某银行。
坐席：本次通话将被录音。
坐席：请问现在方便吗？
客户（不方便）：在忙
坐席：那我换个时间再联系。
结束：改约
客户（其他）：方便 → 说明

【说明】
坐席：您的账单已经出了。
坐席：请留意还款日。
结束：完成
`;

suite('refactorings', () => {
  test('lines in the middle are inserted where they stood', () => {
    assert.equal(
      refactored(call, 'refactor.extract', 2, 2),
      `【开场】 自报身份、录音告知
坐席：您好，这里是某某银行。
插入：本次通话将被录音
坐席：请问现在方便吗？
客户（不方便）：在忙
坐席：那我换个时间再联系。
结束：改约
客户（其他）：方便 → 说明

【本次通话将被录音】 自报身份、录音告知
坐席：本次通话将被录音。

【说明】
坐席：您的账单已经出了。
坐席：请留意还款日。
结束：完成
`,
    );
  });

  test('lines that lead away are jumped to', () => {
    const text = refactored(call, 'refactor.extract', 11, 12);
    assert.match(
      text,
      /坐席：您的账单已经出了。\n→ 请留意还款日\n\n【请留意还款日】\n坐席：请留意还款日。\n结束：完成\n/,
    );
  });

  test('lines that run on into the next node are jumped to, where the new node stands before it', () => {
    const text = refactored('【甲】\n坐席：第一句。\n坐席：第二句话。\n\n【乙】\n结束：完成', 'refactor.extract', 2, 2);
    assert.equal(text, '【甲】\n坐席：第一句。\n→ 第二句话\n\n【第二句话】\n坐席：第二句话。\n\n【乙】\n结束：完成');
  });

  test('not across branches, not with 重复, not where there is no room', () => {
    assert.match(refactored(call, 'refactor.extract', 3, 5), /分支/);
    assert.match(
      refactored('【甲】\n坐席：好吗？\n若：老客户 → 重复\n坐席：好。\n结束：完成', 'refactor.extract', 2, 2),
      /重复/,
    );
    assert.match(
      refactored('【甲】\n坐席：第一句。\n坐席：第二句。\n坐席：第三句。', 'refactor.extract', 2, 2),
      /没有地方/,
    );
    assert.equal(refactored(call, 'refactor.extract', 0, 0), 'nothing offered');
  });

  test('a suppression goes along with its line', () => {
    const text = '【甲】\n坐席：第一句。\n豁免：cn/x，原因：演示\n坐席：第二句话。\n坐席：第三句。\n结束：完成';
    assert.match(
      refactored(text, 'refactor.extract', 3, 3),
      /插入：第二句话\n坐席：第三句。[\s\S]*【第二句话】\n豁免：cn\/x，原因：演示\n坐席：第二句话。$/,
    );
  });

  test('in English', () => {
    const text =
      '[One]\r\nAgent: Good morning, this is the bank.\r\nAgent: The call is recorded.\r\nAgent: Is this a good time?\r\nEnd: done';
    assert.match(
      refactored(text, 'refactor.extract', 2, 2),
      /\r\nInsert: The call is recorded\r\n[\s\S]*\r\n\r\n\[The call is recorded\]\r\nAgent: The call is recorded\.$/,
    );
  });

  test('what follows a reply becomes a node, and comes back', () => {
    const moved = refactored(call, 'refactor.extract', 4);
    assert.match(
      moved,
      /客户（不方便）：在忙 → 不方便\n客户（其他）：方便 → 说明\n\n【不方便】 录音告知\n坐席：那我换个时间再联系。\n结束：改约\n\n【说明】/,
    );
    const heading = moved.split('\n').indexOf('【不方便】 录音告知');
    assert.equal(refactored(moved, 'refactor.inline', heading), call);
  });

  test('a branch that ran on into the next node says so', () => {
    const text = '【甲】\n坐席：好吗？\n客户（愿意）：好\n坐席：谢谢。\n客户（其他） → 结束\n\n【乙】\n结束：完成';
    const moved = refactored(text, 'refactor.extract', 2);
    assert.match(moved, /客户（愿意）：好 → 愿意\n客户（其他） → 结束\n\n【愿意】\n坐席：谢谢。\n→ 乙\n\n【乙】/);
  });

  test('a node that is used twice, runs into the next or is run into is not inlined', () => {
    const used = '【甲】\n坐席：好。\n插入：丙\n插入：丙\n结束：完成\n\n【丙】\n坐席：好。';
    assert.equal(refactored(used, 'refactor.inline', 2), 'nothing offered');
    const entered = '【甲】\n若：老客户 → 丙\n坐席：好。\n\n【丙】\n坐席：好。\n结束：完成';
    assert.equal(refactored(entered, 'refactor.inline', 4), 'nothing offered');
  });

  test('the steps of an inlined node are performed by the one that takes it', () => {
    const text = '【甲】\n坐席：您好。\n插入：录音告知\n结束：完成\n\n【录音告知】\n坐席：本次通话将被录音。\n';
    assert.match(refactored(text, 'refactor.inline', 2), /^(?!【甲】 录音告知)/);
  });

  test('a node is parted at the cursor', () => {
    const text = refactored(call, 'refactor.extract', 3);
    assert.match(
      text,
      /坐席：本次通话将被录音。\n\n【请问现在方便吗】 自报身份、录音告知\n坐席：请问现在方便吗？\n客户（不方便）：在忙/,
    );
  });

  test('the replies that the template of a step has', () => {
    const text = refactored('【确认身份】\n坐席：请问是本人吗？\n客户（是本人）：是我 → 结束\n', 'refactor.rewrite', 0);
    assert.match(text, /^【确认身份】\n坐席：请问是本人吗？\n客户（是本人）：是我 → 结束\n客户（非本人）/);
    assert.match(text, /客户（其他）/);
    assert.equal(refactored(text, 'refactor.rewrite', 0), 'nothing offered');
  });

  test('what is about the place of the cursor is shown to those who ask for it', () => {
    const { script, context } = fixture(call);
    const at = { line: 3, character: 0 };
    const offer = (triggerKind: 1 | 2): number =>
      codeActions
        .run(context, {
          textDocument: { uri: script.uri },
          range: { start: at, end: at },
          context: { diagnostics: [], triggerKind },
        })
        .filter(({ kind }) => kind?.startsWith('refactor')).length;
    assert.deepEqual([offer(1), offer(2)], [1, 0]);
  });

  test('a pasted dialogue gets the roles of the script', () => {
    const text = '【开场】\n1. 催收专员：“您好，这里是某某银行。”\n2、借款人：你好\n家属：他不在\n\n甲：别的';
    assert.equal(
      refactored(text, 'refactor.rewrite', 1),
      '【开场】\n坐席：您好，这里是某某银行。\n客户：你好\n第三方：他不在\n\n甲：别的',
    );
    assert.equal(refactored('【开场】\n坐席：您好。\n客户：你好', 'refactor.rewrite', 1), 'nothing offered');
  });
});
