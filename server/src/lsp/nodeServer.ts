import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeHost, nodeShipped, scriptsBelow } from '../host/nodeHost.ts';
import type { ServerHost } from './server.ts';
import { startServer } from './start.ts';

/** Runs the server on standard input and output or, without word of that, on the connection that the command line asks for. */
export function startNodeServer(stdio = false): void {
  startServer(
    (options) =>
      stdio
        ? createConnection(ProposedFeatures.all, process.stdin, process.stdout, options)
        : createConnection(ProposedFeatures.all, options),
    host,
  );
}

const host: ServerHost = {
  ...nodeHost,
  shipped: nodeShipped,
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
