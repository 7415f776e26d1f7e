import {
  CodeAction,
  commands,
  DecorationRangeBehavior,
  type Disposable,
  type ExtensionContext,
  type LanguageModelChat,
  l10n,
  type Memento,
  ProgressLocation,
  type QuickPickItem,
  Range,
  type TextEditor,
  ThemeColor,
  ThemeIcon,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';
import { ask, idOf, type LanguageModels, languageModels } from './languageModel.ts';
import {
  type RewriteAsking,
  type RewritePrompt,
  rewritePromptRequest,
  type TriedRewrites,
  tryRewritesRequest,
} from './protocol.ts';

/** The command behind the quick-fix; the server offers it, and it is not in the palette. */
export const rewriteCommand = 'huashu.rewrite';

const sentScheme = 'huashu-sent';

/** Under which name the models are kept to which the user has agreed to send lines. */
const agreedKey = 'huashu.languageModelsAgreedTo';

/** Takes the quick-fix out of the menu where there is no model, or where the user does not want it. */
export function onlyWithModel(models: LanguageModels): Pick<Middleware, 'provideCodeActions'> {
  return {
    async provideCodeActions(document, range, context, token, next) {
      const offered = await next(document, range, context, token);
      const isOurs = (each: { readonly command?: unknown }): boolean =>
        each instanceof CodeAction && each.command?.command === rewriteCommand;
      if (!offered?.some(isOurs) || (isWanted() && (await models.has()))) return offered;
      return offered.filter((each) => !isOurs(each));
    },
  };
}

function isWanted(): boolean {
  return workspace.getConfiguration('huashu').get('rewriteWithModel', true);
}

export function modelsOf({ globalState }: ExtensionContext): LanguageModels {
  return languageModels(globalState);
}

/** Has a line rewritten by the language model of the user, and shows what of it is clean; the user takes one, or none. */
export function offerRewrites(client: BaseLanguageClient, models: LanguageModels, memory: Memento): Disposable {
  const pages = workspace.registerTextDocumentContentProvider(sentScheme, {
    // The page has its text in its name, so that it is there again when a window comes back.
    provideTextDocumentContent: ({ query }) => query,
  });
  const command = commands.registerCommand(rewriteCommand, async (asking: RewriteAsking, again = false) => {
    try {
      const model = await models.choose(again);
      if (model) await rewrite(client, model, asking, memory);
      else if (!again) void window.showInformationMessage(l10n.t('There is no language model in this editor.'));
    } catch (error) {
      void window.showWarningMessage(error instanceof Error ? error.message : String(error));
    }
  });
  return {
    dispose() {
      pages.dispose();
      command.dispose();
    },
  };
}

async function rewrite(
  client: BaseLanguageClient,
  model: LanguageModelChat,
  asking: RewriteAsking,
  memory: Memento,
): Promise<void> {
  const prompt = await client.sendRequest<RewritePrompt>(rewritePromptRequest, asking);
  if (!(await agrees(model, prompt, memory))) return;
  const tried = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      cancellable: true,
      title: l10n.t('{0} is rewriting the line', model.name),
    },
    async (_, token) => {
      const answer = await ask(model, prompt.prompt, token);
      return answer === undefined
        ? undefined
        : client.sendRequest<TriedRewrites>(tryRewritesRequest, { ...asking, answer }, token);
    },
  );
  if (!tried) return;
  if (tried.rewrites.length > 0) await show(tried, prompt, model, asking);
  else await tellNone(tried, prompt, model, asking);
}

/** Before a model first gets a line, the user sees to whom it goes, and can read what goes there. */
async function agrees(model: LanguageModelChat, { prompt }: RewritePrompt, memory: Memento): Promise<boolean> {
  const agreed = memory.get<readonly string[]>(agreedKey, []);
  if (agreed.includes(idOf(model))) return true;
  const [send, look] = [l10n.t('Send'), l10n.t('Show What Is Sent')];
  const detail = l10n.t(
    'The line, what is wrong with it, the rule, where in the conversation it stands and up to three lines before and after it are sent to this model, and nothing else. It is the model that you have set up in the editor, not one of ours. There should be no data of customers in scripts; if there is in these lines, do not send them.',
  );
  const message = l10n.t('Have lines rewritten by {0} ({1})?', model.name, model.vendor);
  const chosen = await window.showInformationMessage(message, { modal: true, detail }, send, look);
  if (chosen === look) await showSent(prompt);
  if (chosen !== send) return false;
  await memory.update(agreedKey, [...agreed, idOf(model)]);
  return true;
}

/** A page that can be read and not written. */
async function showSent(prompt: string): Promise<void> {
  const path = `${l10n.t('What the language model is sent')}.txt`;
  await window.showTextDocument(Uri.from({ scheme: sentScheme, path, query: prompt }), { preview: true });
}

/** Nothing of what the model has said can stand there. */
async function tellNone(
  { refused, reason }: TriedRewrites,
  { prompt }: RewritePrompt,
  { name }: LanguageModelChat,
  asking: RewriteAsking,
): Promise<void> {
  const [again, look] = [l10n.t('Try Again'), l10n.t('Show What Was Sent')];
  const message =
    reason === undefined
      ? l10n.t('{0} has answered nothing that could be a line.', name)
      : l10n.t('None of the {0} lines that {1} has written passes the check: {2}', refused, name, reason);
  const chosen = await window.showWarningMessage(message, again, look);
  if (chosen === again) await commands.executeCommand(rewriteCommand, asking);
  if (chosen === look) await showSent(prompt);
}

interface Item extends QuickPickItem {
  readonly rewrite: TriedRewrites['rewrites'][number];
}

/** A list to choose from; the one at hand is shown at its place in the script, which is not touched before one is taken. */
async function show(
  { version, rewrites, refused }: TriedRewrites,
  { prompt, line }: RewritePrompt,
  model: LanguageModelChat,
  asking: RewriteAsking,
): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(asking.uri));
  const editor = window.visibleTextEditors.find((each) => each.document === document);
  const preview = previewIn(editor);
  const pick = window.createQuickPick<Item>();
  const buttons = {
    again: { iconPath: new ThemeIcon('refresh'), tooltip: l10n.t('Try Again') },
    other: { iconPath: new ThemeIcon('settings-gear'), tooltip: l10n.t('Another Model…') },
    sent: { iconPath: new ThemeIcon('eye'), tooltip: l10n.t('Show What Was Sent') },
  };
  pick.title =
    refused > 0
      ? l10n.t('Rewritten by {0}, clean by the check; {1} others are not', model.name, refused)
      : l10n.t('Rewritten by {0}, clean by the check', model.name);
  pick.placeholder = l10n.t('Instead of: {0}', line);
  pick.buttons = [buttons.again, buttons.other, buttons.sent];
  pick.items = rewrites.map((rewrite) => ({
    label: rewrite.text,
    alwaysShow: true,
    ...(rewrite.asks.length > 0 && {
      detail: l10n.t('A further warning then: {0}', rewrite.asks.join(l10n.t(', '))),
    }),
    rewrite,
  }));
  pick.ignoreFocusOut = true;
  pick.onDidChangeActive(([item]) => preview.show(item?.rewrite));
  pick.onDidTriggerButton(async (button) => {
    pick.hide();
    if (button === buttons.sent) await showSent(prompt);
    else await commands.executeCommand(rewriteCommand, asking, button === buttons.other);
  });
  pick.onDidAccept(async () => {
    const [item] = pick.activeItems;
    pick.hide();
    if (!item) return;
    if (!(await hasRead(item.rewrite.text, line))) return;
    if (document.version !== version) {
      void window.showWarningMessage(l10n.t('The script has changed meanwhile, and the line was left as it is.'));
      return;
    }
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, rangeOf(item.rewrite), item.rewrite.text);
    await workspace.applyEdit(edit);
  });
  pick.onDidHide(() => {
    preview.dispose();
    pick.dispose();
  });
  pick.show();
}

/** So many characters of a line are shown by a list, and behind another line. */
const [mostListed, mostShown] = [40, 60];

/** Of a long line the list shows the beginning alone; nobody takes what cannot be read to its end. */
async function hasRead(text: string, line: string): Promise<boolean> {
  if (text.length <= mostListed) return true;
  const replace = l10n.t('Replace');
  const detail = `${text}\n\n${l10n.t('Instead of: {0}', line)}`;
  return (
    (await window.showInformationMessage(l10n.t('Replace the line by this one?'), { modal: true, detail }, replace)) ===
    replace
  );
}

function rangeOf({ range: { start, end } }: Item['rewrite']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

interface Preview extends Disposable {
  show(rewrite: Item['rewrite'] | undefined): void;
}

/** The old words struck through, and the new ones behind them. */
function previewIn(editor: TextEditor | undefined): Preview {
  const type = window.createTextEditorDecorationType({
    textDecoration: 'line-through',
    opacity: '0.6',
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
  });
  return {
    show(rewrite) {
      if (!editor || !rewrite) return;
      const range = rangeOf(rewrite);
      const after = {
        contentText: ` ${rewrite.text.length > mostShown ? `${rewrite.text.slice(0, mostShown)}…` : rewrite.text}`,
        color: new ThemeColor('editor.foreground'),
        backgroundColor: new ThemeColor('diffEditor.insertedTextBackground'),
      };
      editor.setDecorations(type, [{ range, renderOptions: { after } }]);
      editor.revealRange(range);
    },
    dispose: () => type.dispose(),
  };
}
