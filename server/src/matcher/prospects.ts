import { type Beginnings, unknown } from './beginnings.ts';
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
  /** Their numbers among the programs of the lexicons; and whether each program is one of these. */
  private readonly numbers: Int32Array;
  private readonly isHere: Uint8Array;
  /** The text that was looked through last. */
  private text = 0;

  /** @param index of these programs, by their place among them */
  constructor(programs: readonly Program[], index: TriggerIndex) {
    this.index = index;
    this.shared = programs[0]?.shared;
    this.numbers = Int32Array.from(programs, ({ number }) => number);
    this.isHere = new Uint8Array(this.numbers.reduce((most, number) => Math.max(most, number + 1), 0));
    for (const number of this.numbers) this.isHere[number] = 1;
  }

  has({ shared, number }: Program): boolean {
    return shared === this.shared && this.isHere[number] === 1;
  }

  /** The first stretch in which a match of one of the programs may begin; -1 for none. */
  stretchOf({ number }: Program, reading: Reading, beginnings: Beginnings): number {
    if (this.text === beginnings.text) return -1;
    this.text = beginnings.text;
    this.index.searchFolded(reading);
    const { numbers } = this;
    const count = this.index.tell(reading);
    const { candidates } = this.index;
    // From the last one to the first: they are told in the order of the text.
    for (let at = 3 * (count - 1); at >= 0; at -= 3)
      beginnings.tell(
        numbers[candidates[at] as number] as number,
        candidates[at + 1] as number,
        candidates[at + 2] as number,
      );
    const found = beginnings.firstOf(number);
    return found === unknown ? -1 : found;
  }
}
