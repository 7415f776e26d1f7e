import assert from 'node:assert/strict';
import type { Edit } from '../../server/src/base/edit.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { safeFixes } from '../../server/src/rules/safeFixes.ts';

const finding = (safe: boolean, ...edits: readonly Edit[]): Finding => ({
  rule: 'unknown-line',
  category: 'unknown-line',
  severity: 'error',
  start: edits[0]?.start ?? 0,
  end: edits[0]?.end ?? 0,
  message: { zh: '', en: '' },
  sources: [],
  related: [],
  fixes: () => [{ title: { zh: '', en: '' }, safe, edits }],
});
const edit = (start: number, end: number, uri?: string): Edit => ({ start, end, newText: 'x', ...(uri && { uri }) });

/** The places that are edited, by file. */
function edited(findings: { readonly [uri: string]: readonly Finding[] }): unknown {
  const { edits } = safeFixes(new Map(Object.entries(findings)));
  return [...edits].map(([uri, list]) => [uri, list.map(({ start, end }) => [start, end])]);
}

suite('safe fixes', () => {
  test('only those that are safe', () => {
    assert.deepEqual(edited({ a: [finding(true, edit(0, 1)), finding(false, edit(5, 6))] }), [['a', [[0, 1]]]]);
  });

  test('of those that overlap or touch, the first', () => {
    const found = [edit(0, 3), edit(2, 5), edit(3, 4), edit(5, 5), edit(5, 5), edit(7, 8)];
    assert.deepEqual(edited({ a: found.map((each) => finding(true, each)) }), [
      [
        'a',
        [
          [0, 3],
          [5, 5],
          [7, 8],
        ],
      ],
    ]);
  });

  test('all edits of a fix or none of them', () => {
    assert.deepEqual(edited({ a: [finding(true, edit(0, 1)), finding(true, edit(8, 9), edit(0, 1))] }), [
      ['a', [[0, 1]]],
    ]);
  });

  test('other files too, but none that nobody asked for', () => {
    assert.deepEqual(edited({ a: [finding(true, edit(0, 1, 'b'))], b: [finding(true, edit(1, 2))] }), [
      ['b', [[0, 1]]],
    ]);
    assert.deepEqual(edited({ a: [finding(true, edit(0, 1, 'c'))] }), []);
  });

  test('what is suppressed stays', () => {
    assert.deepEqual(edited({ a: [{ ...finding(true, edit(0, 1)), suppressed: { reason: 'x' } }] }), []);
  });
});
