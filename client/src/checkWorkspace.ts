import {
  type CancellationToken,
  commands,
  l10n,
  type Progress,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, WorkDoneProgress } from 'vscode-languageclient';
import { type CheckedWorkspace, type CheckParams, checkWorkspaceRequest } from './protocol.ts';

/** Checks all scripts in the folders, whatever the settings say, and tells how many problems there are. */
export async function checkWorkspace(client: BaseLanguageClient): Promise<void> {
  if (!workspace.workspaceFolders?.length) {
    const open = l10n.t('Open Folder');
    const message = l10n.t('No folder is open. Open one to have all its scripts checked.');
    if ((await window.showInformationMessage(message, open)) === open)
      await commands.executeCommand('vscode.openFolder');
    return;
  }
  try {
    const title = l10n.t('Checking scripts');
    const found = await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title },
      (progress, token) => ask(client, progress, token),
    );
    if (found) await tell(found);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('The scripts could not be checked: {0}', why));
  }
}

/** Asks the server and shows how far it is; nothing comes of it when it is cancelled. */
async function ask(
  client: BaseLanguageClient,
  progress: Progress<{ message?: string; increment?: number }>,
  token: CancellationToken,
): Promise<CheckedWorkspace | undefined> {
  const workDoneToken = `huashu-check-${count++}`;
  let last = 0;
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind !== 'report') return;
    const { message, percentage = last } = value;
    progress.report({ increment: percentage - last, ...(message !== undefined && { message }) });
    last = percentage;
  });
  try {
    const params: CheckParams = { workDoneToken };
    return await client.sendRequest<CheckedWorkspace>(checkWorkspaceRequest, params, token);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listening.dispose();
  }
}

let count = 0;

async function tell({ files, errors, warnings, infos, summary, unreadable }: CheckedWorkspace): Promise<void> {
  if (files === 0 && unreadable.length === 0) {
    void window.showWarningMessage(l10n.t('There is no script (.huashu, .话术) in the open folders.'));
    return;
  }
  const names = unreadable.map((uri) => workspace.asRelativePath(Uri.parse(uri))).join(l10n.t(', '));
  const message = unreadable.length > 0 ? l10n.t('{0}. Cannot be read: {1}', summary, names) : summary;
  const show = errors + warnings + infos > 0 ? [l10n.t('Show Problems')] : [];
  const chosen =
    errors > 0 || unreadable.length > 0
      ? await window.showWarningMessage(message, ...show)
      : await window.showInformationMessage(message, ...show);
  if (chosen !== undefined) await commands.executeCommand('workbench.actions.view.problems');
}
