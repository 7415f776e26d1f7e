import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Figure, Row } from './row.ts';

/** What was measured last and committed: the table in the docs is made from it. */
export interface Baseline {
  /** What it was measured on; times in milliseconds mean nothing elsewhere, ratios do. */
  readonly machine: { readonly processor: string; readonly cores: number; readonly node: string };
  readonly rows: readonly Row[];
}

const file = join(import.meta.dirname, 'baseline.json');

export function readBaseline(): Baseline | undefined {
  try {
    const baseline: Baseline = JSON.parse(readFileSync(file, 'utf8'));
    return baseline;
  } catch {
    return undefined;
  }
}

/** Puts rows in the place of those of the same parts. */
export function saveBaseline(rows: readonly Row[], parts: readonly string[]): void {
  const kept = (readBaseline()?.rows ?? []).filter(({ id }) => !parts.includes(partOf(id)));
  const [processor] = cpus();
  const order = [...kept, ...rows].sort((a, b) => rank(a.id) - rank(b.id));
  const baseline: Baseline = {
    machine: {
      processor: processor?.model.replace(/\s+/g, ' ').trim() ?? '',
      cores: cpus().length,
      node: process.version,
    },
    rows: order.map(rounded),
  };
  writeFileSync(file, `${JSON.stringify(baseline, undefined, 2)}\n`);
}

const partsInOrder = ['parse', 'match', 'check', 'flow', 'cli', 'lsp', 'start', 'size', 'memory', 'audit'];

/** The part of the bench that a row comes from. */
export function partOf(id: string): string {
  const part = id.replace(/\..*/, '');
  return part === 'size' ? 'start' : part;
}

function rank(id: string): number {
  return partsInOrder.indexOf(id.replace(/\..*/, ''));
}

function rounded(row: Row): Row {
  return {
    ...row,
    ...roundedFigure(row),
    peers: row.peers.map((peer) => ({ name: peer.name, ...roundedFigure(peer) })),
  };
}

function roundedFigure({ value, low, high }: Figure): Figure {
  const round = (number: number): number => Number(number.toPrecision(4));
  return { value: round(value), low: round(low), high: round(high) };
}

export type Verdict = 'faster' | 'slower' | 'as before';

/** Smaller differences mean nothing on any machine. */
const noise = 0.05;

/** How a row compares with the one of the baseline: another only where the ranges of the two do not touch. */
export function compared(row: Row, before: Row): Verdict {
  const less = row.high * (1 + noise) < before.low;
  const more = row.low > before.high * (1 + noise);
  if (!less && !more) return 'as before';
  return less === (row.least === undefined) ? 'faster' : 'slower';
}
