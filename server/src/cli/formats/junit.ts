import { inLanguage, type Language } from '../../base/text.ts';
import type { FileReport, Report, ReportedFinding } from '../../report/report.ts';
import { severityNames } from '../../report/severity.ts';
import { sourceOf } from '../../report/source.ts';

/** What of a report makes a build fail. */
export interface JunitOptions {
  readonly language: Language;
  /** Whether there are more warnings than are allowed, so that they count as failures too. */
  readonly warningsFail: boolean;
}

/** JUnit XML: a suite a file, a case a finding. Errors fail, suppressed findings are skipped, and the rest is a case's output. */
export function formatJunit(report: Report, options: JunitOptions): string {
  const suites = report.files.map((file) => suiteOf(file, options));
  const { tests, failures, skipped } = suites.reduce(added, { tests: 0, failures: 0, skipped: 0 });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="huashu check" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
  ].join('\n')}\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

function added(a: Counts, b: Counts): Counts {
  return { tests: a.tests + b.tests, failures: a.failures + b.failures, skipped: a.skipped + b.skipped };
}

function suiteOf(
  { path, findings }: FileReport,
  options: JunitOptions,
): Counts & { readonly lines: readonly string[] } {
  const name = escaped(path);
  const fails = (finding: ReportedFinding): boolean =>
    finding.severity === 'error' || (options.warningsFail && finding.severity === 'warning');
  const counting = findings.filter(({ suppressed }) => suppressed === null);
  const counts: Counts = {
    tests: Math.max(1, findings.length),
    failures: counting.filter(fails).length,
    skipped: findings.length - counting.length,
  };
  const { tests, failures, skipped } = counts;
  // A suite without a case would look as if the file had not been checked.
  const cases =
    findings.length === 0
      ? [`    <testcase name="huashu check" classname="${name}"/>`]
      : findings.flatMap((finding) => caseOf(finding, path, fails(finding), options));
  return {
    ...counts,
    lines: [
      `  <testsuite name="${name}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">`,
      ...cases,
      '  </testsuite>',
    ],
  };
}

function caseOf(finding: ReportedFinding, path: string, fails: boolean, { language }: JunitOptions): string[] {
  const { rule, message, severity, range, suppressed } = finding;
  const place = `${range.start.line + 1}:${range.start.character + 1}`;
  const name = escaped(`${rule} (${place})`);
  const level = inLanguage(severityNames[severity], language);
  const source = sourceOf(finding, language);
  const way = finding.path.length > 0 ? [finding.path.join(' → ')] : [];
  const body = escaped([`${path}:${place}: ${level}: ${message}`, ...(source ? [source] : []), ...way].join('\n'));
  const inside = suppressed
    ? `<skipped message="${escaped(suppressed.reason)}"/>`
    : fails
      ? `<failure type="${escaped(severity)}" message="${escaped(message)}">${body}</failure>`
      : `<system-out>${body}</system-out>`;
  return [
    `    <testcase name="${name}" classname="${escaped(path)}" file="${escaped(path)}" line="${range.start.line + 1}">`,
    `      ${inside}`,
    '    </testcase>',
  ];
}

/** Text for XML 1.0, in attributes and elements alike; characters that XML cannot hold at all become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}
