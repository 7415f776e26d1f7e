import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completion } from '../../server/src/features/completion.ts';
import { findingsOf, fixture, isAboutFlow } from '../fixture.ts';
import { bundledSet } from '../packs.ts';

function itemsAt(text: string): CompletionItem[] {
  const { script, cursor, context } = fixture(text);
  return completion.run(context, { textDocument: { uri: script.uri }, position: script.text.positionAt(cursor) }).items;
}

/** The labels that match what was typed, in the order in which the editor shows them. */
function labels(text: string): string[] {
  return itemsAt(text)
    .toSorted((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''))
    .map(({ label }) => label);
}

/** The text after an item is chosen; `$0` marks the cursor. */
function chosen(text: string, label: string): string {
  const { script } = fixture(text);
  const item = itemsAt(text).find((each) => each.label === label);
  assert.ok(item, `no item “${label}” among ${labels(text).join(' ')}`);
  const edits = [item.textEdit as TextEdit, ...(item.additionalTextEdits ?? [])];
  const result = TextDocument.applyEdits(script.text, edits);
  return item.insertTextFormat === 2 ? result.replace(/\\([\\$}])/g, '$1') : result;
}

/** What a step can keep by itself; what has to come before and after it, or elsewhere in the call, is up to the other steps. */
const isUpToTheStep = (rule: string): boolean =>
  !isAboutFlow(rule) ||
  bundledSet.flow.some(({ id, kind }) => id === rule && (kind === 'must-offer' || kind === 'forbids-after'));

suite('completion', () => {
  test('an empty line offers the standard steps in the order of the conversation, then what else a line can be', () => {
    const offered = labels('$0');
    assert.ok(offered.indexOf('【自报身份】') < offered.indexOf('【确认身份】'));
    assert.ok(offered.indexOf('【确认身份】') < offered.indexOf('【说明目的】'));
    assert.ok(offered.indexOf('【结束通话】') < offered.indexOf('坐席：'));
    for (const label of ['坐席：', '客户：', '客户（是本人）', '若：', '提示：', '豁免：', '用例：'])
      assert.ok(offered.includes(label), label);
  });

  test('steps that the script has already come after those that it lacks', () => {
    const offered = labels('【确认身份】\n坐席：请问是王先生吗？\n$0');
    assert.ok(offered.indexOf('【确认身份】') > offered.indexOf('【结束通话】'));
  });

  test('a step brings its whole template, which declares its variables and has no finding of its own', () => {
    for (const label of labels('$0').filter((each) => each.startsWith('【'))) {
      const text = chosen('---\n渠道: 电话\n---\n$0', label).replace('$0', '');
      const findings = findingsOf(text).filter(({ severity, rule }) => severity !== 'hint' && isUpToTheStep(rule));
      assert.deepEqual(
        findings.map(({ rule, message }) => `${rule}: ${message.zh}`),
        [],
        text,
      );
      assert.match(text, /\n(?:坐席|提示)：/);
    }
  });

  test('in an empty file the declarations come first and the template below them', () => {
    const text = chosen('$0', '【确认身份】');
    assert.match(text, /^---\n变量:\n {2}客户称呼: .*\n---\n\n【确认身份】\n/);
  });

  test('jumps of a template lead to nodes that the script has', () => {
    const text = chosen('---\n渠道: 电话\n---\n$0\n\n【来意】 说明目的\n坐席：打扰您了。', '【确认身份】');
    assert.match(text, /客户（是本人）：.* → 来意/);
  });

  test('half a name, an alias or an English name finds the step', () => {
    const filters = (text: string): string[] =>
      itemsAt(text)
        .filter((item) => item.label === '【确认身份】')
        .map(({ filterText }) => filterText ?? '');
    assert.deepEqual(filters('【确认$0'), ['【确认身份】']);
    assert.deepEqual(filters('核实$0'), ['核实身份']);
    assert.deepEqual(filters('Confirm$0'), ['Confirm identity']);
  });

  test('scripts with English keywords get English templates', () => {
    const text = chosen('title: x\n[Opening]\nAgent: 您好。\n$0', '[Confirm identity]');
    assert.match(text, /\[Confirm identity\]\n(?:Note: .*\n)*Agent: /);
    assert.match(text, /Customer \(Self\): /);
  });

  test('behind an arrow: nodes and built-in targets', () => {
    assert.deepEqual(labels('【开场】\n坐席：您好。\n→ $0\n\n【说明目的】\n坐席：打扰您了。'), [
      '开场',
      '说明目的',
      '结束',
      '重复',
      '返回',
      '转人工',
    ]);
    assert.equal(
      chosen('【开场】\n客户（其他）：好 → 说$0\n【说明目的】\n坐席：好。', '说明目的'),
      '【开场】\n客户（其他）：好 → 说明目的\n【说明目的】\n坐席：好。',
    );
    assert.ok(
      labels('//- a.huashu\n【甲】\n→ $0\n//- 公共.huashu\n【告知渠道】\n坐席：好。').includes('公共/告知渠道'),
    );
  });

  test('in braces: variables, and the closing brace where it is missing', () => {
    const head = '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n';
    assert.equal(chosen(`${head}坐席：逾期{逾$0`, '逾期天数'), `${head}坐席：逾期{逾期天数}`);
    assert.equal(chosen(`${head}坐席：逾期{$0}天`, '逾期天数'), `${head}坐席：逾期{逾期天数}天`);
    assert.ok(labels(`${head}坐席：{$0`).includes('工号'));
  });

  test('in a branch: reply categories; behind a heading: steps', () => {
    assert.ok(labels('【开场】\n客户（$0').includes('有异议'));
    assert.equal(chosen('【开场】 自报身份、录$0', '录音告知'), '【开场】 自报身份、录音告知');
  });

  test('in a suppression: rules that allow it, then the fields', () => {
    const rules = labels('【开场】\n豁免：$0');
    assert.ok(rules.includes('unused-variable'));
    assert.ok(rules.includes('cn/recording-before-substance'));
    assert.ok(!rules.includes('cn/no-threat-of-violence'));
    assert.deepEqual(labels('【开场】\n豁免：unused-variable，$0'), ['原因：', '审批：', '至：']);
  });

  test('prose is left alone', () => {
    assert.deepEqual(labels('【开场】\n坐席：您好，$0'), []);
    assert.deepEqual(labels('# 备注$0'), []);
    assert.deepEqual(labels('【开场】\n客户（其他）：好的$0'), []);
  });

  test('a scenario names what the script has: variables and their values, replies, nodes and outcomes', () => {
    const script =
      '---\n变量:\n  天数: {类型: 整数, 样例: 12}\n  档位: {类型: 枚举, 取值: [低, 高], 样例: 低}\n---\n【甲】\n坐席：{天数}{档位}。\n客户（问额度）：额度多少\n结束：完成\n\n用例：乙\n';
    assert.deepEqual(labels(`${script}设定：$0`), ['天数', '档位']);
    assert.deepEqual(labels(`${script}设定：天数 = 3，$0`), ['档位']);
    assert.deepEqual(labels(`${script}设定：档位 = $0`), ['低', '高']);
    assert.match(chosen(`${script}设定：天数 = 3，档$0`, '档位'), /设定：天数 = 3，档位 = \n?$/);
    assert.match(chosen(`${script}设定：天数 = $0`, '12'), /设定：天数 = 12\n?$/);
    assert.ok(labels(`${script}客户说：$0`).includes('问额度'));
    assert.deepEqual(labels(`${script}期望：$0`), ['甲', '完成', '结束', '转人工']);
  });
});
