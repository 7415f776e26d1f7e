import assert from 'node:assert/strict';
import { coverageOf, sharesOf, wayTo } from '../../server/src/flow/coverage.ts';
import { runScenarios } from '../../server/src/flow/scenario.ts';
import { fixture } from '../fixture.ts';

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
});
