import type { DocumentFormattingParams, TextEdit } from 'vscode-languageserver-protocol';
import { print } from '../syntax/print.ts';
import { toTextEdit } from './convert.ts';
import type { Feature } from './feature.ts';

/**
 * The canonical layout of a script. There is one, so that the editor and `huashu format --check` never disagree: what an editor's
 * options can ask for (no blanks at the ends of lines, one line end at the end of the file) it has anyway, and they
 * cannot ask for less. Lines with mistakes stay as they are, which makes formatting on save safe.
 */
export const formatting: Feature<DocumentFormattingParams, TextEdit[] | null> = {
  method: 'textDocument/formatting',
  capability: { documentFormattingProvider: true },
  run({ snapshot }, { textDocument }) {
    const script = snapshot.script(textDocument.uri);
    return script ? print(script.tree).map((edit) => toTextEdit(script, edit)) : null;
  },
};
