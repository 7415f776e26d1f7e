import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../server/src/base/edit.ts';
import { check } from '../../server/src/rules/check.ts';
import { structureRules } from '../../server/src/rules/structure/index.ts';
import { suppressionRule } from '../../server/src/rules/suppressions.ts';
import { findingsOf, fixed, fixture, fragmentFindings } from '../fixture.ts';

suite('structure rules', () => {
  for (const { id, examples } of [...structureRules, suppressionRule]) {
    for (const [index, example] of examples.bad.entries()) {
      test(`${id}: bad example ${index + 1} is found where it is marked`, () => {
        const { script, snapshot, marks } = fixture(example);
        const found = check(script, snapshot).filter(({ rule }) => rule === id);
        assert.deepEqual(
          found.map(({ start, end }) => [start, end, script.source.slice(start, end)]),
          marks.map(({ start, end }) => [start, end, script.source.slice(start, end)]),
        );
      });
    }
    for (const [index, example] of examples.good.entries()) {
      test(`${id}: good example ${index + 1} is clean`, () => {
        const found = fragmentFindings(example).filter(({ suppressed }) => !suppressed);
        assert.deepEqual(
          found.map(({ rule, message }) => `${rule}: ${message.zh}`),
          [],
        );
      });
    }
    test(`${id}: every fix of a bad example removes its finding`, () => {
      for (const example of examples.bad) {
        const { script, snapshot } = fixture(example);
        for (const finding of check(script, snapshot).filter(({ rule }) => rule === id)) {
          for (const { edits, title } of finding.fixes()) {
            const { script: after, snapshot: then } = fixture(applyEdits(script.source, edits));
            const left = check(after, then).filter(
              (each) => each.rule === id && each.message.zh === finding.message.zh,
            );
            assert.deepEqual(
              left.map(({ message }) => message.zh),
              [],
              title.zh,
            );
          }
        }
      }
    });
  }

  test('each file in rules/structure that holds a rule is listed', () => {
    const folder = join(import.meta.dirname, '../../server/src/rules/structure');
    const holding = readdirSync(folder).filter((file) =>
      /: StructureRule = \{/.test(readFileSync(join(folder, file), 'utf8')),
    );
    assert.equal(holding.length, structureRules.length);
  });
});

suite('fixes of structure findings', () => {
  test('a missing node is created with the template of its step, behind the last node', () => {
    const text = fixed(
      '【开场】\n坐席：您好。\n→ 结束通话\n\n【别处】\n坐席：好的。\n结束：好\n',
      'unknown-target',
      '新建',
    );
    assert.match(text, /结束：好\n\n【结束通话】\n(?:提示：.*\n)*坐席：.+/);
  });

  test('a variable is declared in the style of its neighbours', () => {
    assert.equal(
      fixed(
        '---\n变量:\n    逾期天数: {类型: 整数, 样例: 12} # 天\n渠道: 电话\n---\n【开场】\n坐席：逾期{逾期天数}天，共{违约金额}元。',
        'undefined-variable',
        '声明',
      ),
      '---\n变量:\n    逾期天数: {类型: 整数, 样例: 12} # 天\n    违约金额: {类型: 金额, 样例: 520.00}\n渠道: 电话\n---\n【开场】\n坐席：逾期{逾期天数}天，共{违约金额}元。',
    );
    assert.equal(
      fixed(
        '---\nvariables: {days: {type: integer, sample: 12}}\n---\n[Opening]\nAgent: 您好{days}{phone}。',
        'undefined-variable',
        '声明',
      ),
      '---\nvariables: {days: {type: integer, sample: 12}, phone: {type: phone, sample: 95XXX}}\n---\n[Opening]\nAgent: 您好{days}{phone}。',
    );
    assert.equal(
      fixed('【开场】\r\n坐席：{还款日期}见。\r\n', 'undefined-variable', '声明'),
      '---\r\n变量:\r\n  还款日期: {类型: 日期, 样例: 2026-06-15}\r\n---\r\n【开场】\r\n坐席：{还款日期}见。\r\n',
    );
  });

  test('a role is declared, and its lines are understood', () => {
    const text = fixed('---\n渠道: 电话\n---\n【开场】\n小王：您好。', 'unknown-role', '坐席');
    assert.equal(text, '---\n渠道: 电话\n角色:\n  小王: 坐席\n---\n【开场】\n小王：您好。');
    assert.deepEqual(findingsOf(text), []);
  });
});

suite('files that cannot be checked', () => {
  test('garbled text is one finding, not hundreds', () => {
    const garbled = new TextDecoder().decode(
      new Uint8Array([0xa1, 0xbe, 0xbf, 0xaa, 0xb3, 0xa1, 0xa1, 0xbf, 0x0a, 0xd7, 0xf9, 0xcf, 0xaf]),
    );
    assert.deepEqual(
      findingsOf(garbled).map(({ rule }) => rule),
      ['encoding'],
    );
  });

  test('one lost character does not hide the rest', () => {
    const rules = findingsOf(`【开场】\n坐席：您好，${'很高兴为您服务，'.repeat(20)}\ufffd。\n→ 哪里`).map(
      ({ rule }) => rule,
    );
    assert.deepEqual(rules, ['encoding', 'unknown-target']);
  });

  test('a line of five million characters is named and not read', () => {
    const findings = findingsOf(`【开场】\n坐席：${'好'.repeat(5_000_000)}`);
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [['unknown-line', 'error']],
    );
  });

  test('an empty file is one warning', () => {
    for (const text of ['', '\n\n', '\ufeff', '# 备注\n']) {
      assert.deepEqual(
        findingsOf(text).map(({ severity }) => severity),
        ['warning'],
        JSON.stringify(text),
      );
    }
  });
});

suite('what reviewers found', () => {
  const rulesOf = (text: string): string[] =>
    fragmentFindings(text)
      .filter(({ suppressed }) => !suppressed)
      .map(({ rule }) => rule);

  test('naming the category does not get round a rule that cannot be suppressed, or needs an approver', () => {
    for (const scope of ['豁免', '豁免（本节）']) {
      const rules = rulesOf(
        `【开场】\n${scope}：threat-violence，原因：演示，审批：合规部\n坐席：再不还钱我就找人打断你的腿。`,
      );
      assert.deepEqual(rules.toSorted(), ['cn/no-threat-of-violence', 'suppression']);
    }
  });

  test('a role that is declared twice is reported, and the first one counts', () => {
    const rules = rulesOf('---\n角色: {甲: 坐席, 甲: 客户}\n---\n【开场】\n甲：再不还钱我就找人打断你的腿。');
    assert.deepEqual(rules, ['front-matter', 'cn/no-threat-of-violence']);
  });

  test('a target that ends in a slash leads nowhere', () => {
    for (const target of ['甲/', '/', '/甲', '结束/']) {
      assert.deepEqual(rulesOf(`【甲】\n坐席：您好。\n→ ${target}`), ['unknown-target'], target);
    }
  });

  test('characters that nobody sees hide nothing', () => {
    for (const unit of [
      '\u200b',
      '\ufe0f',
      '\u0000',
      '\u0007',
      '\u2028',
      '\u202e',
      '\u2066',
      '\u061c',
      '\u034f',
      '\u3164',
      '\u00ad',
    ]) {
      const rules = rulesOf(`【开场】\n坐席：再不还钱我就找人打${unit}断你的腿。`);
      assert.ok(rules.includes('cn/no-threat-of-violence'), unit.codePointAt(0)?.toString(16));
    }
  });

  test('no fix takes away what the author wrote', () => {
    for (const text of [
      '坐席再见，您慢走。',
      '坐席；您好。',
      '坐席，您好',
      '• 坐席：您好。',
      '1. 坐席：您好。',
      '坐席（语气平和：您好。',
      '客户（其他 → 结束',
      '结束',
    ]) {
      const { script, context } = fixture(`【开场】\n${text}`);
      const [finding] = context.findings(script);
      assert.ok(finding, text);
      for (const { edits, title } of finding.fixes()) {
        const after = applyEdits(script.source, edits);
        assert.notEqual(after, script.source, `${text}: ${title.zh}`);
        for (const word of ['再见', '您慢走', '您好', '语气平和', '其他']) {
          assert.equal(after.includes(word), script.source.includes(word), `${text}: ${title.zh} → ${after}`);
        }
      }
    }
  });

  test('a forgotten bracket ends before the colon or arrow', () => {
    assert.match(fixed('【开场】\n坐席（语气平和：您好。', 'unknown-line'), /坐席（语气平和）：您好。/);
    assert.match(fixed('【开场】\n客户（其他 → 结束', 'unknown-line'), /客户（其他） ?→ 结束/);
  });

  test('what is offered instead breaks no other rule where it stands', () => {
    const { script, context } = fixture('【非本人接听】\n坐席：您再乱说，我就找人打断您的腿。');
    for (const finding of context.findings(script)) {
      for (const { edits } of finding.fixes()) {
        assert.ok(!rulesOf(applyEdits(script.source, edits)).includes('cn/no-third-party-disclosure'));
      }
    }
  });
});

suite('findings about the flow', () => {
  const found = (text: string, rule: string) => findingsOf(text).filter((each) => each.rule === rule);

  test('a dead end tells the way that leads there', () => {
    const [finding] = found(
      '【开场】\n坐席：您好。\n客户（不方便）：在忙 → 结束\n客户（其他） → 道谢\n\n【道谢】\n坐席：您方便吗？\n客户（其他）：嗯\n坐席：谢谢您。',
      'dead-end',
    );
    assert.deepEqual(finding?.path, ['开场', '道谢']);
    assert.match(finding?.message.zh ?? '', /^【道谢】的“其他”说完以后没有下文/);
    assert.deepEqual(
      finding?.related.map(({ message }) => message.zh),
      ['客户的回应是“其他”', '客户的回应是“其他”'],
    );
  });

  test('lines below a branch with a target move to a node of their own, which goes where the branch went', () => {
    const text = '【开场】\n坐席：您好。\n客户（有异议）：不对 → 结束\n坐席：我为您登记。\n客户（其他） → 结束\n';
    assert.equal(
      fixed(text, 'unreachable', '移到新的一节'),
      '【开场】\n坐席：您好。\n客户（有异议）：不对 → 有异议\n客户（其他） → 结束\n\n【有异议】\n坐席：我为您登记。\n→ 结束\n',
    );
    assert.equal(
      fixed(text, 'unreachable', '去掉分支的目标'),
      '【开场】\n坐席：您好。\n客户（有异议）：不对\n坐席：我为您登记。\n客户（其他） → 结束\n',
    );
  });

  test('a jump moves below the lines that it cuts off', () => {
    assert.equal(
      fixed('【开场】\n→ 道别\n坐席：您好。\n【道别】\n结束：完成', 'unreachable', '移到后面'),
      '【开场】\n坐席：您好。\n→ 道别\n【道别】\n结束：完成',
    );
  });

  test('a condition that decides nothing names the one that has decided', () => {
    const [finding] = found(
      '---\n变量:\n  天数: {类型: 整数, 样例: 12}\n---\n【甲】\n若：天数 大于 60 → 乙\n结束：完成\n【乙】\n坐席：您好。\n若：天数 大于 30 → 甲\n结束：完成',
      'condition',
    );
    assert.equal(finding?.severity, 'warning');
    assert.deepEqual(
      finding?.related.map(({ start, message }) => [start > 0, message.zh]),
      [[true, '这里已经作了判断']],
    );
  });

  test('what an insertion in another file returns to is no mistake, a jump there is', () => {
    const shared = '//- 公共.huashu\n【渠道】\n坐席：官方渠道。\n→ 返回';
    const rules = (text: string): string[] =>
      fragmentFindings(`//- 主.huashu\n${text}\n${shared}`).map(({ rule }) => rule);
    assert.deepEqual(rules('【甲】\n插入：公共/渠道\n结束：完成'), []);
    assert.deepEqual(rules('【甲】\n坐席：您好。\n→ 公共/渠道'), ['unknown-target']);
    assert.deepEqual(findingsOf('【渠道】\n坐席：官方渠道。\n→ 返回'), []);
  });

  test('nodes that insert each other are one finding, and no endless loop besides', () => {
    const rules = findingsOf('【甲】\n插入：乙\n结束：完成\n【乙】\n插入：甲').map(({ rule }) => rule);
    assert.ok(rules.includes('insertion') && !rules.includes('endless-loop'), rules.join());
  });
});
