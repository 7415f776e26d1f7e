import type { Diagnostic } from 'vscode-languageserver';
import { inLanguage, type Language } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';

/** Mistakes in configuration and pack files as the editor shows them. */
export function problemDiagnostics(problems: readonly EnvironmentProblem[], language: Language): Diagnostic[] {
  return problems.map(({ category, problem }) => ({
    range: { start: { line: problem.line, character: problem.character }, end: problem.end },
    severity: problem.severity === 'error' ? 1 : 2,
    code: category,
    source: 'huashu',
    message: inLanguage(problem.message, language),
  }));
}
