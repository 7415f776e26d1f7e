import type { RoleKind } from '../syntax/vocabulary.ts';
import { bare } from './replies.ts';
import { meaningOf } from './roles.ts';

/** A line that says what happens after an answer. */
export interface Condition {
  readonly speaker: RoleKind;
  /** What is answered, in the words of the line. */
  readonly reply: string;
  /** What happens then. */
  readonly rest: string;
}

const party = '客户|对方|用户|持卡人|债务人|借款人|欠款人|接听人|接听者|第三方|第三人|家属|联系人';
const opening =
  '若是?|如果是?|如是?|当|假如|要是|一旦|遇到?|针对|对于|(?:情况|情形|异议|问题|类型)[一二三四五六七八九十\\d]{0,2}\\s*[：:、.．]\\s*';
const conditional = new RegExp(
  `^(${opening})?\\s*(${party})?(本人)?\\s*([^，,：:。→]{0,40}?(?:“[^”]{1,60}”|"[^"]{1,60}")?[^，,：:。→]{0,12}?)\\s*([，,：:；。]|(?=→|->)|(?<=[时”"的话])(?=则)|$)\\s*(.*)$`,
  's',
);

/**
 * Reads `若客户说没钱，则…`, `客户表示没钱：…` and `如非本人，转第五步`; what is said to the customer is no condition.
 * @param listed the text is an item of a list, where `客户否认：…` and `客户称忘记还款` are answers though nobody knows the words
 */
export function conditionIn(text: string, isReply: (words: string) => boolean, listed = false): Condition | undefined {
  if (text.length > 4000) return undefined;
  const match = conditional.exec(text);
  if (!match) return undefined;
  const [, word, who, self, middle = '', mark = '', rest = ''] = match;
  if (word === undefined && who === undefined) return undefined;
  const words = `${self ?? ''}${middle}`.trim();
  const outsideQuotes = words.replace(/“[^”]*”|"[^"]*"/g, '');
  if (words === '' || /^[（(]/.test(words) || /您|你(?!们)/.test(outsideQuotes)) return undefined;
  const reply = `${who ?? ''}${words}`;
  if (word === undefined) {
    // Without `若` it is a heading of an objection: 客户表示没钱. A sentence about the customer is none, and a name with a colon speaks.
    const speaks = /^(?:说|回答|答|回复|表示|问|：)?$/.test(words);
    const introduces = rest === '' || /[：:]/.test(mark) || /^(?:→|->)/.test(rest);
    if (
      speaks ||
      !introduces ||
      !(isReply(words) || (listed && describes(words, mark, rest))) ||
      (words.length > 24 && rest === '')
    )
      return undefined;
  } else if (
    !counted.test(word) &&
    !isReply(words) &&
    !/^(?:说|表示|回答|回复|称|问|询问|反馈|提出|承认|拒绝|不|没)/.test(words) &&
    !(who === undefined ? false : /[“"]/.test(words))
  ) {
    return undefined;
  }
  if (bare(reply) === '' || (word === undefined && meaningOf(reply))) return undefined;
  // What only continues the description of the case is part of it: 客户表示资金紧张，无力偿还.
  const whole = word === undefined || counted.test(word);
  if (whole && /[，,]/.test(mark) && text.length <= 40 && !/^(?:则|就|应|可|请|转|说|“|")/.test(rest))
    return { speaker: 'customer', reply: `${reply}${mark}${rest}`, rest: '' };
  return {
    speaker: who !== undefined && /第三|家属|联系人/.test(who) ? 'third-party' : 'customer',
    reply,
    rest: rest.trim(),
  };
}

/** `情形二：` announces a case, whatever its words. */
const counted = /^(?:情况|情形|异议|问题|类型)/;

function describes(words: string, mark: string, rest: string): boolean {
  if (/信息|身份|资料|名称|姓名|类型|编号|经理|权益|体验|服务/.test(words) || words.length > 20) return false;
  return rest === '' ? /^(?:说|称|表示|回答|回复|反映|提出|询问|要求|否认|承认)/.test(words) : /[：:]/.test(mark);
}
