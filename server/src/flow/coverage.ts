import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Branch, Guard } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { counts } from './build.ts';
import { beginningOf, type Step } from './conversation.ts';
import type { Point } from './graph.ts';
import { type Paths, pathsOf } from './paths.ts';

/** How often the parts of one script were come to. */
export interface Coverage {
  readonly script: Script;
  readonly nodes: readonly { readonly node: ScriptNode; readonly count: number }[];
  readonly branches: readonly BranchCount[];
  readonly guards: readonly GuardCount[];
  /** Every line that is part of the conversation, headings not among them. */
  readonly lines: readonly { readonly placed: Placed; readonly count: number }[];
}

/** A reply branch, and how often it was taken. */
export interface BranchCount {
  readonly node: ScriptNode;
  readonly branch: Placed<Branch>;
  readonly count: number;
}

/** A guarded jump, and how often it was taken and passed by. */
export interface GuardCount {
  readonly node: ScriptNode;
  readonly guard: Placed<Guard>;
  readonly taken: number;
  readonly passed: number;
}

/** How many of some parts were come to at all. */
export interface Share {
  readonly covered: number;
  readonly total: number;
}

/** The shares of one script or of several. A guard has two ways to go, each of which counts. */
export interface Shares {
  readonly nodes: Share;
  readonly branches: Share;
  readonly conditions: Share;
  readonly lines: Share;
}

/** What conversations cover of these scripts, in whichever of them they begin. */
export function coverageOf(
  talks: Iterable<{ readonly steps: readonly Step[] }>,
  scripts: readonly Script[],
): Coverage[] {
  const nodes = new Map<ScriptNode, number>();
  const lines = new Map<Placed, number>();
  const guards = new Map<Placed, { taken: number; passed: number }>();
  const more = <K>(map: Map<K, number>, key: K): void => void map.set(key, (map.get(key) ?? 0) + 1);
  for (const { steps } of talks) {
    for (const { point, taken } of steps) {
      const { kind, placed, visit } = point;
      if (kind === 'entry' || (kind === 'wait' && visit.role === 'anytime')) more(nodes, visit.node);
      if (kind !== 'line' || !placed) continue;
      more(lines, placed);
      if (taken === undefined) continue;
      const known = guards.get(placed) ?? { taken: 0, passed: 0 };
      known[taken ? 'taken' : 'passed']++;
      guards.set(placed, known);
    }
  }
  return scripts.map((script): Coverage => {
    const all = script.tree.nodes.flatMap((node) =>
      node.lines.filter(counts).map((placed) => ({ node, placed, count: lines.get(placed) ?? 0 })),
    );
    return {
      script,
      nodes: script.tree.nodes.map((node) => ({ node, count: nodes.get(node) ?? 0 })),
      branches: all.flatMap(({ node, placed, count }) =>
        isLine(placed, 'branch') ? [{ node, branch: placed, count }] : [],
      ),
      guards: all.flatMap(({ node, placed }) =>
        isLine(placed, 'guard') ? [{ node, guard: placed, ...(guards.get(placed) ?? { taken: 0, passed: 0 }) }] : [],
      ),
      lines: all,
    };
  });
}

export function sharesOf(all: readonly Coverage[]): Shares {
  const share = (counted: readonly number[]): Share => ({
    covered: counted.filter((count) => count > 0).length,
    total: counted.length,
  });
  const each = <T>(parts: (coverage: Coverage) => readonly T[], count: (part: T) => readonly number[]): Share =>
    share(all.flatMap(parts).flatMap(count));
  return {
    nodes: each(
      ({ nodes }) => nodes,
      ({ count }) => [count],
    ),
    branches: each(
      ({ branches }) => branches,
      ({ count }) => [count],
    ),
    conditions: each(
      ({ guards }) => guards,
      ({ taken, passed }) => [taken, passed],
    ),
    lines: each(
      ({ lines }) => lines,
      ({ count }) => [count],
    ),
  };
}

/** A way through a script: the branches that the customer takes, and the guards on it. */
export interface Walk {
  readonly points: readonly Point[];
  readonly replies: readonly Placed<Branch>[];
  readonly guards: readonly { readonly guard: Placed<Guard>; readonly taken: boolean }[];
}

/** Walks that together take every branch that can be reached, few of them and each as short as its last branch allows. */
export function walksOf(script: Script, snapshot: Snapshot): readonly Walk[] {
  const paths = pathsOf(script, snapshot);
  const ways = paths.graph.points
    .filter((point) => isBranch(point) && paths.isReached(point.index))
    .map((point) => paths.witness(point))
    // A long way takes many branches, after which a short one has often nothing left to do.
    .sort((a, b) => b.length - a.length);
  const taken = new Set<Placed>();
  return ways.flatMap((points) => {
    const last = points.at(-1)?.placed;
    if (!last || taken.has(last)) return [];
    for (const point of points) if (point.placed && isBranch(point)) taken.add(point.placed);
    return [walkOf(points)];
  });
}

/** How a scenario of this script could come to a line; nothing where it cannot. */
export function wayTo(placed: Placed, script: Script, snapshot: Snapshot): Walk | undefined {
  return shortestWalk(pathsOf(script, snapshot), ({ graph }) => graph.at(placed));
}

/** The same for a node. */
export function wayToNode(node: ScriptNode, script: Script, snapshot: Snapshot): Walk | undefined {
  return shortestWalk(pathsOf(script, snapshot), ({ graph }) => graph.into(node));
}

function shortestWalk(paths: Paths, goals: (paths: Paths) => readonly Point[]): Walk | undefined {
  const start = beginningOf(paths.graph);
  const ways = goals(paths)
    .flatMap((point) => [false, true].map((inside) => paths.witness(point, { inside })))
    .filter(([first]) => first !== undefined && first === start)
    .sort((a, b) => a.length - b.length);
  return ways[0] && walkOf(ways[0]);
}

function walkOf(points: readonly Point[]): Walk {
  const replies: Placed<Branch>[] = [];
  const guards: { guard: Placed<Guard>; taken: boolean }[] = [];
  for (const [index, { kind, placed, edges }] of points.entries()) {
    if (kind !== 'line' || !placed) continue;
    const before = points[index - 1];
    // After two repetitions 其他 is taken without anybody saying so.
    if (isLine(placed, 'branch') && before?.kind === 'wait') replies.push(placed);
    const next = points[index + 1];
    if (isLine(placed, 'guard') && next)
      guards.push({ guard: placed, taken: edges.some(({ to, kind: how }) => to === next && how === 'taken') });
  }
  return { points, replies, guards };
}

function isBranch({ kind, placed }: Point): boolean {
  return kind === 'line' && placed !== undefined && isLine(placed, 'branch');
}
