import {
  CancellationTokenSource,
  CustomExecution,
  type Disposable,
  EventEmitter,
  l10n,
  type Pseudoterminal,
  Task,
  type TaskDefinition,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, ProgressType } from 'vscode-languageclient';
import { type FolderReport, type ReportParams, reportRequest } from './protocol.ts';

const type = 'huashu';

/** Offers to check each folder as a task. The server writes the report, so that no Node and no command line is needed. */
export function offerTasks(client: BaseLanguageClient): Disposable {
  return tasks.registerTaskProvider(type, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).map((folder) => checkOf(folder, { type, task: 'check' }, client)),
    resolveTask({ definition, scope }) {
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      return folder && definition.task === 'check' ? checkOf(folder, definition, client) : undefined;
    },
  });
}

function checkOf(folder: WorkspaceFolder, definition: TaskDefinition, client: BaseLanguageClient): Task {
  const execution = new CustomExecution(async () => terminalFor(folder, client));
  // Where the server tells of all scripts itself, each problem would be there twice; and a matcher finds files on disks only.
  const shown = workspace.getConfiguration('huashu').get('checkScope') !== 'openFiles' || folder.uri.scheme !== 'file';
  const task = new Task(definition, folder, l10n.t('Check Scripts'), type, execution, shown ? [] : ['$huashu']);
  task.detail = l10n.t('All scripts of the folder, as huashu check does it');
  task.presentationOptions = { clear: true };
  return task;
}

const lines = new ProgressType<readonly string[]>();
let count = 0;

/** A terminal that shows the report on a folder, and ends with 1 where there are errors, as the command line does. */
function terminalFor(folder: WorkspaceFolder, client: BaseLanguageClient): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const source = new CancellationTokenSource();
  const write = (line: string): void => written.fire(`${line}\r\n`);

  async function report(): Promise<number> {
    const partialResultToken = `huashu-report-${count++}`;
    const listening = client.onProgress(lines, partialResultToken, (some) => some.forEach(write));
    try {
      const params: ReportParams = { folder: folder.uri.toString(), partialResultToken };
      const { summary, errors } = await client.sendRequest<FolderReport>(reportRequest, params, source.token);
      write(summary);
      return errors > 0 ? 1 : 0;
    } catch (error) {
      write(error instanceof Error ? error.message : String(error));
      return 2;
    } finally {
      listening.dispose();
    }
  }

  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => void report().then((status) => closed.fire(status)),
    close: () => source.cancel(),
  };
}
