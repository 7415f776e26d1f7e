import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { inBoth, type Replaced } from '../base/edit.ts';

/**
 * Changes a document as the protocol tells it, and notes what that has replaced in its text, so that nobody has to compare the two.
 *
 * @param counted a change as we count, in the document that the changes before it have left
 */
export function update(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  counted: (change: TextDocumentContentChangeEvent) => TextDocumentContentChangeEvent = (change) => change,
): TextDocument {
  const before = document.getText();
  let all: Replaced | undefined;
  for (const each of changes) {
    const change = counted(each);
    const { length } = document.getText();
    const offsets =
      'range' in change ? [document.offsetAt(change.range.start), document.offsetAt(change.range.end)] : [0, length];
    const span = { start: Math.min(...offsets), end: Math.max(...offsets) };
    all = { before, ...(all ? inBoth(all, length - before.length, span) : span) };
    TextDocument.update(document, [change], version);
  }
  if (all) last.set(document, all);
  return document;
}

/** What the last message about a document has replaced in its text. It is forgotten when it has been asked for, and with it the text before. */
export function replacedIn(document: TextDocument): Replaced | undefined {
  const replaced = last.get(document);
  last.delete(document);
  return replaced;
}

const last = new WeakMap<TextDocument, Replaced>();
