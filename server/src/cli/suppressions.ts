import { inLanguage, type Language } from '../base/text.ts';
import type { Pack } from '../packs/pack.ts';
import { scopeNames, stateNames } from '../report/suppressionNames.ts';
import { printable } from '../report/text.ts';
import { suppressionsIn } from '../rules/check.ts';
import { type SuppressionEntry, suppressionStates } from '../rules/suppressions.ts';
import { writeOut } from './check.ts';
import { tellMistakes } from './mistakes.ts';
import { complain, type Options } from './options.ts';
import { nameOf, openProject } from './project.ts';

interface Listed extends Omit<SuppressionEntry, 'start' | 'end'> {
  readonly path: string;
  /** From 0, as in every report. */
  readonly line: number;
}

/** `huashu suppressions`: every suppression of the scripts, who answers for it and whether it still suppresses anything. */
export async function runSuppressions(options: Options, bundled: readonly Pack[]): Promise<number> {
  const { scripts, snapshot, problems, unreadable } = await openProject(options, bundled);
  const { errors } = tellMistakes(problems, options.language);
  const listed = scripts.flatMap((script) =>
    suppressionsIn(script, snapshot).map(
      ({ start, end: _end, ...entry }): Listed => ({
        path: options.stdin ? options.stdinFilename : nameOf(script.uri),
        line: script.text.positionAt(start).line,
        ...entry,
      }),
    ),
  );
  await writeOut(options.format === 'json' ? json(listed) : text(listed, options.language), options.output);
  for (const each of unreadable) complain(each, options.language);
  if (unreadable.length > 0) return 2;
  return errors > 0 ? 1 : 0;
}

function json(listed: readonly Listed[]): string {
  const summary = Object.fromEntries(
    suppressionStates.map((state) => [state, listed.filter((each) => each.state === state).length]),
  );
  return `${JSON.stringify({ version: 1, suppressions: listed, summary }, null, 2)}\n`;
}

function text(listed: readonly Listed[], language: Language): string {
  const zh = language === 'zh-CN';
  const lines = listed.flatMap(({ path, line, rule, scope, reason, approved, until, state, findings }) => [
    `${printable(path)}:${line + 1}  ${printable(rule)}  ${inLanguage(stateNames[state], language)}`,
    ...[
      zh ? `范围：${scopeNames[scope].zh}` : `Covers: ${scopeNames[scope].en}`,
      zh ? `原因：${reason ?? '没有写'}` : `Reason: ${reason ?? 'none'}`,
      ...(approved === undefined ? [] : [zh ? `审批：${approved}` : `Approved: ${approved}`]),
      ...(until === undefined ? [] : [zh ? `至：${until}` : `Until: ${until}`]),
      ...(findings === 0 ? [] : [zh ? `豁免了 ${findings} 处` : `Suppresses ${findings}`]),
    ].map((each) => `    ${printable(each)}`),
  ]);
  const counts = suppressionStates.map((state) => {
    const count = listed.filter((each) => each.state === state).length;
    return zh ? `${inLanguage(stateNames[state], language)} ${count} 条` : `${count} ${stateNames[state].en}`;
  });
  const total = zh
    ? `共 ${listed.length} 条豁免：${counts.join('，')}`
    : `${listed.length} suppressions: ${counts.join(', ')}`;
  return `${[...lines, ...(lines.length > 0 ? [''] : []), total].join('\n')}\n`;
}
