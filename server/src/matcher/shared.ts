import { isBounded, type Side } from './bounded.ts';
import { Compiler } from './compiler.ts';
import { Gates, type Units, withRoom } from './gates.ts';
import { width } from './instructions.ts';
import type { Machine } from './machine.ts';
import { inOrder, type Options } from './options.ts';
import { type Lexicons, type Pattern, remembers } from './pattern.ts';
import { isSound } from './sounds.ts';
import { stepFrom, Tries } from './tries.ts';

const allShared = new WeakMap<Lexicons, Shared>();

export function sharedOf(lexicons: Lexicons): Shared {
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
  readonly openings: (Units | undefined)[] = [];
  readonly tries = new Tries();
  private readonly lexicons: Lexicons;
  private readonly numbers = new Map<string, number>();
  private readonly plain = new Map<string, boolean>();
  private readonly bounded = { start: new Map<string, boolean>(), end: new Map<string, boolean>() };

  constructor(lexicons: Lexicons) {
    this.lexicons = lexicons;
  }

  /** Where the program begins now. */
  add(instructions: readonly number[], gate: number): number {
    const start = this.codeEnd + 2;
    this.codeEnd = start + instructions.length;
    this.code = withRoom(this.code, this.codeEnd);
    this.code[start - 2] = instructions.length / width;
    this.code[start - 1] = gate;
    this.code.set(instructions, start);
    return start;
  }

  /** A table of a choice: where it is told by which unit goes on which option, and what goes on by any other and by any at all. */
  addChoice(all: Options, others: Options, byUnit: ReadonlyMap<number, Options>): number {
    const lists = new Map<Options, number>();
    const listOf = (options: Options): number => {
      const list = lists.get(options) ?? this.addNumbers([options.count, ...inOrder(options)]);
      lists.set(options, list);
      return list;
    };
    const node = this.tries.addSteps(new Map(Array.from(byUnit, ([unit, options]) => [unit, listOf(options)])));
    return this.addNumbers([node, listOf(others), listOf(all)]);
  }

  /** The list of options of a choice that can go on with a unit; with none where a text ends. */
  optionsAt(choice: number, unit: number | undefined): number {
    const { choices, tries } = this;
    if (unit === undefined) return choices[choice + 1] as number;
    if (isSound(unit)) return choices[choice + 2] as number;
    const step = stepFrom(tries.rows, choices[choice] as number, unit);
    return step === 0 ? (choices[choice + 1] as number) : (tries.rows[step] as number);
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
      this.openings.push(compiler.openings());
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

  /** Whether whatever a lexicon matches surely begins, or ends, with what is neither a letter nor a digit. */
  readonly isBounded = (name: string, side: Side): boolean => {
    const known = this.bounded[side].get(name);
    if (known !== undefined) return known;
    const found = this.entries(name).every((entry) => isBounded(entry, side, this.isBounded));
    this.bounded[side].set(name, found);
    return found;
  };
}
