import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import { renameFiles } from '../../server/src/features/renameFiles.ts';
import { fixture, uriOf } from '../fixture.ts';

/** The changed texts, by file, when these files or folders get these new names. */
function afterMoves(text: string, moves: { readonly [from: string]: string }): { readonly [name: string]: string } {
  const { context } = fixture(text);
  const files = Object.entries(moves).map(([from, to]) => ({ oldUri: uriOf(from), newUri: uriOf(to) }));
  const changes = Object.entries(renameFiles.run(context, { files })?.changes ?? {});
  return Object.fromEntries(
    changes.map(([uri, edits]) => {
      const script = context.snapshot.script(uri)!;
      const spans = edits.map(({ range, newText }) => ({
        start: script.text.offsetAt(range.start),
        end: script.text.offsetAt(range.end),
        newText,
      }));
      return [decodeURIComponent(uri.slice('file:///w/'.length)), applyEdits(script.source, spans)];
    }),
  );
}

suite('renaming files', () => {
  const files =
    '//- a.huashu\n【甲】\n客户（其他）：好 → 公共／渠道\n插入：公共/渠道\n→ 甲\n用例：一\n期望：公共/渠道\n//- 公共.huashu\n【渠道】\n→ a/甲';

  test('targets, insertions and expectations follow, in the author’s own writing', () => {
    assert.deepEqual(afterMoves(files, { '公共.huashu': '共用.话术' }), {
      'a.huashu': '【甲】\n客户（其他）：好 → 共用／渠道\n插入：共用/渠道\n→ 甲\n用例：一\n期望：共用/渠道',
    });
  });

  test('a script that moves still finds the others, and they find it', () => {
    assert.deepEqual(afterMoves(files, { '公共.huashu': 'sub/公共.huashu' }), {
      'a.huashu': '【甲】\n客户（其他）：好 → sub/公共／渠道\n插入：sub/公共/渠道\n→ 甲\n用例：一\n期望：sub/公共/渠道',
    });
    assert.deepEqual(afterMoves(files, { 'a.huashu': 'sub/a.huashu' }), { '公共.huashu': '【渠道】\n→ sub/a/甲' });
  });

  test('a folder takes its scripts along', () => {
    const text = '//- a.huashu\n→ sub/b/乙\n//- sub/b.huashu\n【乙】\n→ c/丙\n//- sub/c.huashu\n【丙】';
    assert.deepEqual(afterMoves(text, { sub: '共用' }), { 'a.huashu': '→ 共用/b/乙' });
  });

  test('a nearer file of the same name is not taken for it', () => {
    const text = '//- sub/a.huashu\n→ 公共/甲\n//- sub/x.huashu\n【甲】\n//- 公共.huashu\n【甲】';
    assert.deepEqual(afterMoves(text, { 'sub/x.huashu': 'sub/公共.huashu' }), { 'sub/a.huashu': '→ ../公共/甲' });
  });

  test('nothing is changed where nothing needs to be, or nothing can be', () => {
    assert.deepEqual(afterMoves(files, { 'x.huashu': 'y.huashu' }), {});
    assert.deepEqual(afterMoves(files, { '公共.huashu': '公共.话术' }), {});
    assert.deepEqual(afterMoves(files, { '公共.huashu': '公共.txt' }), {});
    assert.deepEqual(afterMoves(files, { '公共.huashu': 'a→b.huashu' }), {});
  });
});
