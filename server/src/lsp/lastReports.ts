import type {
  Diagnostic,
  DocumentDiagnosticReport,
  FullDocumentDiagnosticReport,
  UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { keyOf } from '../model/workspace.ts';

/** Of each open document the report that was answered last: most keys change nothing of it, and it can be long. */
export interface LastReports {
  /** The report with its id, or that it is still the one which the client has. */
  answer(
    uri: string,
    previousResultId: string | undefined,
    report: FullDocumentDiagnosticReport,
  ): DocumentDiagnosticReport;
  /** What is wrong with the document, as we count: the next time most of it is the same, and then it need not be put together. */
  note(uri: string, items: readonly Diagnostic[]): void;
  noted(uri: string): readonly Diagnostic[] | undefined;
  forget(uri: string): void;
}

export function lastReports(): LastReports {
  // A server that is started again must not take the ids of the one before for its own.
  const run = Date.now().toString(36);
  let count = 0;
  const noted = new Map<string, readonly Diagnostic[]>();
  const last = new Map<string, { readonly id: string; readonly items: FullDocumentDiagnosticReport['items'] }>();
  return {
    answer(uri, previousResultId, report): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
      const key = keyOf(uri);
      const before = last.get(key);
      if (before && areSame(before.items, report.items))
        return before.id === previousResultId
          ? { kind: 'unchanged', resultId: before.id }
          : { ...report, resultId: before.id };
      const id = `${run}-${count++}`;
      last.set(key, { id, items: report.items });
      return { ...report, resultId: id };
    },
    note: (uri, items) => void noted.set(keyOf(uri), items),
    noted: (uri) => noted.get(keyOf(uri)),
    forget(uri) {
      last.delete(keyOf(uri));
      noted.delete(keyOf(uri));
    },
  };
}

/** Whether findings say the same: nearly all are the same objects, behind a key as well. */
export function areSame(some: readonly Diagnostic[], others: readonly Diagnostic[]): boolean {
  return some.length === others.length && some.every((each, index) => isSame(each, others[index]));
}

/** Whether two values that can be written as JSON are written alike. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every((key) => isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
  );
}
