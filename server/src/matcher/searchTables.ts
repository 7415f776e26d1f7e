import { withRoom } from './gates.ts';

/**
 * An Aho-Corasick automaton in a double array (J. Aoe, 1989), as plain numbers that can be kept, one for each state: from which place
 * its successors are counted, which state it succeeds (none: there is no such state), where to go on when it has no successor, and which
 * string it is. Strings are numbered from 1.
 */
export interface SearchTables {
  readonly bases: Int32Array;
  readonly parents: Int32Array;
  readonly fallbacks: Int32Array;
  readonly strings: Int32Array;
  /** The units of all strings; the place of one, from 1, is its class. */
  readonly units: Uint16Array;
}

/** @param strings none is empty and none there twice */
export function searchTablesOf(strings: readonly string[]): SearchTables {
  const { classes, begins, units } = classesOf(strings);
  const states = new States(4 * strings.length + units.length + 16);
  /** The strings, so that those that go through the same state stand side by side. */
  const order = Int32Array.from(strings, (_, index) => index);
  const others = new Int32Array(strings.length);
  /** How many strings go on with a class, and where they stand. */
  const counts = new Int32Array(units.length + 1);
  const places = new Int32Array(units.length + 1);
  const steps: number[] = [];
  /** Breadth first: a state, and which strings go through it. */
  const waiting = new Int32Array(3 * (classes.length + 1));
  waiting[0] = firstState;
  waiting[2] = strings.length;
  let end = 3;
  let endOfDepth = end;
  for (let index = 0, depth = 0; index < end; index += 3) {
    if (index === endOfDepth) {
      depth++;
      endOfDepth = end;
    }
    const state = waiting[index] as number;
    const from = waiting[index + 1] as number;
    const to = waiting[index + 2] as number;
    steps.length = 0;
    for (let at = from; at < to; at++) {
      const string = order[at] as number;
      const unit = (begins[string] as number) + depth;
      if (unit === begins[string + 1]) {
        states.strings[state] = string + 1;
        continue;
      }
      const step = classes[unit] as number;
      if (counts[step] === 0) steps.push(step);
      counts[step] = (counts[step] as number) + 1;
    }
    if (steps.length === 0) continue;
    const base = states.succeed(state, steps, units.length);
    let place = from;
    for (const step of steps) {
      waiting[end++] = base + step;
      waiting[end++] = place;
      places[step] = place;
      place += counts[step] as number;
      waiting[end++] = place;
      counts[step] = 0;
    }
    if (to - from === 1) continue;
    others.set(order.subarray(from, to), from);
    for (let at = from; at < to; at++) {
      const string = others[at] as number;
      const unit = (begins[string] as number) + depth;
      if (unit === begins[string + 1]) continue;
      const step = classes[unit] as number;
      order[places[step] as number] = string;
      places[step] = (places[step] as number) + 1;
    }
  }
  return { ...states.tables(units.length), units: Uint16Array.from(units) };
}

/** The classes of all units of all strings, one string after the other, and where each string begins; and the unit of each class, from 1. */
function classesOf(strings: readonly string[]): {
  readonly classes: Uint16Array;
  readonly begins: Int32Array;
  readonly units: readonly number[];
} {
  const begins = new Int32Array(strings.length + 1);
  for (const [index, { length }] of strings.entries()) begins[index + 1] = (begins[index] as number) + length;
  const classes = new Uint16Array(begins[strings.length] as number);
  const classOf = new Uint16Array(0x10000);
  const units: number[] = [];
  let end = 0;
  for (const string of strings) {
    for (let at = 0; at < string.length; at++) {
      const unit = string.charCodeAt(at);
      if (classOf[unit] === 0) classOf[unit] = units.push(unit);
      classes[end++] = classOf[unit] as number;
    }
  }
  return { classes, begins, units };
}

/** Where it took more tries than these to find room for several successors, the next ones are looked for from there on. */
const mostTries = 1024;

const firstState = 1;

/** The states of an automaton that is being built, breadth first. */
class States {
  strings: Int32Array<ArrayBuffer>;
  private bases: Int32Array<ArrayBuffer>;
  private parents: Int32Array<ArrayBuffer>;
  private fallbacks: Int32Array<ArrayBuffer>;
  /** Leads from a state that is taken towards the next one that is not, and from that to itself. */
  private next: Int32Array<ArrayBuffer>;
  private last = firstState;
  /** From here on there is room for several successors. What is left before it is filled by those that are alone, which most are. */
  private frontier = 0;

  constructor(room: number) {
    this.bases = new Int32Array(room);
    this.parents = new Int32Array(room);
    this.fallbacks = new Int32Array(room);
    this.strings = new Int32Array(room);
    this.next = Int32Array.from({ length: room }, (_, state) => state);
    this.take(firstState, firstState);
    this.fallbacks[firstState] = firstState;
  }

  /** Finds room for the successors of a state, and tells from where they are counted. */
  succeed(state: number, steps: readonly number[], mostSteps: number): number {
    const isAlone = steps.length === 1;
    const first = isAlone ? (steps[0] as number) : Math.min(...steps);
    let place = this.free(Math.max(isAlone ? 0 : this.frontier, firstState + first));
    let tries = 0;
    for (; !this.fits(place - first, steps); tries++) place = this.free(place + 1);
    if (tries > mostTries) this.frontier = place;
    const base = place - first;
    this.bases[state] = base;
    this.grow(base + mostSteps + 1);
    const { bases, parents, fallbacks } = this;
    const back = fallbacks[state] as number;
    for (const step of steps) {
      const successor = base + step;
      this.take(successor, state);
      let fallen = back;
      if (state === firstState) fallbacks[successor] = firstState;
      else {
        while (fallen !== firstState && parents[(bases[fallen] as number) + step] !== fallen)
          fallen = fallbacks[fallen] as number;
        const there = (bases[fallen] as number) + step;
        fallbacks[successor] = parents[there] === fallen ? there : firstState;
      }
    }
    return base;
  }

  tables(mostSteps: number): Omit<SearchTables, 'units'> {
    const count = this.last + mostSteps + 2;
    this.grow(count);
    const { bases, parents, fallbacks, strings } = this;
    return {
      bases: bases.slice(0, count),
      parents: parents.slice(0, count),
      fallbacks: fallbacks.slice(0, count),
      strings: strings.slice(0, count),
    };
  }

  private fits(base: number, steps: readonly number[]): boolean {
    const { parents } = this;
    for (const step of steps) if (base + step < parents.length && parents[base + step] !== 0) return false;
    return true;
  }

  private take(state: number, parent: number): void {
    this.parents[state] = parent;
    this.next[state] = state + 1;
    if (state > this.last) this.last = state;
  }

  /** The first state from one on that is not taken. */
  private free(from: number): number {
    this.grow(from + 2);
    let state = from;
    while (this.next[state] !== state) {
      const further = this.next[state] as number;
      this.grow(further + 2);
      // Whoever comes next has half the way.
      this.next[state] = this.next[further] as number;
      state = further;
    }
    return state;
  }

  private grow(count: number): void {
    if (count <= this.bases.length) return;
    const known = this.next.length;
    this.bases = withRoom(this.bases, count);
    this.parents = withRoom(this.parents, count);
    this.fallbacks = withRoom(this.fallbacks, count);
    this.strings = withRoom(this.strings, count);
    this.next = withRoom(this.next, count);
    for (let state = known; state < this.next.length; state++) this.next[state] = state;
  }
}
