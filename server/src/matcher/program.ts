import type { Span } from '../base/span.ts';
import { placeholder } from './fold.ts';
import { kinds } from './kinds.ts';
import { type GapOver, type Pattern, partsOf } from './pattern.ts';
import type { Reading } from './reading.ts';
import { homophones, initialOf, isInitial, isSound, soundAlike, soundsLike } from './sounds.ts';
import { commonest, longestNumber, type Way, waysOf } from './ways.ts';

/** Where a pattern was found in folded text, and what it remembered. */
export interface Match extends Span {
  readonly captures: ReadonlyMap<string, Span>;
  /** The offsets that gaps passed over: what stands there is not the pattern's own. */
  readonly passed: ReadonlySet<number>;
}

export type Instruction =
  | { readonly op: 'unit'; readonly unit: string }
  | { readonly op: 'alike'; readonly unit: string }
  | { readonly op: 'any'; readonly over: GapOver }
  | { readonly op: 'letter' }
  | { readonly op: 'boundary' }
  | { readonly op: 'digit' }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'clause-start' }
  | { readonly op: 'clause-end' }
  | { readonly op: 'match' };

/**
 * A pattern as a program for a machine that follows all its threads at once, so that no text makes it slow. Most patterns are
 * never run, since what they need stands in few texts: everything about one is worked out when it is first asked for.
 */
export class Program {
  private readonly pattern: Pattern;
  private readonly lexicons: Lexicons;
  private known: { ways?: readonly Way[]; disguised?: boolean; written?: Written } = {};

  /** @param lexicons all that the pattern names, none of them in a circle */
  constructor(pattern: Pattern, lexicons: Lexicons) {
    this.pattern = pattern;
    this.lexicons = lexicons;
  }

  /** What a match contains, in one of these ways. */
  get ways(): readonly Way[] {
    this.known.ways ??= waysOf(this.pattern, this.lexicons);
    return this.known.ways;
  }

  /** Whether some of its characters also stand for others that are read alike. */
  get disguised(): boolean {
    this.known.disguised ??= isDisguised(this.pattern, this.lexicons);
    return this.known.disguised;
  }

  get instructions(): readonly Instruction[] {
    return this.written.instructions;
  }

  /** Names of what is remembered; their slots come in pairs. */
  get names(): readonly string[] {
    return this.written.names;
  }

  /** The letters it names, as the sounds that stand for them in Chinese text (`t现`). */
  get letters(): ReadonlySet<number> {
    return this.written.letters;
  }

  /** The units with which a match can begin, apart from sounds; missing when it can begin with any. */
  get openings(): ReadonlySet<string> | undefined {
    return this.written.openings;
  }

  private get written(): Written {
    this.known.written ??= write(this.pattern, this.lexicons);
    return this.known.written;
  }
}

interface Written {
  readonly instructions: readonly Instruction[];
  readonly names: readonly string[];
  readonly letters: ReadonlySet<number>;
  readonly openings: ReadonlySet<string> | undefined;
}

/** What a number is written with; a `{变量}` of the script counts as one. */
const numerals = '零一二三四五六七八九十百千万亿两几半数多'.split('');
export const digits: ReadonlySet<string> = new Set([...'0123456789.%', ...numerals, placeholder]);

export type Lexicons = ReadonlyMap<string, readonly Pattern[]>;

/** The largest program; a pattern that needs more is refused by the pack loader. */
export const largestProgram = 4000;

/** A pattern that remembers more has gone wrong. */
const mostNames = 16;

/** Whether a pattern, with its lexicons written out, is too large to be run. */
export function isTooLarge(pattern: Pattern, lexicons: Lexicons): boolean {
  const compiler = new Compiler(lexicons);
  return !compiler.whole(pattern) || compiler.instructions.length > largestProgram || compiler.names.length > mostNames;
}

/** Of a pattern that the pack loader would refuse, only as much as it would take. */
function write(pattern: Pattern, lexicons: Lexicons): Written {
  const compiler = new Compiler(lexicons);
  compiler.whole(pattern);
  compiler.instructions.push({ op: 'match' });
  const { instructions, names } = compiler;
  const letters = new Set(
    instructions.flatMap((each) =>
      each.op === 'unit' && isLetter(each.unit.charCodeAt(0)) ? initialOf(each.unit).charCodeAt(0) : [],
    ),
  );
  return { instructions, names, letters, openings: openingsOf(instructions) };
}

const disguisedLexicons = new WeakMap<Lexicons, Map<string, boolean>>();

function isDisguised(pattern: Pattern, lexicons: Lexicons): boolean {
  const known = disguisedLexicons.get(lexicons) ?? new Map<string, boolean>();
  disguisedLexicons.set(lexicons, known);
  for (const part of partsOf(pattern)) {
    if (part.kind === 'disguised') return true;
    if (part.kind !== 'lexicon') continue;
    let inside = known.get(part.name);
    if (inside === undefined) {
      inside = (lexicons.get(part.name) ?? []).some((each) => isDisguised(each, lexicons));
      known.set(part.name, inside);
    }
    if (inside) return true;
  }
  return false;
}

function openingsOf(instructions: readonly Instruction[]): ReadonlySet<string> | undefined {
  const units = new Set<string>();
  const seen = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = instructions[at];
    switch (instruction?.op) {
      case 'unit':
        units.add(instruction.unit);
        break;
      case 'alike':
        for (const unit of homophones(instruction.unit)) units.add(unit);
        units.add(instruction.unit);
        break;
      case 'digit':
        for (const digit of digits) units.add(digit);
        break;
      case 'split':
        waiting.push(instruction.first, instruction.second);
        break;
      case 'jump':
        waiting.push(instruction.to);
        break;
      case 'save':
      case 'boundary':
      case 'clause-start':
        waiting.push(at + 1);
        break;
      default:
        return undefined;
    }
  }
  return units;
}

class Compiler {
  readonly instructions: Instruction[] = [];
  readonly names: string[] = [];
  private readonly lexicons: Lexicons;
  private disguised = false;

  constructor(lexicons: Lexicons) {
    this.lexicons = lexicons;
  }

  /** A match neither begins nor ends inside a word or a number. */
  whole(pattern: Pattern): boolean {
    this.instructions.push({ op: 'boundary' });
    const fits = this.emit(pattern);
    this.instructions.push({ op: 'boundary' });
    return fits;
  }

  private emit(pattern: Pattern): boolean {
    const { instructions } = this;
    if (instructions.length > largestProgram) return false;
    switch (pattern.kind) {
      case 'text':
        for (const unit of pattern.text)
          for (const half of unit.split('')) instructions.push({ op: this.disguised ? 'alike' : 'unit', unit: half });
        return true;
      case 'disguised': {
        const before = this.disguised;
        this.disguised = true;
        const fits = this.emit(pattern.item);
        this.disguised = before;
        return fits;
      }
      case 'word-end':
        instructions.push(
          { op: 'split', first: instructions.length + 1, second: instructions.length + 3 },
          { op: 'letter' },
          { op: 'jump', to: instructions.length },
        );
        return true;
      case 'blank':
        instructions.push({ op: 'boundary' });
        return this.optional(() => {
          instructions.push({ op: 'unit', unit: ' ' });
          return true;
        });
      case 'sequence':
        return pattern.items.every((item) => this.emit(item));
      case 'choice':
        return this.choice(pattern.options);
      case 'lexicon':
        return this.choice(this.lexicons.get(pattern.name) ?? []);
      case 'optional':
        return this.optional(() => this.emit(pattern.item));
      case 'gap':
        this.gap(pattern.min, pattern.max, pattern.over);
        return true;
      case 'number': {
        instructions.push({ op: 'digit' });
        const ends: number[] = [];
        for (let i = 1; i < longestNumber; i++) {
          ends.push(instructions.length);
          instructions.push({ op: 'split', first: instructions.length + 1, second: -1 }, { op: 'digit' });
        }
        for (const at of ends) instructions[at] = { op: 'split', first: at + 1, second: instructions.length };
        return true;
      }
      case 'clause-start':
      case 'clause-end':
        instructions.push({ op: pattern.kind });
        return true;
      case 'capture': {
        let index = this.names.indexOf(pattern.name);
        if (index < 0) index = this.names.push(pattern.name) - 1;
        instructions.push({ op: 'save', slot: 2 * index });
        const fits = this.emit(pattern.item);
        instructions.push({ op: 'save', slot: 2 * index + 1 });
        return fits;
      }
      default: {
        const never: never = pattern;
        return never;
      }
    }
  }

  /** Each further character is tried last: the shortest gap wins. */
  private gap(min: number, max: number, over: GapOver): void {
    const { instructions } = this;
    instructions.push({ op: 'boundary' });
    const splits: number[] = [];
    for (let i = 0; i < max; i++) {
      if (i >= min) {
        splits.push(instructions.length);
        instructions.push({ op: 'jump', to: -1 });
      }
      instructions.push({ op: 'any', over });
      if (over === 'words') this.restOfWord();
    }
    for (const at of splits) instructions[at] = { op: 'split', first: instructions.length, second: at + 1 };
    instructions.push({ op: 'boundary' });
  }

  private restOfWord(): void {
    const { instructions } = this;
    const at = instructions.length;
    instructions.push(
      { op: 'split', first: at + 3, second: at + 1 },
      { op: 'any', over: 'words' },
      { op: 'jump', to: at },
    );
    instructions.push({ op: 'split', first: at + 4, second: at + 5 }, { op: 'unit', unit: ' ' }, { op: 'boundary' });
  }

  /** Longer alternatives come first, so that 老公公 is not cut to 老公. */
  private choice(options: readonly Pattern[]): boolean {
    const { instructions } = this;
    // An empty lexicon matches nothing at all.
    if (options.length === 0) instructions.push({ op: 'unit', unit: '' });
    const ordered = [...options].sort((a, b) => lengthOf(b) - lengthOf(a));
    const ends: number[] = [];
    for (const [index, option] of ordered.entries()) {
      const split = instructions.length;
      const last = index === ordered.length - 1;
      if (!last) instructions.push({ op: 'jump', to: -1 });
      if (!this.emit(option)) return false;
      if (last) break;
      ends.push(instructions.length);
      instructions.push({ op: 'jump', to: -1 });
      instructions[split] = { op: 'split', first: split + 1, second: instructions.length };
    }
    for (const at of ends) instructions[at] = { op: 'jump', to: instructions.length };
    return true;
  }

  private optional(inner: () => boolean): boolean {
    const { instructions } = this;
    const split = instructions.length;
    instructions.push({ op: 'jump', to: -1 });
    const fits = inner();
    instructions[split] = { op: 'split', first: split + 1, second: instructions.length };
    return fits;
  }
}

function lengthOf(pattern: Pattern): number {
  if (pattern.kind === 'text') return pattern.text.length;
  if (pattern.kind === 'sequence') return pattern.items.reduce((sum, item) => sum + lengthOf(item), 0);
  if (pattern.kind === 'capture' || pattern.kind === 'disguised') return lengthOf(pattern.item);
  return 1;
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

function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
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

/** The Latin words of a pattern, apart from those of its lexicons: in a text they mean themselves, unlike single letters. */
export function* latinWordsOf(pattern: Pattern): Generator<string> {
  for (const part of partsOf(pattern)) {
    if (part.kind === 'text') for (const [word] of part.text.matchAll(/[a-z]{2,}/g)) yield word;
  }
}
