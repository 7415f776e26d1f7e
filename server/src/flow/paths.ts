import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Cells } from './conditions.ts';
import { type Edge, graphOf, type Point } from './graph.ts';
import { continuation, type Return, type Returns, returnsOf } from './returns.ts';
import { type Steps, stepsOf } from './steps.ts';

/** The first time that control reaches a point with these valuations. */
interface Arrival {
  readonly point: Point;
  /** Whether there is a place to go back to. */
  readonly inside: boolean;
  readonly cells: Cells;
  readonly edge?: Edge;
  readonly before?: Arrival;
  /** How the insertion between the two came back. */
  readonly inner?: Return;
}

/** Which points the conversation reaches, and how. */
export interface Paths extends Steps {
  readonly returns: Returns;
  /** The valuations with which a point is reached; `inside` an insertion or anytime branch, outside of any, or either. */
  reached(point: Point, inside?: boolean): Cells;
  /**
   * A way from where the conversation begins to a point, with one of these valuations where some are given: every point on it, in
   * order. No other has fewer steps, where an insertion that comes back counts as one.
   */
  witness(point: Point, options?: { readonly inside?: boolean; readonly among?: Cells }): readonly Point[];
}

const known = new WeakMap<Snapshot, Map<Script, Paths>>();

/** The paths of the conversation that begins in a script. They are worked out once for all who ask. */
export function pathsOf(script: Script, snapshot: Snapshot): Paths {
  const all = known.get(snapshot) ?? new Map<Script, Paths>();
  known.set(snapshot, all);
  const paths = all.get(script) ?? explore(stepsOf(graphOf(script, snapshot)));
  all.set(script, paths);
  return paths;
}

function explore(steps: Steps): Paths {
  const { graph, valuations, post } = steps;
  const returns = returnsOf(steps);
  const reached = graph.points.map((): [outside: Cells, inside: Cells] => [0n, 0n]);
  const arrivals: Arrival[] = [];
  const arrivalsAt = graph.points.map((): Arrival[] => []);
  const arrive = (arrival: Arrival): void => {
    const at = reached[arrival.point.index];
    const side = arrival.inside ? 1 : 0;
    const cells = at ? arrival.cells & ~at[side] : 0n;
    if (!at || cells === 0n) return;
    at[side] |= cells;
    const fresh = { ...arrival, cells };
    arrivals.push(fresh);
    arrivalsAt[arrival.point.index]?.push(fresh);
  };
  for (const { point, opening } of graph.entries) arrive({ point, inside: opening.inside, cells: valuations.all });
  // What comes first was reached by fewest steps.
  for (let next = 0; next < arrivals.length; next++) {
    const before = arrivals[next] as Arrival;
    for (const edge of before.point.edges) {
      const calls = edge.kind === 'call';
      arrive({ point: edge.to, inside: before.inside || calls, cells: post(edge, before.cells), edge, before });
      if (!calls) continue;
      for (const inner of returns(edge.to)) {
        const point = continuation(edge, inner.leaving);
        const cells = valuations.after(inner.outcome, before.cells & inner.cells);
        if (point) arrive({ point, inside: before.inside, cells, edge, before, inner });
      }
    }
  }
  const first = (point: Point, inside: boolean | undefined, among: Cells): Arrival | undefined =>
    arrivalsAt[point.index]?.find(
      (each) => (inside === undefined || each.inside === inside) && (each.cells & among) !== 0n,
    );
  return {
    ...steps,
    returns,
    reached({ index }, inside) {
      const [outer, inner] = reached[index] ?? [0n, 0n];
      return inside === undefined ? outer | inner : inside ? inner : outer;
    },
    witness(point, { inside, among = valuations.all } = {}) {
      const arrival = first(point, inside, among);
      return arrival ? retrace(arrival, among, steps) : [];
    },
  };
}

/** Goes back from an arrival to the beginning, with a single valuation all the way. */
function retrace(last: Arrival, among: Cells, { pre, valuations }: Steps): readonly Point[] {
  const backwards: Point[] = [];
  let cells = one(last.cells & among);
  for (let arrival: Arrival | undefined = last; arrival; arrival = arrival.before) {
    backwards.push(arrival.point);
    const { edge, before, inner } = arrival;
    if (!edge || !before) break;
    const possible: Cells = inner ? inner.cells & valuations.before(inner.outcome, cells) : pre(edge, cells);
    cells = one(before.cells & possible);
    if (inner) backwards.push(...wayBack(inner).reverse());
  }
  return backwards.reverse();
}

/** The points from the entry of an insertion to where it is left. */
function wayBack(inner: Return): Point[] {
  const points: Point[] = [];
  const open = [inner];
  for (let part = open.pop(); part; part = open.pop()) {
    points.push(part.point);
    if (part.rest) open.push(part.rest);
    if (part.inner) open.push(part.inner);
  }
  return points;
}

/** One valuation of several. */
function one(cells: Cells): Cells {
  return cells & -cells;
}
