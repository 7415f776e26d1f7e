import assert from 'node:assert/strict';
import { semanticTokens } from '../../server/src/features/semanticTokens.ts';
import { semanticTokensRange } from '../../server/src/features/semanticTokensRange.ts';
import { tokenModifiers, tokenTypes } from '../../server/src/features/tokens.ts';
import { fixture } from '../fixture.ts';

type Numbers = readonly [line: number, character: number, length: number, type: number, modifiers: number];

/** What an editor makes of the numbers: the words, each with its type and modifiers. */
function decoded(text: string, within?: { readonly first: number; readonly last: number }): string[] {
  const { script, context } = fixture(text);
  const textDocument = { uri: script.uri };
  const { data } = within
    ? semanticTokensRange.run(context, {
        textDocument,
        range: { start: { line: within.first, character: 0 }, end: { line: within.last + 1, character: 0 } },
      })!
    : semanticTokens.run(context, { textDocument })!;
  let [line, character] = [0, 0];
  const shown: string[] = [];
  for (let i = 0; i < data.length; i += 5) {
    const [down, right, length, type, bits] = data.slice(i, i + 5) as unknown as Numbers;
    character = down === 0 ? character + right : right;
    line += down;
    const start = script.text.offsetAt({ line, character });
    const modifiers = tokenModifiers.filter((_, bit) => bits & (1 << bit));
    shown.push(`${script.source.slice(start, start + length)} ${[tokenTypes[type], ...modifiers].join('.')}`);
  }
  return shown;
}

suite('semantic tokens', () => {
  test('standard steps, and steps that nobody knows', () => {
    assert.deepEqual(decoded('【 开场 】 录音告知、唱歌\n坐席：您好。\n【我们的节】\n坐席：您好。\n【随时】'), [
      '【 开场 】 class.defaultLibrary',
      '录音告知 class.defaultLibrary',
      '唱歌 class.unknown',
      '【随时】 class.defaultLibrary',
    ]);
  });

  test('targets that lead nowhere; those that lead somewhere are left to the grammar', () => {
    const text = '【甲】\n→ 乙\n客户（其他） → 丙\n若：x → 公共/没有\n插入：公共/有\n→ 重复\n【乙】\n';
    assert.deepEqual(decoded(`//- a.huashu\n${text}//- 公共.huashu\n【有】\n坐席：好。`), [
      '其他 enumMember',
      '丙 class.unknown',
      'x variable.unknown',
      '公共/没有 class.unknown',
    ]);
  });

  test('known categories, and those of the author', () => {
    assert.deepEqual(decoded('【甲】\n客户（有异议）：不对\n客户（想一想）：让我想想'), [
      '有异议 enumMember',
      '想一想 string',
    ]);
  });

  test('variables that nothing defines, and names in conditions that hold other words', () => {
    const head = '---\n变量:\n  是否老客户: 布尔\n  非常规: 布尔\n---\n';
    assert.deepEqual(
      decoded(
        `${head}【甲】\n坐席：{是否老客户}{工号}{没有}\n记录：新的 = {没有}\n坐席：{新的}\n若：非 非常规 且 是否老客户 → 甲`,
      ),
      ['没有 variable.unknown', '没有 variable.unknown', '非常规 variable', '是否老客户 variable'],
    );
  });

  test('lines of declared roles look like those of the built-in ones; a role that nobody declared is marked', () => {
    const head = '---\n角色: {小王: 坐席, 家属: 第三方}\n变量:\n  称呼: 称谓\n---\n';
    assert.deepEqual(
      decoded(
        `${head}【甲】\n小王（温和）：您好，{称呼}。\n家属：他是{称呼}，不在。\n家属（非本人）：不在／出门了 → 乙\n家属（其他） → 结束\n小李：您好。\n【乙】`,
      ),
      [
        '小王 function',
        '温和 type.defaultLibrary',
        '您好， string.spoken',
        '。 string.spoken',
        '家属 type',
        '他是 string',
        '，不在。 string',
        '家属 type',
        '非本人 enumMember',
        '不在 string',
        '出门了 string',
        '→ keyword',
        '乙 class',
        '家属 type',
        '其他 enumMember',
        '→ keyword',
        '结束 keyword.defaultLibrary',
        '小李 type.unknown',
      ],
    );
  });

  test('scenarios: categories, outcomes and declared roles', () => {
    const text =
      '---\n角色: {家属: 第三方}\n---\n【甲】\n结束：完成\n\n用例：一\n客户说：非本人\n家属说：他不在\n期望：甲、完成、结束';
    assert.deepEqual(decoded(text), ['非本人 enumMember', '家属说 keyword.spoken', '完成 string']);
  });

  test('an editor may ask for the lines in view', () => {
    const text = '【开场】\n→ 一\n→ 二\n→ 三\n→ 四';
    assert.deepEqual(decoded(text, { first: 2, last: 3 }), ['二 class.unknown', '三 class.unknown']);
    assert.deepEqual(decoded(text, { first: 0, last: 4 }), decoded(text));
  });

  test('files that are none of ours have none', () => {
    const { context } = fixture('【甲】');
    assert.equal(semanticTokens.run(context, { textDocument: { uri: 'file:///w/no.huashu' } }), null);
  });
});
