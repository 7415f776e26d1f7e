import assert from 'node:assert/strict';
import { pathsOf } from '../../server/src/flow/paths.ts';
import { fixture } from '../fixture.ts';

const days = '---\n变量:\n  天数: {类型: 整数, 范围: 1..180, 样例: 12}\n  老客户: {类型: 布尔, 样例: 是}\n---\n';

suite('time', () => {
  /** A script of nodes with three branches each that lead all over it; every second one has a guard. */
  const large = (count: number): string => {
    const nodes = Array.from({ length: count }, (_, index) =>
      [
        `【节${index}】`,
        '坐席：您好。',
        ...(index % 2 === 0 ? [`若：天数 大于 ${(index * 7) % 180} → 节${(index * 31 + 7) % count}`] : []),
        ...(index % 5 === 0 ? ['插入：渠道'] : []),
        `客户（愿意还款）：好 → 节${(index * 7 + 1) % count}`,
        '客户（没听清） → 重复',
        '客户（其他）：不',
        '坐席：好的。',
      ].join('\n'),
    );
    return `${days}${nodes.join('\n')}\n结束：完成\n【渠道】\n坐席：官方渠道。\n→ 返回\n【随时】\n客户（要投诉） → 转人工\n客户（咨询征信）：会吗\n→ 返回`;
  };
  const timeFor = (count: number): number => {
    const { script, snapshot } = fixture(large(count));
    const started = process.cpuUsage();
    pathsOf(script, snapshot);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };

  test('10,000 nodes and 30,000 branches take ten times as long as 1,000, and not many seconds', () => {
    timeFor(1000);
    const small = Math.min(timeFor(1000), timeFor(1000));
    const big = timeFor(10_000);
    // Measured on two busy processors: 0.3 s and 1.6 to 1.9 s of processor time, that of the collector included.
    assert.ok(big < 4000, `${big.toFixed()} ms`);
    assert.ok(big < 40 * Math.max(small, 20), `${small.toFixed()} ms, ${big.toFixed()} ms`);
  }).timeout(60_000);
});
