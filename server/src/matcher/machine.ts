import type { Span } from '../base/span.ts';
import { commonest } from './commonest.ts';
import { kinds } from './kinds.ts';
import {
  type Code,
  isDigit,
  isLetter,
  longestNumber,
  numerals,
  type ops,
  type Program,
  type Shared,
  width,
} from './program.ts';
import type { Reading } from './reading.ts';
import { isInitial, isSound, soundAlike, soundsLike, spokenLike } from './sounds.ts';

/** Where a pattern was found in folded text, and what it remembered. */
export interface Match extends Span {
  readonly captures: ReadonlyMap<string, Span>;
  /** The offsets that gaps passed over: what stands there is not the pattern's own. */
  readonly passed: readonly number[];
}

/**
 * Finds all matches between two offsets, from left to right and without overlap. At each place the alternatives are tried in
 * their order, and none that failed at a place is tried there again: the time grows with the length of the text times that of
 * the program, whatever the pattern.
 */
export function* run(program: Program, reading: Reading, from = 0, to = reading.length): Generator<Match> {
  let at = from;
  while (at < to) {
    const machine = machineFor(program, reading);
    const start = machine.first(program.code, at, to - 1, to);
    if (start < 0) return;
    const match = machine.match(start, program.names);
    const credible = !reading.hasSounds || isCredible(program, reading, match);
    if (credible) yield match;
    at = credible ? Math.max(match.end, start + 1) : start + 1;
  }
}

/** Whether a program matches from somewhere between two offsets. */
export function matchesFrom(program: Program, reading: Reading, first: number, last: number): boolean {
  return machineFor(program, reading).first(program.code, first, last, reading.length) >= 0;
}

/**
 * Whether a program can match from somewhere at or before a range to somewhere at or behind it. A match that is looked for
 * ends as soon as it can; here every way to read the pattern counts, wide gaps included.
 *
 * @param within the part of the text to stay in
 */
export function covers(program: Program, reading: Reading, span: Span, within: Span): boolean {
  return machineFor(program, reading).first(program.code, within.start, span.start, within.end, span.end) >= 0;
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

function machineFor({ shared }: Program, reading: Reading): Machine {
  let machine = machines.get(shared);
  if (!machine) {
    machine = new Machine(shared);
    machines.set(shared, machine);
  }
  machine.read(reading);
  return machine;
}

const { letter, digit, blank, clauseEnd, sentenceEnd } = kinds;

const machines = new WeakMap<Shared, Machine>();

const noCaptures: ReadonlyMap<string, Span> = new Map();
const nothingPassed: readonly number[] = [];

/** No sentence is longer, and what goes on further is given up: so no text makes a match look far behind itself. */
const longestMatch = 300;

/** Places of a text are told apart within this many, a power of two and more than the longest match. */
const places = 512;

/** What one program, or one lexicon in it, has tried. */
interface Level {
  /** For each instruction at each place a stamp, if it was tried there. */
  seen: Int32Array;
  /** Of a lexicon, where it can end: how many numbers these are, and for each end its place, how much was passed, and what. */
  ends: Int32Array;
}

/** Follows the programs of one set of lexicons through one text at a time. */
class Machine {
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
  /** For each lexicon at each place a stamp, and where in `ends` it is told how it matches there. */
  private known = new Int32Array(0);
  private lexicons = 0;
  private base = 0;
  /** How many numbers follow, and for each end its place, how much was passed on the way, and what. */
  private ends = new Int32Array(1024);
  private endsTop = 0;

  constructor(shared: Shared) {
    this.shared = shared;
  }

  read(reading: Reading): void {
    const lexicons = this.shared.codes.length;
    if (this.reading === reading && this.lexicons === lexicons) return;
    this.reading = reading;
    this.lexicons = lexicons;
    const size = 2 * Math.min(reading.length + 1, places) * lexicons;
    if (this.known.length < size) this.known = new Int32Array(2 * size);
    this.base = this.takeStamps(reading.length + 1);
    this.endsTop = 0;
  }

  /**
   * Where the first match begins, if that is between two offsets; -1 for none. What it is is told by `match`.
   *
   * @param to where the text ends
   * @param least where a match ends at the earliest
   */
  first(code: Code, from: number, last: number, to: number, least = 0): number {
    const { units } = this.reading as Reading;
    const { bits } = this.shared.guards;
    const { guard } = code;
    let stamp = 0;
    for (let start = from; start <= last && start < to; start++) {
      const unit = units[start] as number;
      if (guard >= 0 && ((bits[guard + ((unit >>> 5) & 15)] as number) & (1 << (unit & 31))) === 0 && !isSound(unit))
        continue;
      // What failed from one beginning is not tried again from the next.
      if (stamp === 0) stamp = this.begin(code);
      if (this.follow(code, start, stamp, to, least, false)) return start;
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
    return { start, end: this.end, captures, passed };
  }

  private takeStamps(count: number): number {
    if (this.stamp > 2 ** 30) {
      this.stamp = 1;
      this.known.fill(0);
      for (const { seen } of this.levels) seen.fill(0);
    }
    const stamp = this.stamp;
    this.stamp += count;
    return stamp;
  }

  /** A stamp for what is tried from now on. */
  private begin({ instructions }: Code): number {
    const { length } = this.reading as Reading;
    const size = (Math.min(length + 1, places) * instructions.length) / width;
    let level = this.levels[this.depth];
    if (!level) {
      level = { seen: new Int32Array(1024), ends: new Int32Array(64) };
      this.levels[this.depth] = level;
    }
    if (level.seen.length < size) level.seen = new Int32Array(2 * size);
    return this.takeStamps(length + 1);
  }

  /**
   * Whether a program matches from a place on. Of a lexicon all ends are gathered instead, in the order in which they are tried.
   */
  private follow(code: Code, start: number, stamp: number, to: number, least: number, all: boolean): boolean {
    const { instructions } = code;
    const size = instructions.length / width;
    const { seen } = this.levels[this.depth] as Level;
    const { units, kinds: kindsThere } = this.reading as Reading;
    const { tries } = this.shared;
    const { bits } = this.shared.guards;
    const bottom = this.top;
    const ground = this.depth === 0 ? 0 : this.passedCount;
    let at = 0;
    let place = start;
    let come = 0;
    let count = ground;
    for (;;) {
      let fails = false;
      switch (instructions[width * at]) {
        case 0 satisfies typeof ops.match:
          fails = true;
          if (all) this.gather(place, ground, count);
          else if (place >= least && place - start <= longestMatch) {
            this.end = place;
            this.passedCount = count;
            this.top = bottom;
            return true;
          }
          break;
        case 1 satisfies typeof ops.unit: {
          const wanted = instructions[width * at + 1] as number;
          if (place < to && (wanted === units[place] || soundsAs(wanted, units[place] as number))) {
            at++;
            place++;
          } else fails = true;
          break;
        }
        case 2 satisfies typeof ops.nextFirst:
        case 3 satisfies typeof ops.thereFirst: {
          const told = instructions[width * at + 1] as number;
          let next = instructions[width * at + 2] as number;
          let there = instructions[width * at + 3] as number;
          if (place >= to) {
            next = next < 0 ? 1 : 0;
            there = there < 0 ? 1 : 0;
          } else {
            const unit = units[place] as number;
            const [word, bit] = [(unit >>> 5) & 15, 1 << (unit & 31)];
            const sound = isSound(unit);
            next = next < 0 || sound ? 1 : (bits[next + word] as number) & bit;
            there = there < 0 || sound ? 1 : (bits[there + word] as number) & bit;
          }
          if (next === 0) {
            if (there === 0) fails = true;
            else at = told;
          } else if (there === 0) at++;
          else {
            const mark = (place & (places - 1)) * size + at;
            if (seen[mark] === stamp + place || place - start > longestMatch) fails = true;
            else {
              seen[mark] = stamp + place;
              if (instructions[width * at] === 2) {
                this.wait(told, place, 0, count);
                at++;
              } else {
                this.wait(at + 1, place, 0, count);
                at = told;
              }
            }
          }
          break;
        }
        case 4 satisfies typeof ops.jump:
          at = instructions[width * at + 1] as number;
          break;
        case 5 satisfies typeof ops.boundary: {
          // Not inside a word, and not inside a number.
          const before = kindsThere[place] as number;
          if (before === kindsThere[place + 1] && (before === letter || before === digit)) fails = true;
          else at++;
          break;
        }
        case 6 satisfies typeof ops.gap: {
          const told = instructions[width * at + 1] as number;
          const guard = instructions[width * at + 2] as number;
          const max = (told >> 5) & 31;
          const barrier = told >> 10 === 1 ? sentenceEnd : clauseEnd;
          if (come === 0) {
            const mark = (place & (places - 1)) * size + at;
            if (seen[mark] === stamp + place || place - start > longestMatch) {
              fails = true;
              break;
            }
            seen[mark] = stamp + place;
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
          while (guard >= 0 && come < max && place < to && (kindsThere[place + 1] as number) < barrier) {
            const unit = units[place] as number;
            if (((bits[guard + ((unit >>> 5) & 15)] as number) & (1 << (unit & 31))) !== 0 || isSound(unit)) break;
            count = this.pass(place++, count);
            come++;
          }
          if (come < max && place < to && (kindsThere[place + 1] as number) < barrier)
            this.wait(at, place + 1, come + 1, count + 1);
          come = 0;
          at++;
          break;
        }
        case 7 satisfies typeof ops.words: {
          let node = instructions[width * at + 1] as number;
          let last = -1;
          let next = place;
          for (; next < to; next++) {
            const unit = units[next] as number;
            const entry = tries.find(node, unit);
            if (entry < 0) {
              if (isSound(unit)) last = this.spokenEnds(at + 1, node, next, to, last, count, false);
              break;
            }
            node = tries.entries[entry + 2] as number;
            if (tries.entries[entry + 3] === 0) continue;
            if (last >= 0) this.wait(at + 1, last, 0, count);
            last = next + 1;
          }
          if (last < 0) fails = true;
          else {
            place = last;
            at++;
          }
          break;
        }
        case 8 satisfies typeof ops.lexicon: {
          if (come === 0) {
            const guard = instructions[width * at + 2] as number;
            const unit = units[place] as number;
            if (
              place >= to ||
              (guard >= 0 &&
                ((bits[guard + ((unit >>> 5) & 15)] as number) & (1 << (unit & 31))) === 0 &&
                !isSound(unit))
            ) {
              fails = true;
              break;
            }
            const mark = (place & (places - 1)) * size + at;
            if (seen[mark] === stamp + place || place - start > longestMatch) {
              fails = true;
              break;
            }
            seen[mark] = stamp + place;
            this.passedCount = count;
            const told = this.lexiconAt(instructions[width * at + 1] as number, place);
            // The first end is taken, and the others wait behind it in their order.
            const above = this.top;
            const end = told + 1 + (this.ends[told] as number);
            for (let index = told + 1; index < end; index += 2 + (this.ends[index + 1] as number)) {
              if ((this.ends[index] as number) > to) continue;
              if (come === 0) come = index;
              else this.wait(at, place, index, count);
            }
            this.turn(above);
            if (come === 0) {
              fails = true;
              break;
            }
          }
          const { ends } = this;
          const passedEnd = come + 2 + (ends[come + 1] as number);
          for (let index = come + 2; index < passedEnd; index++) count = this.pass(ends[index] as number, count);
          place = ends[come] as number;
          come = 0;
          at++;
          break;
        }
        case 9 satisfies typeof ops.number: {
          let last = -1;
          const most = Math.min(to, place + longestNumber);
          for (let next = place; next < most && readsDigit(units[next] as number); next++) {
            if (last >= 0) this.wait(at + 1, last, 0, count);
            last = next + 1;
          }
          if (last < 0) fails = true;
          else {
            place = last;
            at++;
          }
          break;
        }
        case 10 satisfies typeof ops.clauseStart:
          if ((kindsThere[place] as number) >= clauseEnd) at++;
          else fails = true;
          break;
        case 11 satisfies typeof ops.clauseEnd:
          if ((kindsThere[place + 1] as number) >= clauseEnd) at++;
          else fails = true;
          break;
        case 12 satisfies typeof ops.save: {
          const slot = instructions[width * at + 1] as number;
          this.wait(-1 - slot, this.slots[slot] ?? -1, 0, count);
          this.slots[slot] = place;
          at++;
          break;
        }
        case 13 satisfies typeof ops.any: {
          const kind = kindsThere[place + 1] as number;
          if (place < to && kind < clauseEnd && kind !== blank) {
            count = this.pass(place++, count);
            at++;
          } else fails = true;
          break;
        }
        case 14 satisfies typeof ops.letter:
          if (place < to && isLetter(units[place] as number)) {
            place++;
            at++;
          } else fails = true;
          break;
        case 15 satisfies typeof ops.alike:
          if (place < to && readsAlike(instructions[width * at + 1] as number, units[place] as number)) {
            place++;
            at++;
          } else fails = true;
          break;
        case 16 satisfies typeof ops.wordsAlike: {
          const last = this.spokenEnds(at + 1, instructions[width * at + 1] as number, place, to, -1, count, true);
          if (last < 0) fails = true;
          else {
            place = last;
            at++;
          }
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
    const index = 2 * ((place & (places - 1)) * this.lexicons + lexicon);
    if (this.known[index] === this.base + place) return this.known[index + 1] as number;
    const code = this.shared.codes[lexicon] as Code;
    this.depth++;
    const stamp = this.begin(code);
    const { ends } = this.levels[this.depth] as Level;
    ends[0] = 0;
    this.follow(code, place, stamp, (this.reading as Reading).length, 0, true);
    const found = (this.levels[this.depth] as Level).ends;
    this.depth--;
    const told = this.endsTop;
    const count = 1 + (found[0] as number);
    while (told + count > this.ends.length) this.ends = longer(this.ends);
    for (let each = 0; each < count; each++) this.ends[told + each] = found[each] as number;
    this.endsTop = told + count;
    this.known[index] = this.base + place;
    this.known[index + 1] = told;
    return told;
  }

  /** Notes that a lexicon can end at a place, unless it does so already with what comes first. */
  private gather(place: number, ground: number, count: number): void {
    const level = this.levels[this.depth] as Level;
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
    const { tries } = this.shared;
    const unit = (this.reading as Reading).units[place] as number;
    for (const each of alike || isSound(unit) ? spokenLike(unit) : [unit]) {
      const entry = tries.find(node, each);
      if (entry < 0) continue;
      if (tries.entries[entry + 3] === 1) ends.add(place + 1);
      this.speak(tries.entries[entry + 2] as number, place + 1, to, alike, ends);
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
