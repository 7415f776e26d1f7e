/**
 * Characters that people write in two halves to hide a word from a filter: the whole, then its two halves. One half
 * is a radical that nobody writes alone, so that ordinary text is never put together.
 */
const halves = `
法氵去 没氵殳 河氵可 泼氵发 油氵由 沟氵勾 滚氵衮 清氵青 流氵充 治氵台 活氵舌 汉氵又 江氵工 海氵每
诉讠斥 话讠舌 说讠兑 讨讠寸 证讠正 计讠十 记讠己 词讠司 诈讠乍 谁讠隹 请讠青 让讠上 认讠人 论讠仑 诱讠秀 调讠周 谎讠荒 诚讠成 评讠平 设讠殳 许讠午 询讠旬
律彳聿 往彳主 待彳寺 得彳寻 很彳艮 征彳正 彻彳切 徒彳走
信亻言 债亻责 催亻崔 你亻尔 他亻也 们亻门 借亻昔 付亻寸 作亻乍 住亻主 停亻亭 伤亻力 侮亻每 低亻氐 保亻呆 传亻专 何亻可 俩亻两 假亻叚 偿亻尝 优亻尤 件亻牛 任亻壬
打扌丁 抓扌爪 拖扌它 扣扌口 扒扌八 报扌及 拘扌句 捕扌甫 押扌甲 抢扌仓 逼辶畐 拉扌立 找扌戈 揍扌奏 投扌殳 换扌奂 抵扌氐 护扌户 拍扌白
钱钅戋 银钅艮 铁钅失 锁钅肖
家宀豕 牢宀牛 审宀申 害宀口 宽宀见
狗犭句 犯犭巳 猪犭者 狠犭艮 猖犭昌
怕忄白 性忄生 恨忄艮 情忄青 慌忄荒 恒忄亘
组纟且 结纟吉 终纟冬 给纟合 约纟勺 纠纟丩 绝纟色 维纟隹 续纟卖 缴纟敫
病疒丙 疯疒风 痛疒甬 癌疒嵒
逾辶俞 还辶不 过辶寸 追辶自 逃辶兆 送辶关 退辶艮 通辶甬 这辶文 连辶车 遍辶扁 违辶韦 迟辶尺
利禾刂 判半刂 刑开刂 刷尸刂 到至刂 刮舌刂
`;

const wholes = new Map(
  halves
    .split(/\s+/)
    .filter((entry) => entry.length === 3)
    .map((entry) => [pairOf(entry.charCodeAt(1), entry.charCodeAt(2)), entry.charCodeAt(0)] as const),
);

function pairOf(first: number, second: number): number {
  return first * 0x10000 + second;
}

/** The halves that only ever stand inside a character; the others of the table are words of their own. */
const radicals: ReadonlySet<number> = new Set(Array.from('氵讠彳亻扌钅宀犭忄纟疒辶', (char) => char.charCodeAt(0)));
const knife = '刂'.charCodeAt(0);

/** Whether a unit can be a half of a character, so that what stands beside it matters. */
export function isHalf(unit: number): boolean {
  return unit === knife || radicals.has(unit);
}

/** The character of which two units are the halves; 0 for none. */
export function composed(first: number, second: number): number {
  return second === knife || radicals.has(first) ? (wholes.get(pairOf(first, second)) ?? 0) : 0;
}

/** The two halves in which people write a character; nothing for one that stays whole. */
export function halvesOf(char: string): string | undefined {
  const whole = char.charCodeAt(0);
  for (const [pair, each] of wholes) {
    const [first, second] = [Math.floor(pair / 0x10000), pair % 0x10000];
    if (each === whole && composed(first, second) === whole) return String.fromCharCode(first, second);
  }
  return undefined;
}
