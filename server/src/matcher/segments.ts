import type { Span } from '../base/span.ts';

/** What ends at a unit of folded text: nothing, a clause, or a sentence as well. */
export const marks = { none: 0, clause: 1, sentence: 2 } as const;

/** What ends at each unit: a sentence at a full stop and the like, a clause also at a comma, a colon or a dash. */
export function marksIn(text: string): Uint8Array {
  const found = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x3400 || (code >= 0x61 && code <= 0x7a) || code === 0x20) continue;
    if (isSentenceEnd(text, at)) found[at] = marks.sentence;
    else if (isClauseEnd(text, at)) found[at] = marks.clause;
  }
  return found;
}

function isSentenceEnd(text: string, at: number): boolean {
  const unit = text.charAt(at);
  if ('。!?;…\n\r'.includes(unit)) return true;
  if (unit !== '.') return false;
  return at + 1 >= text.length || (text.charAt(at + 1) === ' ' && !endsAbbreviation(text, at));
}

/** Words that nobody ends a sentence with, and letters as in `U.S.` and `p.m.`. */
const abbreviation = /(?:^|[^a-z])(?:mr|mrs|ms|dr|jr|sr|vs|[a-z]\.[a-z])$/;

function endsAbbreviation(text: string, at: number): boolean {
  return abbreviation.test(text.slice(Math.max(0, at - 5), at));
}

function isClauseEnd(text: string, at: number): boolean {
  const unit = text.charAt(at);
  return ',:—'.includes(unit) && !(unit === ':' && isTime(text, at));
}

/** Whether a colon stands between digits, as in `8:30`. */
function isTime(text: string, at: number): boolean {
  return /^[0-9]$/.test(text.charAt(at - 1)) && /^[0-9]$/.test(text.charAt(at + 1));
}

/** How far a sentence reaches to either side at most; nobody speaks longer, and a text without a full stop has no end. */
const longest = 300;

/**
 * The clause or sentence around an offset, with the mark that ends it.
 *
 * @param ends what ends where in the text
 * @param least the least mark that ends it
 */
export function around(text: string, ends: Uint8Array, at: number, least: number): Span {
  const isEnd = (place: number): boolean => (ends[place] ?? marks.none) >= least;
  let start = Math.min(at, text.length);
  const from = Math.max(0, start - longest);
  while (start > from && !isEnd(start - 1)) start--;
  if (text.charAt(start) === ' ' && start < at) start++;
  let end = Math.min(at, text.length);
  const to = Math.min(text.length, end + longest);
  while (end < to && !isEnd(end)) end++;
  // Marks that repeat, and quotes that close, belong to what they end: ……  ！？  。”
  while (end < text.length && (isEnd(end) || '”"’」』)'.includes(text.charAt(end)))) end++;
  return { start, end };
}
