import {
  commands,
  Disposable,
  type Event,
  l10n,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { fillPanel, openPanel } from './page.ts';
import {
  type Course,
  type Rehearsal,
  type RehearseParams,
  rehearseRequest,
  type SavedRehearsal,
  type Span,
  saveRehearsalRequest,
} from './protocol.ts';
import type { FromRehearsal, RehearsalState, ToRehearsal } from './rehearsalMessages.ts';
import { nameOf } from './saveFile.ts';
import { editorColumn, scriptAtHand, showPlace } from './scriptAtHand.ts';

/** So long, in milliseconds, nothing is typed before the conversation is played anew. */
const quiet = 300;

/** A rehearsal that is open. */
interface Open {
  readonly panel: WebviewPanel;
  /** Plays from the beginning, or from the node in which a place is. */
  begin(from?: Span['start']): void;
}

/** Offers to play a script as a conversation: one for each, beside the editor. */
export function offerRehearsal(client: BaseLanguageClient, extension: Uri, onChange: Event<void>): Disposable {
  const all = new Map<string, Open>();
  const show = (panel: WebviewPanel, uri: Uri, from?: Span['start']): void => {
    panel.onDidDispose(() => all.delete(uri.toString()));
    all.set(uri.toString(), showRehearsal(panel, uri, client, extension, onChange, from));
  };
  const open = async (given: unknown, isHere: boolean): Promise<void> => {
    const uri = await scriptAtHand(given);
    if (!uri) return;
    const from = isHere ? cursorIn(uri) : undefined;
    const known = all.get(uri.toString());
    known?.panel.reveal();
    if (known && isHere) known.begin(from);
    if (!known) show(openPanel('rehearsal', l10n.t('Rehearsal: {0}', nameOf(uri)), extension), uri, from);
  };
  return Disposable.from(
    commands.registerCommand('huashu.rehearse', (given?: unknown) => open(given, false)),
    commands.registerCommand('huashu.rehearseHere', (given?: unknown) => open(given, true)),
    window.registerWebviewPanelSerializer('huashu.rehearsal', {
      async deserializeWebviewPanel(panel: WebviewPanel, state: RehearsalState | undefined) {
        if (state?.uri === undefined) panel.dispose();
        else show(panel, Uri.parse(state.uri));
      },
    }),
    new Disposable(() => {
      for (const { panel } of all.values()) panel.dispose();
    }),
  );
}

function cursorIn(uri: Uri): Span['start'] | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  const editor = editors.find((each) => each?.document.uri.toString() === uri.toString());
  return editor && { line: editor.selection.active.line, character: editor.selection.active.character };
}

function showRehearsal(
  panel: WebviewPanel,
  uri: Uri,
  client: BaseLanguageClient,
  extension: Uri,
  onChange: Event<void>,
  from: Span['start'] | undefined,
): Open {
  let course: Course = { values: [], replies: [] };
  /** Where it is to begin, as long as nobody has been told. */
  let beginning = from;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const play = async (): Promise<void> => {
    const mine = ++asked;
    const params: RehearseParams = { uri: uri.toString(), ...course, ...(beginning && { from: beginning }) };
    try {
      // The server knows a script that is open, wherever it comes from.
      await workspace.openTextDocument(uri);
      const rehearsal = await client.sendRequest<Rehearsal | null>(rehearseRequest, params);
      // Something else is being played by now.
      if (mine !== asked) return;
      beginning = undefined;
      if (rehearsal) {
        const { inside: _before, ...others } = course;
        course = { ...others, replies: rehearsal.replies, ...(rehearsal.inside && { inside: rehearsal.inside }) };
      }
      const message: ToRehearsal = { kind: 'rehearsal', uri: uri.toString(), rehearsal };
      void panel.webview.postMessage(message);
    } catch {
      // The file is gone, or the server has stopped, which is told elsewhere.
    }
  };
  const playSoon = (): void => {
    clearTimeout(timer);
    // What is hidden asks for itself when it is shown again.
    if (panel.visible) timer = setTimeout(play, quiet);
  };
  const listening = Disposable.from(
    panel.webview.onDidReceiveMessage((message: FromRehearsal) => {
      switch (message.kind) {
        case 'play':
          if (message.course) course = message.course;
          void play();
          return;
        case 'here':
          course = { ...message.course, replies: [] };
          beginning = cursorIn(uri);
          void play();
          return;
        case 'open':
          void showPlace(message.place, false);
          return;
        case 'save':
          void save(uri, message.course, client);
          return;
        default:
          message satisfies never;
      }
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === 'huashu' && contentChanges.length > 0) playSoon();
    }),
    onChange(playSoon),
    new Disposable(() => clearTimeout(timer)),
  );
  panel.onDidDispose(() => listening.dispose());
  fillPanel(panel, 'rehearsal', extension, texts());
  return {
    panel,
    begin(place) {
      const { inside: _before, ...others } = course;
      course = { ...others, replies: [] };
      beginning = place;
      void play();
    },
  };
}

/** Writes what was rehearsed below the script, with its name selected, so that it can be typed over. */
async function save(uri: Uri, course: Course, client: BaseLanguageClient): Promise<void> {
  try {
    const params: RehearseParams = { uri: uri.toString(), ...course };
    const { edit, name } = await client.sendRequest<SavedRehearsal>(saveRehearsalRequest, params);
    await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit));
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document, { viewColumn: editorColumn(document) });
    const range = new Range(name.start.line, name.start.character, name.end.line, name.end.character);
    editor.selection = new Selection(range.start, range.end);
    editor.revealRange(range, TextEditorRevealType.InCenter);
  } catch (error) {
    // What the server says against it is meant for the user.
    void window.showWarningMessage(error instanceof Error ? error.message : String(error));
  }
}

/** What the rehearsal says in words of its own. */
function texts(): { readonly [name: string]: string } {
  return {
    agent: l10n.t('Agent'),
    customer: l10n.t('Customer'),
    'third-party': l10n.t('Third party'),
    refusal: l10n.t('Refusal, objection, complaint'),
    error: l10n.t('Error'),
    warning: l10n.t('Warning'),
    info: l10n.t('Information'),
    hint: l10n.t('Hint'),
    tools: l10n.t('Rehearsal'),
    talk: l10n.t('Conversation'),
    replies: l10n.t('Replies'),
    anytime: l10n.t('Anytime'),
    say: l10n.t('Say something as the customer'),
    send: l10n.t('Say it'),
    back: l10n.t('Take back the last reply'),
    backTo: l10n.t('Answer something else here'),
    restart: l10n.t('From the beginning'),
    here: l10n.t('From the node at the cursor'),
    save: l10n.t('Save as scenario'),
    spoken: l10n.t('The agent has spoken for {0}'),
    rate: l10n.t('Syllables a minute'),
    seconds: l10n.t('{0} s'),
    known: l10n.t('Known so far'),
    forbidden: l10n.t('Not allowed now'),
    owed: l10n.t('Still to be done'),
    values: l10n.t('Values'),
    none: l10n.t('Nothing'),
    unset: l10n.t('no value'),
    ended: l10n.t('The conversation is over: {0}.'),
    elsewhere: l10n.t('On another path:'),
    beginning: l10n.t('(beginning)'),
    inside: l10n.t('No way leads here from the beginning: it begins in the middle, with nothing known.'),
    nothing: l10n.t('There is nothing to rehearse yet. As soon as you write a node, it begins here.'),
  };
}
