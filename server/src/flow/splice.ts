import { foldName } from '../base/names.ts';
import { completed } from '../base/steps.ts';
import { type Script, type TargetReference, targetOf } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { ScriptNode } from '../syntax/tree.ts';
import { createBuilder, type Outline } from './build.ts';
import { askAgain, asksTheSame } from './conditions.ts';
import type { Graph } from './graph.ts';
import { type Net, numbersOf, roles } from './net.ts';
import { isAnytime, openingsOf } from './openings.ts';
import { put, type Range } from './place.ts';

/** Lines of a script that have been replaced by others: those before from `first` up to `was`, and now up to `is`, not included. */
export interface Replaced {
  readonly first: number;
  readonly was: number;
  readonly is: number;
}

/** A graph in which some nodes have been drawn anew. */
export interface Spliced {
  readonly graph: Graph;
  /** Whether it has the same points and steps, and the same is asked there. */
  readonly isSame: boolean;
  /** Where each point of the graph before is now; -1 for those of the nodes that were drawn anew. */
  readonly now: Int32Array;
  /** The points of these nodes. */
  readonly drawn: readonly number[];
  /** The nodes that were drawn anew, as they are numbered now, and those in whose place they stand. */
  readonly nodes: Range;
  readonly before: Range;
}

const roleOf = numbersOf(roles);

/**
 * The graph of a script in which some lines have been replaced, and nothing else: the nodes around them are drawn anew, and everything else
 * stays what it was under other numbers. It is the same as if all had been drawn anew; nothing where that cannot be done so simply.
 */
export function spliced(graph: Graph, script: Script, snapshot: Snapshot, replaced: Replaced): Spliced | undefined {
  const { net, script: before } = graph;
  const [old, now] = [before.tree.nodes, script.tree.nodes];
  if (graph.oneWay || !isInOrder(net, old.length)) return undefined;
  const { first, was } = replaced;
  // From the node above the first line on, which begins before it, up to the first one that begins behind the last line.
  const from = old.findLastIndex(({ heading }) => heading !== undefined && heading.index < first);
  const behind = old.length - old.findIndex(({ heading }) => heading !== undefined && heading.index >= was);
  const kept = behind > old.length ? 0 : behind;
  const [stop, stopNow] = [old.length - kept, now.length - kept];
  if (from < 1 || stop <= from || stopNow <= from) return undefined;
  const some = old.slice(from, stop);
  const others = now.slice(from, stopNow);
  if ([...some, ...others].some(isAnytime) || !opensTheSame(graph, script, snapshot, replaced)) return undefined;
  if (namesSomethingNew(some, others, before, from)) return undefined;

  // Everything that there was of the nodes, in the numbers of before: their own points, those that came with their steps, and the steps.
  const { visitFirsts, visitLinked, visitNodes, visitScripts, visits } = net;
  const bodies: Range = {
    from: visitFirsts[from] as number,
    stop: (stop < old.length ? visitFirsts[stop] : visitLinked[old.length - 1]) as number,
  };
  const extras: Range = { from: visitLinked[stop - 1] as number, stop: visitLinked[from - 1] as number };
  for (let point = extras.from; point < extras.stop; point++) {
    const visit = visits[point] as number;
    // What is entered from here for the first time comes along with its steps.
    if (visit < from || visit >= stop) return undefined;
  }
  // The first step of a node is the one that enters it, and the last one leaves it.
  const end = (from + 1 < stop ? (visitFirsts[from + 1] as number) : bodies.stop) - 1;
  const edges: Range = { from: net.first[visitFirsts[stop - 1] as number] as number, stop: net.stop[end] as number };
  for (let visit = old.length; visit < visitNodes.length; visit++) {
    const node = visitNodes[visit] as number;
    if (visitScripts[visit] === 0 && node >= from && node < stop) return undefined;
  }

  let isStrange = false;
  const outline = outlineFor(script, from, stopNow, net, stopNow - stop);
  const builder = createBuilder(script, snapshot, {
    outline,
    first(of, node, role) {
      if (of === script && role === roleOf.passing) {
        if (node >= from && node < stopNow) return undefined;
        const visit = node < from ? node : node - stopNow + stop;
        return -2 - (visitFirsts[visit] as number);
      }
      const visit = of === script ? entered(node < from ? node : node - stopNow + stop, role, net, old.length) : -1;
      const point = visit < 0 ? undefined : (visitFirsts[visit] as number);
      // What is entered for the first time further above would be entered here first.
      if (point === undefined || point >= extras.from) {
        isStrange = true;
        return -2;
      }
      return -2 - point;
    },
  });
  for (const node of others) builder.enter({ script, node, role: 'passing' });
  const drawn = completed(builder.finish([]));
  if (isStrange || drawn.visitNodes.length !== others.length) return undefined;

  const own = drawn.visitLinked[others.length - 1] as number;
  const more = own - (bodies.stop - bodies.from);
  const evenMore = more + drawn.size - own - (extras.stop - extras.from);
  const moved = new Int32Array(net.size);
  for (let point = 0; point < net.size; point++) {
    if (point < bodies.from) moved[point] = point;
    else if (point < bodies.stop) moved[point] = -1;
    else if (point < extras.from) moved[point] = point + more;
    else moved[point] = point < extras.stop ? -1 : point + evenMore;
  }
  /** Where the points that have been drawn are. */
  const placed = (point: number): number => (point < own ? bodies.from + point : extras.from + more + point - own);
  // Others lead to nodes by their beginnings, which stay where their headings do.
  const into = moved.slice();
  for (const [index, { heading }] of some.entries()) {
    const at = others.findIndex((each) => each.heading?.line.name.text === heading?.line.name.text);
    if (at >= 0) into[visitFirsts[from + index] as number] = placed(drawn.visitFirsts[at] as number);
  }
  const made = put(net, drawn, { bodies, extras, edges, own, into, placed, visits: { from, stop }, replaced });
  if (!made) return undefined;
  const points = Array.from({ length: drawn.size }, (_, point) => placed(point));
  const fresh = graph.of(script, snapshot, made);
  const asks = asksTheSame(graph, fresh);
  const isSame = asks && made.shape === net.shape;
  // What guards ask is a part of what follows from steps.
  const result = asks || made.shape !== net.shape ? fresh : graph.of(script, snapshot, { ...made, shape: {} });
  if (asks) askAgain(graph, result);
  return {
    graph: result,
    isSame,
    now: moved,
    drawn: points,
    nodes: { from, stop: stopNow },
    before: { from, stop },
  };
}

/** Whether the first visits are those to the nodes of the script, in their order; so it is unless others enter it or it is a collection. */
function isInOrder({ visitNodes, visitRoles, visitScripts, entries }: Net, nodes: number): boolean {
  if (entries.length !== 1 || entries[0] !== 0 || visitNodes.length < nodes) return false;
  for (let visit = 0; visit < nodes; visit++)
    if (visitNodes[visit] !== visit || visitRoles[visit] !== roleOf.passing || visitScripts[visit] !== 0) return false;
  return true;
}

/** Whether a name has come that is written elsewhere in the script: what leads there led elsewhere before, or nowhere. */
function namesSomethingNew(
  some: readonly ScriptNode[],
  others: readonly ScriptNode[],
  before: Script,
  from: number,
): boolean {
  const namesOf = (nodes: readonly ScriptNode[]): ReadonlySet<string> =>
    new Set(nodes.map(({ heading }) => foldName(heading?.line.name.text ?? '')));
  const known = namesOf(some);
  const names = new Set([...namesOf(others)].filter((name) => name !== '' && !known.has(name)));
  for (const name of names) {
    const other = before.node(name)?.node;
    if (!other) continue;
    // The first node of a name is the one that is meant.
    if (before.tree.nodes.indexOf(other) >= from) return true;
    names.delete(name);
  }
  return names.size > 0 && before.targets.some(({ node }) => names.has(foldName(node.text)));
}

/** Only what ends a conversation or returns decides where one begins, besides what others say of the script. */
function opensTheSame(
  { script: before, entries }: Graph,
  script: Script,
  snapshot: Snapshot,
  lines: Replaced,
): boolean {
  const decides = ({ tree }: Script, stop: number): boolean =>
    tree.lines
      .slice(lines.first, stop)
      .some((placed) => placed.line.kind === 'outcome' || targetOf(placed)?.builtin !== undefined);
  if (!decides(before, lines.was) && !decides(script, lines.is)) return true;
  const openings = openingsOf(script, snapshot);
  return (
    openings.length === entries.length &&
    openings[0]?.node === script.tree.nodes[0] &&
    openings[0]?.inside === entries[0]?.opening.inside
  );
}

/** The visit to a node in another way than by passing; -1 where there is none. */
function entered(node: number, role: number, { visitNodes, visitRoles, visitScripts }: Net, from: number): number {
  for (let visit = from; visit < visitNodes.length; visit++)
    if (visitScripts[visit] === 0 && visitNodes[visit] === node && visitRoles[visit] === role) return visit;
  return -1;
}

/** What is asked of some nodes. */
function outlineFor(script: Script, from: number, stop: number, net: Net, more: number): Outline {
  const { nodes } = script.tree;
  const next = new Int32Array(nodes.length).fill(-1);
  let below = stop;
  while (below < nodes.length && isAnytime(nodes[below] as (typeof nodes)[number])) below++;
  for (let node = stop - 1; node >= from; node--)
    next[node] = node + 1 < stop ? node + 1 : below < nodes.length ? below : -1;
  const references: { [line: number]: TargetReference | undefined } = {};
  for (const { lines } of nodes.slice(from, stop))
    for (const placed of lines) references[placed.index] = targetOf(placed);
  const anytime = anytimeIn(net);
  return {
    script,
    number: 0,
    numberOf: (node) => nodes.indexOf(node),
    references,
    next,
    anytime: anytime < 0 ? nodes.findIndex(isAnytime) : anytime < from ? anytime : anytime + more,
    isAnytime: new Uint8Array(nodes.length),
    visits: roles.map(() => new Int32Array(nodes.length)),
  };
}

/** The node of the script that is entered from wherever a reply is awaited; -1 where none is. */
function anytimeIn({ visitRoles, visitScripts, visitNodes }: Net): number {
  for (let visit = visitRoles.length - 1; visit >= 0; visit--)
    if (visitRoles[visit] === roleOf.anytime && visitScripts[visit] === 0) return visitNodes[visit] as number;
  return -1;
}
