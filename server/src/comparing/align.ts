/** Two things that stand for each other, or one that stands alone. */
export type Pair<T> =
  | { readonly before: T; readonly after: T }
  | { readonly before: T; readonly after?: undefined }
  | { readonly before?: undefined; readonly after: T };

/**
 * Lays two lists side by side: what is the same on both sides stands together, in the order of both, and as much of it as possible; what
 * stands between and is near enough is one thing that has changed.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  isNear: (one: T, other: T) => boolean,
): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [
    ...commonOf(before.map(keyOf), after.map(keyOf)),
    [before.length, after.length] as const,
  ]) {
    pairs.push(...between(before.slice(i, nextI), after.slice(j, nextJ), isNear));
    const [one, other] = [before[nextI], after[nextJ]];
    if (one !== undefined && other !== undefined) pairs.push({ before: one, after: other });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return pairs;
}

/** What nothing on the other side is the same as: each with the first that it may have become. */
function between<T>(before: readonly T[], after: readonly T[], isNear: (one: T, other: T) => boolean): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let from = 0;
  for (const one of before) {
    const at = after.findIndex((other, index) => index >= from && isNear(one, other));
    if (at < 0) {
      pairs.push({ before: one });
      continue;
    }
    for (const other of after.slice(from, at)) pairs.push({ after: other });
    pairs.push({ before: one, after: after[at] as T });
    from = at + 1;
  }
  return [...pairs, ...after.slice(from).map((other): Pair<T> => ({ after: other }))];
}

/** Two lists that differ in more than this are compared by what stands in both once only, which costs no time. */
const mostCells = 4_000_000;

/** The places of a longest list that both have in common. */
function commonOf(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [ours, theirs] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const inside = ours.length * theirs.length <= mostCells ? longestOf(ours, theirs) : onceOf(ours, theirs);
  return [
    ...Array.from({ length: start }, (_, index) => [index, index] as const),
    ...inside.map(([i, j]) => [start + i, start + j] as const),
    ...Array.from({ length: end }, (_, index) => [before.length - end + index, after.length - end + index] as const),
  ];
}

function longestOf(ours: readonly string[], theirs: readonly string[]): [number, number][] {
  const width = theirs.length + 1;
  const lengths = new Uint32Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const here = i * width + j;
      lengths[here] =
        ours[i] === theirs[j]
          ? (lengths[here + width + 1] as number) + 1
          : Math.max(lengths[here + width] as number, lengths[here + 1] as number);
    }
  }
  const common: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < ours.length && j < theirs.length) {
    if (ours[i] === theirs[j]) common.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number)) i++;
    else j++;
  }
  return common;
}

/** What stands in both lists once, as far as it is in order. */
function onceOf(ours: readonly string[], theirs: readonly string[]): [number, number][] {
  const counts = new Map<string, number>();
  for (const key of [...ours, ...theirs]) counts.set(key, (counts.get(key) ?? 0) + 1);
  const places = new Map(theirs.map((key, index) => [key, index]));
  const own = new Set(ours);
  let last = -1;
  return ours.flatMap((key, i): [number, number][] => {
    const j = places.get(key);
    if (counts.get(key) !== 2 || j === undefined || j <= last || !own.has(key)) return [];
    last = j;
    return [[i, j]];
  });
}

/** How much two texts have in common, from 0 to 1: the pairs of characters that stand in both. */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const pairs = pairsOf(one);
  let common = 0;
  for (const [pair, count] of pairsOf(other)) common += Math.min(count, pairs.get(pair) ?? 0);
  const all = Math.max(0, one.length - 1) + Math.max(0, other.length - 1);
  return all === 0 ? 0 : (2 * common) / all;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
