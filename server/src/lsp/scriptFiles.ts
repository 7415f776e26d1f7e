import type { FileRename, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isScriptFile } from '../model/fileNames.ts';
import { keyOf, type Workspace } from '../model/workspace.ts';

/** The scripts of the workspace that are not open, as they stand in their files. */
export interface ScriptFiles {
  /** Whether the editor holds the text of a script, however it escapes the characters of its URI. */
  isOpen(uri: string): boolean;
  /** Reads scripts again, and those known in folders of these names: of a folder that has gone or come, only itself is named. */
  read(uris: readonly string[]): Promise<void>;
  /** The same after files or folders got other names. */
  readMoved(files: readonly FileRename[]): Promise<void>;
}

export function scriptFilesOf(
  workspace: Workspace,
  documents: TextDocuments<TextDocument>,
  readText: (uri: string) => Promise<string | undefined>,
): ScriptFiles {
  const isOpen = (uri: string): boolean =>
    documents.get(uri) !== undefined || documents.keys().some((each) => keyOf(each) === keyOf(uri));

  const readOne = async (uri: string): Promise<void> => {
    if (isOpen(uri) || !isScriptFile(uri)) return;
    const text = await readText(uri);
    // It may have been opened while it was read; then the editor's text counts.
    if (isOpen(uri)) return;
    if (text === undefined) workspace.remove(uri);
    else workspace.set(uri, 0, text);
  };

  const known = (): string[] => workspace.snapshot().scripts.map(({ uri }) => keyOf(uri));

  const files: ScriptFiles = {
    isOpen,
    async read(uris) {
      const folders = uris.filter((uri) => !isScriptFile(uri)).map(keyOf);
      const inside = folders.length === 0 ? [] : known().filter((uri) => folders.some((each) => isBelow(uri, each)));
      await Promise.all([...new Set([...uris, ...inside])].map(readOne));
    },
    readMoved: (moves) =>
      files.read(
        moves.flatMap(({ oldUri, newUri }) => {
          const [from, to] = [keyOf(oldUri), keyOf(newUri)];
          const inside = known().flatMap((uri) => (isBelow(uri, from) ? [to + uri.slice(from.length)] : []));
          return [from, to, ...inside];
        }),
      ),
  };
  return files;
}

function isBelow(uri: string, folder: string): boolean {
  return uri.startsWith(`${folder}/`);
}
