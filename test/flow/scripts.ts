import type { Domain } from './enumerate.ts';

export const domains: readonly Domain[] = [
  { name: '天数', values: ['1', '2', '3'] },
  { name: '老客户', values: ['是', '否'] },
  { name: '档位', values: ['低', '高'] },
];

const header =
  '---\n变量:\n  天数: {类型: 整数, 范围: 1..3, 样例: 2}\n  老客户: {类型: 布尔, 样例: 是}\n  档位: {类型: 枚举, 取值: [低, 高], 样例: 低}\n---\n';
const conditions = [
  '天数 大于 1',
  '天数 小于等于 1',
  '天数 等于 2',
  '天数 不等于 2',
  '天数 大于等于 1',
  '老客户',
  '非 老客户',
  '老客户 等于 否',
  '档位 等于 低',
  '档位 不等于 低',
  '老客户 且 天数 大于 2',
  '老客户 或 天数 小于 2',
];

/** Numbers that look random and are the same every time. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A small script with everything in it that can decide where a conversation goes. */
export function smallScript(seed: number): string {
  const random = randomFrom(seed);
  const chance = (of: number): boolean => random() < of;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const names = ['甲', '乙', '丙', '丁'].slice(0, 1 + Math.floor(random() * 4));
  // Each script has its own habits, so that some have no way out and others many.
  const [ends, calls, guards] = [chance(0.6) ? 0.3 : 0.05, chance(0.5) ? 0.3 : 0.05, chance(0.5) ? 0.4 : 0.1];
  const target = (): string =>
    chance(ends) ? pick(['结束', '转人工']) : chance(0.3) ? pick(['重复', '重复', '返回', '没有']) : pick(names);
  const line = (): string => {
    if (chance(guards)) return `若：${pick(conditions)} → ${target()}`;
    if (chance(calls)) return `插入：${pick(names)}`;
    if (chance(0.15)) return `记录：${pick(domains).name} = 客户所述`;
    if (chance(ends / 2)) return '结束：完成';
    if (chance(0.2)) return `→ ${target()}`;
    return pick(['坐席：您好。', '提示：慢慢说', '# 备注', '']);
  };
  const lines = (most: number): string[] => Array.from({ length: Math.floor(random() * (most + 1)) }, line);
  const branch = (): string[] => {
    const opening = `客户（${pick(['愿意', '拒绝', '其他', '其他'])}）`;
    return chance(0.6) ? [`${opening} → ${target()}`, ...lines(chance(0.1) ? 1 : 0)] : [opening, ...lines(2)];
  };
  const branches = (): string[] =>
    chance(0.6) ? Array.from({ length: 1 + Math.floor(random() * 3) }, branch).flat() : [];
  const nodes = names.map((name) => [`【${name}】`, ...lines(3), ...branches()]);
  if (chance(0.4))
    nodes.splice(Math.floor(random() * (nodes.length + 1)), 0, ['【随时】', branch(), ...branches()].flat());
  // With a way back and no end anywhere a script would be a collection of nodes for others.
  const text = nodes.flat().join('\n');
  if (text.includes('返回') && !/结束|转人工/.test(text)) nodes.unshift(['【戊】', `若：${pick(conditions)} → 结束`]);
  const channel = chance(0.08) ? '渠道: 短信\n' : '';
  return `${header.replace('---\n变量', `---\n${channel}变量`)}${nodes.flat().join('\n')}\n`;
}
