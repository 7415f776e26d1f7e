import assert from 'node:assert/strict';
import { runExamples } from '../../server/src/rules/examples.ts';
import { bundled, bundledSet } from '../packs.ts';

const day = '2026-11-23';

suite('bundled packs', () => {
  for (const { name, pack, problems } of bundled) {
    test(`${name} loads without a problem`, () => {
      const shown = problems.map(
        ({ path, line, character, message }) => `${path}:${line + 1}:${character + 1} ${message.zh}`,
      );
      assert.deepEqual(shown, []);
    });
    for (const rule of pack?.rules ?? []) {
      test(`${rule.id}: examples and fixes`, () => {
        assert.deepEqual(
          [...runExamples(rule, bundledSet, day)].map(({ message }) => message.zh),
          [],
        );
      });
    }
  }
});
