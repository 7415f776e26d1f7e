import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol';
import { createProtocolConnection, type ProtocolConnection } from 'vscode-languageserver-protocol/node';
import { dist, servers } from './servers.ts';

/** A language client as small as it can be: it speaks to a built server, as any editor would. */
export interface Client {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  open(uri: string, text: string, version?: number): void;
  /** Replaces the whole text. */
  change(uri: string, text: string, version: number): void;
  /** What the server has pushed, by URI. */
  readonly pushed: ReadonlyMap<string, readonly Diagnostic[]>;
  /** The first diagnostics that the server pushes from now on for a file and that are as `expected`. */
  published(uri: string, expected?: (codes: readonly unknown[]) => boolean): Promise<readonly Diagnostic[]>;
  stop(): Promise<number | null>;
}

export interface ClientOptions {
  readonly server?: keyof typeof servers;
  readonly locale?: string;
  readonly pull?: boolean;
  readonly folder?: string;
  /** Several folders, in place of one. */
  readonly folders?: readonly string[];
  /** The settings `huashu.*`, or what they are in a folder. */
  readonly settings?: object | ((folder: string | undefined) => object);
  /** Files by URI that the client reads for the server, as our own client does; what stands on the disk does not count. Without a text one cannot be read. */
  readonly files?: Map<string, string | null>;
  /** Further capabilities of the editor's workspace. */
  readonly workspace?: ClientCapabilities['workspace'];
  /** Further capabilities of the editor for its documents. */
  readonly textDocument?: ClientCapabilities['textDocument'];
  /** What the client says of itself beyond the protocol. */
  readonly options?: object;
  /** In what it can count the characters of a line, what it likes best first. */
  readonly positionEncodings?: readonly string[];
}

export async function start({
  server = 'the language server',
  locale = 'zh-cn',
  pull = true,
  folder,
  folders = folder === undefined ? [] : [folder],
  settings,
  files,
  workspace,
  textDocument,
  options,
  positionEncodings,
}: ClientOptions = {}): Promise<Client> {
  const running = servers[server]();
  const connection = createProtocolConnection(running.reader, running.writer);
  const waiting: { uri: string; expected(codes: readonly unknown[]): boolean; resolve(found: Diagnostic[]): void }[] =
    [];
  const pushed = new Map<string, readonly Diagnostic[]>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    pushed.set(uri, diagnostics);
    const codes = diagnostics.map(({ code }) => code);
    for (const each of waiting.filter((one) => one.uri === uri && one.expected(codes))) {
      waiting.splice(waiting.indexOf(each), 1);
      each.resolve(diagnostics);
    }
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => (typeof settings === 'function' ? settings(scopeUri) : settings) ?? null),
  );
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/semanticTokens/refresh', () => null);
  connection.onRequest('huashu/files', () => [...(files?.keys() ?? [])].filter((uri) => !/\.ya?ml$/.test(uri)));
  connection.onRequest('huashu/read', ({ uri }: { uri: string }) => files?.get(uri) ?? null);
  connection.onRequest('huashu/folder', ({ uri }: { uri: string }) => inFolder(uri, [...(files?.keys() ?? [])]));
  connection.onRequest('huashu/shipped', ({ path }: { path: string }) => readFile(join(dist, path)));
  connection.listen();
  const capabilities: ClientCapabilities = {
    ...(positionEncodings && { general: { positionEncodings: [...positionEncodings] } }),
    textDocument: { ...(pull && { diagnostic: {} }), ...textDocument },
    workspace: { configuration: true, ...(pull && { diagnostics: { refreshSupport: true } }), ...workspace },
  };
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: folders[0] ?? null,
    capabilities,
    locale,
    ...((files || options) && { initializationOptions: { ...(files && { readsFiles: true }), ...options } }),
    workspaceFolders: folders.length > 0 ? folders.map((uri, index) => ({ uri, name: `w${index}` })) : null,
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    initialized,
    open: (uri, text, version = 1) =>
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'huashu', version, text },
      }),
    change: (uri, text, version) =>
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    pushed,
    published: (uri, expected = () => true) => new Promise((resolve) => waiting.push({ uri, expected, resolve })),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const code = await running.exited();
      connection.dispose();
      return code;
    },
  };
}

function inFolder(uri: string, files: readonly string[]): string[] | null {
  const folder = uri.replace(/\/?$/, '/');
  const inside = files.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
  const names = new Set(inside.map((name) => name.replace(/\/.*/, '')));
  return names.size > 0 ? [...names].map((name) => folder + name) : null;
}
