import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { fragmentFindings } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import {
  hitsIn,
  judge,
  labelledFiles,
  ordinaryFiles,
  partOf,
  readLabelled,
  readOrdinary,
  type Score,
  scoreOf,
} from './measure.ts';

/** The bars that the pack has to hold; `npm run bench:quality` shows the lines behind the figures. */
suite('measured quality of cn-credit-card', function () {
  this.timeout(120_000);
  const packs = packSetOf(bundledPacks.filter(({ id }) => id === 'cn-credit-card'));
  const judged = labelledFiles.flatMap((path) =>
    judge(readLabelled(path), packs).map((each) => ({ ...each, path, part: partOf(each.line, path) })),
  );
  const recall = ({ found, violations }: Score): number => found / violations;
  const precision = ({ found, wronglyFlagged }: Score): number => found / (found + wronglyFlagged);

  for (const path of labelledFiles) {
    for (const part of ['develop', 'measure'] as const) {
      const lines = judged.filter((each) => each.path === path && each.part === part);
      if (lines.length === 0) continue;
      test(`${basename(path)}, ${part}: recall, precision and category of labelled lines`, () => {
        const score = scoreOf(lines);
        assert.ok(recall(score) >= 0.9, `recall ${recall(score)}`);
        assert.ok(precision(score) >= 0.97, `precision ${precision(score)}`);
        assert.ok(score.agreed / score.found >= 0.9, `category ${score.agreed / score.found}`);
      });
    }
  }

  test('obfuscated lines', () =>
    assert.ok(recall(scoreOf(judged.filter(({ line }) => line.style === 'obfuscated'))) >= 0.9));

  test('nothing that a customer says is a finding', () => {
    const lines = judged.map(({ line }) => `客户：${line.text}`);
    const found = fragmentFindings(['【开场】', ...lines, '结束：完成'].join('\n'));
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

  for (const path of ordinaryFiles) {
    const most = basename(path).includes('unseen') ? 0.02 : 0.0015;
    test(`${basename(path)}: at most ${1000 * most} of a thousand lines are flagged`, () => {
      const lines = readOrdinary(path);
      const flagged = lines.filter((line) => hitsIn(line, packs).length > 0);
      assert.ok(flagged.length <= lines.length * most, flagged.join('\n'));
    });
  }
});
