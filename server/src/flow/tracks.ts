import { type Cells, repeated } from './conditions.ts';
import type { Spots } from './spots.ts';

/**
 * Something that is so or not so at a moment of the conversation: the identity is confirmed, the customer has disputed the bill. What
 * happens when control leaves a point clears it first and sets it then.
 */
export interface Track {
  /** Whether it is so where a conversation begins. */
  readonly initially: boolean;
  /** Whether it can be so where another file comes in, which brings along what is known there; not, by default. */
  readonly onVisit?: boolean;
  readonly sets: Spots;
  readonly clears: Spots;
}

/**
 * Many tracks followed at once. Of each valuation with which a path comes to a point there are bits in a few words: the first one says
 * that some path does, and bit n that some path does on which track n, counted from 1, is so. A step is then the same few operations
 * however many tracks there are.
 */
export interface Effects {
  readonly words: number;
  /** What each point does to tracks, by number; many do the same. */
  readonly of: Int32Array;
  /** The words of what is set, and of what is cleared, by these numbers. */
  readonly gains: Int32Array;
  readonly losses: Int32Array;
  /** What is so where a conversation begins, and where another file comes in. */
  readonly initially: Int32Array;
  readonly onVisit: Int32Array;
  /** The points that do something of their own, whatever their sort does. */
  readonly own: readonly number[];
}

/** The word and the bit of a track, counted from 0. */
export function bitOf(track: number): { readonly word: number; readonly bit: number } {
  return { word: (track + 1) >> 5, bit: 1 << ((track + 1) & 31) };
}

/** @param points the number of points */
export function effectsOf(tracks: readonly Track[], points: number): Effects {
  const words = (tracks.length + 32) >> 5;
  const sets = tracks.flatMap(({ sets: some, clears }) => [some, clears]);
  const sorting = sets.find((each) => each.sorting)?.sorting;
  const count = sorting?.count ?? 1;
  // Points that are exceptions do something of their own.
  const own = [...new Set(sets.flatMap(({ exceptions }) => [...exceptions.keys()]))];
  const size = words * (count + own.length);
  const effects = { gains: new Int32Array(size), losses: new Int32Array(size) };
  const initially = new Int32Array(words).fill(1, 0, 1);
  const onVisit = new Int32Array(words).fill(1, 0, 1);
  for (const [index, track] of tracks.entries()) {
    const { word, bit } = bitOf(index);
    if (track.initially) initially[word] = (initially[word] as number) | bit;
    if (track.onVisit) onVisit[word] = (onVisit[word] as number) | bit;
    for (const [to, spots] of [[effects.gains, track.sets] as const, [effects.losses, track.clears] as const]) {
      const mark = (effect: number): void => {
        to[effect * words + word] = (to[effect * words + word] as number) | bit;
      };
      for (let sort = 0; sort < count; sort++) if (spots.hasSort(sort)) mark(sort);
      for (const [at, point] of own.entries()) if (spots.has(point)) mark(count + at);
    }
  }
  const of = sorting && own.length === 0 ? sorting.of : (sorting?.of.slice() ?? new Int32Array(points));
  for (const [at, point] of own.entries()) of[point] = count + at;
  return { words, of, ...effects, initially, onVisit, own };
}

/**
 * The points at which tracks are set or cleared otherwise than the same ones were before; nothing where more is different.
 *
 * @param changed the points that may be of another sort now; the sorts of before are there
 */
export function doneOtherwise(was: Effects, now: Effects, changed: Iterable<number>): readonly number[] | undefined {
  const { words } = now;
  const sorts = was.gains.length - was.own.length * words;
  const isAlike = (some: Int32Array, others: Int32Array, from: number, there: number, count: number): boolean => {
    for (let at = 0; at < count; at++) if (some[from + at] !== others[there + at]) return false;
    return true;
  };
  const does = (point: number): boolean => {
    const [old, is] = [(was.of[point] as number) * words, (now.of[point] as number) * words];
    return isAlike(was.gains, now.gains, old, is, words) && isAlike(was.losses, now.losses, old, is, words);
  };
  if (
    words !== was.words ||
    sorts > now.gains.length - now.own.length * words ||
    !isAlike(was.gains, now.gains, 0, 0, sorts) ||
    !isAlike(was.losses, now.losses, 0, 0, sorts) ||
    !isAlike(was.initially, now.initially, 0, 0, words) ||
    !isAlike(was.onVisit, now.onVisit, 0, 0, words)
  )
    return undefined;
  return [...new Set([...changed, ...was.own, ...now.own])].filter((point) => !does(point));
}

/**
 * The same as one number for the ways that are followed backwards, and step by step: valuations are numbered anew for each track. Block
 * 0 holds those that some path has, block n those that some path has on which track n is so.
 */
export interface Blocks {
  readonly count: number;
  /** The valuations of one block, in block 0. */
  readonly first: Cells;
  /** All valuations in the block of a track, counted from 0. */
  of(track: number): Cells;
  /** Repeats what stands in block 0 in every block. */
  spread(cells: Cells): Cells;
  /** Brings all blocks together in block 0. */
  fold(cells: Cells): Cells;
  /** What a point sets and clears; nothing for most. */
  gains(point: number): Cells | undefined;
  losses(point: number): Cells | undefined;
}

/** @param width the number of valuations */
export function blocksOf(tracks: readonly Track[], width: number): Blocks {
  const bits = BigInt(width);
  const first = (1n << bits) - 1n;
  const count = tracks.length + 1;
  const ones = repeated(count, width);
  const of = (track: number): Cells => first << (BigInt(track + 1) * bits);
  const done = new Map<number, { readonly gains: Cells | undefined; readonly losses: Cells | undefined }>();
  const doneAt = (point: number) => {
    const known = done.get(point);
    if (known) return known;
    let [gains, losses] = [0n, 0n];
    for (const [index, { sets, clears }] of tracks.entries()) {
      if (sets.has(point)) gains |= of(index);
      if (clears.has(point)) losses |= of(index);
    }
    const made = { gains: gains === 0n ? undefined : gains, losses: losses === 0n ? undefined : losses };
    done.set(point, made);
    return made;
  };
  return {
    count,
    first,
    of,
    spread: (cells) => (cells & first) * ones,
    fold(cells) {
      let folded = 0n;
      for (let rest = cells; rest !== 0n; rest >>= bits) folded |= rest & first;
      return folded;
    },
    gains: (point) => doneAt(point).gains,
    losses: (point) => doneAt(point).losses,
  };
}
