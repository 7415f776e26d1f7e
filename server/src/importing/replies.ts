import { foldName } from '../base/names.ts';
import type { Reply } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { actsOf, saidBy } from '../rules/acts.ts';
import { unquotedSpeech } from './marks.ts';

/** Recognises what a customer may answer. */
export interface ReplyNames {
  /** By the name of a category, an alias in the words, or what the words do. */
  of(text: string): Reply | undefined;
}

/** Words that name a category alone, and mean anything inside a sentence. */
const onlyWhole = new Set(
  ['确认', '默认', '人工', '代理人', '其他', '其它', '肯定', '否定', '承诺', '本人', '忙', 'yes', 'no'].map(foldName),
);
const negations = /[不没无未非否]$/;

export function replyNamesOf(packs: PackSet, day: string): ReplyNames {
  const names: (readonly [string, Reply])[] = packs.replies
    .flatMap((reply) =>
      [reply.name.zh, reply.name.en, ...reply.aliases].map((name) => [foldName(name), reply] as const),
    )
    .filter(([name]) => name.length >= 2 && !onlyWhole.has(name))
    .sort(([a], [b]) => b.length - a.length);
  const examples = packs.replies.flatMap((reply) =>
    reply.examples.map((example) => [foldName(example), reply] as const),
  );
  return {
    of(text) {
      const plain = bare(text);
      if (plain === '' || plain.length > 200) return undefined;
      const exact = packs.reply(plain) ?? packs.reply(plain.replace(/^(?:是|为|属于|有)/, ''));
      if (exact) return exact;
      const folded = foldName(plain);
      const named = names.find(([name]) => {
        const at = folded.indexOf(name);
        // 不愿意还款 holds 愿意还款 and means the opposite.
        return at >= 0 && !negations.test(folded.slice(0, at)) && !(at > 1 && /[不没非]是$/.test(folded.slice(0, at)));
      });
      if (named) return named[1];
      const said = examples.find(
        ([example]) => folded === example || (example.length >= 3 && folded.includes(example)),
      );
      if (said) return said[1];
      const worded = wordings.find(([, pattern]) => pattern.test(plain));
      return (worded && packs.reply(worded[0])) ?? heard(plain, packs, day);
    },
  };
}

/** How documents describe an answer, where that is neither a name of its category nor what a customer says. */
const wordings: readonly (readonly [string, RegExp])[] = [
  [
    'silence',
    /无人(?:应答|接听|说话|回应)|没人(?:应答|说话)|不(?:出声|吭声|说话)|(?:没有?|未|无)(?:任何)?(?:回应|应声|反应)/,
  ],
  [
    'self',
    /^(?:是的?|对的?|嗯|我是|我就是|承认(?:是?(?:客户)?本人)?|(?:确认|承认|就)是(?:客户)?本人|本人(?:接听|接电话)?)$/,
  ],
  [
    'not-self',
    /^(?:不是|否|不是的)$|(?:不是|并?非)(?:客户|持卡人|债务人)?(?:的)?本人|(?:他人|家[人属]|亲友|别人|同事|父母|配偶)接(?:听|电话)/,
  ],
  ['wrong-number', /打错|号码?(?:错|不对)|不认识/],
  ['inconvenient', /不方便|在?开会|在?开车|正?在忙|没空|稍后|晚点/],
  ['refuse', /拒(?:绝|不)|不(?:肯|想|愿意?|会|打算)还/],
  ['partial', /(?:只能?|先)还?(?:一?部分|一点|一半|最低)/],
  ['hardship', /(?:没有?|缺)钱|困难|失业|没(?:有)?(?:工作|收入|工资)|周转|还不(?:起|上|了)|没(?:有)?能力/],
  ['promise', /承诺.{0,8}还|(?:约定|说定|明确).{0,6}(?:日期|时间|金额)/],
  ['willing', /(?:同意|答应|愿意|可以|会|马上|尽快|准备)(?:配合)?(?:处理)?(?:还|结清|缴)/],
  ['dispute', /异议|疑问|不认可|盗刷|不是.{0,6}(?:消费|刷的|办的)|金额(?:不|有误|错)/],
  ['already-paid', /已经?(?:还|结清|处理|缴)|还过了|还了/],
  ['distress', /自杀|轻生|不想活|寻死/],
  ['illness-or-bereavement', /生病|重病|住院|手术|去世|离世/],
  ['other', /^(?:其[他它](?:情况|回答|回应)?|以上(?:都|均)(?:不是|没有)|无法识别|均不符合)$/],
];

function heard(text: string, packs: PackSet, day: string): Reply | undefined {
  const said = saidBy('party', text);
  if (!said) return undefined;
  const acts = actsOf(said, packs, day);
  return packs.replies.find((reply) => reply.heard.some((id) => acts.has(id)));
}

const subject =
  /^(?:客户|对方|用户|持卡人|债务人|借款人|欠款人|接听人|接听者|第三方|第三人|家属|联系人)(?:本人(?=[说表回称]))?/;
const saying =
  /^(?:如果|若|如|当)?(?:明确|直接|仍然?|只|一直|再次|主动)?(?:表示|回答|回复|反馈|提出|声称|告知|说明|说道?|称|询问|问|答|反映|要求说)(?:自己|其|：|:|，|,)?/;

/** `客户表示没钱的情况` is 没钱. */
export function bare(text: string): string {
  const inner = text.trim().replace(/^(?:若|如果|如|当|假如|要是|一旦|遇到?|针对|对于)(?=.)/, '');
  return unquotedSpeech(
    inner
      .replace(subject, '')
      .replace(saying, '')
      .replace(
        /(?:的?(?:情况|时候|情形|场合)|的话|时|的|怎么办|如何处理|如何应对|怎么处理|怎么回答)?[？?。：:，,、\s]*$/,
        '',
      )
      .trim(),
  ).trim();
}
