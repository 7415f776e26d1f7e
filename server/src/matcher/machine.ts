import type { Span } from '../base/span.ts';
import { kinds } from './kinds.ts';
import type { GapOver } from './pattern.ts';
import { digits, type Instruction, isLetter, numerals, type Program } from './program.ts';
import type { Reading } from './reading.ts';
import { isInitial, isSound, soundAlike, soundsLike } from './sounds.ts';
import { commonest } from './ways.ts';

/** Where a pattern was found in folded text, and what it remembered. */
export interface Match extends Span {
  readonly captures: ReadonlyMap<string, Span>;
  /** The offsets that gaps passed over: what stands there is not the pattern's own. */
  readonly passed: ReadonlySet<number>;
}

interface Thread {
  readonly at: number;
  readonly start: number;
  readonly slots: readonly number[];
  readonly passed: Passed | undefined;
}

/** The offsets that a thread's gaps passed over, the last one first. */
interface Passed {
  readonly at: number;
  readonly before: Passed | undefined;
}

/**
 * Finds all matches between two offsets, from left to right and without overlap. Each place of the text is looked at a
 * bounded number of times, whatever the pattern: the time grows with the length of the text times that of the program.
 */
export function* run(program: Program, reading: Reading, from = 0, to = reading.text.length): Generator<Match> {
  let at = from;
  while (at < to) {
    const match = first(program, reading, at, to);
    if (!match) return;
    const credible = isCredible(program, reading.text, match);
    if (credible) yield match;
    at = credible ? Math.max(match.end, match.start + 1) : match.start + 1;
  }
}

/**
 * Sounds alone are too little: a single syllable can mean anything, and a letter needs two characters beside it, one of
 * them next to it and with a meaning of its own (`h名单`, but not `G的卡`).
 */
function isCredible({ letters: named }: Program, text: string, { start, end, passed }: Match): boolean {
  let [solid, letters] = [0, 0];
  let sounds = false;
  const bears = (at: number): boolean =>
    at >= start && at < end && !passed.has(at) && !isInitial(text.charCodeAt(at)) && !commonest.has(text.charAt(at));
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (passed.has(at)) continue;
    sounds ||= isSound(code);
    if (!isInitial(code) || named.has(code)) solid++;
    else if (bears(at - 1) || bears(at + 1)) letters++;
    else return false;
  }
  return !sounds || (solid >= 2 * letters && solid + letters >= 2);
}

/** No sentence is longer, and what goes on further is given up: so no text makes a match look far behind itself. */
const longestMatch = 300;

/** Marks the instructions that hold a thread already; grows with the largest program and is never cleared. */
let marks = new Uint32Array(0);
let mark = 0;

function first(program: Program, { text, kinds: kindsThere }: Reading, from: number, to: number): Match | undefined {
  const { instructions, openings } = program;
  if (marks.length < instructions.length) marks = new Uint32Array(instructions.length);
  let current: Thread[] = [];
  let best: Match | undefined;
  for (let position = from; position <= to; position++) {
    const unit = position < to ? text.charAt(position) : '';
    const sound = unit !== '' && isSound(unit.charCodeAt(0)) ? unit.charCodeAt(0) : 0;
    const begins = !best && (!openings || sound !== 0 || openings.has(unit));
    if (current.length === 0) {
      if (best) return best;
      if (!begins) continue;
    }
    mark++;
    const ready: Thread[] = [];
    for (const thread of current) {
      if (position - thread.start <= longestMatch) follow(thread, ready, position, unit, sound);
    }
    if (begins) follow({ at: 0, start: position, slots: noSlots, passed: undefined }, ready, position, unit, sound);
    current = [];
    const kind = kindsThere[position] ?? kinds.edge;
    for (const { at, start, slots, passed } of ready) {
      const instruction = instructions[at];
      if (instruction?.op === 'match') {
        best = matchOf(program, start, position, slots, passed);
        // Threads behind this one have less priority or start later.
        break;
      }
      if (unit === '') continue;
      if (instruction?.op !== 'any') current.push({ at: at + 1, start, slots, passed });
      else if (mayPass(instruction.over, kind))
        current.push({ at: at + 1, start, slots, passed: { at: position, before: passed } });
    }
  }
  return best;

  /** Adds the thread where it next reads a unit or matches; each instruction holds one thread at most. */
  function follow(thread: Thread, ready: Thread[], position: number, unit: string, sound: number): void {
    const { start, passed } = thread;
    const places = [thread.at];
    const saved = [thread.slots];
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      const slots = saved.pop() ?? noSlots;
      if (marks[at] === mark) continue;
      marks[at] = mark;
      const instruction = instructions[at];
      if (!instruction) continue;
      switch (instruction.op) {
        case 'jump':
          places.push(instruction.to);
          saved.push(slots);
          break;
        case 'split':
          places.push(instruction.second, instruction.first);
          saved.push(slots, slots);
          break;
        case 'save': {
          const more = [...slots];
          more[instruction.slot] = position;
          places.push(at + 1);
          saved.push(more);
          break;
        }
        case 'boundary':
        case 'clause-start':
        case 'clause-end':
          if (!holds(instruction.op, kindsThere[position - 1] ?? kinds.edge, kindsThere[position] ?? kinds.edge)) break;
          places.push(at + 1);
          saved.push(slots);
          break;
        case 'any':
        case 'match':
          ready.push({ at, start, slots, passed });
          break;
        default:
          // What cannot read the unit here needs no thread.
          if (reads(instruction, unit, sound)) ready.push({ at, start, slots, passed });
      }
    }
  }
}

/** Whether a gap may pass over a unit of this kind. */
export function mayPass(over: GapOver, kind: number): boolean {
  if (over === 'sentence') return kind < kinds.sentenceEnd;
  return kind < kinds.clauseEnd && (over !== 'words' || kind !== kinds.blank);
}

/** Whether a place between two units is what an instruction asks for; the edge of the text is a kind of its own. */
export function holds(op: 'boundary' | 'clause-start' | 'clause-end', before: number, after: number): boolean {
  switch (op) {
    case 'boundary':
      // Not inside a word, and not inside a number.
      return before !== after || (before !== kinds.letter && before !== kinds.digit);
    case 'clause-start':
      return before >= kinds.clauseEnd;
    case 'clause-end':
      return after >= kinds.clauseEnd;
    default: {
      const never: never = op;
      return never;
    }
  }
}

/** Whether an instruction for one unit reads this one, which may be a sound. */
export function reads(
  instruction: Instruction & { readonly op: 'unit' | 'alike' | 'digit' | 'letter' },
  unit: string,
  sound: number,
): boolean {
  switch (instruction.op) {
    case 'unit':
      return instruction.unit === unit || (sound !== 0 && soundsLike(instruction.unit, sound));
    case 'alike':
      return (
        instruction.unit === unit ||
        (sound !== 0 ? soundsLike(instruction.unit, sound) : soundAlike(instruction.unit, unit))
      );
    case 'digit':
      return digits.has(unit) || (sound !== 0 && numerals.some((numeral) => soundsLike(numeral, sound)));
    case 'letter':
      return isLetter(unit.charCodeAt(0));
    default: {
      const never: never = instruction;
      return never;
    }
  }
}

const noSlots: readonly number[] = [];

function matchOf(
  program: Program,
  start: number,
  end: number,
  slots: readonly number[],
  last: Passed | undefined,
): Match {
  const captures = new Map<string, Span>();
  for (const [index, name] of program.names.entries()) {
    const [from, to] = [slots[2 * index], slots[2 * index + 1]];
    if (from !== undefined && to !== undefined) captures.set(name, { start: from, end: to });
  }
  const passed = new Set<number>();
  for (let each = last; each; each = each.before) passed.add(each.at);
  return { start, end, captures, passed };
}
