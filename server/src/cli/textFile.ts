import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Text } from '../base/text.ts';
import { decode } from '../host/nodeHost.ts';

/** The text of bytes that are UTF-8, byte-order mark included, or nothing when they are not: such a file is never written. */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = decode(bytes);
  return isTextOf(text, bytes) ? text : undefined;
}

export function notUtf8(name: string): Text {
  return {
    zh: `“${name}”不是 UTF-8 编码，没有改动。请在编辑器里用正确的编码重新打开，再以 UTF-8 保存。`,
    en: `“${name}” is not UTF-8 and was left as it is. Reopen it with its encoding and save it as UTF-8.`,
  };
}

/**
 * Puts a text in the place of another, all of it or nothing: it is written beside the file, which then takes its name. What has
 * become of the file since it was read is never overwritten. Answers what went wrong.
 */
export async function replaceFile(
  path: string,
  before: string,
  after: string,
  name: string,
): Promise<Text | undefined> {
  let beside: string | undefined;
  try {
    // A link stays a link.
    const file = await realpath(path);
    if (!isTextOf(before, await readFile(file)))
      return {
        zh: `“${name}”刚刚被别的程序改过，没有写入。`,
        en: `“${name}” was changed by somebody else just now and was not written.`,
      };
    const { mode } = await stat(file);
    beside = join(dirname(file), `.${basename(file)}.${crypto.randomUUID()}.tmp`);
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(after);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    return undefined;
  } catch (error) {
    if (beside !== undefined) await rm(beside, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { zh: `无法写入“${name}”（${code}）。`, en: `“${name}” cannot be written (${code}).` };
  }
}

function isTextOf(text: string, bytes: Uint8Array): boolean {
  return Buffer.from(text).equals(bytes);
}
