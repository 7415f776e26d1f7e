import type { FoldedText } from './fold.ts';
import { isSound, soundAlike, soundsLike, spokenLike } from './sounds.ts';
import { type SearchTables, StringSearch, searchTablesOf } from './stringSearch.ts';
import type { Triggers } from './triggers.ts';

/** Which of many patterns a text can match, as plain numbers that can be kept. */
export interface IndexTables {
  readonly search: SearchTables;
  /** The length of each string. */
  readonly lengths: Uint16Array;
  /** For each string where what it triggers begins in `triggered`, and where the last one ends. */
  readonly from: Int32Array;
  /** A pattern, and how many units before the string a match of it begins, at least and at most. */
  readonly triggered: Int32Array;
  /** Patterns that any text may match. */
  readonly always: Int32Array;
  /** Whether every string has a Latin letter in it. */
  readonly needsLetters: boolean;
  /** The strings, behind those that are searched for, that may be written with homophones. */
  readonly alike: readonly string[];
}

/** @param triggers of each pattern, by its number */
export function indexTablesOf(triggers: readonly (Triggers | undefined)[]): IndexTables {
  const numbers = new Map<string, number>();
  const triggered: number[][] = [];
  const always: number[] = [];
  const add = (kind: boolean): void => {
    for (const [pattern, each] of triggers.entries()) {
      for (const { text, from, to, alike } of each?.all ?? []) {
        if (alike !== kind) continue;
        const key = alike ? `~${text}` : text;
        const number = numbers.get(key) ?? triggered.push([]) - 1;
        numbers.set(key, number);
        triggered[number]?.push(pattern, from, to);
      }
    }
  };
  add(false);
  const strings = [...numbers.keys()];
  add(true);
  const alike = [...numbers.keys()].slice(strings.length).map((key) => key.slice(1));
  for (const [pattern, each] of triggers.entries()) if (!each) always.push(pattern);
  const from = new Int32Array(triggered.length + 1);
  for (const [number, each] of triggered.entries()) from[number + 1] = (from[number] as number) + each.length;
  return {
    search: searchTablesOf(strings),
    lengths: Uint16Array.from([...strings, ...alike], (string) => string.length),
    from,
    triggered: Int32Array.from(triggered.flat()),
    always: Int32Array.from(always),
    needsLetters: always.length === 0 && [...strings, ...alike].every((string) => /[a-z]/.test(string)),
    alike,
  };
}

/** Finds in one pass over a text where matches of many patterns can begin. */
export class TriggerIndex {
  private readonly tables: IndexTables;
  private readonly search: StringSearch;
  /** For the first unit of those strings that may be written with homophones, their numbers. */
  private readonly byFirst = new Map<number, number[]>();
  /** Patterns, and between which places a match of each may begin, in the text that was searched last. */
  candidates = new Int32Array(3 * 64);
  private told = 0;

  constructor(tables: IndexTables) {
    this.tables = tables;
    const { alike, lengths } = tables;
    const marked = new Set<number>();
    for (const [index, string] of alike.entries()) {
      const number = lengths.length - alike.length + index;
      for (const unit of spokenLike(string.charCodeAt(0))) {
        marked.add(unit);
        const all = this.byFirst.get(unit);
        if (all) all.push(number);
        else this.byFirst.set(unit, [number]);
      }
    }
    this.search = new StringSearch(tables.search, marked);
  }

  /** Whether nothing can match a text without Latin letters. */
  get needsLetters(): boolean {
    return this.tables.needsLetters;
  }

  /** Looks through a source; false if it has to be folded first. */
  searchSource(source: string): boolean {
    return this.search.searchSource(source);
  }

  searchFolded({ units, length, hasSounds }: FoldedText): void {
    if (hasSounds) this.search.searchSpoken(units, length);
    else this.search.search(units, length);
  }

  /** Whether something was found in the text that was searched last. */
  get found(): boolean {
    return this.search.count > 0 || this.search.marks.length > 0 || this.tables.always.length > 0;
  }

  /** How many candidates there are; a pattern may be told several times. */
  tell(text: FoldedText): number {
    const { hits, count, marks } = this.search;
    const { lengths, always } = this.tables;
    this.told = 0;
    for (const pattern of always) this.add(pattern, 0, text.length);
    for (let index = 0; index < 2 * count; index += 2) {
      const string = hits[index] as number;
      this.tellOf(string, (hits[index + 1] as number) + 1 - (lengths[string] as number));
    }
    for (const at of marks) {
      const unit = text.units[at] as number;
      for (const each of isSound(unit) ? spokenLike(unit) : [unit]) {
        for (const string of this.byFirst.get(each) ?? [])
          if (this.isSpokenAt(string, text, at)) this.tellOf(string, at);
      }
    }
    return this.told;
  }

  private tellOf(string: number, start: number): void {
    const { from, triggered } = this.tables;
    const end = from[string + 1] as number;
    for (let at = from[string] as number; at < end; at += 3) {
      const last = start - (triggered[at + 1] as number);
      if (last >= 0) this.add(triggered[at] as number, Math.max(0, start - (triggered[at + 2] as number)), last);
    }
  }

  private add(pattern: number, first: number, last: number): void {
    const at = 3 * this.told++;
    if (at === this.candidates.length) {
      const more = new Int32Array(2 * at);
      more.set(this.candidates);
      this.candidates = more;
    }
    this.candidates[at] = pattern;
    this.candidates[at + 1] = first;
    this.candidates[at + 2] = last;
  }

  private isSpokenAt(string: number, { units, length }: FoldedText, at: number): boolean {
    const { alike, lengths } = this.tables;
    const text = alike[string - (lengths.length - alike.length)] as string;
    if (at + text.length > length) return false;
    for (let index = 0; index < text.length; index++) {
      const wanted = text.charCodeAt(index);
      const unit = units[at + index] as number;
      if (wanted !== unit && !(isSound(unit) ? soundsLike(wanted, unit) : soundAlike(wanted, unit))) return false;
    }
    return true;
  }
}
