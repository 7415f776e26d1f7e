import { commands, env, l10n, ProgressLocation, UIKind, Uri, window, workspace } from 'vscode';

/** What is written, and how it is asked where it should go. */
export interface FileToSave {
  readonly title: string;
  /** The kind of file in the user's words, and how its name ends. */
  readonly kind: string;
  readonly ending: string;
  /** What stands behind the name of the script in the proposed name. */
  readonly suffix?: string;
}

/** Asks where something that is made of a script is to go, beside it by default, makes it, and writes it there. */
export async function saveFile(
  script: Uri,
  { title, kind, ending, suffix = '' }: FileToSave,
  make: () => Promise<Uint8Array>,
): Promise<Uri | undefined> {
  const file = await window.showSaveDialog({
    defaultUri: beside(script, `${suffix}.${ending}`),
    filters: { [kind]: [ending] },
    title,
  });
  if (!file) return undefined;
  const bytes = await window.withProgress({ location: ProgressLocation.Window, title }, make);
  await workspace.fs.writeFile(file, bytes);
  return file;
}

/** A file beside another one, or, where that has no place yet, in the folder that is open. */
function beside(script: Uri, end: string): Uri {
  const name = nameOf(script).replace(/(?:\.[^.]*)?$/, end);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (script.scheme === 'untitled') return folder ? Uri.joinPath(folder, name) : Uri.file(name);
  return Uri.joinPath(script, '..', name);
}

export function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Says that a file was written, and offers to show it. */
export async function tellSaved(file: Uri, message: string): Promise<void> {
  const isText = /\.(?:csv|mmd|json|txt)$/i.test(file.path);
  // What is on another machine, or in no file system at all, stands in no folder of this one.
  const isHere = file.scheme === 'file' && env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  const choices = isText ? [l10n.t('Open')] : isHere ? [l10n.t('Show in Folder')] : [];
  if ((await window.showInformationMessage(message, ...choices)) === undefined) return;
  if (isText) await window.showTextDocument(file);
  else await commands.executeCommand('revealFileInOS', file);
}

/** The bytes that the server sends as text. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
