import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type LanguageModelChat,
  LanguageModelChatMessage,
  LanguageModelError,
  l10n,
  lm,
  type Memento,
  window,
} from 'vscode';

/** An answer is read so far; nobody needs a longer one. */
const longestAnswer = 50_000;

/** So long, in milliseconds, a menu waits for the first word of whether there is a model. */
const patience = 500;

/** Under which name the choice of a model is kept. */
const chosenKey = 'huashu.languageModel';

/** The language models that the user has in the editor. They are looked for when somebody first asks, and again when others come. */
export interface LanguageModels extends Disposable {
  /** Whether there is any, as far as that can be said at once. */
  has(): Promise<boolean>;
  /** The only one, the one that was chosen before, or one that the user chooses now. */
  choose(again?: boolean): Promise<LanguageModelChat | undefined>;
}

export function languageModels(memory: Memento): LanguageModels {
  let known: Promise<readonly LanguageModelChat[]> | undefined;
  // Where editors are made of VS Code they can lack what it has.
  const listening = lm?.onDidChangeChatModels?.(() => {
    known = undefined;
  });
  const all = (): Promise<readonly LanguageModelChat[]> => {
    known ??= find();
    return known;
  };
  return {
    async has() {
      const late = new Promise<readonly LanguageModelChat[]>((resolve) => setTimeout(() => resolve([]), patience));
      return (await Promise.race([all(), late])).length > 0;
    },
    async choose(again = false) {
      known = undefined;
      const models = await all();
      const before = models.find((each) => idOf(each) === memory.get(chosenKey));
      if (models.length < 2 && !again) return models[0];
      if (before && !again) return before;
      const items = models.map((model) => ({ label: model.name, description: model.vendor, model }));
      const chosen = await window.showQuickPick(items, {
        title: l10n.t('Which language model shall rewrite lines?'),
        placeHolder: l10n.t('The line, what is wrong with it and the lines around it go to this model.'),
      });
      if (chosen) await memory.update(chosenKey, idOf(chosen.model));
      return chosen?.model;
    },
    dispose: () => listening?.dispose(),
  };
}

async function find(): Promise<readonly LanguageModelChat[]> {
  try {
    return (await lm?.selectChatModels?.()) ?? [];
  } catch {
    // Without a model nothing is missing.
    return [];
  }
}

export function idOf({ vendor, id }: LanguageModelChat): string {
  return `${vendor}/${id}`;
}

/** What a model answers; nothing when the user has had enough of waiting, whatever it may still say. */
export async function ask(
  model: LanguageModelChat,
  prompt: string,
  token: CancellationToken,
): Promise<string | undefined> {
  const cancelled = new EventEmitter<void>();
  const listening = token.onCancellationRequested(() => cancelled.fire());
  const givenUp = new Promise<undefined>((resolve) => cancelled.event(() => resolve(undefined)));
  try {
    return await Promise.race([read(model, prompt, token), givenUp]);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw new Error(complaint(model, error));
  } finally {
    listening.dispose();
    cancelled.dispose();
  }
}

async function read(model: LanguageModelChat, prompt: string, token: CancellationToken): Promise<string> {
  const options = { justification: l10n.t('To rewrite a line of a script that breaks a rule.') };
  const { text } = await model.sendRequest([LanguageModelChatMessage.User(prompt)], options, token);
  let answer = '';
  for await (const part of text) {
    answer += part;
    if (answer.length > longestAnswer) break;
  }
  return answer;
}

/** What went wrong, for the user. */
function complaint({ name }: LanguageModelChat, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof LanguageModelError) {
    if (error.code === LanguageModelError.NoPermissions.name)
      return l10n.t('Huashu was not allowed to use {0}. The editor lets you change that under its accounts.', name);
    if (error.code === LanguageModelError.Blocked.name)
      return l10n.t('{0} has refused to answer; perhaps its quota is used up: {1}', name, why);
    if (error.code === LanguageModelError.NotFound.name) return l10n.t('{0} is not there any more.', name);
  }
  return l10n.t('{0} has not answered: {1}', name, why);
}
