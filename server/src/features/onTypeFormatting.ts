import type { DocumentOnTypeFormattingParams, TextEdit } from 'vscode-languageserver-protocol';
import { printLines } from '../syntax/print.ts';
import { toTextEdit } from './convert.ts';
import type { Feature } from './feature.ts';

/**
 * After a line end, the canonical layout of the line above. Only then: behind `：` or `】` the next word is already being composed
 * in an input method, which an edit beside it would disturb, and on the line above nobody is writing any more.
 */
export const onTypeFormatting: Feature<DocumentOnTypeFormattingParams, TextEdit[] | null> = {
  method: 'textDocument/onTypeFormatting',
  capability: { documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' } },
  run({ snapshot }, { textDocument, position, ch }) {
    const script = snapshot.script(textDocument.uri);
    const above = script?.tree.lines[position.line - 1];
    if (!script || !above || ch !== '\n') return null;
    return printLines(script.tree, [above]).map((edit) => toTextEdit(script, edit));
  },
};
