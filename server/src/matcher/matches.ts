import type { Span } from '../base/span.ts';
import { unknown } from './beginnings.ts';
import { commonest } from './commonest.ts';
import { machineFor } from './machine.ts';
import type { Match } from './match.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';
import { isInitial, isSound } from './sounds.ts';

/**
 * The first match between two offsets; nothing if there is none. At each place the alternatives are tried in their order, and none that
 * failed at a place is tried there for ever again: the time grows with the length of the text times that of the program, whatever the pattern.
 */
export function nextMatch(program: Program, reading: Reading, from: number, to: number): Match | undefined {
  const machine = machineFor(program.shared, reading);
  const first = machine.beginnings.answerOf(program.number);
  if (first === -1) return undefined;
  let at = Math.max(from, first);
  while (at < to) {
    const start = machine.first(program, at, to - 1, to);
    if (first === unknown && at === 0 && to === reading.length) machine.beginnings.answer(program.number, start);
    if (start < 0) return undefined;
    const match = machine.match(start, program.names);
    if (!reading.hasSounds || isCredible(program, reading, match)) return match;
    at = start + 1;
  }
  return undefined;
}

/** Where the next match may begin: matches share nothing. */
export function behind({ start, end }: Match): number {
  return Math.max(end, start + 1);
}

/** All matches between two offsets, from left to right and without overlap. */
export function* matchesOf(program: Program, reading: Reading, from = 0, to = reading.length): Generator<Match> {
  let match = nextMatch(program, reading, from, to);
  while (match) {
    yield match;
    match = nextMatch(program, reading, behind(match), to);
  }
}

/**
 * Whether a program can match from somewhere at or before a range to somewhere at or behind it. A match that is looked for
 * ends as soon as it can; here every way to read the pattern counts, wide gaps included.
 *
 * @param within the part of the text to stay in
 */
export function covers(program: Program, reading: Reading, span: Span, within: Span): boolean {
  return machineFor(program.shared, reading).first(program, within.start, span.start, within.end, span.end) >= 0;
}

/**
 * Sounds alone are too little: a single syllable can mean anything, and a letter needs two characters beside it, one of
 * them next to it and with a meaning of its own (`h名单`, but not `G的卡`).
 */
function isCredible({ letters: named }: Program, { units }: Reading, { start, end, passed }: Match): boolean {
  let [solid, letters] = [0, 0];
  let sounds = false;
  const bears = (at: number): boolean => {
    const unit = units[at] as number;
    return at >= start && at < end && !passed.includes(at) && !isInitial(unit) && !commonest.has(unit);
  };
  for (let at = start; at < end; at++) {
    const unit = units[at] as number;
    if (passed.includes(at)) continue;
    sounds ||= isSound(unit);
    if (!isInitial(unit) || named.has(unit)) solid++;
    else if (bears(at - 1) || bears(at + 1)) letters++;
    else return false;
  }
  return !sounds || (solid >= 2 * letters && solid + letters >= 2);
}
