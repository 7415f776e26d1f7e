import { withRoom } from './gates.ts';

/** Places of a text are told apart within this many, a power of two and more than the longest match. */
const places = 512;

/** So many stamps are taken before all of them are wiped off; with what a text takes they remain small integers. */
const mostStamps = 2 ** 30;

/** What was tried where and failed. Stamps grow and are never used twice, so that nothing has to be cleared. */
export class Attempts {
  private stamp = 1;
  /** For each instruction at each place a stamp, if it was tried there: of a program, and of each lexicon inside another. */
  private readonly seen: Int32Array<ArrayBuffer>[] = [];

  /** Stamps for something that was never tried: as many as a text has places, and one more. */
  take(length: number): number {
    if (this.stamp > mostStamps) {
      this.stamp = 1;
      // A lexicon may have been followed before anything was noted of a program itself: then there is nothing yet of that.
      this.seen.forEach((each) => void each.fill(0));
    }
    const { stamp } = this;
    this.stamp += length + 1;
    return stamp;
  }

  /**
   * Notes that an instruction is tried at a place; false if it was noted before.
   *
   * @param size how many instructions there are
   */
  isNew(depth: number, instruction: number, size: number, place: number, stamp: number): boolean {
    const mark = (place & (places - 1)) * size + instruction;
    const seen = withRoom(this.seen[depth] ?? nothing, mark + 1);
    this.seen[depth] = seen;
    if (seen[mark] === stamp + place) return false;
    seen[mark] = stamp + place;
    return true;
  }
}

const nothing = new Int32Array(0);
