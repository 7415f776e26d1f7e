import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace } from '../server/src/model/workspace.ts';
import { check } from '../server/src/rules/check.ts';
import { staleFiles } from '../syntaxes/generate.ts';
import { isAboutFlow } from './fixture.ts';
import { bundledPacks } from './packs.ts';

suite('generated files', () => {
  test('are what the generator writes (npm run generate)', () => assert.deepEqual(staleFiles(), []));
});

suite('language reference', () => {
  /** What an excerpt cannot help: it uses names that the rest of its script would declare. Not even the first one is a whole call. */
  const excerpted = new Set([
    'unknown-target',
    'undefined-variable',
    'unused-variable',
    'condition',
    'suppression',
    'dead-end',
  ]);

  for (const name of ['language.md', 'language.zh-CN.md']) {
    test(`${name}: its scripts are written as it says`, () => {
      const text = readFileSync(join(import.meta.dirname, '../docs', name), 'utf8');
      const scripts = [...text.matchAll(/```huashu\n([\s\S]*?)```/g)].map(([, source]) => source!);
      const workspace = createWorkspace({
        bundled: bundledPacks,
        files: new Map(),
        configs: [],
        extraPacks: [],
        today: '2026-11-23',
      });
      scripts.forEach((source, index) => {
        const script = workspace.set(`file:///${index}.huashu`, 1, source);
        const findings = check(script, workspace.snapshot()).filter(
          ({ rule }) => !isAboutFlow(rule) && (index === 0 || !excerpted.has(rule)),
        );
        assert.deepEqual(
          findings.map(({ rule, start, end, message }) => `${rule} ${source.slice(start, end)}: ${message.en}`),
          [],
        );
      });
    });
  }
});
