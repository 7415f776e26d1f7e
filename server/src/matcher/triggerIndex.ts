import type { FoldedText } from './fold.ts';
import { openGate, passes, withRoom } from './gates.ts';
import { endless, far, type IndexTables, tellingSize } from './indexTables.ts';
import { isSound, soundAlike, soundsLike, spokenLike } from './sounds.ts';
import { looks, StringSearch } from './stringSearch.ts';

/** Finds in one pass over a text where matches of many patterns can begin. */
export class TriggerIndex {
  private readonly tables: IndexTables;
  private readonly search: StringSearch;
  /** For a unit of a text those strings, by their place in `alike`, that it can be the first of. */
  private readonly byFirst = new Map<number, number[]>();
  /** Patterns, and between which places a match of each may begin, in the text that was searched last. */
  candidates = new Int32Array(3 * 64);
  private told = 0;
  /** For each company the classes of its strings, as bits. */
  private readonly companies: Int32Array;
  private readonly companySize: number;
  /** Of the text that was searched last the strings that trigger something, and where each begins. */
  private strings = new Int32Array(128);
  /** The classes of the strings that stand there, and where these begin, in that order. */
  private met = new Int32Array(128);
  private metCount = 0;

  constructor(tables: IndexTables) {
    this.tables = tables;
    const { companies, rowSize } = bitsOf(tables.companies);
    this.companies = companies;
    this.companySize = rowSize;
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
  tell(text: Pick<FoldedText, 'units' | 'length'>): number {
    const { hits, count, marks } = this.search;
    const { always, lengths, classes, begins } = this.tables;
    const { shorter } = this.search;
    this.told = 0;
    for (const pattern of always) this.add(pattern, 0, text.length);
    let found = 0;
    this.metCount = 0;
    for (let index = 0; index < 2 * count; index += 2) {
      const hit = hits[index] as number;
      const behind = (hits[index + 1] as number) + 1;
      for (let each = hit < 0 ? -hit : hit; each > 0; each = shorter[each] as number) {
        const start = behind - (lengths[each] as number);
        const kind = classes[each] as number;
        if (kind !== 0) this.meet(kind, start);
        if (begins[each] !== begins[each + 1]) {
          this.strings = withRoom(this.strings, 2 * found + 2);
          this.strings[2 * found] = each;
          this.strings[2 * found++ + 1] = start;
        }
        if (hit < 0) break;
      }
    }
    // Only now is it known what stands beside each.
    for (let index = 0; index < found; index++)
      this.tellOf(this.strings[2 * index] as number, this.strings[2 * index + 1] as number, text);
    for (const at of marks) this.tellAlike(text, at);
    return this.told;
  }

  private tellOf(string: number, start: number, text: Pick<FoldedText, 'units' | 'length'>): void {
    const { begins, triggers, tellings, sets } = this.tables;
    const end = begins[string + 1] as number;
    for (let index = begins[string] as number; index < end; index++) {
      const at = tellingSize * (triggers[index] as number);
      const places = tellings[at + 1] as number;
      const last = start - (places & endless);
      if (last < 0) continue;
      const gate = tellings[at + 2] as number;
      if (gate !== openGate) {
        const { units } = text;
        const within = tellings[at + 3] as number;
        let witness = Math.max(0, start + (within & 255) - 128);
        const furthest = Math.min(units.length - 1, start + (within >> 8) - 128);
        while (witness <= furthest && !passes(sets, gate, units[witness] as number)) witness++;
        if (witness > furthest) continue;
      }
      const company = tellings[at + 4] as number;
      if (company !== 0 && !this.isMet(company, start, tellings[at + 5] as number)) continue;
      this.add(tellings[at] as number, Math.max(0, start - (places >> 10)), last);
    }
  }

  /** Notes what stands where, in the order of the text; strings are found nearly in it, since they are short. */
  private meet(kind: number, start: number): void {
    this.met = withRoom(this.met, 2 * this.metCount + 2);
    const { met } = this;
    let index = 2 * this.metCount++;
    for (; index > 0 && (met[index - 1] as number) > start; index -= 2) {
      met[index] = met[index - 2] as number;
      met[index + 1] = met[index - 1] as number;
    }
    met[index] = kind;
    met[index + 1] = start;
  }

  /** Whether one of a company stands within its reach of a place: nothing beyond it is looked at, however much the text holds. */
  private isMet(company: number, start: number, within: number): boolean {
    const from = start + (within & 32_767) - far;
    const to = start + (within >> 15) - far;
    const { met, metCount, companies, companySize } = this;
    const row = company * companySize;
    for (let index = 2 * this.firstMet(from); index < 2 * metCount; index += 2) {
      if ((met[index + 1] as number) > to) return false;
      const kind = met[index] as number;
      if ((((companies[row + (kind >> 5)] as number) >>> (kind & 31)) & 1) === 1) return true;
    }
    return false;
  }

  /** How many of those that were met stand before a place. */
  private firstMet(from: number): number {
    let [low, high] = [0, this.metCount];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.met[2 * middle + 1] as number) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private tellAlike(text: Pick<FoldedText, 'units' | 'length'>, at: number): void {
    const { units } = text;
    const unit = units[at] as number;
    const { alike, lengths } = this.tables;
    const before = lengths.length - alike.length;
    for (const each of isSound(unit) ? spokenLike(unit) : [unit]) {
      for (const index of this.byFirst.get(each) ?? [])
        if (this.isSpokenAt(index, units, at)) this.tellOf(before + index, at, text);
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

/** A row of bits for each company, from 1: the classes that it is. */
function bitsOf(packed: Int32Array): { readonly companies: Int32Array; readonly rowSize: number } {
  let [most, count] = [0, 1];
  for (let at = 0; at < packed.length; at += 1 + (packed[at] as number), count++) {
    for (const kind of packed.subarray(at + 1, at + 1 + (packed[at] as number))) most = Math.max(most, kind);
  }
  const rowSize = (most >> 5) + 1;
  const companies = new Int32Array(count * rowSize);
  for (let at = 0, row = rowSize; at < packed.length; at += 1 + (packed[at] as number), row += rowSize) {
    for (const kind of packed.subarray(at + 1, at + 1 + (packed[at] as number)))
      companies[row + (kind >> 5)] = (companies[row + (kind >> 5)] as number) | (1 << (kind & 31));
  }
  return { companies, rowSize };
}
