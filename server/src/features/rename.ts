import type { RenameParams, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { type Edit, insertion } from '../base/edit.ts';
import { stepsOf } from '../model/template.ts';
import type { Snapshot } from '../model/workspace.ts';
import { toWorkspaceEdit } from './convert.ts';
import type { Entity } from './entity.ts';
import { type Feature, Refusal } from './feature.ts';
import { occurrencesOf } from './occurrences.ts';
import { nameProblem, readsAlike, renamableAt } from './renaming.ts';

/** A new name for a node in all files, or for a variable or declared role in its own. */
export const rename: Feature<RenameParams, WorkspaceEdit | Refusal | null> = {
  method: 'textDocument/rename',
  capability: { renameProvider: { prepareProvider: true } },
  run({ snapshot }, { textDocument, position, newName }) {
    const script = snapshot.script(textDocument.uri);
    const found = script && renamableAt(script, script.text.offsetAt(position), snapshot);
    if (!found || found instanceof Refusal) return found ?? null;
    const { entity } = found;
    const name = newName.trim();
    const problem = nameProblem(name, entity, script);
    if (problem) return problem;
    const edits = [
      ...occurrencesOf(entity, script, snapshot).map(
        (each): Edit => ({ ...each.span, newText: name, uri: each.script.uri }),
      ),
      ...keptStep(entity, name, snapshot),
    ];
    if (!readsAlike(edits, entity, name, snapshot)) {
      return new Refusal(
        `写进话术后，“${name}”会被读成别的内容，请换一个名称。`,
        `Written into the script, “${name}” would be read as something else; choose another name.`,
      );
    }
    return toWorkspaceEdit(script, edits, snapshot);
  },
};

/** A node that performs a standard step by its name goes on performing it: the old name moves behind the new one. */
function keptStep(entity: Entity, name: string, snapshot: Snapshot): Edit[] {
  const heading = entity.kind === 'node' ? entity.symbol.node.heading : undefined;
  if (entity.kind !== 'node' || !heading || heading.line.flaws.length > 0) return [];
  const packs = snapshot.packs(entity.script).set;
  const { steps } = heading.line;
  const step = packs.step(entity.name);
  if (!step || stepsOf({ name: { text: name }, steps }, packs).includes(step)) return [];
  const [first] = steps;
  const { script } = entity;
  const english = script.source.charAt(heading.start + heading.line.head.start) === '[';
  const edit = first
    ? insertion(heading.start + first.start, entity.name + (english ? ', ' : '、'))
    : insertion(closingOf(script.source, heading.start + heading.line.name.end), ` ${entity.name}`);
  return [{ ...edit, uri: script.uri }];
}

/** Behind the bracket that closes a heading. */
function closingOf(source: string, from: number): number {
  let at = from;
  while (!'】]］'.includes(source.charAt(at))) at++;
  return at + 1;
}
