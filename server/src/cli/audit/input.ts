import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import type { InputFormat } from '../options.ts';
import { delimitedReader } from './delimited.ts';
import { jsonLinesReader } from './jsonLines.ts';
import { type Chunk, type ChunkReader, UnreadableInput } from './record.ts';

/** Where utterances come from. */
export interface Input {
  /** A path, or `-` for standard input. */
  readonly path: string;
  /** How it is called in messages; nothing for standard input without a name. */
  readonly source?: string;
  readonly format?: InputFormat;
}

/** How a file is written, by its ending. */
export function formatNamed(name: string): InputFormat | undefined {
  switch (extname(name).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
    case '.json':
      return 'jsonl';
    case '.csv':
      return 'csv';
    case '.tsv':
    case '.tab':
      return 'tsv';
    default:
      return undefined;
  }
}

export function openInput({ path }: Input): Readable {
  return path === '-' ? process.stdin : createReadStream(path, { highWaterMark: pieceOfFile });
}

/** In bytes: large enough that handing it to another thread costs next to nothing. */
const pieceOfFile = 1 << 18;

/**
 * The lines of an input, as many at once as one read from it completes: who follows a growing file has every line when it
 * is there. Throws `UnreadableInput`, and what the system says.
 */
export async function* readChunks(stream: Readable, { source, format }: Input): AsyncGenerator<Chunk> {
  for await (const chunk of chunksOf(stream, format)) yield source === undefined ? chunk : { ...chunk, source };
}

async function* chunksOf(stream: Readable, format: InputFormat | undefined): AsyncGenerator<Chunk> {
  let reader: ChunkReader | undefined;
  let begun: Buffer = Buffer.alloc(0);
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    if (reader) {
      yield* reader.read(bytes);
      continue;
    }
    begun = Buffer.concat([begun, bytes]);
    if (!begun.includes('\n') && begun.length < enoughToTell) continue;
    reader = readerOf(begun, format);
    yield* reader.read(begun);
    begun = Buffer.alloc(0);
  }
  if (!reader) {
    reader = readerOf(begun, format);
    yield* reader.read(begun);
  }
  yield* reader.end();
}

const enoughToTell = 65_536;

function readerOf(begun: Buffer, format: InputFormat | undefined): ChunkReader {
  refuse(begun);
  switch (format ?? sniff(begun)) {
    case 'jsonl':
      return jsonLinesReader();
    case 'csv':
      return delimitedReader(',');
    case 'tsv':
      return delimitedReader('\t');
  }
}

/** JSON Lines begin with a brace; of tables, those with a tab in their header are TSV. */
function sniff(begun: Buffer): InputFormat {
  const text = begun.toString('utf8').replace(/^\ufeff?\s*/, '');
  if (text === '' || /^[{[]/.test(text)) return 'jsonl';
  return /^[^\n]*\t/.test(text) ? 'tsv' : 'csv';
}

/** Files that are no text, by how they begin. */
function refuse(begun: Buffer): void {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, index) => begun[index] === byte);
  if (begins(0x1f, 0x8b))
    throw new UnreadableInput(
      '是 gzip 压缩文件，请先解压，例如 zcat。',
      'It is compressed; unpack it first, for instance with zcat.',
    );
  if (begins(0x50, 0x4b, 0x03, 0x04))
    throw new UnreadableInput(
      '是 Excel 工作簿或 ZIP 文件，请另存为“CSV UTF-8”。',
      'It is an Excel workbook or a ZIP file; save it as “CSV UTF-8”.',
    );
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff))
    throw new UnreadableInput('是 UTF-16 编码，请另存为 UTF-8。', 'It is UTF-16; save it as UTF-8.');
}
