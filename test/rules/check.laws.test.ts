import assert from 'node:assert/strict';
import { findingsOf } from '../fixture.ts';

suite('a check', () => {
  test('one long sentence and many findings take no more than their share of time', () => {
    const started = performance.now();
    findingsOf(`【开场】\n坐席：${'再不还钱就打断你的腿'.repeat(1_900)}`);
    findingsOf('【节点】\n坐席：您好。\n'.repeat(4_000));
    findingsOf('【开场】\n豁免：unknown-role，原因：演示\n甲：您好。\n'.repeat(3_000));
    assert.ok(performance.now() - started < 8_000, `${(performance.now() - started).toFixed()} ms`);
  });
});
