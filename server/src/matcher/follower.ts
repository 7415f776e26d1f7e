import { Attempts } from './attempts.ts';
import { openGate, passes, withRoom } from './gates.ts';
import { isLetter, longestMatch, longestNumber, opBits, ops, width } from './instructions.ts';
import { kinds } from './kinds.ts';
import { LexiconEnds } from './lexiconEnds.ts';
import { capturesOf, Match } from './match.ts';
import type { Reading } from './reading.ts';
import type { Shared } from './shared.ts';
import { isSound } from './sounds.ts';
import { readsAlike, readsDigit, soundsAs, spokenEnds } from './spoken.ts';
import { stepFrom } from './tries.ts';

const { letter, digit, blank, clauseEnd, sentenceEnd } = kinds;

const nothingPassed: readonly number[] = [];

/** So many alternatives are tried in one go before it is noted which failed: nearly all programs fail sooner. */
const patience = 64;

/** Follows programs of one set of lexicons from one place of a text at a time, and tells what it came to. */
export class Follower {
  readonly attempts = new Attempts();
  private readonly shared: Shared;
  private reading: Reading | undefined;
  /** How many lexicons it is inside. */
  private depth = 0;
  /** What waits until the way at hand fails: an instruction, a place, how far a gap or a lexicon has come, and how much was passed. */
  private waiting = new Int32Array(1024);
  private top = 0;
  private passed = new Int32Array(1024);
  private slots: number[] = [];
  private end = 0;
  private passedCount = 0;
  private readonly lexicons = new LexiconEnds();

  constructor(shared: Shared) {
    this.shared = shared;
  }

  read(reading: Reading): void {
    this.reading = reading;
    this.lexicons.turn();
  }

  /** What an earlier match remembered is no part of the next one. */
  forget(): void {
    for (let slot = 0; slot < this.slots.length; slot++) this.slots[slot] = -1;
  }

  /** What stands there without anything being followed ends here. */
  endAt(place: number): void {
    this.end = place;
    this.passedCount = 0;
  }

  /** What was found last, from the place on where it began. */
  match(start: number, names: readonly string[]): Match {
    if (this.passedCount === 0) return new Match(start, this.end, capturesOf(names, this.slots), nothingPassed);
    const passed = new Array<number>(this.passedCount);
    for (let index = 0; index < passed.length; index++) passed[index] = this.passed[index] as number;
    return new Match(start, this.end, capturesOf(names, this.slots), passed);
  }

  /**
   * Whether a program matches from a place on. Of a lexicon all ends are noted instead, in the order in which they are tried.
   *
   * @param lexicon how many lexicons it is inside, itself one of them; -1 for none
   */
  follow(origin: number, start: number, stamp: number, to: number, least: number, lexicon: number): boolean {
    const { code, choices } = this.shared;
    const { sets } = this.shared.gates;
    const { rows } = this.shared.tries;
    const { units, kinds: kindsThere } = this.reading as Reading;
    const { attempts, depth } = this;
    const size = code[origin - 2] as number;
    const bottom = this.top;
    const ground = depth === 0 ? 0 : this.passedCount;
    const furthest = start + longestMatch;
    let at = origin;
    let place = start;
    let come = 0;
    let count = ground;
    let effort = 0;
    for (;;) {
      let fails = false;
      const instruction = code[at] as number;
      const told = instruction >> opBits;
      switch (instruction & 31) {
        case 0 satisfies typeof ops.match:
          fails = true;
          if (lexicon >= 0) this.lexicons.add(lexicon, place, this.passed, ground, count);
          else if (place >= least && place <= furthest) {
            this.end = place;
            this.passedCount = count;
            this.top = bottom;
            return true;
          }
          break;
        case 1 satisfies typeof ops.unit:
          if (place < to && (told === units[place] || soundsAs(told, units[place] as number))) {
            at += width;
            place++;
          } else fails = true;
          break;
        case 2 satisfies typeof ops.nextFirst:
        case 3 satisfies typeof ops.thereFirst: {
          const [first, second] = [code[at + 1] as number, code[at + 2] as number];
          const next = place < to ? passes(sets, first, units[place] as number) : first === openGate;
          const there = place < to ? passes(sets, second, units[place] as number) : second === openGate;
          if (!next || !there) {
            if (next) at += width;
            else if (there) at = origin + width * told;
            else fails = true;
          } else if (
            place > furthest ||
            (++effort > patience && !attempts.isNew(depth, (at - origin) / width, size, place, stamp))
          )
            fails = true;
          else if ((instruction & 31) === 2) {
            this.wait(origin + width * told, place, 0, count);
            at += width;
          } else {
            this.wait(at + width, place, 0, count);
            at = origin + width * told;
          }
          break;
        }
        case 4 satisfies typeof ops.jump:
          at = origin + width * told;
          break;
        case 5 satisfies typeof ops.boundary: {
          // Not inside a word, and not inside a number.
          const before = kindsThere[place] as number;
          if (before === kindsThere[place + 1] && (before === letter || before === digit)) fails = true;
          else at += width;
          break;
        }
        case 6 satisfies typeof ops.gap: {
          const gate = code[at + 1] as number;
          const max = (told >> 5) & 31;
          const barrier = told >> 10 === 1 ? sentenceEnd : clauseEnd;
          if (come === 0) {
            if (
              place > furthest ||
              (++effort > patience && !attempts.isNew(depth, (at - origin) / width, size, place, stamp))
            ) {
              fails = true;
              break;
            }
            for (const min = told & 31; come < min; come++) {
              if (place >= to || (kindsThere[place + 1] as number) >= barrier) break;
              count = this.pass(place++, count);
            }
            if (come < (told & 31)) {
              come = 0;
              fails = true;
              break;
            }
          } else count = this.pass(place - 1, count - 1);
          // Where what comes next cannot begin, the gap goes on at once.
          while (gate !== openGate && come < max && place < to && (kindsThere[place + 1] as number) < barrier) {
            if (passes(sets, gate, units[place] as number)) break;
            count = this.pass(place++, count);
            come++;
          }
          if (come < max && place < to && (kindsThere[place + 1] as number) < barrier)
            this.wait(at, place + 1, come + 1, count + 1);
          come = 0;
          at += width;
          break;
        }
        case 7 satisfies typeof ops.words: {
          if (place >= to || !passes(sets, code[at + 1] as number, units[place] as number)) {
            fails = true;
            break;
          }
          let node = told;
          let last = -1;
          for (let next = place; next < to; next++) {
            const unit = units[next] as number;
            const step = stepFrom(rows, node, unit);
            if (step === 0) {
              if (isSound(unit))
                last = this.longest(spokenEnds(rows, node, units, next, to, false), at + width, last, count);
              break;
            }
            const there = rows[step] as number;
            if ((there & 1) === 1) {
              if (last >= 0) this.wait(at + width, last, 0, count);
              last = next + 1;
            }
            node = there >> 1;
            if (node === 0) break;
          }
          if (last < 0) fails = true;
          else {
            place = last;
            at += width;
          }
          break;
        }
        case 8 satisfies typeof ops.lexicon: {
          if (come === 0) {
            if (
              place >= to ||
              !passes(sets, code[at + 1] as number, units[place] as number) ||
              place > furthest ||
              (++effort > patience && !attempts.isNew(depth, (at - origin) / width, size, place, stamp))
            ) {
              fails = true;
              break;
            }
            this.passedCount = count;
            const first = this.lexiconAt(told, place);
            const { rows: ends } = this.lexicons;
            // The first end is taken, and the others wait behind it in their order.
            const above = this.top;
            const end = first + 1 + (ends[first] as number);
            for (let index = first + 1; index < end; index += 2 + (ends[index + 1] as number)) {
              if ((ends[index] as number) > to) continue;
              if (come === 0) come = index;
              else this.wait(at, place, index, count);
            }
            if (come === 0) {
              fails = true;
              break;
            }
            if (this.top > above + 4) this.turn(above);
          }
          const { rows: ends } = this.lexicons;
          const passedEnd = come + 2 + (ends[come + 1] as number);
          for (let index = come + 2; index < passedEnd; index++) count = this.pass(ends[index] as number, count);
          place = ends[come] as number;
          come = 0;
          at += width;
          break;
        }
        case 9 satisfies typeof ops.number: {
          let last = -1;
          const most = Math.min(to, place + longestNumber);
          for (let next = place; next < most && readsDigit(units[next] as number); next++) {
            if (last >= 0) this.wait(at + width, last, 0, count);
            last = next + 1;
          }
          if (last < 0) fails = true;
          else {
            place = last;
            at += width;
          }
          break;
        }
        case 10 satisfies typeof ops.clauseStart:
          if ((kindsThere[place] as number) >= clauseEnd) at += width;
          else fails = true;
          break;
        case 11 satisfies typeof ops.clauseEnd:
          if ((kindsThere[place + 1] as number) >= clauseEnd) at += width;
          else fails = true;
          break;
        case 12 satisfies typeof ops.save:
          this.wait(-1 - told, this.slots[told] ?? -1, 0, count);
          this.slots[told] = place;
          at += width;
          break;
        case 13 satisfies typeof ops.any: {
          const kind = kindsThere[place + 1] as number;
          if (place < to && kind < clauseEnd && kind !== blank) {
            count = this.pass(place++, count);
            at += width;
          } else fails = true;
          break;
        }
        case 14 satisfies typeof ops.letter:
          if (place < to && isLetter(units[place] as number)) {
            place++;
            at += width;
          } else fails = true;
          break;
        case 15 satisfies typeof ops.alike:
          if (place < to && readsAlike(told, units[place] as number)) {
            place++;
            at += width;
          } else fails = true;
          break;
        case 16 satisfies typeof ops.wordsAlike: {
          const last =
            place < to && passes(sets, code[at + 1] as number, units[place] as number)
              ? this.longest(spokenEnds(rows, told, units, place, to, true), at + width, -1, count)
              : -1;
          if (last < 0) fails = true;
          else {
            place = last;
            at += width;
          }
          break;
        }
        case 18 satisfies typeof ops.choice: {
          if (place < to && !passes(sets, code[at + 1] as number, units[place] as number)) {
            fails = true;
            break;
          }
          const list = this.shared.optionsAt(told, place < to ? (units[place] as number) : undefined);
          const options = choices[list] as number;
          if (
            options === 0 ||
            (options > 1 &&
              (place > furthest ||
                (++effort > patience && !attempts.isNew(depth, (at - origin) / width, size, place, stamp))))
          ) {
            fails = true;
            break;
          }
          for (let option = options; option > 1; option--)
            this.wait(origin + width * (choices[list + option] as number), place, 0, count);
          at = origin + width * (choices[list + 1] as number);
          break;
        }
        default:
          fails = true;
      }
      if (!fails) continue;
      for (;;) {
        if (this.top === bottom) {
          this.passedCount = ground;
          return false;
        }
        this.top -= 4;
        at = this.waiting[this.top] as number;
        if (at >= 0) break;
        // What was remembered on the way that failed is forgotten.
        this.slots[-1 - at] = this.waiting[this.top + 1] as number;
      }
      place = this.waiting[this.top + 1] as number;
      come = this.waiting[this.top + 2] as number;
      count = this.waiting[this.top + 3] as number;
    }
  }

  private wait(at: number, place: number, come: number, count: number): void {
    const { top } = this;
    if (top + 4 > this.waiting.length) this.waiting = withRoom(this.waiting, top + 4);
    const { waiting } = this;
    waiting[top] = at;
    waiting[top + 1] = place;
    waiting[top + 2] = come;
    waiting[top + 3] = count;
    this.top = top + 4;
  }

  private pass(place: number, count: number): number {
    if (count === this.passed.length) this.passed = withRoom(this.passed, count + 1);
    this.passed[count] = place;
    return count + 1;
  }

  /** Turns what has been waiting above a place round, so that what came first is taken first. */
  private turn(above: number): void {
    const { waiting } = this;
    for (let low = above, high = this.top - 4; low < high; low += 4, high -= 4) {
      const other = waiting[low + 2] as number;
      // They differ in this alone.
      waiting[low + 2] = waiting[high + 2] as number;
      waiting[high + 2] = other;
    }
  }

  /** Where the row begins that tells how a lexicon matches at a place. */
  private lexiconAt(lexicon: number, place: number): number {
    const key = (place << 16) | lexicon;
    const known = this.lexicons.rowOf(key);
    if (known >= 0) return known;
    const { code, starts, choices } = this.shared;
    const start = starts[lexicon] as number;
    const { length, units } = this.reading as Reading;
    const instruction = code[start] as number;
    const isChoice = (instruction & (2 ** opBits - 1)) === ops.choice;
    // Most begin with a choice that has nothing for this unit.
    if (isChoice && choices[this.shared.optionsAt(instruction >> opBits, units[place])] === 0)
      return this.lexicons.leaveOut(key);
    const depth = ++this.depth;
    this.lexicons.enter(depth);
    this.follow(start, place, this.attempts.take(length), length, 0, depth);
    this.depth--;
    return this.lexicons.leave(depth, key);
  }

  /** The longest of the ends of a word where units of the text may stand for others; those before it wait, with the one before. */
  private longest(ends: readonly number[], at: number, before: number, count: number): number {
    let last = before;
    for (const end of ends) {
      if (last >= 0) this.wait(at, last, 0, count);
      last = end;
    }
    return last;
  }
}
