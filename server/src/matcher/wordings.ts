import type { Span } from '../base/span.ts';
import type { Match, Place } from './match.ts';
import { behind, matchesOf, nextMatch } from './matches.ts';
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
  const everywhere = within === 'utterance' ? others.map((other) => [...matchesOf(other, reading)]) : undefined;
  if (everywhere?.some((matches) => matches.length === 0)) return;
  let match = nextMatch(first, reading, 0, reading.length);
  for (; match; match = nextMatch(first, reading, behind(match), reading.length)) {
    if (others.length === 0) {
      yield match;
      continue;
    }
    const parts = [match];
    const around = within === 'clause' ? reading.clauseAt(match.start) : reading.sentenceAt(match.start);
    for (const [index, other] of others.entries()) {
      const part = besides(parts, everywhere?.[index] ?? matchesOf(other, reading, around.start, around.end));
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
  return {
    start: Math.min(...parts.map(({ start }) => start)),
    end: Math.max(...parts.map(({ end }) => end)),
    captures: new Map(parts.flatMap(({ captures }) => [...captures])),
    isOwn: (at) => parts.some((part) => part.isOwn(at)),
  };
}
