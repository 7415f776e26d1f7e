import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inLanguage } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Pack } from '../packs/pack.ts';
import { type FileReport, problemReports, type Report, reportOf } from '../report/report.ts';
import { formatText } from '../report/text.ts';
import { checkShare } from './checkShare.ts';
import { formatGithub } from './formats/github.ts';
import { formatJson } from './formats/json.ts';
import { formatJunit } from './formats/junit.ts';
import { formatSarif } from './formats/sarif.ts';
import { compare, readBaseline } from './known.ts';
import { type CheckOptions, complain, type Options, UsageError } from './options.ts';
import { paintFor } from './paint.ts';
import { nameOf, openProject, type Project, type ScriptText } from './project.ts';
import { ruleTextsOf } from './ruleTexts.ts';
import { createCrew, sensibleThreads } from './threads/crew.ts';

/** `huashu check`: 0 nothing at error level, 1 findings at error level or too many warnings, 2 something could not be read. */
export async function runCheck(options: CheckOptions, bundled: readonly Pack[]): Promise<number> {
  const { language } = options;
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  const project = await openProject(options, bundled);
  const { scripts, problems, unreadable } = project;
  refuseOutput(options, scripts);
  const all = await reportsOf(project, options, options.format === 'json' || options.format === 'sarif');
  const { files, ...counts } = baseline ? compare(all, baseline) : { files: all };
  // What is wrong with configurations and packs is never taken for granted: rules would go missing unseen.
  const found = reportOf([...problemReports(problems, language, nameOf), ...files], scripts.length);
  const report = 'known' in counts ? { ...found, summary: { ...found.summary, baseline: counts } } : found;
  const { errors, warnings } = report.summary;
  const warningsFail = warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY);
  if (scripts.length > 0 || problems.length > 0 || options.format !== 'text')
    await writeOut(formatted(report, options, { project, warningsFail }), options.output);
  for (const text of unreadable) complain(text, language);
  if (unreadable.length > 0) return 2;
  return errors > 0 || warningsFail ? 1 : 0;
}

/**
 * What the scripts of a project are found to have, file by file. Where there are many, other threads take their share.
 *
 * @param showsFixes whether anybody will ask for the fixes: they cost several times what the check does
 */
export async function reportsOf(
  project: Project,
  options: Options<string> & { readonly jobs?: number },
  showsFixes: boolean,
): Promise<FileReport[]> {
  const texts = project.scripts.map(({ uri, source }) => ({ uri, source }));
  const crew = createCrew('check', { texts, options, showsFixes }, (share) =>
    checkShare(share, project, options, showsFixes),
  );
  const size = texts.reduce((sum, { source }) => sum + source.length, 0);
  const shares = sharesOf(texts);
  crew.callIn(Math.min(shares.length, options.jobs ?? (size > smallProject ? sensibleThreads() : 1)));
  try {
    const answers: Promise<readonly FileReport[]>[] = [];
    for (const share of shares) {
      const { answer } = await crew.begin(share);
      // It is awaited below, and may have failed before.
      answer.catch(() => {});
      answers.push(answer);
    }
    return (await Promise.all(answers)).flat();
  } finally {
    await crew.close();
  }
}

/** In UTF-16 units: what is checked before other threads have started. */
const smallProject = 1_000_000;
const share = 25_000;

/** The URIs of the scripts, as many at once as are worth handing over. */
function sharesOf(texts: readonly ScriptText[]): readonly (readonly string[])[] {
  const shares: string[][] = [];
  let size = share;
  for (const { uri, source } of texts) {
    if (size >= share) {
      shares.push([]);
      size = 0;
    }
    shares.at(-1)?.push(uri);
    size += source.length;
  }
  return shares;
}

function formatted(
  report: Report,
  { format, language, output }: CheckOptions,
  { project, warningsFail }: { readonly project: Project; readonly warningsFail: boolean },
): string {
  switch (format) {
    case 'text':
      return formatText(report, language, paintFor(output === undefined));
    case 'json':
      return formatJson(report);
    case 'sarif': {
      const { scripts, snapshot } = project;
      const findings = report.files.flatMap((file) => file.findings);
      const rules = ruleTextsOf(findings, scripts, snapshot, language);
      const unreadable = project.unreadable.map((text) => inLanguage(text, language));
      return formatSarif({ report, rules, language, unreadable });
    }
    case 'junit':
      return formatJunit(report, { language, warningsFail });
    case 'github':
      return formatGithub(report, language);
    default:
      return format satisfies never;
  }
}

/** Writes to a file or to standard output, and waits until all of it is there: pipes take only so much at once. */
export async function writeOut(text: string, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((done) => process.stdout.write(text, () => done()));
    return;
  }
  try {
    await writeFile(output, text);
  } catch {
    throw new UsageError(`无法写入“${output}”。`, `“${output}” cannot be written.`);
  }
}

/** A script that is read must not be where the result is written; throws `UsageError`. */
export function refuseOutput(
  { output, stdin }: Pick<CheckOptions, 'output' | 'stdin'>,
  scripts: readonly Script[],
): void {
  const target = output === undefined ? undefined : pathToFileURL(resolve(output)).toString();
  if (stdin || !scripts.some(({ uri }) => uri === target)) return;
  throw new UsageError(
    `“${output}”是要检查的话术，不能用来存放结果。`,
    `“${output}” is a script to check and cannot hold the result.`,
  );
}
