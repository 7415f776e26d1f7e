import type { Diagnostic, ProgressToken, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import { CancellationTokenSource, ProgressType } from 'vscode-languageserver-protocol/node';
import type { Client } from './client.ts';

/** What an editor that asks for the whole workspace has been told, and waits to be told. */
export interface WorkspaceReports {
  /** What is wrong now with each script, by URI; those without problems are left out. */
  readonly current: ReadonlyMap<string, readonly Diagnostic[]>;
  /** The URIs that were told of, in their order. */
  readonly told: string[];
  /** Result ids by URI, as the next request would send them. */
  readonly ids: ReadonlyMap<string, string>;
  /** Resolves as soon as what is current is as expected. */
  until(expected: (current: ReadonlyMap<string, readonly Diagnostic[]>) => boolean): Promise<void>;
  cancel(): void;
  /** What became of the request. */
  readonly answer: Promise<unknown>;
}

const partial = new ProgressType<{ items: WorkspaceDocumentDiagnosticReport[] }>();

/** Asks for the diagnostics of the workspace, as VS Code does: with a token for partial results. */
export function workspaceReports(
  { connection }: Client,
  known: ReadonlyMap<string, string> = new Map(),
): WorkspaceReports {
  const current = new Map<string, readonly Diagnostic[]>();
  const ids = new Map(known);
  const told: string[] = [];
  const waiting = new Set<() => void>();
  const token: ProgressToken = Math.random().toString();
  const source = new CancellationTokenSource();
  connection.onProgress(partial, token, ({ items }) => {
    for (const report of items) {
      told.push(report.uri);
      if (report.resultId === undefined) ids.delete(report.uri);
      else ids.set(report.uri, report.resultId);
      if (report.kind !== 'full') continue;
      if (report.items.length === 0) current.delete(report.uri);
      else current.set(report.uri, report.items);
    }
    for (const look of waiting) look();
  });
  const answer = connection
    .sendRequest(
      'workspace/diagnostic',
      {
        previousResultIds: [...known].map(([uri, value]) => ({ uri, value })),
        partialResultToken: token,
      },
      source.token,
    )
    .catch((error: unknown) => error);
  return {
    current,
    ids,
    told,
    until: (expected) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!expected(current)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    cancel: () => source.cancel(),
    answer,
  };
}
