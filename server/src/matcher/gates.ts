import { isSound } from './sounds.ts';

/**
 * A gate tells which units may pass: it is where its set begins, a bit for each unit, which others share. So it lets some pass that it
 * need not. Behind the end of a text the open gate alone is open.
 */
export const openGate = -1;

/** In numbers of 32 bits; a power of two. */
const setSize = 16;

/** The sets of gates, as bits; some units share one. */
export class Gates {
  sets = new Int32Array(64 * setSize);
  private end = 0;
  private readonly known = new Map<string, number>();

  /** The gate for some units; without any the open one. */
  gateOf(units: ReadonlySet<number> | undefined): number {
    if (!units) return openGate;
    const bits = new Int32Array(setSize);
    for (const unit of units) {
      const at = (unit >>> 5) & (setSize - 1);
      bits[at] = (bits[at] as number) | (1 << (unit & 31));
    }
    const key = String.fromCharCode(...new Uint16Array(bits.buffer));
    let gate = this.known.get(key);
    if (gate === undefined) {
      gate = this.end;
      this.end += setSize;
      this.sets = withRoom(this.sets, this.end);
      this.sets.set(bits, gate);
      this.known.set(key, gate);
    }
    return gate;
  }

  /** The sets without the room behind them. */
  packed(): Int32Array {
    return this.sets.slice(0, this.end);
  }
}

/** Whether a gate lets a unit of a text pass; a sound may be anything. */
export function passes(sets: Int32Array, gate: number, unit: number): boolean {
  return gate < 0 || (((sets[gate + ((unit >>> 5) & 15)] as number) >>> (unit & 31)) & 1) === 1 || isSound(unit);
}

/** The same numbers with room for so many. */
export function withRoom(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= array.length) return array;
  const more = new Int32Array(2 * size);
  more.set(array);
  return more;
}
