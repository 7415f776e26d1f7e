import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { applyEdits } from '../base/edit.ts';
import { inLanguage, type Text } from '../base/text.ts';
import { printable } from '../report/text.ts';
import { parse } from '../syntax/parse.ts';
import { print } from '../syntax/print.ts';
import { writeOut } from './check.ts';
import { complain, type FormatOptions } from './options.ts';
import { nameOf, scriptPaths, stdinBytes, unreadableText } from './project.ts';
import { notUtf8, replaceFile, textOf } from './textFile.ts';

/**
 * `huashu format`: 0 all files are laid out canonically, 1 one is not UTF-8 or, with `--check`, would change, 2 one could
 * not be read or written.
 */
export async function runFormat(options: FormatOptions): Promise<number> {
  if (options.stdin) return formatStdin(options);
  const { check, language } = options;
  const failures: Text[] = [];
  const garbled: Text[] = [];
  const changed: string[] = [];
  const paths = await scriptPaths(options.paths, failures);
  for (const path of paths) {
    const name = nameOf(pathToFileURL(path).toString());
    const before = await readFile(path).then(textOf, (error: unknown) => unreadableText(name, error));
    if (before === undefined) garbled.push(notUtf8(name));
    else if (typeof before !== 'string') failures.push(before);
    else {
      const after = formatted(before);
      if (after === before) continue;
      const failure = check ? undefined : await replaceFile(path, before, after, name);
      if (failure) failures.push(failure);
      else changed.push(name);
    }
  }
  const same = paths.size - changed.length - garbled.length - failures.length;
  if (paths.size > 0) await writeOut(report(changed, Math.max(0, same), options), undefined);
  for (const text of [...garbled, ...failures]) complain(text, language);
  if (failures.length > 0) return 2;
  return garbled.length > 0 || (check && changed.length > 0) ? 1 : 0;
}

async function formatStdin({ check, language, stdinFilename }: FormatOptions): Promise<number> {
  const before = textOf(await stdinBytes());
  if (before === undefined) {
    complain(notUtf8(stdinFilename), language);
    return 1;
  }
  const after = formatted(before);
  const isSame = after === before;
  if (!check) await writeOut(after, undefined);
  else if (!isSame) await writeOut(`${printable(stdinFilename)}\n`, undefined);
  return check && !isSame ? 1 : 0;
}

function formatted(source: string): string {
  return applyEdits(source, print(parse(source)));
}

function report(changed: readonly string[], same: number, { check, language }: FormatOptions): string {
  const files = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;
  const { length } = changed;
  const total: Text = check
    ? { zh: `${length} 个文件需要排版，${same} 个无需改动`, en: `${files(length)} would change, ${same} would not` }
    : { zh: `排版了 ${length} 个文件，${same} 个无需改动`, en: `${files(length)} formatted, ${same} unchanged` };
  return `${[...changed.map(printable), inLanguage(total, language)].join('\n')}\n`;
}
