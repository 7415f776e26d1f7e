/**
 * How often units and pairs of them stand in what agents and customers say: of a thousand units so many are one of these. It was
 * counted once, in the labelled and ordinary lines of the tests; it only has to tell what is common from what is rare.
 */
const units: readonly (readonly [number, string])[] = [
  [16, '您。的我,'],
  [8, '不是了还一行'],
  [4, '请有个这人们以好可?银期话款你打上再下要到电信号在就没天说卡给会用'],
  [
    2,
    '账客先来服那能时金吗工见已方收单本记后看日对点费问通核月元跟过里也系分事额理诉机证谢户为回都手提么前去约意息0123',
  ],
  [
    1,
    '家明别登实发录法出三申最保他自联十把结报多子今查定生合复如清钱着公五码得按商吧经果心接小年次间中转同名或办现、交两务便利开想门安面和拨投边什解告二:退作之帮师扰身音大议司位需等情儿逾网百律进消低知听找件应动员官关千份院.456789',
  ],
  [
    0.5,
    '哪成处起欠停内全笔审四六少留违管入协准让认业重张托正委外确道由算受付计数只部走扣八尾己免称周难者贷老于每案限快几“”况将取统万存块候头征谈线权主送呢续专做询讲带歉长照放车因啊任台短怎换反条当晚平书新地补被体完嗯午支余更烦化资调抱所样改直与答建向刚咱口何排未签白;七催谁呼示',
  ],
];

const pairs: readonly (readonly [number, string])[] = [
  [4, '银行 我们 可以'],
  [2, '您的 电话 还款 客服 再见 给您 一下 您好'],
  [
    1,
    '这个 信用 用卡 申请 没有 登记 账单 联系 服电 手机 本人 您说 好的 的话 工号 什么 不是 投诉 今天 我是 您可 方便 跟您 分期 已经 请问 逾期 打扰 个月',
  ],
  [
    0.5,
    '谢谢 拨打 现在 客户 最低 核实 你们 利息 请您 公司 需要 帮您 不会 结果 一个 您先 也可 违约 自己 律师 官方 这边 工作 委托 我行 录音 您看 约金 您是 身份 账户 通过 机银 服务 处理 或者 不要 金额 情况 征信 先生 谢您 的信 尾号 不能 号码 审核 应还 时候 系统 我这 我不 多少 给我 期间 个人 的事 为准 怎么 您这 是我 时间 短信 记录 法院 您不 协商 就是 收到 之前 不好 有人 中心 以后 自动 如果 到期 您要 消费 还是 款日 就行 不用 不再 份证 同事 抱歉 网点 是不 我给 核对 先还 合约 通话',
  ],
  [
    0.25,
    '通知 证明 行的 们不 给你 下来 告诉 出来 信息 确认 问题 回复 问是 麻烦 提醒 意思 低还 是您 的账 是吧 不收 扰您 问您 还清 本金 困难 的是 我就 理解 提交 不打 为您 咨询 您尾 可能 一次 马上 任何 那个 这里 人工 还有 沟通 要是 金融 材料 扰了 您了 结清 安排 明天 提前 上门 您在 款额 再打 一天 方客 异议 家里 孩子 我帮 那我 如实 我的 的客 没还 约定 看看 密码 单位 们的 扣款 合同 跟我 的时 到您 您有 小时 反映 热线 感谢 您打 您本 以拨 您登 别的 建议 便时 欠款 愿意 好意 也不 说的 这笔 的那 关系 疑问 卡中 来电 以打 我没 本期 诉我 人员 就不 个性 请拨 称呼 影响 化分 二十 打扰 答复 费用 系您 不了 女士 们会 说明 行委 到账 以申 好了 行信 分钟 致电 张卡 余额 按合 行官 不还 收费 您提 部分 还的 打电 转账 还没 还最 清楚 您也 尊敬 敬的 证件 贷款 对吗 的卡 们这 哪天 意见 里是 有一 提供 五年 直接 验证 有没 日期 我先 记下 都不 息和 下午 一笔 具体 对不 渠道 支付 与您 办理 到了 原因 因为 那您 知道 微信 起诉 过来 和违 大概 核结 行名 人吗 您家 保重 您把 诉讼 您别 地址 您自 本次 上午 我把 咱们 续费 要求 师傅 登录 祝您 户称 同意 卡账 有疑 也没 作日 让您 家人 目前 果为 已登 这是 的工 那边 规定 一点',
  ],
];

/** What is in no list, on average. */
const [rareUnit, rarePair] = [0.07, 0.02];

let known: ReadonlyMap<number, number> | undefined;

/** By a unit, or by two as one number. */
function counted(): ReadonlyMap<number, number> {
  known ??= new Map([
    ...units.flatMap(([often, all]) => Array.from(all, (unit) => [unit.charCodeAt(0), often] as const)),
    ...pairs.flatMap(([often, all]) => all.split(' ').map((pair) => [pairAt(pair, 0), often] as const)),
  ]);
  return known;
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}

/** How often a text begins at a unit of what is said, in a thousand units; a guess. */
export function frequencyOf(text: string): number {
  const table = counted();
  if (text.length === 1) return table.get(text.charCodeAt(0)) ?? rareUnit;
  let often = Number.POSITIVE_INFINITY;
  for (let at = 1; at < text.length; at++) often = Math.min(often, table.get(pairAt(text, at - 1)) ?? rarePair);
  return often / 2 ** (text.length - 2);
}
