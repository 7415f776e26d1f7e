/** How one line is put together: numbers, labels, brackets, quotes and arrows. Pure functions of its text. */

/** `一、` `（一）` `1.` `第三步` `①` `A.` `•` in front of a text. */
export interface Numbered {
  /** How it is numbered; lines numbered alike are of one rank. */
  readonly style: 'step' | 'chinese' | 'chinese-bracket' | 'digit' | 'digit-bracket' | 'circle' | 'letter' | 'bullet';
  /** The number as targets write it: `3`, `1.2`, `A`; nothing for a bullet. */
  readonly key: string;
  readonly written: string;
  readonly rest: string;
}

const number = '[零〇一二三四五六七八九十百\\d０-９]{1,4}';
const numberings: readonly (readonly [Numbered['style'], RegExp])[] = [
  [
    'step',
    new RegExp(
      `^(?:第\\s*(${number})\\s*(?:步骤|步|环节|阶段|部分|节|章|关)|(?:步骤|环节|阶段|流程|节点|场景)\\s*(${number})(?![\\d天元日月]))\\s*[：:、.．,，\\-—\\s]*`,
    ),
  ],
  ['step', /^(?:step|stage|node|part)\s*(\d{1,3})\s*[：:.、\-—)]*\s*/i],
  ['chinese', /^([一二三四五六七八九十]{1,3})\s*[、.．：:]\s*/],
  ['chinese-bracket', /^[（(]([一二三四五六七八九十]{1,3})[）)]\s*[、.：:]?\s*/],
  ['digit', /^(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．]\s*|\s+)(?!\d)/],
  ['digit', /^(\d{1,3})(?:[、．]|\.(?!\d)|\s(?=[\p{Script=Han}“"【]))\s*/u],
  ['digit-bracket', /^[（(]?(\d{1,3})[）)]\s*[、.：:]?\s*/],
  ['circle', /^([①-⑳])\s*[、.：:]?\s*/],
  ['letter', /^[（(]?([A-Ha-h])[）)]\s*[、.]?\s*|^([A-Ha-h])[.．、]\s*/],
  ['bullet', /^[-•·●○■□◆◇➢➤►▪▶√✓※★☆*–—]\s*(?=[^-–—>》*]|$)/],
];

export function numbered(text: string): Numbered | undefined {
  for (const [style, pattern] of numberings) {
    const match = pattern.exec(text);
    if (!match || (style !== 'bullet' && match[0].length === text.length && style !== 'step')) continue;
    const digits = match[1] ?? match[2] ?? '';
    return { style, key: keyOfNumber(digits), written: match[0], rest: text.slice(match[0].length).trim() };
  }
  return undefined;
}

/** `三`, `３`, `③` and `3` are one number. */
export function keyOfNumber(written: string): string {
  const folded = written.normalize('NFKC').replace(/．/g, '.').toUpperCase();
  const chinese = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(folded);
  const digit = (char: string | undefined): number => '零一二三四五六七八九'.indexOf(char ?? '');
  if (chinese) return String((chinese[1] ? digit(chinese[1]) : 1) * 10 + (chinese[2] ? digit(chinese[2]) : 0));
  return /^[零一二三四五六七八九]$/.test(folded) ? String(digit(folded)) : folded;
}

/** `催收员（平和）：您好`, `[客户] 喂`: what stands before the colon, in brackets behind it, and after it. */
export interface Labelled {
  readonly label: string;
  readonly bracket?: string;
  readonly rest: string;
}

export function labelled(text: string, bold = 0): Labelled | undefined {
  // `坐席 10:32:05` of a chat log.
  const chat =
    /^(\S{1,10})[\s(（]+(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}:\d{2}(?::\d{2})?[)）]?\s*(.*)$/s.exec(text);
  if (chat) return { label: chat[1] ?? '', rest: chat[2] ?? '' };
  const timeless = text.replace(/^[[(（【]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）】]?\s*/, '');
  const match =
    /^([^：:，,。！？!?；;“”"「」（）()【】[\]→<>{}]{1,20}?)\s*(?:[（(]([^（）()：:]{1,30})[）)])?\s*[：:](?!\/\/)\s*(.*)$/s.exec(
      timeless,
    ) ?? /^[【[［<〈]([^】\]］>〉：:，。]{1,16})[】\]］>〉]\s*[：:]\s*()(.*)$/s.exec(timeless);
  // 8:00 is a time.
  if (match && !(/\d$/.test(match[1] ?? '') && /^\d{2}(?!\d)/.test(match[3] ?? ''))) {
    const [, label = '', bracket, rest = ''] = match;
    return { label: label.trim(), ...(bracket && { bracket: bracket.trim() }), rest: rest.trim() };
  }
  // A name that only its bold letters tell from what is said.
  if (bold > 0 && bold <= 12 && bold < text.length)
    return { label: text.slice(0, bold).trim(), rest: text.slice(bold).trim() };
  return undefined;
}

const pairs: { readonly [opening: string]: string } = {
  '“': '”',
  '"': '"',
  '”': '”',
  '「': '」',
  '『': '』',
  '＂': '＂',
  '‘': '’',
};

/** Speech without the quotes around all of it. */
export function unquotedSpeech(text: string): string {
  const closing = pairs[text.charAt(0)];
  if (closing === undefined || text.length < 2) return text;
  const inner = text.slice(1, -1);
  const closed = text.endsWith(closing) || (text.charAt(0) === '“' && text.endsWith('"'));
  return closed && ![text.charAt(0), closing].some((mark) => inner.includes(mark)) ? inner.trim() : text;
}

/** The parts of a text in quotes, and what stands between them, in their order. */
export function quotedParts(text: string): { readonly quoted: boolean; readonly text: string }[] {
  const parts: { quoted: boolean; text: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(/“([^“”]*)”|"([^"]*)"|「([^「」]*)」|『([^『』]*)』|＂([^＂]*)＂/g)) {
    if (match.index > from) parts.push({ quoted: false, text: text.slice(from, match.index) });
    parts.push({ quoted: true, text: match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ quoted: false, text: text.slice(from) });
  return parts;
}

const arrow = /\s*(?:→|➡|⇒|➔|⟶|——?[>＞》]|[-－–=＝]{1,2}[>＞》]|>>|》》|＞＞)\s*/g;

/** A text at its arrows; one without any is a single part. */
export function atArrows(text: string): string[] {
  return text.split(arrow).map((part) => part.trim());
}

/** Where a text says that the conversation goes: `转第三步`, `跳转到“说明目的”`, `结束通话`. It stands at the end, or is all there is. */
export function goingTo(
  text: string,
  isPlace: (name: string) => boolean,
): { readonly before: string; readonly target: string } | undefined {
  const trimmedText = text.replace(/[。；;.\s]+$/, '');
  // What leads somewhere is short; a long text is not searched.
  const from = Math.max(0, trimmedText.length - 40);
  const match = going.exec(trimmedText.slice(from)) ?? ending.exec(trimmedText.slice(from));
  if (!match) return undefined;
  const [, lead = '', written = ''] = match;
  const target = written.replace(/^[【“"「《[\s]+|[】”"」》\]\s]+$/g, '').replace(/^(?:下面|上面|前面|后面)的?/, '');
  const sure = target !== written || ending.test(written) || isNumberLike(target);
  if (target === '' || !(sure || isPlace(target))) return undefined;
  return { before: (trimmedText.slice(0, from) + lead).replace(/(?:[，,；;、：:\s]|并|然后|后再?|再)+$/, ''), target };
}

/** `第三步`, `步骤3`, `3.2`, `S04`. */
export function isNumberLike(target: string): boolean {
  return numberLike.test(target);
}

const numberLike = new RegExp(
  `^(?:第\\s*${number}\\s*(?:步骤|步|环节|阶段|部分|节|条|点)|(?:步骤|环节|节点|流程|场景|编号|step|stage|node)\\s*${number}|[A-Za-z]{0,2}\\d{1,4}(?:\\.\\d{1,2}){0,2}|[一二三四五六七八九十]{1,3})$`,
  'i',
);
const softener = '(?:则|就|请|可以?|并|然后|再|直接)*';
const going = new RegExp(
  `^(|.*?[，,；;。、：:\\s”"）)】则就请可并后])${softener}(?:(?:跳转|跳|转|返回|回|衔接)(?:到|至|入|回)?|进入|前往|继续|接)\\s*([【“"「《][^】”"」》]{1,20}[】”"」》]|[^，,。；;：:“”"\\s（）()]{1,14})$`,
);
const ending = new RegExp(
  `^(|.*?[，,；;。、：:\\s”"）)】则就请可并后])${softener}((?:礼貌)?(?:结束通话|结束|挂机|挂断电话|挂断|挂线|hang up|end (?:the )?call)|转人工(?:坐席|客服|服务)?|(?:重复|再次询问|重新询问)(?:一遍|本节|上一?句|提问)?)$`,
);
