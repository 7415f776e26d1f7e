import { foldName, nearest, orMeant } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import type { Reply, Step } from '../../packs/pack.ts';
import { isLine } from '../../syntax/tree.ts';
import { replaceBy } from './replace.ts';
import type { StructureRule } from './rule.ts';

/** Steps after a heading that no pack knows, and misspelt reply categories. */
export const unknownStep: StructureRule = {
  id: 'unknown-step',
  severity: 'error',
  title: { zh: '未知的标准步骤或回复类别', en: 'Unknown standard step or reply category' },
  why: {
    zh: '步骤和回复类别告诉检查器这一节在做什么、客户是什么意思。名称写错，“先核实身份、后谈账务”之类的规则就认不出这一节。',
    en: 'Steps and reply categories tell the checker what a node does and what the customer means. With a wrong name, rules such as “identity before debt” do not see the node.',
  },
  examples: {
    bad: [
      '【开场】 ⟦自报身分⟧\n坐席：您好。',
      '【核对】 确认身份、⟦唱歌⟧\n坐席：请问是{客户称呼}本人吗？',
      '【核对】\n坐席：请问是王先生吗？\n客户（⟦是本仁⟧）：是我 → 结束',
    ],
    good: [
      '【开场】 自报身份、录音告知\n坐席：您好。',
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 结束\n客户（改天再说）：改天吧 → 结束',
    ],
  },
  *inLines(lines, { packs: { set } }) {
    if (set.steps.length === 0) return;
    const steps = set.steps.flatMap(namesOf);
    const replies = set.replies.flatMap(namesOf);
    for (const placed of lines) {
      if (isLine(placed, 'heading')) {
        for (const word of placed.line.steps) {
          if (set.step(word.text)) continue;
          const near = nearest(word.text, steps);
          yield {
            ...shift(word, placed.start),
            message: {
              zh: `规则包里没有名为“${word.text}”的标准步骤${orMeant(near).zh}`,
              en: `No pack has a standard step named “${word.text}”${orMeant(near).en}`,
            },
            fixes: () => replaceBy(near, word.text, shift(word, placed.start)),
          };
        }
      } else if (isLine(placed, 'branch')) {
        const { category } = placed.line;
        // Authors may name categories of their own; only what is one character off is a slip.
        const near =
          category.text.length < 3 || set.reply(category.text)
            ? undefined
            : replies.find((name) => isSlip(category.text, name));
        if (near === undefined) continue;
        yield {
          ...shift(category, placed.start),
          severity: 'warning',
          message: {
            zh: `没有名为“${category.text}”的回复类别${orMeant(near).zh}`,
            en: `There is no reply category named “${category.text}”${orMeant(near).en}`,
          },
          fixes: () => replaceBy(near, category.text, shift(category, placed.start)),
        };
      }
    }
  },
};

function namesOf({ name, aliases }: Pick<Step | Reply, 'name' | 'aliases'>): readonly string[] {
  return [name.zh, name.en, ...aliases];
}

function isSlip(written: string, name: string): boolean {
  const [a, b] = [foldName(written), foldName(name)];
  return (
    a.length === b.length &&
    a.length >= 3 &&
    nearest(a, [b]) !== undefined &&
    [...a].filter((char, i) => char !== b[i]).length === 1
  );
}
