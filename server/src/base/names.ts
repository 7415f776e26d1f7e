import type { Text } from './text.ts';

/**
 * The form in which two spellings of a name are the same: compatibility characters (NFKC), Latin letters without case,
 * blanks at the ends dropped and runs of blanks or hyphens between words counted as one.
 */
export function foldName(name: string): string {
  if (isPlain(name)) return name;
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
    .replace(/(?<=[a-z])[ _-]+(?=[a-z])/g, '-');
}

/** Most names are plain Chinese words and numbers, which have one form only. */
function isPlain(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if (!(unit >= 0x4e00 && unit <= 0x9fff) && !(unit >= 0x30 && unit <= 0x39)) return false;
  }
  return true;
}

/** The text with full-width characters half-width and Latin letters lower-case, unit by unit, so that offsets stay. */
export function foldWidth(text: string): string {
  return text.replace(/[^\x00-\x40\x5b-\u2fff\u3001-\ufeff]/g, (unit) => {
    const folded = unit.normalize('NFKC').toLowerCase();
    return folded.length === unit.length ? folded : unit;
  });
}

/** The candidate that `name` was most likely meant to be, or nothing when none is near enough to offer. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = foldName(name);
  if (wanted === '') return undefined;
  let best: string | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  let examined = 0;
  for (const candidate of candidates) {
    if (++examined > mostCandidates) break;
    const folded = foldName(candidate);
    // M5 is not a slip for M0: numbers are meant.
    if (/\d/.test(wanted) && wanted.replace(/\d/g, '') === folded.replace(/\d/g, '') && wanted !== folded) continue;
    const longer = Math.max(wanted.length, folded.length);
    // Half of a two-character word, a third of a long one; one name inside the other is near as well.
    const allowed = longer <= 4 ? Math.min(1, longer - 1) : Math.floor(longer / 3);
    const contained = wanted.length >= 2 && folded.length >= 2 && (folded.includes(wanted) || wanted.includes(folded));
    if (!contained && Math.abs(wanted.length - folded.length) > allowed) continue;
    if (!contained && charactersMissing(wanted, folded) > allowed) continue;
    const distance = editDistance(wanted, folded);
    if (distance > allowed && !contained) continue;
    if (distance < bestScore) {
      bestScore = distance;
      best = candidate;
    }
  }
  return best;
}

/** How a message about an unknown name ends: with the name that was probably meant, or with a full stop. */
export function orMeant(near: string | undefined): Text {
  return near === undefined
    ? { zh: '。', en: '.' }
    : { zh: `，是不是想写“${near}”？`, en: `; did you mean “${near}”?` };
}

/** More names than these are not searched: the suggestion would cost more time than it saves. */
const mostCandidates = 1000;

/** How many characters of `a` do not occur in `b` at all: never more than the edits between them. */
function charactersMissing(a: string, b: string): number {
  let missing = 0;
  for (const char of a) if (!b.includes(char)) missing++;
  return missing;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  const limit = 64;
  if (a.length > limit || b.length > limit) return a === b ? 0 : limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit;
}
