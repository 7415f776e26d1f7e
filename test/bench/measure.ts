import type { Figure } from './row.ts';

/** What is measured: one pass over its text, with an answer, so that nothing of it can be left out. */
export type Pass = () => unknown;

/** Blocks of rounds: the best of each shows how much the best of all can be trusted. */
const blocks = 3;

export interface Effort {
  /** Rounds in each block. */
  readonly rounds: number;
  /** Milliseconds that one sample takes at least; a short pass is repeated. */
  readonly sample: number;
}

const usual: Effort = { rounds: 4, sample: 12 };

/**
 * What passes cost as times the bare loop over a text: all in turns, so that a busy neighbour troubles all alike, and the least
 * of each over the least of the loop. Time is CPU time of the process with all its threads, since others have the machine, too.
 */
export function timesBare(
  text: string,
  passes: { readonly [name: string]: Pass },
  { rounds, sample }: Effort = usual,
): { readonly [name: string]: Figure & { readonly milliseconds: number } } {
  const names = Object.keys(passes);
  const best = new Map(names.map((name) => [name, Array.from({ length: blocks }, () => Number.POSITIVE_INFINITY)]));
  const bare = Array.from({ length: blocks }, () => Number.POSITIVE_INFINITY);
  for (let block = 0; block < blocks; block++) {
    for (let round = 0; round < rounds; round++) {
      bare[block] = Math.min(
        bare[block]!,
        sampleOf(() => bareLoop(text), sample),
      );
      for (const name of names) {
        const known = best.get(name)!;
        known[block] = Math.min(known[block]!, sampleOf(passes[name]!, sample));
        bare[block] = Math.min(
          bare[block]!,
          sampleOf(() => bareLoop(text), sample),
        );
      }
    }
  }
  const floor = Math.min(...bare);
  return Object.fromEntries(
    names.map((name) => {
      const each = best.get(name)!;
      const ratios = each.map((time, block) => time / bare[block]!);
      const milliseconds = Math.min(...each);
      return [name, { ...figureOf(milliseconds / floor, ratios), milliseconds }];
    }),
  );
}

/** A figure with the range that it was seen in. */
export function figureOf(value: number, seen: readonly number[]): Figure {
  return { value, low: Math.min(value, ...seen), high: Math.max(value, ...seen) };
}

/** The unit of all costs: a look at each character of a text. */
export function bareLoop(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

/** What keeps passes from being optimised away. */
export let kept: unknown;

/** The CPU milliseconds of one pass, over so many of them as take long enough to be told. */
export function sampleOf(pass: Pass, least: number): number {
  let passes = 0;
  let time = 0;
  const begun = process.cpuUsage();
  do {
    kept = pass();
    passes++;
    const { user, system } = process.cpuUsage(begun);
    time = (user + system) / 1000;
  } while (time < least);
  return time / passes;
}

/** The CPU milliseconds of something that has to be waited for. */
export async function cpuOf(act: () => Promise<unknown>): Promise<number> {
  const begun = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
