import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../server/src/base/edit.ts';
import type { Script } from '../../server/src/model/script.ts';
import { createWorkspace, type Snapshot } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

/** A change of a clean sample that breaks exactly one rule. */
export interface Row {
  readonly rule: string;
  readonly sample: string;
  readonly changes: readonly Change[];
  /** A rule that cannot but speak of the same change. */
  readonly also?: string;
  /** Why not every fix can make the script clean again. */
  readonly reservation?: string;
}

/** A line by its text, and what comes in its place: nothing where it is deleted. */
export interface Change {
  readonly line: string;
  /** The heading of the node in which the line stands, where its text stands more than once. */
  readonly node?: string;
  readonly becomes: readonly string[];
}

type WrittenChange = { line: string; node?: string; becomes: string[] };

const samplesFolder = join(import.meta.dirname, '../../samples');
export const samples: ReadonlyMap<string, string> = new Map(
  readdirSync(samplesFolder)
    .filter((name) => name.endsWith('.huashu'))
    .map((name) => [name, readFileSync(join(samplesFolder, name), 'utf8')]),
);

/**
 * Reads the table: a rule and a sample, then the lines that change as in a patch, `-` what stands there and `+` what it becomes.
 * `@` names the node of the lines below, `!` why a fix cannot be complete, `&` a rule that always speaks too, and `#` begins a
 * remark.
 */
export function readRows(text: string): Row[] {
  const rows: { rule: string; sample: string; changes: WrittenChange[]; also?: string; reservation?: string }[] = [];
  let node: string | undefined;
  for (const line of text.split('\n')) {
    const [mark, rest] = [line.slice(0, 2), line.slice(2)];
    const row = rows.at(-1);
    if (line === '' || mark === '# ') continue;
    if (mark === '- ') row?.changes.push({ line: rest, ...(node && { node }), becomes: [] });
    else if (mark === '+ ') row?.changes.at(-1)?.becomes.push(rest);
    else if (mark === '@ ') node = rest;
    else if (mark === '& ' && row) row.also = rest;
    else if (mark === '! ' && row) row.reservation = rest;
    else {
      const [, rule, sample] = /^(\S+) (\S+)$/.exec(line) ?? [];
      if (!rule || !sample) throw new Error(`This is no row: ${line}`);
      node = undefined;
      rows.push({ rule, sample: `${sample}.huashu`, changes: [] });
    }
  }
  return rows;
}

/** A sample with a change, and the numbers of the lines that changed, counted from 0. */
export function changed({ sample, changes }: Row): { readonly source: string; readonly numbers: readonly number[] } {
  const source = samples.get(sample);
  if (source === undefined) throw new Error(`There is no sample ${sample}`);
  const lines = source.split('\n');
  const numbers = changes.map(({ line, node }) => placeOf(line, node, lines));
  const becomes = new Map(numbers.map((number, index) => [number, changes[index]?.becomes ?? []]));
  return { source: lines.flatMap((line, number) => becomes.get(number) ?? [line]).join('\n'), numbers };
}

function placeOf(line: string, node: string | undefined, lines: readonly string[]): number {
  const from = node === undefined ? 0 : lines.indexOf(node);
  const end = node === undefined ? -1 : lines.findIndex((each, number) => number > from && /^[【[]/.test(each));
  const found = lines.flatMap((each, number) =>
    each === line && number >= from && (end < 0 || number < end) ? [number] : [],
  );
  if (from < 0 || found.length !== 1) throw new Error(`${found.length} lines read: ${node ?? ''} ${line}`);
  return found[0] as number;
}

/** A sample among the others, with another text. */
export function opened(sample: string, source: string): { readonly script: Script; readonly snapshot: Snapshot } {
  const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
  for (const [name, text] of samples) workspace.set(uriOf(name), 1, name === sample ? source : text);
  const snapshot = workspace.snapshot();
  return { script: snapshot.script(uriOf(sample)) as Script, snapshot };
}

export function findingsIn(sample: string, source: string): readonly Finding[] {
  const { script, snapshot } = opened(sample, source);
  return check(script, snapshot);
}

/** The script after a fix. */
export interface Mended {
  readonly title: string;
  readonly source: string;
  readonly findings: readonly Finding[];
}

/** What each fix of a rule makes of a script; where the rule is broken at several places, the same fix is applied to all, one by one. */
export function mendings(rule: string, sample: string, source: string): Mended[] {
  const first = findingsIn(sample, source).find((each) => each.rule === rule);
  return (first?.fixes() ?? []).map(({ title }) => {
    let now = source;
    let findings = findingsIn(sample, now);
    for (let left = findings.length; left > 0; left--) {
      const fix = findings
        .find((each) => each.rule === rule)
        ?.fixes()
        .find((each) => each.title.zh === title.zh);
      if (!fix) break;
      now = applyEdits(now, fix.edits);
      findings = findingsIn(sample, now);
    }
    return { title: title.zh, source: now, findings };
  });
}
