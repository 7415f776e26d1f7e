import type { Steps } from '../base/steps.ts';
import type { Crossing } from './crossings.ts';
import type { Graph } from './graph.ts';
import type { Moves } from './moves.ts';
import { edgeKinds, numbersOf } from './net.ts';
import type { Effects } from './tracks.ts';

/** So many points are gone on from in one step: a few milliseconds. */
const pointsInStep = 2048;

const edgeOf = numbersOf(edgeKinds);

/**
 * What comes to every point on some path: two places for each, outside of insertions and inside, with words for each valuation; see
 * `Effects`. It goes through the points in their order, which is nearly that of the conversation, until nothing is news to any.
 */
export function* reach(
  graph: Graph,
  { width, of: relationOf, relations, starts }: Moves,
  { words, of: effectOf, gains, losses, initially, onVisit }: Effects,
  crossings: (edge: number) => readonly Crossing[],
): Steps<Int32Array> {
  const { net, entries } = graph;
  const { first, stop, to, edges, size } = net;
  const room = width * words;
  const reached = new Int32Array(2 * size * room);
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
  /** What a point leaves behind with each valuation, and the valuations that it has at all. */
  const left = new Int32Array(room);
  const alive = new Int32Array(width);

  const goOn = (place: number): void => {
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
      if (changed !== 0) mark(target);
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
    if (changed !== 0) mark(target);
  };

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
  let done = 0;
  while (least < news.length) {
    const begin = least;
    least = news.length;
    for (let word = begin; word <= most; word++) {
      for (let bits = news[word] as number; bits !== 0; bits = news[word] as number) {
        const bit = bits & -bits;
        news[word] = bits ^ bit;
        goOn(word * 32 + 31 - Math.clz32(bit));
        if (++done % pointsInStep === 0) yield;
      }
    }
  }
  return reached;
}
