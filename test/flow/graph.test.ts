import assert from 'node:assert/strict';
import type { Graph, Point } from '../../server/src/flow/graph.ts';
import { graphOf } from '../../server/src/flow/graph.ts';
import { pathsOf } from '../../server/src/flow/paths.ts';
import { fixture } from '../fixture.ts';

/** A point as `甲:2`, the node and the number of the line, or `甲:exit`. */
function name({ kind, visit, placed, ending, leaving }: Point): string {
  const node = `${visit.node.heading?.line.name.text ?? ''}${visit.role === 'passing' ? '' : ` ${visit.role}`}`;
  return `${node}:${ending ?? leaving ?? (kind === 'line' ? placed?.index : kind)}`;
}

function edgesOf(graph: Graph): string[] {
  return graph.points.flatMap(({ edges }) =>
    edges.map((edge) => `${name(edge.from)} ${edge.kind}${edge.round ? ` ${edge.round}` : ''} ${name(edge.to)}`),
  );
}

function graph(text: string): Graph {
  const { script, snapshot } = fixture(text);
  return graphOf(script, snapshot);
}

/** The names of the nodes that the conversation reaches. */
function reached(text: string): string[] {
  const { script, snapshot } = fixture(text);
  const paths = pathsOf(script, snapshot);
  const found = paths.graph.points.filter((point) => paths.reached(point) !== 0n);
  return [...new Set(found.map(({ visit }) => visit.node.heading?.line.name.text ?? ''))];
}

const days = '---\n变量:\n  天数: {类型: 整数, 范围: 1..180, 样例: 12}\n  老客户: {类型: 布尔, 样例: 是}\n---\n';

suite('the graph', () => {
  test('lines follow each other, branches are alternatives, the end of a node leads to the next', () => {
    assert.deepEqual(
      edgesOf(graph('【甲】\n坐席：好。\n客户（愿意）：行\n坐席：谢谢。\n客户（其他） → 结束\n【乙】\n结束：完成')),
      [
        '甲:entry next 甲:1',
        '甲:1 next 甲:wait',
        '甲:wait reply 甲:2',
        '甲:wait reply 甲:4',
        '甲:2 next 甲:3',
        '甲:3 next 甲:exit',
        '甲:4 jump 甲:end',
        '甲:exit next first 乙:entry',
        '乙:entry next 乙:6',
        '乙:6 next 乙:outcome',
        '乙:exit next first 乙:ran-out',
      ],
    );
  });

  test('a guard goes two ways, an unknown target leads nowhere', () => {
    assert.deepEqual(edgesOf(graph('【甲】\n若：天数 大于 3 → 没有\n若：天数 大于 5 → 甲\n→ 没有')), [
      '甲:entry next 甲:1',
      '甲:1 passed 甲:2',
      '甲:2 taken first 甲:entry',
      '甲:2 passed 甲:3',
      '甲:exit next first 甲:ran-out',
    ]);
  });

  test('an insertion is a call, also to a node of another file', () => {
    const { script, snapshot } = fixture(
      '//- 主.huashu\n【甲】\n插入：公共/乙\n结束：完成\n//- 公共.huashu\n【乙】\n坐席：好。',
    );
    const { points } = graphOf(script, snapshot);
    const call = points.flatMap(({ edges }) => edges).find(({ kind }) => kind === 'call');
    assert.ok(call?.kind === 'call');
    assert.equal(name(call.to), '乙 inserted:entry');
    assert.deepEqual(
      call.backs.map(({ to }) => name(to)),
      ['甲:2'],
    );
    assert.notEqual(call.to.visit.script, script);
  });

  test('anytime branches are taken where a reply is awaited, and are not on the way', () => {
    const text = '【随时】\n客户（投诉） → 转人工\n客户（咨询）：什么\n→ 返回\n【甲】\n坐席：好。\n客户（其他） → 结束';
    const edges = edgesOf(graph(text));
    assert.ok(edges.includes('甲:wait call first 随时 anytime:wait'), edges.join('\n'));
    assert.ok(edges.includes('随时 anytime:3 jump 随时 anytime:return'));
    assert.equal(graph(text).entries[0]?.point.visit.node.heading?.line.name.text, '甲');
  });

  test('on one-way channels every node is a message of its own', () => {
    const { entries } = graph('---\n渠道: 短信\n---\n【甲】\n坐席：好。\n【乙】\n坐席：好。\n客户（其他） → 结束');
    assert.equal(entries.length, 2);
    assert.ok(
      edgesOf(graph('---\n渠道: 短信\n---\n【甲】\n坐席：好。\n【乙】\n坐席：好。')).includes(
        '甲:exit next first 甲:sent',
      ),
    );
  });

  test('a shared file is entered where others name it', () => {
    const { snapshot } = fixture(
      '//- 主.huashu\n【甲】\n插入：公共/乙\n→ 公共/丙\n//- 公共.huashu\n【前】\n结束：完成\n【乙】\n→ 返回\n【丙】\n结束：完成',
    );
    const shared = snapshot.scripts.find(({ uri }) => uri.includes(encodeURIComponent('公共')));
    assert.ok(shared);
    assert.deepEqual(
      graphOf(shared, snapshot).entries.map(({ point }) => name(point)),
      ['前:entry', '乙 inserted:entry', '丙:entry'],
    );
  });
});

suite('conditions', () => {
  const leftOver = (guards: string, head = days): boolean =>
    reached(`${head}【甲】\n${guards}\n→ 丙\n【乙】\n结束：完成\n【丙】\n结束：完成`).includes('丙');

  test('guards that cover all cases leave no path', () => {
    for (const guards of [
      '若：老客户 → 乙\n若：非 老客户 → 乙',
      '若：老客户 等于 是 → 乙\n若：老客户 不等于 是 → 乙',
      '若：天数 大于 60 → 乙\n若：天数 小于等于 60 → 乙',
      '若：天数 大于 60 → 乙\n若：天数 小于 61 → 乙',
      '若：天数 大于 60 且 老客户 → 乙\n若：天数 大于 60 且 非 老客户 → 乙\n若：天数 小于等于 60 → 乙',
      '若：天数 大于等于 1 → 乙',
      '若：天数 小于 60 或 天数 大于 50 → 乙',
    ])
      assert.ok(!leftOver(guards), guards);
  });

  test('guards that leave a gap leave a path', () => {
    for (const guards of [
      '若：天数 大于 60 → 乙\n若：天数 小于 60 → 乙',
      '若：天数 大于 60 → 乙\n若：老客户 → 乙',
      '若：老客户 → 乙\n记录：老客户 = 客户所述\n若：非 老客户 → 乙',
      '若：天数 大于 很多 → 乙\n若：天数 小于 很多 → 乙',
      '若：没有声明 大于 → 乙',
    ])
      assert.ok(leftOver(guards), guards);
  });

  test('dates, times, texts and enums are divided as well', () => {
    const head =
      '---\n变量:\n  日期: {类型: 日期, 样例: 2026-06-01}\n  档位: {类型: 枚举, 取值: [低, 中, 高], 样例: 低}\n  城市: {类型: 文本, 样例: 上海}\n---\n';
    assert.ok(!leftOver('若：日期 大于 2026-06-01 → 乙\n若：日期 小于等于 2026-6-1 → 乙', head));
    assert.ok(!leftOver('若：档位 等于 低 → 乙\n若：档位 等于 中 → 乙\n若：档位 等于 高 → 乙', head));
    assert.ok(leftOver('若：档位 等于 低 → 乙\n若：档位 等于 中 → 乙', head));
    assert.ok(!leftOver('若：城市 等于 上海 → 乙\n若：城市 不等于 上海 → 乙', head));
    assert.ok(leftOver('若：城市 等于 上海 → 乙\n若：城市 等于 北京 → 乙', head));
    // Nobody knows what comes after “soon”, but it is the same every time.
    assert.ok(!leftOver('若：日期 大于 不久 → 乙\n若：日期 小于等于 不久 → 乙', head));
  });

  test('too many variables become free and hide no path', () => {
    const names = Array.from({ length: 12 }, (_, index) => `变量${index}`);
    const head = `---\n变量:\n${names.map((each) => `  ${each}: {类型: 布尔, 样例: 是}`).join('\n')}\n---\n`;
    const pairs = names.map((each) => `若：${each} → 乙\n若：非 ${each} → 乙`);
    assert.ok(leftOver(names.map((each) => `若：${each} → 乙`).join('\n'), head));
    assert.ok(!leftOver(pairs.join('\n'), head));
  });
});

suite('what is reached', () => {
  test('an insertion comes back to where it was made, and nowhere else', () => {
    assert.deepEqual(
      reached(
        '【甲】\n插入：共\n→ 乙\n【乙】\n结束：完成\n【丙】\n插入：共\n→ 丁\n【丁】\n结束：完成\n【共】\n坐席：好。',
      ),
      ['甲', '乙', '共'],
    );
  });

  test('recursion ends', () => {
    assert.deepEqual(reached('【甲】\n插入：甲\n→ 乙\n【乙】\n结束：完成'), ['甲']);
    assert.deepEqual(reached('【甲】\n客户（愿意）：好\n插入：甲\n→ 乙\n客户（其他）：不\n【乙】\n结束：完成'), [
      '甲',
      '乙',
    ]);
  });

  test('repeating comes to the branch 其他 after two times, and a witness goes round as often', () => {
    const { script, snapshot } = fixture(
      '【甲】\n坐席：好？\n客户（没听清） → 重复\n客户（其他）：不\n坐席：谢谢。\n结束：完成',
    );
    const paths = pathsOf(script, snapshot);
    const [thanks] = paths.graph.at(script.tree.lines[4]!);
    const round = paths.valuations.counted('other', paths.valuations.all);
    const way = paths.witness(thanks!, { among: round });
    assert.deepEqual(
      way.flatMap(({ kind, placed }) => (kind === 'line' ? [placed?.index] : [])),
      [1, 2, 1, 2, 1, 2, 3, 4],
    );
  });
});
