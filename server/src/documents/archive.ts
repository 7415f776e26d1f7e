import { Inflate, unzipSync, zipSync } from 'fflate';
import { UnreadableDocument } from './unreadable.ts';

/** The files of an archive that are wanted, by name, as they are when unpacked. */
export type Parts = Readonly<Record<string, Uint8Array>>;

/** More than any script needs, and little enough to be held and read at once. */
const mostEntries = 2000;
const largestPart = 16 * 1024 * 1024;
const largestWhole = 32 * 1024 * 1024;

/**
 * Unpacks the wanted files of a ZIP archive. What its directory says of sizes is not believed: unpacking ends where the
 * limit is passed, whatever the archive claims, so that a small file cannot fill the memory.
 */
export function unpack(bytes: Uint8Array, wanted: RegExp): Parts {
  const parts: Record<string, Uint8Array> = {};
  let whole = 0;
  for (const entry of directoryOf(bytes)) {
    if (!wanted.test(entry.name)) continue;
    const data = dataOf(bytes, entry);
    const part = entry.method === stored ? data : inflate(data);
    whole += part.length;
    if (part.length > largestPart || whole > largestWhole) throw tooLarge();
    parts[entry.name] = part;
  }
  return parts;
}

/** An archive of parts that were looked at, for readers that want one. */
export function packed(parts: Parts): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync(parts, { level: 0 }));
}

/** An archive of our own making with every trace of when it was made taken out: the same parts are the same bytes on every day. */
export function repacked(
  bytes: Uint8Array,
  change: (name: string, part: Uint8Array) => readonly [name: string, part: Uint8Array] = (...same) => same,
): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => change(name, part));
  // The time of an entry is that of the clock on the wall, and no earlier one can be written.
  return zipSync(Object.fromEntries(parts), { level: 9, mtime: new Date(1980, 0, 1) });
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly offset: number;
}

const stored = 0;
const deflated = 8;

function* directoryOf(bytes: Uint8Array): Generator<Entry> {
  const view = viewOf(bytes);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > mostEntries) throw tooLarge();
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged();
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)));
    if (flags & 1)
      throw new UnreadableDocument(
        '文档有密码，请去掉密码后再导入。',
        'The document has a password; remove it before importing.',
      );
    if (method !== stored && method !== deflated) throw damaged();
    yield { name, method, compressed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) };
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
}

/** The record at the end of the archive, before a comment of at most 64 KB. */
function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 65_557; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw damaged();
}

function dataOf(bytes: Uint8Array, { offset, compressed }: Entry): Uint8Array {
  const view = viewOf(bytes);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) throw damaged();
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + compressed > bytes.length) throw damaged();
  return bytes.subarray(start, start + compressed);
}

/** So much is unpacked between two looks at how much there is by now; a byte becomes a thousand at most. */
const step = 4096;

function inflate(data: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((chunk) => {
    chunks.push(chunk.slice());
    size += chunk.length;
    if (size > largestPart) throw tooLarge();
  });
  try {
    for (let at = 0; at < data.length; at += step) stream.push(data.subarray(at, at + step), at + step >= data.length);
  } catch (error) {
    throw error instanceof UnreadableDocument ? error : damaged();
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tooLarge(): UnreadableDocument {
  return new UnreadableDocument(
    '文档解开后过大，不像是一份话术，没有导入。',
    'The document is too large when unpacked to be a script, and was not imported.',
  );
}

export function damaged(): UnreadableDocument {
  return new UnreadableDocument('文档已损坏，无法读取。', 'The document is damaged and cannot be read.');
}
