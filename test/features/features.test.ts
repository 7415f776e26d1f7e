import assert from 'node:assert/strict';
import type { Position } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions } from '../../server/src/features/codeActions.ts';
import { definition } from '../../server/src/features/definition.ts';
import { diagnosticsOf } from '../../server/src/features/diagnostics.ts';
import { documentSymbols } from '../../server/src/features/documentSymbols.ts';
import { folding } from '../../server/src/features/folding.ts';
import { features } from '../../server/src/features/index.ts';
import { references } from '../../server/src/features/references.ts';
import { fixture, fragmentFindings, uriOf } from '../fixture.ts';

function at(text: string): { uri: string; position: Position; context: ReturnType<typeof fixture>['context'] } {
  const { script, cursor, context } = fixture(text);
  return { uri: script.uri, position: script.text.positionAt(cursor), context };
}

suite('diagnostics', () => {
  test('carry code, source, severity, page and tags', () => {
    const { script, context } = fixture(
      '---\n变量:\n  卡号: {类型: 文本, 样例: 1234}\n---\n【开场】\n坐席：再挂电话我就找人打断你的腿。',
    );
    const found = diagnosticsOf(script, { ...context, docs: 'file:///docs/rules/' });
    assert.deepEqual(
      found.map(({ code, source, severity, tags, codeDescription }) => [
        code,
        source,
        severity,
        tags,
        codeDescription?.href,
      ]),
      [
        ['unused-variable', 'huashu', 2, [1], 'file:///docs/rules/zh-CN/unused-variable.md#unused-variable'],
        [
          'cn/no-threat-of-violence',
          'huashu',
          1,
          undefined,
          'file:///docs/rules/zh-CN/threat-violence.md#cn-no-threat-of-violence',
        ],
      ],
    );
  });
});

suite('code actions', () => {
  const actionsAt = (text: string) => {
    const { script, context, cursor } = fixture(text);
    const position = script.text.positionAt(cursor);
    return {
      script,
      actions: codeActions.run(context, {
        textDocument: { uri: script.uri },
        range: { start: position, end: position },
        context: { diagnostics: [] },
      }),
    };
  };

  test('a flagged line gets compliant wording, and is clean afterwards', () => {
    const { script, actions } = actionsAt('【开场】\n坐席：再挂电话我就找人打$0断你的腿。');
    const [first] = actions;
    assert.ok(first?.isPreferred);
    const mended = TextDocument.applyEdits(script.text, first.edit!.changes![script.uri]!);
    assert.deepEqual(fragmentFindings(mended), []);
  });

  test('a rule that may be suppressed offers it, with the reason left open', () => {
    const { script, actions } = actionsAt('【开场】\n坐席：您已经产生了滞$0纳金。');
    const suppress = actions.find(({ title }) => title.startsWith('豁免'));
    assert.match(
      TextDocument.applyEdits(script.text, suppress!.edit!.changes![script.uri]!),
      /\n豁免：cn\/[a-z-]+，原因：(，审批：)?\n坐席/,
    );
    assert.equal(
      actionsAt('【开场】\n坐席：再挂电话我就找人打$0断你的腿。').actions.some(({ title }) => title.startsWith('豁免')),
      false,
    );
  });

  test('a missing node in another file is created there', () => {
    const { actions } = actionsAt('//- a.huashu\n【甲】\n→ 公共/没$0有\n//- 公共.huashu\n【告知渠道】\n坐席：好。');
    assert.deepEqual(Object.keys(actions.find(({ title }) => title.startsWith('新建'))!.edit!.changes!), [
      uriOf('公共.huashu'),
    ]);
  });
});

suite('navigation', () => {
  const two = '//- a.huashu\n【甲】\n→ 公共/告$0知渠道\n→ 甲\n//- 公共.huashu\n【告知渠道】\n坐席：好。\n→ 告知渠道';

  test('from a jump to its node, in this file and others', () => {
    const { uri, position, context } = at(two);
    assert.deepEqual(definition.run(context, { textDocument: { uri }, position }), {
      uri: uriOf('公共.huashu'),
      range: { start: { line: 0, character: 1 }, end: { line: 0, character: 5 } },
    });
  });

  test('every jump to a node', () => {
    const { uri, position, context } = at(two);
    const found = references.run(context, { textDocument: { uri }, position, context: { includeDeclaration: true } });
    assert.deepEqual(
      found!.map((each) => [each.uri === uriOf('公共.huashu'), each.range.start.line]),
      [
        [true, 0],
        [false, 1],
        [true, 2],
      ],
    );
  });

  test('expectations of scenarios name nodes as well', () => {
    const expecting =
      '//- a.huashu\n【甲】\n插入：公共/告知渠道\n\n用例：乙\n期望：甲、公共/告$0知渠道\n//- 公共.huashu\n【告知渠道】\n坐席：好。';
    const { uri, position, context } = at(expecting);
    assert.deepEqual(definition.run(context, { textDocument: { uri }, position }), {
      uri: uriOf('公共.huashu'),
      range: { start: { line: 0, character: 1 }, end: { line: 0, character: 5 } },
    });
    const found = references.run(context, { textDocument: { uri }, position, context: { includeDeclaration: false } });
    assert.deepEqual(
      found!.map(({ range: { start, end } }) => [start.line, start.character, end.character]),
      [
        [1, 6, 10],
        [4, 8, 12],
      ],
    );
  });

  test('from a variable to its declaration, or to the line that records it', () => {
    const declared = at('---\n变量:\n  天数: {类型: 整数, 样例: 1}\n---\n【甲】\n坐席：{天$0数}');
    assert.equal(
      definition.run(declared.context, { textDocument: { uri: declared.uri }, position: declared.position })?.range
        .start.line,
      2,
    );
    const recorded = at('【甲】\n坐席：{还款$0日}\n记录：还款日 = 客户所述');
    assert.equal(
      definition.run(recorded.context, { textDocument: { uri: recorded.uri }, position: recorded.position })?.range
        .start.line,
      2,
    );
    const uses = references.run(recorded.context, {
      textDocument: { uri: recorded.uri },
      position: recorded.position,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      uses!.map(({ range }) => range.start.line),
      [2, 1],
    );
  });
});

suite('structure of the file', () => {
  const text =
    '---\n渠道: 电话\n---\n【开场】 录音告知\n坐席：您好。\n客户（其他）：好\n坐席：好的。\n\n【结尾】\n坐席：再见。\n\n用例：一\n期望：开场\n';

  test('the outline reads like a table of contents', () => {
    const { script, context } = fixture(text);
    const outline = documentSymbols.run(context, { textDocument: { uri: script.uri } });
    assert.deepEqual(
      outline.map(({ name, detail, children }) => [name, detail, children?.map((each) => each.name)]),
      [
        ['开场', '自报身份、录音告知', ['其他']],
        ['结尾', undefined, []],
        ['一', '用例', undefined],
      ],
    );
  });

  test('a reply says where it leads: its target, or how what follows it ends', () => {
    const { script, context } = fixture(
      '【甲】\n坐席：可以吗？\n客户（愿意还款） → 乙\n客户（有困难）\n坐席：好的。\n结束：困难登记\n\n客户（拒绝）\n坐席：好。\n→ 乙\n客户（其他）\n坐席：好。\n【乙】\n坐席：好。',
    );
    const [node] = documentSymbols.run(context, { textDocument: { uri: script.uri } });
    assert.deepEqual(
      node!.children!.map(({ name, detail }) => [name, detail]),
      [
        ['愿意还款', '→ 乙'],
        ['有困难', '结束：困难登记'],
        ['拒绝', '→ 乙'],
        ['其他', undefined],
      ],
    );
  });

  test('front matter, nodes, branches and scenarios fold', () => {
    const { script, context } = fixture(text);
    const ranges = folding.run(context, { textDocument: { uri: script.uri } });
    assert.deepEqual(
      ranges.map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [0, 2],
        [3, 6],
        [5, 6],
        [8, 9],
        [11, 12],
      ],
    );
  });
});

test('no two features promise the same capability', () => {
  const keys = features.flatMap(({ capability }) => Object.keys(capability));
  assert.equal(new Set(keys).size, keys.length);
});
