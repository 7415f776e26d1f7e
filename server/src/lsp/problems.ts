import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { inLanguage, type Language } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import type { Severity } from '../packs/pack.ts';

const severities: { readonly [severity in Severity]: DiagnosticSeverity } = { error: 1, warning: 2, info: 3, hint: 4 };

/** Mistakes in configuration and pack files as the editor shows them. */
export function problemDiagnostics(problems: readonly EnvironmentProblem[], language: Language): Diagnostic[] {
  return problems.map(({ category, problem }) => ({
    range: { start: { line: problem.line, character: problem.character }, end: problem.end },
    severity: severities[problem.severity],
    code: category,
    source: 'huashu',
    message: inLanguage(problem.message, language),
  }));
}
