import type { CodeAction, CodeActionKind, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { inLanguage, type Text } from '../../base/text.ts';
import type { Level } from '../../model/config.ts';
import type { Script } from '../../model/script.ts';
import type { Finding } from '../../rules/finding.ts';
import { diagnosticOf } from '../diagnostics.ts';
import type { Context } from '../feature.ts';

/** An edit that is worked out when somebody chooses it: it would cost more than a menu may. */
export type Later = { readonly uri: string } & (
  | { readonly does: 'fix-all' }
  /** Every finding of a rule that is mended like the one at an offset. */
  | { readonly does: 'fix-rule'; readonly rule: string; readonly at: number }
  | { readonly does: 'level'; readonly rule: string; readonly level: Level }
);

/** An action about a finding. */
export function actionFor(
  title: Text,
  finding: Finding,
  script: Script,
  context: Context,
  does: Partial<CodeAction>,
): CodeAction {
  return {
    title: inLanguage(title, context.language),
    kind: 'quickfix',
    diagnostics: [diagnosticOf(finding, script, context)],
    ...does,
  };
}

/** The edit of an action, or for a client that asks again what it is to be made from; nothing where there is none to be had. */
export function edited(
  later: Later,
  edit: () => WorkspaceEdit | undefined,
  { editor }: Context,
): Partial<CodeAction> | undefined {
  if (editor?.resolvesActions) return { data: later };
  const made = edit();
  return made && { edit: made };
}

/** Whether a client that asks for some kinds of actions wants one of a kind; `refactor` stands for `refactor.extract` too. */
export function wants(only: readonly CodeActionKind[] | undefined, kind: CodeActionKind): boolean {
  return !only || only.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`));
}
