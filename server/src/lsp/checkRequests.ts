import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type ProgressToken,
  ResponseError,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import { keyOf } from '../model/workspace.ts';
import { summaryLine } from '../report/text.ts';
import { guarded } from './failure.ts';
import { problemDiagnostics } from './problems.ts';
import type { Progress, WorkspaceCheck } from './workspaceCheck.ts';

/** What `huashu/checkWorkspace` found, as `huashu check` would count it. */
export interface CheckedWorkspace {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
  /** The same in words. */
  readonly summary: string;
  /** The URIs of scripts that are there and cannot be read. */
  readonly unreadable: readonly string[];
}

export interface CheckParams {
  readonly workDoneToken?: ProgressToken;
}

/** What the requests ask of the server around them. */
interface Surroundings {
  /** Reads all scripts again; answers those that cannot be read. */
  readonly readAll: () => Promise<readonly string[]>;
  readonly problems: () => readonly EnvironmentProblem[];
  readonly language: () => Language;
  readonly log: (error: unknown) => void;
}

const checkWorkspaceMethod = 'huashu/checkWorkspace';

const title: Text = { zh: '正在检查话术', en: 'Checking scripts' };

/** Answers `workspace/diagnostic` and `huashu/checkWorkspace`. They are no features, since they take their time. */
export function answerChecks(connection: Connection, check: WorkspaceCheck, around: Surroundings): void {
  connection.onRequest(
    WorkspaceDiagnosticRequest.method,
    async (
      { previousResultIds, partialResultToken }: WorkspaceDiagnosticParams,
      token: CancellationToken,
    ): Promise<WorkspaceDiagnosticReport | ResponseError> => {
      const told = previousResultIds.map(({ uri, value }) => ({ uri, id: value }));
      if (partialResultToken !== undefined) {
        // Held for good: what changes is told as a part of the one answer, so that nobody has to ask again and again.
        const stop = check.listen(told, (report) => {
          void connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, partialResultToken, {
            items: [report],
          });
        });
        await cancelled(token);
        stop();
        return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      }
      const reports = new Map<string, WorkspaceDocumentDiagnosticReport>(
        told.map(({ uri, id }) => [keyOf(uri), { kind: 'unchanged', uri, version: null, resultId: id }]),
      );
      const stop = check.listen(told, (report) => reports.set(keyOf(report.uri), report));
      await Promise.race([check.look(), cancelled(token)]);
      stop();
      return { items: [...reports.values()] };
    },
  );

  connection.onRequest(
    checkWorkspaceMethod,
    guarded<CheckParams, CheckedWorkspace>(checkWorkspaceMethod, around, async ({ workDoneToken }, token) => {
      const progress = shown(connection.window.attachWorkDoneProgress(workDoneToken), around.language());
      void cancelled(token).then(() => check.pause());
      const unreadable = await around.readAll();
      const scripts = token.isCancellationRequested ? undefined : await check.all(progress);
      if (!scripts) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      const language = around.language();
      const items = [...problemDiagnostics(around.problems(), language), ...scripts.flatMap((each) => each.items)];
      const count = (...severities: readonly number[]): number =>
        items.filter(({ severity = 1 }) => severities.includes(severity)).length;
      const summary = {
        files: scripts.length,
        errors: count(1),
        warnings: count(2),
        infos: count(3, 4),
        suppressed: scripts.reduce((sum, { suppressed }) => sum + suppressed, 0),
      };
      return { ...summary, summary: summaryLine({ summary }, language), unreadable };
    }),
  );
}

/** Shows in the status bar, or wherever the editor has a place for it, how far the check is; it can be cancelled there. */
export async function showProgress(connection: Connection, language: Language, cancel: () => void): Promise<Progress> {
  const reporter = await connection.window.createWorkDoneProgress();
  reporter.token.onCancellationRequested(cancel);
  return shown(reporter, language);
}

function shown(reporter: ReturnType<Connection['window']['attachWorkDoneProgress']>, language: Language): Progress {
  reporter.begin(inLanguage(title, language), 0, undefined, true);
  let last = 0;
  return {
    report(done, total) {
      const percent = Math.floor((100 * done) / total);
      if (percent === last) return;
      last = percent;
      reporter.report(percent, `${done}/${total}`);
    },
    end: () => reporter.done(),
  };
}

function cancelled(token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    if (token.isCancellationRequested) resolve();
    else token.onCancellationRequested(() => resolve());
  });
}
