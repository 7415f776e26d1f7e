import { isBlank } from '../base/span.ts';
import { foldUnit, isHan, isPlainAt, shapeOf } from './fold.ts';
import type { SearchTables } from './searchTables.ts';
import { isSound, spokenLike } from './sounds.ts';

/** A state, while it is worked on, is the place of a cell of four numbers: what the tables have of it, with the places of others. */
const root = 4;

const space = 0x20;

/**
 * The longest step, and what a unit can be beside it: one that has to be looked at, one that folding may leave out, one for which a text
 * has to be folded, marked.
 */
const [mostStep, look, slight, fold, marked] = [0x3ffff, 0x100000, 0x200000, 0x400000, 0x800000];

/**
 * How a source was looked through: `exact`, unit for unit; `free`: it has to be folded, but nothing stands in it in any case; `unknown`:
 * it has to be folded, and looked through then.
 */
export const looks = { exact: 0, free: 1, unknown: 2 } as const;

/**
 * Finds the strings of an automaton in one pass, in a source that is folded on the way or in folded text. What was found stands in
 * `hits`, in the order of the ends: the number of the longest string that ends at a place, and the place of its last unit. A negative
 * number means that string and none shorter; else `shorter` tells the next one.
 */
export class StringSearch {
  hits = new Int32Array(256);
  count = 0;
  /** The places of marked units in the last text, in any order. */
  readonly marks: number[] = [];
  /** For each string that was found the number of the next shorter one that ends where it ends; 0 for none. */
  readonly shorter: Int32Array;
  /**
   * Of each state what the tables have of it, with the places of others. The last number is twice the longest string that ends there, one
   * more if it is the one that the state stands for, and is found out when somebody comes by: before, it is that string and one, negative.
   */
  private readonly cells: Int32Array;
  /** For each unit of folded text the step that it takes. */
  private readonly steps = new Int32Array(0x10000);
  /** The same for each unit of a source and one more, so that 0 is a unit that was never met. */
  private readonly sourceSteps = new Int32Array(0x10000);

  /** @param markedUnits units of folded text whose places are to be told as well */
  constructor({ bases, parents, fallbacks, strings, units }: SearchTables, markedUnits: Iterable<number> = []) {
    const cells = new Int32Array(4 * bases.length);
    let count = 0;
    for (let state = 1; state < bases.length; state++) {
      if (parents[state] === 0) continue;
      const string = strings[state] as number;
      if (string !== 0) count++;
      cells[4 * state] = 4 * (bases[state] as number);
      cells[4 * state + 1] = 4 * (parents[state] as number);
      cells[4 * state + 2] = 4 * (fallbacks[state] as number);
      cells[4 * state + 3] = state === root / 4 ? 0 : -1 - string;
    }
    this.cells = cells;
    this.shorter = new Int32Array(count + 1);
    for (let index = 0; index < units.length; index++) this.steps[units[index] as number] = 4 * (index + 1);
    for (const unit of markedUnits) this.steps[unit] = (this.steps[unit] as number) | marked;
  }

  /**
   * Looks through a source, and tells how. Where folding may leave units out they are passed over: what stands there if they are left out
   * is found then, and what stands there if they are not, since none of the strings has them, is found as well. So whatever may be found
   * at all is, and where nothing is, a text need not be folded.
   */
  searchSource(source: string): number {
    const { cells, sourceSteps } = this;
    this.count = 0;
    if (this.marks.length > 0) this.marks.length = 0;
    let state = root;
    let before = 0;
    let isTwice = false;
    let isExact = true;
    for (let at = 0; at < source.length; at++) {
      const unit = source.charCodeAt(at);
      let step = (sourceSteps[unit] as number) - 1;
      if (step >>> 0 > mostStep) {
        if (step < 0) step = this.learn(unit);
        if ((step & fold) !== 0) return looks.unknown;
        if ((step & slight) !== 0 || ((step & look) !== 0 && !(isExact && isPlainAt(source, at)))) {
          if ((step & (mostStep | marked)) !== 0) return looks.unknown;
          isExact = false;
          continue;
        }
        if ((step & marked) !== 0) this.marks.push(at);
        step &= mostStep;
      }
      if (unit !== before) {
        before = unit;
        isTwice = false;
      } else if (isTwice && isHan(unit)) return looks.unknown;
      else isTwice = true;
      if (step === 0) {
        state = root;
        continue;
      }
      let next = (cells[state] as number) + step;
      while (cells[next + 1] !== state) {
        if (state === root) {
          next = root;
          break;
        }
        state = cells[state + 2] as number;
        next = (cells[state] as number) + step;
      }
      state = next;
      let string = cells[state + 3] as number;
      if (string !== 0) {
        if (string < 0) string = this.ending(state);
        if (string !== 0) this.add(string >> 1, at);
      }
    }
    if (isExact) return looks.exact;
    return this.count === 0 && this.marks.length === 0 ? looks.free : looks.unknown;
  }

  /** Looks through folded text without sounds. */
  search(units: readonly number[]): void {
    const { cells, steps } = this;
    this.count = 0;
    if (this.marks.length > 0) this.marks.length = 0;
    let state = root;
    for (let at = 0; at < units.length; at++) {
      let step = steps[units[at] as number] as number;
      if (step > mostStep) {
        this.marks.push(at);
        step &= mostStep;
      }
      if (step === 0) {
        state = root;
        continue;
      }
      let next = (cells[state] as number) + step;
      while (cells[next + 1] !== state) {
        if (state === root) {
          next = root;
          break;
        }
        state = cells[state + 2] as number;
        next = (cells[state] as number) + step;
      }
      state = next;
      let string = cells[state + 3] as number;
      if (string !== 0) {
        if (string < 0) string = this.ending(state);
        if (string !== 0) this.add(string >> 1, at);
      }
    }
  }

  /** Looks through folded text in which sounds may stand for characters: from each place on, every way to read it. */
  searchSpoken(units: readonly number[]): void {
    this.count = 0;
    this.marks.length = 0;
    for (let at = 0; at < units.length; at++) {
      if (spokenLike(units[at] as number).some((unit) => (this.steps[unit] as number) > mostStep)) this.marks.push(at);
      this.goOn(units, at, root);
    }
  }

  private goOn(units: readonly number[], at: number, state: number): void {
    if (at === units.length) return;
    const unit = units[at] as number;
    const { cells, steps } = this;
    for (const each of isSound(unit) ? spokenLike(unit) : [unit]) {
      const step = (steps[each] as number) & mostStep;
      const next = (cells[state] as number) + step;
      if (step === 0 || cells[next + 1] !== state) continue;
      const known = cells[next + 3] as number;
      const string = known < 0 ? this.ending(next) : known;
      if ((string & 1) === 1) this.add(-(string >> 1), at);
      this.goOn(units, at + 1, next);
    }
  }

  /** What a state tells of strings, from now on. */
  private ending(state: number): number {
    const { cells } = this;
    const told = cells[state + 3] as number;
    if (told >= 0) return told;
    const shorter = this.ending(cells[state + 2] as number) & ~1;
    const string = -1 - told;
    if (string !== 0) this.shorter[string] = shorter >> 1;
    const found = string === 0 ? shorter : 2 * string + 1;
    cells[state + 3] = found;
    return found;
  }

  private add(string: number, last: number): void {
    if (2 * this.count === this.hits.length) {
      const more = new Int32Array(2 * this.hits.length);
      more.set(this.hits);
      this.hits = more;
    }
    this.hits[2 * this.count] = string;
    this.hits[2 * this.count + 1] = last;
    this.count++;
  }

  private learn(unit: number): number {
    const shape = shapeOf(unit);
    // Every blank that is left becomes the same one.
    const folded = isBlank(unit) ? space : foldUnit(unit);
    const kind = [0, look, slight, fold][shape] as number;
    const step = (this.steps[folded] as number) | kind;
    this.sourceSteps[unit] = step + 1;
    return step;
  }
}
