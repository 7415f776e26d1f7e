import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver-protocol';
import { applyEdits } from '../../server/src/base/edit.ts';
import { formatting } from '../../server/src/features/formatting.ts';
import { onTypeFormatting } from '../../server/src/features/onTypeFormatting.ts';
import { rangeFormatting } from '../../server/src/features/rangeFormatting.ts';
import type { Script } from '../../server/src/model/script.ts';
import { fixture } from '../fixture.ts';

const options = { tabSize: 2, insertSpaces: true };

function applied({ text, source }: Script, edits: readonly TextEdit[] | null): string {
  return applyEdits(
    source,
    (edits ?? []).map(({ range, newText }) => ({
      start: text.offsetAt(range.start),
      end: text.offsetAt(range.end),
      newText,
    })),
  );
}

function formatted(source: string, given: object = {}): string {
  const { script, context } = fixture(source);
  const params = { textDocument: { uri: script.uri }, options: { ...options, ...given } };
  return applied(script, formatting.run(context, params));
}

/** Formats the marked selection. */
function selected(source: string): string {
  const { script, context, marks } = fixture(source);
  const [{ start, end }] = marks as [{ start: number; end: number }];
  const range = { start: script.text.positionAt(start), end: script.text.positionAt(end) };
  return applied(script, rangeFormatting.run(context, { textDocument: { uri: script.uri }, range, options }));
}

/** What becomes of the text when a line end has just been typed before the cursor. */
function typed(source: string, ch = '\n'): string {
  const { script, context, cursor } = fixture(source);
  const position = script.text.positionAt(cursor);
  return applied(script, onTypeFormatting.run(context, { textDocument: { uri: script.uri }, position, ch, options }));
}

suite('formatting', () => {
  test('the whole script, mistakes and all', () => {
    assert.equal(
      formatted('[开场]\n坐席:您好->再见\n小王:您好\n若:天数>3\n客户(其他)->结束\n[下一节'),
      '【开场】\n坐席：您好->再见\n小王:您好\n若:天数>3\n客户（其他） → 结束\n\n[下一节\n',
    );
  });

  test('an editor that asks for less gets the same, so that it agrees with the command line', () => {
    const less = { trimTrailingWhitespace: false, insertFinalNewline: false, trimFinalNewlines: false };
    assert.equal(formatted('坐席：您好 ', less), '坐席：您好\n');
  });

  test('a canonical script has no edits', () => {
    const { script, context } = fixture('【开场】\n坐席：您好。\n');
    assert.deepEqual(formatting.run(context, { textDocument: { uri: script.uri }, options }), []);
  });

  test('a file that is not known is not formatted', () => {
    const { context } = fixture('');
    assert.equal(formatting.run(context, { textDocument: { uri: 'file:///w/none.huashu' }, options }), null);
  });
});

suite('range formatting', () => {
  test('the lines that the selection touches', () => {
    assert.equal(selected('坐席:甲\n坐席:⟦乙\n坐⟧席:丙\n坐席:丁\n'), '坐席:甲\n坐席：乙\n坐席：丙\n坐席:丁\n');
  });

  test('a selection of whole lines ends above the next one', () => {
    assert.equal(selected('⟦坐席:甲\n⟧[乙]\n'), '坐席：甲\n[乙]\n');
  });

  test('the blank line above a heading belongs to the heading', () => {
    assert.equal(selected('坐席:甲\n⟦[乙⟧]\n'), '坐席:甲\n\n【乙】\n');
  });
});

suite('formatting while typing', () => {
  test('the line above a new line', () => {
    assert.equal(typed('坐席:甲\n客户(其他)->结束\n$0'), '坐席:甲\n客户（其他） → 结束\n');
  });

  test('no line is added, and the new one stays as it is', () => {
    assert.equal(typed('坐席:甲\n[乙]\n  $0坐席:丙'), '坐席:甲\n【乙】\n  坐席:丙');
  });

  test('front matter', () => {
    assert.equal(typed('---\n话术：甲\n$0\n---\n坐席:好'), '---\n话术: 甲\n\n---\n坐席:好');
  });

  test('Enter on a line that has nothing but its opening takes the opening away', () => {
    assert.equal(typed('【甲】\n坐席：您好。\n坐席：\n$0'), '【甲】\n坐席：您好。\n');
    assert.equal(typed('【甲】\r\n  坐席： \r\n  $0\r\n→ 结束'), '【甲】\r\n  \r\n→ 结束');
    assert.equal(typed('Agent: \n$0'), '');
    assert.equal(typed('期望：\n$0'), '');
    // Not where there is more to it: a category, a remark, a key, something below.
    for (const kept of ['客户（其他）：\n$0', '# 备注：\n$0', '坐席：\n$0客户：好', '---\n变量:\n$0\n---\n'])
      assert.equal(typed(kept), kept.replace('$0', ''));
  });

  test('Enter within a speech makes the rest a line of the same speaker', () => {
    assert.equal(typed('坐席（平和）：您好，\n$0我是小王。'), '坐席（平和）：您好，\n坐席（平和）：我是小王。');
    assert.equal(typed('提示：甲。\n$0乙。'), '提示：甲。\n提示：乙。');
    assert.equal(typed('【甲】\n坐席：\n$0您好。'), '【甲】\n\n坐席：您好。');
    for (const kept of [
      '坐席：甲。\n$0→ 结束',
      '坐席：甲。\n$0客户：乙',
      '客户（其他） → 结束\n$0乙',
      '坐席：甲。\n$0小王：乙',
    ])
      assert.equal(typed(kept), kept.replace('$0', ''));
  });

  test('nothing after another character', () => {
    assert.equal(typed('坐席:甲\n坐席：$0', '：'), '坐席:甲\n坐席：');
  });
});
