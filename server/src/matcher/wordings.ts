import type { Span } from '../base/span.ts';
import type { Place } from './contexts.ts';
import { type Match, run } from './machine.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';

/** Patterns that all occur near each other, in any order. */
export interface CompiledWording {
  readonly all: readonly Program[];
  readonly within: 'clause' | 'sentence' | 'utterance';
}

/** Where a wording was found, from its first word to its last. */
export interface Found extends Place {
  readonly captures: ReadonlyMap<string, Span>;
}

/** Every place of a text in which a wording stands, by the occurrences of its first pattern. */
export function* find({ all, within }: CompiledWording, reading: Reading): Generator<Found> {
  const [first, ...others] = all;
  if (!first) return;
  // In a whole utterance the others stand where they stand; near a match they are looked for anew.
  const everywhere = within === 'utterance' ? others.map((other) => [...run(other, reading)]) : undefined;
  if (everywhere?.some((matches) => matches.length === 0)) return;
  for (const match of run(first, reading)) {
    const parts = [match];
    const around = within === 'clause' ? reading.clauseAt(match.start) : reading.sentenceAt(match.start);
    for (const [index, other] of others.entries()) {
      const part = besides(parts, everywhere?.[index] ?? run(other, reading, around.start, around.end));
      if (!part) break;
      parts.push(part);
    }
    if (parts.length === all.length) yield foundOf(parts);
  }
}

/** The first match that shares nothing with the parts there are. */
function besides(parts: readonly Match[], matches: Iterable<Match>): Match | undefined {
  for (const match of matches) {
    if (parts.every(({ start, end }) => end <= match.start || match.end <= start)) return match;
  }
  return undefined;
}

function foundOf(parts: readonly Match[]): Found {
  const [first] = parts;
  if (first && parts.length === 1) {
    const { start, end, captures, passed } = first;
    return { start, end, captures, isOwn: (at) => start <= at && at < end && !passed.includes(at) };
  }
  return {
    start: Math.min(...parts.map(({ start }) => start)),
    end: Math.max(...parts.map(({ end }) => end)),
    captures: new Map(parts.flatMap(({ captures }) => [...captures])),
    isOwn: (at) => parts.some(({ start, end, passed }) => start <= at && at < end && !passed.includes(at)),
  };
}
