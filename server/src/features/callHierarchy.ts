import type { CallHierarchyItem, CallHierarchyPrepareParams } from 'vscode-languageserver-protocol';
import { touches } from '../base/span.ts';
import type { End } from '../flow/ends.ts';
import { lineAt, type Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { itemOf, type Stop } from './calls.ts';
import { entityAt } from './entity.ts';
import type { Feature } from './feature.ts';

/** The node or end that stands at the cursor; else the node that the line belongs to. */
export const callHierarchy: Feature<CallHierarchyPrepareParams, CallHierarchyItem[] | null> = {
  method: 'textDocument/prepareCallHierarchy',
  capability: { callHierarchyProvider: true },
  run(context, { textDocument, position }) {
    const script = context.snapshot.script(textDocument.uri);
    const stop = script && stopAt(script, script.text.offsetAt(position), context.snapshot);
    return stop ? [itemOf(stop, context)] : null;
  },
};

function stopAt(script: Script, offset: number, snapshot: Snapshot): Stop | undefined {
  const entity = entityAt(script, offset, snapshot);
  if (entity?.kind === 'node') return { script: entity.script, node: entity.symbol.node };
  const placed = lineAt(script, offset);
  const end = endAt(script, offset);
  if (end) return { script, end, line: { start: placed.start + placed.line.head.start, end: placed.end } };
  const node = script.tree.nodes.find(({ heading, lines }) => heading === placed || lines.includes(placed));
  return node && { script, node };
}

/** The end that a line `结束：` or a target names. */
function endAt(script: Script, offset: number): End | undefined {
  const { line } = lineAt(script, offset);
  if (line.kind === 'outcome') return { kind: 'outcome', outcome: line.name.text };
  const target = script.targets.find(({ span, builtin }) => builtin && touches(span, offset))?.builtin;
  return target === undefined || target === 'repeat' ? undefined : { kind: target };
}
