import type { Diagnostic, DiagnosticSeverity, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { inLanguage, type Language } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import { keyOf } from '../model/workspace.ts';
import type { Severity } from '../packs/pack.ts';
import type { Positions } from './positions.ts';

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

/** Tells of mistakes in configurations and packs, whether their files are open or not, where that is news. */
export function problemTeller(
  documents: TextDocuments<TextDocument>,
  positions: Positions,
  tell: (uri: string, diagnostics: Diagnostic[]) => void,
): (problems: readonly EnvironmentProblem[], language: Language) => void {
  /** What was told last, by file. */
  let told: ReadonlyMap<string, string> = new Map();
  return (problems, language) => {
    const names = new Map(documents.all().map(({ uri }) => [keyOf(uri), uri]));
    const byFile = new Map<string, EnvironmentProblem[]>();
    for (const problem of problems) {
      const uri = names.get(keyOf(problem.uri)) ?? problem.uri;
      byFile.set(uri, [...(byFile.get(uri) ?? []), problem]);
    }
    const now = new Map<string, string>();
    for (const uri of new Set([...told.keys(), ...byFile.keys()])) {
      const diagnostics = positions.told(problemDiagnostics(byFile.get(uri) ?? [], language), uri);
      const text = JSON.stringify(diagnostics);
      if (text !== (told.get(uri) ?? '[]')) tell(uri, diagnostics);
      if (diagnostics.length > 0) now.set(uri, text);
    }
    told = now;
  };
}
