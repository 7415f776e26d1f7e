import assert from 'node:assert/strict';
import { loadPack } from '../../server/src/packs/load.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { runDetector } from '../../server/src/rules/examples.ts';
import { runFlowExamples } from '../../server/src/rules/flow/examples.ts';
import { flowInWords } from '../../server/src/rules/flow/inWords.ts';
import { findingsOf, fixed, isAboutFlow } from '../fixture.ts';
import { bundledSet } from '../packs.ts';

const base = `pack: mine
sources:
  S: { document: { zh: 甲, en: A }, binding: law, evidence: primary, gist: { zh: 甲, en: A } }
contexts:
  negated: { title: { zh: 否定, en: Negation }, reach: clause, cues: [不用] }
detectors:
  - id: sells
    title: { zh: 推销, en: Sells }
    match: [办一张卡]
    unless: [negated]
    examples: { does: [要不要办一张卡, 办一张卡吧, 您办一张卡], not: [不用办一张卡, 您好, 再见] }
  - id: says-bye
    title: { zh: 道别, en: Says bye }
    match: [再见]
    examples: { does: [再见, 那再见, 好再见], not: [您好, 好, 嗯] }
  - id: says-no
    title: { zh: 说不要, en: Says no }
    speaker: party
    match: [不要|不需要]
    examples: { does: [不要, 我不要, 不需要], not: [好, 行, 可以] }
  - id: says-yes
    title: { zh: 答是, en: Says yes }
    speaker: party
    match: [^是的$]
    examples: { does: [是的, 是的。, "嗯，是的"], not: [不是的, 是的话, 好] }
  - id: asks-who
    title: { zh: 问是谁, en: Asks who }
    match: [您是谁]
    examples: { does: [您是谁, 请问您是谁, 您是谁呀], not: [您好, 再见, 是] }
steps:
  - id: ask
    name: { zh: 询问, en: Ask }
    purpose: { zh: 甲, en: A }
    sets: { recording: announced }
    templates: [{ says: [方便说两句吗？] }]
replies:
  - { id: no, name: { zh: 不要, en: No }, about: { zh: 甲, en: A }, heard: [says-no] }
  - id: self
    name: { zh: 本人, en: Self }
    aliases: [答应]
    about: { zh: 甲, en: A }
    answers: { to: [asks-who], by: [says-yes], named: [答应] }
    sets: { identity: confirmed }
  - { id: other, name: { zh: 其他, en: Other }, about: { zh: 甲, en: A } }
flow:
`;

/** What the examples of a small rule do not bear out: the scripts that break it, marked, and those that do not. */
function failures(more: string, bad: readonly string[], good: readonly string[]): string[] {
  const list = (scripts: readonly string[]): string => JSON.stringify(scripts);
  const text = `${base}  - id: mine/rule
    category: step-missing
    severity: error
    title: { zh: 甲, en: A }
    message: { zh: 甲, en: A }
    why: { zh: 甲, en: A }
    sources: [S]
    ${more}
    examples: { bad: ${list(bad)}, good: ${list(good)} }
`;
  const { pack, problems } = loadPack([{ path: 'mine.yaml', text }]);
  assert.deepEqual(
    problems.map(({ line, message }) => `${line + 1} ${message.zh}`),
    [],
  );
  const packs = packSetOf([pack!]);
  const found = [
    ...packs.detectors.flatMap((each) => [...runDetector(each, packs, '2026-11-23')]),
    ...packs.flow.flatMap((each) => [...runFlowExamples(each, packs, '2026-11-23')]),
  ];
  return found.map(({ message }) => message.zh);
}

suite('kinds of rules about the flow', () => {
  test('a branch is heard by its examples, by what it is called, and by a short answer where the node asks for it', () => {
    const sells = 'kind: forbids-after\n    after: { takes: ["no"] }\n    event: { says: [sells] }';
    const known =
      'kind: requires-before\n    event: { says: [sells] }\n    requires: { facts: { identity: [confirmed] } }';
    const script = (asks: string, branch: string, says: string): string =>
      `【甲】\n坐席：${asks}\n客户（${branch} → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：${says}\n结束：完`;
    const [silent, marked] = ['要不要办一张卡？', '⟦要不要办一张卡？⟧'];
    assert.deepEqual(
      failures(
        sells,
        [
          script('办吗？', '推脱）：我不要', marked),
          script('办吗？', '说不要）', marked),
          script('办吗？', '说不要）：嗯', marked),
        ],
        [
          script('办吗？', '推脱）', silent),
          script('办吗？', '推脱）：不要／嗯', silent),
          script('办吗？', '本人）：不要', silent),
        ],
      ),
      [],
    );
    assert.deepEqual(
      failures(
        known,
        [script('您好。', '应了）：是的', marked), script('您是谁？', '应了）：是的话', marked)],
        [script('您是谁？', '应了）：是的', silent), script('您是谁？', '是的）', silent)],
      ),
      [],
    );
    // A name that is no more than an answer: what was asked where the agent says nothing, nobody knows.
    assert.deepEqual(
      failures(
        known,
        [script('您好。', '答应）', marked), script('办吗？', '答应）：嗯', marked)],
        [
          script('您是谁？', '答应）', silent),
          script('您好。', '本人）', silent),
          script('您好。', '答应）：是的', marked).replace('坐席：您好。\n', '').replaceAll(/[⟦⟧]/g, ''),
        ],
      ),
      [],
    );
  });

  test('requires-before: on every path, in the same line at the latest, and again once it is undone', () => {
    assert.deepEqual(
      failures(
        'kind: requires-before\n    event: { says: [sells] }\n    requires: { facts: { identity: [confirmed] } }',
        [
          '【甲】\n坐席：⟦要不要办一张卡？⟧\n结束：完',
          '【甲】\n坐席：在吗？\n客户（本人）：是 → 乙\n客户（其他） → 乙\n\n【乙】\n坐席：⟦要不要办一张卡？⟧\n结束：完',
          '【甲】\n坐席：在吗？\n客户（本人）：是 → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：还在吗？\n第三方（其他）：他走了 → 丙\n客户（其他） → 结束\n\n【丙】\n坐席：⟦要不要办一张卡？⟧\n结束：完',
        ],
        [
          '【甲】\n坐席：在吗？\n客户（本人）：是 → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：要不要办一张卡？\n结束：完',
          '【甲】\n坐席：不用办一张卡。\n结束：完',
        ],
      ),
      [],
    );
  });

  test('forbids-after: once the customer has said so, in a category or in words, until it is lifted', () => {
    assert.deepEqual(
      failures(
        'kind: forbids-after\n    after: { takes: [no] }\n    until: { performs: [ask] }\n    event: { says: [sells] }',
        [
          '【甲】\n坐席：您好。\n客户（不要）：不要 → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：⟦办一张卡吧。⟧\n结束：完',
          '【甲】\n坐席：您好。\n客户（没兴趣）：我不要／不需要 → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：⟦办一张卡吧。⟧\n结束：完',
          '【甲】\n坐席：您好。\n客户：我不要。\n坐席：⟦办一张卡吧。⟧\n结束：完',
        ],
        [
          '【甲】\n坐席：办一张卡吧。\n客户（不要）：不要 → 结束\n客户（其他） → 结束',
          '【甲】\n坐席：您好。\n客户（不要）：不要 → 询问\n客户（其他） → 结束\n\n【询问】\n坐席：方便吗？\n坐席：办一张卡吧。\n结束：完',
          // Of these words one is no refusal, so that the branch is none.
          '【甲】\n坐席：您好。\n客户（再想想）：我不要／好 → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：办一张卡吧。\n结束：完',
        ],
      ),
      [],
    );
  });

  test('must-reach: before every end, from the beginning or from where it is asked for', () => {
    assert.deepEqual(
      failures(
        'kind: must-reach\n    after: { takes: [no] }\n    requires: { says: [says-bye], ends: [transfer] }',
        [
          '【甲】\n坐席：您好。\n客户（⟦不要⟧）：不要 → 结束\n客户（其他） → 结束',
          '【甲】\n坐席：您好。\n客户（⟦不要⟧）：不要 → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：好。\n客户（本人）：嗯 → 转人工\n客户（其他） → 结束',
        ],
        [
          '【甲】\n坐席：您好。\n客户（不要）：不要\n坐席：再见。\n结束：完\n客户（其他） → 结束',
          '【甲】\n坐席：您好。\n客户（不要）：不要 → 转人工\n客户（其他） → 结束',
          '【甲】\n坐席：您好，再见。\n客户（不要）：不要 → 结束\n客户（其他） → 结束',
        ],
      ),
      [],
    );
  });

  test('must-contain, must-offer and ends-with', () => {
    assert.deepEqual(
      failures(
        'kind: must-contain\n    event: { says: [sells] }\n    requires: { takes: [no] }',
        ['【甲】\n坐席：⟦办一张卡吧。⟧\n客户（其他） → 结束'],
        [
          '【甲】\n坐席：办一张卡吧。\n客户（不要）：不 → 结束\n客户（其他） → 结束',
          '【甲】\n坐席：办一张卡吧。\n客户（其他） → 结束\n\n【随时】\n客户（不要）：不要 → 结束',
        ],
      ),
      [],
    );
    assert.deepEqual(
      failures(
        'kind: must-offer\n    event: { performs: [ask] }\n    replies: [[no, self], [other]]\n    fixes: [{ kind: add-replies }]',
        ['【⟦询问⟧】\n坐席：方便吗？\n客户（其他） → 结束', '【⟦询问⟧】\n坐席：方便吗？\n客户（不要）：不要 → 结束'],
        [
          '【询问】\n坐席：方便吗？\n客户（不要）：不要 → 结束\n客户（其他） → 结束',
          '【询问】\n坐席：方便吗？\n客户（其他） → 结束\n\n【随时】\n客户（本人）：是 → 结束',
          '【甲】\n坐席：您好。\n客户（本人）：是 → 结束',
        ],
      ),
      [],
    );
    assert.deepEqual(
      failures(
        'kind: ends-with\n    event: { says: [says-bye] }\n    after: { ends: [outcome] }',
        ['【甲】\n坐席：再见。\n坐席：还有。\n⟦结束：完⟧'],
        ['【甲】\n坐席：您好。\n坐席：再见。\n结束：完', '【甲】\n坐席：您好。\n→ 结束'],
      ),
      [],
    );
  });

  test('must-let-go: who always answers so comes to an end, unless nobody does', () => {
    const script = (no: string, other: string, last: string): string =>
      `【甲】\n坐席：办吗？\n客户（本人） → 结束\n客户（不要） → ${no}\n客户（其他） → 结束\n\n【乙】\n坐席：真的？\n客户（本人） → ${last}\n客户（${other}） → 甲`;
    assert.deepEqual(
      failures(
        'kind: must-let-go\n    replies: [["no", other]]',
        [
          script('乙', '⟦其他⟧', '结束'),
          script('乙', '⟦不要⟧', '结束'),
          '【甲】\n坐席：办吗？\n客户（本人） → 结束\n客户（⟦不要⟧） → 甲',
        ],
        [
          script('结束', '其他', '结束'),
          // Nothing says what such a customer does where neither answer is offered.
          script('乙', '想想', '结束'),
          '【甲】\n坐席：办吗？\n客户（不要） → 重复\n客户（其他） → 结束',
          '【甲】\n坐席：办吗？\n→ 甲',
        ],
      ),
      [],
    );
    const round = (said: string): string =>
      `【甲】\n坐席：${said}\n客户（本人） → 结束\n客户（${said === '您好。' ? '其他' : '⟦其他⟧'}） → 甲`;
    assert.deepEqual(
      failures(
        'kind: must-let-go\n    event: { says: [sells] }\n    replies: [["no", other]]',
        [round('要不要办一张卡？')],
        [round('您好。')],
      ),
      [],
    );
  });

  test('max-count: not at all, or not a second time on one path', () => {
    assert.deepEqual(
      failures(
        'kind: max-count\n    event: { says: [sells] }\n    max: 1',
        ['【甲】\n坐席：办一张卡吧。\n坐席：⟦要不要办一张卡？⟧\n结束：完'],
        [
          '【甲】\n坐席：您好。\n客户（本人）：是\n坐席：办一张卡吧。\n结束：完\n客户（其他）\n坐席：办一张卡吧。\n结束：完',
        ],
      ),
      [],
    );
    assert.deepEqual(
      failures(
        'kind: max-count\n    event: { says: [sells] }\n    max: 0',
        ['【甲】\n坐席：您好。\n坐席：⟦办一张卡吧。⟧\n结束：完'],
        ['【甲】\n坐席：您好。\n结束：完'],
      ),
      [],
    );
  });

  test('limits: the value alone is underlined, and set to what is allowed', () => {
    assert.deepEqual(
      failures(
        'kind: limits\n    limits: { hours: "9:00-18:00", connected: 2 }',
        [
          '---\n时段: ⟦9:00-21:00⟧\n---\n【甲】\n坐席：您好。\n结束：完',
          '---\n频次: {未接通: 9, 接通: ⟦3⟧}\n---\n【甲】\n坐席：您好。\n结束：完',
        ],
        ['---\n时段: 9:00-18:00\n频次: {未接通: 9, 接通: 2}\n---\n【甲】\n坐席：您好。\n结束：完'],
      ),
      [],
    );
  });
});

suite('rules about the flow of the product', () => {
  test('a file of nodes for others need not have what a call has to have', () => {
    const shared = '【催收】\n坐席：您的信用卡账单逾期了。\n→ 返回';
    assert.deepEqual(
      findingsOf(shared).filter(({ rule }) => isAboutFlow(rule)),
      [],
    );
    assert.ok(findingsOf(shared.replace('→ 返回', '结束：完成')).some(({ rule }) => rule === 'cn/dispute-possible'));
  });

  test('what another file says is quoted, and reported where it comes in', () => {
    const [finding] = findingsOf(
      '//- a.huashu\n【甲】\n插入：公共/账单\n坐席：再见。\n结束：完成\n//- 公共.huashu\n【账单】\n坐席：您的账单逾期了。\n→ 返回',
    ).filter(({ rule }) => rule === 'cn/identity-before-disclosure');
    assert.match(finding?.message.zh ?? '', /“您的账单逾期了”/);
    assert.equal(finding?.start, 4);
  });

  test('a path tells the condition by which it leads on, and what jumps past the identity goes there, whoever is confirmed', () => {
    const text = [
      '---\n变量:\n  老客户: {类型: 布尔, 样例: 是}\n  次数: {类型: 整数, 样例: 1}\n---',
      '【开场】\n坐席：您好。\n若：老客户 → 事由\n若：次数 大于 2 → 事由\n',
      '【核身】 确认身份\n坐席：请问是王先生本人吗？\n客户（是本人） → 事由\n客户（其他） → 结束\n',
      '【事由】\n坐席：您的账单逾期了。\n结束：完成',
    ].join('\n');
    const rule = 'cn/identity-before-disclosure';
    const finding = findingsOf(text).find((each) => each.rule === rule);
    assert.match(finding?.message.zh ?? '', /路径：【开场】（若 老客户） → 【事由】。$/);
    assert.match(finding?.message.en ?? '', /Path: \[开场\] \(if 老客户\) -> \[事由\]\.$/);
    assert.equal(
      fixed(text, rule),
      text.replace('老客户 → 事由', '老客户 → 核身').replace('大于 2 → 事由', '大于 2 → 核身'),
    );
  });

  test('what is said back is recorded first, in the words of the script', () => {
    const script = (english: boolean): string =>
      english
        ? '[A]\nAgent: 请问是王先生本人吗？\nCustomer (Self) -> B\nCustomer (Other) -> End\n\n[B]\nAgent: 您的账单逾期了，您看哪天还？\nCustomer (Promise to pay)\nAgent: 好的，五百二十元，通过手机银行还，再见。\nOutcome: done\nCustomer (Other) -> End'
        : '【甲】\n坐席：请问是王先生本人吗？\n客户（是本人） → 乙\n客户（其他） → 结束\n\n【乙】\n坐席：您的账单逾期了，您看哪天还？\n客户（承诺还款）\n坐席：好的，五百二十元，通过手机银行还，再见。\n结束：完成\n客户（其他） → 结束';
    assert.match(
      fixed(script(false), 'cn/promise-date-repeated', '加上一句'),
      /\n记录：约定日期 = 客户所述日期\n坐席：/,
    );
    assert.match(
      fixed(script(true), 'cn/promise-date-repeated', '加上一句'),
      /\nRecord: 约定日期 = the date the customer named\nAgent: /,
    );
  });

  test('are told in words without a single id', () => {
    for (const rule of bundledSet.flow) {
      const { kind, parts } = flowInWords(rule, bundledSet);
      assert.ok(parts.length > 0, rule.id);
      const chinese = [
        kind,
        ...parts.flatMap(({ title, any }) => [title, ...any.flatMap(({ names }) => names.map(({ name }) => name))]),
      ];
      for (const { zh, en } of chinese) {
        assert.doesNotMatch(zh, /[a-z]{3}/, rule.id);
        assert.doesNotMatch(en, /\p{Script=Han}/u, rule.id);
      }
    }
  });
});
