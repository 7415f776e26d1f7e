import { marks } from './segments.ts';

/** What a unit of folded text is to a pattern, apart from being itself. */
export const kinds = { other: 0, letter: 1, digit: 2, blank: 3, clauseEnd: 4, sentenceEnd: 5, edge: 6 } as const;

/**
 * The kinds of all units of a text.
 *
 * @param ends what ends where in it
 */
export function kindsIn(text: string, ends: Uint8Array): Uint8Array {
  const found = new Uint8Array(text.length);
  let before: number = kinds.other;
  for (let at = 0; at < text.length; at++) {
    let kind = kindOf(text.charCodeAt(at), ends[at] ?? marks.none);
    // The blank behind a comma or a full stop is a part of it: a clause begins with its first word.
    if (kind === kinds.blank && before >= kinds.clauseEnd) kind = before;
    found[at] = kind;
    before = kind;
  }
  return found;
}

function kindOf(code: number, mark: number): number {
  if (code >= 0x3400 && code <= 0x9fff) return kinds.other;
  if (code >= 0x61 && code <= 0x7a) return kinds.letter;
  if (code >= 0x30 && code <= 0x39) return kinds.digit;
  if (code === 0x20) return kinds.blank;
  if (mark === marks.sentence) return kinds.sentenceEnd;
  return mark === marks.clause ? kinds.clauseEnd : kinds.other;
}
