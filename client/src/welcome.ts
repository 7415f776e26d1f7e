import { commands, Disposable, FileType, type Memento, type Uri, window, workspace } from 'vscode';
import { entriesOf, scriptsOfWorkspace } from './files.ts';

/** What the open folders are to us: `when` clauses of the manifest ask for it as `huashu.folder`. */
type Folder = 'scripts' | 'welcome' | 'other' | 'none';

/** Tells the views what to welcome the user with, as long as there is no script. */
export function welcome(memory: Memento): Disposable {
  const look = async (): Promise<void> => {
    const kind = await kindOfFolders();
    await commands.executeCommand('setContext', 'huashu.folder', kind);
    // In the explorer it begins folded up. It is unfolded once; from then on it is as the user leaves it.
    if (kind !== 'welcome' || memory.get('welcomed')) return;
    await memory.update('welcomed', true);
    await commands.executeCommand('huashu.welcome.focus', { preserveFocus: true });
  };
  void look();
  return Disposable.from(
    // The view has nothing in it but its welcome.
    window.registerTreeDataProvider('huashu.welcome', { getChildren: () => [], getTreeItem: (item: never) => item }),
    workspace.onDidChangeWorkspaceFolders(look),
    workspace.onDidCreateFiles(look),
    workspace.onDidDeleteFiles(look),
    workspace.onDidRenameFiles(look),
    workspace.onDidSaveTextDocument(({ languageId }) => languageId === 'huashu' && look()),
  );
}

async function kindOfFolders(): Promise<Folder> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return 'none';
  if ((await scriptsOfWorkspace(1)).length > 0) return 'scripts';
  return (await Promise.all(folders.map(({ uri }) => mayBeForScripts(uri)))).every(Boolean) ? 'welcome' : 'other';
}

/** Whether a folder holds nothing but documents and folders; one with programs in it is left alone. */
async function mayBeForScripts(folder: Uri): Promise<boolean> {
  const entries = await entriesOf(folder);
  return entries.every(([name, type]) => type & FileType.Directory || name.startsWith('.') || documents.test(name));
}

const documents = /\.(?:docx?|wps|xlsx?|et|pptx?|pdf|txt|md|html?|csv|tsv|png|jpe?g|gif|zip|ya?ml)$/i;
