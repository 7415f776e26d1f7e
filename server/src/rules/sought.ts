import { whole } from '../base/bytes.ts';
import { sortFirst } from '../base/sorted.ts';
import type { FoldedText } from '../matcher/fold.ts';
import { withRoom } from '../matcher/gates.ts';
import { type IndexTables, indexTablesOf } from '../matcher/indexTables.ts';
import type { Program } from '../matcher/program.ts';
import type { Reading } from '../matcher/reading.ts';
import { looks } from '../matcher/stringSearch.ts';
import { TriggerIndex } from '../matcher/triggerIndex.ts';
import type { Triggers } from '../matcher/triggers.ts';
import { type CompiledWording, type Found, standsWhere } from '../matcher/wordings.ts';
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
  readonly possible: readonly Compiled[];
}

/** A wording, and its patterns from the one that stands in the fewest texts to the one that stands in the most. */
interface Compiled {
  readonly wording: CompiledWording;
  readonly rarestFirst: readonly Program[];
}

/** Whether it has one. */
export function isThere({ possible }: Candidate<unknown>, reading: Reading): boolean {
  return possible.some((each) => stands(each, reading));
}

/** Whether one of its wordings stands in a place that passes a test. */
export function isWhere(
  { possible }: Candidate<unknown>,
  reading: Reading,
  passes: (found: Found) => boolean,
): boolean {
  for (const each of possible) {
    // A single pattern is looked for at once.
    if (each.rarestFirst.length > 1 && !stands(each, reading)) continue;
    if (standsWhere(each.wording, reading, passes)) return true;
  }
  return false;
}

/** Whether each of its patterns stands there. */
function stands({ rarestFirst }: Compiled, reading: Reading): boolean {
  return rarestFirst.every((each) => reading.holds(each));
}

/** What the patterns of a pack come to. */
export interface PatternCompiler {
  /** Each pattern is compiled once, however many rules and packs with these lexicons have it. */
  program(source: string): Program;
  /** What every match of one contains one of; nothing if it may contain anything. */
  triggers(source: string): Triggers | undefined;
}

/** An index is built when so many patterns were tried one by one in short texts: it costs about as much. */
const triesForAnIndex = 20_000;

/** Counts what is tried in texts, and tells when an index is worth its cost. */
export class Tries {
  private count = 0;

  /** @param length the characters of the text; to try a pattern in a long one takes as long as in many short ones */
  add(patterns: number, length: number): void {
    this.count += patterns * (1 + length / usualLength);
  }

  get areMany(): boolean {
    return this.count > triesForAnIndex;
  }
}

const usualLength = 50;

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
  /** What has one of its wordings in a text, and no other. */
  private readonly alone: (Candidate<T> | undefined)[];
  private known: Search | undefined;
  /** Wordings that may stand in the text at hand, by their places among all. */
  private standing: Int32Array<ArrayBuffer> = new Int32Array(64);
  private readonly tries = new Tries();

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
    this.alone = new Array<Candidate<T> | undefined>(wordings.length).fill(undefined);
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

  private search(length: number): Search {
    this.tries.add(this.wordings.length, length);
    const wanted = this.prepared !== undefined || this.tries.areMany;
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
        isMet: new Uint8Array(firsts.length),
      };
    }
    return this.known;
  }

  /** Those that may have a wording in a text, in their order. */
  candidatesIn(text: Sifted): readonly Candidate<T>[] {
    if (this.wordings.length === 0) return none;
    const search = this.search(text.source.length);
    const count = this.standingIn(search, text);
    if (count === 0) return none;
    const found: Candidate<T>[] = [];
    const { standing, owners } = this;
    sortFirst(standing, count);
    for (let from = 0, to = 0; from < count; from = to) {
      const owner = owners[standing[from] as number] as number;
      while (to < count && owners[standing[to] as number] === owner) to++;
      found.push(this.candidateOf(owner, from, to, search));
    }
    return found;
  }

  /** One of all with those wordings that stand between two places of `standing`; of a single one the answer is kept. */
  private candidateOf(owner: number, from: number, to: number, search: Search): Candidate<T> {
    const place = this.standing[from] as number;
    const known = to - from === 1 ? this.alone[place] : undefined;
    if (known) return known;
    // As long as it gets: one that grows takes room for many more.
    const possible = new Array<Compiled>(to - from);
    for (let at = from; at < to; at++) possible[at - from] = this.compiledAt(this.standing[at] as number, search);
    const candidate = { of: this.all[owner] as T, possible };
    if (to - from === 1) this.alone[place] = candidate;
    return candidate;
  }

  private compiledAt(place: number, { order, begins }: Search): Compiled {
    const known = this.compiled[place];
    if (known) return known;
    const { all: sources, within } = this.wordings[place] as Wording;
    const all = sources.map(this.compiler.program);
    const begin = begins[place] as number;
    const rarestFirst = Array.from(order.subarray(begin, begin + all.length), (part) => all[part] as Program);
    const compiled = { wording: { all, within }, rarestFirst };
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

  /** Finds the wordings that may stand in a text, in any order, and tells how many these are. */
  private standingIn(search: Search, text: Sifted): number {
    const { index, firsts, needsLetters, isMet } = search;
    if (needsLetters && text.isPlain) return 0;
    let count = 0;
    if (!index) {
      for (let number = 0; number + 1 < firsts.length; number++)
        if (text.reading.holds(this.programOf(number, search))) count = this.take(number, search, count);
      return count;
    }
    if (text.isFolded) index.searchFolded(text.folded);
    else {
      const look = index.searchSource(text.source);
      if (look === looks.free) return 0;
      text.isPlain = look === looks.exact;
      if (!text.isPlain) index.searchFolded(text.folded);
    }
    if (!index.found) return 0;
    const told = index.tell(text.folded);
    const { candidates } = index;
    const { reading } = text;
    // From the last one to the first: they are told in the order of the text.
    for (let at = 3 * (told - 1); at >= 0; at -= 3) {
      const number = candidates[at] as number;
      reading.tell(this.programOf(number, search), candidates[at + 1] as number, candidates[at + 2] as number);
      if (isMet[number] === 1) continue;
      isMet[number] = 1;
      count = this.take(number, search, count);
    }
    for (let at = 0; at < 3 * told; at += 3) isMet[candidates[at] as number] = 0;
    return count;
  }

  /** The wordings that a pattern is the rarest of. */
  private take(number: number, { firsts, places }: Search, count: number): number {
    const [begin, end] = [firsts[number] as number, firsts[number + 1] as number];
    const next = count + end - begin;
    this.standing = withRoom(this.standing, next);
    for (let at = begin; at < end; at++) this.standing[count + at - begin] = places[at] as number;
    return next;
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
  /** For each pattern whether it was met in the text at hand. */
  readonly isMet: Uint8Array;
}
