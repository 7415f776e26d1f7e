import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver-protocol';
import { inLanguage, type Language } from '../../server/src/base/text.ts';
import { hover } from '../../server/src/features/hover.ts';
import { escaped } from '../../server/src/features/markdown.ts';
import { categoryTitles, flowCategoryTitles } from '../../server/src/packs/labels.ts';
import { structureRules } from '../../server/src/rules/structure/index.ts';
import * as vocabulary from '../../server/src/syntax/vocabulary.ts';
import { spellings, type Term } from '../../server/src/syntax/vocabulary.ts';
import { fixture } from '../fixture.ts';
import { bundledSet } from '../packs.ts';

const languages = ['zh-CN', 'en'] as const;

/** The Markdown of a hover; `checks` says whether the findings there belong to it. */
function markdownAt(text: string, language: Language = 'zh-CN', checks = true): string {
  const { script, cursor, context } = fixture(text);
  const asked = { ...context, language, ...(!checks && { findings: () => [] }) };
  const position = script.text.positionAt(cursor);
  const found = hover.run(asked, { textDocument: { uri: script.uri }, position });
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
}

/** What a reader sees, but for the marks of Markdown. */
function hoverAt(text: string, language: Language = 'zh-CN'): string {
  return markdownAt(text, language).replaceAll('\\', '');
}

suite('hover', () => {
  test('on flagged wording: title, severity, why, law with article, date and standing, what to say instead', () => {
    const text = hoverAt('【开场】\n坐席：再不还钱我就找人打$0断你的腿。');
    assert.match(text, /`cn\/no-threat-of-violence`　错误 · 不允许豁免\n/);
    assert.match(
      text,
      /\*\*依据\*\*\n\n- 《[^\n]+第68条（2011-01-13 起施行） · 部门规章 · 仅见于二手资料，引用前请核对原文 {2}\n\S/,
    );
    assert.match(text, /\*\*可以说\*\*[\s\S]*\*\*依据\*\*[\s\S]*\*\*不要说\*\*/);
    assert.match(
      hoverAt('【开场】\n坐席：再不还钱我就找人打$0断你的腿。', 'en'),
      /　error · cannot be suppressed\n[\s\S]*\*\*Sources\*\*/,
    );
  });

  test('on a step: what it is, what comes before, the replies it needs; beside a heading the template too', () => {
    assert.match(hoverAt('【开$0场】\n坐席：您好。'), /标准步骤：自报身份/);
    const step = hoverAt('【甲】 确认$0身份\n坐席：您好。');
    assert.match(
      step,
      /标准步骤：确认身份[\s\S]*\*\*在此之前\*\*　自报身份、录音告知\n\n\*\*必须有的回复\*\*　非本人、无应答、其他/,
    );
    assert.match(step, /\*\*范本\*\*\n\n> 坐席：请问是\{客户称呼\}本人吗？/);
    assert.match(
      hoverAt('[One] Confirm$0 identity\nAgent: Hello.', 'en'),
      /\*\*Standard step: Confirm identity\*\*[\s\S]*\*\*Required replies\*\* Not self, No answer, Other/,
    );
  });

  test('on a reply category: what it means and what the rules take from it; one that nobody knows says so', () => {
    assert.match(hoverAt('【甲】\n客户（有$0异议） → 结束'), /回复类别：有异议[\s\S]*例句/);
    const self = '【甲】\n客户（是$0本人） → 结束';
    assert.match(hoverAt(self), /\*\*规则由此认定\*\*　身份为已确认、接听人为本人\n\n\*\*也可以写作\*\*　本人、/);
    assert.match(hoverAt(self, 'en'), /\*\*Also written\*\* Confirmed, Yes/);
    assert.match(hoverAt('【甲】\n客户（想一$0想） → 结束'), /回复类别：想一想[\s\S]*自拟的类别/);
  });

  test('on a tone: that it is not spoken', () => {
    assert.match(hoverAt('【甲】\n坐席（语气$0平和）：您好。'), /语气：语气平和[\s\S]*不会播出/);
  });

  test('in a scenario: what a sentence is taken for, where an outcome ends the conversation, 结束 as any end', () => {
    const script =
      '【甲】\n坐席：您是王先生吗？\n客户（是本人）：我就是王某\n结束：完成\n客户（想一想）：我想想\n结束：以后再说\n客户（其他） → 结束\n\n用例：一\n';
    assert.match(
      hoverAt(`${script}客户说：我就$0是王某`),
      /^“我就是王某”按\*\*是本人\*\*处理。[\s\S]*回复类别：是本人/,
    );
    assert.match(hoverAt(`${script}客户说：我想$0想`), /按\*\*想一想\*\*处理/);
    assert.doesNotMatch(hoverAt(`${script}客户说：是$0本人`), /处理/);
    assert.match(hoverAt(`${script}期望：以后$0再说`), /结果：以后再说[\s\S]*【甲】/);
    assert.match(
      hoverAt(script.replace('完成', '完$0成'), 'en'),
      /\*\*Outcome: 完成\*\*\n\nEnds the conversation in \[甲\]/,
    );
    assert.match(hoverAt(`${script}期望：结$0束`), /\*\*结束\*\*/);
  });

  test('on a variable: type, sample, range, note, where it is used, and the sentence with the samples', () => {
    const head = '---\n变量:\n  逾期天数: {类型: 整数, 范围: 1..180, 样例: 12, 说明: 自然日}\n---\n';
    const text = hoverAt(
      `${head}【甲】\n坐席：已逾期{逾期$0天数}天。\n若：逾期天数 > 60 → 乙\n【乙】\n坐席：{逾期天数}`,
    );
    assert.match(text, /变量：\{逾期天数\}[\s\S]*类型：整数[\s\S]*样例：12[\s\S]*范围：1..180[\s\S]*说明：自然日/);
    assert.match(text, /用到 3 处：【甲】、【乙】/);
    assert.match(text, /按样例读作：\n\n> 已逾期12天。/);
    assert.match(hoverAt('【甲】\n坐席：{工$0号}。'), /工号[\s\S]*内置变量/);
    assert.match(
      hoverAt('【甲】\n记录：还款$0日 = 客户所说\n坐席：{还款日}。', 'en'),
      /Filled by a Record line[\s\S]*Used once: \[甲\]/,
    );
    assert.match(hoverAt('---\n变量:\n  天$0数: 整数\n---\n'), /变量：\{天数\}/);
    assert.match(hoverAt('---\n变量:\n  天数: 整$0数\n---\n'), /\*\*整数\*\*/);
  });

  test('on a target: a preview of the node, also of one in another file or that is inserted; on its own heading none', () => {
    assert.match(hoverAt('【甲】\n→ 乙$0\n【乙】\n坐席：我是乙。'), /\*\*【乙】\*\*\n\n> 坐席：我是乙。/);
    const files = '//- a.huashu\n【甲】\n$0插入：公共/告知渠道\n//- 公共.huashu\n【告知渠道】\n坐席：谢谢您的耐心。';
    assert.match(hoverAt(files), /> 坐席：谢谢您的耐心。[\s\S]*\*\*插入\*\*/);
    assert.doesNotMatch(hoverAt('【甲】\n→ 乙\n【乙$0】\n坐席：我是乙。'), />/);
  });

  test('in the front matter: keys, values, packs, and what a value is for', () => {
    assert.match(hoverAt('---\n渠道：智能$0外呼\n---\n'), /智能语音机器人外呼/);
    assert.match(hoverAt('---\n规则包: [cn-credit$0-card]\n---\n'), /`cn-credit-card`/);
    assert.match(hoverAt('---\n时段: 8:00-2$00:00\n---\n'), /\*\*时段\*\*/);
    assert.match(hoverAt('---\nvariables:\n  n: {type: enum, values: [a, $0b]}\n---\n', 'en'), /All values of an enum/);
    assert.match(hoverAt('---\n角色: {小王: 坐$0席}\n---\n'), /\*\*坐席\*\*/);
    assert.match(
      hoverAt('---\n角色: {小王: 坐席}\n---\n【甲】\n小$0王：您好。'),
      /\*\*小王\*\*\n\n本话术里“坐席”的另一个名称/,
    );
  });

  test('text of the author is shown, never interpreted', () => {
    const nasty = '<img src=x> [点](command:x) **粗** http://a.b ![](x) `码`';
    const marked = (text: string) =>
      markdownAt(text)
        .replace(/\\[\s\S]/g, '')
        .replace(/`[^`]*`/g, '');
    for (const text of [
      `【甲】\n→ 乙$0\n【乙】\n坐席：${nasty}\n# ${nasty}`,
      `【甲】\n结束：$0${nasty}`,
      `---\n变量:\n  甲: {类型: 文本, 样例: "${nasty}", 说明: "${nasty}"}\n---\n【甲】\n坐席：{$0甲}${nasty}`,
      `---\n角色: {"${nasty.slice(0, 11)}": 坐席}\n---\n`.replace('<', '$0<'),
      `---\n变量:\n  甲: 文本\n---\n【甲】\n若：甲 = $0“${nasty}” → ${nasty}`,
      `【甲】\n客户（$0${nasty.replace(/[()]/g, '')}） → 结束`,
      `【${nasty}】\n→ $0${nasty}\n`,
    ]) {
      assert.notEqual(markdownAt(text), '', text);
      assert.doesNotMatch(marked(text), /[<[]|:\/\/|\*\*粗|^ {0,3}(=|-){3}(?!-*\n)/m, text);
    }
    assert.equal(escaped('=== a@b.c'), '\\=\\=\\= a\\@b\\.c');
  });

  test('prose has no hover', () => assert.equal(hoverAt('【甲】\n坐席：今天天气$0很好。'), ''));
});

suite('conditions in words', () => {
  const head =
    '---\n变量:\n  天数: {类型: 整数, 样例: 12}\n  金额: {类型: 金额, 样例: 520}\n  老客户: {类型: 布尔, 样例: 否}\n  等级: {类型: 枚举, 取值: [甲, 乙], 样例: 甲}\n---\n【开场】\n';
  const cases: readonly (readonly [condition: string, zh: string, en: string])[] = [
    [
      '天数 ≥ 3 且 非 老客户',
      '“天数”大于或等于 3，并且“老客户”为“否”时',
      'When “天数” is at least 3 and “老客户” is no',
    ],
    ['老客户', '“老客户”为“是”时', 'When “老客户” is yes'],
    ['老客户 不等于 yes', '“老客户”不为“是”时', 'When “老客户” is not yes'],
    ['非 天数 大于 60', '“天数”小于或等于 60 时', 'When “天数” is at most 60'],
    ['非 非 天数 = 60', '“天数”等于 60 时', 'When “天数” is 60'],
    ['金额 < 1000', '“金额”小于 1000 元时', 'When “金额” is less than 1000 yuan'],
    ['等级 = 甲 或 等级 != 乙', '“等级”为“甲”，或者“等级”不为“乙”时', 'When “等级” is “甲”, or “等级” is not “乙”'],
    [
      '天数>60 且 老客户 或 金额>9',
      '“天数”大于 60 并且“老客户”为“是”，或者“金额”大于 9 元时',
      'When “天数” is greater than 60 and “老客户” is yes, or “金额” is greater than 9 yuan',
    ],
  ];
  for (const [condition, zh, en] of cases)
    test(condition, () => {
      const text = `${head}$0若：${condition} → 结尾\n【结尾】\n`;
      assert.match(hoverAt(text), new RegExp(`^${zh}，转到【结尾】；否则继续往下一行。`));
      assert.match(
        hoverAt(text, 'en'),
        new RegExp(`^${en}, it goes on at \\[结尾\\]; otherwise the next line follows.`),
      );
    });

  test('built-in targets, other files, a target that is missing', () => {
    const said = (target: string): string => hoverAt(`${head}$0若：老客户 → ${target}`);
    assert.match(said('转人工'), /时，转人工；/);
    assert.match(said('Repeat'), /时，再问一遍本节；/);
    assert.match(said('公共/告知渠道'), /转到“公共”里的【告知渠道】/);
    assert.match(said(''), /还没有写目标/);
  });

  test('a condition that is not understood is not told', () => {
    assert.doesNotMatch(hoverAt(`${head}$0若：天数 大于 → 开场`), /否则继续往下一行/);
  });
});

type Tables = { readonly [name: string]: readonly Term[] };

/** Every table of the vocabulary. */
const tables: Tables = Object.fromEntries(
  Object.entries(vocabulary).flatMap(([name, value]): [string, readonly Term[]][] =>
    Array.isArray(value) ? [[name, value]] : typeof value === 'object' && 'zh' in value ? [[name, [value]]] : [],
  ),
);

/** Where the words of a table stand; the cursor is behind their first character. */
const places: { readonly [table: string]: (word: string, id: string) => string } = {
  keywords: (word) => `【甲】\n${word}：乙`,
  roles: (word) => `【甲】\n${word}：您好。`,
  targets: (word) => `【甲】\n→ ${word}`,
  anytime: (word) => `【${word}】\n客户（要投诉） → 结束`,
  frontMatterKeys: (word) => `---\n${word}: x\n---\n`,
  frequencyKeys: (word) => `---\n频次: {${word}: 6}\n---\n`,
  variableTypes: (word) => `---\n变量:\n  甲: {类型: ${word}}\n---\n`,
  variableFields: (word) => `---\n变量:\n  甲: {${word}: x}\n---\n`,
  statuses: (word) => `---\n状态：${word}\n---\n`,
  channels: (word) => `---\n渠道：${word}\n---\n`,
  stages: (word) => `---\n阶段：${word}\n---\n`,
  booleans: (word) => `【开场】\n若：甲 = ${word} → 结束`,
  operators: (word) => `【开场】\n若：甲 ${word} 3 → 结束`,
  connectives: (word, id) => `【开场】\n若：${id === 'not' ? '' : '甲 > 3 '}${word} 乙 > 3 → 结束`,
  suppressionScopes: (word) => `豁免（${word}）：cn/no-impatience，原因：培训`,
  suppressionFields: (word) => `豁免：cn/no-impatience，${word}：2027-06-30`,
  builtinVariables: (word) => `【甲】\n坐席：{${word}}`,
};

/** What stands in a condition is told as a whole. */
const inConditions = new Set(['booleans', 'operators', 'connectives']);

suite('every word of the vocabulary has a hover', () => {
  for (const [table, terms] of Object.entries(tables))
    test(table, () => {
      const place = places[table];
      assert.ok(place, `Say where the words of ${table} stand.`);
      for (const term of terms)
        for (const word of spellings(term)) {
          const written = place(word, term.id);
          const text = written.replace(word, `${word.charAt(0)}$0${word.slice(1)}`);
          for (const language of languages) {
            const value = markdownAt(text, language, false);
            const wanted = inConditions.has(table)
              ? /，结束对话|, the conversation ends/
              : escaped(inLanguage(term.help, language));
            if (typeof wanted === 'string') assert.ok(value.includes(wanted), `${written}: ${value}`);
            else assert.match(value, wanted, written);
            if (language === 'en')
              assert.doesNotMatch(
                value.replace(/`[^`]*`|“[^”]*”|\{[^}]*\}|某某银行信用卡中心|\\\[甲\\\]/g, ''),
                /\p{Script=Han}/u,
              );
          }
        }
    });
});

suite('everything that packs define has a hover', () => {
  const both = (text: string, zh: string, en: string): void => {
    assert.ok(markdownAt(text, 'zh-CN', false).includes(escaped(zh)), text);
    assert.ok(markdownAt(text, 'en', false).includes(escaped(en)), text);
  };

  test('steps, by all their names', () => {
    for (const { id, name, aliases, purpose } of bundledSet.steps)
      for (const word of [id, name.zh, name.en, ...aliases])
        if (bundledSet.step(word)?.id === id)
          both(`---\n规则包: [cn-credit-card, us-fdcpa]\n---\n【甲】 ${word}$0`, purpose.zh, purpose.en);
  });

  test('reply categories, by all their names', () => {
    for (const { id, name, aliases, about } of bundledSet.replies)
      for (const word of [id, name.zh, name.en, ...aliases])
        if (bundledSet.reply(word)?.id === id)
          both(`---\n规则包: [cn-credit-card, us-fdcpa]\n---\n【甲】\n客户（${word}$0） → 结束`, about.zh, about.en);
  });

  test('a mere answer, by what was asked', () => {
    const said = (asks: string): string => markdownAt(`【甲】\n坐席：${asks}\n客户（肯$0定） → 结束`, 'zh-CN', false);
    assert.match(said('请问您是王先生本人吗？'), /此后可以说明账单/);
    assert.match(said('请问您现在方便吗？'), /只是一句回答：坐席在这一节里问过相应的问题，它才是“是本人”/);
  });

  test('rules and categories, in 豁免', () => {
    for (const { id, title } of [...bundledSet.rules, ...bundledSet.flow])
      both(`---\n规则包: [cn-credit-card, us-fdcpa]\n---\n豁免：${id}$0，原因：培训`, title.zh, title.en);
    for (const [category, title] of Object.entries({ ...categoryTitles, ...flowCategoryTitles }))
      both(`豁免：${category}$0，原因：培训`, title.zh, title.en);
    for (const { id, title } of structureRules) both(`豁免：${id}$0，原因：培训`, title.zh, title.en);
  });
});
