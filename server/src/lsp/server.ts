import {
  type CancellationToken,
  CodeLensRefreshRequest,
  CompletionRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWorkspaceFoldersNotification,
  type DocumentDiagnosticParams,
  ErrorCodes,
  type FullDocumentDiagnosticReport,
  HoverRequest,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  SemanticTokensRefreshRequest,
  TextDocuments,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completed } from '../base/steps.ts';
import { inLanguage, type Language, languageOf } from '../base/text.ts';
import { diagnosticsOf } from '../features/diagnostics.ts';
import { abilitiesOf, type EditorSettings } from '../features/editorSettings.ts';
import { type Context, type Feature, Refusal } from '../features/feature.ts';
import { readBundled } from '../host/bundled.ts';
import type { Host, Shipped } from '../host/host.ts';
import { isFoundIn } from '../model/fileNames.ts';
import type { Script } from '../model/script.ts';
import { createWorkspace, keyOf, type Settings, type Snapshot } from '../model/workspace.ts';
import type { Pack } from '../packs/pack.ts';
import { createChecker } from '../rules/checker.ts';
import { answerAssistants } from './assistants.ts';
import { answerChecks, showProgress } from './checkRequests.ts';
import { checksOf } from './checks.ts';
import { filesOfClient, type ScriptSource } from './clientFiles.ts';
import { failureOf } from './failure.ts';
import { firstKeysOf } from './firstKeys.ts';
import { answerImports } from './imports.ts';
import { inForceFor, isYaml } from './inForce.ts';
import { lastReports } from './lastReports.ts';
import { type Encoding, positionsIn } from './positions.ts';
import { problemTeller } from './problems.ts';
import { changed, type InitializationOptions } from './protocol.ts';
import { answerReports } from './reports.ts';
import { scriptFilesOf } from './scriptFiles.ts';
import { inTurns } from './turns.ts';
import { workspaceCheckOf } from './workspaceCheck.ts';

/** What an entry brings along. */
export interface ServerHost extends Host, ScriptSource {
  /** Lets waiting messages through, so that a request sees the changes and cancellations behind it. */
  pause(): Promise<void>;
  /** Resolves after a time in milliseconds. */
  delay(time: number): Promise<void>;
  readonly shipped: Shipped;
  /** Is told when the program has been loaded. */
  loaded?(): void;
  /** The pages of the rules, where the server knows them. */
  readonly docs?: string;
  /** The language, whatever the editor says: many cannot say it. */
  readonly language?: Language;
}

/** So long, in milliseconds, nothing is typed before scripts that are not open are checked. */
const idle = 1000;

/** So long, in milliseconds, answers wait at the start for the files that are not open. */
const patience = 2000;

/** Serves a connection that has answered `initialize`, and said in which encoding positions count. */
export async function serve(
  connection: Connection,
  host: ServerHost,
  params: InitializeParams,
  encoding: Encoding,
): Promise<void> {
  wire(connection, host, params, encoding, await readBundled(host.shipped));
}

/** Wires the features to a connection. It holds no line for any one of them. */
function wire(
  connection: Connection,
  host: ServerHost,
  params: InitializeParams,
  encoding: Encoding,
  bundled: readonly Pack[],
): void {
  const workspace = createWorkspace({
    bundled,
    files: new Map(),
    configs: [],
    extraPacks: [],
    today: host.today(),
    roots: foldersOf(params.workspaceFolders ?? []),
  });
  /** Of scripts that are open, which somebody edits and looks at, several are remembered; of the others the one at hand. */
  const [checker, passing] = [createChecker(), createChecker(1)];
  const checks = checksOf(checker);
  const checking = (script: Script, snapshot: Snapshot) =>
    scripts.isOpen(script.uri) ? checks.checking(script, snapshot) : passing.checking(script, snapshot);
  const positions = positionsIn(encoding, documentOf);
  const documents = new TextDocuments(positions.documents);
  const language = host.language ?? languageOf(params.locale);
  const options: InitializationOptions = params.initializationOptions ?? {};
  const docs = options.docs ?? host.docs;
  const files: ScriptSource = options.readsFiles ? filesOfClient(connection) : host;
  let abilities: Partial<EditorSettings> = abilitiesOf(params, options);
  const scripts = scriptFilesOf(workspace, documents, (uri) => files.readText(uri));
  const reports = lastReports();
  /** Until the files that are not open have been read, a jump to one of them looks like one to nowhere. */
  let ready: Promise<void> = Promise.resolve();
  let hasRead = false;
  /** All scripts of the folders, however long that takes. */
  let reading: Promise<void> = Promise.resolve();
  /** The folders that are open, each with a slash at its end; and their keys. */
  let folders = foldersOf(params.workspaceFolders ?? []);
  let folderKeys = folders.map(keyOf);
  /** When something was typed last, in milliseconds. */
  let typed = 0;
  /** Grows with every change of a document. */
  let changes = 0;
  /** How many requests about the place of the cursor are about to be answered from what is there. */
  let quick = 0;
  /** What scripts asked for before they were typed in; looked at when what has come together has been taken in. */
  const asked = new Map<string, string>();
  let looking: Promise<void> = Promise.resolve();
  let isShutDown = false;
  /** Grows with everything that is to be pushed. */
  let pushed = 0;
  const tellProblems = problemTeller(
    documents,
    positions,
    (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }),
  );

  /** What the checks of many scripts ask. */
  const around = {
    snapshot: workspace.snapshot,
    contextOf,
    checking,
    isOpen: scripts.isOpen,
    positions,
    async rest(isAwaited: boolean) {
      await letThrough();
      while (!isAwaited && Date.now() < typed + idle) await host.delay(typed + idle - Date.now());
    },
    readAll,
    problems: () => inForce.problems(),
    language: () => language,
    log,
  };
  const workspaceCheck = workspaceCheckOf({
    ...around,
    isInFolder,
    ready: () => reading,
    progress: () => showProgress(connection, language, workspaceCheck.pause),
  });

  const inForce = inForceFor({
    connection,
    workspace,
    documents,
    files,
    bundled,
    canAsk: params.capabilities.workspace?.configuration ?? false,
    folders: () => folders,
    today: host.today,
    delay: host.delay,
    pause: host.pause,
    showAll: (isWanted) => workspaceCheck.showAll(isWanted),
    changed: refresh,
    newProblems: publishProblems,
    background,
  });
  const firstKeys = firstKeysOf({
    snapshot: workspace.snapshot,
    changes: () => changes,
    found: (uri) => (reports.noted(uri) ?? []).map(({ range }) => range.start.line),
    *trying(later, world) {
      const found = yield* checker.trying(later, world);
      yield;
      return diagnosticsOf(later, { ...contextOf(world), findings: () => found });
    },
    async asking({ uri }, world, position) {
      for (const method of [CompletionRequest.method, HoverRequest.method])
        await (await answering(method))?.run(contextOf(world, true), { textDocument: { uri }, position } as never);
    },
    letThrough,
  });

  connection.onInitialized(() => {
    if (params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'huashu' });
    }
    if (params.capabilities.workspace?.workspaceFolders) {
      void connection.client.register(DidChangeWorkspaceFoldersNotification.type);
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = foldersOf(removed).map(keyOf);
        folders = [...folders.filter((folder) => !gone.includes(keyOf(folder))), ...foldersOf(added)];
        folderKeys = folders.map(keyOf);
        abilities = { ...abilities, folders };
        void background(async () => void (await readAll()));
      });
    }
    reading = background(async () => void (await readAll()));
    if (!pulls()) {
      workspaceCheck.listen([], ({ uri, items }) => {
        if (!scripts.isOpen(uri)) void connection.sendDiagnostics({ uri, diagnostics: items });
      });
    }
    ready = Promise.race([reading, host.delay(patience)]).then(() => {
      if (hasRead) return;
      hasRead = true;
      push();
    });
  });

  connection.onDidChangeConfiguration(() => void background(inForce.load));

  connection.onDidChangeWatchedFiles(({ changes }) => readAgain(() => scripts.read(changes.map(({ uri }) => uri))));
  connection.workspace.onDidDeleteFiles(({ files: gone }) => readAgain(() => scripts.read(gone.map(({ uri }) => uri))));
  connection.workspace.onDidRenameFiles(({ files: moved }) => readAgain(() => scripts.readMoved(moved)));

  documents.onDidOpen(({ document }) => {
    if (isYaml(document) && workspace.setYaml(document.uri, document.getText())) void background(inForce.load);
  });

  documents.onDidChangeContent(({ document }) => {
    typed = Date.now();
    if (isYaml(document)) {
      if (workspace.setYaml(document.uri, document.getText())) void background(() => inForce.loadWhenQuiet(document));
      return;
    }
    changes++;
    const key = keyOf(document.uri);
    if (asked.size === 0) looking = background(lookAround);
    if (!asked.has(key)) asked.set(key, environmentKey(workspace.snapshot().script(key)));
    workspace.set(document.uri, document.version, document.written, document.takeReplaced());
    push();
    void background(workspaceCheck.look);
  });

  documents.onDidClose(({ document }) => {
    if (!isYaml(document)) {
      if (!pulls()) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
      workspaceCheck.closed(document.uri);
      reports.forget(document.uri);
      checks.forget(document.uri);
    }
    // What was typed and not saved is gone; the file on the disk counts again.
    void background(async () => {
      if (isYaml(document)) {
        workspace.remove(document.uri);
        await inForce.load();
        return;
      }
      await scripts.read([keyOf(document.uri)]);
      refresh();
    });
  });

  connection.onShutdown(() => {
    isShutDown = true;
  });

  connection.onRequest(async (method: string, params: unknown, token: CancellationToken) => {
    if (isShutDown) return new ResponseError(ErrorCodes.InvalidRequest, 'Shut down.');
    try {
      // Counted in the text as it is when it is asked; what is typed meanwhile comes behind it.
      const given = positions.asked(params);
      const feature = await answering(method);
      if (!feature) return new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${method}`);
      await ready;
      if (feature.settled) await looking.then(inForce.loaded);
      const uri = uriIn(given);
      if (feature.looksAtFindings && !(feature.isAtOnce && isOvertaken(uri))) await checkFirst(uri, token);
      else if (isAtPlace(given)) await beforeOthers();
      else await host.pause();
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      const now = workspace.snapshot();
      const snapshot = feature.everywhere ? now.apart(({ uri }) => scripts.isOpen(uri)) : now;
      const result = await feature.run(contextOf(snapshot, feature.isAtOnce && isOvertaken(uri)), given as never);
      if (result instanceof Refusal)
        return new ResponseError(LSPErrorCodes.RequestFailed, inLanguage(result.text, language));
      const answer = positions.answered(method, given, result);
      if (!feature.isReport || uri === undefined || !scripts.isOpen(uri)) return answer;
      reports.note(uri, (result as FullDocumentDiagnosticReport).items);
      void background(() => firstKeys.tryOut(uri));
      const { previousResultId } = given as DocumentDiagnosticParams;
      return reports.answer(uri, previousResultId, answer as FullDocumentDiagnosticReport);
    } catch (error) {
      // A bug in one feature answers this request and leaves the others working.
      log(error);
      return failureOf(method, language);
    }
  });

  answerImports(
    connection,
    async () => {
      await ready;
      return contextOf(workspace.snapshot());
    },
    log,
  );

  answerChecks(connection, workspaceCheck, around);
  answerReports(connection, around);
  answerAssistants(connection, {
    ...around,
    ready: () => ready,
    pause: host.pause,
    folders: () => folders,
  });

  documents.listen(connection);

  /** @param isUnderWay findings need not be worked out: where that is not done, those count that the editor shows */
  function contextOf(snapshot: Snapshot, isUnderWay = false): Context {
    return {
      snapshot,
      language,
      ...(docs !== undefined && { docs }),
      editor: { ...inForce.editor(), ...abilities },
      isUnderWay,
      told: ({ uri }) => reports.noted(uri),
      findings: (script) =>
        (isUnderWay ? checks.shown(script)?.() : undefined) ?? completed(checking(script, snapshot)),
    };
  }

  /** Whether the editor shows findings of a script that have been overtaken by what was typed since. */
  function isOvertaken(uri: string | undefined): boolean {
    const script = uri === undefined ? undefined : workspace.snapshot().script(uri);
    return script !== undefined && checks.shown(script) !== undefined;
  }

  /** For what somebody waits for at the cursor, and is answered from what is there: whatever takes turns waits until that has left. */
  async function beforeOthers(): Promise<void> {
    quick++;
    await host.pause();
    void host.pause().then(() => {
      quick--;
    });
  }

  /** Lets everything through that has come meanwhile: of several keys the last one counts. */
  async function letThrough(): Promise<void> {
    for (let before = -1; before !== changes || quick > 0; ) {
      before = changes;
      await host.pause();
    }
  }

  /** A script that names other packs, or is new, can bring other configurations and packs into force. */
  async function lookAround(): Promise<void> {
    await letThrough();
    const before = [...asked];
    asked.clear();
    const isNews = before.some(([key, said]) => said !== environmentKey(workspace.snapshot().script(key)));
    if (isNews) await inForce.load();
  }

  /** Checks a script in turns, until that is done for what it has become by then. */
  async function checkFirst(uri: string | undefined, token?: CancellationToken): Promise<void> {
    const isCancelled = (): boolean => token?.isCancellationRequested ?? false;
    for (;;) {
      await letThrough();
      const snapshot = workspace.snapshot();
      const script = uri === undefined ? undefined : snapshot.script(uri);
      if (!script || isCancelled()) return;
      const isOver = (): boolean => isCancelled() || workspace.snapshot() !== snapshot;
      if (await inTurns(checking(script, snapshot), letThrough, isOver)) return;
    }
  }

  /** Whether a script is one of those in the folders that are open. */
  function isInFolder(uri: string): boolean {
    return isFoundIn(folderKeys, keyOf(uri));
  }

  /** Reads all scripts of the folders, whatever was known of them; answers those that cannot be read. */
  async function readAll(): Promise<readonly string[]> {
    const listed = (await Promise.all(folders.map(files.listScripts))).flat().filter(isInFolder);
    const known = workspace.snapshot().scripts.map(({ uri }) => uri);
    for (const uri of known) if (!isInFolder(uri) && !scripts.isOpen(uri)) workspace.remove(uri);
    await scripts.read([...new Set([...listed, ...known.filter(isInFolder)])]);
    hasRead = true;
    await inForce.load();
    return listed.filter((uri) => !workspace.snapshot().script(uri));
  }

  /** After something has changed on the disk. */
  function readAgain(read: () => Promise<void>): void {
    void background(async () => {
      await read();
      await inForce.load();
    });
  }

  /** A script, configuration or file of a rule pack, open or not, as it is known at this moment. */
  function documentOf(uri: string): TextDocument | undefined {
    const snapshot = workspace.snapshot();
    const script = snapshot.script(uri);
    // Of scripts that are not open only the text is kept.
    if (script) return scripts.isOpen(uri) ? script.text : TextDocument.create(uri, 'huashu', 0, script.source);
    const source = snapshot.sheet(uri)?.yaml.source ?? yamlFile(uri, snapshot.settings);
    return source === undefined ? undefined : TextDocument.create(uri, 'yaml', 0, source);
  }

  function publishProblems(): void {
    tellProblems([...inForce.problems(), ...inForce.failedExamples()], language);
  }

  /** After something changed that many files depend on. */
  function refresh(): void {
    publishProblems();
    const { diagnostics, codeLens, semanticTokens } = params.capabilities.workspace ?? {};
    if (options.hearsChanges) void connection.sendNotification(changed);
    if (!pulls()) push();
    else if (diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
    if (codeLens?.refreshSupport) void background(() => connection.sendRequest(CodeLensRefreshRequest.type));
    void background(workspaceCheck.look);
    if (semanticTokens?.refreshSupport)
      void background(() => connection.sendRequest(SemanticTokensRefreshRequest.type));
  }

  function pulls(): boolean {
    return params.capabilities.textDocument?.diagnostic !== undefined;
  }

  /** For editors that do not ask for diagnostics. */
  function push(): void {
    if (pulls() || !hasRead) return;
    const mine = ++pushed;
    void background(async () => {
      for (const { uri } of documents.all()) {
        await checkFirst(uri);
        // Something has changed since, and is being pushed.
        if (mine !== pushed) return;
        const snapshot = workspace.snapshot();
        const script = snapshot.script(uri);
        if (!script || !scripts.isOpen(uri)) continue;
        const { version } = script.text;
        const found = diagnosticsOf(script, contextOf(snapshot));
        reports.note(uri, found);
        const diagnostics = positions.told(found, uri);
        void connection.sendDiagnostics({ uri, version, diagnostics });
        void background(() => firstKeys.tryOut(uri));
      }
    });
  }

  async function background(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log(error);
    }
  }

  function log(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** What answers a request. Our own client's are looked for last, since other editors have none. */
async function answering(method: string): Promise<Feature<never, unknown> | undefined> {
  const { featureOf } = await import('../features/index.ts');
  const feature = featureOf(method);
  if (feature || !method.startsWith('huashu/')) return feature;
  const { views } = await import('../views/index.ts');
  const view = views.find((each) => each.method === method);
  if (view) return view;
  const { handovers } = await import('./handover.ts');
  return handovers.find((each) => each.method === method);
}

function foldersOf(folders: readonly WorkspaceFolder[]): readonly string[] {
  return folders.map(({ uri }) => uri.replace(/\/?$/, '/'));
}

/** A configuration or file of a rule pack as it was read last. */
function yamlFile(uri: string, { files, configs }: Settings): string | undefined {
  const key = keyOf(uri);
  for (const { file } of configs) if (file && keyOf(file.uri) === key) return file.text;
  for (const pack of files.values()) for (const file of pack.files) if (file.uri === key) return file.yaml.source;
  return undefined;
}

/** Whether a request is about one place, which is where the cursor or the pointer is. */
function isAtPlace(params: unknown): boolean {
  return (params as { readonly position?: unknown }).position !== undefined;
}

/** The document that a request is about. */
function uriIn(params: unknown): string | undefined {
  const { textDocument, uri } = params as { readonly textDocument?: { readonly uri?: string }; readonly uri?: string };
  return textDocument?.uri ?? uri;
}

/** What of a script decides which configurations, packs and other scripts are needed. */
function environmentKey(script: Script | undefined): string {
  if (!script) return '';
  const packs = script.packs?.value.map(({ value }) => value) ?? [];
  const files = script.outward.flatMap(({ file }) => file?.text ?? []);
  return [script.uri, ...packs, ...files].join(' ');
}
