import type { Cells } from './conditions.ts';
import type { Edge, Point } from './graph.ts';
import type { Paths } from './paths.ts';

/** A cycle that is reached and from which no end can be reached: its points in order, the first one of the text first. */
export type Loop = readonly Point[];

/** The endless loops of a conversation, one for each group of points that lead into each other. */
export function endlessLoopsOf(paths: Paths): readonly Loop[] {
  const trapped = trappedIn(paths);
  if (trapped.every((cells) => cells === 0n)) return [];
  const endless = goingOn(trapped, paths);
  const seen = new Set<Point>();
  const loops: Loop[] = [];
  for (const point of paths.graph.points) {
    const cells = endless[point.index] ?? 0n;
    if (cells === 0n || seen.has(point)) continue;
    const loop = cycleFrom(point, cells, endless, seen, paths);
    if (loop) loops.push(loop);
  }
  return loops;
}

/** For every point the valuations with which it is reached and from which neither an end nor a way back can be reached. */
function trappedIn(paths: Paths): Cells[] {
  const { graph, returns } = paths;
  const ending = endingsOf(paths);
  return graph.points.map((point) => {
    const back = returns.of(point).reduce((sum, { keep }) => sum | keep, 0n);
    const ends = ending[point.index] ?? 0n;
    return (paths.reached(point, false) & ~ends) | (paths.reached(point, true) & ~ends & ~back);
  });
}

/** For every point the valuations from which an end can be reached without going back to where its node was entered. */
function endingsOf(paths: Paths): Cells[] {
  const { graph, into, valuations } = paths;
  const ending = graph.points.map((): Cells => 0n);
  const waiting = new Set<Point>();
  const add = (point: Point, cells: Cells): void => {
    const before = ending[point.index] ?? 0n;
    if ((cells & ~before) === 0n) return;
    ending[point.index] = before | cells;
    waiting.add(point);
  };
  for (const point of graph.points) if (point.kind === 'end') add(point, valuations.all);
  for (const point of waiting) {
    // What changes again while it waits is looked at once; what changes later comes back.
    waiting.delete(point);
    const cells = ending[point.index] ?? 0n;
    for (const edge of into(point)) add(edge.from, leadingTo(edge, point, cells, paths));
  }
  return ending;
}

/** The valuations from which a step, or the call that it is, can lead to these. */
function leadingTo(
  edge: Edge,
  to: Point,
  cells: Cells,
  { pre, unleave, returns, valuations }: Pick<Paths, 'pre' | 'unleave' | 'returns' | 'valuations'>,
): Cells {
  const direct = edge.to === to ? pre(edge, cells) : 0n;
  if (edge.kind !== 'call') return direct;
  let sum = direct;
  for (const back of edge.backs) {
    if (back.to !== to) continue;
    const after = valuations.uncounted(back.round, cells);
    for (const inner of returns.of(edge.to))
      if (inner.leaving === back.leaving)
        sum |= unleave(edge.from, returns.under(edge, inner, valuations.before(inner.outcome, after)));
  }
  return sum;
}

/** Of the trapped those that can go on for ever: the rest leads to where nothing follows. */
function goingOn(trapped: readonly Cells[], paths: Paths): Cells[] {
  const { graph, into } = paths;
  const left = [...trapped];
  const waiting = new Set(graph.points.filter(({ index }) => left[index] !== 0n));
  for (const point of waiting) {
    waiting.delete(point);
    const before = left[point.index] ?? 0n;
    const after = point.edges.reduce((sum, edge) => {
      const targets = edge.kind === 'call' ? new Set([edge.to, ...edge.backs.map(({ to }) => to)]) : [edge.to];
      return [...targets].reduce((more, to) => more | leadingTo(edge, to, left[to.index] ?? 0n, paths), sum);
    }, 0n);
    if ((before & ~after) === 0n) continue;
    left[point.index] = before & after;
    for (const { from } of into(point)) waiting.add(from);
  }
  return left;
}

/** Follows points that go on for ever until one comes again. Points that were seen before belong to a loop that is known. */
function cycleFrom(
  start: Point,
  cells: Cells,
  endless: readonly Cells[],
  seen: Set<Point>,
  paths: Paths,
): Loop | undefined {
  const way: { readonly point: Point; readonly cells: Cells }[] = [];
  const visited = new Map<string, number>();
  const mine = new Set<Point>();
  let point = start;
  let valuation = cells & -cells;
  for (;;) {
    const key = `${point.index} ${valuation}`;
    const again = visited.get(key);
    if (again !== undefined) return inOrder(way.slice(again).map((each) => each.point));
    if (seen.has(point) && !mine.has(point)) return undefined;
    visited.set(key, way.length);
    way.push({ point, cells: valuation });
    seen.add(point);
    mine.add(point);
    const next = following(point, valuation, endless, paths);
    if (!next) return undefined;
    point = next.point;
    valuation = next.cells;
  }
}

function following(
  point: Point,
  cells: Cells,
  endless: readonly Cells[],
  { post, returns, valuations }: Paths,
): { readonly point: Point; readonly cells: Cells } | undefined {
  for (const edge of point.edges) {
    for (const { leaving, to, round } of edge.kind === 'call' ? edge.backs : []) {
      for (const inner of returns.of(edge.to)) {
        if (inner.leaving !== leaving) continue;
        const back = valuations.counted(round, valuations.after(inner.outcome, returns.over(edge, inner, cells)));
        const left = back & (endless[to.index] ?? 0n);
        if (left !== 0n) return { point: to, cells: left & -left };
      }
    }
    const after = post(edge, cells) & (endless[edge.to.index] ?? 0n);
    if (after !== 0n) return { point: edge.to, cells: after & -after };
  }
  return undefined;
}

/** A cycle from its first point in the text on. */
function inOrder(cycle: readonly Point[]): Loop {
  const first = cycle.reduce(
    (least, point, at) => ((point.placed?.index ?? Infinity) < (cycle[least]?.placed?.index ?? Infinity) ? at : least),
    0,
  );
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
