import { isUtf8 } from 'node:buffer';
import type { Text } from '../../base/text.ts';
import { LineSplitter, lineFeed } from './lines.ts';
import { blankLine, type Chunk, type ChunkReader, type Lines, longestRecord, recordTooLong } from './record.ts';

/**
 * Cuts JSON Lines where lines end, and leaves reading them to whoever checks them. Every line is an utterance; an empty one is a
 * line that is wrong, except at the end. Holds no more than one line, and of a line that is too long nothing.
 */
export function jsonLinesReader(): ChunkReader {
  let held: Buffer[] = [];
  let length = 0;
  /** The number of the line that is held, and how many empty lines there are before it. */
  let next = 1;
  let blanks = 0;

  const hold = (bytes: Buffer): void => {
    length += bytes.length;
    if (length > longestRecord) held = [];
    else if (bytes.length > 0) held.push(bytes);
  };
  /** An empty line keeps its place in the output, so that line 7 of one is line 7 of the other. */
  const blanksFirst = function* (): Generator<Chunk> {
    for (; blanks > mostBlanks; blanks -= mostBlanks)
      yield { kind: 'lines', bytes: new Uint8Array(), first: next - blanks + mostBlanks, blanks: mostBlanks };
  };
  const tooLong = function* (): Generator<Chunk> {
    yield* blanksFirst();
    if (blanks > 0) yield { kind: 'lines', bytes: new Uint8Array(), first: next, blanks };
    yield { kind: 'rows', columns: [], records: [{ line: next, error: recordTooLong }] };
    next++;
    blanks = 0;
    held = [];
    length = 0;
  };
  /** What is held and these bytes behind it, all of them lines, of which the last may be without its end. */
  const lines = function* (bytes: Buffer): Generator<Chunk> {
    // A buffer of its own can go to another thread.
    const whole = Buffer.allocUnsafeSlow(length + bytes.length);
    let at = 0;
    for (const piece of [...held, bytes]) at += piece.copy(whole, at);
    held = [];
    length = 0;
    const said = saidIn(whole, next === 1);
    const found = whole.subarray(0, said);
    // Counted now: behind a `yield` the bytes may belong to another thread.
    const count = countOf(found);
    const after = countOf(whole.subarray(said));
    if (said > 0) {
      yield* blanksFirst();
      yield { kind: 'lines', bytes: found, first: next, blanks };
      blanks = 0;
    }
    next += count + after;
    blanks += after;
  };
  return {
    *read(bytes) {
      const first = bytes.indexOf(lineFeed);
      if (first < 0) {
        hold(bytes);
        return;
      }
      let rest = bytes;
      if (length + first > longestRecord) {
        yield* tooLong();
        rest = bytes.subarray(first + 1);
      }
      const end = rest.lastIndexOf(lineFeed) + 1;
      if (end > 0) yield* lines(rest.subarray(0, end));
      hold(rest.subarray(end));
    },
    *end() {
      if (length > longestRecord) yield* tooLong();
      else if (length > 0) yield* lines(Buffer.alloc(0));
    },
  };
}

/** As many empty lines are answered at once. */
const mostBlanks = 10_000;

/** Where the last line ends in which there is anything. */
function saidIn(lines: Buffer, atTheBeginning: boolean): number {
  let last = lines.length - 1;
  while (last >= 0 && blankBytes.has(lines[last] as number)) last--;
  // A byte-order mark says nothing either.
  if (last < 0 || (last === 2 && atTheBeginning && lines.readUIntBE(0, 3) === 0xefbbbf)) return 0;
  const end = lines.indexOf(lineFeed, last);
  return end < 0 ? lines.length : end + 1;
}

const blankBytes: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, lineFeed]);

/** How many lines end in these bytes. */
function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
}

/** Whoever takes the lines of a chunk, one after the other. */
export interface LineTaker {
  /** A line as a stretch of a longer text, without its end. */
  line(source: string, start: number, end: number, number: number): void;
  malformed(number: number, error: Text): void;
}

export function eachLine({ bytes, first, blanks }: Lines, taker: LineTaker): void {
  for (let number = first - blanks; number < first; number++) taker.malformed(number, blankLine);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // What is all text and all short is not looked at line by line to see that it is.
  if (buffer.length > longestRecord || !isUtf8(buffer)) {
    eachDoubtfulLine(buffer, first, taker);
    return;
  }
  const source = buffer.toString('utf8');
  let start = first === 1 && source.startsWith('\ufeff') ? 1 : 0;
  for (let number = first; start < source.length; number++) {
    const feed = source.indexOf('\n', start);
    const end = feed < 0 ? source.length : feed;
    taker.line(source, start, end, number);
    start = end + 1;
  }
}

function eachDoubtfulLine(bytes: Buffer, first: number, taker: LineTaker): void {
  const splitter = new LineSplitter(first);
  for (const found of [splitter.split(bytes), splitter.end()]) {
    for (const { number, text, error } of found) {
      if (error) taker.malformed(number, error);
      else taker.line(text, 0, text.length, number);
    }
  }
}
