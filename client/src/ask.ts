import { type Disposable, QuickInputButtons, type QuickPickItem, window } from 'vscode';
import type { Choice, Question } from './protocol.ts';

/** The answer of somebody who wants to see the question before. */
export const back = Symbol('back');

/** Puts one question of several; nothing when the user has had enough. */
export function ask(question: Question): Promise<string | readonly string[] | typeof back | undefined> {
  return question.choices ? choose(question, question.choices) : write(question);
}

function choose(
  { title, step, steps, placeholder, many }: Question,
  choices: readonly Choice[],
): Promise<string | readonly string[] | typeof back | undefined> {
  const pick = window.createQuickPick<QuickPickItem & { readonly id: string }>();
  pick.items = choices.map(({ id, label, description, detail }) => ({
    id,
    label,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
  }));
  pick.placeholder = placeholder;
  pick.canSelectMany = many ?? false;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const picked = new Set(choices.flatMap((each) => (each.picked ? each.id : [])));
  const proposed = pick.items.filter(({ id }) => picked.has(id));
  if (many) pick.selectedItems = proposed;
  else if (proposed.length > 0) pick.activeItems = proposed;
  return answerOf(pick, { title, step, steps }, () => {
    const chosen = pick.selectedItems.map(({ id }) => id);
    return many ? chosen : chosen[0];
  });
}

function write({
  title,
  step,
  steps,
  placeholder,
  value = '',
}: Question): Promise<string | readonly string[] | typeof back | undefined> {
  const input = window.createInputBox();
  input.prompt = placeholder;
  input.placeholder = placeholder;
  input.value = value;
  return answerOf(input, { title, step, steps }, () => (input.value.trim() === '' ? undefined : input.value));
}

/** What quick picks and input boxes have in common. */
interface Asking extends Disposable {
  title: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  ignoreFocusOut: boolean;
  buttons: readonly unknown[];
  show(): void;
  onDidAccept(then: () => void): Disposable;
  onDidHide(then: () => void): Disposable;
  onDidTriggerButton(then: () => void): Disposable;
}

async function answerOf<Answer>(
  asking: Asking,
  { title, step, steps }: Pick<Question, 'title' | 'step' | 'steps'>,
  answer: () => Answer | undefined,
): Promise<Answer | typeof back | undefined> {
  asking.title = title;
  asking.step = step;
  asking.totalSteps = steps;
  asking.ignoreFocusOut = true;
  if (step > 1) asking.buttons = [QuickInputButtons.Back];
  try {
    return await new Promise((resolve) => {
      asking.onDidAccept(() => {
        const given = answer();
        // An empty answer is none: the question stays.
        if (given !== undefined) resolve(given);
      });
      asking.onDidTriggerButton(() => resolve(back));
      asking.onDidHide(() => resolve(undefined));
      asking.show();
    });
  } finally {
    asking.dispose();
  }
}
