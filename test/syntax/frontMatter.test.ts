import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';

/** What the front matter says, without places. */
function read(source: string): { [key: string]: unknown } {
  const { frontMatter } = parse(source);
  const value = (key: string): unknown => {
    const field = frontMatter[key as 'title'];
    return field && typeof field === 'object' && 'value' in field ? field.value : undefined;
  };
  return {
    title: value('title'),
    channel: value('channel'),
    stage: value('stage'),
    status: value('status'),
    hours: value('hours'),
    frequency: value('frequency'),
    packs: frontMatter.packs?.value.map((each) => each.value),
    variables: frontMatter.variables.map(({ name, type, sample, range, values }) => [
      name,
      type,
      sample?.value,
      range?.value ?? values?.value,
    ]),
    roles: frontMatter.declaredRoles.map(({ name, kind }) => [name, kind]),
    problems: frontMatter.problems.map(({ kind }) => kind),
  };
}

const half = `---
话术: 首次提醒
状态: 草稿
渠道: 电话
阶段: M1
时段: 8:00-20:00
频次: {未接通: 6, 接通: 3}
规则包: [cn-credit-card, ./我行.yaml]
角色: {小王: 坐席, 家属: 第三方}
变量:
  逾期天数: {类型: 整数, 范围: 1..180, 样例: 12}
  最低还款额: {类型: 金额, 样例: 520.00}
  档位: {类型: 枚举, 取值: [低, 高], 样例: 低}
---
`;

const full = `－－－
话术：首次提醒　　＃ 标题
状态：草稿
渠道：电话
阶段：Ｍ１
时段：8：00－20：00
频次：｛未接通：6，接通：3｝
规则包：【cn-credit-card，./我行.yaml】
角色：｛小王：坐席，家属：第三方｝
变量：
　　逾期天数：｛类型：整数，范围：1..180，样例：12｝
　　最低还款额：｛类型：金额，样例：520.00｝
　　档位：｛类型：枚举，取值：［低，高］，样例：低｝
———
`;

const english = `---
title: 首次提醒
status: draft
channel: phone
stage: M1
hours: 8:00-20:00
frequency: {unanswered: 6, connected: 3}
packs: [cn-credit-card, ./我行.yaml]
roles: {小王: Agent, 家属: Third party}
variables:
  逾期天数: {type: integer, range: 1..180, sample: 12}
  最低还款额: {type: money, sample: 520.00}
  档位: {type: enum, values: [低, 高], sample: 低}
---
`;

suite('front matter', () => {
  const expected = {
    title: '首次提醒',
    channel: 'phone',
    stage: 'M1',
    status: 'draft',
    hours: { from: 480, to: 1200 },
    frequency: { unanswered: 6, connected: 3 },
    packs: ['cn-credit-card', './我行.yaml'],
    variables: [
      ['逾期天数', 'integer', '12', '1..180'],
      ['最低还款额', 'money', '520.00', undefined],
      ['档位', 'enum', '低', ['低', '高']],
    ],
    roles: [
      ['小王', 'agent'],
      ['家属', 'third-party'],
    ],
    problems: [],
  };

  for (const [name, source] of Object.entries({
    half,
    full,
    english,
    windows: half.replaceAll('\n', '\r\n'),
    mark: `\ufeff${full}`,
  })) {
    test(`reads the same however it is typed: ${name}`, () => assert.deepEqual(read(source), expected));
  }

  test('values keep their own characters', () => {
    const { frontMatter } = parse('---\n说明：口径：含分期，不含费用（见附件）＃不是备注\n话术: "甲：乙"\n---\n');
    assert.equal(frontMatter.note?.value, '口径：含分期，不含费用（见附件）＃不是备注');
    assert.equal(frontMatter.title?.value, '甲：乙');
  });

  test('a text may go on over several lines', () => {
    const { frontMatter } = parse('---\n说明：第一句。\n　　第二句：还有冒号，逗号\n渠道：电话\n---\n');
    assert.equal(frontMatter.note?.value, '第一句。 第二句：还有冒号，逗号');
    assert.equal(frontMatter.channel?.value, 'phone');
  });

  test('ranges point at what the author typed', () => {
    const source = `\ufeff－－－\n变量：\n　　逾期天数：｛类型：整数，样例：十二｝\n渠道：电报\n———\n`;
    const { frontMatter } = parse(source);
    const [variable] = frontMatter.variables;
    assert.equal(source.slice(variable!.nameSpan.start, variable!.nameSpan.end), '逾期天数');
    assert.equal(source.slice(variable!.sample!.start, variable!.sample!.end), '十二');
    const [problem] = frontMatter.problems;
    assert.equal(source.slice(problem!.start, problem!.end), '电报');
  });

  test('front matter that is not closed ends before the first heading', () => {
    const tree = parse('---\n渠道: 电话\n\n【开场】\n坐席：您好。');
    assert.equal(tree.frontMatter.channel?.value, 'phone');
    assert.deepEqual(
      tree.frontMatter.problems.map(({ kind }) => kind),
      ['unclosed'],
    );
    assert.equal(tree.nodes.length, 1);
  });

  test('hostile YAML is a problem, not a crash', () => {
    for (const body of [
      '{'.repeat(50_000),
      '[[[[[',
      'a: &a [*a, *a]',
      'a: b: c: d',
      '\t- x',
      '"',
      '!!js/function x',
      `k: ${'x'.repeat(300_000)}`,
      '? - :',
      '- '.repeat(50_000),
      '? '.repeat(5_000),
      `a: &x ${'!!a '.repeat(2_000)}`,
    ]) {
      const { frontMatter } = parse(`---\n${body}\n---\n`);
      assert.ok(frontMatter.problems.length > 0, body.slice(0, 20));
    }
  });

  test('what is wrong lies in the text, wherever it ends', () => {
    const source =
      '---\n话术: 提醒\n变量:\n  客户称呼: {类型: 称谓, 样例: "王先生"}\n    本金: [1, 2\n 频次: {未接通: 3}\n---\n';
    for (let end = 0; end <= source.length; end++) {
      for (const each of parse(source.slice(0, end)).frontMatter.problems)
        assert.ok(each.start <= each.end && each.end <= end, `${each.kind} in ${source.slice(0, end)}`);
    }
  });
});
