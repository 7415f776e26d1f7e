import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Placed } from '../syntax/tree.ts';

/** Offsets inside, positions at the edge: the only place that converts them. */
export function toRange(script: Script, span: Span): Range {
  return { start: script.text.positionAt(span.start), end: script.text.positionAt(span.end) };
}

/** The range of a stretch of one line; it counts from the start of the line, so that nothing has to be looked for. */
export function rangeIn({ index }: Placed, { start, end }: Span): Range {
  return { start: { line: index, character: start }, end: { line: index, character: end } };
}

export function toTextEdit(script: Script, edit: Edit): TextEdit {
  return { range: toRange(script, edit), newText: edit.newText };
}

/** Edits of this file and, where they say so, of others. */
export function toWorkspaceEdit(script: Script, edits: readonly Edit[], snapshot: Snapshot): WorkspaceEdit {
  const changes: { [uri: string]: TextEdit[] } = {};
  for (const edit of edits) {
    const target = edit.uri === undefined ? script : snapshot.script(edit.uri);
    if (!target) continue;
    const list = changes[target.uri] ?? [];
    list.push(toTextEdit(target, edit));
    changes[target.uri] = list;
  }
  return { changes };
}
