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

/** How it was found that control comes back: by this step, from what was found before. */
interface Fact extends Return {
  readonly point: Point;
  readonly edge?: Edge;
  /** How the call that is this step comes back. */
  readonly inner?: { readonly back: Back; readonly outcome: number };
  /** What follows the step, where that is no call. */
  readonly rest?: Fact;
}

/**
 * Works backwards from where control leaves a node. What happens inside an insertion is followed once, however many
 * places insert it, and recursion adds nothing that is not there yet.
 */
export function returnsOf(steps: Steps): Returns {
  const { graph, valuations, into, pre } = steps;
  const { before, uncounted } = valuations;
  const known = graph.points.map((): Return[] => []);
  const facts: Fact[] = [];
  const factsAt = graph.points.map((): Fact[] => []);
  const add = (fact: Fact): void => {
    const { point, leaving, outcome, cells } = fact;
    const list = known[point.index] ?? [];
    const index = list.findIndex((each) => each.leaving === leaving && each.outcome === outcome);
    const old = list[index]?.cells ?? 0n;
    const fresh = cells & ~old;
    if (fresh === 0n) return;
    const all = { leaving, outcome, cells: old | fresh };
    if (index < 0) list.push(all);
    else list[index] = all;
    const found = fresh === cells ? fact : { ...fact, cells: fresh };
    facts.push(found);
    factsAt[point.index]?.push(found);
  };
  const through = (edge: Edge, inner: Return): Cells => uncounted(edge.round, inner.cells);
  const joined = (edge: Edge, inner: Return, back: Back, rest: Return): Fact => ({
    point: edge.from,
    leaving: rest.leaving,
    outcome: rest.outcome,
    cells: through(edge, inner) & before(inner.outcome, uncounted(back.round, rest.cells)),
    edge,
    inner: { back, outcome: inner.outcome },
  });

  for (const point of graph.points) {
    if (!point.leaving) continue;
    for (let outcome = 0; outcome < valuations.outcomes; outcome++)
      add({ point, leaving: point.leaving, outcome, cells: valuations.turnedOut(outcome) });
  }
  for (let at = 0; at < facts.length; at++) {
    const fact = facts[at] as Fact;
    for (const edge of into(fact.point)) {
      if (edge.kind !== 'call') {
        const { leaving, outcome } = fact;
        add({ point: edge.from, leaving, outcome, cells: pre(edge, fact.cells), edge, rest: fact });
        continue;
      }
      for (const back of edge.backs) {
        if (back.to === fact.point)
          for (const inner of known[edge.to.index] ?? [])
            if (inner.leaving === back.leaving) add(joined(edge, inner, back, fact));
        if (edge.to === fact.point && back.leaving === fact.leaving)
          for (const rest of known[back.to.index] ?? []) add(joined(edge, fact, back, rest));
      }
    }
  }
  return {
    of: ({ index }) => known[index] ?? [],
    through,
    trace: (point, way, cells) => trace(point, way, cells, (each) => factsAt[each.index] ?? [], steps),
  };
}

/** Every valuation was found once for each way back, from others that had been found before: following them comes to an end. */
function trace(
  start: Point,
  way: Pick<Return, 'leaving' | 'outcome'>,
  cells: Cells,
  factsAt: (point: Point) => readonly Fact[],
  { post, valuations }: Steps,
): readonly Point[] {
  const points: Point[] = [];
  const open = [{ point: start, ...way, cells }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { point, leaving, outcome, cells: now } = next;
    points.push(point);
    const fact = factsAt(point).find(
      (each) => each.leaving === leaving && each.outcome === outcome && (each.cells & now) !== 0n,
    );
    if (!fact?.edge) continue;
    const { edge, inner, rest } = fact;
    if (inner) {
      const after = valuations.counted(inner.back.round, valuations.after(inner.outcome, now));
      open.push({ point: inner.back.to, leaving, outcome, cells: after });
      const entered = valuations.counted(edge.round, now);
      open.push({ point: edge.to, leaving: inner.back.leaving, outcome: inner.outcome, cells: entered });
      continue;
    }
    const after = post(edge, now) & (rest?.cells ?? 0n);
    open.push({ point: edge.to, leaving, outcome, cells: after & -after });
  }
  return points;
}
