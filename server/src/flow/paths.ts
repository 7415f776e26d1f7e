import { Memo } from '../base/memo.ts';
import { completed, type Steps as SmallSteps } from '../base/steps.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Cells } from './conditions.ts';
import { type Back, buildingGraph, type Edge, graphOf, type Point } from './graph.ts';
import { type Return, type Returns, returnsOf } from './returns.ts';
import { type Steps, stepsOf } from './steps.ts';
import type { Track } from './tracks.ts';

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
  /**
   * The valuations with which a point is reached; `inside` an insertion or anytime branch, outside of any, or either. In the block of
   * a track: so that it may be so when control comes there.
   */
  reached(point: Point, inside?: boolean): Cells;
  /**
   * A way from where the conversation begins to a point, with one of these valuations where some are given: every point on it, in
   * order. No other has fewer steps, where an insertion that comes back counts as one. At most one track can be followed.
   */
  witness(point: Point, options?: { readonly inside?: boolean; readonly among?: Cells }): readonly Point[];
  /** Works out what is reached, in small steps, for whoever has other things to do in between. */
  reaching(): SmallSteps<readonly Cells[]>;
}

const known = new Memo<Snapshot, Map<Script, Paths>>();

/** The paths of the conversation that begins in a script. They are worked out once for all who ask. */
export function pathsOf(script: Script, snapshot: Snapshot): Paths {
  const all = known.get(snapshot) ?? new Map<Script, Paths>();
  known.set(snapshot, all);
  const paths = all.get(script) ?? explore(stepsOf(graphOf(script, snapshot)));
  all.set(script, paths);
  return paths;
}

/** The same in small steps, with all that is reached, for whoever has other things to do in between. */
export function* findingPaths(script: Script, snapshot: Snapshot): SmallSteps<Paths> {
  if (!known.get(snapshot)?.has(script)) {
    const graph = yield* buildingGraph(script, snapshot);
    yield;
    const steps = stepsOf(graph);
    yield;
    const paths = explore(steps);
    const all = known.get(snapshot) ?? new Map<Script, Paths>();
    known.set(snapshot, all.set(script, paths));
    yield;
  }
  const paths = pathsOf(script, snapshot);
  yield* paths.reaching();
  return paths;
}

/** The same paths, with what is so on them. */
export function following({ graph }: Paths, tracks: readonly Track[]): Paths {
  return explore(stepsOf(graph, tracks));
}

function explore(steps: Steps): Paths {
  const { valuations } = steps;
  const returns = returnsOf(steps);
  let reachedBy: readonly Cells[] | undefined;
  let arrivals: Arrivals | undefined;
  return {
    returns,
    reached({ index }, inside) {
      // Who asks for a witness alone needs no more than that.
      reachedBy ??= completed(reach(steps, returns));
      const outer = reachedBy[2 * index] ?? 0n;
      const inner = reachedBy[2 * index + 1] ?? 0n;
      return inside === undefined ? outer | inner : inside ? inner : outer;
    },
    *reaching() {
      reachedBy ??= yield* reach(steps, returns);
      return reachedBy;
    },
    witness(point, { inside, among = valuations.all } = {}) {
      // Only what is wrong needs a witness.
      arrivals ??= new Arrivals(steps, returns);
      const first = arrivals.first(
        point,
        (each) => (inside === undefined || each.inside === inside) && (each.cells & among) !== 0n,
      );
      return first ? retrace(first, among, steps, returns) : [];
    },
    ...steps,
  };
}

/** Takes a step: to this point, with these valuations; `inner` says how a call has come back. */
type Take = (point: Point, inside: boolean, cells: Cells, edge: Edge, inner?: Return, back?: Back) => void;

/** All steps from a point, those into a call and those over it. It is called so often that a generator would be felt. */
function onward(
  point: Point,
  inside: boolean,
  cells: Cells,
  { post, leave, valuations }: Steps,
  returns: Returns,
  take: Take,
): void {
  for (const edge of point.edges) {
    const calls = edge.kind === 'call';
    take(edge.to, inside || calls, post(edge, cells), edge);
    if (!calls) continue;
    const left = leave(point, cells);
    for (const inner of returns.of(edge.to)) {
      const after = valuations.after(inner.outcome, returns.over(edge, inner, left));
      for (const back of edge.backs)
        if (back.leaving === inner.leaving)
          take(back.to, inside, valuations.counted(back.round, after), edge, inner, back);
    }
  }
}

/** So many points are gone on from in one step: a few milliseconds. */
const pointsInStep = 512;

/** For every point the valuations with which it is reached, outside of insertions and, one further, inside. */
function* reach(steps: Steps, returns: Returns): SmallSteps<readonly Cells[]> {
  const { graph } = steps;
  const reached = new Array<Cells>(2 * graph.points.length).fill(0n);
  /** What has come to a point and not gone on yet: much can come before it is a point's turn. */
  const fresh = [...reached];
  /** Positions in `reached`. */
  const waiting: number[] = [];
  const come = (point: Point, inside: boolean, cells: Cells): void => {
    const at = 2 * point.index + (inside ? 1 : 0);
    const known = reached[at] ?? 0n;
    const all = known | cells;
    if (all === known) return;
    const before = fresh[at] ?? 0n;
    if (before === 0n) waiting.push(at);
    reached[at] = all;
    fresh[at] = before | (all ^ known);
  };
  for (const { point, opening } of graph.entries) come(point, opening.inside, start(steps, opening.inside));
  for (let next = 0; next < waiting.length; next++) {
    if (next % pointsInStep === pointsInStep - 1) yield;
    const at = waiting[next] ?? 0;
    const cells = fresh[at] ?? 0n;
    fresh[at] = 0n;
    const point = graph.points[at >> 1];
    if (point) onward(point, at % 2 === 1, cells, steps, returns, come);
  }
  return reached;
}

/**
 * The first time that each point is reached with each valuation. What comes first took the fewest steps, and no more steps are taken
 * than somebody asks for.
 */
class Arrivals {
  private readonly steps: Steps;
  private readonly returns: Returns;
  /** In the order of their coming; those from `next` on have not gone on yet. */
  private readonly all: Arrival[] = [];
  private next = 0;
  private readonly byPoint: Arrival[][];
  private readonly reached: Cells[];

  constructor(steps: Steps, returns: Returns) {
    this.steps = steps;
    this.returns = returns;
    const { points, entries } = steps.graph;
    this.byPoint = new Array(points.length);
    this.reached = new Array<Cells>(2 * points.length).fill(0n);
    for (const { point, opening } of entries) {
      const cells = this.news(point, opening.inside, start(steps, opening.inside));
      if (cells !== 0n) this.add({ point, inside: opening.inside, cells });
    }
  }

  /** The first arrival at a point that is as it should be. */
  first({ index }: Point, fits: (arrival: Arrival) => boolean): Arrival | undefined {
    let seen = 0;
    for (;;) {
      const here = this.byPoint[index] ?? [];
      for (; seen < here.length; seen++) if (fits(here[seen] as Arrival)) return here[seen];
      if (this.next >= this.all.length) return undefined;
      this.goOn(this.all[this.next++] as Arrival);
    }
  }

  private goOn(before: Arrival): void {
    const { steps, returns } = this;
    onward(before.point, before.inside, before.cells, steps, returns, (point, inside, cells, edge, inner, back) => {
      const more = this.news(point, inside, cells);
      if (more === 0n) return;
      this.add({ point, inside, cells: more, edge, before, ...(inner && back && { inner: { back, ...inner } }) });
    });
  }

  /** What has not come to a point before. */
  private news({ index }: Point, inside: boolean, cells: Cells): Cells {
    const at = 2 * index + (inside ? 1 : 0);
    const known = this.reached[at] ?? 0n;
    const all = known | cells;
    this.reached[at] = all;
    return all ^ known;
  }

  private add(arrival: Arrival): void {
    this.all.push(arrival);
    const here = this.byPoint[arrival.point.index];
    if (here) here.push(arrival);
    else this.byPoint[arrival.point.index] = [arrival];
  }
}

/** Every variable may have any value; nothing has been repeated yet. What is so at a visit from another file, nobody knows here. */
function start({ valuations, blocks }: Steps, inside: boolean): Cells {
  return valuations.counted('first', inside ? blocks.onVisit : blocks.initially);
}

/** Goes back from an arrival to the beginning, with a single valuation all the way. */
function retrace(last: Arrival, among: Cells, steps: Steps, returns: Returns): readonly Point[] {
  const { pre, leave, unleave, valuations, blocks } = steps;
  const backwards: Point[] = [];
  let cells = one(last.cells & among);
  for (let arrival: Arrival | undefined = last; arrival; arrival = arrival.before) {
    backwards.push(arrival.point);
    const { edge, before, inner } = arrival;
    if (!edge || !before) break;
    const so = (cells & blocks.first) === 0n;
    if (!inner) {
      cells = one(before.cells & pre(edge, cells));
      continue;
    }
    const came = valuations.before(inner.outcome, valuations.uncounted(inner.back.round, cells));
    cells = one(before.cells & unleave(edge.from, returns.under(edge, inner, came)));
    // What is so is possible, too.
    const entered = valuations.counted(edge.round, leave(edge.from, cells | blocks.fold(cells)));
    backwards.push(...returns.trace(edge.to, inner, entered, so).toReversed());
  }
  return backwards.reverse();
}

/** One valuation of several. */
function one(cells: Cells): Cells {
  return cells & -cells;
}
