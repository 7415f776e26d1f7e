import { type Fact, type FactSets, type Facts, factValues } from '../packs/pack.ts';

/** Whether what must be known to hold does, and nothing is known to hold that must not. */
export function suits(wanted: FactSets, lifted: FactSets, known: Facts): boolean {
  return names.every(
    (fact) => (wanted[fact]?.includes(known[fact] ?? '') ?? true) && !lifted[fact]?.includes(known[fact] ?? ''),
  );
}

const names = Object.keys(factValues) as readonly Fact[];
