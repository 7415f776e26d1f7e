import type { ExtensionContext } from 'vscode';
import { type BaseLanguageClient, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './client.ts';

let client: BaseLanguageClient | undefined;

/** Called by VS Code on the desktop, and on a remote machine, when the first script is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/node/server.cjs'), transport: TransportKind.ipc };
  client = await start(context, (options) => new LanguageClient('huashu', 'Huashu', server, options));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
