import { Numbers } from '../base/numbers.ts';
import type { Cells } from './conditions.ts';
import type { Crossing } from './crossings.ts';
import type { Point } from './graph.ts';
import type { Moves } from './moves.ts';
import { edgeKinds, numbersOf, rounds } from './net.ts';
import type { Returns } from './returns.ts';
import type { Steps } from './steps.ts';
import type { Effects } from './tracks.ts';

const edgeOf = numbersOf(edgeKinds);

/** Nothing. */
const none = -1;

/**
 * The first time that each point is reached with each valuation, and with a track so or not so: an arrival is all that comes to a point by
 * one step for the first time. What comes first took the fewest steps, and no more steps are taken than somebody asks for. At most one
 * track can be followed.
 */
export class Arrivals {
  private readonly steps: Steps;
  private readonly moves: Moves;
  private readonly effects: Effects;
  private readonly returns: Returns;
  private readonly crossings: (edge: number) => readonly Crossing[];
  /** In the order of their coming, by number: the place, as of `reach`, and the step that led there from which other arrival. */
  private readonly places: Numbers;
  private readonly edges: Numbers;
  private readonly before: Numbers;
  /** How the call between the two came back, where it is one. */
  private readonly crossed = new Map<number, Crossing>();
  /**
   * What comes with them: valuations as bits of a few words and, where a track is followed, as many words again for those with which it
   * is so.
   */
  private words: Int32Array;
  /** The words of the valuations, and all. */
  private readonly wide: number;
  private readonly room: number;
  /** Those from here on have not gone on yet. */
  private next = 0;
  /** The first and the last arrival at each point, and from each the next one at the same point. */
  private readonly firsts: Int32Array;
  private readonly lasts: Int32Array;
  private readonly following: Numbers;
  private readonly reached: Int32Array;
  private readonly left: Int32Array;
  private readonly come: Int32Array;

  constructor(
    steps: Steps,
    moves: Moves,
    effects: Effects,
    returns: Returns,
    crossings: (edge: number) => readonly Crossing[],
  ) {
    this.steps = steps;
    this.moves = moves;
    this.effects = effects;
    this.returns = returns;
    this.crossings = crossings;
    const { net, entries } = steps.graph;
    // Most points are come to once or twice.
    const most = 2 * net.size;
    this.places = new Numbers(most);
    this.edges = new Numbers(most);
    this.before = new Numbers(most);
    this.following = new Numbers(most);
    this.wide = (moves.width + 31) >> 5;
    this.room = this.wide * steps.blocks.count;
    this.words = new Int32Array(this.room * most);
    this.firsts = new Int32Array(net.size).fill(none);
    this.lasts = new Int32Array(net.size).fill(none);
    this.reached = new Int32Array(2 * net.size * this.room);
    this.left = new Int32Array(this.room);
    this.come = new Int32Array(this.room);
    for (const [index, { opening }] of entries.entries()) {
      const begin = (opening.inside ? effects.onVisit : effects.initially)[0] as number;
      for (const valuation of moves.starts) this.mark(valuation, begin);
      this.add(2 * (net.entries[index] as number) + (opening.inside ? 1 : 0), none, none);
    }
  }

  /** A shortest way to a point; nothing where none leads there with one of these valuations. */
  witness({ index }: Point, inside: boolean | undefined, among: Cells): readonly Point[] {
    const wanted = this.wordsOf(among);
    const arrival = this.first(index, inside, wanted);
    return arrival === none ? [] : this.retrace(arrival, wanted);
  }

  /** The first arrival at a point that is as it should be. */
  private first(point: number, inside: boolean | undefined, wanted: Int32Array): number {
    const { room } = this;
    let seen = none;
    for (;;) {
      const at = seen === none ? (this.firsts[point] as number) : this.following.at(seen);
      if (at === none) {
        if (this.next >= this.places.length) return none;
        this.goOn(this.next++);
        continue;
      }
      seen = at;
      if (inside !== undefined && (this.places.at(at) & 1) !== (inside ? 1 : 0)) continue;
      for (let word = 0; word < room; word++)
        if (((this.words[at * room + word] as number) & (wanted[word] as number)) !== 0) return at;
    }
  }

  private goOn(arrival: number): void {
    const { left, come, effects, wide, room } = this;
    const { of } = this.moves;
    const { first, stop, to, edges } = this.steps.graph.net;
    const place = this.places.at(arrival);
    const point = place >> 1;
    const effect = effects.of[point] as number;
    const isSet = ((effects.gains[effect] as number) & so) !== 0;
    const isCleared = ((effects.losses[effect] as number) & so) !== 0;
    for (let word = 0; word < wide; word++) {
      const all = this.words[arrival * room + word] as number;
      left[word] = all;
      if (room === wide) continue;
      const before = isCleared ? 0 : (this.words[arrival * room + wide + word] as number);
      // What has come before has been set before.
      left[wide + word] = isSet ? before | all : before;
    }
    for (let edge = first[point] as number; edge < (stop[point] as number); edge++) {
      const isCall = edges[edge] === edgeOf.call;
      const relation = of[edge] as number;
      if (relation === 0) for (let word = 0; word < room; word++) come[word] = left[word] as number;
      else this.relate(relation);
      this.add(2 * (to[edge] as number) + (isCall ? 1 : place & 1), edge, arrival);
      if (!isCall) continue;
      for (const crossing of this.crossings(edge)) {
        this.cross(crossing);
        this.add(2 * crossing.to + (place & 1), edge, arrival, crossing);
      }
    }
  }

  /** What becomes of what is left comes. */
  private relate(relation: number): void {
    const { left, come, wide, room } = this;
    const pairs = this.moves.relations[relation];
    if (!pairs) return;
    const { first, to } = pairs;
    for (let word = 0; word < room; word++) {
      const plane = word < wide ? 0 : wide;
      for (let bits = left[word] as number; bits !== 0; bits &= bits - 1) {
        const valuation = ((word - plane) << 5) + 31 - Math.clz32(bits & -bits);
        for (let pair = first[valuation] as number; pair < (first[valuation + 1] as number); pair++) {
          const goal = to[pair] as number;
          const at = plane + (goal >> 5);
          come[at] = (come[at] as number) | (1 << (goal & 31));
        }
      }
    }
  }

  private cross({ from, into, keeps, gains }: Crossing): void {
    for (let pair = 0; pair < from.length; pair++) {
      const source = from[pair] as number;
      const word = this.wordOf(this.left, 0, source);
      if (word === 0) continue;
      this.mark(into[pair] as number, (word & (keeps[source] as number)) | (gains[source] as number));
    }
  }

  /** Takes what has come to a place, and forgets what has come there before. */
  private add(place: number, edge: number, before: number, crossed?: Crossing): void {
    const { come, reached, room } = this;
    let news = 0;
    for (let word = 0; word < room; word++) {
      const at = place * room + word;
      const known = reached[at] as number;
      const more = (come[word] as number) & ~known;
      come[word] = more;
      reached[at] = known | more;
      news |= more;
    }
    if (news === 0) return;
    const arrival = this.places.length;
    this.places.push(place);
    this.edges.push(edge);
    this.before.push(before);
    this.following.push(none);
    if (crossed) this.crossed.set(arrival, crossed);
    if (this.words.length < (arrival + 1) * room) {
      const more = new Int32Array(2 * this.words.length);
      more.set(this.words);
      this.words = more;
    }
    for (let word = 0; word < room; word++) {
      this.words[arrival * room + word] = come[word] as number;
      come[word] = 0;
    }
    const point = place >> 1;
    const last = this.lasts[point] as number;
    if (last === none) this.firsts[point] = arrival;
    else this.following.set(last, arrival);
    this.lasts[point] = arrival;
  }

  /** A valuation comes, with a bit for itself and one for the track. */
  private mark(valuation: number, word: number): void {
    const { come, wide, room } = this;
    const at = valuation >> 5;
    const bit = 1 << (valuation & 31);
    if ((word & 1) !== 0) come[at] = (come[at] as number) | bit;
    if ((word & so) !== 0 && room > wide) come[wide + at] = (come[wide + at] as number) | bit;
  }

  /** The same bits of a valuation among words from one on. */
  private wordOf(words: Int32Array, from: number, valuation: number): number {
    const { wide, room } = this;
    const at = from + (valuation >> 5);
    const is = ((words[at] as number) >>> (valuation & 31)) & 1;
    return room === wide ? is : is | ((((words[at + wide] as number) >>> (valuation & 31)) & 1) << 1);
  }

  /** Blocks, one behind the other, as words. */
  private wordsOf(cells: Cells): Int32Array {
    const { wide, room } = this;
    const { width } = this.moves;
    const words = new Int32Array(room);
    for (let word = 0; word < room; word++) {
      const [block, within] = [Math.floor(word / wide), word % wide];
      const bits = (cells >> BigInt(block * width + within * 32)) & BigInt(0xffffffff);
      words[word] = Number(within === wide - 1 ? bits & ((1n << BigInt(width - within * 32)) - 1n) : bits);
    }
    return words;
  }

  /** Goes back from an arrival to the beginning, with a single valuation all the way. */
  private retrace(last: number, wanted: Int32Array): readonly Point[] {
    const { graph } = this.steps;
    const backwards: Point[] = [];
    let one = this.least(last, (valuation, word) => this.wordOf(wanted, 0, valuation) & word);
    for (let arrival = last; arrival !== none; ) {
      backwards.push(graph.point(this.places.at(arrival) >> 1));
      const before = this.before.at(arrival);
      if (before === none) break;
      const crossing = this.crossed.get(arrival);
      one = crossing
        ? this.backOver(crossing, arrival, one, backwards)
        : this.backAlong(this.edges.at(arrival), before, one);
      arrival = before;
    }
    return backwards.reverse();
  }

  /** The least of the valuations of an arrival that fit, and best one with which a track is not so. */
  private least(arrival: number, fits: (valuation: number, word: number) => number): One {
    let track: number | undefined;
    for (let valuation = 0; valuation < this.moves.width; valuation++) {
      const word = fits(valuation, this.wordOf(this.words, arrival * this.room, valuation));
      if ((word & 1) !== 0) return { valuation, so: false };
      if ((word & so) !== 0) track ??= valuation;
    }
    return { valuation: track ?? 0, so: true };
  }

  /** What was before a step, of an arrival. */
  private backAlong(edge: number, before: number, { valuation, so: isSo }: One): One {
    const { moves, effects } = this;
    const number = moves.of[edge] as number;
    const relation = moves.relations[number];
    const effect = effects.of[this.steps.graph.net.from[edge] as number] as number;
    const isSet = ((effects.gains[effect] as number) & so) !== 0;
    const isCleared = ((effects.losses[effect] as number) & so) !== 0;
    // What is set was so or not; what is cleared was neither kept.
    const allowed = !isSo ? 1 : isSet ? 1 | so : isCleared ? 0 : so;
    if (number === 0 || !relation) {
      const word = this.wordOf(this.words, before * this.room, valuation) & allowed;
      return { valuation, so: (word & 1) === 0 };
    }
    const leads = (from: number): boolean => {
      for (let pair = relation.first[from] as number; pair < (relation.first[from + 1] as number); pair++)
        if (relation.to[pair] === valuation) return true;
      return false;
    };
    return this.least(before, (from, word) => ((word & allowed) !== 0 && leads(from) ? word & allowed : 0));
  }

  /** The same over a call; adds the points on the way through it. */
  private backOver({ inner, round }: Crossing, arrival: number, { valuation, so: isSo }: One, way: Point[]): One {
    const { graph, leave, unleave, valuations, blocks } = this.steps;
    const edge = graph.edge(this.edges.at(arrival));
    const block = (cells: Cells, track: boolean): Cells => (track ? cells << BigInt(valuations.width) : cells);
    const after = block(1n << BigInt(valuation), isSo);
    const came = valuations.before(inner.outcome, valuations.uncounted(rounds[round], after));
    const possible = this.wordsOf(unleave(edge.from, this.returns.under(edge, inner, came)));
    const one = this.least(this.before.at(arrival), (from, word) => this.wordOf(possible, 0, from) & word);
    const cells = block(1n << BigInt(one.valuation), one.so);
    // What is so is possible, too.
    const entered = valuations.counted(edge.round, leave(edge.from, cells | blocks.fold(cells)));
    way.push(...this.returns.trace(edge.to, inner, entered, isSo).toReversed());
    return one;
  }
}

/** The bit of the track that is followed, as of `Effects`. */
const so = 2;

/** One valuation, with which a track is so or not. */
interface One {
  readonly valuation: number;
  readonly so: boolean;
}
