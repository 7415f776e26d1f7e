import type { SemanticTokens, SemanticTokensRangeParams } from 'vscode-languageserver-protocol';
import type { Feature } from './feature.ts';
import { encoded } from './semanticTokens.ts';

/** The colours of the lines in view, which an editor asks for first. */
export const semanticTokensRange: Feature<SemanticTokensRangeParams, SemanticTokens | null> = {
  method: 'textDocument/semanticTokens/range',
  // Promised together with those of the whole text.
  capability: {},
  run(context, { textDocument, range }) {
    const script = context.snapshot.script(textDocument.uri);
    if (!script) return null;
    const span = { start: script.text.offsetAt(range.start), end: script.text.offsetAt(range.end) };
    return encoded(script, span, context);
  },
};
