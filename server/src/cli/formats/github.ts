import type { Language } from '../../base/text.ts';
import type { Severity } from '../../packs/pack.ts';
import type { Report, ReportedFinding } from '../../report/report.ts';
import { sourceOf } from '../../report/source.ts';
import { printable, summaryLine } from '../../report/text.ts';

const commands: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions, which become annotations of the lines in a pull request; then the count, for the log. */
export function formatGithub(report: Report, language: Language): string {
  const lines = report.files.flatMap(({ path, findings }) =>
    findings.filter(({ suppressed }) => suppressed === null).map((finding) => annotation(finding, path, language)),
  );
  return `${[...lines, summaryLine(report, language)].join('\n')}\n`;
}

function annotation(finding: ReportedFinding, path: string, language: Language): string {
  const { severity, rule, message, range } = finding;
  const { start, end } = range;
  const properties = [
    ['file', path],
    ['line', start.line + 1],
    ['endLine', end.line + 1],
    ['col', start.character + 1],
    // The last character and not the one behind it; columns count only where the finding stays in its line.
    ...(end.line === start.line ? [['endColumn', Math.max(end.character, start.character + 1)]] : []),
    ['title', rule],
  ].map(([name, value]) => `${name}=${property(String(value))}`);
  const source = sourceOf(finding, language);
  const text = [message, ...(source ? [source] : []), ...(finding.path.length > 0 ? [finding.path.join(' → ')] : [])];
  return `::${commands[severity]} ${properties.join(',')}::${data(text.join('\n'))}`;
}

/** What ends a command, or begins another, becomes a code; other control characters would do something to whoever reads the log. */
function data(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
