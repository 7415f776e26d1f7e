import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { applyEdits } from '../base/edit.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Pack } from '../packs/pack.ts';
import { problemReports, type Report, reportOf } from '../report/report.ts';
import { formatText, printable } from '../report/text.ts';
import { check } from '../rules/check.ts';
import { type SafeFix, safeFixes } from '../rules/safeFixes.ts';
import { refuseOutput, reportsOf, writeOut } from './check.ts';
import { complain, type FixOptions } from './options.ts';
import { paintFor } from './paint.ts';
import { nameOf, openProject, type Project } from './project.ts';
import { notUtf8, replaceFile, textOf } from './textFile.ts';

/** What was mended, as it is reported; lines count from 0, in the text that the fix was applied to. */
interface Fixed {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly title: string;
}

/** One fix can make room for another, but not for ever. */
const mostRounds = 20;

/** `huashu fix`: 0 nothing at error level is left, 1 there is or there are too many warnings, 2 a file could not be read or written. */
export async function runFix(options: FixOptions, bundled: readonly Pack[]): Promise<number> {
  const { language, dryRun, stdin } = options;
  const opened = await openProject(options, bundled);
  refuseOutput(options, opened.scripts);
  const failures = [...opened.unreadable];
  const garbled: Text[] = [];
  const called = (uri: string): string => (stdin ? options.stdinFilename : nameOf(uri));
  const writable: Script[] = [];
  for (const script of opened.scripts) {
    if (stdin ? !script.source.includes('\ufffd') : await isUtf8(script)) writable.push(script);
    else garbled.push(notUtf8(called(script.uri)));
  }
  const { project, applied } = await fixedAll(opened, writable);
  const changes = writable.flatMap((script) => {
    const after = project.scripts.find(({ uri }) => uri === script.uri)?.source ?? script.source;
    return after === script.source ? [] : [{ uri: script.uri, before: script.source, after }];
  });
  const unwritten = new Set<string>();
  if (!dryRun && !stdin) {
    for (const { uri, before, after } of changes) {
      const failure = await replaceFile(fileURLToPath(uri), before, after, nameOf(uri));
      if (!failure) continue;
      failures.push(failure);
      unwritten.add(uri);
    }
  }
  const fixed = applied
    .filter(({ uri }) => !unwritten.has(uri))
    .map(({ uri, line, finding, fix }): Fixed => {
      return { path: called(uri), line, rule: finding.rule, title: inLanguage(fix.title, language) };
    });
  const diff = (dryRun ? changes : []).map(({ uri, before, after }) => patchOf(called(uri), before, after)).join('');
  const reports = await reportsOf(project, options, options.format === 'json');
  const left = reportOf([...problemReports(project.problems, language, nameOf), ...reports], project.scripts.length);
  if (options.format === 'json') {
    const report = { version: 1, fixed, ...(dryRun && { diff }), ...left };
    await writeOut(`${JSON.stringify(report, null, 2)}\n`, options.output);
  } else {
    const text = textOfReport(fixed, left, language, dryRun);
    if (dryRun) await writeOut(diff, options.output);
    else if (stdin && garbled.length === 0) await writeOut(project.scripts[0]?.source ?? '', options.output);
    // Where the output is a text to go on with, the report is for whoever looks on.
    if (dryRun || stdin) process.stderr.write(text);
    else if (opened.scripts.length > 0) await writeOut(text, options.output);
  }
  for (const text of [...garbled, ...failures]) complain(text, language);
  if (failures.length > 0) return 2;
  const { errors, warnings } = left.summary;
  return errors > 0 || garbled.length > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0;
}

async function isUtf8({ uri, source }: Script): Promise<boolean> {
  return textOf(await readFile(fileURLToPath(uri)).catch(() => Buffer.alloc(0))) === source;
}

/** Applies safe fixes until there is none left. */
async function fixedAll(
  opened: Project,
  writable: readonly Script[],
): Promise<{ project: Project; applied: (SafeFix & { line: number })[] }> {
  const uris = new Set(writable.map(({ uri }) => uri));
  const applied: (SafeFix & { line: number })[] = [];
  let project = opened;
  for (let round = 0; round < mostRounds; round++) {
    const { scripts, snapshot } = project;
    const mine = new Map(scripts.flatMap((script) => (uris.has(script.uri) ? [[script.uri, script] as const] : [])));
    const { fixes, edits } = safeFixes(new Map([...mine].map(([uri, script]) => [uri, check(script, snapshot)])));
    if (fixes.length === 0) break;
    for (const each of fixes) {
      const line = mine.get(each.uri)?.text.positionAt(each.finding.start).line ?? 0;
      applied.push({ ...each, line });
    }
    const texts = new Map([...edits].map(([uri, list]) => [uri, applyEdits(mine.get(uri)?.source ?? '', list)]));
    project = await project.edited(texts);
  }
  return { project, applied };
}

function patchOf(name: string, before: string, after: string): string {
  const path = name.replace(/^\/+/, '');
  const headerOptions = FILE_HEADERS_ONLY;
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions,
  });
}

function textOfReport(fixed: readonly Fixed[], left: Report, language: Language, dryRun: boolean): string {
  const files = new Set(fixed.map(({ path }) => path)).size;
  const lines = fixed.map(({ path, line, rule, title }) => printable(`${path}:${line + 1}  ${title}  ${rule}`));
  const places = `${fixed.length} ${fixed.length === 1 ? 'place' : 'places'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  const total: Text = dryRun
    ? { zh: `可以修改 ${files} 个文件中的 ${fixed.length} 处`, en: `${places} would be fixed` }
    : { zh: `修改了 ${files} 个文件中的 ${fixed.length} 处`, en: `${places} fixed` };
  return `${[...lines, inLanguage(total, language)].join('\n')}\n\n${formatText(left, language, paintFor(!dryRun))}`;
}
