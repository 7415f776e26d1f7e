import assert from 'node:assert/strict';
import type { Language } from '../../server/src/base/text.ts';
import { editorSettingsOf } from '../../server/src/features/editorSettings.ts';
import { inlayHints } from '../../server/src/features/inlayHints.ts';
import { fixture } from '../fixture.ts';

function hints(text: string, language: Language = 'zh-CN', settings?: unknown): string[] {
  const { script, context } = fixture(text);
  const range = { start: { line: 0, character: 0 }, end: script.text.positionAt(text.length) };
  const editor = settings === undefined ? {} : { editor: editorSettingsOf(settings) };
  const found = inlayHints.run({ ...context, ...editor, language }, { textDocument: { uri: script.uri }, range });
  return found.map(({ position, label }) => `${position.line}: ${label}`);
}

const call = `【开场】
坐席：请问您是王先生本人吗？
客户（是本人） → 说明
第三方（非本人） → 告辞
客户（无应答） → 告辞
【说明】
坐席：您的账单逾期了。
客户（有困难）：没钱 → 告辞
客户（其他） → 告辞
【告辞】
坐席：打扰您了。
结束：完成`;

suite('inlay hints', () => {
  test('what is certain, and then together what depends on the path', () => {
    assert.deepEqual(hints(call), ['0: 身份：未确认', '5: 身份：已确认', '9: 身份、接听人、客户困难：视路径而定']);
    assert.deepEqual(hints(call, 'en').slice(0, 2), ['0: Identity: not confirmed', '5: Identity: confirmed']);
  });

  test('not in messages, and not where a setting turns them off', () => {
    assert.deepEqual(hints(`---\n渠道: 短信\n---\n${call}`), []);
    assert.deepEqual(hints(call, 'zh-CN', { inlayHints: false }), []);
  });
});
