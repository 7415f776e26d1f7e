import type { CodeActionKind } from 'vscode-languageserver-protocol';
import type { Edit } from '../../base/edit.ts';
import type { Text } from '../../base/text.ts';

/** Another shape of the same conversation, or why it cannot be had here. */
export interface Refactoring {
  readonly kind: CodeActionKind;
  readonly title: Text;
  readonly edits?: readonly Edit[];
  readonly refused?: Text | undefined;
}
