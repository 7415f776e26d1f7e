import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Language } from '../../server/src/base/text.ts';
import { completion } from '../../server/src/features/completion.ts';
import { completionResolve } from '../../server/src/features/completionResolve.ts';
import { fixture } from '../fixture.ts';

/** How suggestions came up: by a key or a letter, or by a mark such as a colon. */
export type Cause = 'asked' | 'mark';

/** The items at `$0`, in the order in which an editor shows them. */
export function itemsAt(text: string, cause: Cause = 'asked', language: Language = 'zh-CN'): CompletionItem[] {
  const { script, cursor, context } = fixture(text);
  const { items } = completion.run(
    { ...context, language },
    {
      textDocument: { uri: script.uri },
      position: script.text.positionAt(cursor),
      context: cause === 'mark' ? { triggerKind: 2, triggerCharacter: '：' } : { triggerKind: 1 },
    },
  );
  for (const item of items) assertPasses(item, script.source, script.text.offsetAt(script.text.positionAt(cursor)));
  return items.toSorted((a, b) =>
    (a.sortText ?? '') < (b.sortText ?? '') ? -1 : (a.sortText ?? '') > (b.sortText ?? '') ? 1 : 0,
  );
}

/** VS Code drops an item whose filter text does not hold, in their order, the characters before the cursor that it replaces. */
function assertPasses({ label, filterText = label, textEdit }: CompletionItem, source: string, cursor: number): void {
  const { range } = textEdit as TextEdit;
  const line = source.slice(source.lastIndexOf('\n', cursor - 1) + 1, cursor);
  const word = line.slice(range.start.character).trimStart().toLowerCase();
  let at = 0;
  for (const char of word) {
    at = filterText.toLowerCase().indexOf(char, at) + 1;
    assert.ok(at > 0, `VS Code would drop “${label}” (${filterText}) for “${word}”`);
  }
}

export function labels(text: string, cause: Cause = 'asked', language: Language = 'zh-CN'): string[] {
  return itemsAt(text, cause, language).map(({ label }) => label);
}

/** The text after an item is chosen, the places of a snippet filled with what they hold; `$0` is where the cursor ends up. */
export function chosen(text: string, label: string): string {
  const found = itemsAt(text).find((each) => each.label === label);
  assert.ok(found, `no item “${label}” among ${labels(text).join(' ')}`);
  return accepted(text, found);
}

/** The text after an item is accepted, with `$0` where the cursor ends up. */
export function accepted(text: string, item: CompletionItem): string {
  const { script } = fixture(text);
  const main = item.textEdit as TextEdit;
  const cursor = '\ue000';
  const written = item.insertTextFormat === 2 ? plain(main.newText, cursor) : main.newText + cursor;
  const edits = [{ ...main, newText: written }, ...(item.additionalTextEdits ?? [])];
  return TextDocument.applyEdits(script.text, edits).replace(cursor, '$0');
}

/** How many places of a snippet one tabs through before its end. */
export function stopsOf({ textEdit }: CompletionItem): number {
  return new Set(textEdit?.newText.match(/(?<!\\)\$\{?[1-9]/g)).size;
}

function plain(snippet: string, cursor: string): string {
  const written = snippet
    .replace(/(?<!\\)\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/(?<!\\)\$\{\d+:((?:\\.|[^\\}])*)\}/g, '$1')
    .replace(/(?<!\\)\$0/, cursor)
    .replace(/(?<!\\)\$\d/g, '');
  return (written.includes(cursor) ? written : written + cursor).replace(/\\([\\$}])/g, '$1');
}

/** What an item tells of itself when somebody looks at it. */
export function documentationOf(text: string, item: CompletionItem, language: Language = 'zh-CN'): string {
  const { context } = fixture(text);
  const { documentation } = completionResolve.run({ ...context, language }, item);
  return typeof documentation === 'object' ? documentation.value : (documentation ?? '');
}
