import type { Cells } from './conditions.ts';
import type { Back, Edge, Leaving, Point, Round } from './graph.ts';
import type { Steps } from './steps.ts';

/** That control which is at a point can come back to where its node was entered, and how. */
export interface Return {
  readonly leaving: Leaving;
  /** How the recorded variables have turned out by then; see `Valuations`. */
  readonly outcome: number;
  /** The valuations, at the point, for which it does; in the block of a track: so that what was so at the point still is. */
  readonly keep: Cells;
  /** In the block of a track: so that it is so then, whether it was at the point or not. */
  readonly gain: Cells;
}

/** The ways back from every point. */
export interface Returns {
  of(point: Point): readonly Return[];
  /** The same by the number of a point. */
  at(point: number): readonly Return[];
  /** Whether control comes back from nowhere. */
  readonly isEmpty: boolean;
  /** What a return keeps and gains of what is so before a call that begins a round. */
  across(round: Round | undefined, inner: Return): Pick<Return, 'keep' | 'gain'>;
  /** What comes back of these, before recorded variables have turned out. */
  over(edge: Edge, inner: Return, cells: Cells): Cells;
  /** The valuations from which what comes back can be among these, as they are before recorded variables turn out. */
  under(edge: Edge, inner: Return, cells: Cells): Cells;
  /** The points on a way back, from the one where control is to the one where it leaves. */
  trace(point: Point, way: Pick<Return, 'leaving' | 'outcome'>, from: Cells, so: boolean): readonly Point[];
}

/** Valuations for which a way back was found, and by which step: a call that comes back, or a step to valuations known before. */
interface Fact {
  readonly keep: Cells;
  readonly gain: Cells;
  readonly edge?: Edge;
  /** `brings`: a track that is asked for is so when the call comes back; otherwise it is what comes after that sets it. */
  readonly inner?: { readonly back: Back; readonly outcome: number; readonly brings: boolean };
  readonly rest?: Pick<Return, 'keep' | 'gain'>;
}

interface Found extends Return {
  readonly point: Point;
  keep: Cells;
  gain: Cells;
  /** What nobody has looked at yet. */
  fresh: { keep: Cells; gain: Cells };
  readonly facts: Fact[];
}

/**
 * Works backwards from where control leaves a node. What happens inside an insertion is followed once, however many
 * places insert it, and recursion adds nothing that is not there yet.
 */
export function returnsOf(steps: Steps): Returns {
  const { graph, valuations, blocks, into, pull } = steps;
  const { before, uncounted } = valuations;
  const known = new Map<number, Found[]>();
  const waiting: Found[] = [];
  const add = (point: Point, { leaving, outcome }: Pick<Return, 'leaving' | 'outcome'>, fact: Fact): void => {
    const list = known.get(point.index) ?? [];
    known.set(point.index, list);
    let found = list.find((each) => each.leaving === leaving && each.outcome === outcome);
    const keep = fact.keep & ~(found?.keep ?? 0n);
    const gain = fact.gain & ~(found?.gain ?? 0n);
    if (keep === 0n && gain === 0n) return;
    if (!found) {
      found = { point, leaving, outcome, keep: 0n, gain: 0n, fresh: { keep: 0n, gain: 0n }, facts: [] };
      list.push(found);
    }
    if (found.fresh.keep === 0n && found.fresh.gain === 0n) waiting.push(found);
    found.keep |= keep;
    found.gain |= gain;
    found.fresh.keep |= keep;
    found.fresh.gain |= gain;
    found.facts.push({ ...fact, keep, gain });
  };
  /** The same before the point that is left has done what it does to tracks. */
  const leaving = (point: Point, keep: Cells, gain: Cells): { keep: Cells; gain: Cells } => {
    const gained = blocks.gains(point.index) ?? 0n;
    const lost = blocks.losses(point.index) ?? 0n;
    if (gained === 0n && lost === 0n) return { keep, gain };
    return { keep: (keep & ~(lost & ~gained)) | gain, gain: gain | (keep & gained) };
  };
  const join = (edge: Edge, inner: Return, back: Back, rest: Pick<Return, 'keep' | 'gain'>, way: Return): void => {
    const [innerKeep, innerGain] = [uncounted(edge.round, inner.keep), uncounted(edge.round, inner.gain)];
    const restKeep = before(inner.outcome, uncounted(back.round, rest.keep));
    const restGain = before(inner.outcome, uncounted(back.round, rest.gain));
    const come = (keep: Cells, gain: Cells, brings: boolean): void => {
      if (keep === 0n && gain === 0n) return;
      const inside = { back, outcome: inner.outcome, brings };
      add(edge.from, way, { edge, inner: inside, ...leaving(edge.from, keep, gain) });
    };
    come(innerKeep & restKeep, innerGain & restKeep, true);
    if (restGain === 0n) return;
    const anyhow = blocks.spread(innerKeep) & restGain;
    come(anyhow, anyhow, false);
  };

  const { leavings } = graph.net;
  for (let index = 0; index < leavings.length; index++) {
    if (leavings[index] === 0) continue;
    const point = graph.point(index);
    if (!point.leaving) continue;
    for (let outcome = 0; outcome < valuations.outcomes; outcome++)
      add(point, { leaving: point.leaving, outcome }, { keep: valuations.turnedOut(outcome), gain: 0n });
  }
  for (let at = 0; at < waiting.length; at++) {
    const found = waiting[at] as Found;
    const rest = found.fresh;
    found.fresh = { keep: 0n, gain: 0n };
    for (const edge of into(found.point)) {
      if (edge.kind !== 'call') {
        const pulled = leaving(edge.from, pull(edge, rest.keep), rest.gain === 0n ? 0n : pull(edge, rest.gain));
        add(edge.from, found, { edge, rest, ...pulled });
        continue;
      }
      for (const back of edge.backs) {
        if (back.to === found.point)
          for (const inner of known.get(edge.to.index) ?? [])
            if (inner.leaving === back.leaving) join(edge, inner, back, rest, found);
        if (edge.to === found.point && back.leaving === found.leaving)
          for (const after of known.get(back.to.index) ?? [])
            join(edge, Object.assign({}, found, rest), back, after, after);
      }
    }
  }
  const through = (edge: Edge, { keep }: Return): Cells => uncounted(edge.round, keep);
  const gained = (edge: Edge, { gain }: Return): Cells => (gain === 0n ? 0n : uncounted(edge.round, gain));
  return {
    of: ({ index }) => known.get(index) ?? none,
    at: (index) => known.get(index) ?? none,
    isEmpty: known.size === 0,
    across: (round, { keep, gain }) => ({ keep: uncounted(round, keep), gain: uncounted(round, gain) }),
    over: (edge, inner, cells) => (cells & through(edge, inner)) | (blocks.spread(cells) & gained(edge, inner)),
    under: (edge, inner, cells) => (cells & through(edge, inner)) | blocks.fold(cells & gained(edge, inner)),
    trace: (point, way, from, so) => trace(point, way, from, so, (each) => known.get(each.index) ?? none, steps),
  };
}

const none: readonly Found[] = [];

/**
 * Follows one valuation, and at most one track: `from` has it in block 0, and in block 1 as well when the track is so at the point;
 * `so` asks that it is so in the end. Every valuation was found once for each way back, from others that had been found before:
 * following them comes to an end.
 */
function trace(
  start: Point,
  way: Pick<Return, 'leaving' | 'outcome'>,
  from: Cells,
  so: boolean,
  known: (point: Point) => readonly Found[],
  { post, leave, valuations, blocks }: Steps,
): readonly Point[] {
  const points: Point[] = [];
  const open = [{ point: start, ...way, so, cells: from }];
  /** Whether these lead to what is asked, by what is known of a point. */
  const allowed = (cells: Cells, { keep, gain }: Pick<Return, 'keep' | 'gain'>, wanted: boolean): Cells => {
    if (!wanted) return cells & keep & blocks.first;
    const track = blocks.of(0);
    return blocks.fold(cells & keep & track) | blocks.fold(blocks.spread(cells) & gain & track);
  };
  for (let next = open.pop(); next; next = open.pop()) {
    const { point, leaving, outcome, cells: now, so: wanted } = next;
    points.push(point);
    const found = known(point).find((each) => each.leaving === leaving && each.outcome === outcome);
    const fact = found?.facts.find((each) => allowed(now, each, wanted) !== 0n);
    if (!fact?.edge) continue;
    const { edge, inner, rest } = fact;
    if (!inner) {
      const after = post(edge, now);
      const possible = allowed(after, rest ?? { keep: 0n, gain: 0n }, wanted);
      open.push({ point: edge.to, leaving, outcome, so: wanted, cells: after & blocks.spread(possible & -possible) });
      continue;
    }
    const left = leave(point, now);
    const brings = wanted && inner.brings;
    const base = valuations.counted(inner.back.round, valuations.after(inner.outcome, left & blocks.first));
    const back = brings ? base | (base << BigInt(valuations.width)) : base;
    open.push({ point: inner.back.to, leaving, outcome, so: wanted, cells: back });
    const way = { leaving: inner.back.leaving, outcome: inner.outcome };
    open.push({ point: edge.to, ...way, so: brings, cells: valuations.counted(edge.round, left) });
  }
  return points;
}
