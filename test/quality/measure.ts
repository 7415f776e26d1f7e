import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Facts } from '../../server/src/packs/pack.ts';
import type { PackSet } from '../../server/src/packs/packSet.ts';
import { checkWording } from '../../server/src/rules/wording.ts';
import type { WordingHit } from '../../server/src/rules/wordingHit.ts';
import type { Channel } from '../../server/src/syntax/vocabulary.ts';

/** A line that a person has judged: a violation of a category, or one that only looks like it. */
export interface LabelledLine {
  readonly category: string;
  readonly label: 'violation' | 'near-miss';
  readonly style?: string | null;
  readonly speaker: 'agent' | 'customer' | 'third-party';
  readonly text: string;
  readonly rewrite?: string;
  readonly context?: { readonly [key: string]: string };
}

/** Lines to develop on, and lines that are only measured. */
export type Part = 'develop' | 'measure';

export interface Judged {
  readonly line: LabelledLine;
  /** At error or warning level; an agent's line alone has any. */
  readonly hits: readonly WordingHit[];
}

export const day = '2026-11-23';

const here = (name: string): string => join(import.meta.dirname, name);

/** Labelled lines: those that the pack was developed with, in part, and those that its authors never saw. */
export const labelledFiles: readonly string[] = ['phrases.jsonl', 'developed.jsonl', 'unseen.jsonl'].map(here);

/** Harmless text of agents, a line each, in the same two kinds. */
export const ordinaryFiles: readonly string[] = ['ordinary.txt', 'ordinary-unseen.txt'].map(here);

export function readLabelled(path: string): LabelledLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as LabelledLine);
}

export function readOrdinary(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Of what was seen half is for measuring, by the hash of the text (FNV-1a), so that nobody chose; of the unseen, all. */
export function partOf({ text }: LabelledLine, path: string): Part {
  if (basename(path).includes('unseen')) return 'measure';
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (hash >>> 8) % 2 === 0 ? 'develop' : 'measure';
}

export function judge(lines: readonly LabelledLine[], packs: PackSet): Judged[] {
  return lines.map((line) => ({ line, hits: line.speaker === 'agent' ? hitsIn(line.text, packs, line.context) : [] }));
}

/** What counts as a finding: errors and warnings. */
export function hitsIn(text: string, packs: PackSet, context: LabelledLine['context'] = {}): WordingHit[] {
  const { channel, step, stage: _stage, ...facts } = context;
  const utterance = {
    text,
    variables: [],
    speaker: 'agent' as const,
    steps: step === undefined ? [] : [step],
    ...(channel !== undefined && { channel: channel as Channel }),
    facts: Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, String(value)])) as Facts,
  };
  return checkWording(utterance, packs, day).filter(
    ({ rule }) => rule.severity === 'error' || rule.severity === 'warning',
  );
}

/** Recall over violations, precision over all lines, agreement of the category over the violations that were found. */
export interface Score {
  readonly violations: number;
  readonly found: number;
  readonly agreed: number;
  readonly harmless: number;
  readonly wronglyFlagged: number;
}

export function scoreOf(judged: readonly Judged[]): Score {
  const violations = judged.filter(({ line }) => line.label === 'violation');
  const found = violations.filter(({ hits }) => hits.length > 0);
  const harmless = judged.filter(({ line }) => line.label === 'near-miss');
  return {
    violations: violations.length,
    found: found.length,
    agreed: found.filter(isAgreed).length,
    harmless: harmless.length,
    wronglyFlagged: harmless.filter(({ hits }) => hits.length > 0).length,
  };
}

/** Whether one of the findings is of the category that the line was written for. */
export function isAgreed({ line, hits }: Judged): boolean {
  return hits.some(({ rule }) => rule.category === line.category);
}
