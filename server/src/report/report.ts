import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Severity } from '../packs/pack.ts';
import type { Category, Finding, Suppressed } from '../rules/finding.ts';

/** A place in a file, lines and characters from 0, characters in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A finding as it leaves the program; the shape of `--format json`, which users' pipelines rely on. */
export interface ReportedFinding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly text: string;
  readonly sources: readonly { readonly title: string; readonly article?: string }[];
  readonly path: readonly string[];
  readonly related: readonly { readonly range: Range; readonly message: string; readonly file?: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly { readonly range: Range; readonly newText: string; readonly file?: string }[];
  }[];
  readonly suppressed: Suppressed | null;
}

export interface FileReport {
  readonly path: string;
  readonly findings: readonly ReportedFinding[];
}

export interface Report {
  readonly files: readonly FileReport[];
  readonly summary: {
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly suppressed: number;
    /** Where there is a baseline: how much of what was found it knows, and how much of what it knows is gone. */
    readonly baseline?: { readonly known: number; readonly gone: number };
  };
}

export function reportOf(files: readonly FileReport[], checked: number): Report {
  return {
    files,
    summary: summaryOf(
      files.flatMap(({ findings }) => findings),
      checked,
    ),
  };
}

/** Counts what was found in so many files. */
export function summaryOf(
  findings: readonly Pick<ReportedFinding, 'severity' | 'suppressed'>[],
  files: number,
): Report['summary'] {
  const counting = findings.filter(({ suppressed }) => suppressed === null);
  const count = (...severities: readonly Severity[]): number =>
    counting.filter(({ severity }) => severities.includes(severity)).length;
  return {
    files,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info', 'hint'),
    suppressed: findings.length - counting.length,
  };
}

/** A finding's text is cut here, in UTF-16 units. */
export const longestText = 200;

/** The text that a finding is in, and how its offsets are shown. */
export interface Place {
  readonly source: string;
  /** In this text, or in the file that is named. */
  range(span: Span, uri?: string): Range;
  /** How a file is called in the report. */
  nameOf(uri: string): string;
}

/** The findings of a script; `nameOf` says how files are called in the report. */
export function reportedFindings(
  script: Script,
  findings: readonly Finding[],
  snapshot: Snapshot,
  language: Language,
  nameOf: (uri: string) => string,
): ReportedFinding[] {
  const elsewhere = (uri: string | undefined): Script =>
    uri === undefined ? script : (snapshot.script(uri) ?? script);
  const place: Place = {
    source: script.source,
    range(span, uri) {
      const { text } = elsewhere(uri);
      return { start: text.positionAt(span.start), end: text.positionAt(span.end) };
    },
    nameOf,
  };
  return findings.map((finding) => reportedFinding(finding, place, language));
}

/** A finding as every command reports it. */
export function reportedFinding(finding: Finding, place: Place, language: Language): ReportedFinding {
  const say = (text: Text): string => inLanguage(text, language);
  const file = (uri: string | undefined): { readonly file?: string } =>
    uri === undefined ? {} : { file: place.nameOf(uri) };
  return {
    rule: finding.rule,
    category: finding.category,
    severity: finding.severity,
    message: say(finding.message),
    range: place.range(finding),
    text: place.source.slice(finding.start, Math.min(finding.end, finding.start + longestText)),
    sources: finding.sources.map(({ document, article }) => ({
      title: say(document),
      ...(article !== undefined && { article }),
    })),
    path: finding.path ?? [],
    related: finding.related.map(({ message, uri, ...span }) => ({
      range: place.range(span, uri),
      message: say(message),
      ...file(uri),
    })),
    // Worked out only for formats that show them: they cost several times what the check does.
    get fixes() {
      return finding.fixes().map(({ title, safe, edits }) => ({
        title: say(title),
        safe,
        edits: edits.map((edit: Edit) => ({
          range: place.range(edit, edit.uri),
          newText: edit.newText,
          ...file(edit.uri),
        })),
      }));
    },
    suppressed: finding.suppressed ?? null,
  };
}

/** Mistakes in configuration and pack files, one report a file. */
export function problemReports(
  problems: readonly EnvironmentProblem[],
  language: Language,
  nameOf: (uri: string) => string,
): FileReport[] {
  const uris = [...new Set(problems.map(({ uri }) => uri))];
  return uris.map((uri) => ({
    path: nameOf(uri),
    findings: problems
      .filter((each) => each.uri === uri)
      .map(({ category, problem }) => ({
        rule: category,
        category,
        severity: problem.severity,
        message: inLanguage(problem.message, language),
        range: { start: { line: problem.line, character: problem.character }, end: problem.end },
        text: '',
        sources: [],
        path: [],
        related: [],
        fixes: [],
        suppressed: null,
      })),
  }));
}
