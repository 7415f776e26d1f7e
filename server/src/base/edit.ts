import { splitLines } from './lines.ts';
import type { Source } from './source.ts';
import type { Span } from './span.ts';

/** One replacement in a file; an empty range inserts. */
export interface Edit extends Span {
  readonly newText: string;
  /** Another file than the one at hand. */
  readonly uri?: string;
}

export function insertion(at: number, newText: string): Edit {
  return { start: at, end: at, newText };
}

/** The text after edits that do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += source.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + source.slice(at);
}

/** What turns one text into another: line by line where they have as many lines, else from the first line that differs to the last. */
export function editsBetween(before: string, after: string): Edit[] {
  const [old, now] = [before, after].map((text) => splitLines(text).map(({ whole }) => whole)) as [Span[], Span[]];
  const same = (i: number, j: number): boolean =>
    before.slice(old[i]?.start, old[i]?.end) === after.slice(now[j]?.start, now[j]?.end);
  if (old.length === now.length)
    return old.flatMap((line, i) =>
      same(i, i) ? [] : [{ start: line.start, end: line.end, newText: after.slice(now[i]?.start, now[i]?.end) }],
    );
  let first = 0;
  while (first < old.length && first < now.length && same(first, first)) first++;
  let last = 0;
  const shorter = Math.min(old.length, now.length) - first;
  while (last < shorter && same(old.length - 1 - last, now.length - 1 - last)) last++;
  const start = old[first]?.start ?? before.length;
  const from = now[first]?.start ?? after.length;
  const end = old[old.length - last]?.start ?? before.length;
  const to = now[now.length - last]?.start ?? after.length;
  return [{ start, end, newText: after.slice(from, to) }];
}

/** The part of a text that was replaced, whatever stands there now, and which text that was. */
export interface Replaced extends Span {
  readonly before: Source;
}

/** What two edits have replaced in the text before the first one, which has made it longer by so much. */
export function inBoth(first: Span, by: number, second: Span): Span {
  return { start: Math.min(first.start, second.start), end: Math.max(first.end, second.end - by) };
}

/** The part of a text that another one has replaced: what stands between their common beginning and their common end. */
export function replacedBetween(before: string, after: string): Span {
  const shorter = Math.min(before.length, after.length);
  const start = longest(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const [old, now] = [before.length, after.length];
  const end = longest(
    shorter - start,
    (from, to) => before.slice(old - to, old - from) === after.slice(now - to, now - from),
  );
  return { start, end: old - end };
}

/** How many units are the same, at most so many. Whole stretches are compared, which is quick. */
function longest(most: number, isSame: (from: number, to: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
