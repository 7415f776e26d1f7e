import type { Span } from '../base/span.ts';
import { Beginnings, unknown } from './beginnings.ts';
import { openGate, passes, withRoom } from './gates.ts';
import { isLetter, longestMatch, longestNumber, opBits, ops, width } from './instructions.ts';
import { kinds } from './kinds.ts';
import { LexiconEnds } from './lexiconEnds.ts';
import { Match } from './match.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';
import type { Shared } from './shared.ts';
import { isSound } from './sounds.ts';
import { readsAlike, readsDigit, soundsAs, spokenEnds } from './spoken.ts';
import { stepFrom } from './tries.ts';

const { letter, digit, blank, clauseEnd, sentenceEnd } = kinds;

const noCaptures: ReadonlyMap<string, Span> = new Map();
const nothingPassed: readonly number[] = [];

/** Places of a text are told apart within this many, a power of two and more than the longest match. */
const places = 512;

/** So many alternatives are tried in one go before it is noted which failed: nearly all programs fail sooner. */
const patience = 64;

/** So many stamps are taken before all of them are wiped off; with what a text takes they remain small integers. */
const mostStamps = 2 ** 30;

/** The machine for programs that share what they need, ready to follow them through a text. */
export function machineFor(shared: Shared, reading: Reading): Machine {
  shared.machine ??= new Machine(shared);
  shared.machine.read(reading);
  return shared.machine;
}

/** Follows the programs of one set of lexicons through one text at a time. */
export class Machine {
  /** Where matches may begin in the text at hand. */
  readonly beginnings = new Beginnings();
  private readonly shared: Shared;
  private reading: Reading | undefined;
  /** Stamps grow and are never used twice, so that nothing has to be cleared. */
  private stamp = 1;
  /** The stamps of what is looked for at the moment; 0 as long as nothing was followed. */
  private stamps = 0;
  /** For each instruction at each place a stamp, if it was tried there: of a program, and of each lexicon inside another. */
  private readonly seen: Int32Array[] = [];
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
    if (this.reading === reading) return;
    this.reading = reading;
    this.beginnings.turn();
    this.lexicons.turn();
  }

  /** Where the first match of a program begins in the text; -1 for none. */
  firstOf(program: Program): number {
    const known = this.beginnings.answerOf(program.number);
    if (known !== unknown) return known;
    const { length } = this.reading as Reading;
    const found = this.first(program, 0, length - 1, length);
    this.beginnings.answer(program.number, found);
    return found;
  }

  /**
   * Where the first match begins, if that is between two offsets; -1 for none. What it is is told by `match`.
   *
   * @param to where the text ends
   * @param least where a match ends at the earliest
   */
  first(program: Program, from: number, last: number, to: number, least = 0): number {
    const { beginnings } = this;
    const stretch = (this.reading as Reading).stretchOf(program, beginnings);
    if (stretch === -1) return -1;
    if (stretch !== unknown && program.phraseLength > 0 && !(this.reading as Reading).hasSounds)
      return this.firstPhrase(stretch, program.phraseLength, from, last, to, least);
    const { start } = program;
    // What an earlier match remembered is no part of this one.
    for (let slot = 0; slot < this.slots.length; slot++) this.slots[slot] = -1;
    this.stamps = 0;
    if (stretch === unknown) return this.firstAmong(start, from, last, to, least);
    let next = from;
    for (let each = stretch; each >= 0; each = beginnings.behind(each)) {
      const end = Math.min(last, beginnings.lastOf(each));
      const found = this.firstAmong(start, Math.max(next, beginnings.fromOf(each)), end, to, least);
      if (found >= 0) return found;
      next = Math.max(next, end + 1);
    }
    return -1;
  }

  /** A phrase stands wherever it was told to. */
  private firstPhrase(stretch: number, length: number, from: number, last: number, to: number, least: number): number {
    const { beginnings } = this;
    for (let each = stretch; each >= 0; each = beginnings.behind(each)) {
      const place = beginnings.fromOf(each);
      const end = place + length;
      if (place > last) return -1;
      if (place < from || end > to || end < least) continue;
      this.end = end;
      this.passedCount = 0;
      return place;
    }
    return -1;
  }

  private firstAmong(start: number, from: number, last: number, to: number, least: number): number {
    const { units } = this.reading as Reading;
    const { code, gates } = this.shared;
    const { sets } = gates;
    const gate = code[start - 1] as number;
    for (let place = from; place <= last && place < to; place++) {
      if (!passes(sets, gate, units[place] as number)) continue;
      // What failed from one beginning is not tried again from the next.
      if (this.stamps === 0) this.stamps = this.takeStamps();
      if (this.follow(start, place, this.stamps, to, least, -1)) return place;
    }
    return -1;
  }

  /** What was found last. */
  match(start: number, names: readonly string[]): Match {
    let captures = noCaptures;
    if (names.length > 0) {
      const found = new Map<string, Span>();
      for (const [index, name] of names.entries()) {
        const [from = -1, to = -1] = [this.slots[2 * index], this.slots[2 * index + 1]];
        if (from >= 0 && to >= 0) found.set(name, { start: from, end: to });
      }
      captures = found;
    }
    const passed = this.passedCount === 0 ? nothingPassed : Array.from(this.passed.subarray(0, this.passedCount));
    return new Match(start, this.end, captures, passed);
  }

  /** As many as there are places in the text, and one more. */
  private takeStamps(): number {
    if (this.stamp > mostStamps) {
      this.stamp = 1;
      // A lexicon may have been followed before anything was noted of a program itself: then there is nothing yet of that.
      this.seen.forEach((each) => void each.fill(0));
    }
    const { stamp } = this;
    this.stamp += (this.reading as Reading).length + 1;
    return stamp;
  }

  /** Notes that an instruction is tried at a place; false if it was noted before. */
  private isNew(instruction: number, size: number, place: number, stamp: number): boolean {
    const mark = (place & (places - 1)) * size + instruction;
    let seen = this.seen[this.depth];
    if (!seen || mark >= seen.length) {
      const more = new Int32Array(Math.max(1024, size * Math.min(places, (this.reading as Reading).length + 1)));
      if (seen) more.set(seen);
      this.seen[this.depth] = more;
      seen = more;
    }
    if (seen[mark] === stamp + place) return false;
    seen[mark] = stamp + place;
    return true;
  }

  /**
   * Whether a program matches from a place on. Of a lexicon all ends are noted instead, in the order in which they are tried.
   *
   * @param lexicon how many lexicons it is inside, itself one of them; -1 for none
   */
  private follow(origin: number, start: number, stamp: number, to: number, least: number, lexicon: number): boolean {
    const { code, choices } = this.shared;
    const { sets } = this.shared.gates;
    const { rows } = this.shared.tries;
    const { units, kinds: kindsThere } = this.reading as Reading;
    const size = code[origin - 2] as number;
    const bottom = this.top;
    const ground = this.depth === 0 ? 0 : this.passedCount;
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
            (++effort > patience && !this.isNew((at - origin) / width, size, place, stamp))
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
            if (place > furthest || (++effort > patience && !this.isNew((at - origin) / width, size, place, stamp))) {
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
              (++effort > patience && !this.isNew((at - origin) / width, size, place, stamp))
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
          const list = this.optionsAt(told, place, to);
          const options = choices[list] as number;
          if (
            options === 0 ||
            (options > 1 &&
              (place > furthest || (++effort > patience && !this.isNew((at - origin) / width, size, place, stamp))))
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
    const { length } = this.reading as Reading;
    const instruction = code[start] as number;
    const isChoice = (instruction & (2 ** opBits - 1)) === ops.choice;
    // Most begin with a choice that has nothing for this unit.
    if (isChoice && choices[this.optionsAt(instruction >> opBits, place, length)] === 0)
      return this.lexicons.leaveOut(key);
    const depth = ++this.depth;
    this.lexicons.enter(depth);
    this.follow(start, place, this.takeStamps(), length, 0, depth);
    this.depth--;
    return this.lexicons.leave(depth, key);
  }

  /** The list of options of a choice that can go on at a place. */
  private optionsAt(choice: number, place: number, to: number): number {
    const { choices, tries } = this.shared;
    if (place >= to) return choices[choice + 1] as number;
    const unit = (this.reading as Reading).units[place] as number;
    if (isSound(unit)) return choices[choice + 2] as number;
    const step = stepFrom(tries.rows, choices[choice] as number, unit);
    return step === 0 ? (choices[choice + 1] as number) : (tries.rows[step] as number);
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
