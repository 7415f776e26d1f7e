import { foldName } from '../../base/names.ts';
import { freeName } from '../../model/newNode.ts';
import { findTerm, targets } from '../../syntax/vocabulary.ts';
import type { StructureRule } from './rule.ts';

export { freeName };

/** Two nodes of one name, or a node that takes the name of a built-in target. */
export const duplicateNode: StructureRule = {
  id: 'duplicate-node',
  severity: 'error',
  title: { zh: '节点重名', en: 'Duplicate node' },
  why: {
    zh: '跳转按名称找节点；两节同名时，只有一节走得到，另一节写了也白写。',
    en: 'Jumps find nodes by name; of two nodes with one name only one can be reached.',
  },
  examples: {
    bad: ['【开场】\n坐席：您好。\n\n【⟦开场⟧】\n坐席：您好。', '【⟦结束⟧】\n坐席：再见。'],
    good: ['【开场】\n坐席：您好。\n\n【说明目的】\n坐席：打扰您了。'],
  },
  *check({ script }) {
    const first = new Map<string, { readonly start: number; readonly end: number }>();
    for (const { name, span } of script.nodes) {
      if (findTerm(targets, name)) {
        yield {
          ...span,
          message: {
            zh: `“${name}”是内置的跳转目标，不能用作节点名称，请换一个名称。`,
            en: `“${name}” is a built-in target and cannot be the name of a node; choose another.`,
          },
        };
        continue;
      }
      const other = first.get(foldName(name));
      if (!other) {
        first.set(foldName(name), span);
        continue;
      }
      yield {
        ...span,
        message: {
          zh: `已经有名为“${name}”的节点，请换一个名称。`,
          en: `There is a node named “${name}” already; choose another name.`,
        },
        related: [{ ...other, message: { zh: '第一个同名节点', en: 'The first node of this name' } }],
        fixes: () => [
          {
            title: {
              zh: `改名为“${freeName(name, script)}”`,
              en: `Rename it to “${freeName(name, script)}”`,
            },
            safe: false,
            edits: [{ ...span, newText: freeName(name, script) }],
          },
        ],
      };
    }
  },
};
