import type { Cells } from './conditions.ts';
import type { Moves } from './moves.ts';
import { leavings, type Net, rounds } from './net.ts';
import type { Return, Returns } from './returns.ts';

/** A way over a call: into it and back again, as if it were one step. */
export interface Crossing {
  /** Where control comes back to, and the round that the way back begins. */
  readonly to: number;
  readonly round: number;
  readonly inner: Return;
  /** From which valuations to which others, side by side, */
  readonly from: Int32Array;
  readonly into: Int32Array;
  /** and the words of what stays of each valuation before, and of what it gains. */
  readonly keeps: Int32Array;
  readonly gains: Int32Array;
}

/** The crossings of calls, worked out when they are first asked for; most calls into a node that comes back are alike. */
export function createCrossings(
  net: Net,
  { valuations, width, relation }: Moves,
  returns: Returns,
  words: number,
): (edge: number) => readonly Crossing[] {
  const none: readonly Crossing[] = [];
  const known: (readonly Crossing[])[] = [];
  const alike = new Map<Return, Map<number, Omit<Crossing, 'to' | 'inner' | 'round'>>>();
  const across = (edge: number, inner: Return, again: number): Omit<Crossing, 'to' | 'inner' | 'round'> => {
    const seen = alike.get(inner) ?? new Map<number, Omit<Crossing, 'to' | 'inner' | 'round'>>();
    alike.set(inner, seen);
    const round = net.rounds[edge] as number;
    const key = round * rounds.length + again;
    const before = seen.get(key);
    if (before) return before;
    const pairs = relation((cells) => valuations.counted(rounds[again], valuations.after(inner.outcome, cells)));
    const { keep, gain } = returns.across(rounds[round], inner);
    const made = {
      from: pairs.from,
      into: pairs.to,
      keeps: wordsOf(keep, width, words),
      gains: wordsOf(gain, width, words),
    };
    seen.set(key, made);
    return made;
  };
  return (edge) => {
    const call = net.backsOf[edge] as number;
    if (call < 0 || returns.isEmpty) return none;
    const before = known[call];
    if (before) return before;
    const made: Crossing[] = [];
    for (const inner of returns.at(net.to[edge] as number)) {
      for (const { leaving, to, round } of net.backs[call] ?? [])
        if (leavings[leaving] === inner.leaving) made.push({ to, round, inner, ...across(edge, inner, round) });
    }
    known[call] = made;
    return made;
  };
}

/** Blocks one behind the other as words of each valuation. */
export function wordsOf(cells: Cells, width: number, words: number): Int32Array {
  const all = new Int32Array(width * words);
  const bits = cells.toString(2);
  for (let at = 0; at < bits.length; at++) {
    if (bits[bits.length - 1 - at] !== '1') continue;
    const block = Math.floor(at / width);
    const word = (at % width) * words + (block >> 5);
    all[word] = (all[word] as number) | (1 << (block & 31));
  }
  return all;
}

/** The words of valuations as blocks, from one place in them on. */
export function cellsOf(all: ArrayLike<number>, from: number, width: number, words: number, blocks: number): Cells {
  let cells = 0n;
  for (let block = blocks - 1; block >= 0; block--) {
    for (let valuation = width - 1; valuation >= 0; valuation--) {
      const word = all[from + valuation * words + (block >> 5)] as number;
      cells = (cells << 1n) | ((word >> (block & 31)) & 1 ? 1n : 0n);
    }
  }
  return cells;
}
