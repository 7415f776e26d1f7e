import assert from 'node:assert/strict';
import { join } from 'node:path';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { bundledPacks } from '../packs.ts';
import { hitsIn, judge, readLabelled, scoreOf } from '../quality/measure.ts';

suite('us-fdcpa', () => {
  const pack = bundledPacks.find(({ id }) => id === 'us-fdcpa')!;
  const packs = packSetOf([pack]);

  test('finds violations and leaves near misses alone', () => {
    const lines = readLabelled(join(import.meta.dirname, '../quality/us-fdcpa.jsonl'));
    const { violations, found, agreed, wronglyFlagged } = scoreOf(judge(lines, packs));
    assert.ok(found / violations >= 0.95, `${found} of ${violations} found`);
    assert.ok(agreed / found >= 0.95, `${agreed} of ${found} in their category`);
    assert.equal(wronglyFlagged, 0);
  });

  for (const text of [
    'Good morning, my name is Anna Reed and I am calling from Northside Services.',
    'This is an attempt to collect a debt and any information obtained will be used for that purpose.',
    'Your final payment would be three hundred dollars, due on the first of June.',
    'You have the right to dispute this debt in writing within thirty days.',
    'I can set up four payments of fifty dollars each; the first one is due on Friday.',
    'We can send you an itemized breakdown of the principal, interest and fees.',
    'Thank you for calling, is there anything else I can help you with today?',
    "I'm sorry to hear that you lost your job. Let's look at the hardship program.",
    'Reply STOP to opt out of text messages from this number.',
    'If you are represented by an attorney, please give me the name and number.',
  ])
    test(`nothing in: ${text}`, () => assert.deepEqual(hitsIn(text, packs, { identity: 'confirmed' }), []));
});
