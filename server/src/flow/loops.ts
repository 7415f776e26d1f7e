import { completed } from '../base/steps.ts';
import type { Cells } from './conditions.ts';
import type { Point } from './graph.ts';
import { edgeKinds, numbersOf, pointKinds, stepsInto } from './net.ts';
import type { Paths } from './paths.ts';

/** A cycle that is reached and from which no end can be reached: its points in order, the first one of the text first. */
export type Loop = readonly Point[];

/** Tells whether a step, by its number, can be taken. */
export type Open = (edge: number) => boolean;

const always: Open = () => true;

/**
 * The endless loops of a conversation, one for each group of points that lead into each other.
 *
 * @param open the steps that there are: with fewer of them there can be more loops
 */
export function endlessLoopsOf(paths: Paths, open: Open = always): readonly Loop[] {
  const { graph, moves } = paths;
  const left = trappedIn(paths, open);
  if (!left) return [];
  goOnForEver(left, paths, open);
  const wide = wordsOfValuations(moves.width);
  const endless = (point: number): Cells => {
    let cells = 0n;
    for (let word = wide - 1; word >= 0; word--)
      cells = (cells << 32n) | BigInt((left[point * wide + word] as number) >>> 0);
    return cells;
  };
  const seen = new Set<Point>();
  const loops: Loop[] = [];
  for (let index = 0; index < graph.net.size; index++) {
    if (!hasAny(left, index, wide)) continue;
    const point = graph.point(index);
    if (seen.has(point)) continue;
    const loop = cycleFrom(point, endless(index), endless, seen, paths, open);
    if (loop) loops.push(loop);
  }
  return loops;
}

const kindOf = numbersOf(pointKinds);
const edgeOf = numbersOf(edgeKinds);

/** Here valuations are bits of so many words. */
function wordsOfValuations(width: number): number {
  return (width + 31) >> 5;
}

function hasAny(marks: Int32Array, point: number, wide: number): boolean {
  for (let word = point * wide; word < (point + 1) * wide; word++) if (marks[word] !== 0) return true;
  return false;
}

/**
 * For every point the valuations with which it is reached and from which neither an end nor a way back can be reached; nothing where
 * there are none, as nearly always.
 */
function trappedIn(paths: Paths, open: Open): Int32Array | undefined {
  const { graph, moves, returns } = paths;
  const { width } = moves;
  const wide = wordsOfValuations(width);
  const reached = completed(paths.reaching());
  const trapped = new Int32Array(graph.net.size * wide);
  const ending = endingsOf(paths, open);
  let any = false;
  const whole = width % 32 === 0 ? -1 : (1 << (width & 31)) - 1;
  for (let point = 0; point < graph.net.size; point++) {
    // From nearly everywhere there is an end, whatever the values are.
    if (wide === 1 && ((ending[point] as number) & whole) === whole) continue;
    const back = returns.isEmpty ? 0n : returns.at(point).reduce((sum, { keep }) => sum | keep, 0n);
    for (let valuation = 0; valuation < width; valuation++) {
      const at = point * wide + (valuation >> 5);
      const bit = 1 << (valuation & 31);
      if (((ending[at] as number) & bit) !== 0) continue;
      const [outside, inside] = [2 * point * width + valuation, (2 * point + 1) * width + valuation];
      const isOutside = ((reached[outside] as number) & 1) !== 0;
      if (!isOutside && ((reached[inside] as number) & 1) === 0) continue;
      if (!isOutside && ((back >> BigInt(valuation)) & 1n) === 1n) continue;
      trapped[at] = (trapped[at] as number) | bit;
      any = true;
    }
  }
  return any ? trapped : undefined;
}

/**
 * Points that wait for their turn, each once, the first ones first: a point from which thousands lead on is looked at when all of these
 * have been, and not again behind each of them.
 */
function queueOf(size: number): { add(point: number): void; take(): number | undefined } {
  const waits = new Uint8Array(size);
  /** A ring: no more can wait than there are. */
  const waiting = new Int32Array(size);
  let [first, count] = [0, 0];
  return {
    add(point) {
      if (waits[point] === 1) return;
      waits[point] = 1;
      waiting[(first + count++) % size] = point;
    },
    take() {
      if (count === 0) return undefined;
      const point = waiting[first];
      first = (first + 1) % size;
      count--;
      // What changes again while it waits is looked at once; what changes later comes back.
      if (point !== undefined) waits[point] = 0;
      return point;
    },
  };
}

/** For every point the valuations from which an end can be reached without going back to where its node was entered. */
function endingsOf(paths: Paths, open: Open): Int32Array {
  const { graph, moves } = paths;
  const wide = wordsOfValuations(moves.width);
  const { net } = graph;
  const { first, items } = stepsInto(net);
  const ending = new Int32Array(net.size * wide);
  const queue = queueOf(net.size);
  for (let point = 0; point < net.size; point++) {
    if (net.kinds[point] !== kindOf.end) continue;
    ending.fill(-1, point * wide, (point + 1) * wide);
    queue.add(point);
  }
  const back = comingBack(paths);
  for (let point = queue.take(); point !== undefined; point = queue.take()) {
    for (let at = first[point] as number; at < (first[point + 1] as number); at++) {
      const edge = items[at] as number;
      const from = net.from[edge] as number;
      if (open(edge) && back(edge, point, ending, ending, from * wide)) queue.add(from);
    }
  }
  return ending;
}

/**
 * Marks, in words from one on, the valuations from which a step, or the call that it is, can lead to those that are marked at a point;
 * tells whether there are more of them now.
 */
function comingBack({
  graph,
  moves,
  crossings,
}: Paths): (edge: number, point: number, marks: Int32Array, into: Int32Array, base: number) => boolean {
  const { net } = graph;
  const { of, relations, width } = moves;
  const wide = wordsOfValuations(width);
  const whole = width % 32 === 0 ? -1 : (1 << (width & 31)) - 1;
  return (edge, point, marks, into, base) => {
    // There are never more than all.
    if (wide === 1 && ((into[base] as number) & whole) === whole) return false;
    const goal = point * wide;
    let changed = 0;
    const mark = (from: number, to: number): void => {
      if ((((marks[goal + (to >> 5)] as number) >>> (to & 31)) & 1) === 0) return;
      const at = base + (from >> 5);
      const before = into[at] as number;
      into[at] = before | (1 << (from & 31));
      changed |= before ^ (into[at] as number);
    };
    if (net.to[edge] === point) {
      const number = of[edge] as number;
      const relation = relations[number];
      if (number === 0) {
        for (let word = 0; word < wide; word++) {
          const before = into[base + word] as number;
          into[base + word] = before | (marks[goal + word] as number);
          changed |= before ^ (into[base + word] as number);
        }
      } else if (relation) {
        for (let pair = 0; pair < relation.from.length; pair++)
          mark(relation.from[pair] as number, relation.to[pair] as number);
      }
    }
    if (net.edges[edge] === edgeOf.call) {
      for (const { to, from, into: after, keeps } of crossings(edge)) {
        if (to !== point) continue;
        for (let pair = 0; pair < from.length; pair++)
          if (keeps[from[pair] as number] !== 0) mark(from[pair] as number, after[pair] as number);
      }
    }
    return changed !== 0;
  };
}

/** Leaves of the trapped those that can go on for ever: the rest leads to where nothing follows. */
function goOnForEver(left: Int32Array, paths: Paths, open: Open): void {
  const { graph, moves, crossings } = paths;
  const wide = wordsOfValuations(moves.width);
  const { net } = graph;
  const { first, items } = stepsInto(net);
  const queue = queueOf(net.size);
  for (let point = net.size - 1; point >= 0; point--) if (hasAny(left, point, wide)) queue.add(point);
  const back = comingBack(paths);
  const after = new Int32Array(wide);
  for (let point = queue.take(); point !== undefined; point = queue.take()) {
    after.fill(0);
    for (let edge = net.first[point] as number; edge < (net.stop[point] as number); edge++) {
      if (!open(edge)) continue;
      for (const target of new Set([net.to[edge] as number, ...crossings(edge).map(({ to }) => to)]))
        back(edge, target, left, after, 0);
    }
    let changed = 0;
    for (let word = 0; word < wide; word++) {
      const before = left[point * wide + word] as number;
      left[point * wide + word] = before & (after[word] as number);
      changed |= before ^ (left[point * wide + word] as number);
    }
    if (changed === 0) continue;
    for (let at = first[point] as number; at < (first[point + 1] as number); at++)
      queue.add(net.from[items[at] as number] as number);
  }
}

/** Follows points that go on for ever until one comes again. Points that were seen before belong to a loop that is known. */
function cycleFrom(
  start: Point,
  cells: Cells,
  endless: (point: number) => Cells,
  seen: Set<Point>,
  paths: Paths,
  open: Open,
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
    const next = following(point, valuation, endless, paths, open);
    if (!next) return undefined;
    point = next.point;
    valuation = next.cells;
  }
}

function following(
  point: Point,
  cells: Cells,
  endless: (point: number) => Cells,
  { graph, post, returns, valuations }: Paths,
  open: Open,
): { readonly point: Point; readonly cells: Cells } | undefined {
  const first = graph.net.first[point.index] as number;
  for (const [index, edge] of point.edges.entries()) {
    if (!open(first + index)) continue;
    for (const { leaving, to, round } of edge.kind === 'call' ? edge.backs : []) {
      for (const inner of returns.of(edge.to)) {
        if (inner.leaving !== leaving) continue;
        const back = valuations.counted(round, valuations.after(inner.outcome, returns.over(edge, inner, cells)));
        const left = back & endless(to.index);
        if (left !== 0n) return { point: to, cells: left & -left };
      }
    }
    const after = post(edge, cells) & endless(edge.to.index);
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
