import {
  commands,
  EventEmitter,
  type ExtensionContext,
  l10n,
  type OutputChannel,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, Location, Middleware, Position } from 'vscode-languageclient';
import { checkWorkspace } from './checkWorkspace.ts';
import { offerDifference } from './difference.ts';
import { inputs, isScript, readFolder, readText, scriptsOfWorkspace } from './files.ts';
import { offerHandover } from './handover.ts';
import { importDocument } from './import.ts';
import { offerTools } from './languageModelTools.ts';
import { offerMap } from './map.ts';
import { newScript } from './newScript.ts';
import { openSamples } from './openSamples.ts';
import { offerPaste } from './paste.ts';
import { offerPractice } from './practice.ts';
import {
  changed,
  filesRequest,
  folderRequest,
  type InitializationOptions,
  readRequest,
  type SuppressAsking,
  shippedRequest,
} from './protocol.ts';
import { recovery } from './recovery.ts';
import { offerRehearsal } from './rehearsal.ts';
import { modelsOf, offerRewrites, onlyWithModel, rewriteCommand } from './rewrite.ts';
import { openManual, openRulePage } from './rulePage.ts';
import { showStatus } from './status.ts';
import { suppress } from './suppress.ts';
import { offerTasks } from './tasks.ts';
import { showScenarios } from './tests.ts';
import { welcome } from './welcome.ts';

/** Makes the client of one platform: the desktop's talks to a process, the web's to a worker. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Starts the language client and everything else that desktop and web have in common. */
export async function start(context: ExtensionContext, makeClient: MakeClient): Promise<BaseLanguageClient> {
  const output = window.createOutputChannel('Huashu', { log: true });
  const watcher = workspace.createFileSystemWatcher(inputs);
  const initializationOptions: InitializationOptions = {
    readsFiles: true,
    hearsChanges: true,
    docs: `${Uri.joinPath(context.extensionUri, 'docs/rules')}/`,
    referencesCommand: 'huashu.showReferences',
    suppressCommand: 'huashu.suppress',
    rewriteCommand,
  };
  const models = modelsOf(context);
  const { errorHandler, middleware } = recovery(output);
  const client = makeClient({
    // No scheme: a script in a virtual workspace, or one not saved yet, is checked like any other. Which YAML files are
    // configurations and rule packs is for the server to see; it leaves the others alone.
    documentSelector: [{ language: 'huashu' }, { language: 'yaml' }],
    outputChannel: output,
    errorHandler,
    middleware: { ...middleware, ...onlyWithModel(models), ...commandsAtOnce },
    initializationOptions,
    // Changed settings need no word here: the server asks to be told of them, and then for what it needs.
    synchronize: { fileEvents: watcher },
  });
  // A client hears each notification once: a second handler would take the place of the first.
  const changes = new EventEmitter<void>();
  const scenarios = showScenarios(client, changes.event);
  context.subscriptions.push(
    output,
    watcher,
    changes,
    client.onNotification(changed, () => changes.fire()),
    client.onRequest(filesRequest, () => scriptsOfWorkspace()),
    client.onRequest(readRequest, ({ uri }: { readonly uri: string }) => readText(uri)),
    client.onRequest(folderRequest, ({ uri }: { readonly uri: string }) => readFolder(uri)),
    client.onRequest(shippedRequest, ({ path }: { readonly path: string }) =>
      workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', path)),
    ),
    commands.registerCommand('huashu.restart', () => restart(client, output)),
    commands.registerCommand(initializationOptions.referencesCommand, (uri: string, at: Position, found: Location[]) =>
      showReferences(client, uri, at, found),
    ),
    commands.registerCommand('huashu.newScript', () => newScript(client)),
    commands.registerCommand('huashu.checkWorkspace', () => checkWorkspace(client)),
    commands.registerCommand('huashu.import', (uri?: Uri) => importDocument(client, uri)),
    offerPaste(client),
    commands.registerCommand(initializationOptions.suppressCommand, (asking: SuppressAsking) =>
      suppress(client, asking),
    ),
    models,
    offerRewrites(client, models, context.globalState),
    offerTools(client),
    scenarios,
    offerTasks(client),
    commands.registerCommand('huashu.openSamples', () => openSamples(context.extensionUri)),
    commands.registerCommand('huashu.openRulePage', () => openRulePage(context.extensionUri)),
    commands.registerCommand('huashu.openManual', () => openManual(context.extensionUri)),
    commands.registerCommand('huashu.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#firstHour`),
    ),
    offerPractice(context.extensionUri, scenarios),
    offerMap(client, context.extensionUri, changes.event),
    offerRehearsal(client, context.extensionUri, changes.event),
    offerHandover(client),
    offerDifference(client, context.extensionUri, changes.event),
    showStatus(client, context.extensionUri, changes.event),
    welcome(context.workspaceState),
  );
  if (workspace.textDocuments.some(isOurs) || (await scriptsOfWorkspace(1)).length > 0) await client.start();
  else {
    context.subscriptions.push(
      workspace.onDidOpenTextDocument((each) => isOurs(each) && client.start()),
      watcher.onDidCreate((uri) => isScript(uri.path) && client.start()),
    );
  }
  return client;
}

/**
 * An action with a command is ready as it is. Were the server asked first, the editor, which looks for actions anew when its menu has
 * closed, could have forgotten the command by then.
 */
const commandsAtOnce: Middleware = {
  resolveCodeAction: (action, token, next) => (action.command ? action : next(action, token)),
};

/** Whether a document needs the server. A window without any does without, until a command asks it for something. */
function isOurs({ languageId }: TextDocument): boolean {
  return languageId === 'huashu' || languageId === 'yaml';
}

/** VS Code's own command wants its own objects, which do not come through JSON. */
async function showReferences(
  { protocol2CodeConverter: convert }: BaseLanguageClient,
  uri: string,
  at: Position,
  found: readonly Location[],
): Promise<void> {
  const locations = found.map((each) => convert.asLocation(each));
  await commands.executeCommand('editor.action.showReferences', convert.asUri(uri), convert.asPosition(at), locations);
}

async function restart(client: BaseLanguageClient, output: OutputChannel): Promise<void> {
  try {
    if (client.needsStop()) await client.stop();
    await client.start();
    window.setStatusBarMessage(l10n.t('Huashu restarted.'), 3000);
  } catch (error) {
    const show = l10n.t('Show Output');
    const message = l10n.t(
      'Huashu could not be restarted: {0}',
      error instanceof Error ? error.message : String(error),
    );
    if ((await window.showErrorMessage(message, show)) === show) output.show();
  }
}
