import type { Language } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import { problemReports, type Report, reportOf } from '../report/report.ts';
import { formatText } from '../report/text.ts';
import { nameOf } from './project.ts';

/**
 * Says on stderr what is wrong with configurations and packs, and counts it. It stands in no script: where nobody says it, rules go
 * missing unseen, and a pipeline takes for good what was not looked at.
 */
export function tellMistakes(problems: readonly EnvironmentProblem[], language: Language): Report['summary'] {
  const report = reportOf(problemReports(problems, language, nameOf), 0);
  if (report.files.length > 0) process.stderr.write(formatText(report, language));
  return report.summary;
}
