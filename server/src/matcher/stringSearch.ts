/**
 * Finds every occurrence of many strings in one pass: an Aho-Corasick automaton in a double array (J. Aoe, 1989). A state is a
 * number; its successor by a class of units is `base + class`, if that place belongs to the state.
 */
export interface Automaton {
  readonly base: Int32Array;
  readonly owner: Int32Array;
  /** Where to go on when a state has no successor. */
  readonly fail: Int32Array;
  /** The string that ends in a state, counted from 1. */
  readonly ended: Int32Array;
  /** The next state on the way of failures in which a string ends. */
  readonly shorter: Int32Array;
}

/**
 * Tells every occurrence of the strings of an automaton in the order of their ends.
 *
 * @param units the classes of a text; 0 is in no string
 * @param visit gets the number of the string and where its last unit stands
 */
export function search(
  { base, owner, fail, ended, shorter }: Automaton,
  units: Uint16Array,
  length: number,
  visit: (string: number, last: number) => void,
): void {
  let state = root;
  for (let at = 0; at < length; at++) {
    const unit = units[at] as number;
    if (unit === 0) {
      state = root;
      continue;
    }
    let next = (base[state] as number) + unit;
    while (owner[next] !== state && state !== root) {
      state = fail[state] as number;
      next = (base[state] as number) + unit;
    }
    if (owner[next] === state) state = next;
    let found = ended[state] ? state : (shorter[state] as number);
    for (; found !== 0; found = shorter[found] as number) visit((ended[found] as number) - 1, at);
  }
}

/**
 * The automaton for some strings.
 *
 * @param strings each as the classes of its units, from 1; none is empty and none there twice
 * @param classes how many classes there are
 */
export function automatonOf(strings: readonly Uint16Array[], classes: number): Automaton {
  return new Builder(strings, classes).built();
}

class Builder {
  private base = new Int32Array(0);
  private owner = new Int32Array(0);
  private fail = new Int32Array(0);
  private ended = new Int32Array(0);
  private shorter = new Int32Array(0);
  private readonly classes: number;

  constructor(strings: readonly Uint16Array[], classes: number) {
    this.classes = classes;
    this.build(strings, classes);
  }

  /** Without the room at the end that nothing has needed. */
  built(): Automaton {
    const size = this.base.reduce((most, base) => Math.max(most, base), root) + this.classes + 1;
    const cut = (array: Int32Array): Int32Array => array.slice(0, size);
    const { base, owner, fail, ended, shorter } = this;
    return { base: cut(base), owner: cut(owner), fail: cut(fail), ended: cut(ended), shorter: cut(shorter) };
  }

  private build(strings: readonly Uint16Array[], classes: number): void {
    const order = strings.map((_, index) => index).sort((a, b) => compare(strings[a], strings[b]));
    this.grow(2 * strings.length + 2 * classes + 2);
    this.owner[root] = root;
    /** Breadth first: a state, and which strings go through it. */
    const waiting = [{ state: root, from: 0, to: order.length, depth: 0 }];
    let free = root + 1;
    for (let index = 0; index < waiting.length; index++) {
      const { state, from, to, depth } = waiting[index] as (typeof waiting)[0];
      const groups: { readonly unit: number; readonly from: number; to: number }[] = [];
      for (let at = from; at < to; at++) {
        const string = strings[order[at] as number] as Uint16Array;
        if (string.length === depth) this.ended[state] = (order[at] as number) + 1;
        else {
          const unit = string[depth] as number;
          const last = groups.at(-1);
          if (last?.unit === unit) last.to = at + 1;
          else groups.push({ unit, from: at, to: at + 1 });
        }
      }
      const first = groups[0];
      if (!first) continue;
      while (this.owner[free] !== 0) this.grow(++free + classes + 1);
      let base = Math.max(root, free - first.unit);
      const fits = (): boolean => groups.every(({ unit }) => this.owner[base + unit] === 0);
      this.grow(base + 2 * classes + 2);
      while (!fits()) this.grow(++base + 2 * classes + 2);
      this.base[state] = base;
      for (const { unit, from: begin, to: end } of groups) {
        const next = base + unit;
        this.owner[next] = state;
        if (state !== root) {
          let back = this.fail[state] as number;
          while (back !== root && this.owner[(this.base[back] as number) + unit] !== back)
            back = this.fail[back] as number;
          const there = (this.base[back] as number) + unit;
          this.fail[next] = this.owner[there] === back ? there : root;
        } else this.fail[next] = root;
        waiting.push({ state: next, from: begin, to: end, depth: depth + 1 });
      }
    }
    for (const { state } of waiting) {
      if (state === root) continue;
      const back = this.fail[state] as number;
      this.shorter[state] = this.ended[back] ? back : (this.shorter[back] as number);
    }
  }

  private grow(size: number): void {
    if (size <= this.owner.length) return;
    const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(2 * size);
      array.set(old);
      return array;
    };
    this.base = larger(this.base);
    this.owner = larger(this.owner);
    this.fail = larger(this.fail);
    this.ended = larger(this.ended);
    this.shorter = larger(this.shorter);
  }
}

const root = 1;

function compare(a: Uint16Array | undefined, b: Uint16Array | undefined): number {
  if (!a || !b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
