import type { Steps } from '../base/steps.ts';
import type { Crossing } from './crossings.ts';
import type { Graph } from './graph.ts';
import type { Moves } from './moves.ts';
import { edgeKinds, numbersOf, stepsInto } from './net.ts';
import type { Effects } from './tracks.ts';

/** The ways over a call. */
type Crossings = (edge: number) => readonly Crossing[];

/** So many points are gone on from in one step: a few milliseconds. */
const pointsInStep = 2048;

const edgeOf = numbersOf(edgeKinds);

/**
 * What comes to every point on some path: two places for each, outside of insertions and inside, with words for each valuation; see
 * `Effects`.
 */
export function* reach(graph: Graph, moves: Moves, effects: Effects, crossings: Crossings): Steps<Int32Array> {
  const reached = new Int32Array(2 * graph.net.size * moves.width * effects.words);
  const flood = flooding(graph, moves, effects, crossings, reached);
  flood.begin();
  yield* flood.goOn();
  return reached;
}

/** What comes to points where some of them do something else than before. */
export interface Again {
  readonly reached: Int32Array;
  /** The places to which something else may come than before. */
  readonly places: ReadonlySet<number>;
}

/**
 * The same where only what some points do is another thing than it was. What came by them and may come no longer is taken away, as far as
 * it went, and comes again where it comes from somewhere else: what costs is only what changes. Nothing where a call leads through such a
 * point, since ways over calls are worked out as a whole.
 */
export function* reachAgain(
  graph: Graph,
  moves: Moves,
  was: Effects,
  now: Effects,
  crossings: Crossings,
  before: Int32Array,
  points: readonly number[],
): Steps<Again | undefined> {
  const room = moves.width * now.words;
  for (const point of points)
    if (before.subarray((2 * point + 1) * room, (2 * point + 2) * room).some(isSo)) return undefined;
  const reached = before.slice();
  const places = new Set<number>();
  const flood = flooding(graph, moves, now, crossings, reached, places);
  const { first, items } = stepsInto(graph.net);
  for (const place of takeAway(graph, moves, was, now, crossings, reached, points)) {
    places.add(place);
    const point = place >> 1;
    for (let at = first[point] as number; at < (first[point + 1] as number); at++) {
      const from = graph.net.from[items[at] as number] as number;
      flood.mark(2 * from);
      flood.mark(2 * from + 1);
    }
  }
  for (const point of points) flood.mark(2 * point);
  flood.begin();
  yield* flood.goOn();
  return { reached, places };
}

function isSo(word: number): boolean {
  return word !== 0;
}

/** Takes away all that may have come by way of what points do no longer, and answers from where. What comes there at all still does. */
function takeAway(
  { net }: Graph,
  { width, of: relationOf, relations }: Moves,
  was: Effects,
  now: Effects,
  crossings: Crossings,
  reached: Int32Array,
  points: readonly number[],
): readonly number[] {
  const { first, stop, to, edges, size } = net;
  const { words } = now;
  const room = width * words;
  const doubtful = new Int32Array(reached.length);
  const places: number[] = [];
  const isWaiting = new Uint8Array(2 * size);
  const waiting: number[] = [];
  const left = new Int32Array(room);
  const doubt = (place: number, valuation: number, source: number, keeps?: Int32Array): void => {
    const base = place * room + valuation * words;
    let news = 0;
    for (let word = 0; word < words; word++) {
      const gone = (left[source + word] as number) & (keeps ? (keeps[source + word] as number) : -1);
      const more = gone & (reached[base + word] as number) & ~(doubtful[base + word] as number);
      doubtful[base + word] = (doubtful[base + word] as number) | more;
      news |= more;
    }
    if (news === 0 || isWaiting[place] === 1) return;
    isWaiting[place] = 1;
    waiting.push(place);
  };
  for (const point of points) waiting.push(2 * point);
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    isWaiting[place] = 0;
    places.push(place);
    const point = place >> 1;
    const [old, is] = [(was.of[point] as number) * words, (now.of[point] as number) * words];
    let any = 0;
    for (let at = 0; at < room; at++) {
      const word = at % words;
      const came = reached[place * room + at] as number;
      const lost = was.losses[old + word] as number;
      // What is doubtful where it comes is as doubtful behind, and whatever a point did itself is, even if it comes there as well: by a loop
      // that may be its own doing.
      const passed = ((doubtful[place * room + at] as number) | (came & (now.losses[is + word] as number))) & ~lost;
      const done = (was.gains[old + word] as number) | passed;
      const isLeft = (reached[place * room + at - word] as number) !== 0;
      left[at] = isLeft ? done & ~(now.gains[is + word] as number) : 0;
      any |= left[at] as number;
    }
    if (any === 0) continue;
    for (let edge = first[point] as number; edge < (stop[point] as number); edge++) {
      const isCall = edges[edge] === edgeOf.call;
      const target = 2 * (to[edge] as number) + (isCall ? 1 : place & 1);
      const pairs = relations[relationOf[edge] as number];
      if (!pairs) continue;
      for (let pair = 0; pair < pairs.from.length; pair++)
        doubt(target, pairs.to[pair] as number, (pairs.from[pair] as number) * words);
      if (!isCall) continue;
      for (const { to: back, from, into, keeps } of crossings(edge))
        for (let pair = 0; pair < from.length; pair++)
          doubt(2 * back + (place & 1), into[pair] as number, (from[pair] as number) * words, keeps);
    }
  }
  for (const place of places)
    for (let at = place * room; at < (place + 1) * room; at++)
      reached[at] = (reached[at] as number) & ~(doubtful[at] as number);
  return places;
}

interface Flood {
  /** What is so where conversations begin. */
  begin(): void;
  /** A place has news. */
  mark(place: number): void;
  /** Goes through the points in their order, which is nearly that of the conversation, until nothing is news to any. */
  goOn(): Steps<void>;
}

/** @param places to which something has come are added */
function flooding(
  graph: Graph,
  { width, of: relationOf, relations, starts }: Moves,
  { words, of: effectOf, gains, losses, initially, onVisit }: Effects,
  crossings: Crossings,
  reached: Int32Array,
  places?: Set<number>,
): Flood {
  const { net, entries } = graph;
  const { first, stop, to, edges, size } = net;
  const room = width * words;
  /** The places that have news, a bit each, and the least of their words. */
  const news = new Int32Array((2 * size + 31) >> 5);
  let least = news.length;
  let most = -1;
  const mark = (place: number): void => {
    const word = place >> 5;
    news[word] = (news[word] as number) | (1 << (place & 31));
    if (word < least) least = word;
    if (word > most) most = word;
  };
  const come = (place: number): void => {
    mark(place);
    places?.add(place);
  };
  /** What a point leaves behind with each valuation, and the valuations that it has at all. */
  const left = new Int32Array(room);
  const alive = new Int32Array(width);

  const leave = (place: number): void => {
    const point = place >> 1;
    const from = place * room;
    const effect = (effectOf[point] as number) * words;
    let count = 0;
    for (let valuation = 0; valuation < width; valuation++) {
      const at = valuation * words;
      if ((reached[from + at] as number) === 0) {
        left[at] = 0;
        continue;
      }
      alive[count++] = valuation;
      for (let word = 0; word < words; word++)
        left[at + word] =
          ((reached[from + at + word] as number) & ~(losses[effect + word] as number)) |
          (gains[effect + word] as number);
    }
    for (let edge = first[point] as number; edge < (stop[point] as number); edge++) {
      const isCall = edges[edge] === edgeOf.call;
      const target = 2 * (to[edge] as number) + (isCall ? 1 : place & 1);
      const base = target * room;
      const relation = relationOf[edge] as number;
      let changed = 0;
      if (relation === 0) {
        for (let index = 0; index < count; index++) {
          const at = (alive[index] as number) * words;
          for (let word = at; word < at + words; word++) {
            const before = reached[base + word] as number;
            const after = before | (left[word] as number);
            changed |= before ^ after;
            reached[base + word] = after;
          }
        }
      } else {
        const pairs = relations[relation];
        if (!pairs) continue;
        for (let pair = 0; pair < pairs.from.length; pair++) {
          const source = (pairs.from[pair] as number) * words;
          if (left[source] === 0) continue;
          const goal = base + (pairs.to[pair] as number) * words;
          for (let word = 0; word < words; word++) {
            const before = reached[goal + word] as number;
            const after = before | (left[source + word] as number);
            changed |= before ^ after;
            reached[goal + word] = after;
          }
        }
      }
      if (changed !== 0) come(target);
      if (isCall) for (const crossing of crossings(edge)) cross(crossing, place & 1);
    }
  };

  const cross = ({ to: back, from, into, keeps, gains: more }: Crossing, inside: number): void => {
    const target = 2 * back + inside;
    const base = target * room;
    let changed = 0;
    for (let pair = 0; pair < from.length; pair++) {
      const source = (from[pair] as number) * words;
      if (left[source] === 0) continue;
      const goal = base + (into[pair] as number) * words;
      for (let word = 0; word < words; word++) {
        const before = reached[goal + word] as number;
        const kept = (left[source + word] as number) & (keeps[source + word] as number);
        const after = before | kept | (more[source + word] as number);
        changed |= before ^ after;
        reached[goal + word] = after;
      }
    }
    if (changed !== 0) come(target);
  };

  return {
    begin() {
      for (const [index, { opening }] of entries.entries()) {
        // What is so at a visit from another file, nobody knows here.
        const place = 2 * (net.entries[index] as number) + (opening.inside ? 1 : 0);
        const begin = opening.inside ? onVisit : initially;
        for (const valuation of starts) {
          for (let word = 0; word < words; word++) {
            const at = place * room + valuation * words + word;
            reached[at] = (reached[at] as number) | (begin[word] as number);
          }
        }
        mark(place);
      }
    },
    mark,
    *goOn() {
      let done = 0;
      while (least < news.length) {
        const begin = least;
        least = news.length;
        for (let word = begin; word <= most; word++) {
          for (let bits = news[word] as number; bits !== 0; bits = news[word] as number) {
            const bit = bits & -bits;
            news[word] = bits ^ bit;
            leave(word * 32 + 31 - Math.clz32(bit));
            if (++done % pointsInStep === 0) yield;
          }
        }
      }
    },
  };
}
