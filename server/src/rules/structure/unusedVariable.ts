import { foldName } from '../../base/names.ts';
import type { StructureRule } from './rule.ts';

/** A declared variable that no line uses. */
export const unusedVariable: StructureRule = {
  id: 'unused-variable',
  severity: 'warning',
  title: { zh: '变量没有用到', en: 'Unused variable' },
  why: {
    zh: '声明了却没有用到的变量，往往是改写时漏下的，或者台词里写错了名称；多要一项数据，也多一分泄露的风险。',
    en: 'A variable that no line uses was usually left behind, or is misspelt where it was meant; and every datum that is asked for can leak.',
  },
  examples: {
    bad: ['---\n变量:\n  ⟦卡号⟧: {类型: 文本, 样例: 尾号1234}\n---\n【开场】\n坐席：您好。'],
    good: [
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n若：逾期天数 大于 60 → 结束\n坐席：您好。\n结束：完成',
    ],
  },
  *check({ script }) {
    const used = new Set(script.variables.filter(({ use }) => use !== 'given').map(({ text }) => foldName(text)));
    for (const { name, nameSpan } of script.tree.frontMatter.variables) {
      if (used.has(foldName(name))) continue;
      yield {
        ...nameSpan,
        message: { zh: `变量“${name}”没有用到，可以删去。`, en: `The variable “${name}” is never used and can go.` },
        tag: 'unnecessary',
      };
    }
  },
};
