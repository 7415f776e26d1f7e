import { bundledPacks } from 'huashu:packs';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { today } from '../host/today.ts';
import { type ServerHost, startServer } from './server.ts';

const turn = (time = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/** A worker has no files: all that it reads it asks the editor for. */
const host: ServerHost = {
  readText: async () => undefined,
  listFolder: async () => undefined,
  listScripts: async () => [],
  today,
  // Messages are taken one a turn: the second turn sees a cancellation that came right behind its request.
  pause: () => turn().then(() => turn()),
  delay: turn,
  loadDocuments: () => import('huashu:documents'),
};

const worker = self as DedicatedWorkerGlobalScope & typeof globalThis;
startServer(
  createConnection(ProposedFeatures.all, new BrowserMessageReader(worker), new BrowserMessageWriter(worker)),
  host,
  bundledPacks,
);
