import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import type { Script } from '../model/script.ts';
import type { Condition } from '../syntax/condition.ts';
import type { Line } from '../syntax/line.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import { type Atom, partitionsOf } from './cells.ts';
import type { Graph, Round } from './graph.ts';
import { leavings, type Net, numbersOf, pointKinds } from './net.ts';

const kindOf = numbersOf(pointKinds);
const leavingOf = numbersOf(leavings);

/**
 * A set of valuations, one bit for each. A valuation says in which cell the value of every variable lies, and how often the node
 * at hand has been repeated, which is one more variable.
 */
export type Cells = bigint;

/** When a guard lets through: what may take it and what may pass it by. A free variable may do both. */
export interface GuardCells {
  readonly taken: Cells;
  readonly passed: Cells;
}

/** The values that conditions tell apart, for a whole conversation. */
export interface Valuations {
  readonly all: Cells;
  /** How many there are, once for each of the copies. */
  readonly width: number;
  /** What a step does to the count of repetitions, and from what it can lead to these. */
  counted(round: Round | undefined, cells: Cells): Cells;
  uncounted(round: Round | undefined, cells: Cells): Cells;
  guard(placed: Placed): GuardCells;
  /** What can be after `记录` has given the variable of a line any value at all. */
  recorded(placed: Placed, cells: Cells): Cells;
  /** The names, folded, of the variables that a guard asks about. */
  asked(placed: Placed): ReadonlySet<string>;
  /** The number of ways in which recorded variables can turn out; an insertion comes back in one of them. */
  readonly outcomes: number;
  /** The valuations in which the recorded variables have turned out so. */
  turnedOut(outcome: number): Cells;
  /** The valuations that are among `cells` once the recorded variables have turned out so. */
  before(outcome: number, cells: Cells): Cells;
  /** What `cells` become when the recorded variables turn out so. */
  after(outcome: number, cells: Cells): Cells;
}

/**
 * Beyond this many valuations variables become free, those that the fewest guards name first: a guard about a free variable can
 * always go both ways. Paths then count that no customer can take; none is missed.
 */
const mostValuations = 512;
/** The same for the ways in which recorded variables can turn out. */
const mostOutcomes = 16;
/** Valuations times points: a very large conversation is followed less exactly, so that the time stays linear in its size. */
const mostWork = 1_000_000;

/** A partition of one variable's values, and where its cell stands in the number of a valuation. */
interface Dimension {
  readonly variable: string;
  readonly size: number;
  readonly stride: number;
  /** For each cell the valuations with it. */
  readonly masks: readonly Cells[];
}

interface Candidate {
  readonly variable: string;
  readonly size: number;
  readonly guards: number;
  readonly recorded: boolean;
  readonly questions: readonly (readonly Atom[])[];
  readonly cells: readonly (readonly boolean[])[];
}

/** What the guards of a conversation ask, and which of it is followed exactly. */
interface Questions {
  readonly rounds: number;
  readonly guards: ReadonlyMap<Line, { readonly condition?: Condition; readonly names: ReadonlySet<string> }>;
  readonly candidates: readonly Candidate[];
  /** All of them, of which those are chosen that can be followed exactly. */
  readonly all: readonly Candidate[];
  readonly recorded: ReadonlySet<string>;
}

const known = new Memo<Net['shape'], Questions>();

/** Whether the guards of a graph of which some nodes have been drawn anew, and what is recorded, are the same. */
export function asksTheSame(before: Graph, graph: Graph): boolean {
  const { asking } = before.net;
  const isSame = (point: number, index: number): boolean =>
    graph.lineOf(point)?.line === before.lineOf(asking[index] as number)?.line;
  return graph.net.asking.length === asking.length && graph.net.asking.every(isSame);
}

/** Then what they ask is not worked out again. */
export function askAgain(before: Graph, { net }: Graph): void {
  const questions = known.get(before.net.shape);
  if (questions && net.shape !== before.net.shape)
    known.set(net.shape, { ...questions, rounds: roundsIn(net), candidates: chosen(questions.all, net.size) });
}

/** How often a node can have been repeated, where that counts. */
function roundsIn({ kinds, leavings: leaves }: Net): number {
  return kinds.includes(kindOf.spent) || leaves.includes(leavingOf.repeat) ? 4 : 1;
}

function questionsOf(graph: Graph): Questions {
  const { net, script } = graph;
  const before = known.get(net.shape);
  if (before) return before;
  const guards = new Map<Line, { readonly condition?: Condition; readonly names: ReadonlySet<string> }>();
  const atoms = new Map<string, { readonly script: Script; readonly atoms: Atom[]; guards: number }>();
  const recorded = new Set<string>();
  for (const index of net.asking) {
    const placed = graph.lineOf(index);
    if (!placed) continue;
    if (isLine(placed, 'record')) recorded.add(foldName(placed.line.variable.text));
    if (!isLine(placed, 'guard') || guards.has(placed.line)) continue;
    const { visit } = graph.point(index);
    const parsed = visit.script.conditions.get(placed.index);
    const condition = parsed?.problems.length === 0 ? parsed.condition : undefined;
    const asked = condition ? atomsOf(condition) : [];
    const names = new Set(asked.map(({ variable }) => foldName(variable.text)));
    guards.set(placed.line, { names, ...(condition && { condition }) });
    for (const name of names) {
      const seen = atoms.get(name) ?? { script: visit.script, atoms: [], guards: 0 };
      seen.atoms.push(...asked.filter(({ variable }) => foldName(variable.text) === name));
      seen.guards++;
      atoms.set(name, seen);
    }
  }
  const candidates = [...atoms].flatMap(([variable, each]): Candidate[] =>
    partitionsOf(each.atoms, script.declaration(variable) ?? each.script.declaration(variable), mostValuations).map(
      (partition) => ({
        variable,
        size: partition.cells.length,
        guards: each.guards,
        recorded: recorded.has(variable),
        ...partition,
      }),
    ),
  );
  const questions = {
    rounds: roundsIn(net),
    guards,
    candidates: chosen(candidates, net.size),
    all: candidates,
    recorded,
  };
  known.set(net.shape, questions);
  return questions;
}

/** @param copies how often the valuations are repeated, each time in higher bits; see `Blocks` */
export function valuationsOf(graph: Graph, copies = 1): Valuations {
  const { rounds, guards, candidates, recorded } = questionsOf(graph);
  const { count: values, dimensions, truth } = measure(candidates, rounds, copies);
  const width = values * rounds;
  const all = (1n << BigInt(width * copies)) - 1n;
  const cellsOf = new Map<Line, GuardCells>();
  const unknown: GuardCells = { taken: all, passed: all };
  const moved = dimensions.filter(({ variable }) => recorded.has(variable));
  const outcomes = moved.reduce((product, { size }) => product * size, 1);
  return {
    all,
    width,
    ...counting(rounds, values, copies),
    guard({ line }) {
      const seen = cellsOf.get(line);
      if (seen) return seen;
      const condition = guards.get(line)?.condition;
      const cells = condition ? evaluate(condition, (atom) => decided(truth.get(atom), all)) : unknown;
      cellsOf.set(line, cells);
      return cells;
    },
    asked: ({ line }) => guards.get(line)?.names ?? new Set(),
    recorded(placed, cells) {
      if (!isLine(placed, 'record')) return cells;
      const name = foldName(placed.line.variable.text);
      return moved.reduce((left, each) => (each.variable === name ? spread(each, aligned(each, left)) : left), cells);
    },
    outcomes,
    turnedOut: (outcome) => turns(moved, outcome, all, (each, cell, cells) => cells & (each.masks[cell] ?? 0n)),
    before: (outcome, cells) =>
      turns(moved, outcome, cells, (each, cell, left) =>
        spread(each, (left & (each.masks[cell] ?? 0n)) >> BigInt(cell * each.stride)),
      ),
    after: (outcome, cells) =>
      turns(moved, outcome, cells, (each, cell, left) => aligned(each, left) << BigInt(cell * each.stride)),
  };
}

function atomsOf(condition: Condition): readonly Atom[] {
  if ('left' in condition) return [...atomsOf(condition.left), ...atomsOf(condition.right)];
  return condition.kind === 'not' ? atomsOf(condition.operand) : [condition];
}

/** The partitions that can be followed exactly: those that most guards ask about, as long as their product stays in bounds. */
function chosen(candidates: readonly Candidate[], points: number): readonly Candidate[] {
  const most = Math.min(mostValuations, mostWork / points);
  let valuations = 1;
  let outcomes = 1;
  return [...candidates]
    .sort((a, b) => b.guards - a.guards || a.size - b.size)
    .filter(({ size, recorded }) => {
      if (valuations * size > most || (recorded && outcomes * size > mostOutcomes)) return false;
      valuations *= size;
      if (recorded) outcomes *= size;
      return true;
    });
}

/** Numbers the valuations and says in which of them each atom holds. */
function measure(
  candidates: readonly Candidate[],
  rounds: number,
  copies: number,
): {
  readonly count: number;
  readonly dimensions: readonly Dimension[];
  readonly truth: ReadonlyMap<Atom, Cells>;
} {
  const count = candidates.reduce((product, { size }) => product * size, 1);
  const truth = new Map<Atom, Cells>();
  const ones = repeated(copies, count * rounds);
  let stride = 1;
  const dimensions = candidates.map(({ variable, size, questions, cells }): Dimension => {
    const block = (1n << BigInt(stride)) - 1n;
    const masks = cells.map((_, cell) => {
      let mask = 0n;
      for (let at = cell * stride; at < count * rounds; at += stride * size) mask |= block << BigInt(at);
      return mask * ones;
    });
    for (const [index, same] of questions.entries()) {
      const holds = masks.reduce((sum, mask, cell) => (cells[cell]?.[index] ? sum | mask : sum), 0n);
      for (const atom of same) truth.set(atom, holds);
    }
    const dimension = { variable, size, stride, masks };
    stride *= size;
    return dimension;
  });
  return { count, dimensions, truth };
}

/** A number by which one multiplies to have the same bits in every copy. */
export function repeated(copies: number, width: number): Cells {
  let ones = 0n;
  for (let copy = 0; copy < copies; copy++) ones |= 1n << BigInt(copy * width);
  return ones;
}

/** Rounds are told apart by the highest digit of a valuation's number: none, one or two repetitions, and 其他 after them. */
function counting(rounds: number, values: number, copies: number): Pick<Valuations, 'counted' | 'uncounted'> {
  if (rounds === 1) return { counted: (_, cells) => cells, uncounted: (_, cells) => cells };
  const [width, double, triple] = [BigInt(values), BigInt(2 * values), BigInt(3 * values)];
  const none = ((1n << width) - 1n) * repeated(copies, values * rounds);
  const [once, twice, after] = [none << width, none << double, none << triple];
  const repeating = once | twice | after;
  const spreadRounds = (cells: Cells): Cells => cells | (cells << width) | (cells << double) | (cells << triple);
  return {
    counted(round, cells) {
      switch (round) {
        case undefined:
          return cells;
        case 'first':
          // Nearly always nothing has been repeated.
          if ((cells & repeating) === 0n) return cells;
          return (cells | (cells >> width) | (cells >> double) | (cells >> triple)) & none;
        case 'again':
          return (cells & (none | once)) << width;
        case 'other':
          return (cells & twice) << width;
        case 'spent':
          return cells & after;
        default:
          return round satisfies never;
      }
    },
    uncounted(round, cells) {
      switch (round) {
        case undefined:
          return cells;
        case 'first':
          return spreadRounds(cells & none);
        case 'again':
          return (cells & (once | twice)) >> width;
        case 'other':
          return (cells & after) >> width;
        case 'spent':
          return cells & after;
        default:
          return round satisfies never;
      }
    },
  };
}

function decided(holds: Cells | undefined, all: Cells): GuardCells {
  return holds === undefined ? { taken: all, passed: all } : { taken: holds, passed: all & ~holds };
}

function evaluate(condition: Condition, decide: (atom: Atom) => GuardCells): GuardCells {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [evaluate(condition.left, decide), evaluate(condition.right, decide)];
      return condition.kind === 'and'
        ? { taken: left.taken & right.taken, passed: left.passed | right.passed }
        : { taken: left.taken | right.taken, passed: left.passed & right.passed };
    }
    case 'not': {
      const { taken, passed } = evaluate(condition.operand, decide);
      return { taken: passed, passed: taken };
    }
    default:
      return decide(condition);
  }
}

/** The valuations with the variable's cell put to the first one. */
function aligned({ masks, stride }: Dimension, cells: Cells): Cells {
  return masks.reduce((sum, mask, cell) => sum | ((cells & mask) >> BigInt(cell * stride)), 0n);
}

/** Valuations with the first cell of a variable, and those that differ from them in that variable only. */
function spread({ masks, stride }: Dimension, base: Cells): Cells {
  return masks.reduce((sum, _, cell) => sum | (base << BigInt(cell * stride)), 0n);
}

/** Applies a step for every recorded variable, with the cell that it has in an outcome. */
function turns(
  dimensions: readonly Dimension[],
  outcome: number,
  cells: Cells,
  step: (dimension: Dimension, cell: number, cells: Cells) => Cells,
): Cells {
  let rest = outcome;
  let result = cells;
  for (const dimension of dimensions) {
    result = step(dimension, rest % dimension.size, result);
    rest = Math.floor(rest / dimension.size);
  }
  return result;
}
