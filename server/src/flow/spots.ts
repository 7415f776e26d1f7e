import { type Lists, listsOf } from './net.ts';

/** The points of a graph in sorts: what happens at one point of a sort happens at all of them. */
export interface Sorting {
  /** The sort of each point. */
  readonly of: Int32Array;
  /** The points of each sort; none is without. */
  readonly points: Lists;
  readonly count: number;
}

export function sortingOf(of: Int32Array, count: number): Sorting {
  const points = listsOf(count, (add) => {
    for (let point = 0; point < of.length; point++) add(of[point] as number, point);
  });
  return { of, points, count };
}

/**
 * The same points where some of them are of another sort now.
 *
 * @param changed those that may be
 */
export function resorted(before: Sorting, of: Int32Array, count: number, changed: Iterable<number>): Sorting {
  const items = before.points.items.slice();
  const first = new Int32Array(count + 1).fill(items.length);
  first.set(before.points.first);
  /** The first place of a sort from which on its points are not before this one. */
  const placeIn = (sort: number, point: number): number => {
    let [low, high] = [first[sort] as number, first[sort + 1] as number];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((items[middle] as number) < point) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const point of changed) {
    const [was, is] = [before.of[point] as number, of[point] as number];
    if (was === is) continue;
    const [from, to] = [placeIn(was, point), placeIn(is, point)];
    if (was < is) {
      items.copyWithin(from, from + 1, to);
      items[to - 1] = point;
      for (let sort = was + 1; sort <= is; sort++) first[sort] = (first[sort] as number) - 1;
    } else {
      items.copyWithin(to + 1, to, from);
      items[to] = point;
      for (let sort = is + 1; sort <= was; sort++) first[sort] = (first[sort] as number) + 1;
    }
  }
  return { of, points: { first, items }, count };
}

const no: ReadonlyMap<number, boolean> = new Map();

/** Some of the points of a graph, by their numbers. */
export class Spots {
  readonly sorting: Sorting | undefined;
  /** Of each sort whether its points are among them, and then what comes how far in front, from 1; 0 for those that are not. */
  private readonly ranks: Uint16Array;
  /** The points that are among them, or are not, whatever their sort. */
  readonly exceptions: ReadonlyMap<number, boolean>;

  constructor(sorting: Sorting | undefined, ranks: Uint16Array, exceptions: ReadonlyMap<number, boolean> = no) {
    this.sorting = sorting;
    this.ranks = ranks;
    this.exceptions = exceptions;
  }

  /** These points and no others. */
  static at(points: Iterable<number>): Spots {
    return new Spots(undefined, new Uint16Array(0), new Map([...points].map((point) => [point, true])));
  }

  has(point: number): boolean {
    if (this.exceptions.size > 0) {
      const known = this.exceptions.get(point);
      if (known !== undefined) return known;
    }
    return this.sorting !== undefined && this.hasSort(this.sorting.of[point] as number);
  }

  hasSort(sort: number): boolean {
    return (this.ranks[sort] ?? 0) > 0;
  }

  /** Whether there is none. */
  get isEmpty(): boolean {
    if (this.exceptions.size === 0) return !this.ranks.some((rank) => rank > 0);
    return !this.some(() => true);
  }

  /** Those of them that fit, by what comes in front and then in the order of the points. */
  points(fits: (point: number) => boolean = () => true): number[] {
    const found: { readonly rank: number; readonly point: number }[] = [];
    this.some((point, rank) => {
      if (fits(point)) found.push({ rank, point });
      return false;
    });
    return found.sort((a, b) => a.rank - b.rank || a.point - b.point).map(({ point }) => point);
  }

  /** Whether one of them is so, in no order. */
  some(is: (point: number, rank: number) => boolean): boolean {
    if (this.sorting) {
      const { first, items } = this.sorting.points;
      for (const [sort, rank] of this.ranks.entries()) {
        if (rank === 0) continue;
        for (let at = first[sort] as number; at < (first[sort + 1] as number); at++) {
          const point = items[at] as number;
          if ((this.exceptions.size === 0 || !this.exceptions.has(point)) && is(point, rank)) return true;
        }
      }
    }
    for (const [point, among] of this.exceptions)
      if (among && is(point, this.ranks[this.sorting?.of[point] ?? 0] || last)) return true;
    return false;
  }

  /** The points of the same sorts where some points are of others now; no sort has come. */
  on(sorting: Sorting): Spots {
    return this.sorting ? new Spots(sorting, this.ranks, this.exceptions) : this;
  }

  /** Whoever is here or there, those that are here first. */
  with(others: Spots): Spots {
    return this.combined(others, (here, there) => here || there);
  }

  without(others: Spots): Spots {
    return this.combined(others, (here, there) => here && !there);
  }

  /** Without those of these points that are among them. */
  except(points: Iterable<number>): Spots {
    const exceptions = new Map(this.exceptions);
    for (const point of points) if (this.has(point)) exceptions.set(point, false);
    return exceptions.size === 0 ? this : new Spots(this.sorting, this.ranks, exceptions);
  }

  /**
   * Whether these are the same points as in an earlier state of the graph, in which only some points were of another sort; sorts have the
   * numbers that they had.
   */
  isSame(before: Spots, changed: Iterable<number>): boolean {
    for (const point of changed) if (this.has(point) !== before.has(point)) return false;
    if (this.ranks !== before.ranks) {
      // A sort that has come since is one of points that have changed.
      const sorts = [this.sorting, before.sorting].flatMap((sorting) => sorting?.count ?? []);
      for (let sort = 0; sort < Math.min(...sorts, this.ranks.length + before.ranks.length); sort++)
        if (this.hasSort(sort) !== before.hasSort(sort)) return false;
    }
    for (const each of [this.exceptions, before.exceptions])
      for (const point of each.keys()) if (this.has(point) !== before.has(point)) return false;
    return true;
  }

  private combined(others: Spots, among: (here: boolean, there: boolean) => boolean): Spots {
    const sorting = this.sorting ?? others.sorting;
    const count = sorting?.count ?? 0;
    const ranks = new Uint16Array(count);
    const behind = this.ranks.reduce((most, rank) => Math.max(most, rank), 0);
    for (let sort = 0; sort < count; sort++) {
      const here = this.ranks[sort] ?? 0;
      const there = others.ranks[sort] ?? 0;
      if (among(here > 0, there > 0)) ranks[sort] = here > 0 ? here : behind + there;
    }
    if (this.exceptions.size === 0 && others.exceptions.size === 0) return new Spots(sorting, ranks);
    const exceptions = new Map<number, boolean>();
    for (const each of [this.exceptions, others.exceptions])
      for (const point of each.keys()) exceptions.set(point, among(this.has(point), others.has(point)));
    return new Spots(sorting, ranks, exceptions);
  }
}

const last = 0xffff;

export const nowhere = new Spots(undefined, new Uint16Array(0));
