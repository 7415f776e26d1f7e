import { l10n, window, workspace } from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { type SuppressAsking, type SuppressParams, suppressRequest } from './protocol.ts';

/** Asks for what a suppression is, for its reason, who approved it and how long it counts; the server writes it. */
export async function suppress(client: BaseLanguageClient, asking: SuppressAsking): Promise<void> {
  const answers = await ask(asking);
  if (!answers) return;
  const { uri, rule, position } = asking;
  const params: SuppressParams = { textDocument: { uri }, rule, position, ...answers };
  try {
    const edit = await client.sendRequest<WorkspaceEdit>(suppressRequest, params);
    await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
  } catch (error) {
    // What the server says against it is meant for the user.
    void window.showWarningMessage(error instanceof Error ? error.message : String(error));
  }
}

async function ask({
  title,
  scopes,
  approval,
  today,
  until: proposed,
}: SuppressAsking): Promise<Pick<SuppressParams, 'scope' | 'reason' | 'approved' | 'until'> | undefined> {
  const heading = (step: number): string => l10n.t('Suppress: {0} ({1}/4)', title, step);
  const required = (value: string): string | undefined =>
    value.trim() === '' ? l10n.t('This cannot be left empty.') : undefined;
  const names = { line: l10n.t('This line'), node: l10n.t('This node'), file: l10n.t('The whole script') };
  const chosen = await window.showQuickPick(
    scopes.map((scope) => ({ label: names[scope], scope })),
    { title: heading(1), placeHolder: l10n.t('For what is it suppressed?'), ignoreFocusOut: true },
  );
  if (!chosen) return undefined;
  const reason = await window.showInputBox({
    title: heading(2),
    prompt: l10n.t('Why may it stand?'),
    placeHolder: l10n.t('For example: wording filed with the regulator'),
    ignoreFocusOut: true,
    validateInput: required,
  });
  if (reason === undefined || required(reason)) return undefined;
  const approved = await window.showInputBox({
    title: heading(3),
    prompt: approval ? l10n.t('Who approved it?') : l10n.t('Who approved it? This may be left empty.'),
    placeHolder: l10n.t('For example: compliance'),
    ignoreFocusOut: true,
    ...(approval && { validateInput: required }),
  });
  if (approved === undefined || (approval && required(approved))) return undefined;
  const until = await window.showInputBox({
    title: heading(4),
    prompt: l10n.t('Until which day does it count? Empty: for good.'),
    value: proposed,
    ignoreFocusOut: true,
    validateInput: (value) => dateProblem(value.trim(), today),
  });
  if (until === undefined || dateProblem(until.trim(), today)) return undefined;
  return {
    scope: chosen.scope,
    reason: reason.trim(),
    ...(approved.trim() !== '' && { approved: approved.trim() }),
    ...(until.trim() !== '' && { until: until.trim() }),
  };
}

function dateProblem(value: string, today: string): string | undefined {
  if (value === '') return undefined;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value)
    return l10n.t('A date such as {0} is expected.', today);
  return value < today ? l10n.t('This day has passed.') : undefined;
}
