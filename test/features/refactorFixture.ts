import type { CodeAction } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions } from '../../server/src/features/codeActions.ts';
import { type Fixture, fixture as made } from '../fixture.ts';

const editor = { codeLens: true, inlayHints: true, nextLine: true, showsRefusals: true };

const known = new Map<string, Fixture>();

/** A script is looked at many times, and changed in many ways. */
export function fixture(text: string): Fixture {
  const found = known.get(text) ?? made(text);
  if (known.size > 50) known.clear();
  known.set(text, found);
  return found;
}

/** The refactorings for lines of a text, counted from 0, or at the start of one. */
export function offered(text: string, first: number, last?: number): CodeAction[] {
  const { script, context } = fixture(text);
  const end = last === undefined ? { line: first, character: 0 } : { line: last, character: 1000 };
  return codeActions.run(
    { ...context, editor },
    {
      textDocument: { uri: script.uri },
      range: { start: { line: first, character: 0 }, end },
      context: { diagnostics: [], only: ['refactor'] },
    },
  );
}

export function applied(text: string, action: CodeAction): string {
  const { script } = fixture(text);
  const edits = action.edit!.changes![script.uri]!;
  try {
    return TextDocument.applyEdits(script.text, edits);
  } catch (error) {
    throw new Error(`${action.title}: ${JSON.stringify(edits)}\n${text}`, { cause: error });
  }
}
