import { version } from '../host/version.ts';
import type { Pack } from '../packs/pack.ts';
import { tellMistakes } from './mistakes.ts';
import { complain, type ReportFormat, type ReportOptions } from './options.ts';
import { outputsFor, writeBytes } from './output.ts';
import { nameOf, openProject } from './project.ts';

/** `huashu report`: for each script what a compliance officer files. The exit status is that of `huashu check`. */
export async function runReport(options: ReportOptions, bundled: readonly Pack[]): Promise<number> {
  const { language, maxWarnings = Number.POSITIVE_INFINITY } = options;
  const format = formatOf(options);
  const { scripts, snapshot, problems, unreadable } = await openProject(options, bundled);
  const fileFor = await outputsFor(scripts, format, options, format === 'html');
  const { reportedAs } = await import('../documents/reporting.ts');
  let { errors, warnings } = tellMistakes(problems, language);
  for (const script of scripts) {
    const name = (uri: string): string => (options.stdin && uri === script.uri ? options.stdinFilename : nameOf(uri));
    const report = await reportedAs(format, { script, snapshot, language, nameOf: name, version });
    errors += report.errors;
    warnings += report.warnings;
    await writeBytes(report.bytes, fileFor(script));
  }
  for (const text of unreadable) complain(text, language);
  if (unreadable.length > 0) return 2;
  return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

/** The format that is named, or that the ending of the file tells; a page otherwise. */
function formatOf({ format, output = '' }: ReportOptions): ReportFormat {
  return format !== 'auto' ? format : /\.docx$/i.test(output) ? 'docx' : 'html';
}
