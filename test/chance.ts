/** Always the same numbers. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const words =
  '坐席 客户 第三方 Agent Customer 小王 若 If 提示 记录 插入 结束 End 豁免 Allow 用例 设定 客户说 期望 不得 本节 全文 是本人 其他 重复 甲 乙 天数 大于 60 且 非 or 原因 审批 reason 至 2027-01-01 您好 {工号} ｛x 公共'.split(
    ' ',
  );
const signs = [...'：:（(）)【[】]，,、／/→=＝“”"「」#＃|>{}'];
const others = ['->', '-》', '——>', '---', '———', ' ', '  ', '\u3000', '\u200b', '\ufeff', '\t', '\ud800'];
const lineEnds = ['\n', '\n', '\n', '\r\n', '\n\n', '\n\n\n', '\r'];

/** What scripts are made of: in any order they are a text that the scanner has to understand something by. */
export const pieces: readonly string[] = [...words, ...signs, ...others, ...lineEnds];
