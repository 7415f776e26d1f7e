import type { Span } from '../base/span.ts';
import type { Place } from './match.ts';
import { behind, covers, nextMatch } from './matches.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';

/** Where a cue must stand, seen from a match. */
export type CueReach = 'clause-before' | 'clause' | 'sentence-before' | 'sentence' | 'utterance';

/** Circumstances that lift or raise a match, compiled. */
export interface CompiledContext {
  readonly reach: CueReach;
  readonly cues: readonly Program[];
  readonly except: readonly Program[];
  readonly void: readonly Program[];
  /** Words with which speech turns: a cue before them is out of reach of what stands behind them. */
  readonly turns: readonly Program[];
}

/**
 * Whether a place in folded text stands in the context: a cue is in reach, is no false one, and nothing voids it.
 *
 * @param raises what the context bears out stands on both sides of a turn; only what lifts a match is left behind by one
 */
export function inContext(context: CompiledContext, reading: Reading, place: Place, raises = false): boolean {
  // Most texts have none of the cues, and need not be asked for more.
  if (!context.cues.some((cue) => reading.holds(cue))) return false;
  const reach = reachOf(context.reach, reading, place);
  const sentence = reading.sentenceAt(place.start);
  if (context.void.some((program) => reading.holdsBetween(program, sentence.start, Math.max(sentence.end, place.end))))
    return false;
  return context.cues.some((cue) => {
    if (!reading.holds(cue)) return false;
    let found = nextMatch(cue, reading, reach.start, reach.end);
    while (found) {
      const isFalse = isMadeOf(place, found) || isInside(context.except, reading, found);
      if (!isFalse && (raises || !isTurnedAway(context.turns, reading, found, place))) return true;
      found = nextMatch(cue, reading, behind(found), reach.end);
    }
    return false;
  });
}

/** Whether speech turns away from a cue before it comes to a place: 我理解您的难处，但…… What it turns to holds. */
function isTurnedAway(turns: readonly Program[], reading: Reading, cue: Span, place: Span): boolean {
  return cue.start < place.start && turns.some((turn) => reading.holdsBetween(turn, cue.start, place.start + 1));
}

/** Whether a cue is nothing but words of the pattern: 没有好果子吃 does not negate itself. */
function isMadeOf(place: Place, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) if (!place.isOwn(at)) return false;
  return true;
}

/** Whether a range lies inside one occurrence of a container. */
export function isInside(containers: readonly Program[], reading: Reading, span: Span): boolean {
  if (!containers.some((container) => reading.holds(container))) return false;
  const sentence = reading.sentenceAt(span.start);
  const within = { start: sentence.start, end: Math.max(sentence.end, span.end) };
  return containers.some((container) => reading.holds(container) && covers(container, reading, span, within));
}

function reachOf(reach: CueReach, reading: Reading, match: Span): Span {
  // What a sentence says stands at its end, so that a match over several clauses is judged by its last one.
  const last = Math.max(match.start, match.end - 1);
  switch (reach) {
    case 'clause-before':
      return { start: reading.clauseAt(last).start, end: match.end };
    case 'clause':
      return reading.clauseAt(last);
    case 'sentence-before':
      return { start: reading.sentenceAt(match.start).start, end: match.end };
    case 'sentence':
      return reading.sentenceAt(match.start);
    case 'utterance':
      return { start: 0, end: reading.length };
    default: {
      const never: never = reach;
      return never;
    }
  }
}
