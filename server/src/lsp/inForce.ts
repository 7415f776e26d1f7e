import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultEditorSettings, type EditorSettings, editorSettingsOf } from '../features/editorSettings.ts';
import { type Environment, loadEnvironment } from '../host/environment.ts';
import { readReferences } from '../host/references.ts';
import { keyOf, type Workspace } from '../model/workspace.ts';
import type { Pack } from '../packs/pack.ts';
import type { ScriptSource } from './clientFiles.ts';
import { openExamplesOf } from './openExamples.ts';
import { readSettings } from './settings.ts';

/** The settings of the editor, configurations and packs, as they count for the scripts that are known. */
export interface InForce {
  /** Reads them again; one after the other, so that the last one asked for has the last word. */
  load(): Promise<void>;
  /** The same as soon as nobody has typed for a while in a configuration or rule pack. */
  loadWhenQuiet(document: TextDocument): Promise<void>;
  /** Resolves when what was asked for last is in force. */
  loaded(): Promise<void>;
  /** What is wrong with configurations and packs. */
  problems(): Environment['problems'];
  /** The examples that fail of packs that somebody is writing. */
  failedExamples(): Environment['problems'];
  /** What the settings say about the editor alone. */
  editor(): EditorSettings;
}

/** What is asked of the server around it. */
export interface Surroundings {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly documents: TextDocuments<TextDocument>;
  readonly files: ScriptSource;
  readonly bundled: readonly Pack[];
  /** Whether the editor can be asked for its settings. */
  readonly canAsk: boolean;
  /** The folders that are open, each with a slash at its end. */
  folders(): readonly string[];
  today(): string;
  delay(time: number): Promise<void>;
  pause(): Promise<void>;
  /** Is told whether problems of scripts that are not open are shown. */
  showAll(isWanted: boolean): void;
  /** Is told when something else is in force, and when there is news of problems alone. */
  changed(): void;
  newProblems(): void;
  background(work: () => Promise<void>): Promise<void>;
}

/** So long, in milliseconds, nothing is typed in a configuration or rule pack before it is read again. */
const quiet = 250;

export function inForceFor(around: Surroundings): InForce {
  const { connection, workspace, documents, files, bundled, background } = around;
  const examples = openExamplesOf(workspace, documents, around.pause);
  let editor = defaultEditorSettings;
  let problems: Environment['problems'] = [];
  let loading: Promise<void> = Promise.resolve();
  /** Grows with everything that makes what is being worked out in the background out of date. */
  let round = 0;

  function load(): Promise<void> {
    round++;
    loading = loading.then(() => background(loadNow));
    return loading;
  }

  async function loadNow(): Promise<void> {
    const mine = round;
    const folders = around.folders();
    await readReferences(workspace, files.readText);
    const { window, defaults, checksFolders } = await readSettings(connection, around.canAsk, folders);
    editor = editorSettingsOf(window);
    around.showAll(checksFolders);
    const environment = await loadEnvironment(
      workspace.snapshot().scripts,
      {
        bundled,
        defaults,
        roots: folders,
        documents: documents.all().flatMap((each) => (isYaml(each) ? [keyOf(each.uri)] : [])),
        before: workspace.snapshot().settings,
      },
      { ...files, today: around.today, readText: readOpen },
    );
    workspace.configure(environment.settings);
    ({ problems } = environment);
    examples.follow(environment.settings);
    around.changed();
    void background(async () => {
      if (await examples.examine(() => mine !== round)) around.newProblems();
    });
  }

  /** What is typed counts as if it were saved. */
  async function readOpen(uri: string): Promise<string | undefined> {
    const open = documents.get(uri) ?? documents.all().find((each) => isYaml(each) && keyOf(each.uri) === uri);
    return open && isYaml(open) ? open.getText() : files.readText(uri);
  }

  return {
    load,
    async loadWhenQuiet({ uri }) {
      const snapshot = workspace.snapshot();
      // Somebody else's file; should it become a pack, it says so.
      if (!snapshot.sheet(uri) && !snapshot.couldBeSheet(uri)) return;
      const mine = ++round;
      await around.delay(quiet);
      if (mine === round) await load();
    },
    loaded: () => loading,
    problems: () => problems,
    failedExamples: examples.problems,
    editor: () => editor,
  };
}

/** Whether a document is YAML; of those only configurations and rule packs are our business. */
export function isYaml({ uri, languageId }: TextDocument): boolean {
  return languageId === 'yaml' || /\.ya?ml$/i.test(uri);
}
