import { withRoom } from './gates.ts';

/** What is not known of a program. */
export const unknown = -2;

/**
 * Where matches of programs may begin in the text at hand, as far as it was told, and where the first match of each does begin, when that
 * was asked. Programs go by their numbers.
 */
export class Beginnings {
  /** Of each program a text and the first of its stretches there, and a text and where the first match begins there. */
  private cells = new Int32Array(4 * 256);
  /** Of each stretch its first and its last place, and the one behind it. */
  private stretches = new Int32Array(3 * 128);
  private end = 0;
  /** The text at hand; texts are counted, so that nothing has to be cleared. */
  text = 1;

  /** Another text is at hand, of which nothing is known. */
  turn(): void {
    this.end = 0;
    this.text = (this.text + 1) | 0;
    if (this.text > 0) return;
    this.cells.fill(0);
    this.text = 1;
  }

  /** Matches may begin between these places, both included; whoever tells of a program tells of all that it has. */
  tell(program: number, first: number, last: number): void {
    this.cells = withRoom(this.cells, 4 * program + 4);
    this.stretches = withRoom(this.stretches, this.end + 3);
    const { cells, stretches, end, text } = this;
    const cell = 4 * program;
    const known = cells[cell] === text ? (cells[cell + 1] as number) : -1;
    cells[cell] = text;
    stretches[end] = first;
    stretches[end + 1] = last;
    this.end += 3;
    if (known < 0 || (stretches[known] as number) >= first) {
      stretches[end + 2] = known;
      cells[cell + 1] = end;
      return;
    }
    // They are told nearly in the order of the text, from its end to its beginning.
    let before = known;
    for (;;) {
      const next = stretches[before + 2] as number;
      if (next < 0 || (stretches[next] as number) >= first) break;
      before = next;
    }
    stretches[end + 2] = stretches[before + 2] as number;
    stretches[before + 2] = end;
  }

  /** The first stretch of a program, in the order in which they begin; `unknown` if nobody has told. */
  firstOf(program: number): number {
    const { cells } = this;
    return cells[4 * program] === this.text ? (cells[4 * program + 1] as number) : unknown;
  }

  /** The stretch behind another; -1 for none. */
  behind(stretch: number): number {
    return this.stretches[stretch + 2] as number;
  }

  fromOf(stretch: number): number {
    return this.stretches[stretch] as number;
  }

  lastOf(stretch: number): number {
    return this.stretches[stretch + 1] as number;
  }

  /** Where the first match of a program begins; -1 if it has none, `unknown` if nobody has asked. */
  answerOf(program: number): number {
    const { cells } = this;
    return cells[4 * program + 2] === this.text ? (cells[4 * program + 3] as number) : unknown;
  }

  answer(program: number, place: number): void {
    this.cells = withRoom(this.cells, 4 * program + 4);
    this.cells[4 * program + 2] = this.text;
    this.cells[4 * program + 3] = place;
  }
}
