import type { FoldedText } from './fold.ts';
import { Gates, openGate, passes } from './gates.ts';
import { isSound, soundAlike, soundsLike, spokenLike } from './sounds.ts';
import { looks, type SearchTables, StringSearch, searchTablesOf } from './stringSearch.ts';
import type { Trigger, Triggers } from './triggers.ts';

/** Which of many patterns a text can match, as plain numbers that can be kept. */
export interface IndexTables {
  readonly search: SearchTables;
  /**
   * A row for each string; its number is where that begins: the number of the next shorter string that ends where it ends, how long
   * it is, how many patterns it triggers, and of each of them four numbers, see `entryOf`.
   */
  readonly rows: Int32Array;
  /** The sets of gates. */
  readonly sets: Int32Array;
  /** Patterns that any text may match. */
  readonly always: Int32Array;
  /** The strings that may be written with homophones, and their numbers. */
  readonly alike: readonly string[];
  readonly alikeNumbers: Int32Array;
}

const [rowHead, entryWidth] = [3, 4];

/** Numbers of ten bits are as good as endless: no match is as long. */
const endless = 1023;

/**
 * A pattern, how many units before the string a match of it begins (at least and at most), and its witness: a gate and from where to
 * where a unit has to stand that passes it, counted from the beginning of the string.
 */
function entryOf(pattern: number, { from, to, witness }: Trigger, gates: Gates): readonly number[] {
  const places = Math.min(from, endless) | (Math.min(to, endless) << 10);
  if (!witness) return [pattern, places, openGate, 0];
  return [pattern, places, gates.gateOf(witness.units), (witness.from + 128) | ((witness.to + 128) << 8)];
}

/** @param triggers of each pattern, by its number */
export function indexTablesOf(triggers: readonly (Triggers | undefined)[]): IndexTables {
  const gates = new Gates();
  const plain = new Map<string, number[]>();
  const spoken = new Map<string, number[]>();
  const always: number[] = [];
  for (const [pattern, each] of triggers.entries()) {
    if (!each) always.push(pattern);
    for (const trigger of each?.all ?? []) {
      const strings = trigger.alike ? spoken : plain;
      const entries = strings.get(trigger.text) ?? [];
      strings.set(trigger.text, entries);
      entries.push(...entryOf(pattern, trigger, gates));
    }
  }
  const rows: number[] = [0];
  const numberOf = (string: string, entries: readonly number[]): number => {
    const number = rows.push(0, string.length, entries.length / entryWidth) - rowHead;
    for (const each of entries) rows.push(each);
    return number;
  };
  const strings = [...plain.keys()];
  const alike = [...spoken.keys()];
  const numbers = Int32Array.from(plain, ([string, entries]) => numberOf(string, entries));
  const alikeNumbers = Int32Array.from(spoken, ([string, entries]) => numberOf(string, entries));
  const search = searchTablesOf(strings, numbers, (string, shorter) => {
    rows[numbers[string] as number] = shorter;
  });
  return {
    search,
    rows: Int32Array.from(rows),
    sets: gates.packed(),
    always: Int32Array.from(always),
    alike,
    alikeNumbers,
  };
}

/** Finds in one pass over a text where matches of many patterns can begin. */
export class TriggerIndex {
  private readonly tables: IndexTables;
  private readonly search: StringSearch;
  /** For a unit of a text those strings, by their place in `alike`, that it can be the first of. */
  private readonly byFirst = new Map<number, number[]>();
  /** Patterns, and between which places a match of each may begin, in the text that was searched last. */
  candidates = new Int32Array(3 * 64);
  private told = 0;

  constructor(tables: IndexTables) {
    this.tables = tables;
    for (const [index, string] of tables.alike.entries()) {
      for (const unit of spokenLike(string.charCodeAt(0))) {
        const all = this.byFirst.get(unit);
        if (all) all.push(index);
        else this.byFirst.set(unit, [index]);
      }
    }
    this.search = new StringSearch(tables.search, this.byFirst.keys());
  }

  /** Looks through a source, and tells how; see `looks`. */
  searchSource(source: string): number {
    const look = this.search.searchSource(source);
    return look === looks.free && this.tables.always.length > 0 ? looks.unknown : look;
  }

  searchFolded({ units, hasSounds }: Pick<FoldedText, 'units' | 'hasSounds'>): void {
    if (hasSounds) this.search.searchSpoken(units);
    else this.search.search(units);
  }

  /** Whether something was found in the text that was searched last. */
  get found(): boolean {
    return this.search.count > 0 || this.search.marks.length > 0 || this.tables.always.length > 0;
  }

  /** How many candidates there are; a pattern may be told several times. */
  tell(units: readonly number[]): number {
    const { hits, count, marks } = this.search;
    const { always, rows } = this.tables;
    this.told = 0;
    for (const pattern of always) this.add(pattern, 0, units.length);
    for (let index = 0; index < 2 * count; index += 2) {
      const number = hits[index] as number;
      const last = hits[index + 1] as number;
      if (number < 0) this.tellOf(-number, last + 1 - (rows[1 - number] as number), units);
      for (let each = number; each > 0; each = rows[each] as number)
        this.tellOf(each, last + 1 - (rows[each + 1] as number), units);
    }
    for (const at of marks) this.tellAlike(units, at);
    return this.told;
  }

  private tellOf(string: number, start: number, units: readonly number[]): void {
    const { rows, sets } = this.tables;
    const begin = string + rowHead;
    const end = begin + entryWidth * (rows[string + 2] as number);
    for (let at = begin; at < end; at += entryWidth) {
      const places = rows[at + 1] as number;
      const last = start - (places & endless);
      if (last < 0) continue;
      const gate = rows[at + 2] as number;
      if (gate !== openGate) {
        const within = rows[at + 3] as number;
        let witness = Math.max(0, start + (within & 255) - 128);
        const furthest = Math.min(units.length - 1, start + (within >> 8) - 128);
        while (witness <= furthest && !passes(sets, gate, units[witness] as number)) witness++;
        if (witness > furthest) continue;
      }
      this.add(rows[at] as number, Math.max(0, start - (places >> 10)), last);
    }
  }

  private tellAlike(units: readonly number[], at: number): void {
    const unit = units[at] as number;
    const { alikeNumbers } = this.tables;
    for (const each of isSound(unit) ? spokenLike(unit) : [unit]) {
      for (const index of this.byFirst.get(each) ?? [])
        if (this.isSpokenAt(index, units, at)) this.tellOf(alikeNumbers[index] as number, at, units);
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

  private isSpokenAt(index: number, units: readonly number[], at: number): boolean {
    const text = this.tables.alike[index] as string;
    if (at + text.length > units.length) return false;
    for (let index = 0; index < text.length; index++) {
      const wanted = text.charCodeAt(index);
      const unit = units[at + index] as number;
      if (wanted !== unit && !(isSound(unit) ? soundsLike(wanted, unit) : soundAlike(wanted, unit))) return false;
    }
    return true;
  }
}
