import type { CallHierarchyItem, SymbolKind } from 'vscode-languageserver-protocol';
import { type Span, shift } from '../base/span.ts';
import { inLanguage } from '../base/text.ts';
import { type End, endName, endOf, isSameEnd } from '../flow/ends.ts';
import type { Edge, Point } from '../flow/graph.ts';
import { type Paths, pathsOf } from '../flow/paths.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Placed, ScriptNode } from '../syntax/tree.ts';
import { toRange } from './convert.ts';
import type { Context } from './feature.ts';
import { titleOf } from './workspaceSymbols.ts';

/** Where a conversation can be: at a node, or at one of the ends of a script, by the line that leads there. */
export type Stop = NodeStop | EndStop;

interface NodeStop {
  readonly script: Script;
  readonly node: ScriptNode;
}

interface EndStop {
  readonly script: Script;
  readonly end: End;
  readonly line: Span;
}

/** A step from a node to another, or to an end, and the lines that take it. */
export interface Call {
  readonly from: NodeStop;
  readonly to: Stop;
  readonly lines: readonly Span[];
}

const kinds = { node: 5, end: 24 } as const satisfies { [name: string]: SymbolKind };

/** What an item remembers of itself from one request to the next; texts may change in between. */
interface Memory {
  readonly uri: string;
  /** The name of a node; empty for the lines above the first heading. */
  readonly node?: string;
  readonly end?: End;
}

export function itemOf(stop: Stop, { language }: Context): CallHierarchyItem {
  const { script } = stop;
  if ('end' in stop) {
    const range = toRange(script, stop.line);
    const name = inLanguage(endName(stop.end), language);
    const detail = inLanguage({ zh: '结束', en: 'End' }, language);
    const data: Memory = { uri: script.uri, end: stop.end };
    return { name, detail, kind: kinds.end, uri: script.uri, range, selectionRange: range, data };
  }
  const { heading, span } = stop.node;
  const name = heading?.line.name.text ?? '';
  const data: Memory = { uri: script.uri, node: name };
  return {
    name: name || inLanguage({ zh: '（开头）', en: '(beginning)' }, language),
    detail: titleOf(script),
    kind: kinds.node,
    uri: script.uri,
    range: toRange(script, span),
    selectionRange: toRange(script, heading ? shift(heading.line.name, heading.start) : { ...span, end: span.start }),
    data,
  };
}

/** The steps that lead to what an item stands for. */
export function callsTo({ data }: CallHierarchyItem, snapshot: Snapshot): readonly Call[] {
  const { uri, end } = data as Memory;
  const script = snapshot.script(uri);
  if (!script) return [];
  if (end) return callsIn(script, snapshot).filter(({ to }) => 'end' in to && isSameEnd(to.end, end));
  const node = nodeOf(script, data as Memory);
  return snapshot.scripts
    .filter((each) => each === script || leadsTo(each, script, snapshot))
    .flatMap((each) => callsIn(each, snapshot).filter(({ to }) => 'node' in to && to.node === node));
}

/** The steps that lead on from what an item stands for. */
export function callsFrom({ data }: CallHierarchyItem, snapshot: Snapshot): readonly Call[] {
  const script = snapshot.script((data as Memory).uri);
  const node = script && nodeOf(script, data as Memory);
  return node ? callsIn(script, snapshot).filter(({ from }) => from.node === node) : [];
}

function nodeOf(script: Script, { node, end }: Memory): ScriptNode | undefined {
  if (end) return undefined;
  return node ? script.node(node)?.node : script.tree.nodes.find(({ heading }) => !heading?.line.name.text);
}

function leadsTo(from: Script, to: Script, snapshot: Snapshot): boolean {
  return from.outward.some((target) => snapshot.named(from, target) === to);
}

/** Every step from a node of a script, in the order of the text. */
function callsIn(script: Script, snapshot: Snapshot): readonly Call[] {
  const paths = pathsOf(script, snapshot);
  const calls: Call[] = [];
  for (const { from, edge } of stepsIn(script, paths)) {
    const { node } = from.visit;
    const { to } = edge;
    const line = lineOf(from.placed, node);
    const end = endOf(to);
    const stop = end ? { script, end, line } : to.kind === 'entry' && to.visit;
    if (!stop) continue;
    const known = calls.findIndex((call) => call.from.node === node && isSameStop(call.to, stop));
    const before = calls[known];
    if (!before) calls.push({ from: { script, node }, to: stop, lines: [line] });
    else if (!before.lines.some(({ start }) => start === line.start))
      calls[known] = { ...before, lines: [...before.lines, line] };
  }
  const first = ({ lines: [line] }: Call): number => line?.start ?? 0;
  return calls.sort((a, b) => first(a) - first(b));
}

/** The lines at which control leaves a node, and by which step. Asking once more is not leaving it. */
function* stepsIn(script: Script, paths: Paths): Generator<{ readonly from: Point; readonly edge: Edge }> {
  const { graph, into, isReached } = paths;
  const lives = new Map(
    script.tree.nodes.map((node) => [node, graph.into(node).some(({ index }) => isReached(index))] as const),
  );
  for (const point of graph.points) {
    if (point.visit.script !== script || (point.kind !== 'line' && point.kind !== 'exit')) continue;
    // A node that is only ever inserted does not run on into the next. Of one that is never reached, all steps are shown.
    if (lives.get(point.visit.node) && !isReached(point.index)) continue;
    for (const edge of point.edges) {
      if (edge.round === 'again') continue;
      if (point.kind === 'line') yield { from: point, edge };
      else for (const { from } of into(point)) yield { from, edge };
    }
  }
}

function isSameStop(a: Stop, b: Stop): boolean {
  return 'end' in a ? 'end' in b && isSameEnd(a.end, b.end) : 'node' in b && a.node === b.node;
}

/** The line without the blanks around it; of a node without lines, its heading. */
function lineOf(placed: Placed | undefined, { heading, span }: ScriptNode): Span {
  const at = placed ?? heading;
  return at ? { start: at.start + at.line.head.start, end: at.end } : span;
}
