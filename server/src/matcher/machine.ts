import { Beginnings, unknown } from './beginnings.ts';
import { Follower } from './follower.ts';
import { passes } from './gates.ts';
import type { Match } from './match.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';
import type { Shared } from './shared.ts';

/** The machine for programs that share what they need, ready to follow them through a text. */
export function machineFor(shared: Shared, reading: Reading): Machine {
  shared.machine ??= new Machine(shared);
  shared.machine.read(reading);
  return shared.machine;
}

/** Finds where the programs of one set of lexicons match, in one text at a time. */
export class Machine {
  /** Where matches may begin in the text at hand. */
  readonly beginnings = new Beginnings();
  private readonly shared: Shared;
  private readonly follower: Follower;
  private reading: Reading | undefined;
  /** The stamps of what is looked for at the moment; 0 as long as nothing was followed. */
  private stamps = 0;

  constructor(shared: Shared) {
    this.shared = shared;
    this.follower = new Follower(shared);
  }

  read(reading: Reading): void {
    if (this.reading === reading) return;
    this.reading = reading;
    this.beginnings.turn();
    this.follower.read(reading);
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
    this.follower.forget();
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
      this.follower.endAt(end);
      return place;
    }
    return -1;
  }

  private firstAmong(start: number, from: number, last: number, to: number, least: number): number {
    const { units } = this.reading as Reading;
    const { code, gates } = this.shared;
    const { sets } = gates;
    const { follower } = this;
    const gate = code[start - 1] as number;
    for (let place = from; place <= last && place < to; place++) {
      if (!passes(sets, gate, units[place] as number)) continue;
      // What failed from one beginning is not tried again from the next.
      if (this.stamps === 0) this.stamps = follower.attempts.take((this.reading as Reading).length);
      if (follower.follow(start, place, this.stamps, to, least, -1)) return place;
    }
    return -1;
  }

  /** What was found last, from the place on where it begins. */
  match(start: number, names: readonly string[]): Match {
    return this.follower.match(start, names);
  }
}
