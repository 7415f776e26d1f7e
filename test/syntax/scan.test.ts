import assert from 'node:assert/strict';
import type { Line } from '../../server/src/syntax/line.ts';
import { scanLine } from '../../server/src/syntax/scan.ts';

/** The class of a line and the texts of its parts, without places. */
function shape(line: Line): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    if ('text' in value && 'start' in value && !('kind' in value)) {
      const { text, variables, node, file } = value as {
        text: string;
        variables?: unknown[];
        node?: unknown;
        file?: unknown;
      };
      if (node) return { file: strip(file), node: strip(node) };
      return variables && variables.length > 0 ? { text, variables: strip(variables) } : text;
    }
    const entries = Object.entries(value).filter(
      ([key]) => !['head', 'arrow', 'start', 'end', 'role', 'scopeWord', 'flaws'].includes(key),
    );
    return Object.fromEntries(entries.map(([key, inner]) => [key, strip(inner)]));
  };
  return strip(line);
}

function same(variants: readonly string[], expected: unknown): void {
  for (const text of variants) {
    const line = scanLine(text);
    assert.deepEqual(shape(line), expected, text);
    assert.deepEqual(line.flaws, [], text);
  }
}

suite('scanner', () => {
  test('a heading, in any width', () => {
    same(
      [
        '【开场】 自报身份、录音告知',
        '[开场]自报身份,录音告知',
        '［开场］　自报身份，录音告知',
        '  【 开场 】 自报身份、 录音告知 ',
      ],
      {
        kind: 'heading',
        name: '开场',
        steps: ['自报身份', '录音告知'],
      },
    );
  });

  test('a jump, with every arrow', () => {
    const arrows = ['→', '->', '=>', '-》', '－》', '=》', '－>', '—>', '——>', '＝》', '－＞', '——》', '–>'];
    same(
      arrows.flatMap((arrow) => [`${arrow} 说明目的`, `${arrow}说明目的`, `　${arrow} 【说明目的】`]),
      {
        kind: 'jump',
        target: { file: undefined, node: '说明目的' },
      },
    );
    same(['→ 公共/告知渠道', '-> 公共／告知渠道'], { kind: 'jump', target: { file: '公共', node: '告知渠道' } });
  });

  test('agent lines, with and without a tone', () => {
    same(['坐席：您好', '坐席:您好', 'Agent: 您好', '客服 ： 您好', '催收员：您好', 'ＡＧＥＮＴ：您好'], {
      kind: 'utterance',
      speaker: 'agent',
      speech: '您好',
    });
    same(['坐席（语气平和）：您好', '坐席(语气平和):您好', 'agent（语气平和） ：您好'], {
      kind: 'utterance',
      speaker: 'agent',
      tone: '语气平和',
      speech: '您好',
    });
  });

  test('speech is raw but for variables', () => {
    same(['坐席：请按#号键，或访问 https://a.b/c；“{工号}” → 好'], {
      kind: 'utterance',
      speaker: 'agent',
      speech: { text: '请按#号键，或访问 https://a.b/c；“{工号}” → 好', variables: ['工号'] },
    });
    same(['坐席：工号｛ 工号 ｝。'], {
      kind: 'utterance',
      speaker: 'agent',
      speech: { text: '工号｛ 工号 ｝。', variables: ['工号'] },
    });
  });

  test('reply branches', () => {
    const branch = {
      kind: 'branch',
      speaker: 'customer',
      category: '是本人',
      examples: ['是我', '我就是'],
      target: { file: undefined, node: '说明目的' },
    };
    same(
      [
        '客户（是本人）：是我／我就是 → 说明目的',
        '客户(是本人):是我/我就是->说明目的',
        'Customer (是本人): 是我 / 我就是 =》 说明目的',
      ],
      branch,
    );
    same(['第三方（其他）→结束', 'Third party (其他) -> 结束'], {
      kind: 'branch',
      speaker: 'third-party',
      category: '其他',
      examples: [],
      target: { file: undefined, node: '结束' },
    });
    same(['客户（有异议）：“已还/没还”／“a → b”'], {
      kind: 'branch',
      speaker: 'customer',
      category: '有异议',
      examples: ['已还/没还', 'a → b'],
    });
    same(['客户（其他）：“甲”“乙→丙” → 丁'], {
      kind: 'branch',
      speaker: 'customer',
      category: '其他',
      examples: ['甲”“乙→丙'],
      target: { file: undefined, node: '丁' },
    });
    same(['客户（其他）：甲 → 乙 → 丙'], {
      kind: 'branch',
      speaker: 'customer',
      category: '其他',
      examples: ['甲 → 乙'],
      target: { file: undefined, node: '丙' },
    });
  });

  test('guards, records, insertions, outcomes and guidance', () => {
    same(['若：逾期天数 大于 60 → 了解原因', 'If: 逾期天数 大于 60 -> 了解原因'], {
      kind: 'guard',
      condition: '逾期天数 大于 60',
      target: { file: undefined, node: '了解原因' },
    });
    same(['若：逾期天数 >= 60 => 了解原因'], {
      kind: 'guard',
      condition: '逾期天数 >= 60',
      target: { file: undefined, node: '了解原因' },
    });
    same(['记录：承诺还款日 = 客户所述日期', 'Record: 承诺还款日＝客户所述日期'], {
      kind: 'record',
      variable: '承诺还款日',
      value: '客户所述日期',
    });
    same(['插入：公共/告知渠道', 'Insert: 公共/告知渠道'], {
      kind: 'insertion',
      target: { file: '公共', node: '告知渠道' },
    });
    same(['结束：异议受理', 'End: 异议受理'], { kind: 'outcome', name: '异议受理' });
    same(['提示：不得提及账务', 'Note:不得提及账务'], { kind: 'guidance', speech: '不得提及账务' });
    same(['# 备注', '＃备注', '　# 备注'], { kind: 'remark', text: '备注' });
  });

  test('suppressions: a value runs to the next field', () => {
    const expected = {
      kind: 'suppression',
      scope: 'line',
      rule: 'cn/x',
      fields: { reason: '监管报备，原文', approved: '合规部', until: '2027-06-30' },
    };
    same(
      [
        '豁免：cn/x，原因：监管报备，原文，审批：合规部，至：2027-06-30',
        'Allow: cn/x, reason: 监管报备，原文, approved: 合规部, until: 2027-06-30',
      ],
      expected,
    );
    same(['豁免（本节）：cn/x，原因：a', 'Allow (node): cn/x, reason: a'], {
      kind: 'suppression',
      scope: 'node',
      rule: 'cn/x',
      fields: { reason: 'a' },
    });
    same(['豁免（全文）：cn/x，原因：a', 'Allow(file):cn/x,reason:a'], {
      kind: 'suppression',
      scope: 'file',
      rule: 'cn/x',
      fields: { reason: 'a' },
    });
  });

  test('scenario lines', () => {
    same(['用例：家人接听', 'Case: 家人接听'], { kind: 'case', name: '家人接听' });
    same(['设定：逾期天数 = 20，客户称呼 = 王先生', 'Given: 逾期天数=20, 客户称呼=王先生'], {
      kind: 'given',
      values: [
        { variable: '逾期天数', value: '20' },
        { variable: '客户称呼', value: '王先生' },
      ],
    });
    same(['客户说：非本人', 'Says: 非本人', 'Customer says: 非本人', '客户说：“非本人”'], {
      kind: 'says',
      speaker: 'customer',
      reply: '非本人',
    });
    same(['第三方说：我是他家人'], { kind: 'says', speaker: 'third-party', reply: '我是他家人' });
    same(['期望：非本人接听', 'Expect: 非本人接听'], { kind: 'expect', names: ['非本人接听'] });
    same(['不得：逾期、“欠款”', 'Never: 逾期, 欠款'], { kind: 'never', words: ['逾期', '欠款'] });
  });

  test('what is none of these is unknown, and never spoken', () => {
    assert.deepEqual(shape(scanLine('您好，这里是：某某银行')), { kind: 'unknown' });
    assert.deepEqual(shape(scanLine('小王：您好')), { kind: 'unknown', word: '小王' });
    assert.deepEqual(shape(scanLine('顾客（是本人）：是我')), { kind: 'unknown', word: '顾客' });
    assert.equal((scanLine('坐席 您好') as { colonAt?: number }).colonAt, 2);
    assert.deepEqual(shape(scanLine('小王：您好'.replace('小王', '客户'))), {
      kind: 'utterance',
      speaker: 'customer',
      speech: '您好',
    });
  });

  test('unfinished lines keep their class and say what is missing', () => {
    const flaws = (text: string): string[] => scanLine(text).flaws.map(({ kind }) => kind);
    assert.deepEqual(flaws('【开场'), ['missing-bracket']);
    assert.deepEqual(flaws('→'), ['missing-target']);
    assert.deepEqual(flaws('客户（'), ['missing-bracket', 'missing-name']);
    assert.deepEqual(flaws('客户（其他）好的'), ['missing-colon']);
    assert.deepEqual(flaws('若：逾期天数 大于 60'), ['missing-arrow']);
    assert.deepEqual(flaws('坐席：请问是{客户'), ['unclosed-brace']);
    assert.deepEqual(flaws('豁免：'), ['missing-rule']);
    assert.deepEqual(flaws('记录：承诺还款日'), ['missing-value']);
    assert.deepEqual(flaws('结束：'), ['missing-name']);
  });

  test('every span lies inside its line and holds its text', () => {
    const lines = [
      '  客户（是本人）：“甲/乙”／丙 -》 公共/丁  ',
      '豁免（本节）：cn/x，原因：a，b，至：2027-06-30',
      '坐席（平和）：{甲}和｛乙｝',
      '若：甲 大于 3 → 乙',
    ];
    for (const text of lines) {
      const visit = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        if ('start' in value && 'end' in value && 'text' in value) {
          const { start, end, text: own } = value as { start: number; end: number; text: string };
          assert.equal(text.slice(start, end), own);
        }
        for (const inner of Object.values(value)) visit(inner);
      };
      visit(scanLine(text));
    }
  });

  test('a line full of unclosed quotes and braces is read in one pass', () => {
    const started = performance.now();
    for (const unit of ['“', '{', '"/', '->', '【', '，原因：', ' '])
      scanLine(`客户（其他）：${unit.repeat(19_000 / unit.length)}`);
    assert.ok(performance.now() - started < 500);
  });
});
