import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScenarios } from '../../server/src/flow/scenario.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import { run } from './scenarioFixture.ts';

/** The failures as `line text: message`, lines counted from 1. */
function failuresOf(text: string): string[] {
  const { script, failures } = run(text);
  return failures.map(
    ({ placed, start, end, message }) => `${placed.index + 1} ${script.source.slice(start, end)}: ${message.zh}`,
  );
}

function passes(text: string): void {
  assert.deepEqual(failuresOf(text), []);
}

function fails(text: string, ...expected: readonly RegExp[]): void {
  const found = failuresOf(text);
  assert.equal(found.length, expected.length, found.join('\n'));
  for (const [index, pattern] of expected.entries()) assert.match(found[index]!, pattern);
}

const script = `---
变量:
  客户称呼: {类型: 称谓, 样例: 王先生}
  天数: {类型: 整数, 范围: 1..90, 样例: 12}
  老客户: {类型: 布尔}
---
【开场】
坐席：您好，这里是{机构}，请问是{客户称呼}吗？
客户（是本人）：是我／我就是 → 说明
第三方（非本人）：他不在 → 非本人接听
客户（没听清） → 重复
客户（其他）：嗯 → 结束语

【说明】
若：天数 大于 60 → 转人工
坐席：账单逾期{天数}天。
客户（愿意还款）：今天就还
记录：还款日 = 客户所述日期
坐席：好的，{还款日}。
→ 结束语
客户（有困难）：失业了 → 说明

【非本人接听】
坐席：打扰了。
结束：非本人接听

【结束语】
插入：公告
坐席：再见。
结束：完成

【公告】
坐席：客服电话{客服电话}。

【随时】
客户（要投诉）：我要投诉
坐席：已经登记。
→ 返回
客户（要转人工）：换个人 → 转人工

用例：甲
`;

suite('scenarios', () => {
  test('a category, an example, a sentence like an example, an alias and an example of the pack', () => {
    for (const reply of ['是本人', '我就是', '“对，我就是”', 'Self', '肯定', '嗯你说', '是我！'])
      passes(`${script}客户说：${reply}\n期望：说明`);
  });

  test('expectations are met in their order, and each needs a visit of its own', () => {
    passes(`${script}期望：开场\n客户说：是本人\n客户说：愿意还款\n期望：说明、公告\n期望：完成`);
    fails(
      `${script}客户说：是本人\n期望：说明\n期望：开场`,
      /^44 开场: “开场”只在更早的时候到过.*停在“说明”，等着回应/,
    );
    fails(`${script}期望：开场、开场`, /开场”只在更早的时候到过/);
    passes(`${script}期望：开场\n客户说：没听清\n期望：开场`);
  });

  test('one that is not met says where the conversation stands', () => {
    fails(`${script}客户说：其他\n期望：说明\n期望：完成`, /^43 说明: 没有到达“说明”。对话已经结束：结果是“完成”。$/);
    fails(`${script}期望：说名`, /^42 说名: 没有名为“说名”的节点或结果，是不是想写“说明”？$/);
  });

  test('期望：结束 takes any outcome, and a person as well, but not running out', () => {
    passes(`${script}客户说：其他\n期望：结束`);
    passes(`${script}客户说：换个人\n期望：转人工`);
    passes(`${script}客户说：换个人\n期望：结束`);
    fails(`${script}客户说：其他\n期望：转人工`, /没有到达“转人工”/);
    fails('【甲】\n坐席：好。\n\n用例：乙\n期望：结束', /最后一节说完了，没有结果/);
    passes('【甲】\n坐席：好。\n→ 结束\n\n用例：乙\n期望：End');
  });

  test('what the agent must not say is looked for in what was said so far, with values and in any width', () => {
    passes(`${script}不得：逾期\n客户说：是本人\n期望：说明`);
    fails(
      `${script}客户说：是本人\n不得：投诉、逾期１２天`,
      /^43 逾期１２天: 坐席说了“逾期１２天”：“账单逾期12天。”（说明，第 16 行）。$/,
    );
    fails(`${script}设定：客户称呼 = 李女士\n不得：李女士`, /坐席说了“李女士”/);
    passes(`${script}客户说：他不在\n不得：他不在`);
  });

  test('guards are decided by 设定, else by the sample; without either the line to blame is said', () => {
    passes(`${script}设定：天数 = 61\n客户说：是本人\n期望：转人工`);
    passes(`${script}客户说：是本人\n期望：说明\n客户说：失业了\n期望：说明`);
    const guarded = script.replace('天数 大于 60', '老客户');
    fails(
      `${guarded}客户说：是本人\n期望：转人工`,
      /^42 是本人: “说明”第 15 行的条件无法判断：“老客户”没有可用的值/,
      /没有到达“转人工”/,
    );
    passes(`${guarded}设定：老客户 = 是\n客户说：是本人\n期望：转人工`);
    passes(`${script.replace('天数 大于 60', '老客户 或 天数 大于 1')}客户说：是本人\n期望：转人工`);
  });

  test('what is recorded has no value, unless 设定 says what the customer said', () => {
    const recorded =
      '【甲】\n记录：金额 = 客户所述\n若：金额 大于 100 → 乙\n结束：少\n\n【乙】\n结束：多\n\n用例：丙\n';
    fails(`${recorded}期望：多`, /“金额”没有可用的值/, /没有到达/);
    passes(`${recorded}设定：金额 = 500\n期望：多`);
    passes(`${recorded}设定：金额 = 50\n期望：少`);
    assert.ok(
      run(`${script}客户说：是本人\n客户说：今天就还`).said.some(({ text }) => text === '好的，客户所述日期。'),
    );
  });

  test('lines that would test nothing fail', () => {
    fails(`${script}设定：天树 = 61\n期望：开场`, /^42 天树: 没有名为“天树”的变量/);
    fails(`${script}期忘：说明`, /^42 期忘: 这一行没有写完整，或者不属于用例/);
    fails(`${script}客户说：`, /^42 : 这一行没有写完整/);
    fails(`${script}# 备注\n\n坐席：好。\n期望：开场`, /^44 坐席: .*不属于用例/);
  });

  test('重复 asks twice more and then goes on as 其他', () => {
    passes(`${script}客户说：没听清\n客户说：没听清\n客户说：没听清\n期望：结束语\n期望：完成`);
    fails(
      '【甲】\n客户（没听清） → 重复\n\n用例：乙\n客户说：没听清\n客户说：没听清\n客户说：没听清',
      /^7 没听清: .*没有“其他”/,
    );
    fails('【甲】\n客户（其他） → 重复\n\n用例：乙\n客户说：其他\n客户说：其他\n客户说：其他', /没有下文/);
  });

  test('anytime branches are taken from wherever the script waits, and come back', () => {
    passes(`${script}客户说：是本人\n期望：说明\n客户说：要投诉\n期望：随时、说明\n客户说：愿意还款\n期望：完成`);
  });

  test('a meaning without a branch is taken as 其他; where there is none, it is said what there is', () => {
    passes(`${script}客户说：有困难\n期望：结束语`);
    fails(
      `${script}客户说：是本人\n客户说：打错了`,
      /^43 打错了: “说明”没有“打错了”这个分支，也没有“其他”.*愿意还款、有困难、要投诉、要转人工。$/,
    );
  });

  test('a reply that means nothing is a failure, and so is one when all is over', () => {
    fails(`${script}客户说：天气真好\n期望：完成`, /^42 天气真好: “天气真好”既不是回复类别，也不像任何一句例句。/);
    fails(`${script}客户说：其他\n客户说：愿意还款`, /^43 愿意还款: 对话已经结束（结果是“完成”）/);
  });

  test('whoever speaks goes first, and is no condition', () => {
    const two = '【甲】\n第三方（其他） → 结束\n客户（其他） → 转人工\n\n用例：乙\n';
    passes(`${two}客户说：其他\n期望：转人工`);
    fails(`${two}第三方说：其他\n期望：转人工`, /没有到达/);
    passes(`${script}客户说：非本人\n期望：非本人接听`);
  });

  test('loops without replies, endless insertions, unknown targets and stray returns end with a message', () => {
    const scenario = '\n\n用例：试\n期望：没到\n\n【没到】\n结束：没到\n';
    const blame = /^\d+ 试: /;
    fails(`【甲】\n坐席：好。\n→ 甲${scenario}`, new RegExp(`${blame.source}.*不停地打转`), /没有到达/);
    fails(`【甲】\n插入：甲${scenario}`, /层层不断/, /没有到达/);
    fails(`【甲】\n→ 没有${scenario}`, /第 2 行的目标不存在/, /没有到达/);
    fails(`【甲】\n→ 返回\n\n【乙】\n→ 结束${scenario}`, /没有地方可以返回/, /没有到达/);
    fails('用例：空\n期望：甲', /还没有任何一节/);
  });

  test('other files: their nodes, their anytime branches at home, and how they are named', () => {
    const files = (lines: string): string =>
      `//- 主.huashu\n【甲】\n插入：公共/渠道\n客户（其他） → 公共/道别\n\n用例：乙\n${lines}\n//- 公共.huashu\n【渠道】\n坐席：官方渠道。\n→ 返回\n\n【道别】\n坐席：再见。\n结束：完\n`;
    passes(
      files(
        '期望：公共/渠道、甲\n客户说：其他\n期望：道别、完\n期望：结束'.replace('期望：道别、完\n', '期望：道别\n'),
      ),
    );
    fails(files('不得：官方'), /坐席说了“官方”：“官方渠道。”（公共\/渠道，第 2 行）/);
  });

  test('a message is sent and nothing follows', () => {
    passes('---\n渠道: 短信\n---\n【甲】\n坐席：您好。\n\n【乙】\n坐席：再见。\n\n用例：丙\n不得：再见\n期望：结束');
  });

  test('the conversation up to a failure comes with it', () => {
    const [failure] = run(`${script}客户说：是我\n期望：完成\n客户说：愿意还款`).failures;
    assert.deepEqual(
      failure!.said.map(({ speaker, category, text, node, placed }) => [
        speaker,
        category,
        text,
        node,
        placed.index + 1,
      ]),
      [
        ['agent', undefined, '您好，这里是某某银行信用卡中心，请问是王先生吗？', '开场', 8],
        ['customer', '是本人', '是我', '开场', 9],
        ['agent', undefined, '账单逾期12天。', '说明', 16],
      ],
    );
  });

  test('those of the samples pass', () => {
    const folder = join(import.meta.dirname, '../../samples');
    const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.huashu')))
      workspace.set(uriOf(name), 1, readFileSync(join(folder, name), 'utf8'));
    const snapshot = workspace.snapshot();
    const results = snapshot.scripts.flatMap((each) => runScenarios(each, snapshot));
    assert.ok(results.length >= 8);
    assert.deepEqual(
      results.flatMap(({ failures }) => failures.map(({ message }) => message.zh)),
      [],
    );
  });
});
