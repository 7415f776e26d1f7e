import { Gates, openGate, Units } from './gates.ts';
import { type SearchTables, searchTablesOf } from './searchTables.ts';
import type { Companion, Trigger, Triggers, Witness } from './triggers.ts';

/** Which of many patterns a text can match, as plain numbers that can be kept. */
export interface IndexTables {
  readonly search: SearchTables;
  /** How long each string is, and its class: by its number, from 1, those that may be written with homophones behind the others. */
  readonly lengths: Int32Array;
  readonly classes: Int32Array;
  /** Where the triggers of each string begin in `triggers`; those of the next one follow. */
  readonly begins: Int32Array;
  /** By their numbers, what they tell; many tell the same. */
  readonly triggers: Int32Array;
  /** What triggers tell, six numbers each, see `Tellings`. */
  readonly tellings: Int32Array;
  /** The sets of gates. */
  readonly sets: Int32Array;
  /** For one company after the other, from 1, how many classes of strings it is, and which. */
  readonly companies: Int32Array;
  /** Patterns that any text may match. */
  readonly always: Int32Array;
  /** The strings that may be written with homophones. */
  readonly alike: readonly string[];
}

/** @param triggers of each pattern, by its number */
export function indexTablesOf(triggers: readonly (Triggers | undefined)[]): IndexTables {
  const tellings = new Tellings();
  const plain = new Strings();
  const spoken = new Strings();
  const always: number[] = [];
  for (const [pattern, each] of triggers.entries()) {
    if (!each) always.push(pattern);
    else
      for (const trigger of each.all)
        (trigger.alike ? spoken : plain).add(trigger.text, tellings.numberOf(pattern, trigger));
  }
  const { ofString, packed } = tellings.companies.classes();
  for (const string of ofString.keys()) plain.numberOf(string);
  const classes = new Int32Array(1 + plain.numbers.size + spoken.numbers.size);
  for (const [string, ownClass] of ofString) classes[1 + plain.numberOf(string)] = ownClass;
  return {
    search: searchTablesOf([...plain.numbers.keys()]),
    lengths: Int32Array.from([0, ...lengthsOf(plain), ...lengthsOf(spoken)]),
    classes,
    ...told([plain, spoken]),
    tellings: Int32Array.from(tellings.all),
    sets: tellings.gates.packed(),
    companies: packed,
    always: Int32Array.from(always),
    alike: [...spoken.numbers.keys()],
  };
}

export const tellingSize = 6;

/** Numbers of ten bits are as good as endless: no match is as long. */
export const endless = 1023;

/** Distances from a trigger, on either side, are as good as endless from here on. */
export const far = 16_383;

/** Strings, each numbered once, and the numbers of what each tells. */
class Strings {
  readonly numbers = new Map<string, number>();
  /** A string and something that it tells, in turns. */
  readonly told: number[] = [];

  numberOf(string: string): number {
    let number = this.numbers.get(string);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(string, number);
    }
    return number;
  }

  add(string: string, telling: number): void {
    this.told.push(this.numberOf(string), telling);
  }
}

function lengthsOf({ numbers }: Strings): readonly number[] {
  return Array.from(numbers.keys(), ({ length }) => length);
}

/** What one string after the other tells, from string 1 on. */
function told(all: readonly Strings[]): Pick<IndexTables, 'begins' | 'triggers'> {
  const begins = new Int32Array(all.reduce((sum, { numbers }) => sum + numbers.size, 2));
  const triggers = new Int32Array(all.reduce((sum, each) => sum + each.told.length / 2, 0));
  let first = 1;
  for (const { numbers, told } of all) {
    for (let at = 0; at < told.length; at += 2) {
      const end = first + (told[at] as number) + 1;
      begins[end] = (begins[end] as number) + 1;
    }
    first += numbers.size;
  }
  for (let string = 1; string < begins.length; string++)
    begins[string] = (begins[string] as number) + (begins[string - 1] as number);
  const next = begins.slice();
  first = 1;
  for (const { numbers, told } of all) {
    for (let at = 0; at < told.length; at += 2) {
      const string = first + (told[at] as number);
      triggers[next[string] as number] = told[at + 1] as number;
      next[string] = (next[string] as number) + 1;
    }
    first += numbers.size;
  }
  return { begins, triggers };
}

/** Sets of strings of which one has to stand beside a trigger, each known once. */
class Companies {
  /** To which of them a string belongs. */
  private readonly of = new Map<string, number[]>();
  private readonly known = new Map<string, number>();

  /** The number of a company, from 1. */
  numberOf(texts: ReadonlySet<string>): number {
    const key = [...texts].sort().join('\n');
    let number = this.known.get(key);
    if (number === undefined) {
      number = this.known.size + 1;
      this.known.set(key, number);
      for (const text of texts) {
        const companies = this.of.get(text);
        if (companies) companies.push(number);
        else this.of.set(text, [number]);
      }
    }
    return number;
  }

  /** All strings with their classes, from 1: those of a class belong to the same companies. */
  classes(): { readonly ofString: ReadonlyMap<string, number>; readonly packed: Int32Array } {
    const numbers = new Map<string, number>();
    const ofString = new Map<string, number>();
    const members = Array.from(this.known, (): number[] => []);
    for (const [string, companies] of this.of) {
      const key = companies.join(' ');
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(key, number);
        for (const each of companies) members[each - 1]?.push(number);
      }
      ofString.set(string, number);
    }
    return { ofString, packed: Int32Array.from(members.flatMap((classes) => [classes.length, ...classes])) };
  }
}

/** What triggers tell, each thing once for a pattern. */
class Tellings {
  readonly all: number[] = [];
  readonly gates = new Gates();
  readonly companies = new Companies();
  private pattern = -1;
  /** Where those of the pattern at hand begin. */
  private begin = 0;
  /** Triggers of a pattern share what has to stand beside them. */
  private readonly gateOf = new Map<Witness, number>();
  private readonly companyOf = new Map<Companion, number>();

  /**
   * The number of what a trigger tells: a pattern; how many units before the string a match of it begins, at least and at most; its witness,
   * a gate and from where to where a unit has to stand that passes it; its company, 0 for none, and from where to where one of it has to
   * begin: both counted from the beginning of the string. Patterns come one after the other.
   */
  numberOf(pattern: number, { from, to, witness, companion }: Trigger): number {
    if (pattern !== this.pattern) {
      this.pattern = pattern;
      this.begin = this.all.length;
    }
    const places = Math.min(from, endless) | (Math.min(to, endless) << 10);
    const gate = witness ? this.gateFor(witness) : openGate;
    const within = witness ? (witness.from + 128) | ((witness.to + 128) << 8) : 0;
    const company = companion ? this.companyFor(companion) : 0;
    const reach = companion ? (Math.max(companion.from, -far) + far) | ((Math.min(companion.to, far) + far) << 15) : 0;
    const { all } = this;
    for (let at = this.begin; at < all.length; at += tellingSize) {
      if (
        all[at + 1] === places &&
        all[at + 2] === gate &&
        all[at + 3] === within &&
        all[at + 4] === company &&
        all[at + 5] === reach
      )
        return at / tellingSize;
    }
    return all.push(pattern, places, gate, within, company, reach) / tellingSize - 1;
  }

  private gateFor(witness: Witness): number {
    const gate = this.gateOf.get(witness) ?? this.gates.gateOf([new Units(witness.units)]);
    this.gateOf.set(witness, gate);
    return gate;
  }

  private companyFor(companion: Companion): number {
    const company = this.companyOf.get(companion) ?? this.companies.numberOf(companion.texts);
    this.companyOf.set(companion, company);
    return company;
  }
}
