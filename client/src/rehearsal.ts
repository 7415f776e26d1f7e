import {
  commands,
  Disposable,
  type Event,
  l10n,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { type Page, type View, viewsOf } from './page.ts';
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

/** A script that is rehearsed. */
interface Rehearsed {
  readonly uri: Uri;
  /** What has been replied so far, where it comes back with the window. */
  readonly course?: Course;
  /** It is to be played from the node at the cursor, or from the beginning where there is no cursor. */
  readonly here?: { readonly cursor: Span['start'] | undefined };
}

/** Offers to play a script as a conversation: one for each, beside the editor. */
export function offerRehearsal(client: BaseLanguageClient, extension: Uri, onChange: Event<void>): Disposable {
  const rehearsals = viewsOf<Rehearsed, RehearsalState, FromRehearsal, ToRehearsal>(
    {
      name: 'rehearsal',
      quiet: 300,
      title: ({ uri }) => l10n.t('Rehearsal: {0}', nameOf(uri)),
      keyOf: ({ uri }) => uri.toString(),
      texts,
      recalled: ({ uri, course }) => ({ uri: Uri.parse(uri), course }),
      begin: (rehearsed, page) => beginRehearsal(rehearsed, page, client),
    },
    extension,
    onChange,
  );
  return Disposable.from(
    rehearsals,
    commands.registerCommand('huashu.rehearse', async (given?: unknown) => {
      const uri = await scriptAtHand(given);
      if (uri) rehearsals.open({ uri });
    }),
    commands.registerCommand('huashu.rehearseHere', async (given?: unknown) => {
      const uri = await scriptAtHand(given);
      if (uri) rehearsals.open({ uri, here: { cursor: cursorIn(uri) } });
    }),
  );
}

function cursorIn(uri: Uri): Span['start'] | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  const editor = editors.find((each) => each?.document.uri.toString() === uri.toString());
  return editor && { line: editor.selection.active.line, character: editor.selection.active.character };
}

function beginRehearsal(
  { uri, course: before, here: first }: Rehearsed,
  { draw }: Page<ToRehearsal>,
  client: BaseLanguageClient,
): View<Rehearsed, FromRehearsal, ToRehearsal> {
  let course: Course = before ?? { values: [], replies: [] };
  /** Where it is to begin, as long as nobody has been told. */
  let beginning = first?.cursor;
  const play = (next: Course): void => {
    course = next;
    draw();
  };
  return {
    async ask() {
      const params: RehearseParams = { uri: uri.toString(), ...course, ...(beginning && { from: beginning }) };
      // The server knows a script that is open, wherever it comes from.
      await workspace.openTextDocument(uri);
      const rehearsal = await client.sendRequest<Rehearsal | null>(rehearseRequest, params);
      return { kind: 'rehearsal', uri: params.uri, rehearsal };
    },
    told({ rehearsal }) {
      beginning = undefined;
      if (!rehearsal) return;
      const { inside: _before, ...others } = course;
      course = { ...others, replies: rehearsal.replies, ...(rehearsal.inside && { inside: rehearsal.inside }) };
    },
    hear(message) {
      switch (message.kind) {
        case 'play':
          play(message.course);
          return;
        case 'here':
          beginning = cursorIn(uri);
          play({ ...message.course, replies: [] });
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
    },
    again({ here }) {
      if (!here) return;
      const { inside: _before, ...others } = course;
      beginning = here.cursor;
      play({ ...others, replies: [] });
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
