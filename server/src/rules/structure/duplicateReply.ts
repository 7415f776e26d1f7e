import { foldName } from '../../base/names.ts';
import type { Branch } from '../../syntax/line.ts';
import type { Placed, ScriptNode } from '../../syntax/tree.ts';
import type { Draft, StructureRule } from './rule.ts';
import { branchSpan } from './way.ts';

/** Two branches of a node with the same name: nobody can tell them apart, and most often the second one answers another question. */
export const duplicateReply: StructureRule = {
  id: 'duplicate-reply',
  severity: 'warning',
  title: { zh: '同一节里有两个同名的回应', en: 'Two replies of one name in a node' },
  why: {
    zh: '客户一开口，坐席和机器人都按回应的名称走；一节里有两个同名的，后一个等于没有写。最常见的是在回应下面又问了一句：一节只等一次回应，追问要另起一节。',
    en: 'Agents and bots go by the name of a reply; of two with one name in a node the second might as well not be there. Most often something is asked below a reply: a node waits once, and a second question needs a node of its own.',
  },
  examples: {
    bad: [
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我\n坐席：请您说一下证件的后四位。\n客户（⟦是本人⟧）：三零一五 → 结束\n客户（其他） → 结束',
      '【核对】\n坐席：金额对吗？\n客户（有异议）：不对 → 结束\n客户（⟦有异议⟧）：不是我刷的 → 转人工',
    ],
    good: [
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 核对证件\n客户（其他） → 结束\n\n【核对证件】\n坐席：请您说一下证件的后四位。\n客户（是本人）：三零一五 → 结束\n客户（其他） → 结束',
      '【核对】\n坐席：请问是王先生吗？\n客户（其他） → 结束\n第三方（其他） → 转人工',
    ],
  },
  *inNodes(nodes) {
    for (const node of nodes) yield* repeatedIn(node);
  },
};

function* repeatedIn({ branches }: ScriptNode): Generator<Draft> {
  if (branches.length < 2) return;
  const first = new Map<string, Placed<Branch>>();
  for (const { branch } of branches) {
    const { speaker, category } = branch.line;
    if (category.text === '') continue;
    const name = `${speaker} ${foldName(category.text)}`;
    const before = first.get(name);
    if (!before) {
      first.set(name, branch);
      continue;
    }
    yield {
      ...branchSpan(branch),
      message: {
        zh: `这一节前面已经有“${category.text}”，客户这样回答时分不清走哪一个。如果是追问之后的回答，请把追问和它的回应另起一节；否则请合并，或者换一个名称。`,
        en: `There is “${category.text}” in this node already, and nobody can tell which of the two is meant. If this answers a second question, put that and its replies into a node of their own; else merge the two, or give this one another name.`,
      },
      related: [{ ...branchSpan(before), message: { zh: '前一个同名的回应', en: 'The first reply of this name' } }],
    };
  }
}
