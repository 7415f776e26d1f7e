import { l10n, ViewColumn, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { ask, back } from './ask.ts';
import { type NewScriptParams, type NewScriptResult, newScriptRequest } from './protocol.ts';

/** Asks what a new script is for, question by question as the server puts them, and opens what it writes. */
export async function newScript(client: BaseLanguageClient): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  const uri = folder && `${folder.uri}/${newName}`;
  const answers = new Map<string, string | readonly string[]>();
  try {
    for (;;) {
      const params: NewScriptParams = { answers: Object.fromEntries(answers), ...(uri && { uri }) };
      const next = await client.sendRequest<NewScriptResult>(newScriptRequest, params);
      if ('text' in next) {
        await openNew(next.text);
        return;
      }
      const answer = await ask(next.question);
      if (answer === undefined) return;
      if (answer !== back) answers.set(next.question.id, answer);
      else answers.delete([...answers.keys()].at(-1) ?? '');
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('No new script could be made: {0}', why));
  }
}

const newName = 'new.huashu';

/** Opens a text as a script that is not saved yet, beside what is open or in its place. */
export async function openNew(text: string, column = ViewColumn.Active): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'huashu', content: text });
  await window.showTextDocument(document, column);
}
