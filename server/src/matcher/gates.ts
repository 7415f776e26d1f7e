import { isSound } from './sounds.ts';

/**
 * A gate tells which units may pass: it is where its set begins, a bit for each unit, which others share. So it lets some pass that it
 * need not. Behind the end of a text the open gate alone is open.
 */
export const openGate = -1;

/** In numbers of 32 bits; a power of two. */
const setSize = 16;

/** A unit with which something can begin, or many. */
export type Beginning = number | Units;

/** Some units, each of them once, and the set of them. */
export class Units {
  readonly all: readonly number[];
  readonly bits = new Int32Array(setSize);

  constructor(all: Iterable<number>) {
    this.all = [...all];
    for (const unit of this.all) addUnit(this.bits, unit);
  }
}

function addUnit(bits: Int32Array, unit: number): void {
  const at = (unit >>> 5) & (setSize - 1);
  bits[at] = (bits[at] as number) | (1 << (unit & 31));
}

/** The sets of gates, as bits; some units share one. */
export class Gates {
  sets = new Int32Array(64 * setSize);
  private end = 0;
  /** By a number made of the set; of sets that make the same number the later ones stand behind it. */
  private readonly known = new Map<number, number>();
  private readonly bits = new Int32Array(setSize);

  /** The gate for what can begin in one of several ways. */
  gateOf(beginnings: readonly Beginning[]): number {
    const { bits } = this;
    bits.fill(0);
    for (const beginning of beginnings) {
      if (typeof beginning === 'number') addUnit(bits, beginning);
      else for (let at = 0; at < setSize; at++) bits[at] = (bits[at] as number) | (beginning.bits[at] as number);
    }
    let key = 0;
    for (let at = 0; at < setSize; at++) key = Math.imul(key ^ (bits[at] as number), 0x9e3779b1) ^ (key >>> 15);
    for (; ; key++) {
      const gate = this.known.get(key);
      if (gate === undefined) return this.add(key);
      if (this.isAt(gate)) return gate;
    }
  }

  private isAt(gate: number): boolean {
    for (let at = 0; at < setSize; at++) if (this.sets[gate + at] !== this.bits[at]) return false;
    return true;
  }

  private add(key: number): number {
    const gate = this.end;
    this.end += setSize;
    this.sets = withRoom(this.sets, this.end);
    this.sets.set(this.bits, gate);
    this.known.set(key, gate);
    return gate;
  }

  /** The sets without the room behind them. */
  packed(): Int32Array {
    return this.sets.slice(0, this.end);
  }
}

/** Whether a gate lets a unit of a text pass; a sound may be anything. */
export function passes(sets: Int32Array, gate: number, unit: number): boolean {
  return (
    gate < 0 || (((sets[gate + ((unit >>> 5) & (setSize - 1))] as number) >>> (unit & 31)) & 1) === 1 || isSound(unit)
  );
}

/** The same numbers with room for so many. */
export function withRoom(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= array.length) return array;
  const more = new Int32Array(2 * size);
  more.set(array);
  return more;
}
