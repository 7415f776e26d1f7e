import { l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { openNew } from './newScript.ts';
import { type ImportParams, type ImportResult, importRequest } from './protocol.ts';

const endings = ['docx', 'xlsx', 'txt', 'md', 'markdown', 'html', 'htm', 'csv', 'tsv', 'json'];

/** Imports a document, chosen here unless the explorer says which, into a new script that is not saved yet. */
export async function importDocument(client: BaseLanguageClient, chosen?: Uri): Promise<void> {
  const uri = chosen instanceof Uri ? chosen : await choose();
  if (!uri) return;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  try {
    if ((await workspace.fs.stat(uri)).size > largest) throw new Error(l10n.t('The file is too large to be a script.'));
    const params: ImportParams = { name, bytes: base64(await workspace.fs.readFile(uri)), uri: uri.toString() };
    const { text, summary } = await client.sendRequest<ImportResult>(importRequest, params);
    await openNew(text, window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active);
    void window.showInformationMessage(l10n.t('Imported {0}: {1}. Please check it, then save.', name, summary));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('{0} could not be imported: {1}', name, why));
  }
}

async function choose(): Promise<Uri | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      title: l10n.t('Import a script from Word, Excel or text'),
      openLabel: l10n.t('Import'),
      filters: { [l10n.t('Word, Excel, text, JSON')]: endings },
    })) ?? [];
  return uri;
}

const largest = 20 * 1024 * 1024;

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
