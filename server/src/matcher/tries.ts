import { Units } from './gates.ts';

/**
 * Where units lead, in rows of numbers. A node is where its row begins: how many units lead on, these in order, and for each where
 * it leads. In a list of words that is twice the next node (0 for none), and one more where a word ends; what is near in the list is
 * near in memory.
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
    const root = this.roots.get(key) ?? this.addBranch(sorted, 0, sorted.length, 0);
    this.roots.set(key, root);
    return root;
  }

  /** A node whose units lead to numbers. */
  addSteps(steps: ReadonlyMap<number, number>): number {
    const units = Uint16Array.from(steps.keys()).sort();
    const node = this.take(units.length);
    for (let index = 0; index < units.length; index++) {
      const unit = units[index] as number;
      this.rows[node + 1 + index] = unit;
      this.rows[node + 1 + units.length + index] = steps.get(unit) as number;
    }
    return node;
  }

  /** The units with which a node goes on. */
  unitsOf(node: number): Units {
    const known =
      this.units.get(node) ?? new Units(this.rows.subarray(node + 1, node + 1 + (this.rows[node] as number)));
    this.units.set(node, known);
    return known;
  }

  /** The branch of words that are equal up to a depth, none of them ending there. */
  private addBranch(words: readonly string[], from: number, to: number, depth: number): number {
    const begins: number[] = [];
    for (let at = from; at < to; at++) {
      if (at === from || unitAt(words, at, depth) !== unitAt(words, at - 1, depth)) begins.push(at);
    }
    const node = this.take(begins.length);
    for (const [index, begin] of begins.entries()) {
      const end = begins[index + 1] ?? to;
      // Of words that begin alike, one that ends here comes first.
      const ends = (words[begin] as string).length === depth + 1 ? 1 : 0;
      const next = begin + ends < end ? this.addBranch(words, begin + ends, end, depth + 1) : 0;
      this.rows[node + 1 + index] = unitAt(words, begin, depth);
      this.rows[node + 1 + begins.length + index] = 2 * next + ends;
    }
    return node;
  }

  private take(units: number): number {
    const node = this.end;
    this.end += 1 + 2 * units;
    if (this.end > this.rows.length) {
      const more = new Int32Array(2 * this.end);
      more.set(this.rows);
      this.rows = more;
    }
    this.rows[node] = units;
    return node;
  }
}

function unitAt(words: readonly string[], word: number, depth: number): number {
  return (words[word] as string).charCodeAt(depth);
}

/** Where it stands to what a unit leads from a node; 0 if it does not lead on. */
export function stepFrom(rows: Int32Array, node: number, unit: number): number {
  const count = rows[node] as number;
  let [low, high] = [node + 1, node + count];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const other = rows[middle] as number;
    if (other === unit) return middle + count;
    if (other < unit) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
