import { withRoom } from './gates.ts';

/**
 * Where lexicons end that begin at a place of the text at hand: the same for all programs that have one. What is told of one is a row
 * of numbers: how many follow, and for each end its place, how many units were passed over on the way, and which.
 */
export class LexiconEnds {
  rows: Int32Array = new Int32Array(1024);
  /** The first row has no ends. */
  private end = 1;
  /** Of what is known a text, the lexicon and its place in one number, and where its row begins; some room is left, and looked for from a place on. */
  private known = new Int32Array(cellSize * 512);
  private count = 0;
  /** The text at hand; texts are counted, so that nothing has to be cleared. */
  private text = 0;
  /** The row that is being written for each lexicon that was entered and not left, since one may have others in it. */
  private readonly open: Int32Array[] = [];

  /** Another text is at hand. */
  turn(): void {
    this.count = 0;
    this.end = 1;
    this.text = (this.text + 1) | 0;
    if (this.text > 0) return;
    this.known.fill(0);
    this.text = 1;
  }

  /** Where the row of a lexicon at a place begins; -1 if it is not known. */
  rowOf(key: number): number {
    const cell = this.cellOf(key);
    return this.known[cell] === this.text ? (this.known[cell + 2] as number) : -1;
  }

  /** The lexicon cannot even begin there: such rows are one. */
  leaveOut(key: number): number {
    this.know(key, 0);
    return 0;
  }

  /** Begins the row of a lexicon that has so many around it. */
  enter(depth: number): void {
    const row = this.open[depth];
    if (row) row[0] = 0;
    else this.open[depth] = new Int32Array(64);
  }

  /** Notes an end, and what was passed over, unless it ends there already with what comes first. */
  add(depth: number, place: number, passed: Int32Array, from: number, to: number): void {
    let row = this.open[depth] as Int32Array<ArrayBuffer>;
    const end = 1 + (row[0] as number);
    for (let index = 1; index < end; index += 2 + (row[index + 1] as number)) if (row[index] === place) return;
    row = withRoom(row, end + 2 + to - from);
    this.open[depth] = row;
    row[end] = place;
    row[end + 1] = to - from;
    for (let index = from; index < to; index++) row[end + 2 + index - from] = passed[index] as number;
    row[0] = end + 1 + to - from;
  }

  /** The row is written, and kept. */
  leave(depth: number, key: number): number {
    const row = this.open[depth] as Int32Array;
    const count = 1 + (row[0] as number);
    const begin = this.end;
    this.end += count;
    this.rows = withRoom(this.rows as Int32Array<ArrayBuffer>, this.end);
    for (let index = 0; index < count; index++) this.rows[begin + index] = row[index] as number;
    this.know(key, begin);
    return begin;
  }

  private know(key: number, row: number): void {
    if (2 * cellSize * ++this.count > this.known.length) this.widen();
    this.put(key, row);
  }

  private widen(): void {
    const old = this.known;
    this.known = new Int32Array(2 * old.length);
    for (let cell = 0; cell < old.length; cell += cellSize)
      if (old[cell] === this.text) this.put(old[cell + 1] as number, old[cell + 2] as number);
  }

  private put(key: number, row: number): void {
    const cell = this.cellOf(key);
    this.known[cell] = this.text;
    this.known[cell + 1] = key;
    this.known[cell + 2] = row;
  }

  /** Where it stands what is known of a lexicon at a place, or can stand. */
  private cellOf(key: number): number {
    const { known, text } = this;
    const mask = known.length - 1;
    // The last bits of a product hang on the last bits alone, and these are the lexicon's: as many of the first ones count as there are cells.
    let cell = cellSize * (Math.imul(key, 0x9e3779b1) >>> Math.clz32(known.length / cellSize - 1));
    while (known[cell] === text && known[cell + 1] !== key) cell = (cell + cellSize) & mask;
    return cell;
  }
}

/** A power of two. */
const cellSize = 4;
