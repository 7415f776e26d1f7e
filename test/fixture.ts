import { applyEdits } from '../server/src/base/edit.ts';
import type { Span } from '../server/src/base/span.ts';
import type { Context } from '../server/src/features/feature.ts';
import type { Script } from '../server/src/model/script.ts';
import { createWorkspace, type Snapshot } from '../server/src/model/workspace.ts';
import { check } from '../server/src/rules/check.ts';
import type { Finding } from '../server/src/rules/finding.ts';
import { bundledPacks } from './packs.ts';

/** A small workspace written as one text: `//- 二.huashu` starts a file, `$0` is the cursor, `⟦…⟧` marks a range. */
export interface Fixture {
  readonly snapshot: Snapshot;
  /** The file with the cursor, else the first one. */
  readonly script: Script;
  readonly cursor: number;
  /** The marked ranges of the file. */
  readonly marks: readonly Span[];
  readonly context: Context;
}

export const today = '2026-11-23';

export function fixture(text: string): Fixture {
  const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
  const files = text.startsWith('//- ')
    ? text.slice(4).split('\n//- ').map(named)
    : [{ name: 'main.huashu', body: text }];
  const main = files.find(({ body }) => body.includes('$0')) ?? files[0]!;
  const cursor = main.body.replace(/[⟦⟧]/g, '').indexOf('$0');
  const marks: Span[] = [];
  for (const { name, body } of files) {
    const plain = body.replaceAll('$0', '');
    if (body === main.body) marks.push(...marksOf(plain));
    workspace.set(uriOf(name), 1, plain.replace(/[⟦⟧]/g, ''));
  }
  const snapshot = workspace.snapshot();
  const script = snapshot.script(uriOf(main.name))!;
  const context: Context = { snapshot, language: 'zh-CN', findings: (each) => check(each, snapshot) };
  return { snapshot, script, cursor, marks, context };
}

function named(part: string): { name: string; body: string } {
  const end = part.indexOf('\n');
  return { name: part.slice(0, end).trim(), body: part.slice(end + 1) };
}

export function uriOf(name: string): string {
  return `file:///w/${encodeURIComponent(name).replaceAll('%2F', '/')}`;
}

function marksOf(text: string): Span[] {
  const marks: Span[] = [];
  let removed = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '⟦') start = i - removed++;
    else if (text[i] === '⟧') marks.push({ start, end: i - removed++ });
  }
  return marks;
}

/** The findings of one script. */
export function findingsOf(text: string): Finding[] {
  const { script, snapshot } = fixture(text);
  return check(script, snapshot);
}

const flowRules = new Set(bundledPacks.flatMap(({ flow }) => flow.map(({ id }) => id)));

/** Whether a rule is about the flow. A fragment is no whole call: tests of something else leave aside what it lacks for one. */
export function isAboutFlow(rule: string): boolean {
  return flowRules.has(rule);
}

/** The findings of a fragment, apart from those about the flow. */
export function fragmentFindings(text: string): Finding[] {
  return findingsOf(text).filter(({ rule }) => !isAboutFlow(rule));
}

/** The text after a fix of a finding, the first unless its title is given. */
export function fixed(text: string, rule: string, title?: string): string {
  const { script, snapshot } = fixture(text);
  const finding = check(script, snapshot).find((each) => each.rule === rule);
  const fix = finding?.fixes().find((each) => title === undefined || each.title.zh.includes(title));
  if (!fix)
    throw new Error(
      `No such fix; there are: ${finding
        ?.fixes()
        .map((each) => each.title.zh)
        .join(', ')}`,
    );
  return applyEdits(
    script.source,
    fix.edits.filter(({ uri }) => uri === undefined),
  );
}
