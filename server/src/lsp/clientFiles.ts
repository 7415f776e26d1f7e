import type { Connection } from 'vscode-languageserver';
import type { Files } from '../host/host.ts';
import { filesRequest, folderRequest, readRequest } from './protocol.ts';

/** Where the server finds scripts, configurations and rule packs that are not open. */
export interface ScriptSource extends Files {
  /** The URIs of the scripts in a folder. */
  listScripts(folder: string): Promise<readonly string[]>;
}

/** Our own client reads through the editor, so that remote and virtual folders count like those of this machine. */
export function filesOfClient(connection: Connection): ScriptSource {
  /** What was there when it was asked for last, and could not be read. */
  const unreadable = new Set<string>();
  return {
    async readText(uri) {
      const read = await connection.sendRequest<string | false | null>(readRequest, { uri });
      if (read === false) unreadable.add(uri);
      else unreadable.delete(uri);
      return read || read === '' ? read : undefined;
    },
    isUnreadable: async (uri) => unreadable.has(uri),
    listFolder: async (uri) => (await connection.sendRequest<string[] | null>(folderRequest, { uri })) ?? undefined,
    listScripts: () => connection.sendRequest<string[]>(filesRequest, null),
  };
}
