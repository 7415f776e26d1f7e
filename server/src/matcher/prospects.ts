import { machineFor } from './machine.ts';
import type { Program } from './program.ts';
import type { Reading } from './reading.ts';
import type { Shared } from './shared.ts';
import type { TriggerIndex } from './triggerIndex.ts';

/**
 * Programs of one set of lexicons that are asked about one by one: the text is looked through when it is first asked about, and most
 * of them need not be followed.
 */
export class Prospects {
  private readonly index: TriggerIndex;
  private readonly shared: Shared | undefined;
  /** For each program of the lexicons, by its number, one more than its place among these; 0 for others. */
  private readonly places: Int32Array;
  private reading: Reading | undefined;
  /** For each program the text in which something was found, and the first of its candidates; each leads to the next. */
  private readonly seen: Int32Array;
  private readonly first: Int32Array;
  private next = new Int32Array(64);
  private text = 0;

  /** @param index of these programs, by their place among them */
  constructor(programs: readonly Program[], index: TriggerIndex) {
    this.index = index;
    this.shared = programs[0]?.shared;
    this.places = new Int32Array(programs.reduce((most, { number }) => Math.max(most, number + 1), 0));
    for (const [place, { number }] of programs.entries()) this.places[number] = place + 1;
    this.seen = new Int32Array(programs.length);
    this.first = new Int32Array(programs.length);
  }

  /** Whether a program matches a text somewhere; nothing if it is none of these. */
  holds(program: Program, reading: Reading): boolean | undefined {
    if (program.shared !== this.shared || !(this.places[program.number] as number)) return undefined;
    const number = (this.places[program.number] as number) - 1;
    if (this.reading !== reading) this.read(reading);
    if (this.seen[number] !== this.text) return false;
    const { candidates } = this.index;
    const machine = machineFor(program.shared, reading);
    for (let each = this.first[number] as number; each >= 0; each = this.next[each] as number) {
      const [from, last] = [candidates[3 * each + 1] as number, candidates[3 * each + 2] as number];
      if (machine.first(program.start, from, last, reading.length) >= 0) return true;
    }
    return false;
  }

  private read(reading: Reading): void {
    this.reading = reading;
    this.text++;
    this.index.searchFolded(reading);
    const count = this.index.tell(reading.units);
    if (count > this.next.length) this.next = new Int32Array(2 * count);
    const { candidates } = this.index;
    for (let each = count - 1; each >= 0; each--) {
      const number = candidates[3 * each] as number;
      this.next[each] = this.seen[number] === this.text ? (this.first[number] as number) : -1;
      this.seen[number] = this.text;
      this.first[number] = each;
    }
  }
}
