import type { Script, TargetReference } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import type { Placed, ScriptNode } from '../../syntax/tree.ts';

/** An insertion, and the nodes that it joins. */
export interface Inserted {
  readonly script: Script;
  readonly reference: TargetReference;
  readonly placed: Placed;
  readonly to: ScriptNode;
}

/** Insertions that lead back to where they began: each cycle that a script has a part in, once. */
export function insertionCyclesOf(script: Script, snapshot: Snapshot): readonly (readonly Inserted[])[] {
  const insertions = insertionsFrom(script, snapshot);
  if (insertions.size === 0) return [];
  const done = new Set<ScriptNode>();
  const cycles: (readonly Inserted[])[] = [];
  for (const start of script.tree.nodes) {
    /** The way down, and at each node the insertions that are still to be followed. */
    const way: { readonly node: ScriptNode; readonly left: Inserted[]; through?: Inserted }[] = [];
    const on = new Map<ScriptNode, number>();
    const enter = (node: ScriptNode): void => {
      on.set(node, way.length);
      way.push({ node, left: [...(insertions.get(node) ?? [])] });
    };
    if (!done.has(start)) enter(start);
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const next = top.left.shift();
      if (!next) {
        done.add(top.node);
        on.delete(top.node);
        way.pop();
        continue;
      }
      top.through = next;
      const again = on.get(next.to);
      if (again !== undefined) cycles.push(way.slice(again).flatMap(({ through }) => through ?? []));
      else if (!done.has(next.to)) enter(next.to);
    }
  }
  return cycles.filter((cycle) => cycle.some((each) => each.script === script));
}

/** All insertions that can be come to from a script, by the node that they stand in. */
function insertionsFrom(script: Script, snapshot: Snapshot): ReadonlyMap<ScriptNode, readonly Inserted[]> {
  const found = new Map<ScriptNode, Inserted[]>();
  const scripts = new Set([script]);
  for (const each of scripts) {
    const inserting = each.targets.filter(({ placed }) => placed.line.kind === 'insertion');
    const references = new Map(inserting.map((reference) => [reference.placed, reference]));
    if (references.size === 0) continue;
    for (const node of each.tree.nodes) {
      for (const placed of node.lines) {
        const reference = references.get(placed);
        const resolution = reference && snapshot.resolve(each, reference);
        if (!reference || resolution?.kind !== 'node') continue;
        scripts.add(resolution.script);
        const list = found.get(node) ?? [];
        list.push({ script: each, reference, placed, to: resolution.symbol.node });
        found.set(node, list);
      }
    }
  }
  return found;
}
