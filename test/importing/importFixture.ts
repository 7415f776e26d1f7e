import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content, ImportOptions } from '../../server/src/importing/importing.ts';
import type { Imported } from '../../server/src/importing/items.ts';
import { scriptOf } from '../../server/src/model/script.ts';
import { bundledSet } from '../packs.ts';

export const folder = join(import.meta.dirname, 'cases');
export const options: ImportOptions = { packs: bundledSet, day: '2026-06-01' };
const kinds: { readonly [ending: string]: Exclude<Content['kind'], 'tables'> } = {
  txt: 'text',
  md: 'markdown',
  html: 'html',
  csv: 'csv',
};

export function contentOf(name: string): Content {
  return {
    kind: kinds[name.slice(name.lastIndexOf('.') + 1)] ?? 'text',
    text: readFileSync(join(folder, name), 'utf8'),
  };
}

/** Every line of what was imported is of the class that it is meant to be, and written to its end. */
export function assertParses({ script }: Imported): void {
  const { tree } = scriptOf('untitled:a.huashu', 0, script);
  for (const { line, start, end } of tree.lines) {
    assert.notEqual(line.kind, 'unknown', script.slice(start, end));
    assert.deepEqual(line.flaws, [], script.slice(start, end));
  }
  assert.deepEqual(tree.frontMatter.problems, []);
}
