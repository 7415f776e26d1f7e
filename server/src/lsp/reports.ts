import { type Connection, LSPErrorCodes, type ProgressToken, ProgressType, ResponseError } from 'vscode-languageserver';
import type { Language } from '../base/text.ts';
import type { EnvironmentProblem } from '../host/environment.ts';
import { isFoundIn } from '../model/fileNames.ts';
import { keyOf } from '../model/workspace.ts';
import { problemReports, type ReportedFinding, reportedFindings, summaryOf } from '../report/report.ts';
import { fileLines, summaryLine } from '../report/text.ts';
import { guarded } from './failure.ts';
import { turn } from './turns.ts';
import { type Surroundings, worldOf } from './workspaceCheck.ts';

/** Which folder to report on, and where its lines go as they are written. */
export interface ReportParams {
  readonly folder: string;
  readonly partialResultToken: ProgressToken;
}

export interface FolderReport {
  /** The last line. */
  readonly summary: string;
  readonly errors: number;
}

interface Around extends Pick<Surroundings, 'contextOf' | 'snapshot' | 'isOpen' | 'rest' | 'log'> {
  /** Reads all scripts again. */
  readAll(): Promise<unknown>;
  problems(): readonly EnvironmentProblem[];
  language(): Language;
}

const method = 'huashu/report';
const part = new ProgressType<readonly string[]>();

/** Answers `huashu/report` with what `huashu check` prints in the folder, so that a task needs no command line. */
export function answerReports(connection: Connection, around: Around): void {
  connection.onRequest(
    method,
    guarded<ReportParams, FolderReport>(method, around, async ({ folder, partialResultToken }, token) => {
      await around.readAll();
      const language = around.language();
      const root = keyOf(folder).replace(/\/?$/, '/');
      const nameOf = (uri: string): string => nameIn(root, uri);
      const counted: Pick<ReportedFinding, 'severity' | 'suppressed'>[] = [];
      const say = (uri: string, findings: readonly ReportedFinding[]): void => {
        counted.push(...findings.map(({ severity, suppressed }) => ({ severity, suppressed })));
        const lines = fileLines({ path: nameOf(uri), findings }, language);
        if (lines.length > 0) void connection.sendProgress(part, partialResultToken, lines);
      };
      const problems = around.problems().filter(({ uri }) => keyOf(uri).startsWith(root));
      for (const { path, findings } of problemReports(problems, language, (uri) => uri)) say(path, findings);
      const scripts = around.snapshot().scripts.filter(({ uri }) => isFoundIn([root], keyOf(uri)));
      const sorted = scripts.map(({ uri }) => uri).sort((a, b) => byName(nameOf(a), nameOf(b)));
      let since = Date.now();
      for (const uri of sorted) {
        if (Date.now() - since > turn) {
          await around.rest(true);
          since = Date.now();
        }
        if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
        const { snapshot, findings } = worldOf(uri, around.snapshot(), around);
        const script = snapshot.script(uri);
        if (!script) continue;
        say(uri, reportedFindings(script, findings(script), snapshot, language, nameOf));
      }
      const summary = summaryOf(counted, sorted.length);
      return { summary: summaryLine({ summary }, language), errors: summary.errors };
    }),
  );
}

/** A file as it is called from a folder, or, elsewhere, by its whole path. */
export function nameIn(root: string, uri: string): string {
  const key = keyOf(uri);
  return decodeURIComponent(key.startsWith(root) ? key.slice(root.length) : key.replace(/^file:\/\//, ''));
}

/** Folder by folder, as the command line goes. */
function byName(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')];
  const at = a.findIndex((name, index) => name !== b[index]);
  return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
