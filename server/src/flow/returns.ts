import type { Cells } from './conditions.ts';
import type { Edge, Leaving, Point } from './graph.ts';
import type { Steps } from './steps.ts';

/** That control which is at a point can come back to where the node was entered, and how. */
export interface Return {
  readonly point: Point;
  readonly leaving: Leaving;
  /** How the recorded variables have turned out by then; see `Valuations`. */
  readonly outcome: number;
  /** The valuations, at the point, for which it does. */
  readonly cells: Cells;
  /** The step from the point, unless control leaves there. */
  readonly edge?: Edge;
  /** How an insertion that is that step comes back. */
  readonly inner?: Return;
  /** What follows the step. */
  readonly rest?: Return;
}

/** For every point the ways back from it. Each is made of earlier ones, so that following them comes to an end. */
export type Returns = (point: Point) => readonly Return[];

/**
 * Works backwards from where control leaves a node. What happens inside an insertion is followed once, however many
 * places insert it, and recursion adds nothing that is not there yet.
 */
export function returnsOf(steps: Steps): Returns {
  const { graph, valuations, into, pre } = steps;
  const known = graph.points.map((): Return[] => []);
  const covered = new Map<string, Cells>();
  const waiting: Return[] = [];
  const add = (found: Return): void => {
    const key = `${found.point.index} ${found.leaving} ${found.outcome}`;
    const before = covered.get(key) ?? 0n;
    const cells = found.cells & ~before;
    if (cells === 0n) return;
    covered.set(key, before | cells);
    const fresh = { ...found, cells };
    known[found.point.index]?.push(fresh);
    waiting.push(fresh);
  };
  const through = (edge: Edge, inner: Return, rest: Return): void =>
    add({
      point: edge.from,
      leaving: rest.leaving,
      outcome: rest.outcome,
      cells: inner.cells & valuations.before(inner.outcome, rest.cells),
      edge,
      inner,
      rest,
    });

  for (const point of graph.points) {
    if (!point.leaving) continue;
    for (let outcome = 0; outcome < valuations.outcomes; outcome++)
      add({ point, leaving: point.leaving, outcome, cells: valuations.turnedOut(outcome) });
  }
  for (let at = 0; at < waiting.length; at++) {
    const found = waiting[at] as Return;
    for (const edge of into(found.point)) {
      if (edge.kind !== 'call') {
        const { leaving, outcome } = found;
        add({ point: edge.from, leaving, outcome, cells: pre(edge, found.cells), edge, rest: found });
        continue;
      }
      for (const leaving of ['return', 'repeat'] as const) {
        const next = continuation(edge, leaving);
        if (next === found.point)
          for (const inner of known[edge.to.index] ?? []) if (inner.leaving === leaving) through(edge, inner, found);
      }
      if (edge.to !== found.point) continue;
      const next = continuation(edge, found.leaving);
      for (const rest of (next && known[next.index]) ?? []) through(edge, found, rest);
    }
  }
  return ({ index }) => known[index] ?? [];
}

/** Where control goes on when it comes back from a call. */
export function continuation(edge: Edge, leaving: Leaving): Point | undefined {
  if (edge.kind !== 'call') return undefined;
  return leaving === 'return' ? edge.back : edge.again;
}
