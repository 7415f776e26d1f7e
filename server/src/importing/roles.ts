import type { RoleKind } from '../syntax/vocabulary.ts';

/** What a label in front of a text means. */
export type Meaning =
  | { readonly kind: 'speaker'; readonly speaker: RoleKind }
  /** What the agent may say: `参考话术：`. */
  | { readonly kind: 'speech' }
  | { readonly kind: 'guidance' }
  /** Replies follow: `客户可能的回答：`. */
  | { readonly kind: 'replies' }
  | { readonly kind: 'target' }
  /** What a customer asks, in a list of questions with their answers. */
  | { readonly kind: 'question' }
  /** The tone of the next line. */
  | { readonly kind: 'tone' };

const speakers: readonly (readonly [RoleKind, RegExp])[] = [
  [
    'agent',
    /^(?:(?:智能|人工|银行|电话|外呼|催收|还款|客服|话务|外访)?(?:坐席|座席|催收员|催收人员|催收|专员|客服|客服人员|话务员|业务员|工作人员|员工|人员|经理|顾问|调解员|机器人|语音助手|外访员)|我方|我司|我行|银行方?|机构|调解方|AI|TTS|bot|agent|collector|representative|rep|operator)(?:\s*[A-Za-z\d一二三])?(?:人员|方)?$/i,
  ],
  [
    'customer',
    /^(?:客户|客人|用户|债务人|欠款人|借款人|持卡人|逾期人|对方|顾客|本人|贷款人|customer|debtor|client|cardholder|caller|consumer)(?:本人)?(?:\s*[A-Za-z\d一二三])?$/i,
  ],
  [
    'third-party',
    /^(?:第三方|第三人|家属|家人|联系人|紧急联系人|接听人|接听者|亲属|配偶|父亲|母亲|父母|同事|朋友|单位|前台|third[ -]party|relative|spouse)(?:\s*[A-Za-z\d一二三])?$/i,
  ],
];

const labels: readonly (readonly [Exclude<Meaning['kind'], 'speaker' | 'question'>, RegExp])[] = [
  [
    'replies',
    /^(?:(?:客户|用户|对方)(?:可能)?(?:的)?(?:常见)?(?:回应|回答|反应|回复|反馈|意图|情况|答复|异议|态度)(?:分支|类型|分类)?|(?:常见|可能)(?:的)?(?:客户)?(?:回应|回答|反应|回复|异议|情况|问题)|回应分支|分支|应答分支|replies|responses)[一二三四五六七八九十\d]{0,2}$/i,
  ],
  ['tone', /^(?:语气|语调|语速|情绪|口吻|tone)(?:要求)?$/i],
  [
    'speech',
    /^(?:(?:参考|标准|建议|推荐|示例|应答|应对|话术|回复|正确|规范|标准应答|坐席|座席|催收员?|客服|安抚|引导)?(?:话术|说法|应答|答复|回复|回答|用语|脚本|台词|示例)(?:示例|参考|举例|内容|模板|[一二三四五六七八九\d])?|可说|可以说|可这样说|例如|比如|如|例|例句|应对|应对方式|处理话术|播报|播报内容|短信内容|短信模板|script|say|speech)$/i,
  ],
  ['target', /^(?:下一步(?:骤)?|跳转|跳转至|跳转到|跳转节点|转向|去向|流转|后续|后续流程|next|go ?to)$/i],
  [
    'guidance',
    /^(?:提示|注意|注意事项|要点|要求|目的|目标|说明|备注|技巧|原则|关键点?|重点|禁忌|禁止|禁用语|红线|策略|操作|动作|处理|处理方式|处理要点|系统操作|登记|场景|适用|适用场景|适用范围|适用对象|话术要点|沟通要点|沟通技巧|沟通目标|切入点|时机|时长|参考|依据|风险|风险点|合规要求|合规提示|tips?|notes?|goal|purpose|objective|remarks?)$/i,
  ],
];

/** What a label means by itself; nothing where that depends on the text. */
export function meaningOf(label: string): Meaning | undefined {
  const plain = label.replace(/\s+/g, ' ').trim();
  for (const [speaker, pattern] of speakers) if (pattern.test(plain)) return { kind: 'speaker', speaker };
  const said = /^(.{2,6}?)(?:说|回答|答|回复|表示|问|says?)$/i.exec(plain)?.[1];
  if (said !== undefined) {
    for (const [speaker, pattern] of speakers) if (pattern.test(said.trim())) return { kind: 'speaker', speaker };
  }
  for (const [kind, pattern] of labels) if (pattern.test(plain)) return { kind };
  return undefined;
}

/**
 * Who is meant by labels that say nothing by themselves: `A：… B：…`, `Q：… A：…`, `甲：… 乙：…`, `小王：… 张先生：…`. Two of them that
 * take turns are the agent and the customer; which is which, what they say tells, and the first to speak where it does not.
 */
export function speakersIn(
  lines: readonly { readonly label: string; readonly rest: string }[],
): ReadonlyMap<string, RoleKind | 'question'> {
  const found = new Map<string, RoleKind | 'question'>();
  for (const [question, answer] of asking) {
    const both = [question, answer].map((name) => lines.filter(({ label }) => name.test(label)));
    if (both.every((each) => each.length > 0)) {
      for (const { label } of both[0] ?? []) found.set(label, 'question');
      for (const { label } of both[1] ?? []) found.set(label, 'agent');
      return found;
    }
  }
  const unknown = lines.filter(({ label, rest }) => rest !== '' && isName(label) && meaningOf(label) === undefined);
  const scores = new Map<string, { count: number; score: number; order: number }>();
  for (const [order, { label, rest }] of unknown.entries()) {
    const known = scores.get(label) ?? { count: 0, score: 0, order };
    scores.set(label, { ...known, count: known.count + 1, score: known.score + agentLike(rest) });
  }
  const speaking = [...scores].filter(([label, { count }]) => count > 1 || /^(?:[AB]|甲|乙)$/.test(label));
  if (speaking.length !== 2) return found;
  const [first, second] = speaking.sort(([, a], [, b]) => b.score - a.score || a.order - b.order);
  if (first && second) {
    found.set(first[0], 'agent');
    found.set(second[0], 'customer');
  }
  return found;
}

const asking: readonly (readonly [RegExp, RegExp])[] = [
  [/^[QＱ问]\d{0,2}$/i, /^[AＡ答]\d{0,2}$/i],
  [/^(?:问题|客户问题|问)[\d一二三四五六七八九十]{0,3}$/, /^(?:答|回答|答复|解答)[\d一二三四五六七八九十]{0,3}$/],
];

function isName(label: string): boolean {
  return /^(?:[\p{Script=Han}]{1,4}|[A-Za-z][A-Za-z .]{0,12}|[\p{Script=Han}]{1,3}[A-Z\d])$/u.test(label);
}

/** Above zero for what an agent says, below for a customer. */
function agentLike(text: string): number {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return (
    count(/您|请问|这里是|我行|我司|银行|工号|为您|感谢|录音|来电/g) -
    2 * count(/你们|我没|没钱|失业|我知道|我会还|打错|你是谁|哪位|别打|不是我/g)
  );
}

/** Whether a text is said to the customer, and not about him. */
export function isSpokenTo(text: string): boolean {
  if (/^(?:喂[，,！!]?\s*)?(?:您好|你好|请问|尊敬的|亲爱的|【[^】]{2,12}】\s*(?:尊敬的|您))/.test(text)) return true;
  if (/客户|坐席|座席|催收员|持卡人|债务人|对方|话术|人员|应当|应首先|须|务必|切勿|不得/.test(text)) return false;
  return /您|你好|我这边|我们会|我行|我司|非常抱歉|请问|这里是|我是|谢谢|感谢|再见|打扰|\b(?:you|your|thank|hello|good (?:morning|afternoon))\b/i.test(
    text,
  );
}
