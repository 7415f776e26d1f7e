import { applyEdits, type Edit } from '../../../base/edit.ts';
import { type Script, scriptOf } from '../../../model/script.ts';
import { type Snapshot, withScript } from '../../../model/workspace.ts';
import type { Finding, Related } from '../../finding.ts';
import { structureRules } from '../../structure/index.ts';
import { draftsOf } from '../../structure/rule.ts';

/** Tells whether a script is better for edits: less of it breaks a rule, and no more of it any other rule. */
export type Trial = (rule: string, edits: readonly Edit[]) => boolean;

/** @param flowFindings what the rules about the flow find */
export function trialOf(
  script: Script,
  snapshot: Snapshot,
  flowFindings: (script: Script, snapshot: Snapshot) => readonly Finding[],
): Trial {
  let before: ReadonlyMap<string, number> | undefined;
  return (rule, edits) => {
    before ??= countOf(flowFindings(script, snapshot), script, snapshot);
    const known = before;
    const changed = scriptOf(script.uri, script.text.version, applyEdits(script.source, edits), script);
    const world = withScript(snapshot, changed);
    const found = flowFindings(changed, world);
    const after = countOf(found, changed, world);
    if ((after.get(rule) ?? 0) >= (known.get(rule) ?? 0)) return false;
    if (![...after].every(([each, times]) => times <= (known.get(each) ?? 0))) return false;
    // What was changed must not be on a way to what is left.
    const lineAt = (offset: number): number => changed.tree.lineAt(offset).index;
    const lines = new Set(edits.filter(({ start, end }) => start < end).map((edit) => lineAt(placeAfter(edit, edits))));
    const isChanged = ({ start, uri }: Related): boolean => uri === undefined && lines.has(lineAt(start));
    return !found.some((each) => each.rule === rule && each.related.some(isChanged));
  };
}

/** How often each rule is broken, those about the language included. */
function countOf(flowFindings: readonly Finding[], script: Script, snapshot: Snapshot): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (rule: string): void => {
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  };
  for (const { rule } of flowFindings) add(rule);
  const subject = { script, packs: snapshot.packs(script), snapshot };
  for (const rule of structureRules) for (const _ of draftsOf(rule, subject)) add(rule.id);
  return counts;
}

/** Where the text of an edit stands once all are made. */
function placeAfter({ start }: Edit, edits: readonly Edit[]): number {
  return edits.reduce(
    (at, each) => (each.end <= start ? at + each.newText.length - (each.end - each.start) : at),
    start,
  );
}
