import { placeholder } from './fold.ts';
import { Gates, openGate, withRoom } from './gates.ts';
import type { Machine } from './machine.ts';
import { type GapOver, type Pattern, parsePattern, partsOf, remembers } from './pattern.ts';
import { initialOf, spokenLike } from './sounds.ts';
import { Tries } from './tries.ts';
import { type Triggers, triggersOf } from './triggers.ts';

/**
 * What a program is made of. An instruction is three numbers: what to do and with what, and gates, which tell whether what comes
 * next can begin with a unit. Of two ways to go on one is always the next instruction and the other is told; the first gate is that
 * of the next instruction, the second that of the other. In front of a program stand the number of its instructions and its gate.
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
  /** One of several instructions, by the unit that comes next. */
  choice: 18,
} as const;

/** How many numbers an instruction is, and how many bits what it does. */
export const [width, opBits] = [3, 5];

/**
 * A pattern as a program for the machine. Most patterns are never run, since what they need stands in few texts: everything about
 * one is worked out when it is first asked for.
 */
export class Program {
  private readonly source: string;
  private readonly lexicons: Lexicons;
  /** What it shares with other programs of the same lexicons, and its number among them. */
  readonly shared: Shared;
  readonly number: number;
  private known: { written?: Written; letters?: ReadonlySet<number> } = {};

  /**
   * @param source a pattern
   * @param lexicons all that it names, none of them in a circle
   */
  constructor(source: string, lexicons: Lexicons) {
    this.source = source;
    this.lexicons = lexicons;
    this.shared = sharedOf(lexicons);
    this.number = this.shared.programs++;
  }

  /** What every match contains one of; nothing if it may contain anything. */
  triggers(): Triggers | undefined {
    return triggersOf(this.pattern, this.lexicons);
  }

  /** Where it begins in the code of what it shares. */
  get start(): number {
    return this.written.start;
  }

  /** Names of what is remembered; their slots come in pairs. */
  get names(): readonly string[] {
    return this.written.names;
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
  readonly start: number;
  readonly names: readonly string[];
}

/** What a number is written with; a `{变量}` of the script counts as one. */
export const numerals = Array.from('零一二三四五六七八九十百千万亿两几半数多', unitOf);
export const digits: ReadonlySet<number> = new Set([
  ...Array.from('0123456789.%', unitOf),
  ...numerals,
  unitOf(placeholder),
]);

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
  const { starts } = compiler.shared;
  let size = 0;
  const seen = new Set<number>();
  const add = (code: ArrayLike<number>, from: number, to: number): void => {
    size += (to - from) / width;
    for (let at = from; at < to && size <= largestProgram; at += width) {
      const [op, told] = [(code[at] as number) & (2 ** opBits - 1), (code[at] as number) >> opBits];
      if (op !== ops.lexicon || seen.has(told)) continue;
      seen.add(told);
      const start = starts[told] as number;
      add(compiler.shared.code, start, start + width * (compiler.shared.code[start - 2] as number));
    }
  };
  add(compiler.instructions, 0, compiler.instructions.length);
  return size > largestProgram;
}

/** Of a pattern that the pack loader would refuse, only as much as it would take. */
function write(pattern: Pattern, lexicons: Lexicons): Written {
  const compiler = new Compiler(sharedOf(lexicons));
  compiler.whole(pattern);
  return { start: compiler.finished(), names: compiler.names };
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

/** What the programs of one set of lexicons share: their code, where that of each lexicon begins, and all lists of words. */
export class Shared {
  /** What follows them through texts. */
  machine: Machine | undefined;
  programs = 0;
  code = new Int32Array(1024);
  private codeEnd = 0;
  readonly gates = new Gates();
  /** Tables of choices, and the lists of their options: how many, and each. */
  choices = new Int32Array(1024);
  private choicesEnd = 0;
  readonly starts: number[] = [];
  /** With which units each lexicon can begin; nothing for all. */
  readonly openings: (ReadonlySet<number> | undefined)[] = [];
  readonly tries = new Tries();
  private readonly lexicons: Lexicons;
  private readonly numbers = new Map<string, number>();
  private readonly plain = new Map<string, boolean>();

  constructor(lexicons: Lexicons) {
    this.lexicons = lexicons;
  }

  /** Where the program begins now. */
  add(instructions: readonly number[], openings: ReadonlySet<number> | undefined): number {
    const start = this.codeEnd + 2;
    this.codeEnd = start + instructions.length;
    this.code = withRoom(this.code, this.codeEnd);
    this.code[start - 2] = instructions.length / width;
    this.code[start - 1] = this.gates.gateOf(openings);
    this.code.set(instructions, start);
    return start;
  }

  /** A table of a choice: where it is told by which unit goes on which option, and what goes on by any other and by any at all. */
  addChoice(all: readonly number[], others: readonly number[], byUnit: ReadonlyMap<number, readonly number[]>): number {
    const lists = new Map<string, number>();
    const listOf = (options: readonly number[]): number => {
      const key = options.join(' ');
      const list = lists.get(key) ?? this.addNumbers([options.length, ...options]);
      lists.set(key, list);
      return list;
    };
    const node = this.tries.addSteps(Array.from(byUnit, ([unit, options]) => [unit, listOf(options)] as const));
    return this.addNumbers([node, listOf(others), listOf(all)]);
  }

  private addNumbers(numbers: readonly number[]): number {
    const at = this.choicesEnd;
    this.choicesEnd += numbers.length;
    this.choices = withRoom(this.choices, this.choicesEnd);
    this.choices.set(numbers, at);
    return at;
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
      number = this.starts.push(compiler.finished()) - 1;
      this.openings.push(compiler.openings);
      this.numbers.set(key, number);
    }
    return number;
  }

  /** Whether nothing in a lexicon is remembered by a name, so that where it stands makes no difference. */
  remembersNothing(name: string): boolean {
    let plain = this.plain.get(name);
    if (plain === undefined) {
      plain = !this.entries(name).some((entry) => remembers(entry, (other) => !this.remembersNothing(other)));
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
  /** The units with which a match can begin, apart from sounds; nothing for all. */
  openings: ReadonlySet<number> | undefined;
  readonly shared: Shared;
  /** Where something is chosen, and where the options begin. */
  private readonly choices: { readonly at: number; readonly begins: readonly number[] }[] = [];
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

  /** Adds the program to what is shared, and answers where it begins. */
  finished(): number {
    this.push(ops.match);
    const { instructions, shared } = this;
    for (let at = 0; at < this.next; at++) this.setGates(at);
    const units = new Set<number>();
    if (this.open(0, units, new Set())) this.openings = units;
    // Where a choice leads is asked for until all tables are written.
    const tables = this.choices.map(({ begins }) => this.tableOf(begins));
    for (const [index, { at }] of this.choices.entries()) this.tell(at, tables[index] as number);
    return shared.add(instructions, this.openings);
  }

  /** Longer alternatives come first, so that 老公公 is not cut to 老公. */
  choice(options: readonly Pattern[]): boolean {
    // An empty lexicon matches nothing at all.
    if (options.length === 0) this.push(ops.fail);
    const ordered = inTurn(options);
    const begins: number[] = [];
    const ends: number[] = [];
    if (ordered.length > 1) {
      this.choices.push({ at: this.next, begins });
      this.push(ops.choice, this.choices.length - 1);
    }
    for (const option of ordered) {
      begins.push(this.next);
      if (Array.isArray(option)) this.words(option);
      else if (!this.emit(option)) return false;
      if (begins.length === ordered.length) break;
      ends.push(this.next);
      this.push(ops.jump);
    }
    for (const at of ends) this.tell(at, this.next);
    return true;
  }

  private get next(): number {
    return this.instructions.length / width;
  }

  private opAt(at: number): number {
    return (this.instructions[width * at] as number) & (2 ** opBits - 1);
  }

  private toldAt(at: number): number {
    return (this.instructions[width * at] as number) >> opBits;
  }

  private push(op: number, told = 0): void {
    this.instructions.push(op | (told << opBits), openGate, openGate);
  }

  private tell(at: number, told: number): void {
    const { instructions } = this;
    instructions[width * at] = this.opAt(at) | (told << opBits);
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
    const start = shared.starts[number] as number;
    const op = (shared.code[start] as number) & (2 ** opBits - 1);
    // A list of words and nothing else is read at once.
    if (shared.code[start - 2] === 2 && (op === ops.words || op === ops.wordsAlike))
      this.push(op, (shared.code[start] as number) >> opBits);
    else this.push(ops.lexicon, number);
    return true;
  }

  private words(words: readonly string[]): void {
    this.push(this.disguised ? ops.wordsAlike : ops.words, this.shared.tries.addWords(words));
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

  /** Which of several options can go on with which unit. */
  private tableOf(begins: readonly number[]): number {
    const byUnit = new Map<number, number[]>();
    const others: number[] = [];
    for (const begin of begins) {
      const units = new Set<number>();
      if (this.open(begin, units, new Set())) {
        for (const unit of units) {
          const options = byUnit.get(unit) ?? [...others];
          byUnit.set(unit, options);
          options.push(begin);
        }
      } else {
        others.push(begin);
        for (const options of byUnit.values()) options.push(begin);
      }
    }
    return this.shared.addChoice(begins, others, byUnit);
  }

  private setGates(at: number): void {
    const { instructions } = this;
    const gates = width * at + 1;
    switch (this.opAt(at)) {
      case ops.nextFirst:
      case ops.thereFirst:
        instructions[gates] = this.gateAt(at + 1);
        instructions[gates + 1] = this.gateAt(this.toldAt(at));
        break;
      case ops.gap:
        instructions[gates] = this.gateAt(at + 1);
        break;
      case ops.words:
      case ops.wordsAlike:
      case ops.lexicon:
      case ops.choice:
        instructions[gates] = this.gateAt(at);
    }
  }

  private readonly gates = new Map<number, number>();

  private gateAt(at: number): number {
    let gate = this.gates.get(at);
    if (gate === undefined) {
      const units = new Set<number>();
      gate = this.shared.gates.gateOf(this.open(at, units, new Set()) ? units : undefined);
      this.gates.set(at, gate);
    }
    return gate;
  }

  /** Adds the units with which what matches from an instruction on can begin; false if these are all. */
  private open(at: number, units: Set<number>, seen: Set<number>): boolean {
    if (seen.has(at)) return true;
    seen.add(at);
    const { shared } = this;
    const told = this.toldAt(at);
    const add = (all: Iterable<number>): boolean => {
      for (const unit of all) units.add(unit);
      return true;
    };
    switch (this.opAt(at)) {
      case ops.unit:
        return add([told]);
      case ops.alike:
        return add(spokenLike(told));
      case ops.words:
        return add(shared.tries.unitsOf(told));
      case ops.wordsAlike:
        return add(shared.tries.unitsOf(told).flatMap((unit) => spokenLike(unit)));
      case ops.number:
        return add(digits);
      case ops.lexicon: {
        const others = shared.openings[told];
        return others !== undefined && add(others);
      }
      case ops.nextFirst:
      case ops.thereFirst:
        return this.open(at + 1, units, seen) && this.open(told, units, seen);
      case ops.jump:
        return this.open(told, units, seen);
      case ops.choice:
        return (this.choices[told]?.begins ?? []).every((begin) => this.open(begin, units, seen));
      case ops.save:
      case ops.boundary:
      case ops.clauseStart:
        return this.open(at + 1, units, seen);
      case ops.fail:
        return true;
      default:
        return false;
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
