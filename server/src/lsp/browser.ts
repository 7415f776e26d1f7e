import { readPartsBy } from 'huashu:parts';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type Connection,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { today } from '../host/today.ts';
import { shippedRequest } from './protocol.ts';
import type { ServerHost } from './server.ts';
import { startServer } from './start.ts';

const worker = self as DedicatedWorkerGlobalScope & typeof globalThis;
let connection: Connection;

const turn = (time = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/** The bytes come as they are, since messages of a worker are no text. */
function readBytes(path: string): Promise<Uint8Array> {
  return connection.sendRequest(shippedRequest, { path });
}

/** A worker has no files: all that it reads it asks the editor for. */
const host: ServerHost = {
  readText: async () => undefined,
  listFolder: async () => undefined,
  listScripts: async () => [],
  shipped: {
    readText: async (path) => new TextDecoder('utf-16le').decode(await readBytes(path)),
    readBytes,
  },
  today,
  // Messages are taken one a turn: the second turn sees a cancellation that came right behind its request.
  pause: () => turn().then(() => turn()),
  delay: turn,
};

// Nor can a worker load a second script wherever it comes from: it gets its own parts in the same way.
readPartsBy(async (name) => new TextDecoder().decode(await readBytes(`browser/${name}`)));

startServer((options) => {
  connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(worker),
    new BrowserMessageWriter(worker),
    options,
  );
  return connection;
}, host);
