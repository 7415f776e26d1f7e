import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../server/src/base/edit.ts';
import { alike } from '../../server/src/syntax/alike.ts';
import { parseCondition, variablesKnown } from '../../server/src/syntax/condition.ts';
import type { Line } from '../../server/src/syntax/line.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { print } from '../../server/src/syntax/print.ts';
import type { Tree } from '../../server/src/syntax/tree.ts';
import { pieces, randomOf } from '../chance.ts';

function formatted(source: string): string {
  return applyEdits(source, print(parse(source)));
}

/** Everything of a script that has a meaning: lines but blank ones, nodes, conditions, front matter. */
function meaningOf(tree: Tree): unknown {
  const variables = variablesKnown(tree);
  const indexes = new Map<number, number>();
  const lines = tree.lines.flatMap(({ line, index }): unknown[] => {
    if (line.kind === 'blank' || line.kind === 'front-matter') return [];
    indexes.set(index, indexes.size);
    return [wordsOf(line, variables)];
  });
  const numbers = (of: readonly { readonly index: number }[]): unknown =>
    of.flatMap(({ index }) => indexes.get(index) ?? []);
  const nodes = tree.nodes.map(({ heading, lead, branches }) => [
    heading && indexes.get(heading.index),
    numbers(lead),
    branches.map(({ branch, body }) => [indexes.get(branch.index), numbers(body)]),
  ]);
  const scenarios = tree.scenarios.map((each) => [indexes.get(each.heading.index), numbers(each.lines)]);
  const { frontMatter } = tree;
  return [lines, nodes, scenarios, frontMatter.lines, frontMatter];
}

function wordsOf(line: Line, variables: readonly string[]): unknown {
  if (line.kind !== 'guard') return line;
  return { ...line, condition: parseCondition(line.condition, variables).condition ?? line.condition };
}

function spoken(tree: Tree): string[] {
  return tree.lines.flatMap(({ line }) =>
    'speech' in line ? [line.speech.text] : line.kind === 'record' ? [line.value.text] : [],
  );
}

function assertLaws(source: string): void {
  const before = parse(source);
  const edits = print(before);
  let at = 0;
  for (const { start, end } of edits) {
    assert.ok(start >= at && end >= start, `edits overlap in ${JSON.stringify(source)}`);
    at = end;
  }
  const once = applyEdits(source, edits);
  const after = parse(once);
  const told = JSON.stringify([source, once]);
  assert.ok(alike(meaningOf(after), meaningOf(before)), `another meaning: ${told}`);
  assert.deepEqual(spoken(after), spoken(before), told);
  assert.equal(formatted(once), once, `not done at once: ${told}`);
}

const root = join(import.meta.dirname, '../..');
const scriptsBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.huashu'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
const samples = scriptsBelow('samples');
const scripts = [...samples, ...scriptsBelow('test/quality/flow')];

suite('canonical layout, for any text at all', () => {
  test('the samples are laid out so', () => {
    for (const source of samples) assert.equal(formatted(source), source);
  });

  test('the same meaning, the same speech, and done at once: scripts, and the beginnings of some', () => {
    for (const source of scripts) assertLaws(source);
    for (const source of samples)
      for (let length = 0; length < source.length; length += 97) assertLaws(source.slice(0, length));
  }).timeout(30_000);

  test('scripts with their signs in other widths and blanks anywhere', () => {
    const random = randomOf(7);
    const others: { readonly [sign: string]: string } = {
      '：': ':',
      '（': '(',
      '）': ')',
      '，': ',',
      '、': ',',
      '／': '/',
      '→': '->',
      '【': '[',
      '】': ']',
      ':': '：',
      '(': '（',
      ')': '）',
      ',': '，',
      '[': '［',
      ']': '】',
      '{': '｛',
      '}': '｝',
      '/': '／',
    };
    for (const source of scripts) {
      const mixed = source.replace(/[：（），、／→【】:(),[\]{}/\n]/g, (sign) => {
        const way = random(6);
        if (sign === '\n') return way === 0 ? '\n　' : way === 1 ? ' \n' : way === 2 ? '\n\n' : sign;
        return way < 2 ? (others[sign] ?? sign) : way === 2 ? ` ${sign}` : way === 3 ? `${sign} ` : sign;
      });
      assertLaws(mixed);
    }
  }).timeout(30_000);

  test('random texts', () => {
    const random = randomOf(1);
    for (let i = 0; i < 8_000; i++) {
      const front = random(4) === 0 ? '---\n' : '';
      assertLaws(front + Array.from({ length: 1 + random(24) }, () => pieces[random(pieces.length)]).join(''));
    }
  }).timeout(60_000);

  test('in linear time', () => {
    const time = (count: number): number => {
      const nodes = Array.from(
        { length: count },
        (_, i) =>
          `[节点${i}]步骤甲，步骤乙\n坐席:您好{工号}\n  若:天数大于${i}且非 结清->节点1\n客户(是本人):是我/我就是->节点2\n客户（其他）→ 节点3\n记录:日期${i % 9}=明天\n\n\n#备注 \n`,
      );
      const tree = parse(nodes.join(''));
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 5; i++) {
        const started = performance.now();
        print(tree);
        best = Math.min(best, performance.now() - started);
      }
      return best;
    };
    const [small, large] = [time(300), time(1200)];
    assert.ok(large < Math.max(200, small * 12), `${small.toFixed()} ms, ${large.toFixed()} ms`);
  });

  test('signs without end on one line', () => {
    for (const sign of ['坐席（', '客户（其他）：/', '若：“', '【【', '->', '豁免：，原因：', '设定：=,'])
      assertLaws(`${sign.repeat(1 + Math.floor(19_000 / sign.length))}\n`);
  }).timeout(10_000);
});
