import { nearest, orMeant } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import { declareRole } from '../../model/declare.ts';
import { isLine } from '../../syntax/tree.ts';
import { keywords, roles, spellings } from '../../syntax/vocabulary.ts';
import { replaceBy } from './replace.ts';
import type { StructureRule } from './rule.ts';

/** `小王：您好`, where nobody said who 小王 is. */
export const unknownRole: StructureRule = {
  id: 'unknown-role',
  severity: 'error',
  title: { zh: '未知的角色或关键字', en: 'Unknown role or keyword' },
  why: {
    zh: '合规检查取决于这句话由谁说：坐席的话要检查，客户的话不检查。角色写错，整句话就会漏检。',
    en: 'Whether a line is checked depends on who says it: the agent’s words are, the customer’s are not. A misspelt role would hide a line from every rule.',
  },
  examples: {
    bad: ['【开场】\n⟦坐度⟧：您好。', '【开场】\n⟦小王⟧：您好。', '【开场】\n⟦顾客⟧（是本人）：是我 → 结束'],
    good: ['---\n角色: {小王: 坐席}\n---\n【开场】\n小王：您好。', '【开场】\n催收员：您好。'],
  },
  *inLines(lines, { script }) {
    const known = [
      ...script.tree.frontMatter.declaredRoles.map(({ name }) => name),
      ...[...roles, ...keywords].flatMap(spellings),
    ];
    for (const placed of lines) {
      if (!isLine(placed, 'unknown') || !placed.line.word) continue;
      const span = shift(placed.line.head, placed.start);
      const { text } = placed.line.word;
      const near = nearest(text, known);
      yield {
        ...span,
        message: {
          zh: `“${text}”不是已知的角色或关键字${orMeant(near).zh}其他角色请在文件开头的“角色”里声明。`,
          en: `“${text}” is no known role or keyword${orMeant(near).en} Declare further roles under “roles” at the top.`,
        },
        fixes: () => [
          ...replaceBy(near, text, span),
          ...roles.map(({ id, zh, en }) => ({
            title: { zh: `声明角色“${text}”为${zh[0]}`, en: `Declare the role “${text}” as ${en[0]}` },
            safe: false,
            edits: declareRole(script, text, id),
          })),
        ],
      };
    }
  },
};
