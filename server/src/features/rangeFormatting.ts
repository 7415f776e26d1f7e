import type { DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver-protocol';
import { print } from '../syntax/print.ts';
import { toTextEdit } from './convert.ts';
import type { Feature } from './feature.ts';

/** The canonical layout of the lines that a selection touches. */
export const rangeFormatting: Feature<DocumentRangeFormattingParams, TextEdit[] | null> = {
  method: 'textDocument/rangeFormatting',
  capability: { documentRangeFormattingProvider: true },
  run({ snapshot }, { textDocument, range }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return null;
    const { lines } = script.tree;
    // A selection of whole lines ends at the beginning of the next one.
    const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
    const from = lines[range.start.line]?.start ?? script.written.length;
    const to = (lines[last] ?? lines.at(-1))?.end ?? 0;
    return print(script.tree)
      .filter(({ start, end }) => from <= start && end <= to)
      .map((edit) => toTextEdit(script, edit));
  },
};
