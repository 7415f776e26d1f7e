import { UnreadableDocument } from './unreadable.ts';

/**
 * The text of bytes as Chinese offices save it: UTF-8, UTF-16, or GBK. Which one it is the bytes tell; what is none of them
 * is refused rather than guessed, since a wrong guess looks like text.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  for (const encoding of [...encodingsOf(bytes), ...(declared === undefined ? [] : [declared]), 'utf-8', 'gb18030']) {
    const text = decode(bytes, encoding);
    if (text === undefined) continue;
    if (text.includes('\0')) break;
    return text;
  }
  throw new UnreadableDocument(
    '看不出文件的编码，或者它不是文字。请用记事本另存为 UTF-8 后再导入。',
    'The encoding of the file is unknown, or it is no text. Save it as UTF-8 and import it again.',
  );
}

/** By the mark at the start, or by the zeros that every other byte of UTF-16 is. */
function encodingsOf(bytes: Uint8Array): string[] {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return ['utf-16le'];
  if (first === 0xfe && second === 0xff) return ['utf-16be'];
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 1].map((side) => sample.filter((byte, index) => byte === 0 && index % 2 === side).length);
  if ((zeros[1] ?? 0) > 0 && zeros[0] === 0) return ['utf-16le'];
  if ((zeros[0] ?? 0) > 0 && zeros[1] === 0) return ['utf-16be'];
  return [];
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
