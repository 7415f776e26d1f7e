import type { Span } from '../base/span.ts';
import { placeholder } from './fold.ts';
import type { Pattern } from './pattern.ts';
import { isClauseEnd, isSentenceEnd } from './segments.ts';

/** Where a pattern was found in folded text, and what it remembered. */
export interface Match extends Span {
  readonly captures: ReadonlyMap<string, Span>;
}

type Instruction =
  | { readonly op: 'unit'; readonly unit: string }
  | { readonly op: 'any' }
  | { readonly op: 'digit' }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'clause-start' }
  | { readonly op: 'clause-end' }
  | { readonly op: 'match' };

/** A compiled pattern: a program for a machine that follows all its threads at once, so that no text makes it slow. */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** Names of what is remembered; their slots come in pairs. */
  readonly names: readonly string[];
  /** A match contains at least one of these; without them every text has to be run. */
  readonly anchors: readonly string[] | undefined;
  /** The units with which a match can begin; missing when it can begin with any. */
  readonly openings: ReadonlySet<string> | undefined;
}

/** What a number is written with; a `{变量}` of the script counts as one. */
const digits: ReadonlySet<string> = new Set(`0123456789.%零一二三四五六七八九十百千万亿两几半数多${placeholder}`);

export type Lexicons = ReadonlyMap<string, readonly Pattern[]>;

/** The largest program; a pattern that needs more is refused by the pack loader. */
export const largestProgram = 4000;

/** A pattern that remembers more has gone wrong. */
const mostNames = 16;

/** Compiles a pattern whose lexicons are known and not in a circle; nothing when it would be too large. */
export function compile(pattern: Pattern, lexicons: Lexicons): Program | undefined {
  const compiler = new Compiler(lexicons);
  if (!compiler.emit(pattern) || compiler.instructions.length > largestProgram || compiler.names.length > mostNames)
    return undefined;
  compiler.instructions.push({ op: 'match' });
  const { instructions, names } = compiler;
  return { instructions, names, anchors: anchorsOf(pattern, lexicons), openings: openingsOf(instructions) };
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

  constructor(lexicons: Lexicons) {
    this.lexicons = lexicons;
  }

  emit(pattern: Pattern): boolean {
    const { instructions } = this;
    if (instructions.length > largestProgram) return false;
    switch (pattern.kind) {
      case 'text':
        for (const unit of pattern.text)
          for (const half of unit.split('')) instructions.push({ op: 'unit', unit: half });
        return true;
      case 'sequence':
        return pattern.items.every((item) => this.emit(item));
      case 'choice':
        return this.choice(pattern.options);
      case 'lexicon':
        return this.choice(this.lexicons.get(pattern.name) ?? []);
      case 'optional':
        return this.optional(() => this.emit(pattern.item));
      case 'gap': {
        for (let i = 0; i < pattern.min; i++) instructions.push({ op: 'any' });
        // Each further character is tried last: the shortest gap wins.
        const splits: number[] = [];
        for (let i = pattern.min; i < pattern.max; i++) {
          splits.push(instructions.length);
          instructions.push({ op: 'split', first: -1, second: instructions.length + 1 }, { op: 'any' });
        }
        for (const at of splits) instructions[at] = { op: 'split', first: instructions.length, second: at + 1 };
        return true;
      }
      case 'number': {
        instructions.push({ op: 'digit' });
        const ends: number[] = [];
        for (let i = 1; i < 12; i++) {
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
  if (pattern.kind === 'capture') return lengthOf(pattern.item);
  return 1;
}

/** The strings of which a match must contain one: those of the sequence's most telling part. */
function anchorsOf(pattern: Pattern, lexicons: Lexicons): readonly string[] | undefined {
  switch (pattern.kind) {
    case 'text':
      return [pattern.text];
    case 'capture':
      return anchorsOf(pattern.item, lexicons);
    case 'lexicon':
      return allAnchors(lexicons.get(pattern.name) ?? [], lexicons);
    case 'choice':
      return allAnchors(pattern.options, lexicons);
    case 'sequence': {
      let best: readonly string[] | undefined;
      for (const item of pattern.items) {
        const anchors = anchorsOf(item, lexicons);
        if (anchors && (!best || worth(anchors) > worth(best))) best = anchors;
      }
      return best;
    }
    default:
      return undefined;
  }
}

function allAnchors(options: readonly Pattern[], lexicons: Lexicons): readonly string[] | undefined {
  const all: string[] = [];
  for (const option of options) {
    const anchors = anchorsOf(option, lexicons);
    if (!anchors) return undefined;
    all.push(...anchors);
  }
  return all;
}

/** Long and few strings rule out more texts. */
function worth(anchors: readonly string[]): number {
  return Math.min(...anchors.map((anchor) => anchor.length)) * 100 - anchors.length;
}

interface Thread {
  readonly at: number;
  readonly start: number;
  readonly slots: readonly number[];
}

/**
 * Finds all matches between two offsets, from left to right and without overlap. The cost is at most the length of the
 * text times the length of the program.
 */
export function* run(program: Program, text: string, from = 0, to = text.length): Generator<Match> {
  let at = from;
  while (at < to) {
    const match = first(program, text, at, to);
    if (!match) return;
    yield match;
    at = Math.max(match.end, match.start + 1);
  }
}

/** Marks the instructions that hold a thread already; grows with the largest program and is never cleared. */
let marks = new Uint32Array(0);
let mark = 0;

function first(program: Program, text: string, from: number, to: number): Match | undefined {
  const { instructions, openings } = program;
  if (marks.length < instructions.length) marks = new Uint32Array(instructions.length);
  let current: Thread[] = [];
  let best: Match | undefined;
  for (let position = from; position <= to; position++) {
    const unit = position < to ? text.charAt(position) : '';
    const begins = !best && (!openings || openings.has(unit));
    if (current.length === 0) {
      if (best) return best;
      if (!begins) continue;
    }
    mark++;
    const ready: Thread[] = [];
    for (const { at, start, slots } of current) follow(at, start, slots, ready, position, unit);
    if (begins) follow(0, position, noSlots, ready, position, unit);
    current = [];
    const ends = unit === '' || isSentenceEnd(text, position);
    for (const thread of ready) {
      const instruction = instructions[thread.at];
      if (instruction?.op === 'match') {
        best = matchOf(program, thread, position);
        // Threads behind this one have less priority or start later.
        break;
      }
      if (unit === '') continue;
      const fits =
        instruction?.op === 'unit' ? instruction.unit === unit : instruction?.op === 'any' ? !ends : digits.has(unit);
      if (fits) current.push({ at: thread.at + 1, start: thread.start, slots: thread.slots });
    }
  }
  return best;

  /** Adds the thread where it next reads a unit or matches; each instruction holds one thread at most. */
  function follow(
    from: number,
    start: number,
    slotsThere: readonly number[],
    ready: Thread[],
    position: number,
    unit: string,
  ): void {
    const places = [from];
    const saved = [slotsThere];
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      const slots = saved.pop() ?? noSlots;
      if (marks[at] === mark) continue;
      marks[at] = mark;
      const instruction = instructions[at];
      switch (instruction?.op) {
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
        case 'clause-start':
        case 'clause-end': {
          const before = instruction.op === 'clause-start';
          const holds = before
            ? position === 0 || isClauseEnd(text, position - 1)
            : position >= text.length || isClauseEnd(text, position);
          if (!holds) break;
          places.push(at + 1);
          saved.push(slots);
          break;
        }
        case 'unit':
          // What cannot read the unit here needs no thread.
          if (instruction.unit === unit) ready.push({ at, start, slots });
          break;
        default:
          ready.push({ at, start, slots });
      }
    }
  }
}

const noSlots: readonly number[] = [];

function matchOf(program: Program, thread: Thread, end: number): Match {
  const captures = new Map<string, Span>();
  for (const [index, name] of program.names.entries()) {
    const [start, stop] = [thread.slots[2 * index], thread.slots[2 * index + 1]];
    if (start !== undefined && stop !== undefined) captures.set(name, { start, end: stop });
  }
  return { start: thread.start, end, captures };
}

/** Whether a pattern occurs between two offsets. */
export function occurs(program: Program, text: string, from = 0, to = text.length): boolean {
  return mayMatch(program, text) && !run(program, text, from, to).next().done;
}

/** A quick look that rules most patterns out. */
export function mayMatch(program: Program, text: string): boolean {
  return program.anchors === undefined || program.anchors.some((anchor) => text.includes(anchor));
}
