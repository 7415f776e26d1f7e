import { isUtf8 } from 'node:buffer';
import type { Text } from '../../base/text.ts';
import { longestRecord, notUtf8, recordTooLong } from './record.ts';

/** A physical line without its line feed, or why it has no text. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
  readonly error?: Text;
}

/** Splits bytes into lines. Holds no more than one line, and of a line that is too long nothing. */
export class LineSplitter {
  #held: Buffer[] = [];
  #length = 0;
  #number: number;

  /** @param first the number of the first line */
  constructor(first = 1) {
    this.#number = first - 1;
  }

  *split(bytes: Buffer): Generator<InputLine> {
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      this.#hold(bytes.subarray(start, end));
      yield this.#line();
      start = end + 1;
    }
    // The bytes belong to whoever reads; what is kept is a copy, so that a short rest does not keep a whole buffer.
    if (start < bytes.length) this.#hold(Buffer.from(bytes.subarray(start)));
  }

  /** The last line, where nothing ends it. */
  *end(): Generator<InputLine> {
    if (this.#length > 0) yield this.#line();
  }

  #hold(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > longestRecord) this.#held = [];
    else this.#held.push(piece);
  }

  #line(): InputLine {
    const number = ++this.#number;
    const [first, ...more] = this.#held;
    const bytes = more.length === 0 ? (first ?? Buffer.alloc(0)) : Buffer.concat(this.#held);
    const tooLong = this.#length > longestRecord;
    this.#held = [];
    this.#length = 0;
    if (tooLong) return { number, text: '', error: recordTooLong };
    if (!isUtf8(bytes)) return { number, text: '', error: notUtf8 };
    const text = bytes.toString('utf8');
    return { number, text: number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text };
  }
}

export const lineFeed = 0x0a;
