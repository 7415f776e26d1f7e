import { areBounded, isBounded } from './bounded.ts';
import { type Beginning, openGate, Units } from './gates.ts';
import { digits, opBits, ops, width } from './instructions.ts';
import { type Options, withOption } from './options.ts';
import type { GapOver, Pattern } from './pattern.ts';
import type { Shared } from './shared.ts';
import { spokenLike } from './sounds.ts';

/** The largest program, its lexicons counted once each; a pattern that needs more is refused by the pack loader. */
export const largestProgram = 4000;

/** How many units a gap passes over, at least and at most, and whether it goes on where a clause ends, in one number. */
function gapArgument(min: number, max: number, over: GapOver): number {
  return min | (max << 5) | (over === 'sentence' ? 1 << 10 : 0);
}

type Gap = Extract<Pattern, { readonly kind: 'gap' }>;

export class Compiler {
  readonly instructions: number[] = [];
  readonly names: string[] = [];
  readonly shared: Shared;
  /** For each place where something is chosen where the options begin. */
  private readonly choices = new Map<number, readonly number[]>();
  private disguised: boolean;

  constructor(shared: Shared, disguised = false) {
    this.shared = shared;
    this.disguised = disguised;
  }

  /** A match neither begins nor ends inside a word or a number. */
  whole(pattern: Pattern): boolean {
    const { isBounded: ofLexicon } = this.shared;
    if (!isBounded(pattern, 'start', ofLexicon)) this.push(ops.boundary);
    const fits = this.emit(pattern);
    if (!isBounded(pattern, 'end', ofLexicon)) this.push(ops.boundary);
    return fits;
  }

  /** Adds the program to what is shared, and answers where it begins. */
  finished(): number {
    this.push(ops.match);
    const { instructions, shared } = this;
    for (let at = 0; at < this.next; at++) this.setGates(at);
    const gate = this.gateAt(0);
    for (const [at, begins] of this.choices) this.tell(at, this.tableOf(begins));
    return shared.add(instructions, gate);
  }

  /** The units with which a match can begin, apart from sounds; nothing for all. */
  openings(): Units | undefined {
    const found = this.beginningsAt(0);
    return found && new Units(new Set(unitsIn(found)));
  }

  /** Longer alternatives come first, so that 老公公 is not cut to 老公. */
  choice(options: readonly Pattern[]): boolean {
    // An empty lexicon matches nothing at all.
    if (options.length === 0) this.push(ops.fail);
    const ordered = inTurn(options);
    const begins: number[] = [];
    const ends: number[] = [];
    if (ordered.length > 1) {
      this.choices.set(this.next, begins);
      this.push(ops.choice);
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
        return pattern.items.every((item, index) => {
          if (item.kind !== 'gap') return this.emit(item);
          this.gap(item, pattern.items.slice(0, index), pattern.items.slice(index + 1));
          return true;
        });
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
        this.gap(pattern, [], []);
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

  /** A gap neither begins nor ends inside a word or a number, between what stands before it and behind it. */
  private gap({ min, max, over }: Gap, before: readonly Pattern[], after: readonly Pattern[]): void {
    const { isBounded: ofLexicon } = this.shared;
    if (!areBounded(before, 'end', ofLexicon)) this.push(ops.boundary);
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
    if (!areBounded(after, 'start', ofLexicon)) this.push(ops.boundary);
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
    const byUnit = new Map<number, Options>();
    const none: Options = { last: -1, before: undefined, count: 0, longer: undefined };
    let [all, others] = [none, none];
    for (const begin of begins) {
      all = withOption(all, begin);
      const beginnings = this.beginningsAt(begin);
      if (beginnings) {
        for (const unit of unitsIn(beginnings)) byUnit.set(unit, withOption(byUnit.get(unit) ?? others, begin));
      } else {
        others = withOption(others, begin);
        for (const [unit, options] of byUnit) byUnit.set(unit, withOption(options, begin));
      }
    }
    return this.shared.addChoice(all, others, byUnit);
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
      const beginnings = this.beginningsAt(at);
      gate = beginnings ? this.shared.gates.gateOf(beginnings) : openGate;
      this.gates.set(at, gate);
    }
    return gate;
  }

  /** How what matches from an instruction on can begin; nothing for anyhow. */
  private beginningsAt(at: number): readonly Beginning[] | undefined {
    const found: Beginning[] = [];
    return this.open(at, found, new Set()) ? found : undefined;
  }

  private open(at: number, found: Beginning[], seen: Set<number>): boolean {
    if (seen.has(at)) return true;
    seen.add(at);
    const { shared } = this;
    const told = this.toldAt(at);
    switch (this.opAt(at)) {
      case ops.unit:
        found.push(told);
        return true;
      case ops.alike:
        found.push(...spokenLike(told));
        return true;
      case ops.words:
        found.push(shared.tries.unitsOf(told));
        return true;
      case ops.wordsAlike:
        for (const unit of shared.tries.unitsOf(told).all) found.push(...spokenLike(unit));
        return true;
      case ops.number:
        found.push(ofNumbers);
        return true;
      case ops.lexicon: {
        const others = shared.openings[told];
        if (others) found.push(others);
        return others !== undefined;
      }
      case ops.nextFirst:
      case ops.thereFirst:
        return this.open(at + 1, found, seen) && this.open(told, found, seen);
      case ops.jump:
        return this.open(told, found, seen);
      case ops.choice:
        return (this.choices.get(at) ?? []).every((begin) => this.open(begin, found, seen));
      case ops.save:
      case ops.boundary:
      case ops.clauseStart:
        return this.open(at + 1, found, seen);
      case ops.fail:
        return true;
      default:
        return false;
    }
  }
}

const ofNumbers = new Units(digits);

function unitsIn(beginnings: readonly Beginning[]): readonly number[] {
  return beginnings.flatMap((beginning) => (typeof beginning === 'number' ? beginning : beginning.all));
}

/** The options of a choice in the order in which they are tried; plain words that are tried in a row are one list. */
function inTurn(options: readonly Pattern[]): readonly (Pattern | string[])[] {
  const ordered = options.map((option) => ({ option, length: lengthOf(option) })).sort((a, b) => b.length - a.length);
  const inTurn: (Pattern | string[])[] = [];
  for (const [index, { option }] of ordered.entries()) {
    const last = inTurn.at(-1);
    if (option.kind !== 'text') inTurn.push(option);
    else if (Array.isArray(last)) last.push(option.text);
    else if (ordered[index + 1]?.option.kind === 'text') inTurn.push([option.text]);
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
