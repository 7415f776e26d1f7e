import type { Span } from '../base/span.ts';

/** How far a sentence reaches to either side at most; nobody speaks longer, and a text without a full stop has no end. */
const longest = 300;

/**
 * The clause or sentence around an offset, with the mark that ends it.
 *
 * @param kinds of the units, between the edges of the text
 * @param least the least kind that ends it
 */
export function around(units: readonly number[], kinds: readonly number[], at: number, least: number): Span {
  const { length } = units;
  const isEnd = (place: number): boolean => (kinds[place + 1] as number) >= least && units[place] !== space;
  let start = Math.min(at, length);
  const from = Math.max(0, start - longest);
  while (start > from && !isEnd(start - 1)) start--;
  if (units[start] === space && start < at) start++;
  let end = Math.min(at, length);
  const to = Math.min(length, end + longest);
  while (end < to && !isEnd(end)) end++;
  // Marks that repeat, and quotes that close, belong to what they end: ……  ！？  。”
  while (end < length && (isEnd(end) || closing.has(units[end] as number))) end++;
  return { start, end };
}

const space = 0x20;
const closing: ReadonlySet<number> = new Set(Array.from('”"’」』)', (char) => char.charCodeAt(0)));
