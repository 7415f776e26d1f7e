import { nearest, orMeant } from '../../base/names.ts';
import { canBeDeclared, declareVariables } from '../../model/declare.ts';
import { builtinVariables } from '../../syntax/vocabulary.ts';
import { replaceBy } from './replace.ts';
import type { StructureRule } from './rule.ts';

/** `{逾期天树}` that nobody declared. */
export const undefinedVariable: StructureRule = {
  id: 'undefined-variable',
  severity: 'error',
  title: { zh: '变量没有声明', en: 'Undefined variable' },
  why: {
    zh: '没有声明的变量播出时没有值，客户会听到空白或花括号；审核的人也不知道这里会说出什么。',
    en: 'A variable that is not declared has no value when the line is spoken, and a reviewer cannot know what will be said.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：请问是⟦{客户称呼}⟧吗？',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：您好，账单过期{逾期天数}天。\n若：⟦逾期天树⟧ 大于 60 → 结束',
    ],
    good: [
      '---\n变量:\n  客户称呼: {类型: 称谓, 样例: 王先生}\n---\n【开场】\n坐席：请问是{客户称呼}吗？我的工号是{工号}。',
      '【开场】\n记录：承诺还款日 = 客户所述日期\n坐席：好的，您在{承诺还款日}处理，对吗？',
    ],
  },
  *check({ script, packs }) {
    const declared = script.tree.frontMatter.variables.map(({ name }) => name);
    const known = [...declared, ...builtinVariables.flatMap(({ zh }) => zh)];
    for (const { text, start, end, whole, use } of script.variables) {
      if (use === 'record' || script.knows(text)) continue;
      if (text === '') {
        yield { ...whole, message: { zh: '花括号里缺少变量名。', en: 'The braces hold no name.' } };
        continue;
      }
      const near = nearest(text, known);
      yield {
        ...(use === 'speech' ? whole : { start, end }),
        message: {
          zh: `变量“${text}”没有声明${orMeant(near).zh}`,
          en: `The variable “${text}” is not declared${orMeant(near).en}`,
        },
        fixes: () => [
          ...replaceBy(near, text, { start, end }),
          ...(canBeDeclared(text)
            ? [
                {
                  title: { zh: `声明变量“${text}”`, en: `Declare the variable “${text}”` },
                  safe: false,
                  edits: declareVariables(script, [text], packs.set),
                },
              ]
            : []),
        ],
      };
    }
  },
};
