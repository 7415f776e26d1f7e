import assert from 'node:assert/strict';
import { documentHighlights } from '../../server/src/features/documentHighlights.ts';
import { documentLinks } from '../../server/src/features/documentLinks.ts';
import { references } from '../../server/src/features/references.ts';
import { selectionRanges } from '../../server/src/features/selectionRanges.ts';
import { workspaceSymbols } from '../../server/src/features/workspaceSymbols.ts';
import { fixture, uriOf } from '../fixture.ts';

function highlights(text: string): string[] {
  const { script, cursor, context } = fixture(text);
  const position = script.text.positionAt(cursor);
  const found = documentHighlights.run(context, { textDocument: { uri: script.uri }, position }) ?? [];
  return found.map(
    ({ range, kind }) => `${kind === 3 ? 'write' : 'read'} ${range.start.line} ${script.text.getText(range)}`,
  );
}

suite('document highlights', () => {
  test('of a node: its heading and what leads there', () => {
    assert.deepEqual(highlights('//- a.huashu\n【甲】\n→ 甲$0\n插入：b/甲\n//- b.huashu\n【甲】\n→ 甲'), [
      'write 0 甲',
      'read 1 甲',
    ]);
  });

  test('of a variable: where it gets its value, and where it is used', () => {
    const text =
      '---\n变量:\n  天数: {类型: 整数, 样例: 1}\n---\n【甲】\n坐席：{天$0数}\n记录：天数 = 三\n\n用例：一\n设定：天数 = 3';
    assert.deepEqual(highlights(text), ['write 2 天数', 'read 5 天数', 'write 6 天数', 'write 9 天数']);
  });

  test('of a declared role', () => {
    assert.deepEqual(highlights('---\n角色: {小王: 坐席}\n---\n【甲】\n小$0王：好。'), ['write 1 小王', 'read 4 小王']);
  });
});

test('references to a declared role', () => {
  const { script, cursor, context } = fixture(
    '---\n角色: {家$0属: 第三方}\n---\n【甲】\n家属（其他） → 甲\n用例：一\n家属说：其他',
  );
  const position = script.text.positionAt(cursor);
  const found = references.run(context, {
    textDocument: { uri: script.uri },
    position,
    context: { includeDeclaration: false },
  });
  assert.deepEqual(
    found?.map(({ range }) => range.start.line),
    [4, 6],
  );
});

test('document links lead to files that exist', () => {
  const { script, context } = fixture(
    '//- a.huashu\n---\n规则包: [cn-credit-card, ./本行.yaml]\n---\n【甲】\n→ 公共/渠道\n插入：公共/没有\n→ 没有/渠道\n→ 甲\n//- 公共.huashu\n【渠道】',
  );
  const links = documentLinks.run(context, { textDocument: { uri: script.uri } });
  assert.deepEqual(
    links.map(({ range, target }) => [range.start.line, script.text.getText(range), target]),
    [
      [1, './本行.yaml', uriOf('本行.yaml')],
      [4, '公共', uriOf('公共.huashu')],
      [5, '公共', uriOf('公共.huashu')],
    ],
  );
});

suite('workspace symbols', () => {
  const files =
    '//- a.huashu\n---\n话术: 首次提醒\n---\n【确认身份】\n【说明目的】\n//- sub/b.huashu\n【身份不明】\n【Plan B】';
  const found = (query: string): string[] =>
    workspaceSymbols
      .run(fixture(files).context, { query })
      .map(({ name, containerName }) => `${containerName} ${name}`);

  test('the nodes of all scripts, with the titles of the scripts', () => {
    assert.deepEqual(found(''), ['首次提醒 确认身份', '首次提醒 说明目的', 'b 身份不明', 'b Plan B']);
  });

  test('best matches first: the beginning, inside, spread over the name', () => {
    assert.deepEqual(found('身份'), ['b 身份不明', '首次提醒 确认身份']);
    assert.deepEqual(found('说目'), ['首次提醒 说明目的']);
    assert.deepEqual(found('planb'), ['b Plan B']);
    assert.deepEqual(found('无此节点'), []);
  });
});

test('a selection grows from the name to the file', () => {
  const { script, cursor, context } = fixture('【甲】\n客户（其他）：好\n坐席：还有{天$0数}天。\n\n【乙】\n坐席：好。');
  const [range] =
    selectionRanges.run(context, {
      textDocument: { uri: script.uri },
      positions: [script.text.positionAt(cursor)],
    }) ?? [];
  const texts: string[] = [];
  for (let each = range; each; each = each.parent) texts.push(script.text.getText(each.range));
  assert.deepEqual(texts, [
    '天数',
    '{天数}',
    '还有{天数}天。',
    '坐席：还有{天数}天。',
    '客户（其他）：好\n坐席：还有{天数}天。',
    '【甲】\n客户（其他）：好\n坐席：还有{天数}天。',
    script.source,
  ]);
});
