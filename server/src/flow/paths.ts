import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Cells } from './conditions.ts';
import { type Back, type Edge, graphOf, type Point } from './graph.ts';
import { type Return, type Returns, returnsOf } from './returns.ts';
import { type Steps, stepsOf } from './steps.ts';

/** The first time that control reaches a point with these valuations. */
interface Arrival {
  readonly point: Point;
  /** Whether there is a place to go back to. */
  readonly inside: boolean;
  readonly cells: Cells;
  readonly edge?: Edge;
  readonly before?: Arrival;
  /** How the call between the two came back. */
  readonly inner?: Return & { readonly back: Back };
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
  const arrive = (
    point: Point,
    inside: boolean,
    cells: Cells,
    step?: Required<Pick<Arrival, 'edge' | 'before'>> & Pick<Arrival, 'inner'>,
  ): void => {
    const at = reached[point.index];
    const side = inside ? 1 : 0;
    const fresh = at ? cells & ~at[side] : 0n;
    if (!at || fresh === 0n) return;
    at[side] |= fresh;
    const arrival: Arrival = { point, inside, cells: fresh, ...step };
    arrivals.push(arrival);
    arrivalsAt[point.index]?.push(arrival);
  };
  const start = valuations.counted('first', valuations.all);
  for (const { point, opening } of graph.entries) arrive(point, opening.inside, start);
  // What comes first was reached by fewest steps.
  for (let next = 0; next < arrivals.length; next++) {
    const before = arrivals[next] as Arrival;
    const { inside, cells } = before;
    for (const edge of before.point.edges) {
      arrive(edge.to, inside || edge.kind === 'call', post(edge, cells), { edge, before });
      if (edge.kind !== 'call') continue;
      for (const inner of returns.of(edge.to)) {
        for (const back of edge.backs) {
          if (back.leaving !== inner.leaving) continue;
          const after = valuations.after(inner.outcome, cells & returns.through(edge, inner));
          arrive(back.to, inside, valuations.counted(back.round, after), { edge, before, inner: { ...inner, back } });
        }
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
      return arrival ? retrace(arrival, among, steps, returns) : [];
    },
  };
}

/** Goes back from an arrival to the beginning, with a single valuation all the way. */
function retrace(last: Arrival, among: Cells, { pre, valuations }: Steps, returns: Returns): readonly Point[] {
  const backwards: Point[] = [];
  let cells = one(last.cells & among);
  for (let arrival: Arrival | undefined = last; arrival; arrival = arrival.before) {
    backwards.push(arrival.point);
    const { edge, before, inner } = arrival;
    if (!edge || !before) break;
    const possible: Cells = inner
      ? returns.through(edge, inner) & valuations.before(inner.outcome, valuations.uncounted(inner.back.round, cells))
      : pre(edge, cells);
    cells = one(before.cells & possible);
    if (inner) backwards.push(...returns.trace(edge.to, inner, valuations.counted(edge.round, cells)).toReversed());
  }
  return backwards.reverse();
}

/** One valuation of several. */
function one(cells: Cells): Cells {
  return cells & -cells;
}
