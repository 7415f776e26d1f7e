import {
  commands,
  Disposable,
  type Event,
  l10n,
  type QuickPickItem,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type Committed, committedBy } from './committed.ts';
import type { DifferenceState, FromDifference, ToDifference } from './differenceMessages.ts';
import { fillPanel, openPanel } from './page.ts';
import { type DifferenceParams, differenceRequest, type ToldDifference } from './protocol.ts';
import { nameOf, saveFile, tellSaved } from './saveFile.ts';
import { scriptAtHand, showPlace } from './scriptAtHand.ts';

/** So long, in milliseconds, nothing is typed before it is compared anew. */
const quiet = 300;

/** Offers to show what has changed for the customer, since the last commit or against another script. */
export function offerDifference(client: BaseLanguageClient, extension: Uri, onChange: Event<void>): Disposable {
  const panels = new Map<string, WebviewPanel>();
  const show = (panel: WebviewPanel, compared: DifferenceState, committed: Committed | undefined): void => {
    const key = keyOf(compared);
    panels.set(key, panel);
    panel.onDidDispose(() => panels.delete(key));
    showDifference(panel, compared, committed, client, extension, onChange);
  };
  const compare = async (uri: Uri, other: Uri | undefined): Promise<void> => {
    const compared: DifferenceState = { uri: uri.toString(), ...(other && { other: other.toString() }) };
    const known = panels.get(keyOf(compared));
    if (known) {
      known.reveal();
      return;
    }
    const committed = other ? undefined : await committedBy(uri);
    if (typeof committed === 'string') {
      const instead = l10n.t('Compare with Another Script…');
      if ((await window.showInformationMessage(committed, instead)) === instead) await compareWithAnother(uri);
      return;
    }
    show(openPanel('difference', l10n.t('What changed: {0}', nameOf(uri)), extension), compared, committed);
  };
  const compareWithAnother = async (uri: Uri): Promise<void> => {
    const other = await chooseOther(uri);
    if (other) await compare(uri, other);
  };
  return Disposable.from(
    commands.registerCommand('huashu.showDifference', async (given?: unknown) => {
      const uri = await scriptAtHand(given);
      if (!uri) return;
      const choices = [
        { label: l10n.t('The last version in git'), description: 'HEAD', isGit: true },
        { label: l10n.t('Another script…'), isGit: false },
      ];
      const choice = await window.showQuickPick<QuickPickItem & { readonly isGit: boolean }>(choices, {
        title: l10n.t('What changed in {0}', nameOf(uri)),
        placeHolder: l10n.t('Compared with what?'),
      });
      if (choice?.isGit) await compare(uri, undefined);
      else if (choice) await compareWithAnother(uri);
    }),
    window.registerWebviewPanelSerializer('huashu.difference', {
      async deserializeWebviewPanel(panel: WebviewPanel, state: DifferenceState | undefined) {
        const uri = state && Uri.parse(state.uri);
        const committed = uri && state.other === undefined ? await committedBy(uri) : undefined;
        if (!state || typeof committed === 'string') panel.dispose();
        else show(panel, state, committed);
      },
    }),
    new Disposable(() => {
      for (const panel of panels.values()) panel.dispose();
    }),
  );
}

function keyOf({ uri, other = '' }: DifferenceState): string {
  return `${uri} ${other}`;
}

async function chooseOther(uri: Uri): Promise<Uri | undefined> {
  const [other] =
    (await window.showOpenDialog({
      ...(uri.scheme !== 'untitled' && { defaultUri: Uri.joinPath(uri, '..') }),
      title: l10n.t('The earlier script'),
      openLabel: l10n.t('Compare'),
      filters: { [l10n.t('Scripts')]: ['huashu', '话术'] },
    })) ?? [];
  return other;
}

/** Keeps a panel in step with the script until it is closed. */
function showDifference(
  panel: WebviewPanel,
  compared: DifferenceState,
  committed: Committed | undefined,
  client: BaseLanguageClient,
  extension: Uri,
  onChange: Event<void>,
): void {
  const uri = Uri.parse(compared.uri);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (format: DifferenceParams['format']): Promise<ToldDifference | undefined> => {
    // The server knows scripts that are open, wherever they come from.
    await workspace.openTextDocument(uri);
    if (compared.other !== undefined) await workspace.openTextDocument(Uri.parse(compared.other));
    const text = compared.other === undefined ? await committed?.read() : undefined;
    const before = compared.other === undefined ? text !== undefined && { committed: text } : { uri: compared.other };
    if (!before) return undefined;
    const params: DifferenceParams = { uri: compared.uri, before, format };
    return client.sendRequest<ToldDifference>(differenceRequest, params);
  };
  const draw = async (): Promise<void> => {
    const mine = ++asked;
    const told = await ask('view').catch(() => undefined);
    if (mine !== asked) return;
    const message: ToDifference = { kind: 'difference', compared, html: told?.text ?? null };
    void panel.webview.postMessage(message);
  };
  const drawSoon = (): void => {
    clearTimeout(timer);
    // What is hidden asks for itself when it is shown again.
    if (panel.visible) timer = setTimeout(draw, quiet);
  };
  const listening = Disposable.from(
    panel.webview.onDidReceiveMessage((message: FromDifference) => {
      switch (message.kind) {
        case 'show':
          void draw();
          return;
        case 'open': {
          const at = { line: message.line, character: 0 };
          void showPlace({ uri: compared.uri, range: { start: at, end: at } }, true);
          return;
        }
        case 'save':
          void save(uri, ask);
          return;
        default:
          message satisfies never;
      }
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === 'huashu' && contentChanges.length > 0) drawSoon();
    }),
    onChange(drawSoon),
    ...(committed ? [committed.onChange(drawSoon)] : []),
    new Disposable(() => clearTimeout(timer)),
  );
  panel.onDidDispose(() => listening.dispose());
  fillPanel(panel, 'difference', extension, texts());
}

/** Writes a difference down, as `huashu diff` does. */
async function save(
  uri: Uri,
  ask: (format: DifferenceParams['format']) => Promise<ToldDifference | undefined>,
): Promise<void> {
  const title = l10n.t('Save what changed');
  const choices = [
    { format: 'html' as const, ending: 'html', label: l10n.t('Web page'), description: '.html' },
    { format: 'text' as const, ending: 'txt', label: l10n.t('Plain text'), description: '.txt' },
    { format: 'json' as const, ending: 'json', label: l10n.t('JSON for programs'), description: '.json' },
  ];
  const choice = await window.showQuickPick(choices, { title, placeHolder: l10n.t('Which format?') });
  if (!choice) return;
  const { format, ending, label: kind } = choice;
  try {
    const file = await saveFile(uri, { title, kind, ending, suffix: l10n.t(' changes') }, async () => {
      const told = await ask(format);
      if (!told) throw new Error(l10n.t('This script is no longer there.'));
      return new TextEncoder().encode(told.text);
    });
    if (file) void tellSaved(file, l10n.t('What changed was saved as {0}.', nameOf(file)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('{0} could not be handed over: {1}', nameOf(uri), why));
  }
}

/** What the view says in words of its own. */
function texts(): { readonly [name: string]: string } {
  return {
    page: l10n.t('What changed for the customer'),
    save: l10n.t('Save what changed'),
    line: l10n.t('line {0}'),
    goTo: l10n.t('Go to line {0} of the script'),
    gone: l10n.t('One of the two is no longer there.'),
  };
}
