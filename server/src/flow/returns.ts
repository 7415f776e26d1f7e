import type { Cells } from './conditions.ts';
import type { Back, Edge, Leaving, Point } from './graph.ts';
import type { Steps } from './steps.ts';

/** That control which is at a point can come back to where its node was entered, and how. */
export interface Return {
  readonly leaving: Leaving;
  /** How the recorded variables have turned out by then; see `Valuations`. */
  readonly outcome: number;
  /** The valuations, at the point, for which it does. */
  readonly cells: Cells;
}

/** The ways back from every point. */
export interface Returns {
  of(point: Point): readonly Return[];
  /** The valuations from which a call comes back so. */
  through(edge: Edge, inner: Return): Cells;
  /** The points on a way back, from the one where control is to the one where it leaves. */
  trace(point: Point, way: Pick<Return, 'leaving' | 'outcome'>, cells: Cells): readonly Point[];
}

/** Valuations for which a way back was found, and by which step: a call that comes back, or a step to valuations known before. */
interface Fact {
  readonly cells: Cells;
  readonly edge?: Edge;
  readonly inner?: { readonly back: Back; readonly outcome: number };
  readonly rest?: Cells;
}

interface Found extends Return {
  readonly point: Point;
  cells: Cells;
  /** What nobody has looked at yet. */
  fresh: Cells;
  readonly facts: Fact[];
}

/**
 * Works backwards from where control leaves a node. What happens inside an insertion is followed once, however many
 * places insert it, and recursion adds nothing that is not there yet.
 */
export function returnsOf(steps: Steps): Returns {
  const { graph, valuations, into, pre } = steps;
  const { before, uncounted } = valuations;
  const known = graph.points.map((): Found[] => []);
  const waiting: Found[] = [];
  const add = (point: Point, { leaving, outcome }: Pick<Return, 'leaving' | 'outcome'>, fact: Fact): void => {
    const list = known[point.index] ?? [];
    let found = list.find((each) => each.leaving === leaving && each.outcome === outcome);
    const cells = fact.cells & ~(found?.cells ?? 0n);
    if (cells === 0n) return;
    if (!found) {
      found = { point, leaving, outcome, cells: 0n, fresh: 0n, facts: [] };
      list.push(found);
    }
    if (found.fresh === 0n) waiting.push(found);
    found.cells |= cells;
    found.fresh |= cells;
    found.facts.push(cells === fact.cells ? fact : { ...fact, cells });
  };
  const through = (edge: Edge, inner: Return): Cells => uncounted(edge.round, inner.cells);
  const join = (edge: Edge, inner: Return, back: Back, rest: Return): void => {
    const cells = through(edge, inner) & before(inner.outcome, uncounted(back.round, rest.cells));
    if (cells !== 0n) add(edge.from, rest, { cells, edge, inner: { back, outcome: inner.outcome } });
  };

  for (const point of graph.points) {
    const { leaving } = point;
    if (!leaving) continue;
    for (let outcome = 0; outcome < valuations.outcomes; outcome++)
      add(point, { leaving, outcome }, { cells: valuations.turnedOut(outcome) });
  }
  for (let at = 0; at < waiting.length; at++) {
    const found = waiting[at] as Found;
    const rest = found.fresh;
    found.fresh = 0n;
    for (const edge of into(found.point)) {
      if (edge.kind !== 'call') {
        add(edge.from, found, { cells: pre(edge, rest), edge, rest });
        continue;
      }
      for (const back of edge.backs) {
        if (back.to === found.point)
          for (const inner of known[edge.to.index] ?? [])
            if (inner.leaving === back.leaving) join(edge, inner, back, found);
        if (edge.to === found.point && back.leaving === found.leaving)
          for (const after of known[back.to.index] ?? []) join(edge, found, back, after);
      }
    }
  }
  return {
    of: ({ index }) => known[index] ?? [],
    through,
    trace: (point, way, cells) => trace(point, way, cells, (each) => known[each.index] ?? [], steps),
  };
}

/** Every valuation was found once for each way back, from others that had been found before: following them comes to an end. */
function trace(
  start: Point,
  way: Pick<Return, 'leaving' | 'outcome'>,
  cells: Cells,
  known: (point: Point) => readonly Found[],
  { post, valuations }: Steps,
): readonly Point[] {
  const points: Point[] = [];
  const open = [{ point: start, ...way, cells }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { point, leaving, outcome, cells: now } = next;
    points.push(point);
    const found = known(point).find((each) => each.leaving === leaving && each.outcome === outcome);
    const fact = found?.facts.find((each) => (each.cells & now) !== 0n);
    if (!fact?.edge) continue;
    const { edge, inner, rest } = fact;
    if (inner) {
      const after = valuations.counted(inner.back.round, valuations.after(inner.outcome, now));
      open.push({ point: inner.back.to, leaving, outcome, cells: after });
      const entered = valuations.counted(edge.round, now);
      open.push({ point: edge.to, leaving: inner.back.leaving, outcome: inner.outcome, cells: entered });
      continue;
    }
    const after = post(edge, now) & (rest ?? 0n);
    open.push({ point: edge.to, leaving, outcome, cells: after & -after });
  }
  return points;
}
