import type { Span } from '../base/span.ts';
import { commonest } from './commonest.ts';
import { openGate, passes, withRoom } from './gates.ts';
import { isDigit, isLetter, longestNumber, numerals, opBits, type ops, width } from './instructions.ts';
import { kinds } from './kinds.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';
import type { Shared } from './shared.ts';
import { isInitial, isSound, soundAlike, soundsLike, spokenLike } from './sounds.ts';
import { stepFrom } from './tries.ts';

/** Where a pattern was found in folded text, and what it remembered. */
export interface Match extends Span {
  readonly captures: ReadonlyMap<string, Span>;
  /** The offsets that gaps passed over: what stands there is not the pattern's own. */
  readonly passed: readonly number[];
}

/**
 * Finds all matches between two offsets, from left to right and without overlap. At each place the alternatives are tried in
 * their order, and none that failed at a place is tried there for ever again: the time grows with the length of the text times
 * that of the program, whatever the pattern.
 */
export function* run(program: Program, reading: Reading, from = 0, to = reading.length): Generator<Match> {
  let at = from;
  while (at < to) {
    const machine = machineFor(program.shared, reading);
    const start = machine.first(program.start, at, to - 1, to);
    if (start < 0) return;
    const match = machine.match(start, program.names);
    const credible = !reading.hasSounds || isCredible(program, reading, match);
    if (credible) yield match;
    at = credible ? Math.max(match.end, start + 1) : start + 1;
  }
}

/**
 * Whether a program can match from somewhere at or before a range to somewhere at or behind it. A match that is looked for
 * ends as soon as it can; here every way to read the pattern counts, wide gaps included.
 *
 * @param within the part of the text to stay in
 */
export function covers({ shared, start }: Program, reading: Reading, span: Span, within: Span): boolean {
  return machineFor(shared, reading).first(start, within.start, span.start, within.end, span.end) >= 0;
}

/**
 * Sounds alone are too little: a single syllable can mean anything, and a letter needs two characters beside it, one of
 * them next to it and with a meaning of its own (`h名单`, but not `G的卡`).
 */
function isCredible({ letters: named }: Program, { units }: Reading, { start, end, passed }: Match): boolean {
  let [solid, letters] = [0, 0];
  let sounds = false;
  const bears = (at: number): boolean => {
    const unit = units[at] as number;
    return at >= start && at < end && !passed.includes(at) && !isInitial(unit) && !commonest.has(unit);
  };
  for (let at = start; at < end; at++) {
    const unit = units[at] as number;
    if (passed.includes(at)) continue;
    sounds ||= isSound(unit);
    if (!isInitial(unit) || named.has(unit)) solid++;
    else if (bears(at - 1) || bears(at + 1)) letters++;
    else return false;
  }
  return !sounds || (solid >= 2 * letters && solid + letters >= 2);
}

/** The machine for programs that share what they need, ready to follow them through a text. */
export function machineFor(shared: Shared, reading: Reading): Machine {
  shared.machine ??= new Machine(shared);
  shared.machine.read(reading);
  return shared.machine;
}

const { letter, digit, blank, clauseEnd, sentenceEnd } = kinds;

const noCaptures: ReadonlyMap<string, Span> = new Map();
const nothingPassed: readonly number[] = [];

/** No sentence is longer, and what goes on further is given up: so no text makes a match look far behind itself. */
const longestMatch = 300;

/** Places of a text are told apart within this many, a power of two and more than the longest match. */
const places = 512;

/** So many alternatives are tried in one go before it is noted which failed: nearly all programs fail sooner. */
const patience = 64;

/** So many stamps are taken before all of them are wiped off; with what a text takes they remain small integers. */
const mostStamps = 2 ** 30;

/** What one program, or one lexicon in it, has tried. */
interface Level {
  /** For each instruction at each place a stamp, if it was tried there. */
  seen: Int32Array;
  /** Of a lexicon, where it can end: how many numbers these are, and for each end its place, how much was passed, and what. */
  ends: Int32Array;
}

/** Follows the programs of one set of lexicons through one text at a time. */
export class Machine {
  private readonly shared: Shared;
  private reading: Reading | undefined;
  /** Stamps grow and are never used twice, so that nothing has to be cleared. */
  private stamp = 1;
  private readonly levels: Level[] = [];
  private depth = 0;
  /** What waits until the way at hand fails: an instruction, a place, how far a gap or a lexicon has come, and how much was passed. */
  private waiting = new Int32Array(1024);
  private top = 0;
  private passed = new Int32Array(1024);
  private slots: number[] = [];
  private end = 0;
  private passedCount = 0;
  /** What is known of lexicons: of each a stamp, the lexicon and its place in one number, and where in `ends` it is told. */
  private known = new Int32Array(4 * 512);
  private knownCount = 0;
  private base = 0;
  /** How many numbers follow, and for each end its place, how much was passed on the way, and what. */
  private ends = new Int32Array(1024);
  private endsTop = 0;
  /** For each program a stamp, and whether it matches the text somewhere. */
  private answers = new Int32Array(2 * 64);

  constructor(shared: Shared) {
    this.shared = shared;
  }

  read(reading: Reading): void {
    if (this.reading === reading) return;
    this.reading = reading;
    this.base = this.takeStamps(1);
    this.knownCount = 0;
    this.endsTop = 0;
  }

  /**
   * Where the first match begins, if that is between two offsets; -1 for none. What it is is told by `match`.
   *
   * @param start where the program begins
   * @param to where the text ends
   * @param least where a match ends at the earliest
   */
  first(start: number, from: number, last: number, to: number, least = 0): number {
    const { units } = this.reading as Reading;
    const { code, gates } = this.shared;
    const { sets } = gates;
    const gate = code[start - 1] as number;
    // What an earlier match remembered is no part of this one.
    for (let slot = 0; slot < this.slots.length; slot++) this.slots[slot] = -1;
    let stamp = 0;
    for (let place = from; place <= last && place < to; place++) {
      if (!passes(sets, gate, units[place] as number)) continue;
      // What failed from one beginning is not tried again from the next.
      if (stamp === 0) stamp = this.takeStamps((this.reading as Reading).length + 1);
      if (this.follow(start, place, stamp, to, least, false)) return place;
    }
    return -1;
  }

  /** What was answered about a program before. */
  answerOf({ number }: Program): boolean | undefined {
    return this.answers[2 * number] === this.base ? this.answers[2 * number + 1] === 1 : undefined;
  }

  answer({ number }: Program, matches: boolean): void {
    this.answers = withRoom(this.answers, 2 * number + 2);
    this.answers[2 * number] = this.base;
    this.answers[2 * number + 1] = matches ? 1 : 0;
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
    return { start, end: this.end, captures, passed };
  }

  private takeStamps(count: number): number {
    if (this.stamp > mostStamps) {
      this.stamp = 1;
      this.known.fill(0);
      this.answers.fill(0);
      // A lexicon may have been followed before anything was noted of a program itself: then there is no first level yet.
      this.levels.forEach(({ seen }) => void seen.fill(0));
      // What is known of the text at hand from now on is told by a stamp that comes once, as any.
      this.base = this.stamp++;
    }
    const stamp = this.stamp;
    this.stamp += count;
    return stamp;
  }

  private get level(): Level {
    let level = this.levels[this.depth];
    if (!level) {
      level = { seen: new Int32Array(1024), ends: new Int32Array(64) };
      this.levels[this.depth] = level;
    }
    return level;
  }

  /** Notes that an instruction is tried at a place; false if it was noted before. */
  private isNew(instruction: number, size: number, place: number, stamp: number): boolean {
    const { level } = this;
    const mark = (place & (places - 1)) * size + instruction;
    if (mark >= level.seen.length) {
      const more = new Int32Array(size * Math.min(places, (this.reading as Reading).length + 1));
      more.set(level.seen);
      level.seen = more;
    }
    if (level.seen[mark] === stamp + place) return false;
    level.seen[mark] = stamp + place;
    return true;
  }

  /**
   * Whether a program matches from a place on. Of a lexicon all ends are gathered instead, in the order in which they are tried.
   */
  private follow(origin: number, start: number, stamp: number, to: number, least: number, all: boolean): boolean {
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
          if (all) this.gather(place, ground, count);
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
              if (isSound(unit)) last = this.spokenEnds(at + width, node, next, to, last, count, false);
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
            // The first end is taken, and the others wait behind it in their order.
            const above = this.top;
            const end = first + 1 + (this.ends[first] as number);
            for (let index = first + 1; index < end; index += 2 + (this.ends[index + 1] as number)) {
              if ((this.ends[index] as number) > to) continue;
              if (come === 0) come = index;
              else this.wait(at, place, index, count);
            }
            if (come === 0) {
              fails = true;
              break;
            }
            if (this.top > above + 4) this.turn(above);
          }
          const { ends } = this;
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
              ? this.spokenEnds(at + width, told, place, to, -1, count, true)
              : -1;
          if (last < 0) fails = true;
          else {
            place = last;
            at += width;
          }
          break;
        }
        case 18 satisfies typeof ops.choice: {
          let list = choices[told + 1] as number;
          if (place < to) {
            if (!passes(sets, code[at + 1] as number, units[place] as number)) {
              fails = true;
              break;
            }
            const unit = units[place] as number;
            if (isSound(unit)) list = choices[told + 2] as number;
            else {
              const step = stepFrom(rows, choices[told] as number, unit);
              if (step !== 0) list = rows[step] as number;
            }
          }
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
    if (top + 4 > this.waiting.length) this.waiting = longer(this.waiting);
    const { waiting } = this;
    waiting[top] = at;
    waiting[top + 1] = place;
    waiting[top + 2] = come;
    waiting[top + 3] = count;
    this.top = top + 4;
  }

  private pass(place: number, count: number): number {
    if (count === this.passed.length) this.passed = longer(this.passed);
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

  /** Where it is told how a lexicon matches at a place; that is the same for all programs that have it. */
  private lexiconAt(lexicon: number, place: number): number {
    const key = (place << 16) | lexicon;
    const slot = this.slotOf(key);
    if (this.known[slot] === this.base) return this.known[slot + 2] as number;
    const told = this.gathered(this.shared.starts[lexicon] as number, place);
    this.know(key, told);
    return told;
  }

  /** Where it stands what is known of a lexicon at a place, or can stand. */
  private slotOf(key: number): number {
    const { known, base } = this;
    const mask = known.length - 1;
    // The last bits of a product hang on the last bits alone, and these are the lexicon's.
    let slot = (4 * (Math.imul(key, 0x9e3779b1) >>> 16)) & mask;
    while (known[slot] === base && known[slot + 1] !== key) slot = (slot + 4) & mask;
    return slot;
  }

  private know(key: number, told: number): void {
    if (8 * ++this.knownCount > this.known.length) {
      const old = this.known;
      this.known = new Int32Array(2 * old.length);
      for (let slot = 0; slot < old.length; slot += 4)
        if (old[slot] === this.base) this.put(old[slot + 1] as number, old[slot + 2] as number);
    }
    this.put(key, told);
  }

  private put(key: number, told: number): void {
    const slot = this.slotOf(key);
    this.known[slot] = this.base;
    this.known[slot + 1] = key;
    this.known[slot + 2] = told;
  }

  private gathered(start: number, place: number): number {
    const { length, units } = this.reading as Reading;
    this.depth++;
    const { level } = this;
    level.ends[0] = 0;
    const { code, gates } = this.shared;
    const { sets } = gates;
    if (passes(sets, code[start - 1] as number, units[place] as number))
      this.follow(start, place, this.takeStamps(length + 1), length, 0, true);
    this.depth--;
    const count = 1 + (level.ends[0] as number);
    while (this.endsTop + count > this.ends.length) this.ends = longer(this.ends);
    for (let index = 0; index < count; index++) this.ends[this.endsTop + index] = level.ends[index] as number;
    this.endsTop += count;
    return this.endsTop - count;
  }

  /** Notes that a lexicon can end at a place, unless it does so already with what comes first. */
  private gather(place: number, ground: number, count: number): void {
    const { level } = this;
    const end = 1 + (level.ends[0] as number);
    for (let index = 1; index < end; index += 2 + (level.ends[index + 1] as number))
      if (level.ends[index] === place) return;
    while (end + 2 + count - ground > level.ends.length) level.ends = longer(level.ends);
    const { ends } = level;
    ends[end] = place;
    ends[end + 1] = count - ground;
    for (let index = ground; index < count; index++) ends[end + 2 + index - ground] = this.passed[index] as number;
    ends[0] = end + 1 + count - ground;
  }

  /** The longest end of a word from a node on where units of the text may stand for others; those before it wait, with the one before. */
  private spokenEnds(
    at: number,
    node: number,
    place: number,
    to: number,
    before: number,
    count: number,
    alike: boolean,
  ): number {
    const ends = new Set<number>();
    this.speak(node, place, to, alike, ends);
    let last = before;
    for (const end of [...ends].sort((one, other) => one - other)) {
      if (last >= 0) this.wait(at, last, 0, count);
      last = end;
    }
    return last;
  }

  private speak(node: number, place: number, to: number, alike: boolean, ends: Set<number>): void {
    if (place >= to) return;
    const { rows } = this.shared.tries;
    const unit = (this.reading as Reading).units[place] as number;
    for (const each of alike || isSound(unit) ? spokenLike(unit) : [unit]) {
      const step = stepFrom(rows, node, each);
      if (step === 0) continue;
      const there = rows[step] as number;
      if ((there & 1) === 1) ends.add(place + 1);
      if (there > 1) this.speak(there >> 1, place + 1, to, alike, ends);
    }
  }
}

function longer(array: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * array.length);
  more.set(array);
  return more;
}

function soundsAs(wanted: number, unit: number): boolean {
  return isSound(unit) && soundsLike(wanted, unit);
}

function readsAlike(wanted: number, unit: number): boolean {
  return wanted === unit || (isSound(unit) ? soundsLike(wanted, unit) : soundAlike(wanted, unit));
}

function readsDigit(unit: number): boolean {
  return isDigit(unit) || (isSound(unit) && numerals.some((numeral) => soundsLike(numeral, unit)));
}
