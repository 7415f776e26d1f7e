import type { CodeAction, CodeActionKind } from 'vscode-languageserver-protocol';
import type { Span } from '../../base/span.ts';
import { inLanguage } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import { toWorkspaceEdit } from '../convert.ts';
import type { Context } from '../feature.ts';
import { addReplies } from './addReplies.ts';
import { dialogue } from './dialogue.ts';
import { extract, split } from './extract.ts';
import { groundOf } from './ground.ts';
import { inline } from './inline.ts';
import { moveBranch } from './moveBranch.ts';

export const refactorKinds: readonly CodeActionKind[] = ['refactor.extract', 'refactor.inline', 'refactor.rewrite'];

/** What is about a selection, and what is about the place of the cursor: that is shown when somebody asks for it. */
const aboutSelection = [extract, dialogue];
const aboutPlace = [split, moveBranch, inline, addReplies];

/** Other shapes that the lines at the cursor can have, with the same conversation in them. */
export function refactorings(span: Span, script: Script, asked: boolean, context: Context): CodeAction[] {
  const { snapshot, language, editor } = context;
  const ground = groundOf(script, snapshot, span);
  return [...aboutSelection, ...(asked ? aboutPlace : [])].flatMap((refactoring) =>
    refactoring(ground).flatMap(({ kind, title, edits, refused }): CodeAction[] => {
      const action = { title: inLanguage(title, language), kind };
      if (edits) return [{ ...action, edit: toWorkspaceEdit(script, edits, snapshot) }];
      if (!refused || !editor?.showsRefusals) return [];
      return [{ ...action, disabled: { reason: inLanguage(refused, language) } }];
    }),
  );
}
