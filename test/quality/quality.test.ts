import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { findingsOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import { hitsIn, judge, partOf, readLabelled, type Score, scoreOf } from './measure.ts';

/** The bars that the pack has to hold; `npm run bench:quality` shows the lines behind the figures. */
suite('measured quality of cn-credit-card', () => {
  const packs = packSetOf(bundledPacks.filter(({ id }) => id === 'cn-credit-card'));
  const judged = judge(readLabelled(join(import.meta.dirname, 'phrases.jsonl')), packs);
  const recall = ({ found, violations }: Score): number => found / violations;
  const precision = ({ found, wronglyFlagged }: Score): number => found / (found + wronglyFlagged);

  for (const part of ['develop', 'measure'] as const) {
    test(`${part}: recall, precision and category of labelled lines`, () => {
      const score = scoreOf(judged.filter(({ line }) => partOf(line) === part));
      assert.ok(recall(score) >= 0.9, `recall ${recall(score)}`);
      assert.ok(precision(score) >= 0.97, `precision ${precision(score)}`);
      assert.ok(score.agreed / score.found >= 0.9, `category ${score.agreed / score.found}`);
    });
  }

  test('obfuscated lines', () =>
    assert.ok(recall(scoreOf(judged.filter(({ line }) => line.style === 'obfuscated'))) >= 0.85));

  test('nothing that a customer says is a finding', () => {
    const lines = readLabelled(join(import.meta.dirname, 'phrases.jsonl')).map(({ text }) => `客户：${text}`);
    const found = findingsOf(['【开场】', ...lines, '结束：完成'].join('\n'));
    assert.deepEqual(
      found.filter(({ rule }) => rule.startsWith('cn/')),
      [],
    );
  });

  test('the rewrites of the violations are clean', () => {
    const flagged = judged.flatMap(({ line: { rewrite, context } }) =>
      rewrite !== undefined && hitsIn(rewrite, packs, context).length > 0 ? [rewrite] : [],
    );
    assert.deepEqual(flagged, []);
  });

  test('clean dialogue: at most one line in a thousand', () => {
    const lines = readFileSync(join(import.meta.dirname, 'clean.txt'), 'utf8')
      .trim()
      .split('\n');
    const flagged = lines.filter((line) => hitsIn(line, packs).length > 0);
    assert.ok(flagged.length <= lines.length / 1000, flagged.join('\n'));
  });
});
