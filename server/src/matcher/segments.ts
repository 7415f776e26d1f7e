import type { Span } from '../base/span.ts';

/** Ends a sentence, in folded text; nothing matches across it. */
export function isSentenceEnd(text: string, at: number): boolean {
  const unit = text.charAt(at);
  if ('。!?;…\n\r'.includes(unit)) return unit !== '';
  if (unit !== '.') return false;
  return at + 1 >= text.length || (text.charAt(at + 1) === ' ' && !endsAbbreviation(text, at));
}

/** Words that nobody ends a sentence with, and letters as in `U.S.` and `p.m.`. */
const abbreviation = /(?:^|[^a-z])(?:mr|mrs|ms|dr|jr|sr|vs|[a-z]\.[a-z])$/;

function endsAbbreviation(text: string, at: number): boolean {
  return abbreviation.test(text.slice(Math.max(0, at - 5), at));
}

/** Ends a clause: a comma, a colon, a dash, or the end of the sentence. */
export function isClauseEnd(text: string, at: number): boolean {
  const unit = text.charAt(at) || 'x';
  return isSentenceEnd(text, at) || (',:—'.includes(unit) && !(unit === ':' && isTime(text, at)));
}

/** Whether a colon stands between digits, as in `8:30`. */
function isTime(text: string, at: number): boolean {
  return /^[0-9]$/.test(text.charAt(at - 1)) && /^[0-9]$/.test(text.charAt(at + 1));
}

/** The sentence around an offset, with the mark that ends it. */
export function sentenceAt(text: string, at: number): Span {
  return around(text, at, isSentenceEnd);
}

/** The clause around an offset, with the mark that ends it. */
export function clauseAt(text: string, at: number): Span {
  return around(text, at, isClauseEnd);
}

/** How far a sentence reaches to either side at most; nobody speaks longer, and a text without a full stop has no end. */
const longest = 300;

function around(text: string, at: number, ends: (text: string, at: number) => boolean): Span {
  let start = Math.min(at, text.length);
  const from = Math.max(0, start - longest);
  while (start > from && !ends(text, start - 1)) start--;
  if (text.charAt(start) === ' ' && start < at) start++;
  let end = Math.min(at, text.length);
  const to = Math.min(text.length, end + longest);
  while (end < to && !ends(text, end)) end++;
  // Marks that repeat, and quotes that close, belong to what they end: ……  ！？  。”
  while (end < text.length && (ends(text, end) || /[”"’」』)]/.test(text.charAt(end)))) end++;
  return { start, end };
}
