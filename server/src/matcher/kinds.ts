import { isClauseEnd, isSentenceEnd } from './segments.ts';

/** What a unit of folded text is to a pattern, apart from being itself. */
export const kinds = { other: 0, letter: 1, digit: 2, blank: 3, clauseEnd: 4, sentenceEnd: 5, edge: 6 } as const;

let lastText: string | undefined;
let lastKinds = new Uint8Array(0);

/** The kinds of all units of a text; the last text is remembered, since many patterns ask. */
export function kindsOf(text: string): Uint8Array {
  if (text === lastText) return lastKinds;
  const found = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const kind = kindAt(text, i);
    const before = found[i - 1] ?? kinds.other;
    // The blank behind a comma or a full stop is a part of it: a clause begins with its first word.
    found[i] = kind === kinds.blank && before >= kinds.clauseEnd ? before : kind;
  }
  lastText = text;
  lastKinds = found;
  return found;
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x3400 && code <= 0x9fff) return kinds.other;
  if (code >= 0x61 && code <= 0x7a) return kinds.letter;
  if (code >= 0x30 && code <= 0x39) return kinds.digit;
  if (code === 0x20) return kinds.blank;
  if (isSentenceEnd(text, at)) return kinds.sentenceEnd;
  return isClauseEnd(text, at) ? kinds.clauseEnd : kinds.other;
}
