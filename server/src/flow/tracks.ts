import { type Cells, repeated } from './conditions.ts';
import type { Point } from './graph.ts';

/**
 * Something that is so or not so at a moment of the conversation: the identity is confirmed, the customer has disputed the bill. What
 * happens when control leaves a point clears it first and sets it then.
 */
export interface Track {
  /** Whether it is so where a conversation begins. */
  readonly initially: boolean;
  /** Whether it can be so where another file comes in, which brings along what is known there; not, by default. */
  readonly onVisit?: boolean;
  readonly sets: ReadonlySet<Point>;
  readonly clears: ReadonlySet<Point>;
}

/**
 * Many tracks followed at once. Valuations are numbered anew for each track: block 0 holds those that some path has, block n those
 * that some path has on which track n is so. A step is then the same few operations on one long number, however many tracks there are.
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
  /** What is so where a conversation begins, and where another file comes in. */
  readonly initially: Cells;
  readonly onVisit: Cells;
  /** What points set and clear, by their index; nothing for most. */
  readonly gains: readonly (Cells | undefined)[];
  readonly losses: readonly (Cells | undefined)[];
}

/**
 * @param width the number of valuations
 * @param points the number of points
 */
export function blocksOf(tracks: readonly Track[], width: number, points: number): Blocks {
  const bits = BigInt(width);
  const first = (1n << bits) - 1n;
  const count = tracks.length + 1;
  const ones = repeated(count, width);
  const of = (track: number): Cells => first << (BigInt(track + 1) * bits);
  const gains: (Cells | undefined)[] = new Array(points);
  const losses: (Cells | undefined)[] = new Array(points);
  let initially = first;
  let onVisit = first;
  const add = (to: (Cells | undefined)[], { index }: Point, cells: Cells): void => {
    const known = to[index];
    to[index] = known === undefined ? cells : known | cells;
  };
  for (const [index, track] of tracks.entries()) {
    const block = of(index);
    if (track.initially) initially |= block;
    if (track.onVisit) onVisit |= block;
    for (const point of track.sets) add(gains, point, block);
    for (const point of track.clears) add(losses, point, block);
  }
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
    initially,
    onVisit,
    gains,
    losses,
  };
}
