import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import type { Language } from '../base/text.ts';
import { nodeHost, nodeShipped, scriptsBelow } from '../host/nodeHost.ts';
import { WholeMessageWriter } from './messageWriter.ts';
import type { ServerHost } from './server.ts';
import { startServer } from './start.ts';

/** By how much, in percent of what is in use, the heap may grow before it is collected as a whole. */
const mostGrowth = 30;

/**
 * How many times as large the place for young objects becomes when it first grows, while the program is loaded, from the megabyte with
 * which V8 begins.
 */
const firstGrowth = 8;

/**
 * By itself V8 lets the heap grow to several times what is in use: in a long script that is hundreds of megabytes within a minute of
 * typing. Collecting it sooner costs no CPU time that could be measured.
 */
function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${mostGrowth}`);
  setFlagsFromString(`--semi-space-growth-factor=${firstGrowth}`);
}

/**
 * With a long script the place for young objects, of which there are two, would grow to 16 megabytes. With half as much no key costs more
 * CPU time that could be measured, with a quarter a twentieth, with an eighth a fifth.
 */
function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Runs the server on the connection that the command line asks for. */
export function startNodeServer(): void {
  keepHeapSmall();
  const connect = process.argv.includes('--stdio')
    ? connectStdio
    : (options: ConnectionOptions) => createConnection(ProposedFeatures.all, options);
  startServer(connect, host);
}

/** Runs the server on standard input and output, in the language of the user, or in that which the editor says. */
export function startStdioServer(language: Language | undefined): void {
  keepHeapSmall();
  startServer(connectStdio, {
    ...host,
    ...(language !== undefined && { language }),
  });
}

function connectStdio(options: ConnectionOptions): Connection {
  // Whatever somebody prints would stand among the messages.
  globalThis.console = new console.Console(process.stderr);
  const writer: unknown = new WholeMessageWriter(process.stdout);
  // The library takes a stream on one side and a writer on the other, though its types know only two of a kind.
  return createConnection(ProposedFeatures.all, process.stdin, writer as NodeJS.WritableStream, options);
}

const host: ServerHost = {
  ...nodeHost,
  shipped: nodeShipped,
  loaded: keepYoungSmall,
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
