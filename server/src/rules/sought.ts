import { whole } from '../base/bytes.ts';
import type { FoldedText } from '../matcher/fold.ts';
import { machineFor } from '../matcher/machine.ts';
import type { Program } from '../matcher/program.ts';
import type { Reading } from '../matcher/reading.ts';
import { looks } from '../matcher/stringSearch.ts';
import { type IndexTables, indexTablesOf, TriggerIndex } from '../matcher/triggerIndex.ts';
import type { Triggers } from '../matcher/triggers.ts';
import type { CompiledWording } from '../matcher/wordings.ts';

/** How wordings are looked for: by that pattern of each which stands in the fewest texts. */
export interface Looking {
  /** For one wording after the other its patterns, from the rarest to the commonest. */
  readonly order: Uint8Array;
  readonly index: IndexTables;
  /** Whether no text without Latin letters has one. */
  readonly needsLetters: boolean;
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

export interface Seekable {
  readonly match: readonly CompiledWording[];
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

/** An index is built when so many patterns were tried one by one: it costs about as much. */
export const triesForAnIndex = 20_000;

/** What has wordings to be looked for, and finds those of it that may stand in a text without asking each. */
export class Sought<T extends Seekable> {
  private readonly all: readonly T[];
  /** Each wording with its owner, in their order. */
  private readonly places: readonly { readonly owner: number; readonly wording: CompiledWording }[];
  private readonly prepared: Looking | undefined;
  private known: Search | undefined;
  private tries = 0;

  /** @param prepared how they are looked for, if that is known */
  constructor(all: readonly T[], prepared: Looking | undefined) {
    this.all = all;
    this.places = all.flatMap(({ match }, owner) => match.map((wording) => ({ owner, wording })));
    this.prepared = prepared;
  }

  looking(): Looking {
    return lookingFor(this.places.map(({ wording }) => wording));
  }

  private search(): Search {
    this.tries += this.places.length;
    const wanted = this.prepared !== undefined || this.tries > triesForAnIndex;
    if (!this.known || (wanted && !this.known.index)) {
      const wordings = this.places.map(({ wording }) => wording);
      this.known = searchFor(wordings, wanted ? (this.prepared ?? lookingFor(wordings)) : undefined);
    }
    return this.known;
  }

  /** Those that may have a wording in a text, in their order. */
  candidatesIn(text: Sifted): readonly Candidate<T>[] {
    if (this.places.length === 0) return none;
    const search = this.search();
    const standing = placesIn(search, text);
    if (standing.length === 0) return none;
    const found: Candidate<T>[] = [];
    let possible: Possible[] = [];
    let before = -1;
    for (const { place, trial } of standing.sort((a, b) => a.place - b.place)) {
      const { owner, wording } = this.places[place] as (typeof this.places)[0];
      if (owner !== before) {
        possible = [];
        found.push({ of: this.all[owner] as T, possible });
        before = owner;
      }
      possible.push(new Possible(wording, trial, search.others[place] as readonly Program[]));
    }
    return found;
  }
}

const none: readonly never[] = [];

/** Each is looked for by the pattern of it that stands in the fewest texts. */
function lookingFor(wordings: readonly CompiledWording[]): Looking {
  const known = new Map<Program, Triggers | undefined>();
  const triggersOf = (program: Program): Triggers | undefined => {
    if (!known.has(program)) known.set(program, program.triggers());
    return known.get(program);
  };
  const oftenOf = (program: Program | undefined): number => (program && triggersOf(program)?.often) ?? Number.MAX_VALUE;
  const order = Uint8Array.from(
    wordings.flatMap(({ all }) => [...all.keys()].sort((one, other) => oftenOf(all[one]) - oftenOf(all[other]))),
  );
  const triggers = Array.from(grouped(wordings, order).places.keys(), triggersOf);
  return { order, index: indexTablesOf(triggers), needsLetters: needLetters(triggers) };
}

function needLetters(triggers: readonly (Triggers | undefined)[]): boolean {
  return triggers.every((each) => each?.all.every(({ text }) => /[a-z]/.test(text)) === true);
}

interface Search {
  readonly needsLetters: boolean;
  readonly index: TriggerIndex | undefined;
  readonly programs: readonly Program[];
  /** The wordings that each of them is the rarest pattern of. */
  readonly places: readonly (readonly number[])[];
  /** The other patterns of each wording. */
  readonly others: readonly (readonly Program[])[];
  /** For each program what is to be tried in the text at hand. */
  readonly trials: (Trial | undefined)[];
}

/** @param looking without it patterns are tried one by one */
function searchFor(wordings: readonly CompiledWording[], looking: Looking | undefined): Search {
  const { places, others } = grouped(wordings, looking?.order);
  return {
    needsLetters: looking?.needsLetters ?? false,
    index: looking && new TriggerIndex(whole(looking.index)),
    programs: [...places.keys()],
    places: [...places.values()],
    others,
    trials: Array.from(places, () => undefined),
  };
}

/** The wordings by the first of their patterns in an order, and the other patterns of each. */
function grouped(
  wordings: readonly CompiledWording[],
  order: Uint8Array | undefined,
): { readonly places: ReadonlyMap<Program, readonly number[]>; readonly others: readonly (readonly Program[])[] } {
  const places = new Map<Program, number[]>();
  let next = 0;
  const others = wordings.map(({ all }, place) => {
    const parts = order ? Array.from(order.subarray(next, next + all.length), (part) => all[part] as Program) : all;
    next += all.length;
    const [first, ...rest] = parts;
    if (!first) return none;
    const known = places.get(first);
    if (known) known.push(place);
    else places.set(first, [place]);
    return rest.length === 0 ? none : rest;
  });
  return { places, others };
}

/** A wording, by its place among all, and what tells whether it stands in a text. */
interface Standing {
  readonly place: number;
  readonly trial: Trial;
}

/** The wordings that may stand in a text, in any order. */
function placesIn(search: Search, text: Sifted): Standing[] {
  const { index, programs, places, trials, needsLetters } = search;
  const standing: Standing[] = [];
  if (needsLetters && text.isPlain) return standing;
  const take = (number: number, trial: Trial): void => {
    for (const place of places[number] as readonly number[]) standing.push({ place, trial });
  };
  if (!index) {
    for (const [number, program] of programs.entries()) {
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
  for (let at = 0; at < 3 * count; at += 3) {
    const number = candidates[at] as number;
    const program = programs[number] as Program;
    trials[number] = new Trial(
      text,
      program,
      candidates[at + 1] as number,
      candidates[at + 2] as number,
      trials[number],
    );
  }
  for (let at = 0; at < 3 * count; at += 3) {
    const number = candidates[at] as number;
    const trial = trials[number];
    trials[number] = undefined;
    if (trial) take(number, trial);
  }
  return standing;
}
