import { commands, l10n, Uri, window, workspace } from 'vscode';
import { practiceCopy, samples } from './samples.ts';

/** Copies the samples of the extension to where the user wants them; where no file can be written one is opened as a copy to try. */
export async function openSamples(extension: Uri): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!workspace.fs.isWritableFileSystem(folder?.uri.scheme ?? 'file')) {
    const title = l10n.t('Open a sample');
    const picked = await window.showQuickPick(samples, { title, placeHolder: l10n.t('A copy to try things on') });
    const name = samples.find((each) => each === picked);
    if (name) await window.showTextDocument(practiceCopy(name));
    return;
  }
  const [chosen] =
    (await window.showOpenDialog({
      title: l10n.t('Choose a folder for the samples'),
      openLabel: l10n.t('Copy Samples Here'),
      canSelectFolders: true,
      canSelectFiles: false,
      ...(folder && { defaultUri: folder.uri }),
    })) ?? [];
  if (!chosen) return;
  const target = Uri.joinPath(chosen, l10n.t('Huashu samples'));
  try {
    if (!(await copy(Uri.joinPath(extension, 'samples'), target))) return;
    await window.showTextDocument(Uri.joinPath(target, samples[0]));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('The samples could not be copied: {0}', why));
    return;
  }
  if (!workspace.getWorkspaceFolder(target)) await offerFolder(target);
}

/** Copies every sample; what is there already with other contents stays unless the user lets it go. Nothing when called off. */
async function copy(from: Uri, target: Uri): Promise<boolean> {
  const files = await Promise.all(
    samples.map(async (name) => {
      const to = Uri.joinPath(target, name);
      const [text, old] = await Promise.all([workspace.fs.readFile(Uri.joinPath(from, name)), bytesOf(to)]);
      return { name, to, text, differs: old !== undefined && !areEqual(old, text) };
    }),
  );
  const changed = files.filter(({ differs }) => differs);
  const replace = l10n.t('Replace');
  const keep = l10n.t('Keep Mine');
  const answer =
    changed.length === 0
      ? replace
      : await window.showWarningMessage(
          l10n.t('The folder has samples that you have changed.'),
          { modal: true, detail: changed.map(({ name }) => name).join('\n') },
          keep,
          replace,
        );
  if (answer === undefined) return false;
  for (const { to, text, differs } of files) if (!differs || answer === replace) await workspace.fs.writeFile(to, text);
  return true;
}

async function bytesOf(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

async function offerFolder(folder: Uri): Promise<void> {
  const open = l10n.t('Open Folder');
  if ((await window.showInformationMessage(l10n.t('The samples were copied.'), open)) === open)
    await commands.executeCommand('vscode.openFolder', folder);
}
