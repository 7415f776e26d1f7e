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

/** Places of one wording in one text that are looked at: no sentence has as many. */
const mostPlaces = 200;

/** Whether a wording stands in a place of a text that passes a test; places are told by the occurrences of its first pattern. */
export function standsWhere(
  { all, within }: CompiledWording,
  reading: Reading,
  passes: (found: Found) => boolean,
): boolean {
  const first = all[0];
  if (!first) return false;
  const others = all.length === 1 ? none : all.slice(1);
  // In a whole utterance the others stand where they stand; near a match they are looked for anew.
  const everywhere = within === 'utterance' ? others.map((other) => [...matchesOf(other, reading)]) : undefined;
  if (everywhere?.some((matches) => matches.length === 0)) return false;
  let places = 0;
  let match = nextMatch(first, reading, 0, reading.length);
  for (; match; match = nextMatch(first, reading, behind(match), reading.length)) {
    const found = others.length === 0 ? match : withOthers(match, others, within, reading, everywhere);
    if (!found) continue;
    if (passes(found)) return true;
    if (++places === mostPlaces) return false;
  }
  return false;
}

const none: readonly Program[] = [];

/** A match of the first pattern with matches of the others; nothing if one of them is missing. */
function withOthers(
  match: Match,
  others: readonly Program[],
  within: CompiledWording['within'],
  reading: Reading,
  everywhere: readonly (readonly Match[])[] | undefined,
): Found | undefined {
  const parts = [match];
  const around = within === 'clause' ? reading.clauseAt(match.start) : reading.sentenceAt(match.start);
  for (const [index, other] of others.entries()) {
    const part = besides(parts, everywhere?.[index] ?? matchesOf(other, reading, around.start, around.end));
    if (!part) return undefined;
    parts.push(part);
  }
  return foundOf(parts);
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
