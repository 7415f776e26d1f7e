import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/** What is built. */
export const dist = join(import.meta.dirname, '../../dist');

/** A running server, and the way to talk to it. */
export interface RunningServer {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Resolves to its exit status once it has been told to exit. */
  exited(): Promise<number | null>;
}

/** The built servers that users run. */
export const servers = {
  'the language server': () => overStdio(join(dist, 'node/server.cjs'), '--stdio'),
  'huashu lsp': () => overStdio(join(dist, 'node/cli.cjs'), 'lsp'),
  'the server of the web': () => inWorker(join(dist, 'browser/server.js')),
} as const satisfies { readonly [name: string]: () => RunningServer };

function overStdio(...args: readonly string[]): RunningServer {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    reader: new StreamMessageReader(child.stdout),
    writer: new StreamMessageWriter(child.stdin),
    exited: () => exited,
  };
}

/** A worker such as a browser has: nothing of Node is in reach of the bundle. */
function inWorker(bundle: string): RunningServer {
  const worker = new Worker(join(import.meta.dirname, 'bareWorker.mjs'), { workerData: bundle });
  return {
    reader: new WorkerReader(worker),
    writer: new WorkerWriter(worker),
    // The server of a worker goes when its client ends the worker.
    exited: async () => {
      await worker.terminate();
      return 0;
    },
  };
}

class WorkerReader extends AbstractMessageReader {
  private readonly worker: Worker;

  constructor(worker: Worker) {
    super();
    this.worker = worker;
    worker.on('error', (error) => this.fireError(error));
  }

  listen(callback: DataCallback) {
    this.worker.on('message', callback);
    return { dispose: () => this.worker.off('message', callback) };
  }
}

class WorkerWriter extends AbstractMessageWriter {
  private readonly worker: Worker;

  constructor(worker: Worker) {
    super();
    this.worker = worker;
  }

  async write(message: Message): Promise<void> {
    this.worker.postMessage(message);
  }

  end(): void {}
}
