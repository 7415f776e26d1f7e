import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
  type BaseLanguageClient,
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { start } from './client.ts';

let client: BaseLanguageClient | undefined;
let worker: Worker | undefined;

/** Called by an editor that runs in the browser, such as vscode.dev, when the first script is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const bundle = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist/browser/server.js'));
  // Not every place that an extension can come from is one that a worker can be loaded from.
  const url = URL.createObjectURL(new Blob([new Uint8Array(bundle)], { type: 'text/javascript' }));
  context.subscriptions.push({ dispose: () => URL.revokeObjectURL(url) });
  const connect = async (): Promise<MessageTransports> => {
    // After a restart the server before would live on.
    worker?.terminate();
    worker = new Worker(url, { name: 'Huashu' });
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  client = await start(context, (options) => new LanguageClient('huashu', 'Huashu', connect, options));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  worker?.terminate();
}
