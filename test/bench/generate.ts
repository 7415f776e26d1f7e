import { type Random, randomFrom } from './random.ts';
import { answer, cleanSentence, domainWords, guidanceSentence, riskySentence } from './sentences.ts';

// All that the bench measures on is made here, the same at every run: nothing of it stands in the repository.

/** How many of a hundred agent's lines break a rule. */
const riskyShare = 3;

/** How many of a hundred lines of a transcript are one of the short ones that everybody says all day. */
export const repeatedShare = 25;

/** A script of so many lines: an opening as rules want it, then nodes of some ten lines that lead on to each other. */
export function scriptOfLines(lines: number, seed = 1): string {
  const room = lines - opening(seed).length - ending.length;
  // How long a node gets does not hang on where it leads, so that the first pass may take any number for their count.
  const [nodes] = bodyOf(room, Number.MAX_SAFE_INTEGER, randomFrom(seed));
  const [, body] = bodyOf(room, nodes, randomFrom(seed));
  const padding = Array.from({ length: Math.max(0, room - body.length) }, () => '');
  return [...opening(seed), ...body, ...padding, ...ending].join('\n');
}

function bodyOf(room: number, count: number, random: Random): readonly [number, readonly string[]] {
  const body: string[] = [];
  for (let node = 0; node < count; node++) {
    const lines = nodeLines(node, count, random);
    if (body.length + lines.length > room) return [node, body];
    body.push(...lines);
  }
  return [count, body];
}

/** Many scripts, by name. */
export function scriptsOfLines(count: number, lines: number): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  for (let index = 0; index < count; index++) {
    const folder = String(Math.floor(index / 50)).padStart(2, '0');
    scripts.set(`${folder}/话术${String(index).padStart(4, '0')}.huashu`, scriptOfLines(lines, 1000 + index));
  }
  return scripts;
}

function opening(seed: number): string[] {
  return [
    '---',
    `话术: 测量用话术${seed}`,
    `编号: BENCH-${seed}`,
    '渠道: 电话',
    '阶段: M1',
    '变量:',
    '  客户称呼: {类型: 称谓, 样例: 王先生}',
    '  逾期天数: {类型: 整数, 范围: 1..180, 样例: 12}',
    '  最低还款额: {类型: 金额, 样例: 520.00}',
    '---',
    '【开场】 自报身份、录音告知',
    '坐席：您好，这里是{机构}，工号{工号}，本次通话会全程录音。',
    '【确认身份】',
    '坐席：请问您是{客户称呼}本人吗？',
    '客户（是本人）：是我／我就是 → 说明目的',
    '第三方（非本人）：他不在 → 别处',
    '客户（无应答） → 重复',
    '客户（其他） → 别处',
    '【说明目的】',
    '坐席：来电是想提醒您，您的信用卡账单已经逾期{逾期天数}天，最低还款额{最低还款额}元。',
    '坐席：方便说说是什么原因吗？',
    '客户（有异议）：金额不对 → 异议受理',
    '客户（其他） → 节0',
    '',
  ];
}

const ending: readonly string[] = [
  '【异议受理】',
  '坐席：您的疑问我已经登记，核实期间我们暂停联系，结果会告知您，再见。',
  '结束：异议登记',
  '【别处】',
  '坐席：谢谢您，打扰了，再见。',
  '结束：完成',
  '【随时】',
  '客户（要投诉）：我要投诉 → 转人工',
  '客户（要求停止联系）：别打了 → 别处',
  '客户（情绪危机）：不想活了 → 转人工',
];

function nodeLines(node: number, count: number, random: Random): string[] {
  const target = (index: number): string => (index >= count - 1 ? '别处' : `节${index}`);
  const ahead = (): string => target(node + 1 + random.below(20));
  const lines = [`【节${node}】`];
  if (node % 40 === 7) lines.push(`若：逾期天数 > ${30 + random.below(3) * 30} → ${ahead()}`);
  if (random.below(4) === 0) lines.push(`提示：${guidanceSentence(random)}`);
  for (let said = 2 + random.below(5); said > 0; said--) lines.push(`坐席：${agentSentence(random)}`);
  if (node % 25 === 11) lines.push(`记录：约定日期 = 客户说的日期`);
  lines.push(
    `客户（愿意还款）：${answer(random)}／${answer(random)} → ${ahead()}`,
    `客户（有困难）：${answer(random)} → ${random.below(5) === 0 ? target(random.below(count)) : ahead()}`,
    `客户（有异议）：${answer(random)} → 异议受理`,
    `客户（其他） → ${target(node + 1)}`,
  );
  if (random.below(2) === 0) lines.push('');
  return lines;
}

function agentSentence(random: Random): string {
  return random.below(100) < riskyShare ? riskySentence(random) : cleanSentence(random);
}

/** Phrases that a house forbids, of two to eight characters; of a hundred one stands in the text, and no other does. */
export function phrases(count: number, text: string): readonly string[] {
  const random = randomFrom(7);
  const words = domainWords();
  const common = commonCharacters();
  const present = new Map<string, number>();
  for (const stretch of text.match(/[\u4e00-\u9fff]{2,}/g) ?? []) {
    for (let at = 0; at < stretch.length; at++) {
      for (let length = 2; length <= 8 && at + length <= stretch.length; length++) {
        const part = stretch.slice(at, at + length);
        present.set(part, (present.get(part) ?? 0) + 1);
      }
    }
  }
  // What a house forbids is rare: those that stand in the text stand there twenty times or so.
  const rare = [...present].flatMap(([part, times]) => (times > 10 && times < 30 ? [part] : []));
  const all = new Set<string>();
  while (all.size < count / 100) all.add(random.of(rare));
  while (all.size < count) {
    const phrase = unseen(random, words, common);
    if (!present.has(phrase)) all.add(phrase);
  }
  return [...all];
}

/** Most phrases are put together from words of the trade, so that they begin as the text does. */
function unseen(random: Random, words: readonly string[], common: readonly string[]): string {
  const chars = (length: number): string => Array.from({ length }, () => random.of(common)).join('');
  const kind = random.below(10);
  if (kind < 6) return (random.of(words) + random.of(words)).slice(0, 8);
  return kind < 8 ? random.of(words) + chars(1 + random.below(4)) : chars(2 + random.below(7));
}

/** The 3,755 commonest Chinese characters: the first level of GB 2312. */
function commonCharacters(): readonly string[] {
  const decoder = new TextDecoder('gb2312');
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++)
      characters.push(decoder.decode(Uint8Array.of(row, cell)));
  }
  return characters;
}

/** A rule pack that forbids phrases, a hundred a rule, as a list from somewhere else becomes one. */
export function packOf(list: readonly string[]): string {
  const rules: string[] = [];
  for (let from = 0; from < list.length; from += 100) {
    rules.push(`  - id: bench/list-${from / 100}
    category: unprofessional-tone
    severity: warning
    title: { zh: 禁用词, en: Forbidden words }
    message: { zh: '“{match}”不能说。', en: 'Do not say “{match}”.' }
    why: { zh: 名单上有。, en: It is on the list. }
    sources: [LIST]
    match: [${list.slice(from, from + 100).join(', ')}]
    examples: { bad: [], good: [] }`);
  }
  return `pack: bench
prefix: bench
title: { zh: 名单, en: List }
sources:
  LIST: { document: { zh: 名单, en: List }, binding: practice, evidence: general, gist: { zh: 无, en: None } }
rules:
${rules.join('\n')}
`;
}

/** What is said over and over in every call. */
const repeated: readonly string[] = [
  '您好',
  '好的',
  '嗯',
  '请问您是本人吗',
  '再见',
  '谢谢您',
  '您请说',
  '不客气',
  '请稍等',
  '对',
  '打扰您了',
  '喂，您好',
];

/** Lines of calls as JSON, each with its end, for as long as somebody wants more. */
export function* transcript(seed = 5): Generator<string, never> {
  const random = randomFrom(seed);
  for (let call = 0; ; call++) {
    for (let turn = 8 + random.below(20); turn > 0; turn--) {
      const agent = random.below(5) < 3;
      const text =
        random.below(100) < repeatedShare ? random.of(repeated) : agent ? agentSentence(random) : answer(random);
      yield `${JSON.stringify({ id: `c-${call}-${turn}`, speaker: agent ? 'agent' : 'customer', text, context: { channel: 'phone', identity: turn > 20 ? 'unconfirmed' : 'confirmed' } })}\n`;
    }
  }
}

/** A part of a transcript of so many bytes, and a little more. */
export function transcriptOf(bytes: number, seed = 5): string {
  const lines: string[] = [];
  let size = 0;
  for (const line of transcript(seed)) {
    lines.push(line);
    size += Buffer.byteLength(line);
    if (size >= bytes) break;
  }
  return lines.join('');
}
