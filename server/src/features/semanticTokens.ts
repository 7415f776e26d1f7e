import type { SemanticTokens, SemanticTokensParams } from 'vscode-languageserver-protocol';
import type { Span } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { Placed } from '../syntax/tree.ts';
import type { Context, Feature } from './feature.ts';
import { tokenModifiers, tokensOf, tokenTypes } from './tokens.ts';

/**
 * Colours for what the grammar cannot know. There are few of them, a line of numbers for each heading and little else, so that
 * what has changed since the last time is not worth working out: the whole is sent again.
 */
export const semanticTokens: Feature<SemanticTokensParams, SemanticTokens | null> = {
  method: 'textDocument/semanticTokens/full',
  capability: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: true,
      range: true,
    },
  },
  run(context, { textDocument }) {
    const script = context.snapshot.script(textDocument.uri);
    return script ? encoded(script, { start: 0, end: script.written.length }, context) : null;
  },
};

/** Five numbers a token: lines and characters since the one before, its length, its type, and a bit for each modifier. */
export function encoded(script: Script, within: Span, { snapshot }: Context): SemanticTokens {
  const data: number[] = [];
  let before = { line: 0, character: 0 };
  const { lines } = script.tree;
  let index = 0;
  for (const { start, end, type, modifiers } of tokensOf(script, snapshot, within)) {
    while (start > (lines[index] as Placed).end) index++;
    const place = { line: index, character: start - (lines[index] as Placed).start };
    const line = place.line - before.line;
    const bits = modifiers.reduce((sum, each) => sum | (1 << tokenModifiers.indexOf(each)), 0);
    const character = line === 0 ? place.character - before.character : place.character;
    data.push(line, character, end - start, tokenTypes.indexOf(type), bits);
    before = place;
  }
  return { data };
}
