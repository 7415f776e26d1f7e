import { Memo } from '../base/memo.ts';
import { completed, type Steps as SmallSteps } from '../base/steps.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { Arrivals } from './arrivals.ts';
import type { Cells } from './conditions.ts';
import { type Crossing, cellsOf, createCrossings } from './crossings.ts';
import { buildingGraph, type Graph, graphOf, type Point } from './graph.ts';
import { type Moves, movesOf } from './moves.ts';
import { type Net, numbersOf, pointKinds } from './net.ts';
import { reach, reachAgain } from './reach.ts';
import { type Returns, returnsOf } from './returns.ts';
import { type Steps, stepsOf } from './steps.ts';
import { bitOf, doneOtherwise, effectsOf, type Track } from './tracks.ts';

const kindOf = numbersOf(pointKinds);

/** Which points the conversation reaches, and how. */
export interface Paths extends Steps {
  readonly moves: Moves;
  readonly returns: Returns;
  /** The ways over a call. */
  readonly crossings: (edge: number) => readonly Crossing[];
  /** Whether a point is reached, by its number, and the same where a track may be so when control comes there. */
  isReached(point: number): boolean;
  may(point: number, track: number): boolean;
  /** How many words there are of each valuation. */
  readonly words: number;
  /** The words of what may come to each point; see `Effects`. */
  coming(): Int32Array;
  /** Adds those of a point to others. */
  comingTo(point: number, into: Int32Array): void;
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
  /**
   * For every point the words of what is so with each valuation, outside of insertions and, one further, inside; worked out in small
   * steps, for whoever has other things to do in between. Only the first bit counts where nothing is followed.
   */
  reaching(): SmallSteps<Int32Array>;
  /** The same on another graph that has the same points and steps. */
  on(graph: Graph): Paths;
  /**
   * Tracks on such a graph that are the same as here but for what they are about at some points. Nothing where that cannot be told from what
   * has been followed.
   */
  again(graph: Graph, tracks: readonly Track[], points: Iterable<number>): SmallSteps<Again | undefined>;
}

/** Paths that have been followed again. */
interface Again {
  readonly paths: Paths;
  /** The words of all that comes to some point otherwise than before. */
  readonly otherwise: Int32Array;
}

const known = new Memo<Snapshot, Map<Script, Paths>>();

/** The paths of the conversation that begins in a script. They are worked out once for all who ask. */
export function pathsOf(script: Script, snapshot: Snapshot): Paths {
  const all = known.get(snapshot) ?? new Map<Script, Paths>();
  known.set(snapshot, all);
  const before = pathsBefore(script, snapshot);
  const paths = all.get(script) ?? explore(before ? before.graph.of(script, snapshot) : graphOf(script, snapshot));
  all.set(script, paths);
  return paths;
}

const unchanged = new Memo<Snapshot, Map<Script, Paths>>();

/** Says that nothing differs from an earlier state of a script but words that do the same: its paths are what they were. */
export function leavePaths(before: Paths, script: Script, snapshot: Snapshot): void {
  const all = unchanged.get(snapshot) ?? new Map<Script, Paths>();
  unchanged.set(snapshot, all.set(script, before));
}

/** The paths of such a state; its nodes and lines have the same numbers. */
export function pathsBefore(script: Script, snapshot: Snapshot): Paths | undefined {
  return unchanged.get(snapshot)?.get(script);
}

/** The same in small steps, for whoever has other things to do in between. */
export function* findingPaths(script: Script, snapshot: Snapshot): SmallSteps<Paths> {
  if (!known.get(snapshot)?.has(script)) {
    const graph = yield* buildingGraph(script, snapshot);
    yield;
    const paths = explore(graph);
    const all = known.get(snapshot) ?? new Map<Script, Paths>();
    known.set(snapshot, all.set(script, paths));
    yield;
  }
  return pathsOf(script, snapshot);
}

/** The paths of a graph that was not built anew but made of an earlier one. All who ask for those of its script are given them. */
export function pathsOn(graph: Graph, snapshot: Snapshot): Paths {
  const all = known.get(snapshot) ?? new Map<Script, Paths>();
  const paths = all.get(graph.script) ?? explore(graph);
  known.set(snapshot, all.set(graph.script, paths));
  return paths;
}

/** The same paths, with what is so on them. */
export function following({ graph }: Paths, tracks: readonly Track[]): Paths {
  return explore(graph, tracks);
}

/** The lines of the script that a conversation comes to, and the nodes that it enters: a mark for each, by their numbers. */
export function reachedIn({ graph: { net, script }, isReached }: Paths): {
  readonly lines: Uint8Array;
  readonly nodes: Uint8Array;
} {
  const { kinds, visits, visitScripts, visitNodes, visitFirsts } = net;
  const lines = new Uint8Array(script.tree.lineCount);
  const nodes = new Uint8Array(script.tree.nodes.length);
  for (let point = 0; point < net.size; point++) {
    const visit = visits[point] as number;
    // The script is the first one of those that the conversation runs through.
    if (visitScripts[visit] !== 0 || !isReached(point)) continue;
    if (kinds[point] === kindOf.line) lines[net.lines[point] as number] = 1;
    if (visitFirsts[visit] === point) nodes[visitNodes[visit] as number] = 1;
  }
  return { lines, nodes };
}

/** What is reached with each valuation, and at all; see `Effects`. */
interface Reach {
  readonly reached: Int32Array;
  coming?: Int32Array;
}

/** The same by its first bits, whatever the others are about. */
const reachedOf = new Memo<Net['shape'], Reach>();

function explore(
  graph: Graph,
  tracks: readonly Track[] = [],
  before?: Reach,
  effects = effectsOf(tracks, graph.net.size),
): Paths {
  const { net } = graph;
  const moves = movesOf(graph);
  const { width } = moves;
  const steps = stepsOf(graph, tracks);
  const returns = returnsOf(steps);
  const { words } = effects;
  const crossings = createCrossings(net, moves, returns, words);
  let own = before;
  let arrivals: Arrivals | undefined;
  // Who asks for a witness alone needs no more than that.
  const reaching = function* (): SmallSteps<Reach> {
    own ??= tracks.length === 0 ? reachedOf.get(net.shape) : undefined;
    if (!own) {
      own = { reached: yield* reach(graph, moves, effects, crossings) };
      // What is reached is among them: where there is one word of each, nobody need follow all paths for that again.
      if (words === 1) reachedOf.set(net.shape, own);
    }
    return own;
  };
  const reachedBy = (): Int32Array => (own ?? completed(reaching())).reached;
  /** The words of each point, whatever the valuation is. */
  const comingTo = (): Int32Array => {
    const reach = own ?? completed(reaching());
    reach.coming ??= together(reach.reached, words, 2 * width);
    return reach.coming;
  };
  return {
    ...steps,
    words,
    moves,
    returns,
    crossings,
    isReached: (point) => ((comingTo()[point * words] as number) & 1) !== 0,
    may(point, track) {
      const { word, bit } = bitOf(track);
      return ((comingTo()[point * words + word] as number) & bit) !== 0;
    },
    coming: comingTo,
    comingTo(point, into) {
      const all = comingTo();
      for (let word = 0; word < words; word++)
        into[word] = (into[word] as number) | (all[point * words + word] as number);
    },
    reached({ index }, inside) {
      const cellsAt = (slot: number): Cells =>
        cellsOf(reachedBy(), slot * width * words, width, words, tracks.length + 1);
      if (inside !== undefined) return cellsAt(2 * index + (inside ? 1 : 0));
      return cellsAt(2 * index) | cellsAt(2 * index + 1);
    },
    on: (other) => explore(other, tracks, own, effects),
    *again(other, others, points) {
      const now = effectsOf(others, net.size);
      const changed = doneOtherwise(effects, now, points);
      if (!own || !changed) return undefined;
      if (changed.length === 0) return { paths: explore(other, others, own, now), otherwise: new Int32Array(words) };
      const again = yield* reachAgain(graph, moves, effects, now, crossings, own.reached, changed);
      if (!again) return undefined;
      const { reached, places } = again;
      const coming = comingTo().slice();
      const otherwise = new Int32Array(words);
      const room = width * words;
      for (const place of places) {
        for (let at = 0; at < room; at++) {
          const differs = (reached[place * room + at] as number) ^ (own.reached[place * room + at] as number);
          otherwise[at % words] = (otherwise[at % words] as number) | differs;
        }
        const point = place >> 1;
        coming.set(
          together(reached.subarray(2 * point * room, 2 * (point + 1) * room), words, 2 * width),
          point * words,
        );
      }
      return { paths: explore(other, others, { reached, coming }, now), otherwise };
    },
    *reaching() {
      return (yield* reaching()).reached;
    },
    witness(point, { inside, among = steps.valuations.all } = {}) {
      // Only what is wrong needs a witness.
      arrivals ??= new Arrivals(steps, moves, effects, returns, crossings);
      return arrivals.witness(point, inside, among);
    },
  };
}

/** So many times words side by side, put together. */
function together(all: Int32Array, words: number, times: number): Int32Array {
  const count = all.length / times;
  const made = new Int32Array(count);
  const room = words * times;
  for (let at = 0; at < count; at++) {
    const from = Math.floor(at / words) * room + (at % words);
    let sum = 0;
    for (let word = from; word < from + room; word += words) sum |= all[word] as number;
    made[at] = sum;
  }
  return made;
}
