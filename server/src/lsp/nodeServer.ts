import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeHost, scriptsBelow } from '../host/nodeHost.ts';
import type { Pack } from '../packs/pack.ts';
import type { LoadDocuments } from './imports.ts';
import { type ServerHost, startServer } from './server.ts';

/** Runs the server on the connection that the command line asks for: IPC, or stdio. */
export function startNodeServer(
  bundled: readonly Pack[],
  loadDocuments: LoadDocuments,
  connection: Connection = createConnection(ProposedFeatures.all),
): void {
  startServer(connection, { ...host, loadDocuments }, bundled);
}

const host: Omit<ServerHost, 'loadDocuments'> = {
  ...nodeHost,
  async listScripts(folder) {
    const uris: string[] = [];
    if (!folder.startsWith('file:')) return uris;
    for await (const path of scriptsBelow(fileURLToPath(folder))) uris.push(pathToFileURL(path).toString());
    return uris;
  },
  // Messages are taken one a turn: the second turn sees a cancellation that came right behind its request.
  pause: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
  delay: (time) => new Promise((resolve) => setTimeout(resolve, time)),
  // The bundle lies in dist/node of the extension.
  docs: `${pathToFileURL(join(__dirname, '../../docs/rules')).toString()}/`,
};
