import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/node/cli.cjs');
const root = join(import.meta.dirname, '../..');

function graph(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'graph', ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
    env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
  });
  return { status, stdout, stderr };
}

const script = `---
变量:
  天数: {类型: 整数, 样例: 12}
---
【甲"乙\\丙】
若：天数 大于 60 → 转人工
插入：渠道
客户（没听清） → 重复
客户（1. <b>&#;） → 结束
客户（其他）：嗯

【渠道】
坐席：官方渠道。
→ 返回

【没人来】
结束：完成
`;

suite('huashu graph', () => {
  test('Mermaid is the default, and nothing in a label means anything to it', () => {
    const { status, stdout } = graph(['--stdin'], script);
    assert.equal(status, 0);
    assert.equal(
      stdout,
      [
        'flowchart TD',
        '  n0["甲#34;乙#92;丙"]',
        '  n1["渠道"]',
        '  n2["没人来"]',
        '  e0(["转人工"])',
        '  e1(["结束"])',
        '  e2(["返回"])',
        '  e3(["结束：完成"])',
        '  n0 -->|"天数 大于 60"| e0',
        '  n0 -.->|"插入"| n1',
        '  n0 -.->|"没听清：重复"| n0',
        '  n0 -->|"1#46; #60;b#62;#38;#35;#59;"| e1',
        '  n0 -->|"其他"| n1',
        '  n1 --> e2',
        '  n2 --> e3',
        '  classDef start stroke-width:3px',
        '  class n0 start',
        '  classDef unreached stroke-dasharray:4 4',
        '  class n2 unreached',
        '',
      ].join('\n'),
    );
  });

  test('DOT escapes quotes and backslashes', () => {
    const { stdout } = graph(['--stdin', '--format', 'dot', '--lang', 'en'], script);
    assert.match(stdout, /^digraph huashu \{\n/);
    assert.ok(stdout.includes('n0 [label="甲\\"乙\\\\丙", shape=box, style="rounded,bold"];'), stdout);
    assert.ok(stdout.includes('n2 [label="没人来", shape=box, style="rounded,dashed"];'));
    assert.ok(stdout.includes('n0 -> n0 [label="没听清: repeat", style=dashed];'));
    assert.match(stdout, /\}\n$/);
  });

  test('JSON tells nodes, ends and edges', () => {
    const { nodes, ends, edges, version } = JSON.parse(graph(['--stdin', '--format', 'json'], script).stdout);
    assert.equal(version, 1);
    assert.deepEqual(nodes[1], {
      id: 'n1',
      name: '渠道',
      path: 'stdin.huashu',
      line: 11,
      start: false,
      anytime: false,
      reached: true,
    });
    assert.deepEqual(
      nodes.map(({ reached }: { reached: boolean }) => reached),
      [true, true, false],
    );
    assert.deepEqual(ends[3], { id: 'e3', kind: 'outcome', outcome: '完成' });
    assert.deepEqual(edges[0], { from: 'n0', to: 'e0', kind: 'end', reply: null, condition: '天数 大于 60' });
  });

  test('nodes of other files are called as targets call them', () => {
    const { stdout } = graph(['samples/信用卡逾期电话提醒.huashu']);
    assert.match(stdout, /"公共#47;告知渠道"/);
  });

  test('it takes one script, and says so', () => {
    assert.equal(graph([]).status, 2);
    assert.equal(graph(['samples']).status, 2);
    assert.match(graph(['samples']).stderr, /graph 需要一份话术/);
    assert.equal(graph(['没有.huashu']).status, 2);
    assert.equal(graph(['samples/公共.huashu', '--format', 'text']).status, 2);
  });
});
