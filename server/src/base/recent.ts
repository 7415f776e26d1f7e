/**
 * Remembers what was worked out of texts, as long as they come again within so many others. What came lately is kept in one map and what
 * came before that in another, which is forgotten as a whole once the first one is full.
 */
export class Recent<V> {
  private lately = new Map<string, V>();
  private before = new Map<string, V>();
  private readonly most: number;

  /** @param most how many are kept at least, and half of how many at most */
  constructor(most: number) {
    this.most = most;
  }

  get(text: string): V | undefined {
    const known = this.lately.get(text);
    if (known !== undefined) return known;
    const again = this.before.get(text);
    if (again !== undefined) this.set(text, again);
    return again;
  }

  set(text: string, value: V): void {
    if (this.lately.size >= this.most) {
      this.before = this.lately;
      this.lately = new Map();
    }
    this.lately.set(text, value);
  }
}

/** Remembers texts for each of some objects, as long as the object is there. */
export class RecentOf<K extends object, V> {
  private readonly known = new WeakMap<K, Recent<V>>();
  private readonly most: number;

  /** @param most see {@link Recent} */
  constructor(most: number) {
    this.most = most;
  }

  of(key: K): Recent<V> {
    let recent = this.known.get(key);
    if (!recent) {
      recent = new Recent(this.most);
      this.known.set(key, recent);
    }
    return recent;
  }
}

/** So many texts are remembered: a script of 10,000 lines fits, and they do not become more for whoever types for days. */
export const mostTexts = 10_000;
