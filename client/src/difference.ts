import { commands, Disposable, type Event, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type Committed, committedBy } from './committed.ts';
import type { DifferenceState, FromDifference, ToDifference } from './differenceMessages.ts';
import { type Page, type View, viewsOf } from './page.ts';
import { type DifferenceParams, differenceRequest, type ToldDifference } from './protocol.ts';
import { nameOf, saveFile, tellSaved } from './saveFile.ts';
import { scriptAtHand, showPlace } from './scriptAtHand.ts';

/** Two texts that are compared; `committed` is the earlier one where it is not another script. */
interface Compared extends DifferenceState {
  readonly committed?: Committed | undefined;
}

/** Offers to show what has changed for the customer, since the last commit or against another script. */
export function offerDifference(client: BaseLanguageClient, extension: Uri, onChange: Event<void>): Disposable {
  const differences = viewsOf<Compared, DifferenceState, FromDifference, ToDifference>(
    {
      name: 'difference',
      quiet: 300,
      title: ({ uri }) => l10n.t('What changed: {0}', nameOf(Uri.parse(uri))),
      keyOf: ({ uri, other = '' }) => `${uri} ${other}`,
      texts,
      async recalled(state) {
        if (state.other !== undefined) return state;
        const committed = await committedBy(Uri.parse(state.uri));
        return typeof committed === 'string' ? undefined : { ...state, committed };
      },
      begin: (compared, page) => beginDifference(compared, page, client),
    },
    extension,
    onChange,
  );
  const compareWithCommitted = async (uri: Uri): Promise<void> => {
    if (differences.reveal({ uri: uri.toString() })) return;
    const committed = await committedBy(uri);
    if (typeof committed !== 'string') {
      differences.open({ uri: uri.toString(), committed });
      return;
    }
    const instead = l10n.t('Compare with Another Script…');
    if ((await window.showInformationMessage(committed, instead)) === instead) await compareWithAnother(uri);
  };
  const compareWithAnother = async (uri: Uri): Promise<void> => {
    const other = await chooseOther(uri);
    if (other) differences.open({ uri: uri.toString(), other: other.toString() });
  };
  return Disposable.from(
    differences,
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
      if (choice?.isGit) await compareWithCommitted(uri);
      else if (choice) await compareWithAnother(uri);
    }),
  );
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

function beginDifference(
  { committed, ...compared }: Compared,
  { drawSoon }: Page<ToDifference>,
  client: BaseLanguageClient,
): View<Compared, FromDifference, ToDifference> {
  const uri = Uri.parse(compared.uri);
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
  return {
    async ask() {
      const told = await ask('view').catch(() => undefined);
      return { kind: 'difference', compared, html: told?.text ?? null };
    },
    hear(message) {
      switch (message.kind) {
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
    },
    listening: committed ? [committed.onChange(drawSoon)] : [],
  };
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
