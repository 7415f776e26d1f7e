import type { Text } from '../../base/text.ts';

/** A row of a table, or why there is none; lines count from 1. */
export type InputRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly error: Text };

/** Some lines of one input, which are checked together. */
export type Chunk = Lines | Rows;

interface OfInput {
  /** How the input is called in messages; nothing for standard input. */
  readonly source?: string;
}

/** Whole lines as they stand in a file of JSON Lines; whoever checks them reads them. */
export interface Lines extends OfInput {
  readonly kind: 'lines';
  readonly bytes: Uint8Array;
  /** The number of the first of them. */
  readonly first: number;
  /** How many empty lines there are before it. */
  readonly blanks: number;
}

/** Lines that were read already: where a row ends, only its reader knows. */
export interface Rows extends OfInput {
  readonly kind: 'rows';
  /** What the cells of a row are. */
  readonly columns: readonly string[];
  readonly records: readonly InputRecord[];
}

/** Takes the bytes of one input piece by piece and gives back the lines that are complete. */
export interface ChunkReader {
  read(bytes: Buffer): Iterable<Chunk>;
  /** What is left when there are no more bytes. */
  end(): Iterable<Chunk>;
}

/** An input that cannot be read at all, or not any further. */
export class UnreadableInput extends Error {
  readonly text: Text;
  constructor(zh: string, en: string) {
    super(en);
    this.text = { zh, en };
  }
}

/** A longer line is not one utterance; without a limit a file without line ends would have to fit into memory. */
export const longestRecord = 1_000_000;

export const notUtf8: Text = {
  zh: '不是 UTF-8 编码（很可能是 GBK），没有检查。请先转换，例如 iconv -f GB18030 -t UTF-8。',
  en: 'Not UTF-8 (most likely GBK), so not checked. Convert it first, for instance with iconv -f GB18030 -t UTF-8.',
};

export const recordTooLong: Text = {
  zh: `超过 ${longestRecord} 字节，没有检查。`,
  en: `Longer than ${longestRecord} bytes, so not checked.`,
};

export const blankLine: Text = { zh: '空行。', en: 'An empty line.' };
