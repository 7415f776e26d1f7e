import type { Box, Link, Spot } from './layout.ts';

/** Boxes that are linked with each other, in columns from left to right. */
export interface Columns {
  /** Each with its upper left corner. */
  readonly boxes: readonly (Box & Spot)[];
  /** The links, and where they pass through the columns in between. */
  readonly lines: readonly { readonly link: Link; readonly points: readonly Spot[] }[];
  readonly width: number;
  readonly height: number;
}

/** Between what lies above each other in a column, boxes and lines that pass, and between columns. */
export interface Gaps {
  readonly boxes: number;
  readonly lines: number;
  readonly columns: number;
}

/** A place in a column: a box, or the height at which a line passes. */
interface Seat {
  readonly box?: Box;
  readonly height: number;
  column: number;
  /** How many lie above it. */
  order: number;
  /** The height of its middle. */
  y: number;
  readonly before: Neighbour[];
  readonly after: Neighbour[];
}

interface Neighbour {
  readonly seat: Seat;
  /** How far below the upper edge of the left one the line begins, of all that begin there, as a share. */
  readonly port: number;
  /** How much it is to be straight. */
  readonly weight: number;
}

/**
 * Puts each box behind those that lead to it, what lies in a column in such an order that few lines cross (by where their other
 * ends lie: Sugiyama's way), and as straight beside its neighbours as the others let it. The links lead nowhere in a circle.
 */
export function inColumns(boxes: readonly Box[], links: readonly Link[], gaps: Gaps): Columns {
  const seats = new Map<string, Seat>(boxes.map((box) => [box.id, seatOf(box.height, box)]));
  const known = links.flatMap((link) => {
    const [from, to] = [seats.get(link.from), seats.get(link.to)];
    return from && to ? [{ link, from, to }] : [];
  });
  chooseColumns([...seats.values()], known);
  const lines = known.map(({ link, from, to }) => ({ link, way: seatsAlong(from, to), from, to }));
  join(lines);
  const columns = initialOrder([...seats.values()]);
  untangle(columns);
  straighten(columns, gaps);
  const lefts = [0];
  for (const column of columns) {
    const width = Math.max(0, ...column.map(({ box }) => box?.width ?? 0));
    lefts.push((lefts.at(-1) ?? 0) + width + gaps.columns);
  }
  const left = ({ column }: Seat): number => lefts[column] ?? 0;
  const middle = ({ column }: Seat): number => ((lefts[column] ?? 0) + (lefts[column + 1] ?? 0) - gaps.columns) / 2;
  const all = columns.flat();
  const top = Math.min(...all.map(({ y, height }) => y - height / 2));
  const upper = ({ y, height }: Seat): number => Math.round(y - height / 2 - top);
  return {
    boxes: all.flatMap((seat) => (seat.box ? [{ ...seat.box, x: left(seat), y: upper(seat) }] : [])),
    lines: lines.map(({ link, way }) => ({ link, points: way.map((seat) => ({ x: middle(seat), y: upper(seat) })) })),
    width: (lefts.at(-1) ?? gaps.columns) - gaps.columns,
    height: Math.max(...all.map((seat) => upper(seat) + seat.height)),
  };
}

function seatOf(height: number, box?: Box): Seat {
  return { ...(box && { box }), height, column: 0, order: 0, y: 0, before: [], after: [] };
}

interface Joined {
  readonly from: Seat;
  readonly to: Seat;
}

/** Each as far to the left as what leads to it lets it, and then to the right where more links become shorter by that than longer. */
function chooseColumns(seats: readonly Seat[], links: readonly Joined[]): void {
  const [into, onto] = [new Map<Seat, Seat[]>(), new Map<Seat, Seat[]>()];
  for (const seat of seats) {
    into.set(seat, []);
    onto.set(seat, []);
  }
  for (const { from, to } of links) {
    into.get(to)?.push(from);
    onto.get(from)?.push(to);
  }
  const missing = new Map(seats.map((seat) => [seat, into.get(seat)?.length ?? 0]));
  const sorted = seats.filter((seat) => missing.get(seat) === 0);
  for (const seat of sorted) {
    for (const next of onto.get(seat) ?? []) {
      next.column = Math.max(next.column, seat.column + 1);
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) sorted.push(next);
    }
  }
  for (const seat of sorted.toReversed()) {
    const after = onto.get(seat) ?? [];
    if (after.length > (into.get(seat)?.length ?? 0)) seat.column = Math.min(...after.map(({ column }) => column - 1));
  }
}

/** The places where a line passes from one seat to another. */
function seatsAlong(from: Seat, to: Seat): readonly Seat[] {
  return Array.from({ length: Math.max(0, to.column - from.column - 1) }, (_, index) => ({
    ...seatOf(0),
    column: from.column + 1 + index,
  }));
}

function join(lines: readonly (Joined & { readonly way: readonly Seat[] })[]): void {
  const counts = new Map<Seat, number>();
  for (const { from } of lines) counts.set(from, (counts.get(from) ?? 0) + 1);
  for (const { from, to, way } of lines) {
    let before = from;
    for (const seat of [...way, to]) {
      const port = (before.after.length + 0.5) / (counts.get(before) ?? 1);
      // A line that passes several columns is followed more easily when it is straight there.
      const weight = before.box && seat.box ? 1 : before.box || seat.box ? 2 : 8;
      before.after.push({ seat, port, weight });
      seat.before.push({ seat: before, port, weight });
      before = seat;
    }
  }
}

/** The columns, in the order in which one comes to things along the lines. */
function initialOrder(seats: readonly Seat[]): Seat[][] {
  const columns: Seat[][] = [];
  const seen = new Set<Seat>();
  const waiting = seats.filter(({ before }) => before.length === 0).reverse();
  for (let seat = waiting.pop(); seat; seat = waiting.pop()) {
    if (seen.has(seat)) continue;
    seen.add(seat);
    while (columns.length <= seat.column) columns.push([]);
    const column = columns[seat.column] ?? [];
    seat.order = column.length;
    column.push(seat);
    for (let index = seat.after.length - 1; index >= 0; index--) {
      const next = seat.after[index]?.seat;
      if (next && !seen.has(next)) waiting.push(next);
    }
  }
  return columns;
}

/** After so many rounds without fewer crossings it is as good as it gets. */
const patience = 4;

/** Sorts each column by where its neighbours lie, from the left and from the right in turns, and keeps the best. */
function untangle(columns: Seat[][]): void {
  let best = columns.map((column) => [...column]);
  let fewest = crossingsIn(columns);
  for (let [round, vain] = [0, 0]; vain < patience && fewest > 0; round++) {
    const forwards = round % 2 === 0;
    for (const column of forwards ? columns : columns.toReversed()) {
      const wanted = new Map(column.map((seat) => [seat, wantedOrder(seat, forwards)]));
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      for (const [order, seat] of column.entries()) seat.order = order;
    }
    const crossings = crossingsIn(columns);
    if (crossings < fewest) {
      fewest = crossings;
      best = columns.map((column) => [...column]);
      vain = 0;
    } else vain++;
  }
  for (const [index, column] of best.entries()) {
    columns[index] = column;
    for (const [order, seat] of column.entries()) seat.order = order;
  }
}

/** In the middle of its neighbours on one side; where it stands, if it has none there. */
function wantedOrder({ order, before, after }: Seat, forwards: boolean): number {
  const beside = forwards ? before : after;
  if (beside.length === 0) return order;
  let sum = 0;
  for (const { seat, port } of beside) sum += seat.order + (forwards ? port : 0.5);
  return sum / beside.length - 0.5;
}

function crossingsIn(columns: readonly (readonly Seat[])[]): number {
  let crossings = 0;
  for (const [index, column] of columns.entries()) {
    const size = columns[index + 1]?.length ?? 0;
    // How many lines so far end where, in a tree of sums (Fenwick): those below the end of the next one cross it.
    const ends = new Uint32Array(size + 1);
    let count = 0;
    for (const { after } of column) {
      for (const { seat } of after) {
        let notBelow = 0;
        for (let at = seat.order + 1; at > 0; at -= at & -at) notBelow += ends[at] ?? 0;
        crossings += count - notBelow;
        for (let at = seat.order + 1; at <= size; at += at & -at) ends[at] = (ends[at] ?? 0) + 1;
        count++;
      }
    }
  }
  return crossings;
}

/** How often heights are settled, from the left and from the right in turns; the last two times with both sides in view. */
const rounds = 8;

/** Gives everything its height: as close to its neighbours as what lies above and below lets it. */
function straighten(columns: readonly (readonly Seat[])[], gaps: Gaps): void {
  for (let round = 0; round < rounds; round++) {
    const forwards = round % 2 === 0;
    for (const column of forwards ? columns : columns.toReversed()) {
      settle(
        column,
        gaps,
        column.map(({ before, after }) => (round >= rounds - 2 ? [...before, ...after] : forwards ? before : after)),
      );
    }
  }
}

/** Heights of a column that together are the least away from the wanted ones: those that would overlap move as one (isotonic regression). */
function settle(column: readonly Seat[], gaps: Gaps, beside: readonly (readonly Neighbour[])[]): void {
  const blocks: { readonly first: number; sum: number; weight: number }[] = [];
  /** How far below the first one each has to be. */
  const below: number[] = [];
  for (const [index, seat] of column.entries()) {
    const above = column[index - 1];
    below.push(above ? (below[index - 1] ?? 0) + distance(above, seat, gaps) : 0);
    let [sum, weight] = [seat.y * inertia, inertia + pull];
    for (const other of beside[index] ?? []) {
      sum += other.weight * other.seat.y;
      weight += other.weight;
    }
    blocks.push({ first: index, sum: sum - weight * (below[index] ?? 0), weight });
    for (;;) {
      const [before, last] = [blocks.at(-2), blocks.at(-1)];
      if (!before || !last || before.sum / before.weight < last.sum / last.weight) break;
      before.sum += last.sum;
      before.weight += last.weight;
      blocks.pop();
    }
  }
  for (const [at, { first, sum, weight }] of blocks.entries()) {
    const end = blocks[at + 1]?.first ?? column.length;
    for (const [offset, seat] of column.slice(first, end).entries())
      seat.y = sum / weight + (below[first + offset] ?? 0);
  }
}

/** How much everything stays where it is: all that counts for what has no neighbour on a side. */
const inertia = 0.1;
/** How much everything keeps to one height. A long conversation, which leads on from the same side of each station, would climb. */
const pull = 0.12;

function distance(above: Seat, seat: Seat, gaps: Gaps): number {
  const gap = ({ box }: Seat): number => (box ? gaps.boxes : gaps.lines);
  return (above.height + seat.height + gap(above) + gap(seat)) / 2;
}
