import assert from 'node:assert/strict';
import { type ExampleFailure, runDetector, runExamples } from '../../server/src/rules/examples.ts';
import { runFlowExamples } from '../../server/src/rules/flow/examples.ts';
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
    const holds = (id: string, run: () => Iterable<ExampleFailure>): void => {
      test(`${id}: examples and fixes`, () => {
        assert.deepEqual(
          [...run()].map(({ message }) => message.zh),
          [],
        );
      });
    };
    for (const rule of pack?.rules ?? []) holds(rule.id, () => runExamples(rule, bundledSet, day));
    for (const detector of pack?.detectors ?? []) holds(detector.id, () => runDetector(detector, bundledSet, day));
    for (const rule of pack?.flow ?? []) holds(rule.id, () => runFlowExamples(rule, bundledSet, day));
  }
});
