import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { scriptOfJson } from '../../server/src/handover/fromJson.ts';
import type { ScriptJson } from '../../server/src/handover/json.ts';
import { jsonOf } from '../../server/src/handover/toJson.ts';
import { fixture } from '../fixture.ts';
import { everyScript, opened } from './ways.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/huashu-script.schema.json'), 'utf8'));

function json(text: string): ScriptJson {
  const { script, snapshot } = fixture(text);
  return jsonOf(script, snapshot);
}

/** The script that it is read as, after somebody has changed something. */
function back(whole: object): string {
  const read = scriptOfJson(JSON.stringify(whole));
  return 'script' in read ? read.script : read.refused.zh;
}

const source = `---
话术: 提醒
渠道: 电话
频次: {接通: 1}
变量:
  天数: {类型: 整数, 样例: 12}
---
# 备注
【开场】 自报身份
坐席（轻声）：逾期{天数}天。
若：天数 大于 60 且 天数 小于 90 → 转人工
插入：公共/渠道
客户（愿意还款）：今天／“明天/后天”
→ 道别
客户（没听清） → 重复

【随时】
客户（要投诉） → 没有的节

【道别】
结束：完成

用例：愿意
客户说：愿意还款
`;
const world = `//- 一.huashu\n$0${source}\n//- 公共.huashu\n【渠道】\n坐席：官方渠道。\n→ 返回\n`;

suite('a script in JSON', () => {
  test('tells who speaks, what is said, and where each reply leads', () => {
    const { nodes, script, variables, before } = json(world);
    assert.deepEqual(script, { title: '提醒', channel: 'phone', frequency: { connected: 1 } });
    assert.deepEqual(variables, [{ name: '天数', type: 'integer', sample: '12' }]);
    assert.deepEqual(
      before.map(({ kind, text }) => [kind, text]),
      [['remark', '备注']],
    );
    const [first, anytime, last] = nodes;
    assert.deepEqual(
      [first?.name, first?.performs, first?.anytime, anytime?.anytime],
      ['开场', ['self-identify'], false, true],
    );
    assert.deepEqual([first?.next, anytime?.next, last?.next], [last?.id, last?.id, null]);
    const [line, guard, insertion] = first!.lead;
    const { id: _, ...said } = line!;
    assert.deepEqual(said, {
      kind: 'utterance',
      role: '坐席',
      speaker: 'agent',
      tone: '轻声',
      text: '逾期{天数}天。',
      variables: ['天数'],
      characters: 6,
      seconds: 1.3,
    });
    assert.deepEqual(guard?.goesTo, { kind: 'transfer' });
    assert.deepEqual(guard?.test, {
      kind: 'and',
      left: { kind: 'comparison', variable: '天数', operator: '>', value: '60' },
      right: { kind: 'comparison', variable: '天数', operator: '<', value: '90' },
    });
    assert.deepEqual(insertion?.goesTo, { kind: 'other-file', file: '公共', name: '渠道' });
    const [willing, unclear] = first!.branches;
    assert.deepEqual(
      [willing?.category, willing?.reply, willing?.examples],
      ['愿意还款', 'willing', ['今天', '明天/后天']],
    );
    assert.deepEqual(willing?.lines[0]?.goesTo, { kind: 'node', node: last?.id });
    assert.deepEqual([unclear?.target, unclear?.goesTo], ['重复', { kind: 'repeat' }]);
    assert.deepEqual(anytime?.branches[0]?.goesTo, { kind: 'unknown' });
  });

  test('is as its schema says, for every script of the repository', () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    for (const [path, text] of everyScript()) {
      const { script, snapshot } = opened(text);
      assert.ok(validate(jsonOf(script, snapshot)), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
    }
    const broken = jsonOf(opened('---\n渠道: 天上\n【\n坐席\n客户（').script, opened('').snapshot);
    assert.ok(validate(broken), JSON.stringify(validate.errors));
    assert.equal(validate({ ...broken, nodes: [{ lead: [{ kind: 'sing' }], branches: [] }] }), false);
  });

  test('comes back as it was, with what somebody has changed in it', () => {
    const whole = json(world);
    assert.equal(back(whole), source);
    const copy = structuredClone(whole) as unknown as {
      script: { title: string };
      nodes: { lead: { text: string }[]; branches: { examples: string[]; lines: { target: string }[] }[] }[];
    };
    copy.nodes[0]!.lead[0]!.text = '您好。';
    copy.nodes[0]!.branches[0]!.examples.push('以后 → 再说');
    copy.nodes[0]!.branches[0]!.lines[0]!.target = '结束';
    copy.script.title = '新的';
    assert.equal(
      back(copy),
      source
        .replace('逾期{天数}天。', '您好。')
        .replace('／“明天/后天”', '／“明天/后天”／“以后 → 再说”')
        .replace('→ 道别', '→ 结束')
        .replace('话术: 提醒', '话术: 新的'),
    );
  });

  test('that another program has made needs no more than the schema asks for', () => {
    const made = {
      format: 'huashu-script',
      version: 1,
      script: {
        title: '外呼: 提醒',
        channel: 'bot',
        hours: { from: '9:00', to: '18:00' },
        roles: [{ name: '小王', kind: 'agent' }],
      },
      variables: [{ name: '姓名', type: 'salutation', sample: '王先生' }],
      nodes: [
        {
          name: '开场',
          steps: ['自报身份'],
          lead: [{ kind: 'utterance', role: '小王', text: '您好，{姓名}。' }],
          branches: [{ kind: 'branch', role: '客户', category: '其他', target: '结束' }],
        },
      ],
    };
    assert.equal(
      back(made),
      [
        '---',
        '话术: "外呼: 提醒"',
        '渠道: 智能外呼',
        '时段: 9:00-18:00',
        '角色: {小王: 坐席}',
        '变量:',
        '  姓名: {类型: 称谓, 样例: 王先生}',
        '---',
        '【开场】 自报身份',
        '小王：您好，{姓名}。',
        '客户（其他） → 结束',
      ].join('\n'),
    );
  });

  test('that is none of ours, newer, or has another shape is refused with the place', () => {
    const whole = {
      format: 'huashu-script',
      version: 1,
      nodes: [{ lead: [{ kind: 'remark', text: 1 }], branches: [] }],
    };
    assert.equal(back(whole), 'JSON 文件的“nodes[0].lead[0].text”与格式说明不符。');
    assert.match(back({ ...whole, nodes: 3 }), /“nodes”/);
    assert.match(back({ ...whole, nodes: [{ lead: [{ kind: 'sing' }] }] }), /“nodes\[0\]\.lead\[0\]\.kind”/);
    assert.match(back({ ...whole, version: 2 }), /更新版本/);
    for (const text of ['', '{', '[]', 'null', '{"nodes": []}']) {
      const read = scriptOfJson(text);
      assert.ok('refused' in read && /不是本程序导出/.test(read.refused.zh), text);
    }
  });
});
