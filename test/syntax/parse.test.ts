import assert from 'node:assert/strict';
import { parseCondition } from '../../server/src/syntax/condition.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { ScriptNode } from '../../server/src/syntax/tree.ts';

const script = `坐席：还没有标题
【开场】
坐席：您好。
客户（其他）：好
坐席：好的。
# 备注

客户（无应答） → 重复
【随时】
客户（要投诉） → 投诉

用例：一
客户说：其他
期望：结束
`;

suite('parser', () => {
  test('remarks and suppressions above the first heading are no node, but begin one that has lines', () => {
    const starts = (text: string): unknown =>
      parse(text).nodes.map(({ heading, span }) => [heading?.index, span.start]);
    assert.deepEqual(starts('# 备注\n豁免：cn/a，原因：甲\n豁免（全文）：cn/b，原因：甲\n【甲】'), [[3, 35]]);
    assert.deepEqual(starts('豁免（全文）：b，原因：甲\n豁免（本节）：a，原因：甲\n坐席：好\n【甲】'), [
      [undefined, 14],
      [3, 33],
    ]);
  });

  test('lines become nodes with a lead and branches, then scenarios', () => {
    const { nodes, scenarios } = parse(script);
    const outline = ({ heading, lead, branches }: ScriptNode): unknown => [
      heading?.line.name.text,
      lead.map(({ line }) => line.kind),
      branches.map(({ branch, body }) => [branch.line.category.text, body.map(({ line }) => line.kind)]),
    ];
    assert.deepEqual(nodes.map(outline), [
      [undefined, ['utterance'], []],
      [
        '开场',
        ['utterance'],
        [
          ['其他', ['utterance', 'remark', 'blank']],
          ['无应答', []],
        ],
      ],
      ['随时', [], [['要投诉', ['blank']]]],
    ]);
    assert.deepEqual(
      scenarios.map(({ heading, lines }) => [heading.line.name.text, lines.map(({ line }) => line.kind)]),
      [['一', ['says', 'expect', 'blank']]],
    );
  });

  test('every character belongs to exactly one line', () => {
    for (const source of [
      script,
      script.replaceAll('\n', '\r\n'),
      script.replaceAll('\n', '\r'),
      '',
      '\n',
      'a\r\n\rb\n',
      '\ufeff---\n',
    ]) {
      const { lines } = parse(source);
      let at = 0;
      for (const [index, { start, end }] of lines.entries()) {
        assert.equal(start, at);
        const lineEnd = /^(?:\r\n|\n|\r)?/.exec(source.slice(end))![0];
        assert.ok(lineEnd !== '' || index === lines.length - 1);
        at = end + lineEnd.length;
      }
      assert.equal(at, source.length);
    }
  });

  test('suppressions of the whole file and remarks make no node', () => {
    assert.equal(parse('# 备注\n豁免（全文）：x，原因：y\n\n【开场】\n坐席：您好。').nodes.length, 1);
  });

  test('any text at all parses', () => {
    const alphabet = [
      '【',
      '】',
      '（',
      '：',
      '→',
      '->',
      '客户',
      '坐席',
      '若',
      '豁免',
      '---',
      '\n',
      '\r\n',
      '{',
      '}',
      '，',
      '原因：',
      '“',
      ' ',
      '\u3000',
      '\ud83d',
      '\0',
      '#',
      '用例',
      '变量:',
      '  a: {',
    ];
    let seed = 7;
    const next = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let round = 0; round < 1500; round++) {
      const source = Array.from({ length: 40 }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
      const { lines, nodes } = parse(round % 3 === 0 ? `---\n${source}` : source);
      for (const { span } of nodes) assert.ok(span.start <= span.end);
      assert.ok(lines.length > 0);
    }
  });
});

suite('conditions', () => {
  const condition = (
    text: string,
    names: readonly string[] = ['逾期天数', '老客户', '是否老客户', 'days'],
  ): unknown => {
    const parsed = parseCondition({ text, start: 0, end: text.length }, names);
    return parsed.problems.length > 0 ? parsed.problems.map(({ kind }) => kind) : write(parsed.condition);
  };
  const write = (each: ReturnType<typeof parseCondition>['condition']): unknown => {
    if (!each) return undefined;
    if ('left' in each) return [write(each.left), each.kind, write(each.right)];
    if (each.kind === 'not') return ['not', write(each.operand)];
    return each.kind === 'holds' ? each.variable.text : `${each.variable.text} ${each.operator} ${each.value.text}`;
  };

  test('every spelling of a comparison', () => {
    for (const [operator, id] of [
      ['大于', '>'],
      ['>', '>'],
      ['＞', '>'],
      ['大于等于', '>='],
      ['≥', '>='],
      ['>=', '>='],
      ['不大于', '<='],
      ['等于', '=='],
      ['=', '=='],
      ['＝', '=='],
      ['==', '=='],
      ['不等于', '!='],
      ['≠', '!='],
      ['!=', '!='],
    ]) {
      assert.equal(condition(`逾期天数${operator}60`), `逾期天数 ${id} 60`, operator);
      assert.equal(condition(`逾期天数 ${operator} 60`), `逾期天数 ${id} 60`, operator);
    }
  });

  test('the longest declared name wins, and 非 binds tighter than 且 than 或', () => {
    assert.deepEqual(condition('是否老客户且逾期天数大于60'), ['是否老客户', 'and', '逾期天数 > 60']);
    assert.deepEqual(condition('非老客户 或 逾期天数>3 且 days < 5'), [
      ['not', '老客户'],
      'or',
      ['逾期天数 > 3', 'and', 'days < 5'],
    ]);
    assert.deepEqual(condition('days > 3 and not 老客户'), ['days > 3', 'and', ['not', '老客户']]);
  });

  test('an undeclared name ends at the comparison', () => {
    assert.equal(condition('还款次数大于3'), '还款次数 > 3');
  });

  test('what is missing is said', () => {
    assert.deepEqual(condition(''), ['empty']);
    assert.deepEqual(condition('逾期天数 大于'), ['missing-value']);
    assert.deepEqual(condition('逾期天数 60'), ['missing-operator', 'unexpected']);
    assert.deepEqual(condition('大于 60'), ['missing-variable', 'unexpected']);
    assert.ok(Array.isArray(condition('且'.repeat(1500))));
  });
});
