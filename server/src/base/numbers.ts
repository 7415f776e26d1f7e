/** A list of whole numbers that grows. Where there are very many of them, and each for a moment, ordinary lists are felt. */
export class Numbers {
  private items: Int32Array;
  length = 0;

  /** @param room for so many at first */
  constructor(room: number) {
    this.items = new Int32Array(Math.max(16, room));
  }

  push(item: number): number {
    if (this.length === this.items.length) {
      const more = new Int32Array(2 * this.length);
      more.set(this.items);
      this.items = more;
    }
    this.items[this.length] = item;
    return this.length++;
  }

  at(index: number): number {
    return this.items[index] as number;
  }

  set(index: number, item: number): void {
    this.items[index] = item;
  }

  /** All of them, as long as nothing is added. */
  all(): Int32Array {
    return this.items.subarray(0, this.length);
  }
}
