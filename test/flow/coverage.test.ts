import assert from 'node:assert/strict';
import { coverageOf, sharesOf, walksOf, wayTo } from '../../server/src/flow/coverage.ts';
import { runScenarios } from '../../server/src/flow/scenario.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { fixture } from '../fixture.ts';
import { play, replayer } from './enumerate.ts';
import { domains, smallScript } from './scripts.ts';

const script = `---
变量:
  天数: {类型: 整数, 样例: 12}
---
【甲】
坐席：好。
# 备注
插入：乙
若：天数 大于 60 → 转人工
客户（愿意还款）：好的 → 丙
客户（没听清） → 重复
客户（其他） → 丙

【乙】
坐席：渠道。

【丙】
提示：慢慢说
结束：完

【丁】
坐席：没有人来。

【随时】
客户（要投诉）：投诉
→ 返回

用例：一
客户说：没听清
客户说：要投诉
客户说：愿意还款
`;

suite('coverage', () => {
  test('counts nodes, branches, both ways of a guard, and lines', () => {
    const { script: of, snapshot } = fixture(script);
    const [covered] = coverageOf(runScenarios(of, snapshot), [of]);
    assert.deepEqual(
      covered!.nodes.map(({ node, count }) => [node.heading?.line.name.text, count]),
      [
        ['甲', 2],
        ['乙', 2],
        ['丙', 1],
        ['丁', 0],
        ['随时', 1],
      ],
    );
    assert.deepEqual(
      covered!.branches.map(({ branch, count }) => [branch.line.category.text, count]),
      [
        ['愿意还款', 1],
        ['没听清', 1],
        ['其他', 0],
        ['要投诉', 1],
      ],
    );
    assert.deepEqual(
      covered!.guards.map(({ taken, passed }) => [taken, passed]),
      [[0, 2]],
    );
    assert.deepEqual(sharesOf([covered!]), {
      nodes: { covered: 4, total: 5 },
      branches: { covered: 3, total: 4 },
      conditions: { covered: 1, total: 2 },
      lines: { covered: 10, total: 12 },
    });
  });

  test('the way to a line tells what to say and what has to hold', () => {
    const { script: of, snapshot } = fixture(script);
    const lineNamed = (text: string) => of.tree.lines.find(({ start }) => of.source.startsWith(text, start))!;
    const way = wayTo(lineNamed('提示'), of, snapshot);
    assert.deepEqual(
      way!.replies.map(({ line }) => line.category.text),
      ['愿意还款'],
    );
    assert.deepEqual(
      way!.guards.map(({ guard, taken }) => [guard.line.condition.text, taken]),
      [['天数 大于 60', false]],
    );
    assert.equal(wayTo(lineNamed('坐席：没有人来'), of, snapshot), undefined);
  });

  test('walks take every branch that can be taken, each as a conversation that can be played', () => {
    let shared = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { script: of, snapshot } = fixture(smallScript(seed));
      const walks = walksOf(of, snapshot);
      const canPlay = replayer(of, domains);
      const taken = new Set<number>();
      for (const { points } of walks) {
        const lines = points.flatMap(({ kind, placed }) => (kind === 'line' && placed ? [placed] : []));
        assert.ok(canPlay(lines.map(({ index }) => index)), `seed ${seed}`);
        for (const line of lines) if (isLine(line, 'branch')) taken.add(line.index);
      }
      const { lines, cut } = play(of, domains);
      const branches = of.tree.lines.filter((line) => isLine(line, 'branch') && lines.has(line.index));
      for (const { index } of branches) assert.ok(taken.has(index), `seed ${seed}: line ${index}`);
      if (!cut) assert.equal(taken.size, branches.length, `seed ${seed}`);
      if (walks.length < taken.size) shared++;
    }
    assert.ok(shared > 30, `${shared}`);
  });
});
