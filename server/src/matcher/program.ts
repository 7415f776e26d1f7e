import { placeholder } from './fold.ts';
import { type GapOver, type Pattern, parsePattern, partsOf } from './pattern.ts';
import { initialOf, spokenLike } from './sounds.ts';
import { Tries } from './tries.ts';
import { type Triggers, triggersOf } from './triggers.ts';

/**
 * What a program is made of. An instruction is four numbers: what to do, with what, and what can come next. Of two ways to go on
 * one is always the next instruction, the other is told; for each of them stands a guard, and where one alone is meant, the first.
 */
export const ops = {
  match: 0,
  /** Reads one unit. */
  unit: 1,
  /** The next instruction, and then the one that is told. */
  nextFirst: 2,
  /** The one that is told, and then the next. */
  thereFirst: 3,
  jump: 4,
  boundary: 5,
  /** Passes over some units, as few as it can. */
  gap: 6,
  /** Reads one word of a list, the longest that it can. */
  words: 7,
  /** Reads what one of the entries of a lexicon matches. */
  lexicon: 8,
  /** Reads up to twelve digits, as many as it can. */
  number: 9,
  clauseStart: 10,
  clauseEnd: 11,
  save: 12,
  /** Reads one unit that a gap of words may pass over. */
  any: 13,
  letter: 14,
  /** Reads one unit, or one that is read alike. */
  alike: 15,
  wordsAlike: 16,
  fail: 17,
} as const;

/** How many numbers an instruction is. */
export const width = 4;

/** Instructions, and the guard before them. */
export interface Code {
  readonly instructions: Int32Array;
  readonly guard: number;
}

/**
 * A pattern as a program for the machine. Most patterns are never run, since what they need stands in few texts: everything about
 * one is worked out when it is first asked for.
 */
export class Program {
  private readonly source: string;
  private readonly lexicons: Lexicons;
  private known: { written?: Written; letters?: ReadonlySet<number> } = {};

  /**
   * @param source a pattern
   * @param lexicons all that it names, none of them in a circle
   */
  constructor(source: string, lexicons: Lexicons) {
    this.source = source;
    this.lexicons = lexicons;
  }

  /** What every match contains one of; nothing if it may contain anything. */
  triggers(): Triggers | undefined {
    return triggersOf(this.pattern, this.lexicons);
  }

  get code(): Code {
    return this.written.code;
  }

  /** Names of what is remembered; their slots come in pairs. */
  get names(): readonly string[] {
    return this.written.names;
  }

  /** What it shares with other programs of the same lexicons. */
  get shared(): Shared {
    return this.written.shared;
  }

  /** The letters it names, as the sounds that stand for them in Chinese text (`t现`). */
  get letters(): ReadonlySet<number> {
    this.known.letters ??= new Set(lettersIn(this.pattern, this.lexicons));
    return this.known.letters;
  }

  private get pattern(): Pattern {
    return parsePattern(this.source).pattern;
  }

  private get written(): Written {
    this.known.written ??= write(this.pattern, this.lexicons);
    return this.known.written;
  }
}

interface Written {
  readonly shared: Shared;
  readonly code: Code;
  readonly names: readonly string[];
}

/** What a number is written with; a `{变量}` of the script counts as one. */
export const numerals = Array.from('零一二三四五六七八九十百千万亿两几半数多', unitOf);
const digits: ReadonlySet<number> = new Set([...Array.from('0123456789.%', unitOf), ...numerals, unitOf(placeholder)]);

/** The most digits that a number can have. */
export const longestNumber = 12;

/** Whether a unit of a text is a digit; a sound is one that a numeral can be read as. */
export function isDigit(unit: number): boolean {
  return digits.has(unit);
}

function unitOf(char: string): number {
  return char.charCodeAt(0);
}

/** The patterns of each lexicon. */
export interface Lexicons {
  get(name: string): readonly Pattern[] | undefined;
}

/** The largest program, its lexicons counted once each; a pattern that needs more is refused by the pack loader. */
export const largestProgram = 4000;

/** A pattern that remembers more has gone wrong. */
const mostNames = 16;

/** Whether a pattern, with its lexicons, is too large to be run. Lists of plain words are never too long. */
export function isTooLarge(pattern: Pattern, lexicons: Lexicons): boolean {
  const compiler = new Compiler(sharedOf(lexicons));
  if (!compiler.whole(pattern) || compiler.names.length > mostNames) return true;
  const { codes } = compiler.shared;
  let size = 0;
  const seen = new Set<number>();
  const add = (instructions: ArrayLike<number>): void => {
    size += instructions.length / width;
    for (let at = 0; at < instructions.length && size <= largestProgram; at += width) {
      const told = instructions[at + 1] as number;
      if (instructions[at] !== ops.lexicon || seen.has(told)) continue;
      seen.add(told);
      add((codes[told] as Code).instructions);
    }
  };
  add(compiler.instructions);
  return size > largestProgram;
}

/** Of a pattern that the pack loader would refuse, only as much as it would take. */
function write(pattern: Pattern, lexicons: Lexicons): Written {
  const compiler = new Compiler(sharedOf(lexicons));
  compiler.whole(pattern);
  return { shared: compiler.shared, code: compiler.finished(), names: compiler.names };
}

/** The letters of a pattern and its lexicons as the beginnings of syllables. */
function* lettersIn(pattern: Pattern, lexicons: Lexicons): Generator<number> {
  for (const part of partsOf(pattern)) {
    if (part.kind === 'text') {
      for (let at = 0; at < part.text.length; at++) {
        const unit = part.text.charCodeAt(at);
        if (isLetter(unit)) yield initialOf(unit);
      }
    } else if (part.kind === 'lexicon') {
      for (const each of lexicons.get(part.name) ?? []) yield* lettersIn(each, lexicons);
    }
  }
}

const allShared = new WeakMap<Lexicons, Shared>();

function sharedOf(lexicons: Lexicons): Shared {
  let shared = allShared.get(lexicons);
  if (!shared) {
    shared = new Shared(lexicons);
    allShared.set(lexicons, shared);
  }
  return shared;
}

/** The guard that lets every unit pass. */
export const anyUnit = -1;

/**
 * Sets of units that may come next, as bits in a row of numbers: a guard is where its set begins. A set may have more units in it
 * than were put there.
 */
export class Guards {
  bits = new Int32Array(setSize * 64);
  private used = 0;

  add(units: Iterable<number>): number {
    const guard = this.start();
    for (const unit of units) this.put(guard, unit);
    return guard;
  }

  /** What one of two guards lets pass. */
  either(one: number, other: number): number {
    if (one === anyUnit || other === anyUnit) return anyUnit;
    if (one === other) return one;
    const guard = this.start();
    for (let at = 0; at < setSize; at++)
      this.bits[guard + at] = (this.bits[one + at] as number) | (this.bits[other + at] as number);
    return guard;
  }

  private start(): number {
    const guard = this.used;
    this.used += setSize;
    if (this.used > this.bits.length) {
      const more = new Int32Array(2 * this.bits.length);
      more.set(this.bits);
      this.bits = more;
    }
    return guard;
  }

  private put(guard: number, unit: number): void {
    const at = guard + ((unit >>> 5) & (setSize - 1));
    this.bits[at] = (this.bits[at] as number) | (1 << (unit & 31));
  }
}

/** In numbers of 32 bits; a power of two. */
export const setSize = 16;

/** What the programs of one set of lexicons share: the code of each lexicon and all lists of words. */
export class Shared {
  readonly tries = new Tries();
  readonly codes: Code[] = [];
  readonly guards = new Guards();
  private readonly lexicons: Lexicons;
  private readonly numbers = new Map<string, number>();
  private readonly units = new Map<number, number>();
  private readonly plain = new Map<string, boolean>();

  constructor(lexicons: Lexicons) {
    this.lexicons = lexicons;
  }

  /** The guard that lets one unit pass. */
  guardOf(unit: number): number {
    let guard = this.units.get(unit);
    if (guard === undefined) {
      guard = this.guards.add([unit]);
      this.units.set(unit, guard);
    }
    return guard;
  }

  entries(name: string): readonly Pattern[] {
    return this.lexicons.get(name) ?? [];
  }

  /** The number of a lexicon, whose code is written when a program first has it. */
  numberOf(name: string, disguised: boolean): number {
    const key = disguised ? `~${name}` : name;
    let number = this.numbers.get(key);
    if (number === undefined) {
      const compiler = new Compiler(this, disguised);
      compiler.choice(this.entries(name));
      number = this.codes.push(compiler.finished()) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  /** Whether nothing in a lexicon is remembered by a name, so that where it stands makes no difference. */
  remembersNothing(name: string): boolean {
    let plain = this.plain.get(name);
    if (plain === undefined) {
      plain = this.entries(name).every((entry) => {
        for (const part of partsOf(entry)) {
          if (part.kind === 'capture' || (part.kind === 'lexicon' && !this.remembersNothing(part.name))) return false;
        }
        return true;
      });
      this.plain.set(name, plain);
    }
    return plain;
  }
}

/** How many units a gap passes over, at least and at most, and whether it goes on where a clause ends, in one number. */
function gapArgument(min: number, max: number, over: GapOver): number {
  return min | (max << 5) | (over === 'sentence' ? 1 << 10 : 0);
}

class Compiler {
  readonly instructions: number[] = [];
  readonly names: string[] = [];
  readonly shared: Shared;
  private disguised: boolean;

  constructor(shared: Shared, disguised = false) {
    this.shared = shared;
    this.disguised = disguised;
  }

  /** A match neither begins nor ends inside a word or a number. */
  whole(pattern: Pattern): boolean {
    this.push(ops.boundary);
    const fits = this.emit(pattern);
    this.push(ops.boundary);
    return fits;
  }

  finished(): Code {
    this.push(ops.match);
    const guard = this.guardAt(0);
    for (let at = 0; at < this.next; at++) this.setGuards(at);
    return { instructions: Int32Array.from(this.instructions), guard };
  }

  /** Longer alternatives come first, so that 老公公 is not cut to 老公. */
  choice(options: readonly Pattern[]): boolean {
    // An empty lexicon matches nothing at all.
    if (options.length === 0) this.push(ops.fail);
    const ordered = inTurn(options);
    const ends: number[] = [];
    for (const [index, option] of ordered.entries()) {
      const split = this.next;
      const last = index === ordered.length - 1;
      if (!last) this.push(ops.nextFirst);
      if (Array.isArray(option)) this.words(option);
      else if (!this.emit(option)) return false;
      if (last) break;
      ends.push(this.next);
      this.push(ops.jump);
      this.tell(split, this.next);
    }
    for (const at of ends) this.tell(at, this.next);
    return true;
  }

  private get next(): number {
    return this.instructions.length / width;
  }

  private push(op: number, told = 0): void {
    this.instructions.push(op, told, anyUnit, anyUnit);
  }

  private tell(at: number, told: number): void {
    this.instructions[width * at + 1] = told;
  }

  private emit(pattern: Pattern): boolean {
    if (this.next > largestProgram) return false;
    switch (pattern.kind) {
      case 'text':
        for (let at = 0; at < pattern.text.length; at++)
          this.push(this.disguised ? ops.alike : ops.unit, pattern.text.charCodeAt(at));
        return true;
      case 'disguised': {
        const before = this.disguised;
        this.disguised = true;
        const fits = this.emit(pattern.item);
        this.disguised = before;
        return fits;
      }
      case 'word-end':
        this.push(ops.nextFirst, this.next + 3);
        this.push(ops.letter);
        this.push(ops.jump, this.next - 2);
        return true;
      case 'blank':
        this.push(ops.boundary);
        this.push(ops.nextFirst, this.next + 2);
        this.push(ops.unit, 0x20);
        return true;
      case 'sequence':
        return pattern.items.every((item) => this.emit(item));
      case 'choice':
        return this.choice(pattern.options);
      case 'lexicon':
        return this.lexicon(pattern.name);
      case 'optional': {
        const split = this.next;
        this.push(ops.nextFirst);
        const fits = this.emit(pattern.item);
        this.tell(split, this.next);
        return fits;
      }
      case 'gap':
        this.gap(pattern.min, pattern.max, pattern.over);
        return true;
      case 'number':
        this.push(ops.number);
        return true;
      case 'clause-start':
        this.push(ops.clauseStart);
        return true;
      case 'clause-end':
        this.push(ops.clauseEnd);
        return true;
      case 'capture': {
        let index = this.names.indexOf(pattern.name);
        if (index < 0) index = this.names.push(pattern.name) - 1;
        this.push(ops.save, 2 * index);
        const fits = this.emit(pattern.item);
        this.push(ops.save, 2 * index + 1);
        return fits;
      }
      default: {
        const never: never = pattern;
        return never;
      }
    }
  }

  private lexicon(name: string): boolean {
    const { shared } = this;
    if (!shared.remembersNothing(name)) return this.choice(shared.entries(name));
    const number = shared.numberOf(name, this.disguised);
    const { instructions } = shared.codes[number] as Code;
    const isList =
      instructions.length === 2 * width && (instructions[0] === ops.words || instructions[0] === ops.wordsAlike);
    if (isList) this.push(instructions[0] as number, instructions[1]);
    else this.push(ops.lexicon, number);
    return true;
  }

  private words(words: readonly string[]): void {
    this.push(this.disguised ? ops.wordsAlike : ops.words, this.shared.tries.add(words));
  }

  private gap(min: number, max: number, over: GapOver): void {
    this.push(ops.boundary);
    if (over !== 'words') this.push(ops.gap, gapArgument(min, max, over));
    else {
      const splits: number[] = [];
      for (let passed = 0; passed < max; passed++) {
        if (passed >= min) {
          splits.push(this.next);
          this.push(ops.thereFirst);
        }
        this.push(ops.any);
        this.restOfWord();
      }
      for (const at of splits) this.tell(at, this.next);
    }
    this.push(ops.boundary);
  }

  private restOfWord(): void {
    const at = this.next;
    this.push(ops.thereFirst, at + 3);
    this.push(ops.any);
    this.push(ops.jump, at);
    this.push(ops.nextFirst, at + 5);
    this.push(ops.unit, 0x20);
    this.push(ops.boundary);
  }

  private setGuards(at: number): void {
    const { instructions, shared } = this;
    const told = instructions[width * at + 1] as number;
    let [first, second] = [anyUnit, anyUnit];
    switch (instructions[width * at]) {
      case ops.nextFirst:
      case ops.thereFirst:
        first = this.guardAt(at + 1);
        second = this.guardAt(told);
        break;
      case ops.gap:
        first = this.guardAt(at + 1);
        break;
      case ops.lexicon:
        first = (shared.codes[told] as Code).guard;
        break;
    }
    instructions[width * at + 2] = first;
    instructions[width * at + 3] = second;
  }

  private readonly guardsAt = new Map<number, number>();

  /** The units with which what matches from an instruction on can begin, apart from sounds. */
  private guardAt(at: number): number {
    let guard = this.guardsAt.get(at);
    if (guard === undefined) {
      // Where instructions go in a circle, nothing is known.
      this.guardsAt.set(at, anyUnit);
      guard = this.findGuard(at);
      this.guardsAt.set(at, guard);
    }
    return guard;
  }

  private findGuard(at: number): number {
    const { instructions, shared } = this;
    const { guards, tries, codes } = shared;
    const told = instructions[width * at + 1] as number;
    switch (instructions[width * at]) {
      case ops.unit:
        return shared.guardOf(told);
      case ops.alike:
        return guards.add(spokenLike(told));
      case ops.words:
        return guards.add(tries.firstUnits(told));
      case ops.wordsAlike:
        return guards.add(tries.firstUnits(told).flatMap((unit) => spokenLike(unit)));
      case ops.lexicon:
        return (codes[told] as Code).guard;
      case ops.number:
        return guards.add(digits);
      case ops.nextFirst:
      case ops.thereFirst:
        return guards.either(this.guardAt(at + 1), this.guardAt(told));
      case ops.jump:
        return this.guardAt(told);
      case ops.save:
      case ops.boundary:
      case ops.clauseStart:
        return this.guardAt(at + 1);
      case ops.fail:
        return guards.add([]);
      default:
        return anyUnit;
    }
  }
}

/** The options of a choice in the order in which they are tried; plain words that are tried in a row are one list. */
function inTurn(options: readonly Pattern[]): readonly (Pattern | string[])[] {
  const ordered = [...options].sort((a, b) => lengthOf(b) - lengthOf(a));
  const inTurn: (Pattern | string[])[] = [];
  for (const [index, option] of ordered.entries()) {
    const last = inTurn.at(-1);
    if (option.kind !== 'text') inTurn.push(option);
    else if (Array.isArray(last)) last.push(option.text);
    else if (ordered[index + 1]?.kind === 'text') inTurn.push([option.text]);
    else inTurn.push(option);
  }
  return inTurn;
}

function lengthOf(pattern: Pattern): number {
  if (pattern.kind === 'text') return pattern.text.length;
  if (pattern.kind === 'sequence') return pattern.items.reduce((sum, item) => sum + lengthOf(item), 0);
  if (pattern.kind === 'capture' || pattern.kind === 'disguised') return lengthOf(pattern.item);
  return 1;
}

/** A lower-case Latin letter. */
export function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}
