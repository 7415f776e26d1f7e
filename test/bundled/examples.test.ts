import assert from 'node:assert/strict';
import { runExamples } from '../../server/src/rules/examples.ts';
import { proofOf } from '../../server/src/rules/mutations.ts';
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
    test(`${name}: examples prove nine tenths of its patterns and exceptions`, () => {
      const { parts, unproven } = proofOf(pack!, day);
      assert.ok(unproven.length <= parts / 10, `${parts - unproven.length} of ${parts}`);
    }).timeout(240_000);
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
