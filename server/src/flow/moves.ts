import { Memo } from '../base/memo.ts';
import { isLine } from '../syntax/tree.ts';
import { type Cells, type Valuations, valuationsOf } from './conditions.ts';
import type { Graph } from './graph.ts';
import { edgeKinds, listsOf, type Net, numbersOf, rounds } from './net.ts';

/** From which valuations to which others a step leads: pairs, one number of each beside that of the other, in the order of the first ones. */
export interface Relation {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The pairs of a valuation are those from `first[valuation]` up to `first[valuation + 1]`. */
  readonly first: Int32Array;
}

/** What the steps of a graph do to the values of variables, in numbers; it is the same whatever is followed besides. */
export interface Moves {
  readonly valuations: Valuations;
  /** The number of valuations. */
  readonly width: number;
  /** The relation of each step, by number; 0 for those that change nothing. */
  readonly of: Int32Array;
  readonly relations: readonly Relation[];
  /** The valuations with which a conversation begins: every variable may have any value, and nothing has been repeated yet. */
  readonly starts: readonly number[];
  /** What becomes of each valuation. */
  relation(becomes: (cells: Cells) => Cells): Relation;
}

const edgeOf = numbersOf(edgeKinds);

const known = new Memo<Net['shape'], Moves>();

export function movesOf(graph: Graph): Moves {
  const before = known.get(graph.net.shape);
  if (before) return before;
  const made = createMoves(graph);
  known.set(graph.net.shape, made);
  return made;
}

function createMoves(graph: Graph): Moves {
  const { net } = graph;
  const valuations = valuationsOf(graph);
  const { width } = valuations;
  const identity = relationOf(counted(width), counted(width), width);
  const relations: Relation[] = [identity];
  const relation = (becomes: (cells: Cells) => Cells): Relation => {
    const from: number[] = [];
    const to: number[] = [];
    for (let valuation = 0; valuation < width; valuation++) {
      for (const each of numbersIn(becomes(1n << BigInt(valuation)))) {
        from.push(valuation);
        to.push(each);
      }
    }
    return relationOf(from, to, width);
  };
  const add = (made: Relation): number => (isIdentity(made, width) ? 0 : relations.push(made) - 1);
  const ofRound = rounds.map((round) => add(relation((cells) => valuations.counted(round, cells))));
  const of = net.rounds.some((round) => round > 0)
    ? net.rounds.map((round) => ofRound[round] as number)
    : new Int32Array(net.rounds.length);
  // Besides, only guards and what is recorded change anything, and few guards ask something else.
  const special = new Map<string, number>();
  for (let edge = 0; edge < of.length; edge++) {
    const kind = net.edges[edge];
    const isGuard = kind === edgeOf.taken || kind === edgeOf.passed;
    if (!isGuard && valuations.outcomes === 1) continue;
    const placed = graph.lineOf(net.from[edge] as number);
    const recorded = placed && isLine(placed, 'record') ? placed.line.variable.text : undefined;
    if (!placed || (!isGuard && recorded === undefined)) continue;
    const round = net.rounds[edge] as number;
    const passes = isGuard ? valuations.guard(placed)[kind === edgeOf.taken ? 'taken' : 'passed'] : valuations.all;
    const key = isGuard ? `${round} ${passes}` : `${round} ${recorded} recorded`;
    let number = special.get(key);
    if (number === undefined) {
      const first = isGuard
        ? relationOf(numbersIn(passes), numbersIn(passes), width)
        : relation((cells) => valuations.recorded(placed, cells));
      number = add(composed(first, relations[ofRound[round] as number] as Relation, width));
      special.set(key, number);
    }
    of[edge] = number;
  }
  const starts = numbersIn(valuations.counted('first', valuations.all));
  return { valuations, width, of, relations, starts, relation };
}

function counted(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function relationOf(from: readonly number[], to: readonly number[], width: number): Relation {
  const { first, items } = listsOf(width, (add) => {
    for (const [index, each] of from.entries()) add(each, to[index] as number);
  });
  return { from: new Int32Array(from), to: items, first };
}

function isIdentity({ from, to }: Relation, width: number): boolean {
  return from.length === width && from.every((each, index) => each === index && to[index] === index);
}

function composed(one: Relation, other: Relation, width: number): Relation {
  const from: number[] = [];
  const to: number[] = [];
  for (let pair = 0; pair < one.from.length; pair++) {
    const between = one.to[pair] as number;
    for (let next = other.first[between] as number; next < (other.first[between + 1] as number); next++) {
      from.push(one.from[pair] as number);
      to.push(other.to[next] as number);
    }
  }
  return relationOf(from, to, width);
}

/** The numbers of the bits that are set. */
function numbersIn(cells: Cells): readonly number[] {
  const bits = cells.toString(2);
  const numbers: number[] = [];
  for (let at = bits.length - 1; at >= 0; at--) if (bits[at] === '1') numbers.push(bits.length - 1 - at);
  return numbers;
}
