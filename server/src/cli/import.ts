import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Text } from '../base/text.ts';
import { importContent, summaryOf, withReview } from '../importing/importing.ts';
import type { Pack } from '../packs/pack.ts';
import { writeOut } from './check.ts';
import { complain, type Options, UsageError } from './options.ts';
import { openFolder, unreadableText } from './project.ts';

/** `huashu import`: a Word, Excel, text, Markdown, HTML or CSV file as a script. */
export async function runImport(options: Options, bundled: readonly Pack[]): Promise<number> {
  const { language, output } = options;
  const [path, ...more] = options.paths;
  if (path === undefined || more.length > 0 || options.stdin)
    throw new UsageError('import 需要一个文件：huashu import 文件。', 'import takes one file: huashu import FILE.');
  if (output !== undefined && resolve(output) === resolve(path))
    throw new UsageError(
      `“${output}”是要导入的文件，不能用来存放结果。`,
      `“${output}” is the file to import and cannot hold the result.`,
    );
  const read = await bytesOf(path);
  if ('refused' in read) return refuse(read.refused);
  const { openDocument } = await import('../documents/documents.ts');
  const opened = await openDocument(basename(path), read.bytes);
  if ('refused' in opened)
    return refuse({ zh: `“${path}”：${opened.refused.zh}`, en: `“${path}”: ${opened.refused.en}` });
  const { script, snapshot } = await openFolder(options, bundled);
  const name = basename(path);
  const imported = importContent(opened.content, {
    packs: snapshot.packs(script).set,
    day: snapshot.config(script).asOf ?? snapshot.settings.today,
    title: name.replace(/\.[^.]*$/, ''),
  });
  await writeOut(withReview(imported, name, language), output);
  if (output !== undefined) complain(summaryOf(imported), language);
  return 0;

  function refuse(text: Text): number {
    complain(text, language);
    return 2;
  }
}

async function bytesOf(path: string): Promise<{ readonly bytes: Uint8Array } | { readonly refused: Text }> {
  try {
    const what = await stat(path);
    if (!what.isFile()) return { refused: { zh: `“${path}”不是文件。`, en: `“${path}” is no file.` } };
    if (what.size > largest)
      return {
        refused: {
          zh: `“${path}”过大，不像是一份话术，没有导入。`,
          en: `“${path}” is too large to be a script, and was not imported.`,
        },
      };
    return { bytes: await readFile(path) };
  } catch (error) {
    return { refused: unreadableText(path, error) };
  }
}

/** Larger files are not even read. */
const largest = 20 * 1024 * 1024;
