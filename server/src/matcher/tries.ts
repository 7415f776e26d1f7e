import { Units, withRoom } from './gates.ts';

/**
 * Where units lead, in rows of numbers. A node is where its row begins: which bits of a unit tell its place (none if there are few), then
 * each unit that leads on, in its place or behind it, and where it leads; 0 stands in places that are free, and behind the last one. In a
 * list of words a unit leads to twice the next node (0 for none), and one more where a word ends; what is near in the list is near in memory.
 */
export class Tries {
  rows = new Int32Array(1024);
  /** There is no node 0. */
  private end = 1;
  private readonly roots = new Map<string, number>();
  private readonly units = new Map<number, Units>();

  /** The root of a list of words; equal lists have one. */
  addWords(words: readonly string[]): number {
    const sorted = [...new Set(words)].sort();
    const key = sorted.join('\n');
    let root = this.roots.get(key);
    if (root === undefined) {
      root = this.addBranch(sorted, 0, sorted.length, 0);
      this.roots.set(key, root);
      this.units.set(root, new Units(new Set(sorted.map((word) => word.charCodeAt(0)))));
    }
    return root;
  }

  /** A node whose units lead to numbers. */
  addSteps(steps: ReadonlyMap<number, number>): number {
    const node = this.take([...steps.keys()]);
    for (const [unit, step] of steps) this.rows[stepFrom(this.rows, node, unit)] = step;
    return node;
  }

  /** The units with which the words of a list begin, by its root. */
  unitsOf(node: number): Units {
    return this.units.get(node) as Units;
  }

  /** The branch of words that are equal up to a depth, none of them ending there. */
  private addBranch(words: readonly string[], from: number, to: number, depth: number): number {
    const begins: number[] = [];
    for (let at = from; at < to; at++) {
      if (at === from || unitAt(words, at, depth) !== unitAt(words, at - 1, depth)) begins.push(at);
    }
    const node = this.take(begins.map((begin) => unitAt(words, begin, depth)));
    for (const [index, begin] of begins.entries()) {
      const end = begins[index + 1] ?? to;
      // Of words that begin alike, one that ends here comes first.
      const ends = (words[begin] as string).length === depth + 1 ? 1 : 0;
      const next = begin + ends < end ? this.addBranch(words, begin + ends, end, depth + 1) : 0;
      this.rows[stepFrom(this.rows, node, unitAt(words, begin, depth))] = 2 * next + ends;
    }
    return node;
  }

  /** Makes room for a node, and puts its units in their places. */
  private take(units: readonly number[]): number {
    const node = this.end;
    const mask = maskFor(units.length);
    // None stands further behind its place than there are others; what is left over is given back.
    this.rows = withRoom(this.rows, node + 2 + 2 * (mask + 1 + units.length));
    const { rows } = this;
    let last = node + 1 + 2 * mask;
    for (const unit of units) {
      let at = node + 1 + 2 * (unit & mask);
      while (rows[at] !== 0) at += 2;
      rows[at] = unit;
      last = Math.max(last, at);
    }
    rows[node] = mask;
    this.end = last + 3;
    return node;
  }
}

/** Few are quicker looked at one by one; of more places some stay free, so that hardly one stands behind its own. */
function maskFor(units: number): number {
  let places = 1;
  if (units > fewUnits) while (2 * places < 3 * units) places *= 2;
  return places - 1;
}

const fewUnits = 4;

function unitAt(words: readonly string[], word: number, depth: number): number {
  return (words[word] as string).charCodeAt(depth);
}

/** Where it stands to what a unit leads from a node; 0 if it does not lead on. */
export function stepFrom(rows: Int32Array, node: number, unit: number): number {
  for (let at = node + 1 + 2 * (unit & (rows[node] as number)); ; at += 2) {
    const other = rows[at] as number;
    if (other === unit) return at + 1;
    if (other === 0) return 0;
  }
}
