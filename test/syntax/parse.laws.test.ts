import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Tree } from '../../server/src/syntax/tree.ts';
import { pieces, randomOf } from '../chance.ts';
import { liveBytes } from '../liveBytes.ts';

const samples = join(import.meta.dirname, '../../samples');
const scripts = readdirSync(samples, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.huashu'))
  .map((name) => readFileSync(join(samples, name), 'utf8'));

/** All that a tree says. */
function plain({ source, frontMatter, lines, nodes, scenarios, lineCount }: Tree): unknown {
  return {
    source,
    frontMatter,
    lines,
    lineCount,
    nodes: nodes.map((node) => [node.heading, node.lead, node.branches, node.lines, node.span]),
    scenarios: scenarios.map(({ heading, lines: below, span }) => [heading, below, span]),
  };
}

suite('parser, after an edit', () => {
  test('the tree is the one of the whole text, whatever was typed where', () => {
    const random = randomOf(11);
    const piece = (): string => pieces[random(pieces.length)] as string;
    for (const start of [
      ...scripts,
      '',
      '---\n角色：{张三：坐席}\n---\n张三：您好',
      '\r\n\r\n坐席：甲\r\n【乙】\r\n',
      '---\r\n标题：甲\r\n---\r\n\r\n【乙】\r\n坐席：甲\r\n\r\n用例：丙\r\n客户说：丁\r\n',
    ]) {
      let source = start;
      let tree: Tree = parse(source);
      for (let step = 0; step < 150; step++) {
        const from = random(source.length + 1);
        const to = Math.min(source.length, from + (random(3) === 0 ? random(60) : random(3)));
        const typed = random(4) === 0 ? '' : Array.from({ length: 1 + random(3) }, piece).join('');
        source = source.slice(0, from) + typed + source.slice(to);
        // What was replaced is known or not, or as much as more than that.
        const more = random(3) === 0 ? random(5) : 0;
        const replaced = { start: Math.max(0, from - more), end: Math.min(tree.source.length, to + more) };
        tree = parse(source, tree, random(2) === 0 ? undefined : replaced);
        assert.deepEqual(plain(tree), plain(parse(source)), JSON.stringify(source));
        for (let index = -1; index <= tree.lineCount; index++) assert.equal(tree.line(index), tree.lines[index]);
        for (const { start: at, end, index } of tree.lines)
          assert.deepEqual([tree.lineAt(at).index, tree.lineAt(end).index], [index, index]);
        const covered = tree.lines.map(({ start: at, end }) => source.slice(at, end));
        assert.deepEqual(covered, source.split(/\r\n|\r|\n/), JSON.stringify(source));
      }
    }
  }).timeout(30_000);

  test('in turn at the beginning, at the end, over line ends and around each line', () => {
    const start =
      '---\n标题：甲\n---\n# 备注\n【乙】\r\n坐席：甲{称呼}\r\n\r\n客户（其他）→ 丙\r用例：丁\n客户说：其他\n';
    const tree = parse(start);
    for (const typed of ['', '的', '\n', '\r', '\r\n', '【戊】\n', '\n用例：己', '---\n'])
      for (let from = 0; from <= start.length; from++)
        for (const to of [from, from + 1, from + 2, start.length]) {
          const source = start.slice(0, from) + typed + start.slice(to);
          const end = Math.min(to, start.length);
          assert.deepEqual(
            plain(parse(source, tree, { start: from, end })),
            plain(parse(source)),
            JSON.stringify(source),
          );
        }
  });

  test('of two texts with nothing in common, or everything', () => {
    const [one, other] = scripts as [string, string];
    assert.deepEqual(plain(parse(one, parse(other))), plain(parse(one)));
    const tree = parse(one);
    const again = parse(one, tree);
    assert.deepEqual(plain(again), plain(tree));
    assert.equal(again.nodes[0], tree.nodes[0]);
  });

  test('lines and nodes above a change are the same objects, and lines below keep what they say', () => {
    const source = '【甲】\n坐席：一\n【乙】\n坐席：二\n【丙】\n坐席：三\n';
    const before = parse(source);
    const after = parse(source.replace('二', '二二'), before);
    assert.equal(after.nodes[0], before.nodes[0]);
    assert.notEqual(after.nodes[1], before.nodes[1]);
    assert.equal(after.lines[5]?.line, before.lines[5]?.line);
    assert.equal(after.lines[5]?.start, (before.lines[5]?.start ?? 0) + 1);
  });

  test('no earlier state of the text is kept alive by the lines that were written in it', () => {
    let source = '坐席：您好，这里是某某银行信用卡中心，请问您现在方便吗？\n'.repeat(5_000);
    let tree = parse(source);
    const before = liveBytes();
    for (let edit = 0; edit < 200; edit++) {
      const at = (tree.lines[edit * 20]?.end ?? 0) - 1;
      // A text of its own, as an editor's changes make it.
      source = Buffer.from(`${source.slice(0, at)}吗${source.slice(at)}`).toString();
      tree = parse(source, tree);
    }
    const grown = liveBytes() - before;
    assert.ok(grown < 5_000_000, `${grown} bytes for texts of ${2 * source.length}`);
  });
});
