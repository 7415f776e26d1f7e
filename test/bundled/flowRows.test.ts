import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point } from '../../server/src/flow/graph.ts';
import { runScenario } from '../../server/src/flow/scenario.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { followFlow, type Violation } from '../../server/src/rules/flow/violations.ts';
import { isLine } from '../../server/src/syntax/tree.ts';
import { today } from '../fixture.ts';
import { bundledSet } from '../packs.ts';
import { changed, findingsIn, mendings, opened, type Row, readRows, samples } from './flowRows.ts';

const rows = readRows(readFileSync(join(import.meta.dirname, 'flowRows.txt'), 'utf8'));

/** What a row is about, for whoever reads the output: the rule, the line, what becomes of it, and the fixes. */
function told({ rule, sample, changes }: Row, numbers: readonly number[], fixes: readonly string[]): string {
  const lines = changes.flatMap(({ line, becomes }, index) => [
    `      ${(numbers[index] ?? 0) + 1} - ${line}`,
    ...becomes.map((text) => `      ${' '.repeat(String((numbers[index] ?? 0) + 1).length)} + ${text}`),
  ]);
  const mended = fixes.length > 0 ? fixes.map((title) => `      ✎ ${title}`) : ['      no fix'];
  return [`    ${rule}  ${sample}`, ...lines, ...mended].join('\n');
}

/** What has to be said, and what has to be given, so that a conversation takes a way. */
function scenarioFor(way: readonly Point[], given: string): string {
  const replies = way.flatMap(({ placed, visit }, index): string[] => {
    // Behind two repetitions 其他 is taken without a word.
    if (!placed || !isLine(placed, 'branch') || way[index - 1]?.kind === 'line') return [];
    const { category, examples, speaker } = placed.line;
    const same = visit.node.branches.filter(({ branch }) => branch.line.category.text === category.text);
    const reply = same.length > 1 ? (examples[0]?.text ?? category.text) : category.text;
    return [`${speaker === 'third-party' ? '第三方' : '客户'}说：${reply}`];
  });
  return ['', '', '用例：重放', ...(given === '' ? [] : [`设定：${given}`]), ...replies, ''].join('\n');
}

/** The conversation that the scenario machinery plays with the replies of a way, as the lines that it comes to. */
function replayed(way: readonly Point[], { sample }: Row, source: string, given: string): readonly string[] {
  const { script, snapshot } = opened(sample, source + scenarioFor(way, given));
  const scenario = script.tree.scenarios.at(-1)!;
  const { steps, failures } = runScenario(scenario, script, snapshot);
  return failures.length > 0 ? [] : linesOf(steps.map(({ point }) => point));
}

function linesOf(points: readonly Point[]): string[] {
  return points.flatMap(({ kind, placed, visit: { script } }) =>
    kind === 'line' && placed ? [`${script.uri} ${placed.index}`] : [],
  );
}

/** The ways that the samples’ guards can go. */
const givens = ['', '有分期协议 = 是', '有分期协议 = 否', 'on_plan = yes', 'on_plan = no'];

function checkWay({ point, way }: Violation, row: Row, source: string, isOneWay: boolean): void {
  const points = way();
  assert.ok(points.length > 0, 'there is no way');
  assert.ok(points.includes(point), 'the way does not lead there');
  if (isOneWay) return;
  const lines = linesOf(points);
  const isPlayed = givens.some((given) => lines.every((line, at) => replayed(points, row, source, given)[at] === line));
  assert.ok(isPlayed, `no conversation goes ${lines.map((line) => line.replace(/^.* /, '')).join(' ')}`);
}

suite('one changed line brings one finding, and the fix makes the script clean again', function () {
  this.timeout(60_000);
  const table: string[] = [];
  suiteTeardown(() => console.log(`\n${table.join('\n')}\n`));

  test('every rule about the flow has a row', () => {
    const named = new Set(rows.map(({ rule }) => rule));
    const rules = bundledSet.flow.map(({ id }) => id);
    assert.deepEqual(
      rules.filter((id) => !named.has(id)),
      [],
    );
    assert.deepEqual(
      [...named].filter((id) => !rules.includes(id)),
      [],
    );
  });

  for (const row of rows) {
    test(`${row.rule} in ${row.sample}`, () => {
      const rule = bundledSet.flow.find(({ id }) => id === row.rule)!;
      assert.deepEqual(
        findingsIn(row.sample, samples.get(row.sample)!).map((each) => each.rule),
        [],
      );
      const { source, numbers } = changed(row);
      const rulesOf = (all: readonly Finding[]): string[] =>
        all.flatMap((each) => (each.rule === row.also ? [] : each.rule));
      const found = findingsIn(row.sample, source);
      assert.ok(found.length > 0, 'nothing is found');
      assert.deepEqual([...new Set(rulesOf(found))], [row.rule]);

      const mended = mendings(row.rule, row.sample, source);
      table.push(
        told(
          row,
          numbers,
          mended.map(({ title }) => title),
        ),
      );
      assert.ok(rule.fixes.length === 0 || mended.length > 0, 'no fix is offered');
      const clean = mended.filter(({ findings }) => rulesOf(findings).length === 0);
      if (row.reservation) assert.ok(clean.length > 0, 'no fix makes the script clean');
      else
        assert.deepEqual(
          mended.map(({ title, findings }) => `${title}: ${rulesOf(findings).join()}`),
          mended.map(({ title }) => `${title}: `),
        );

      if (rule.kind === 'limits') return;
      const { script, snapshot } = opened(row.sample, source);
      const { violations, paths } = followFlow(script, snapshot, bundledSet, today, [rule]);
      assert.ok(found.every(({ path }) => path && path.length > 0));
      const starts = new Set(
        violations.map(({ way }) => way().some(({ placed }) => placed && isLine(placed, 'branch'))),
      );
      if (starts.has(true)) assert.ok(found.some(({ related }) => related.length > 0));
      for (const violation of violations) checkWay(violation, row, source, paths.graph.oneWay);
    });
  }
});
