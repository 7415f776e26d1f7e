import { foldName } from '../base/names.ts';
import type { Chart, ChartEdge, ChartEnd } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import { scriptName } from '../model/fileNames.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';
import type { Destination, Difference, Side, WayDifference } from './changes.ts';
import { type NodePair, nameOf } from './nodes.ts';

export interface Charts {
  readonly before: Chart;
  readonly after: Chart;
}

interface Way {
  readonly from: string;
  readonly reply?: string;
  readonly speaker?: RoleKind;
  readonly condition?: string;
  readonly to: Destination;
  readonly toKey: string;
  readonly line?: Placed;
}

export function wayDifferences(
  { before: old, after: now }: Charts,
  nodes: readonly NodePair[],
  before: Side,
  after: Side,
): WayDifference[] {
  // On both sides a node is called as the new script calls it.
  const called = new Map(
    nodes.flatMap(({ before: was, after: is }) => (was && is ? [[was, nameOf(is)] as const] : [])),
  );
  const both = new Set(nodes.flatMap((pair) => (pair.before && pair.after ? [pair.before, pair.after] : [])));
  const [was, is] = [waysIn(old, before, both, called), waysIn(now, after, both, called)];
  const found: WayDifference[] = [];
  for (const key of new Set([...is.keys(), ...was.keys()])) {
    const [ours, theirs] = [was.get(key) ?? [], is.get(key) ?? []];
    const less = ours.filter((each) => !theirs.some((other) => other.toKey === each.toKey));
    const more = theirs.filter((each) => !ours.some((other) => other.toKey === each.toKey));
    const about = ({ from, reply, speaker, condition }: Way) => ({
      from,
      ...(reply !== undefined && { reply }),
      ...(speaker && { speaker }),
      ...(condition !== undefined && { condition }),
    });
    while (less.length > 0 && more.length > 0) {
      const [one, other] = [less.shift() as Way, more.shift() as Way];
      found.push({
        kind: 'moved',
        ...about(other),
        before: one.to,
        after: other.to,
        ...(other.line && { line: other.line }),
      });
    }
    for (const each of less) found.push({ kind: 'closed', ...about(each), before: each.to });
    for (const each of more)
      found.push({ kind: 'opened', ...about(each), after: each.to, ...(each.line && { line: each.line }) });
  }
  return found;
}

/** The ways from nodes that are there on both sides, by what leads there. */
function waysIn(
  { nodes, ends, edges }: Chart,
  side: Side,
  both: ReadonlySet<ScriptNode>,
  called: ReadonlyMap<ScriptNode, string>,
): ReadonlyMap<string, readonly Way[]> {
  const { set } = side.snapshot.packs(side.script);
  const nodesById = new Map(nodes.map((each) => [each.id, each]));
  const endsById = new Map(ends.map((each) => [each.id, each]));
  const ways = new Map<string, Way[]>();
  const nameIn = (id: string): string => {
    const each = nodesById.get(id);
    if (!each) return '';
    const name = called.get(each.node) ?? nameOf(each.node);
    return each.script === side.script ? name : `${scriptName(each.script.uri)}/${name}`;
  };
  const destination = ({ to }: ChartEdge): Destination => {
    const end = endsById.get(to);
    return end ? { end } : { node: nameIn(to) };
  };
  for (const edge of edges) {
    const start = nodesById.get(edge.from);
    if (!start || !both.has(start.node)) continue;
    const { reply, condition, line, branch } = edge;
    const to = destination(edge);
    const key = JSON.stringify([
      foldName(nameIn(edge.from)),
      reply === undefined ? null : (set.reply(reply)?.id ?? foldName(reply)),
      condition === undefined ? null : condition.replace(/\s+/g, ''),
    ]);
    const way: Way = {
      from: nameIn(edge.from),
      ...(reply !== undefined && { reply }),
      ...(branch && { speaker: branch.line.speaker }),
      ...(condition !== undefined && { condition }),
      to,
      toKey:
        'end' in to
          ? `${edge.kind} ${to.end.kind} ${to.end.outcome ?? ''}`
          : `${edge.kind === 'next' ? 'jump' : edge.kind} ${foldName(to.node)}`,
      ...(line && { line }),
    };
    const known = ways.get(key);
    if (known) known.push(way);
    else ways.set(key, [way]);
  }
  return ways;
}

export function endDifferences({ before: old, after: now }: Charts, before: Side, after: Side): Difference['ends'] {
  const keyOf = ({ kind, outcome = '' }: ChartEnd): string => `${kind} ${foldName(outcome)}`;
  const reachable = (chart: Chart, { script, snapshot }: Side): readonly ChartEnd[] => {
    const paths = pathsOf(script, snapshot);
    const reached = new Set(
      paths.graph.points
        .filter((point) => (point.kind === 'end' || point.kind === 'leave') && paths.isReached(point.index))
        .map(({ ending, placed }) =>
          keyOf({
            id: '',
            kind: ending ?? 'return',
            ...(placed && isLine(placed, 'outcome') && { outcome: placed.line.name.text }),
          }),
        ),
    );
    return chart.ends.filter((end) => reached.has(keyOf(end)));
  };
  const [was, is] = [reachable(old, before), reachable(now, after)];
  const missing = (ends: readonly ChartEnd[], from: readonly ChartEnd[]): readonly ChartEnd[] =>
    ends.filter((end) => !from.some((other) => keyOf(other) === keyOf(end)));
  return [
    ...missing(is, was).map((end) => ({ kind: 'new' as const, after: end })),
    ...missing(was, is).map((end) => ({ kind: 'gone' as const, before: end })),
  ];
}
