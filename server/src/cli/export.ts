import { type ExportFormat, endingOf, exportFormats, isText } from '../handover/formats.ts';
import type { Pack } from '../packs/pack.ts';
import { complain, type ExportOptions, UsageError } from './options.ts';
import { outputsFor, writeBytes } from './output.ts';
import { openProject } from './project.ts';

/** `huashu export`: scripts in the formats of those who use them. */
export async function runExport(options: ExportOptions, bundled: readonly Pack[]): Promise<number> {
  const { language } = options;
  const format = formatOf(options);
  const { scripts, snapshot, unreadable } = await openProject(options, bundled);
  const fileFor = await outputsFor(scripts, endingOf(format), options, isText(format));
  // Libraries for documents take their time, and no other command needs them.
  const { exported } = await import('../documents/exporting.ts');
  for (const script of scripts) await writeBytes(await exported(format, script, snapshot, language), fileFor(script));
  for (const text of unreadable) complain(text, language);
  return unreadable.length > 0 ? 2 : 0;
}

/** The format that is named, or that the ending of the file tells. */
function formatOf({ format, output = '' }: ExportOptions): ExportFormat {
  if (format !== 'auto') return format;
  const told = exportFormats.find((each) => output.toLowerCase().endsWith(`.${endingOf(each)}`));
  if (told) return told;
  const all = exportFormats.join('|');
  throw new UsageError(
    `请用 --format ${all} 指定导出的格式，或者用 --output 指定以格式结尾的文件。`,
    `Name the format with --format ${all}, or with the ending of the file in --output.`,
  );
}
