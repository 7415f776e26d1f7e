import { stringify } from 'yaml';
import { configForm } from '../../server/src/model/configSchema.ts';
import { packForm } from '../../server/src/packs/packSchema.ts';
import type { Scalar, Shape } from '../../server/src/packs/shape.ts';
import { pieces } from '../chance.ts';
import { smallScript } from '../flow/scripts.ts';
import type { Random } from './mutate.ts';

/**
 * Texts that are made by the grammar and not out of others: mostly right, so that they come further than what was mutated, and wrong
 * where chance has it so.
 */
export const grown: { readonly [kind in 'scripts' | 'packs' | 'documents']: (random: Random) => string } = {
  scripts: scriptOf,
  packs: packOf,
  documents: documentOf,
};

function pick<T>(all: readonly T[], random: Random): T {
  return all[random(all.length)] as T;
}

const names = ['甲', '乙', '丙', '确认身份', '说明目的', '异议受理', '其他文件/甲', '../甲', '随时', ''];
const targets = [...names, '结束', '重复', '返回', '转人工', '没有'];
const replies = ['是本人', '非本人', '有困难', '有异议', '拒绝', '要求停止联系', '其他', '没听清', '不知道', ''];
const speech = [
  '您好，这里是某某银行信用卡中心，工号{工号}，本次通话将被录音。',
  '请问是{客户称呼}本人吗？',
  '您的账单已逾期{逾期天数}天。',
  '再不还钱就打断你的腿，我们会联系您的家人。',
  '我们不会联系您的家人。',
  '您有滞纳金，会影响征信。',
  '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
  '=cmd|"/C calc"!A0',
  '{}{甲}{{工号}}｛',
  '',
];
const conditions = [
  '逾期天数 大于 60',
  '非 老客户',
  '天数 等于 且',
  '逾期天数 大于',
  '（',
  '老客户 或 逾期天数 小于 3 且 非 甲',
];

function scriptOf(random: Random): string {
  if (random(3) === 0) return smallScript(random(1 << 30));
  const one = <T>(all: readonly T[]): T => pick(all, random);
  const line = (): string => {
    switch (random(16)) {
      case 0:
        return `【${one(names)}】${random(2) ? ` ${one(['自报身份', '确认身份、录音告知', '没有的步骤'])}` : ''}`;
      case 1:
        return `若：${one(conditions)} → ${one(targets)}`;
      case 2:
        return `插入：${one(targets)}`;
      case 3:
        return `记录：${one(['逾期天数', '还款日', ''])} = ${one(['客户所述', '3', ''])}`;
      case 4:
        return `结束：${one(['完成', '', '异议受理'])}`;
      case 5:
        return `豁免${one(['', '（本节）', '（全文）'])}：${one(['cn/no-insult', 'threat-violence', '没有'])}，原因：备案，至：${one(['2027-06-30', '昨天', ''])}`;
      case 6:
        return `→ ${one(targets)}`;
      case 7:
        return one(pieces);
      case 8:
        return `# ${one(speech)}`;
      case 9:
        return `用例：${one(names)}`;
      case 10:
        return `${one(['设定', '期望', '不得', '客户说', '第三方说'])}：${one([...replies, ...targets, '逾期天数 = 3'])}`;
      case 11:
      case 12:
        return `${one(['客户', '第三方', 'Customer'])}（${one(replies)}）：${one(speech)}${random(2) ? ` → ${one(targets)}` : ''}`;
      default:
        return `${one(['坐席', '催收员', 'Agent', '小王'])}：${one(speech)}`;
    }
  };
  const header =
    random(3) === 0
      ? ''
      : `---\n话术: ${one(speech).replace(/[{}"'<>|=]/g, '')}\n渠道: ${one(['电话', '短信', '智能外呼', '在线', '传真'])}\n角色: {小王: 坐席}\n变量:\n  逾期天数: {类型: ${one(['整数', '金额', '枚举', '无'])}, 样例: ${one(['3', '一', ''])}}\n  老客户: {类型: 布尔}\n---\n`;
  return header + Array.from({ length: random(60) }, line).join(one(['\n', '\n', '\r\n']));
}

/** A configuration, or a pack that mostly says what it is called, without which it is none. */
function packOf(random: Random): string {
  if (random(4) === 0) return stringify(filled(configForm, random, 0));
  const pack = filled(packForm, random, 0);
  return stringify(
    random(9) > 0 && typeof pack === 'object' ? { ...pack, pack: 'mine', prefix: 'mine', version: '1.0.0' } : pack,
  );
}

const words = [
  '甲',
  '乙',
  'a',
  'b-c',
  '打断你的腿',
  '联系',
  '家人',
  '不会',
  '{甲}',
  '(a|b)',
  '<亲友>',
  '2026-01-01',
  '1',
  '',
];

/** A value of a shape. Names are few, so that most of them lead somewhere. */
function filled(shape: Shape, random: Random, depth: number): unknown {
  if (random(60) === 0) return pick([null, 7, [], {}, '', [[]], { 甲: { 乙: [] } }], random);
  switch (shape.kind) {
    case 'form': {
      const fields = Object.entries(shape.fields).filter(
        ([, { required }]) => (required ? random(30) > 0 : random(3) === 0) && depth < 9,
      );
      return Object.fromEntries(fields.map(([key, field]) => [key, filled(field.shape, random, depth + 1)]));
    }
    case 'list':
      return Array.from({ length: random(depth > 4 ? 2 : 4) }, () => filled(shape.of, random, depth + 1));
    case 'table':
      return Object.fromEntries(
        Array.from({ length: random(4) }, () => [
          String(scalarOf(shape.keys, random)),
          filled(shape.of, random, depth + 1),
        ]),
      );
    case 'either':
      return random(2) ? scalarOf(shape.short, random) : filled(shape.long, random, depth + 1);
    default:
      return scalarOf(shape, random);
  }
}

function scalarOf(shape: Scalar, random: Random): unknown {
  switch (shape.kind) {
    case 'choice':
      return pick(shape.choices, random)?.value;
    case 'day':
      return pick(['2025-01-01', '2027-01-01', '2026-02-30', ''], random);
    case 'glob':
      return pick(['**', 'a/**', '*.huashu', '[', '{a,b}/{c,d}/**', '!a', '../**'], random);
    case 'pattern':
      return Array.from({ length: 1 + random(4) }, () =>
        pick([...words, '?', '|', '{0-9}', '{0-9999}', '^', '$'], random),
      ).join('');
    case 'name':
    case 'definition':
      return pick(['甲', '乙', 'mine', 'cn-credit-card', 'threat-violence', '结束'], random);
    default:
      return pick([...words, ...speech], random);
  }
}

/** A document of people: a dialogue, a table or a page, as a program or somebody in a hurry has left it. */
function documentOf(random: Random): string {
  const one = <T>(all: readonly T[]): T => pick(all, random);
  const cell = (): string => one([...speech, ...names, ...replies, '1.', '（1）', 'A：', '坐席', '客户', '下一步']);
  const rows = (between: string, before = '', after = ''): string =>
    Array.from(
      { length: random(12) },
      () => before + Array.from({ length: 1 + random(5) }, cell).join(between) + after,
    ).join('\n');
  switch (random(5)) {
    case 0:
      return rows(',');
    case 1:
      return rows('\t');
    case 2:
      return `| a | b |\n|---|---|\n${rows(' | ', '| ', ' |')}`;
    case 3:
      return `<html><body><table>${rows('</td><td>', '<tr><td>', '</td></tr>')}</table><p>${rows('<br>')}</p>`;
    default:
      return rows('：');
  }
}
