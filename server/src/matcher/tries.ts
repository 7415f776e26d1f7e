/**
 * Lists of words, each a tree of units in one table of hashes: a step from a node by a unit is one look-up. An entry is a node,
 * a unit, the node that it leads to, and whether a word ends there.
 */
export class Tries {
  entries = new Int32Array(4 * 64);
  /** The number of places less one; it is a power of two. */
  mask = 63;
  private nodes = 0;
  private used = 0;
  private readonly firsts = new Map<number, readonly number[]>();

  /** The root of a new list. */
  add(words: Iterable<string>): number {
    const root = ++this.nodes;
    const firsts = new Set<number>();
    for (const word of words) {
      firsts.add(word.charCodeAt(0));
      let node = root;
      let place = -1;
      for (let at = 0; at < word.length; at++) {
        place = this.stepFrom(node, word.charCodeAt(at));
        node = this.entries[place + 2] as number;
      }
      if (place >= 0) this.entries[place + 3] = 1;
    }
    this.firsts.set(root, [...firsts]);
    return root;
  }

  /** The units with which the words of a list begin. */
  firstUnits(root: number): readonly number[] {
    return this.firsts.get(root) ?? [];
  }

  /** Where the entry for a step stands; -1 if no word goes that way. */
  find(node: number, unit: number): number {
    const { entries, mask } = this;
    let place = 4 * (hash(node, unit) & mask);
    for (let other = entries[place]; other !== 0; other = entries[place]) {
      if (other === node && entries[place + 1] === unit) return place;
      place = (place + 4) & (4 * mask + 3);
    }
    return -1;
  }

  private stepFrom(node: number, unit: number): number {
    const known = this.find(node, unit);
    if (known >= 0) return known;
    if (2 * ++this.used > this.mask) this.grow();
    return this.insert(node, unit, ++this.nodes, 0);
  }

  private insert(node: number, unit: number, next: number, ends: number): number {
    const { entries, mask } = this;
    let place = 4 * (hash(node, unit) & mask);
    while (entries[place] !== 0) place = (place + 4) & (4 * mask + 3);
    entries[place] = node;
    entries[place + 1] = unit;
    entries[place + 2] = next;
    entries[place + 3] = ends;
    return place;
  }

  private grow(): void {
    const old = this.entries;
    this.mask = 4 * this.mask + 3;
    this.entries = new Int32Array(4 * (this.mask + 1));
    for (let place = 0; place < old.length; place += 4) {
      if (old[place] !== 0)
        this.insert(old[place] as number, old[place + 1] as number, old[place + 2] as number, old[place + 3] as number);
    }
  }
}

function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
