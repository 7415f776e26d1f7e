import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Script } from '../model/script.ts';
import { type Options, UsageError } from './options.ts';
import { nameOf } from './project.ts';

/** The name of the file that a script is written to; nothing for standard output. */
export type OutputFor = (script: Script) => string | undefined;

/**
 * Where what is made of each script goes: to the file that is named or, of several, into the folder that is named, each under its own
 * name. Throws `UsageError` where that would be one of the scripts, or the screen for something that is no text.
 */
export async function outputsFor(
  scripts: readonly Script[],
  extension: string,
  { output, stdinFilename, stdin }: Pick<Options<string>, 'output' | 'stdin' | 'stdinFilename'>,
  isText: boolean,
): Promise<OutputFor> {
  if (output === undefined) {
    if (scripts.length > 1)
      throw new UsageError(
        '有多份话术，请用 --output 指定一个文件夹。',
        'There are several scripts; name a folder with --output.',
      );
    if (!isText && process.stdout.isTTY)
      throw new UsageError(
        `.${extension} 不是文本，请用 --output 指定文件。`,
        `.${extension} is no text; name a file with --output.`,
      );
    return () => undefined;
  }
  const isFolder =
    scripts.length > 1 || /[\\/]$/.test(output) || (await stat(output).catch(() => undefined))?.isDirectory();
  const taken = new Set(scripts.map(({ uri }) => uri));
  return (script) => {
    const name = stdin ? basename(stdinFilename) : nameOf(script.uri);
    // What is not below the current folder goes by its own name alone.
    const inside = /^(?:[\\/]|\w:|\.\.)/.test(name) ? basename(name) : name;
    const file = isFolder
      ? join(output, `${inside.slice(0, inside.length - extname(inside).length)}.${extension}`)
      : output;
    if (!stdin && taken.has(pathToFileURL(resolve(file)).toString()))
      throw new UsageError(
        `“${file}”是一份话术，不能用来存放结果。`,
        `“${file}” is a script and cannot hold the result.`,
      );
    return file;
  };
}

/** Writes to a file, whose folder is made where there is none, or to standard output, and waits until all of it is there. */
export async function writeBytes(bytes: Uint8Array, file: string | undefined): Promise<void> {
  if (file === undefined) {
    await new Promise<void>((done) => process.stdout.write(bytes, () => done()));
    return;
  }
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  } catch {
    throw new UsageError(`无法写入“${file}”。`, `“${file}” cannot be written.`);
  }
}
