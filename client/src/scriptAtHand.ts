import {
  l10n,
  Range,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { scriptsOfWorkspace } from './files.ts';
import type { Place } from './protocol.ts';

/** The script that a command is about: the given one, that of the editor, or one of those in view; else the user chooses. */
export async function scriptAtHand(given?: unknown): Promise<Uri | undefined> {
  if (given instanceof Uri) return given;
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  const editor = editors.find((each) => each?.document.languageId === 'huashu');
  if (editor) return editor.document.uri;
  const scripts = (await scriptsOfWorkspace()).map((uri) => Uri.parse(uri));
  if (scripts.length === 0) {
    void window.showInformationMessage(l10n.t('There is no script in this folder yet.'));
    return undefined;
  }
  const choices = scripts.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  return (await window.showQuickPick(choices, { placeHolder: l10n.t('Which script?') }))?.uri;
}

/** Shows a place in the editor that has its file, or in a new one beside the view. */
export async function showPlace({ uri, range: { start, end } }: Place, focus: boolean): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const editor = await window.showTextDocument(document, { viewColumn: editorColumn(document), preserveFocus: !focus });
  const range = new Range(start.line, start.character, end.line, end.character);
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where a document is open, or else where another one is: a view stays in sight. */
export function editorColumn(document: TextDocument): ViewColumn {
  const editors = window.visibleTextEditors.filter(({ viewColumn }) => viewColumn !== undefined);
  const editor = editors.find((each) => each.document === document) ?? editors[0];
  return editor?.viewColumn ?? ViewColumn.One;
}
