import { styleText } from 'node:util';
import { inLanguage, type Language } from '../../base/text.ts';
import type { Report, ReportedFinding } from '../report.ts';
import { severityNames } from './severity.ts';
import { sourceOf } from './source.ts';

const colours = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' } as const;

type Style = Parameters<typeof styleText>[0];

/** For people: a file, then a line a finding, then the count. */
export function formatText(report: Report, language: Language, colour: boolean): string {
  const paint = (style: Style, text: string): string => (colour ? styleText(style, text) : text);
  const lines: string[] = [];
  for (const { path, findings } of report.files) {
    const shown = findings.filter(({ suppressed }) => suppressed === null);
    if (shown.length === 0) continue;
    lines.push(paint('underline', printable(path)));
    for (const finding of shown) lines.push(...findingLines(finding, language, paint));
    lines.push('');
  }
  lines.push(summaryLine(report, language, paint));
  return `${lines.join('\n')}\n`;
}

function findingLines(
  finding: ReportedFinding,
  language: Language,
  paint: (style: Style, text: string) => string,
): string[] {
  const { start } = finding.range;
  const place = `${start.line + 1}:${start.character + 1}`.padStart(7);
  const severity = paint(colours[finding.severity], inLanguage(severityNames[finding.severity], language));
  const lines = [`${place}  ${severity}  ${printable(finding.message)}  ${paint('dim', finding.rule)}`];
  const source = sourceOf(finding, language);
  if (source !== undefined) lines.push(paint('dim', `${' '.repeat(9)}${source}`));
  return lines;
}

/** The count at the end. */
export function summaryLine(
  { summary }: Report,
  language: Language,
  paint: (style: Style, text: string) => string = (_, text) => text,
): string {
  const { files, errors, warnings, infos, suppressed } = summary;
  const text =
    language === 'en'
      ? [
          `${files} ${files === 1 ? 'file' : 'files'} checked: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
          infos > 0 ? `, ${infos} ${infos === 1 ? 'suggestion' : 'suggestions'}` : '',
          suppressed > 0 ? `, ${suppressed} suppressed` : '',
        ].join('')
      : [
          `检查了 ${files} 个文件：${errors} 个错误，${warnings} 个警告`,
          infos > 0 ? `，${infos} 条建议` : '',
          suppressed > 0 ? `，${suppressed} 条已豁免` : '',
        ].join('');
  return paint(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', text);
}

/** Control characters of a script must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
