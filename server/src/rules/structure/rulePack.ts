import { nearest, orMeant } from '../../base/names.ts';
import { replaceBy } from './replace.ts';
import type { StructureRule } from './rule.ts';

/** Packs that a script asks for and that are not to be had. */
export const rulePack: StructureRule = {
  id: 'rule-pack',
  severity: 'error',
  title: { zh: '规则包无法使用', en: 'Rule pack that cannot be used' },
  why: {
    zh: '规则包没有加载，它的规则就一条也没有检查；没有提示不等于没有问题。',
    en: 'While a pack is missing none of its rules is checked; that nothing is reported does not mean that nothing is wrong.',
  },
  examples: {
    bad: ['---\n规则包: [⟦cn-credit-cart⟧]\n---\n【开场】\n坐席：您好。'],
    good: ['---\n规则包: [cn-credit-card]\n---\n【开场】\n坐席：您好。'],
  },
  *check({ script, packs, snapshot }) {
    const known = snapshot.settings.bundled.map(({ id }) => id);
    for (const { name, start, end, problem } of packs.missing) {
      const near = problem || start === undefined ? undefined : nearest(name, known);
      const [first] = script.tree.lines;
      const span =
        start === undefined || end === undefined ? { start: first?.start ?? 0, end: first?.end ?? 0 } : { start, end };
      yield {
        ...span,
        message: problem
          ? {
              zh: `规则包“${name}”有错误，没有加载（第 ${problem.line + 1} 行第 ${problem.character + 1} 列：${problem.message.zh}）`,
              en: `The rule pack “${name}” has a mistake and was not loaded (line ${problem.line + 1}, column ${problem.character + 1}: ${problem.message.en})`,
            }
          : {
              zh: `找不到规则包“${name}”，因此没有按它检查${orMeant(near).zh}`,
              en: `The rule pack “${name}” was not found, so none of its rules was checked${orMeant(near).en}`,
            },
        fixes: () => replaceBy(near, name, span),
      };
    }
  },
};
