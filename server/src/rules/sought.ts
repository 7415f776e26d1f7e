import { whole } from '../base/bytes.ts';
import type { FoldedText } from '../matcher/fold.ts';
import { type IndexTables, indexTablesOf } from '../matcher/indexTables.ts';
import { machineFor } from '../matcher/machine.ts';
import type { Program } from '../matcher/program.ts';
import type { Reading } from '../matcher/reading.ts';
import { looks } from '../matcher/stringSearch.ts';
import { TriggerIndex } from '../matcher/triggerIndex.ts';
import type { Triggers } from '../matcher/triggers.ts';
import type { CompiledWording } from '../matcher/wordings.ts';
import type { Wording } from '../packs/pack.ts';

/** How wordings are looked for: by that pattern of each which stands in the fewest texts. */
export interface Looking extends Order {
  readonly index: IndexTables;
  /** Whether no text without Latin letters has one. */
  readonly needsLetters: boolean;
}

/** Wordings and their patterns, by their places among all. */
interface Order {
  /** For one wording after the other its patterns, from the rarest to the commonest, and where those of each begin. */
  readonly order: Uint8Array;
  readonly begins: Int32Array;
  /** For one pattern after the other the wordings that it is the rarest of, and where those of each begin. */
  readonly places: Int32Array;
  readonly firsts: Int32Array;
}

/** A text that is looked through. */
export interface Sifted {
  readonly source: string;
  /** Whether it is known that every unit of it becomes one unit, and that none is a letter. */
  isPlain: boolean;
  /** Whether it is looked through as it is folded. */
  readonly isFolded: boolean;
  readonly folded: FoldedText;
  readonly reading: Reading;
}

/** What may have a wording in a text. Whether it has is found out when somebody asks: most need not be asked, by who speaks or what is known. */
export interface Candidate<T> {
  readonly of: T;
  /** Those of its wordings that may stand there, in their order. */
  readonly possible: readonly Possible[];
}

/** Whether it has one. */
export function isThere({ possible }: Candidate<unknown>): boolean {
  return possible.some((each) => each.stands);
}

/** A wording that may stand in a text. */
export class Possible {
  readonly wording: CompiledWording;
  private readonly rarest: Trial;
  private readonly others: readonly Program[];

  constructor(wording: CompiledWording, rarest: Trial, others: readonly Program[]) {
    this.wording = wording;
    this.rarest = rarest;
    this.others = others;
  }

  /** Whether each of its patterns stands there. */
  get stands(): boolean {
    const { text } = this.rarest;
    return this.rarest.holds && this.others.every((each) => text.reading.holds(each));
  }
}

/** A program and the places where a match of it may begin in a text. */
class Trial {
  readonly text: Sifted;
  private readonly program: Program;
  private readonly first: number;
  private readonly last: number;
  private readonly others: Trial | undefined;
  private answer: boolean | undefined = undefined;

  /** @param others the same program at other places */
  constructor(text: Sifted, program: Program, first: number, last: number, others: Trial | undefined) {
    this.text = text;
    this.program = program;
    this.first = first;
    this.last = last;
    this.others = others;
  }

  get holds(): boolean {
    this.answer ??= this.others?.holds || this.tried();
    return this.answer;
  }

  private tried(): boolean {
    const { reading } = this.text;
    return (
      machineFor(this.program.shared, reading).first(this.program.start, this.first, this.last, reading.length) >= 0
    );
  }
}

/** What the patterns of a pack come to. */
export interface PatternCompiler {
  /** Each pattern is compiled once, however many rules and packs with these lexicons have it. */
  program(source: string): Program;
  /** What every match of one contains one of; nothing if it may contain anything. */
  triggers(source: string): Triggers | undefined;
}

/** An index is built when so many patterns were tried one by one: it costs about as much. */
export const triesForAnIndex = 20_000;

/**
 * What has wordings to be looked for, and finds those of it that may stand in a text without asking each. There can be very many, and most
 * are never met: a pattern is compiled when it may stand somewhere.
 */
export class Sought<T> {
  private readonly all: readonly T[];
  /** All wordings, and whose each is. */
  private readonly wordings: readonly Wording[];
  private readonly owners: Int32Array;
  private readonly compiler: PatternCompiler;
  private readonly prepared: Looking | undefined;
  private readonly compiled: (Compiled | undefined)[];
  private known: Search | undefined;
  private tries = 0;

  /**
   * @param written the wordings of one of them
   * @param prepared how they are looked for, if that is known
   */
  constructor(
    all: readonly T[],
    written: (each: T) => readonly Wording[],
    compiler: PatternCompiler,
    prepared: Looking | undefined,
  ) {
    this.all = all;
    this.compiler = compiler;
    this.prepared = prepared;
    const wordings: Wording[] = [];
    const ends = all.map((each) => {
      for (const wording of written(each)) wordings.push(wording);
      return wordings.length;
    });
    this.wordings = wordings;
    this.owners = new Int32Array(wordings.length);
    for (const [owner, end] of ends.entries()) this.owners.fill(owner, ends[owner - 1] ?? 0, end);
    this.compiled = new Array<Compiled | undefined>(wordings.length).fill(undefined);
  }

  /** Each is looked for by the pattern of it that stands in the fewest texts. */
  looking(): Looking {
    const known = new Map<string, Triggers | undefined>();
    const oftenOf = (source: string): number => {
      if (!known.has(source)) known.set(source, this.compiler.triggers(source));
      return known.get(source)?.often ?? Number.MAX_VALUE;
    };
    const { sources, ...order } = this.ordered(oftenOf);
    const found = sources.map((source) => (known.has(source) ? known.get(source) : this.compiler.triggers(source)));
    return { ...order, index: indexTablesOf(found), needsLetters: needLetters(found) };
  }

  /** Puts the patterns of wordings in an order, and tells the rarest ones. Most wordings have but one. */
  private ordered(oftenOf: (source: string) => number): Order & { readonly sources: readonly string[] } {
    const { wordings } = this;
    const order: number[] = [];
    const begins = new Int32Array(wordings.length + 1);
    const numbers = new Map<string, number>();
    /** For each wording the number of its rarest pattern, from 1. */
    const rarest = new Int32Array(wordings.length);
    for (const [place, { all }] of wordings.entries()) {
      const begin = order.length;
      for (let part = 0; part < all.length; part++) order.push(part);
      if (all.length > 1) {
        const often = all.map(oftenOf);
        const sorted = order.splice(begin).sort((one, other) => (often[one] as number) - (often[other] as number));
        order.push(...sorted);
      }
      begins[place + 1] = order.length;
      const source = all[order[begin] as number];
      if (source === undefined) continue;
      let number = numbers.get(source);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(source, number);
      }
      rarest[place] = number;
    }
    const firsts = new Int32Array(numbers.size + 1);
    for (const number of rarest) if (number > 0) firsts[number] = (firsts[number] as number) + 1;
    for (let number = 1; number < firsts.length; number++)
      firsts[number] = (firsts[number] as number) + (firsts[number - 1] as number);
    const places = new Int32Array(firsts[numbers.size] as number);
    const next = firsts.slice();
    for (const [place, number] of rarest.entries()) {
      if (number === 0) continue;
      const at = next[number - 1] as number;
      places[at] = place;
      next[number - 1] = at + 1;
    }
    return { order: Uint8Array.from(order), begins, places, firsts, sources: [...numbers.keys()] };
  }

  private search(): Search {
    this.tries += this.wordings.length;
    const wanted = this.prepared !== undefined || this.tries > triesForAnIndex;
    if (!this.known || (wanted && !this.known.index)) {
      const looking = wanted ? (this.prepared ?? this.looking()) : undefined;
      const { order, begins, places, firsts } = looking ?? this.ordered(() => 0);
      this.known = {
        order,
        begins,
        places,
        firsts,
        needsLetters: looking?.needsLetters ?? false,
        index: looking && new TriggerIndex(whole(looking.index)),
        programs: new Array<Program | undefined>(firsts.length).fill(undefined),
        trialOf: new Int32Array(firsts.length),
      };
    }
    return this.known;
  }

  /** Those that may have a wording in a text, in their order. */
  candidatesIn(text: Sifted): readonly Candidate<T>[] {
    if (this.wordings.length === 0) return none;
    const search = this.search();
    const standing = this.standingIn(search, text);
    if (standing.length === 0) return none;
    const found: Candidate<T>[] = [];
    let possible: Possible[] = [];
    let before = -1;
    for (const { place, trial } of standing.sort((a, b) => a.place - b.place)) {
      const owner = this.owners[place] as number;
      if (owner !== before) {
        possible = [];
        found.push({ of: this.all[owner] as T, possible });
        before = owner;
      }
      const { wording, others } = this.compiledAt(place, search);
      possible.push(new Possible(wording, trial, others));
    }
    return found;
  }

  private compiledAt(place: number, { order, begins }: Search): Compiled {
    const known = this.compiled[place];
    if (known) return known;
    const { all: sources, within } = this.wordings[place] as Wording;
    const all = sources.map(this.compiler.program);
    const begin = begins[place] as number;
    const others = Array.from(order.subarray(begin + 1, begin + all.length), (part) => all[part] as Program);
    const compiled = { wording: { all, within }, others };
    this.compiled[place] = compiled;
    return compiled;
  }

  /** A pattern that is the rarest of wordings. */
  private programOf(number: number, { programs, firsts, places, order, begins }: Search): Program {
    let program = programs[number];
    if (!program) {
      const place = places[firsts[number] as number] as number;
      const { all } = this.wordings[place] as Wording;
      program = this.compiler.program(all[order[begins[place] as number] as number] as string);
      programs[number] = program;
    }
    return program;
  }

  /** The wordings that may stand in a text, in any order. */
  private standingIn(search: Search, text: Sifted): Standing[] {
    const { index, firsts, places, trialOf, needsLetters } = search;
    const standing: Standing[] = [];
    if (needsLetters && text.isPlain) return standing;
    const take = (number: number, trial: Trial): void => {
      const end = firsts[number + 1] as number;
      for (let at = firsts[number] as number; at < end; at++) standing.push({ place: places[at] as number, trial });
    };
    if (!index) {
      for (let number = 0; number + 1 < firsts.length; number++) {
        const program = this.programOf(number, search);
        if (text.reading.holds(program)) take(number, new Trial(text, program, 0, text.reading.length - 1, undefined));
      }
      return standing;
    }
    if (text.isFolded) index.searchFolded(text.folded);
    else {
      const look = index.searchSource(text.source);
      if (look === looks.free) return standing;
      text.isPlain = look === looks.exact;
      if (!text.isPlain) index.searchFolded(text.folded);
    }
    if (!index.found) return standing;
    const count = index.tell(text.folded.units);
    const { candidates } = index;
    const trials: Trial[] = [];
    for (let at = 0; at < 3 * count; at += 3) {
      const number = candidates[at] as number;
      const others = trialOf[number] === 0 ? undefined : trials[(trialOf[number] as number) - 1];
      const program = this.programOf(number, search);
      trialOf[number] = trials.push(
        new Trial(text, program, candidates[at + 1] as number, candidates[at + 2] as number, others),
      );
    }
    for (let at = 0; at < 3 * count; at += 3) {
      const number = candidates[at] as number;
      const trial = trials[(trialOf[number] as number) - 1];
      if (trial) take(number, trial);
      trialOf[number] = 0;
    }
    return standing;
  }
}

const none: readonly never[] = [];

function needLetters(triggers: readonly (Triggers | undefined)[]): boolean {
  return triggers.every((each) => each?.all.every(({ text }) => /[a-z]/.test(text)) === true);
}

interface Search extends Order {
  readonly needsLetters: boolean;
  readonly index: TriggerIndex | undefined;
  /** Those patterns that have been met. */
  readonly programs: (Program | undefined)[];
  /** For each pattern which of the trials of the text at hand is the last one of it, from 1; 0 for none. */
  readonly trialOf: Int32Array;
}

/** A wording, and its patterns without the rarest. */
interface Compiled {
  readonly wording: CompiledWording;
  readonly others: readonly Program[];
}

/** A wording, by its place among all, and what tells whether it stands in a text. */
interface Standing {
  readonly place: number;
  readonly trial: Trial;
}
