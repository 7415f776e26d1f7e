import { inLanguage, type Language } from '../base/text.ts';
import type { FileReport, Report, ReportedFinding } from './report.ts';
import { severityNames } from './severity.ts';
import { sourceOf } from './source.ts';

/** How parts of a text are set off on a terminal. */
export type Paint = (style: 'red' | 'yellow' | 'blue' | 'cyan' | 'green' | 'dim' | 'underline', text: string) => string;

export const plain: Paint = (_, text) => text;

const colours = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' } as const;

/** For people, and for the problem matcher in package.json: a line a finding with the law below, and the count at the end. */
export function formatText(report: Report, language: Language, paint = plain): string {
  const lines = report.files.flatMap((file) => fileLines(file, language, paint));
  return `${[...lines, summaryLine(report, language, paint)].join('\n')}\n`;
}

/** What is wrong with one file, with a blank line at its end. */
export function fileLines({ path, findings }: FileReport, language: Language, paint = plain): string[] {
  const shown = findings.filter(({ suppressed }) => suppressed === null);
  const lines = shown.flatMap((finding) => findingLines(path, finding, language, paint));
  return lines.length > 0 ? [...lines, ''] : [];
}

function findingLines(path: string, finding: ReportedFinding, language: Language, paint: Paint): string[] {
  const { severity, message, rule } = finding;
  const { start } = finding.range;
  const parts = [
    `${printable(path)}:${start.line + 1}:${start.character + 1}`,
    paint(colours[severity], inLanguage(severityNames[severity], language)),
    printable(message),
    // As it would stand in a `huashu.yaml`, in either language.
    paint('dim', `${rule}: ${severity}`),
  ];
  const source = sourceOf(finding, language);
  return [parts.join('  '), ...(source === undefined ? [] : [paint('dim', `    ${source}`)])];
}

/** The count at the end. */
export function summaryLine({ summary }: Pick<Report, 'summary'>, language: Language, paint = plain): string {
  const { files, errors, warnings, infos, suppressed, baseline = { known: 0, gone: 0 } } = summary;
  const { known, gone } = baseline;
  const text =
    language === 'en'
      ? [
          `${files} ${files === 1 ? 'file' : 'files'} checked: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
          infos > 0 ? `, ${infos} ${infos === 1 ? 'suggestion' : 'suggestions'}` : '',
          suppressed > 0 ? `, ${suppressed} suppressed` : '',
          known > 0 ? `, ${known} in the baseline` : '',
          gone > 0 ? `; ${gone} of the baseline ${gone === 1 ? 'is' : 'are'} gone` : '',
        ].join('')
      : [
          `检查了 ${files} 个文件：${errors} 个错误，${warnings} 个警告`,
          infos > 0 ? `，${infos} 条建议` : '',
          suppressed > 0 ? `，${suppressed} 条已豁免` : '',
          known > 0 ? `，${known} 条在基线之内` : '',
          gone > 0 ? `；基线中有 ${gone} 条已不再出现` : '',
        ].join('');
  return paint(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', text);
}

/** Control characters of a script must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
