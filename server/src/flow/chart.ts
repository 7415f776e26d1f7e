import type { Script } from '../model/script.ts';
import type { Branch } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import type { Ending, Point } from './graph.ts';
import { isAnytime } from './openings.ts';
import type { Paths } from './paths.ts';

/** A conversation as it is drawn: its nodes, how it ends, and what leads from one to the other. */
export interface Chart {
  readonly nodes: readonly ChartNode[];
  readonly ends: readonly ChartEnd[];
  readonly edges: readonly ChartEdge[];
}

export interface ChartNode {
  readonly id: string;
  readonly script: Script;
  readonly node: ScriptNode;
  /** Whether the conversation begins here. */
  readonly start: boolean;
  /** Whether the customer may take its branches wherever a reply is awaited. */
  readonly anytime: boolean;
  readonly reached: boolean;
}

/** An end of the conversation, or `return`: the place where an inserted or anytime node was entered. */
export interface ChartEnd {
  readonly id: string;
  readonly kind: Ending | 'return';
  /** The outcome that `结束：` names. */
  readonly outcome?: string;
}

export interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'jump' | 'next' | 'repeat' | 'insertion' | 'end';
  /** The category of the reply that leads here. */
  readonly reply?: string;
  readonly condition?: string;
  /** The line that leads there, or the last one before control runs off the node; missing where the node has none. */
  readonly line?: Placed;
  /** The branch that this line belongs to. */
  readonly branch?: Placed<Branch>;
}

/** Anytime branches are not drawn from every node that waits: their node says that it is one. */
export function chartOf(paths: Paths): Chart {
  const { graph, into } = paths;
  const nodes = new Map<ScriptNode, ChartNode>();
  const ends = new Map<string, ChartEnd>();
  const edges = new Map<string, ChartEdge>();
  const [first] = graph.entries;
  for (const { kind, visit } of graph.points) {
    if (kind !== 'entry' && kind !== 'wait') continue;
    const { node, script } = visit;
    if (nodes.has(node)) continue;
    const anytime = isAnytime(node);
    const reached = anytime || graph.into(node).some(({ index }) => paths.isReached(index));
    nodes.set(node, { id: `n${nodes.size}`, script, node, start: node === first?.point.visit.node, anytime, reached });
  }
  const idOf = ({ kind, ending, placed, visit }: Point): string | undefined => {
    if (kind === 'entry') return nodes.get(visit.node)?.id;
    if (kind !== 'end' && (kind !== 'leave' || !placed)) return undefined;
    const outcome = placed && isLine(placed, 'outcome') ? placed.line.name.text : undefined;
    const what = ending ?? 'return';
    const key = `${what} ${outcome ?? ''}`;
    const end = ends.get(key) ?? { id: `e${ends.size}`, kind: what, ...(outcome !== undefined && { outcome }) };
    ends.set(key, end);
    return end.id;
  };
  const add = (point: Point, to: Point, kind: ChartEdge['kind']): void => {
    const from = nodes.get(point.visit.node)?.id;
    const target = idOf(to);
    if (from === undefined || target === undefined) return;
    const edge = { from, to: target, kind: to.kind === 'entry' ? kind : 'end', ...labelsOf(point) } as const;
    const key = JSON.stringify(edge);
    // The first of several lines that do the same stands for all of them.
    if (!edges.has(key)) edges.set(key, { ...edge, ...placesOf(point) });
  };
  for (const point of graph.points) {
    for (const edge of point.edges) {
      // Off a node one comes by each of its branches that goes on.
      if (point.kind === 'exit') for (const { from } of into(point)) add(from, edge.to, 'next');
      else if (point.kind === 'line' && edge.kind === 'call') add(point, edge.to, 'insertion');
      else if (point.kind === 'line') add(point, edge.to, edge.round === 'again' ? 'repeat' : 'jump');
    }
  }
  return { nodes: [...nodes.values()], ends: [...ends.values()], edges: [...edges.values()] };
}

function labelsOf({ placed, visit }: Point): Pick<ChartEdge, 'reply' | 'condition'> {
  if (!placed) return {};
  const branch = branchAbove(placed, visit.node);
  return {
    ...(branch && { reply: branch.line.category.text }),
    ...(isLine(placed, 'guard') && { condition: placed.line.condition.text }),
  };
}

function placesOf({ placed, visit }: Point): Pick<ChartEdge, 'line' | 'branch'> {
  if (!placed) return {};
  const branch = branchAbove(placed, visit.node);
  return { line: placed, ...(branch && { branch }) };
}

function branchAbove(placed: Placed, { branches }: ScriptNode): Placed<Branch> | undefined {
  return branches.findLast(({ branch }) => branch.index <= placed.index)?.branch;
}
