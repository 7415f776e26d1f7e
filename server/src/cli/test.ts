import { coverageOf } from '../flow/coverage.ts';
import { runScenarios, type ScenarioResult } from '../flow/scenario.ts';
import type { Script } from '../model/script.ts';
import type { Pack } from '../packs/pack.ts';
import { testReport } from '../report/testReport.ts';
import { formatTests } from '../report/testText.ts';
import { refuseOutput, writeOut } from './check.ts';
import { tellMistakes } from './mistakes.ts';
import { complain, type TestOptions } from './options.ts';
import { paintFor } from './paint.ts';
import { nameOf, openProject } from './project.ts';

/** `huashu test`: 0 every scenario has passed, 1 one has not or a configuration has a mistake, 2 something could not be read. */
export async function runTest(options: TestOptions, bundled: readonly Pack[]): Promise<number> {
  const { language } = options;
  const { scripts, snapshot, problems, unreadable } = await openProject(options, bundled);
  refuseOutput(options, scripts);
  const mistakes = tellMistakes(problems, language);
  const results = new Map<Script, readonly ScenarioResult[]>();
  for (const script of scripts) results.set(script, runScenarios(script, snapshot));
  const coverage = coverageOf([...results.values()].flat(), scripts);
  const fileOf = (uri: string): string =>
    options.stdin && uri === scripts[0]?.uri ? options.stdinFilename : nameOf(uri);
  const report = testReport(results, coverage, snapshot, language, fileOf);
  if (scripts.length > 0 || options.format !== 'text') {
    const paint = paintFor(options.output === undefined);
    const text =
      options.format === 'json'
        ? `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`
        : formatTests(report, language, paint, options.coverage);
    await writeOut(text, options.output);
  }
  for (const text of unreadable) complain(text, language);
  if (unreadable.length > 0) return 2;
  return report.summary.failed > 0 || mistakes.errors > 0 ? 1 : 0;
}
