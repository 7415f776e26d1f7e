import { canBeDeclared } from '../model/declare.ts';
import { builtinVariables, findTerm } from '../syntax/vocabulary.ts';

/** Turns what a form leaves open into variables: XX先生, ____元, 【姓名】, <金额>, {name}. One for a whole script. */
export interface Placeholders {
  /** Spoken text with its variables; every other brace in it becomes a bracket, since it would be one. */
  spoken(text: string): string;
  /** Guidance: only what is in braces counts, since nobody says it. */
  shown(text: string): string;
  /** The variables that have to be declared, in the order in which they came up. */
  readonly names: readonly string[];
  /** Those among them whose meaning the text does not tell. */
  readonly unclear: readonly string[];
}

const blank = '(?:[XxＸｘ×✕]{2,}|(?<![*＊])[*＊]{2,}|[_＿﹍]{2,}|[〇○□]{2,}|某某|(?<![A-Za-z])[XxＸｘ×](?![A-Za-z]))';
const date = `(?:${blank}\\s*年\\s*)?${blank}\\s*月\\s*${blank}\\s*[日号]`;
const person = `${blank}\\s*(?:先生\\s*[/／或、]?\\s*[（(]?女士[）)]?|女士\\s*[/／或、]\\s*先生|先生|女士|小姐)`;
const house = `${blank}\\s*(?:银行(?:信用卡(?:中心|部)|客服中心)?|消费金融(?:公司)?|金融(?:公司)?|信用卡中心|催收公司|资产管理公司|公司)`;
const phone = `(?<!\\d)(?:[49]\\d{1,3}-?)${blank}(?:-${blank})*`;
const named = [
  '\\$?\\{\\{?\\s*([^{}\\n]{1,30}?)\\s*\\}\\}?',
  '｛([^｛｝\\n]{1,30})｝',
  '[<＜〈]\\s*([^<>＜＞〈〉\\n]{1,16}?)\\s*[>＞〉]',
  '#([\\p{L}_]{2,12})#',
  '[【[]\\s*([^【】[\\]\\n]{1,12}?)\\s*[】\\]]',
].join('|');
/** A name with a gap in it: 【XX银行】. */
const signature = new RegExp(`^${blank}.`, 'u');
const anything = new RegExp(`${named}|(${date})|(${person})|(${house})|(${phone})|(${blank})`, 'gu');

/** What may stand in square brackets and is a thing to fill in. */
const fillable =
  /姓名|称呼|名字|先生|女士|金额|欠款|额$|本金|利息|违约金|日期|天数|时间|电话|手机|号码|工号|银行|机构|公司名|尾号|卡号|后四位|期数|地址|编号|^[a-z]+(?:_[a-z]+)*$/i;

/** Said of one customer or call, these are the same however often they come up in a line. */
const steady = new Set([
  '客户称呼',
  '机构',
  '委托银行',
  '工号',
  '客服电话',
  '卡号后四位',
  '逾期天数',
  '坐席姓名',
  '最低还款额',
  '本金',
]);

/** So many variables of one kind in a line, and so many that nobody can name, are told apart. */
const mostAlike = 9;
const mostUnclear = 99;

export function placeholders(english: boolean): Placeholders {
  const names = new Set<string>();
  const unclear: string[] = [];
  const ownName = (shape: Shape, before: string, after: string): string | undefined => {
    const name = nameOf(shape, before, after);
    // Where an agency calls, the bank of the customer is the one that it works for.
    return name === '机构' && names.has('委托银行') && /您[^，。]{0,4}$/.test(before) ? '委托银行' : name;
  };
  const use = (name: string): string => {
    if (!findTerm(builtinVariables, name)) names.add(name);
    return `{${name}}`;
  };
  const spoken = (text: string): string => {
    const met = new Map<string, number>();
    const replaced = text.replace(anything, (match: string, ...more: unknown[]) => {
      const groups = more.slice(0, 10).map((group) => (typeof group === 'string' ? group : undefined));
      const at = Number(more[10]);
      const before = text.slice(Math.max(0, at - 24), at);
      const after = text.slice(at + match.length, at + match.length + 16);
      const written = groups.slice(0, 5).find((group) => group !== undefined);
      if (written !== undefined) {
        // The signature of a message: what is open in it stands inside the brackets.
        if (/^[【[]/.test(match) && signature.test(written))
          return match.charAt(0) + spoken(match.slice(1, -1)) + match.slice(-1);
        const name = nameWritten(written, match);
        return name === undefined ? unbraced(match) : use(name);
      }
      // 138****1234 is a sample, and no place to fill in.
      if (groups[9] !== undefined && (/\d$/.test(before) || /^\d/.test(after))) return match;
      const name = ownName({ date: groups[5], person: groups[6], house: groups[7], phone: groups[8] }, before, after);
      if (name === undefined) {
        // A single letter is one: X光, 方案X.
        if (match.length === 1) return match;
        if (unclear.length < mostUnclear) unclear.push(`${english ? 'blank' : '待填'}${unclear.length + 1}`);
        return use(unclear.at(-1) ?? '');
      }
      const count = Math.min((met.get(name) ?? 0) + 1, mostAlike);
      met.set(name, count);
      return use(count === 1 || steady.has(name) ? name : `${name}${count}`);
    });
    return paired(replaced.replace(/(?<=\p{Script=Han}) (?=\{)|(?<=\}) (?=\p{Script=Han})/gu, ''));
  };
  return {
    get names() {
      return [...names];
    },
    unclear,
    spoken,
    shown(text) {
      return text.replace(/[{｛]+\s*([^{}｛｝]*)\s*[}｝]*|[}｝]/g, (match: string, inner: string | undefined) =>
        inner !== undefined && canBeDeclared(inner.trim()) && /[}｝]$/.test(match)
          ? use(inner.trim())
          : unbraced(match),
      );
    },
  };
}

/** A brace that has no other half becomes a bracket. */
function paired(text: string): string {
  return text.replace(/[{｛][^{}｛｝]*[}｝]|[{}｛｝]/g, (match) => (match.length > 1 ? match : unbraced(match)));
}

function unbraced(text: string): string {
  return text.replace(/[{｛]+/g, '（').replace(/[}｝]+/g, '）');
}

/** The name that the author gave, made fit to be declared. */
function nameWritten(written: string, match: string): string | undefined {
  if (/^(?:X+|先生|女士|先生\s*[/／或]\s*女士|称谓)$/i.test(written)) return '客户称呼';
  if (findTerm(builtinVariables, written)) return written;
  const name = written.replace(/^(?:请?填写|输入|客户的|具体)/, '').replace(/[\s：:]+/g, '');
  if (!canBeDeclared(name)) return undefined;
  return /^[【[]/.test(match) && !fillable.test(name) ? undefined : name;
}

interface Shape {
  readonly date: string | undefined;
  readonly person: string | undefined;
  readonly house: string | undefined;
  readonly phone: string | undefined;
}

function nameOf(shape: Shape, before: string, after: string): string | undefined {
  if (shape.person !== undefined) return '客户称呼';
  if (shape.house !== undefined) return /受$/.test(before) || /^(?:的)?委托/.test(after) ? '委托银行' : '机构';
  if (shape.date !== undefined) return dateName(before, after);
  if (shape.phone !== undefined) return '客服电话';
  return contexts.find(([left, right]) => left.test(before) && right.test(after))?.[2](before, after);
}

type Naming = (before: string, after: string) => string;
const always =
  (name: string): Naming =>
  () =>
    name;
const any = /^/;
const is = '\\s*(?:是|为|：|:|“|")?\\s*$';

/** What stands before, what stands behind, and what is meant; the first that fits counts. */
const contexts: readonly (readonly [RegExp, RegExp, Naming])[] = [
  [new RegExp(`工号${is}`), any, always('工号')],
  [any, /^\s*号(?:坐席|客服|专员|工作人员|催收员)/, always('工号')],
  [new RegExp(`身份证(?:号码?)?(?:的)?(?:后四位|尾号)?(?:数字)?[，,]?${is}`), any, always('证件后四位')],
  [new RegExp(`(?:尾号|后四位)(?:数字)?${is}`), any, always('卡号后四位')],
  [new RegExp(`(?:手机号?码?|您的(?:电话|号码))${is}`), any, always('手机号')],
  [new RegExp(`(?:电话|热线|拨打|致电|客服)${is}`), any, always('客服电话')],
  [/逾期[^，。；]{0,8}$/, /^\s*天/, always('逾期天数')],
  [any, /^\s*个?(?:工作日|自然日|天)/, always('天数')],
  [any, /^\s*期/, always('期数')],
  [any, /^\s*个月/, always('月数')],
  [any, /^\s*[%％]/, always('费率')],
  [any, /^\s*多?(?:元|块钱?|万元?|人民币)/, moneyName],
  [
    /(?:金额|欠款|本金|利息|违约金|滞纳金|手续费|费用|还款额|应还|欠款?|[￥¥$])[为是共计合总人民币还有了：:￥¥$\s]{0,6}$/,
    any,
    moneyName,
  ],
  [any, /^\s*[点时](?!间|候)/, always('联系时间')],
  [any, /^\s*[日号]/, dateName],
  [any, /^\s*月/, always('月份')],
  [/(?:我叫|我姓|敝姓|免贵姓)$/, any, always('坐席姓名')],
  [/(?:姓名|名字)(?:是|为|：|:)?$/, any, always('客户姓名')],
  [/(?:这里是|我们是|来自)$/, any, always('机构')],
  [/我是$/, /^(?!.{0,2}本人)/, always('坐席姓名')],
  [/(?:请问|您好[，,]?)?(?:您|你)?(?:就?是|找)$/, /^\s*(?:本人|吗|的|[，,。？?]|$)/, always('客户称呼')],
  [any, /^\s*(?:您好|你好|本人)/, always('客户称呼')],
  [/^(?:尊敬的)?$|尊敬的$/, /^\s*[，,：:]/, always('客户称呼')],
  [/(?:Mr|Mrs|Ms)\.?\s*$/, any, always('customer')],
  [/ending(?: in)?\s*$/, any, always('last_four')],
  [any, /^\s*days?\b/, always('days')],
  [/\$\s*$/, any, always('amount')],
  [any, /^\s*(?:dollars|USD)\b/, always('amount')],
];

function dateName(before: string, after: string): string {
  const clause = /[^，,。；;]*$/.exec(before)?.[0] ?? '';
  if (/账单日/.test(clause)) return '账单日';
  if (/还款日|到期|截止/.test(clause) || /^(?:到期|的账单)/.test(after)) return '最后还款日';
  return /^\s*(?:之前|以前|前|还|下午|上午)/.test(after) || /约定|承诺|同意|最[晚迟]/.test(clause)
    ? '约定日期'
    : '日期';
}

/** What words say of the amount behind them; the one that stands nearest counts. */
const amounts: readonly (readonly [string, string])[] = [
  ['最低还款额', '最低(?:应?还款?额?)?'],
  ['本金', '本金'],
  ['利息', '利息'],
  ['违约金', '违约金|滞纳金'],
  ['手续费', '手续费'],
  ['费用', '费用'],
  ['每期金额', '每期|每月|月供'],
  ['首期金额', '首付|首期|首笔'],
  ['减免金额', '减免|优惠'],
  ['应还金额', '欠款?|应还款?|账单|逾期|总额|共计?|合计|总计'],
  ['约定金额', '先还|还款(?!额)|归还|支付|存入|还'],
];
const amountWords = new RegExp(amounts.map(([, words]) => `(${words})`).join('|'), 'g');

function moneyName(before: string): string {
  const clause = /[^，,。；;、]*$/.exec(before)?.[0] ?? '';
  const last = [...clause.matchAll(amountWords)].at(-1);
  const index = last?.slice(1).findIndex((group) => group !== undefined) ?? -1;
  return amounts[index]?.[0] ?? '金额';
}
