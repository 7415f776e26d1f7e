import assert from 'node:assert/strict';
import { findingsOf } from '../fixture.ts';

/** How much time, in milliseconds, the processor has worked for us since; others may have it as well. */
function spending(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}

suite('a check', () => {
  test('one long sentence and many findings take no more than their share of time', () => {
    const spent = spending();
    findingsOf(`【开场】\n坐席：${'再不还钱就打断你的腿'.repeat(1_900)}`);
    findingsOf('【节点】\n坐席：您好。\n'.repeat(4_000));
    findingsOf('【开场】\n豁免：unknown-role，原因：演示\n甲：您好。\n'.repeat(3_000));
    assert.ok(spent() < 8_000, `${spent().toFixed()} ms`);
  });

  /** Each took minutes, or all memory, before. */
  const head = '---\n变量:\n  天数: {类型: 整数}\n---\n【甲】\n坐席：您好。\n';
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
  for (const [what, script] of [
    ['suppressions on each other', many(60_000, () => '豁免：cn/no-insult，原因：演示')],
    [
      'suppressions in as many nodes',
      many(10_000, (index) => `【节${index}】\n豁免：cn/no-insult，原因：演示\n坐席：您好。`),
    ],
    ['values that a variable is compared with', head + many(15_000, (index) => `若：天数 大于 ${index} → 甲`)],
    ['guards that ask the same', head + many(15_000, () => '若：天数 大于 60 → 甲')],
    ['branches that lead nowhere', head + many(15_000, (index) => `客户（其他）：甲${index} → 没有${index}`)],
  ] as const)
    test(`thousands of ${what} take no more than their share of time`, () => {
      const spent = spending();
      findingsOf(script);
      assert.ok(spent() < 10_000, `${spent().toFixed()} ms`);
    }).timeout(60_000);
});
