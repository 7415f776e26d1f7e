import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  type Event,
  Location,
  l10n,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunProfile,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  Uri,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { ScriptCoverage } from './coverage.ts';
import {
  type ListedScript,
  type RanLine,
  type RunResult,
  runScenariosRequest,
  type Span,
  scenariosRequest,
} from './protocol.ts';

/** So long, in milliseconds, nothing is typed before scenarios are looked for again. */
const quiet = 300;

/** The scenarios in the Testing view. */
export interface Scenarios extends Disposable {
  /** Runs every scenario of a script, as the view would. */
  runAll(script: Uri): Promise<void>;
}

/** Shows the scenarios of scripts in the Testing view, as the server lists them, and runs them there. */
export function showScenarios(client: BaseLanguageClient, onChange: Event<void>): Scenarios {
  const controller = tests.createTestController('huashu', l10n.t('Huashu Scenarios'));
  /** What waits to be looked at again, by URI. */
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /** Runs again whatever is run continuously; called when scenarios may have changed. */
  const watchers = new Set<() => void>();

  const look = async (uri?: Uri): Promise<void> => {
    if (!client.isRunning()) return;
    try {
      const listed = await client.sendRequest<ListedScript[]>(scenariosRequest, uri ? { uri: uri.toString() } : null);
      if (uri) {
        const item = listed[0] && itemOf(listed[0], controller);
        if (item) controller.items.add(item);
        else controller.items.delete(uri.toString());
      } else controller.items.replace(listed.flatMap((each) => itemOf(each, controller) ?? []));
      for (const watcher of watchers) watcher();
    } catch {
      // The server is stopping, or busy with something newer; it says so itself when there is more to see.
    }
  };
  const lookSoon = (uri: Uri): void => {
    const key = uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        void look(uri);
      }, quiet),
    );
  };

  const handler =
    (profile: () => TestRunProfile) =>
    async (request: TestRunRequest, token: CancellationToken): Promise<void> => {
      if (!request.continuous) {
        await run(request, client, controller, token);
        return;
      }
      // What is included goes by its id: an item may have been made anew since.
      const again = (): void => {
        const next = new TestRunRequest(request.include, request.exclude, profile(), true);
        void run(next, client, controller, token);
      };
      watchers.add(again);
      token.onCancellationRequested(() => watchers.delete(again));
      again();
    };
  const plain: TestRunProfile = controller.createRunProfile(
    l10n.t('Run'),
    TestRunProfileKind.Run,
    handler(() => plain),
    true,
    undefined,
    true,
  );
  const covering: TestRunProfile = controller.createRunProfile(
    l10n.t('Run with Coverage'),
    TestRunProfileKind.Coverage,
    handler(() => covering),
    true,
    undefined,
    true,
  );
  covering.loadDetailedCoverage = async (_run, coverage) =>
    coverage instanceof ScriptCoverage ? [...coverage.details] : [];
  controller.refreshHandler = () => look();

  const listening = [
    onChange(() => void look()),
    workspace.onDidOpenTextDocument(({ languageId, uri }) => {
      if (languageId === 'huashu') lookSoon(uri);
    }),
    workspace.onDidChangeTextDocument(({ document: { languageId, uri }, contentChanges }) => {
      if (languageId === 'huashu' && contentChanges.length > 0) lookSoon(uri);
    }),
    controller,
  ];
  return {
    async runAll(script) {
      await client.start();
      await look(script);
      const item = controller.items.get(script.toString());
      if (!item) return;
      const stopping = new CancellationTokenSource();
      await run(new TestRunRequest([item], undefined, plain), client, controller, stopping.token);
      stopping.dispose();
    },
    dispose() {
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const each of listening) each.dispose();
    },
  };
}

/** The item of a script with its scenarios below, the same as before where there was one; nothing without scenarios. */
function itemOf({ uri, scenarios }: ListedScript, controller: TestController): TestItem | undefined {
  if (scenarios.length === 0) return undefined;
  const file = Uri.parse(uri);
  const key = file.toString();
  const item =
    controller.items.get(key) ?? controller.createTestItem(key, file.path.slice(file.path.lastIndexOf('/') + 1), file);
  // Outside of the folders it is a path from the root.
  const name = workspace.asRelativePath(file).replace(/^\//, '');
  if (name !== item.label) item.description = name;
  item.children.replace(
    scenarios.map(({ id, name: label, range }, index) => {
      const child = item.children.get(id) ?? controller.createTestItem(id, label || '…', file);
      child.label = label || '…';
      child.range = rangeOf(range);
      // In the order of the script, not of the alphabet.
      child.sortText = String(index).padStart(5, '0');
      return child;
    }),
  );
  return item;
}

/** Runs what a request includes, and tells the view what became of it. */
async function run(
  request: TestRunRequest,
  client: BaseLanguageClient,
  controller: TestController,
  token: CancellationToken,
): Promise<void> {
  const testRun = controller.createTestRun(request);
  const chosen = chosenBy(request, controller);
  for (const item of chosen) testRun.started(item);
  try {
    const ids = new Map<string, string[]>();
    for (const { id, parent } of chosen) {
      const uri = parent?.id ?? '';
      ids.set(uri, [...(ids.get(uri) ?? []), id]);
    }
    const scripts = [...ids].map(([uri, wanted]) => ({ uri, ids: wanted }));
    const { results, coverage } = await client.sendRequest<RunResult>(runScenariosRequest, { scripts }, token);
    const found = new Map(results.map((result) => [keyOf(result.uri, result.id), result]));
    for (const item of chosen) {
      const result = found.get(keyOf(item.parent?.id ?? '', item.id));
      if (result) report(item, result, testRun);
      else testRun.errored(item, new TestMessage(l10n.t('This scenario is no longer there.')));
    }
    if (request.profile?.kind === TestRunProfileKind.Coverage)
      for (const each of coverage) testRun.addCoverage(new ScriptCoverage(each));
  } catch (error) {
    if (!token.isCancellationRequested) {
      const message = new TestMessage(error instanceof Error ? error.message : String(error));
      for (const item of chosen) testRun.errored(item, message);
    }
  } finally {
    testRun.end();
  }
}

/** The scenarios that a request is about, as they are now: those that are included or lie in a script that is. */
function chosenBy({ include, exclude }: TestRunRequest, controller: TestController): readonly TestItem[] {
  const all = [...controller.items].flatMap(([, script]) => [...script.children].map(([, scenario]) => scenario));
  const isAmong = (items: readonly TestItem[], { id, parent }: TestItem): boolean =>
    items.some((each) => (each.parent ? each.parent.id === parent?.id && each.id === id : each.id === parent?.id));
  return all.filter((item) => (!include || isAmong(include, item)) && !isAmong(exclude ?? [], item));
}

function report(item: TestItem, result: RunResult['results'][number], testRun: TestRun): void {
  // Without their places, which would show every sentence once more behind its line.
  for (const { label } of result.transcript) testRun.appendOutput(`${label}\r\n`, undefined, item);
  if (result.passed) {
    testRun.passed(item);
    return;
  }
  testRun.failed(
    item,
    result.failures.map(({ message, range, transcript }) => {
      const shown = new TestMessage(withConversation(message, transcript));
      shown.location = new Location(Uri.parse(result.uri), rangeOf(range));
      return shown;
    }),
  );
}

function withConversation(message: string, transcript: readonly RanLine[]): string {
  if (transcript.length === 0) return message;
  const said = transcript.map(({ label }) => `  ${label}`).join('\n');
  return `${message}\n\n${l10n.t('The conversation so far:')}\n${said}`;
}

function keyOf(uri: string, id: string): string {
  return `${Uri.parse(uri)} ${id}`;
}

function rangeOf({ start, end }: Span): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
