import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import { align, likeness } from '../../server/src/comparing/align.ts';
import type { Difference, Side } from '../../server/src/comparing/changes.ts';
import { differenceOf, isSame } from '../../server/src/comparing/difference.ts';
import { htmlOf } from '../../server/src/handover/html.ts';
import { differenceDocument } from '../../server/src/report/difference.ts';
import { documentText } from '../../server/src/report/documentText.ts';
import { plain } from '../../server/src/report/text.ts';
import { print } from '../../server/src/syntax/print.ts';
import { randomOf } from '../chance.ts';
import { everyScript, opened } from '../handover/ways.ts';

const source = `---
话术: 提醒
版本: 1.0.0
变量:
  天数: {类型: 整数, 样例: 12}
---
【开场】 自报身份
坐席：您好，这里是某某银行，工号{工号}。

【确认身份】
坐席：请问您是王先生本人吗？
客户（是本人）：是我／对 → 说明目的
第三方（非本人）：他不在 → 道别
客户（其他） → 道别

【说明目的】
坐席：您的账单已经逾期{天数}天，请您安排还款。
客户（愿意还款）：好的
坐席：谢谢您。
→ 道别
客户（有异议）：不对 → 异议受理
客户（其他） → 道别

【异议受理】
坐席：我为您登记异议，核实期间暂停联系。
结束：异议受理

【道别】
坐席：再见，祝您生活愉快。
结束：完成
`;

function compared(before: string, after: string): Difference {
  return differenceOf(opened(before), opened(after));
}

/** The difference as a screen shows it, without title and summary. */
function told(change: (text: string) => string, from = source): string[] {
  const [before, after]: Side[] = [opened(from), opened(change(from))];
  const sides = { before: before!, after: after! };
  const document = differenceDocument(
    differenceOf(sides.before, sides.after),
    sides,
    { before: 'a', after: 'b' },
    'zh-CN',
  );
  return documentText(document, plain)
    .trimEnd()
    .split('\n')
    .slice(3)
    .filter((line) => line !== '');
}

suite('what changed for the customer', () => {
  test('nothing does where remarks, scenarios and layout alone are others', () => {
    const changed = `${source
      .replace('【说明目的】', '# 备注\n【说明目的】')
      .replace('客户（有异议）：不对 → 异议受理', '客户 ( 有异议 ):不对  ->  【异议受理】')}\n用例：甲\n客户说：其他\n`;
    assert.ok(isSame(compared(source, changed)));
    assert.match(told(() => changed).join(), /^$/);
  });

  test('a line that is worded otherwise, one that is new, one that is gone, one that has moved', () => {
    assert.deepEqual(
      told((text) =>
        text
          .replace('请问您是王先生本人吗？', '请问是王先生本人吗？')
          .replace('坐席：再见，祝您生活愉快。\n', '坐席：谢谢您。\n提示：放下电话\n')
          .replace('坐席：谢谢您。\n→', '→'),
      ),
      [
        '各节',
        '  【确认身份】',
        '    ～ 坐席：请问您是王先生本人吗？',
        '      → 坐席：请问是王先生本人吗？',
        '  【说明目的】',
        '    － 坐席：谢谢您。（愿意还款之后）（移到【道别】）',
        '  【道别】',
        '    － 坐席：再见，祝您生活愉快。',
        '    ＋ 坐席：谢谢您。（原在【说明目的】）',
        '    ＋ 提示：放下电话',
      ],
    );
  });

  test('a reply that is taken away, one that is new, and what a customer may say', () => {
    const lines = told((text) =>
      text
        .replace('客户（有异议）：不对 → 异议受理\n', '客户（有困难）：没钱 → 道别\n')
        .replace('是我／对', '是我／是的'),
    );
    assert.deepEqual(
      lines.filter((line) => !/错误|警告|建议|提示 /.test(line)),
      [
        '问题',
        '路径',
        '    ＋ 【说明目的】（客户：有困难） → 【道别】',
        '    － 【说明目的】（客户：有异议） → 【异议受理】',
        '结局',
        '    － 结束：异议受理',
        '走到各节时已知的情况',
        '    ～ 客户困难：没有提到 → 视路径而定　【道别】',
        '各节',
        '  【确认身份】',
        '    ～ 客户（是本人）：－对 ＋是的',
        '  【说明目的】',
        '    － 客户（有异议）：不对',
        '    ＋ 客户（有困难）：没钱',
        '  【异议受理】',
        '    － 再也走不到',
      ],
    );
  });

  test('the same category under another name is the same reply', () => {
    assert.ok(isSame(compared(source, source.replaceAll('客户（是本人）', 'Customer（Self）'))));
  });

  test('a way that leads elsewhere, what is known there then, and the findings that come of it', () => {
    const difference = compared(source, source.replace('他不在 → 道别', '他不在 → 说明目的'));
    assert.deepEqual(
      difference.ways.map(({ kind, from, reply, speaker, before, after }) => [
        kind,
        from,
        reply,
        speaker,
        before,
        after,
      ]),
      [['moved', '确认身份', '非本人', 'third-party', { node: '道别' }, { node: '说明目的' }]],
    );
    const purpose = difference.nodes.find(({ name }) => name === '说明目的');
    assert.deepEqual(purpose?.known.map(({ of, before, after }) => [of.id, before, after]).slice(0, 2), [
      ['identity', 'yes', 'depends'],
      ['third-party', 'no', 'depends'],
    ]);
    assert.ok(
      difference.findings.some(({ kind, finding }) => kind === 'new' && finding.category === 'third-party-disclosure'),
    );
    assert.deepEqual(difference.ends, []);
  });

  test('a node that is called otherwise is the same one, wherever it is named', () => {
    const difference = compared(
      source,
      source.replaceAll('说明目的', '说明来意').replaceAll('【说明来意】', '【说明来意】 说明目的'),
    );
    assert.deepEqual(difference.ways, []);
    assert.deepEqual(
      difference.nodes.map(({ kind, name, formerly }) => [kind, name, formerly]),
      [['changed', '说明来意', '说明目的']],
    );
  });

  test('nodes that are new and gone stand where they do in the text', () => {
    const difference = compared(
      source,
      source
        .replace('【异议受理】\n坐席：我为您登记异议，核实期间暂停联系。\n结束：异议受理\n\n', '')
        .replace('【道别】', '【改约】\n坐席：那我们换个时间再联系您，您看周五可以吗？\n→ 道别\n\n【道别】')
        .replace('→ 异议受理', '→ 改约'),
    );
    assert.deepEqual(
      difference.nodes.slice(0, 2).map(({ kind, name }) => [kind, name]),
      [
        ['gone', '异议受理'],
        ['new', '改约'],
      ],
    );
  });

  test('the front matter, and variables', () => {
    assert.deepEqual(
      told((text) =>
        text.replace('1.0.0', '1.1.0').replace('样例: 12', '样例: 20').replace('版本', '渠道: 电话\n版本'),
      ),
      ['基本信息与变量', '    ＋ 渠道：电话', '    ～ 版本：1.0.0 → 1.1.0', '    ～ {天数}：整数 · 12 → 整数 · 20'],
    );
  });

  test('a finding that is suppressed, and one that no longer is', () => {
    const bad = source.replace('坐席：谢谢您。', '坐席：那就来我家。\n甲：您好。');
    const excused = bad.replace('甲：', '豁免：unknown-role，原因：演示\n甲：');
    const kinds = (before: string, after: string) => compared(before, after).findings.map(({ kind }) => kind);
    assert.deepEqual(kinds(bad, excused), ['excused']);
    assert.deepEqual(kinds(excused, bad), ['counting']);
  });

  test('a finding whose line says more now is the one that was there', () => {
    const bad = source.replace('坐席：谢谢您。', '坐席：再不还钱，我们就派人到您家里去闹。');
    const reworded = bad.replace('我们就派人', '那我们可就派几个人');
    const kinds = (before: string, after: string) => compared(before, after).findings.map(({ kind }) => kind);
    assert.ok(kinds(source, bad).includes('new'));
    assert.deepEqual(kinds(bad, reworded), []);
  });

  test('as a page it is one file, and nothing that an author wrote is markup in it', () => {
    const sides = { before: opened(source), after: opened(source.replace('谢谢您', '<script>alert(1)</script>&')) };
    const names = { before: 'a', after: 'b' };
    const page = htmlOf(differenceDocument(differenceOf(sides.before, sides.after), sides, names, 'en'));
    assert.doesNotMatch(page, /<script|https?:/);
    assert.match(page, /&#60;script&#62;alert\(1\)&#60;\/script&#62;&#38;/);
    assert.match(page, /<html lang="en">/);
    assert.match(page, /<h1>What changed: 提醒<\/h1>/);
  });
});

suite('differences', function () {
  this.timeout(60_000);

  test('of a script with itself, and with its canonical layout, there are none', () => {
    for (const [path, text] of everyScript()) {
      if (!/samples|unseen/.test(path)) continue;
      const { script } = opened(text);
      assert.ok(isSame(compared(text, applyEdits(text, print(script.tree)))), path);
    }
  });

  test('turned round tell the same, turned round', () => {
    const random = randomOf(11);
    const all = [...everyScript()].filter(([path]) => path.startsWith('samples/')).map(([, text]) => text);
    const turned = {
      new: 'gone',
      gone: 'new',
      changed: 'changed',
      opened: 'closed',
      closed: 'opened',
      moved: 'moved',
      excused: 'counting',
      counting: 'excused',
    } as const;
    for (let round = 0; round < 12; round++) {
      const text = all[random(all.length)] as string;
      const lines = text.split('\n');
      const from = lines.indexOf('---', 1) + 1;
      for (let cut = 0; cut < 4; cut++) lines.splice(from + random(lines.length - from), 1);
      const [there, back] = [compared(text, lines.join('\n')), compared(lines.join('\n'), text)];
      const kinds = (list: readonly { readonly kind: keyof typeof turned }[], turn: boolean) =>
        list.map(({ kind }) => (turn ? turned[kind] : kind)).sort();
      for (const key of ['header', 'ways', 'ends', 'findings'] as const)
        assert.deepEqual(kinds(there[key], true), kinds(back[key], false), key);
    }
  });
});

suite('lists side by side', () => {
  const isNear = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  const pairs = (before: string, after: string): string =>
    align([...before], [...after], (each) => each, isNear)
      .map((pair) => `${pair.before ?? ' '}${pair.after ?? ' '}`)
      .join('|');

  test('have as much in common as possible, and what is near is one thing that has changed', () => {
    assert.equal(pairs('abcd', 'abcd'), 'aa|bb|cc|dd');
    assert.equal(pairs('abcd', 'acxd'), 'aa|b |cc| x|dd');
    assert.equal(pairs('abc', 'aBc'), 'aa|bB|cc');
    assert.equal(pairs('', 'ab'), ' a| b');
  });

  test('of any length come out as they went in', () => {
    const random = randomOf(3);
    for (let round = 0; round < 200; round++) {
      const list = () => Array.from({ length: random(30) }, () => 'abcdef'.charAt(random(6))).join('');
      const [before, after] = [list(), list()];
      const found = align(
        [...before],
        [...after],
        (each) => each,
        () => false,
      );
      assert.equal(found.map((pair) => pair.before ?? '').join(''), before);
      assert.equal(found.map((pair) => pair.after ?? '').join(''), after);
    }
    const long = Array.from({ length: 5000 }, (_, index) => `${index}`);
    const found = align(
      long.toReversed(),
      long,
      (each) => each,
      () => false,
    );
    assert.equal(found.filter((pair) => pair.after !== undefined).length, 5000);
  });

  test('texts are alike by what they have in common', () => {
    assert.equal(likeness('您好', '您好'), 1);
    assert.equal(likeness('您好', '再见'), 0);
    assert.ok(likeness('请问您是王先生本人吗', '请问是王先生本人吗') > 0.7);
  });
});
