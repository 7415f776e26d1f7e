/**
 * Remembers something of each of many objects that come and go, along with the object itself. A WeakMap would forget it as surely, but
 * late: what it has of a young object counts as alive until everything is collected, and with a state of the world that is a lot.
 */
export class Memo<K extends object, V> {
  private readonly key = Symbol();

  get(of: K): V | undefined {
    return (of as { readonly [key: symbol]: V | undefined })[this.key];
  }

  set(of: K, value: V): void {
    // Copies do not take it along.
    Object.defineProperty(of, this.key, { value, writable: true });
  }
}
