import { shift } from '../../base/span.ts';
import { insertionCyclesOf } from './insertionCycles.ts';
import type { Draft, StructureRule, Subject } from './rule.ts';
import { unknownFile, unknownNode } from './unknownTarget.ts';

/** `插入` of something that is not there, or that inserts itself. */
export const insertionRule: StructureRule = {
  id: 'insertion',
  severity: 'error',
  title: { zh: '插入的内容不存在或没有尽头', en: 'Insertion that is not there or has no end' },
  why: {
    zh: '插入处会念出另一节的内容；找不到那一节，这里就缺了一段话，而且没有人会发现。插入自己的一节永远念不完。',
    en: 'An insertion speaks the lines of another node; where that is missing, a part of the conversation is missing and nobody notices. One that inserts itself never comes to its end.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您好。\n插入：⟦告知渠道⟧',
      '【开场】\n坐席：您好。\n插入：⟦公共/告知渠道⟧',
      '【开场】\n⟦插入⟧：',
      '【开场】\n坐席：您好。\n插入：告知渠道\n\n【告知渠道】\n坐席：您可以拨打{客服电话}。\n插入：说明\n\n【说明】\n坐席：渠道都是官方的。\n插入：⟦告知渠道⟧',
    ],
    good: ['【开场】\n坐席：您好。\n插入：告知渠道\n\n【告知渠道】\n坐席：您可以拨打{客服电话}。'],
  },
  *check(subject) {
    const { script, snapshot } = subject;
    for (const placed of script.tree.lines) {
      if (placed.line.kind !== 'insertion' || placed.line.target) continue;
      yield {
        ...shift(placed.line.head, placed.start),
        message: { zh: '缺少要插入的节点。', en: 'The node to insert is missing.' },
      };
    }
    for (const reference of script.targets) {
      if (reference.placed.line.kind !== 'insertion') continue;
      const resolution = snapshot.resolve(script, reference);
      if (resolution.kind === 'unknown-file') yield unknownFile(reference, subject);
      else if (resolution.kind === 'unknown-node') yield unknownNode(reference, resolution.script, subject);
    }
    yield* cycles(subject);
  },
};

/** One finding for each cycle, where it closes. */
function* cycles({ script, snapshot }: Subject): Generator<Draft> {
  for (const cycle of insertionCyclesOf(script, snapshot)) {
    const closing = cycle.findLast((each) => each.script === script);
    if (!closing) continue;
    const name = closing.reference.node.text;
    yield {
      ...closing.reference.span,
      message: {
        zh: `“${name}”最终又插入它自己，永远念不完。请去掉其中一处插入，或改成跳转。`,
        en: `“${name}” inserts itself in the end and never comes to its end. Take one of the insertions away, or jump instead.`,
      },
      related: cycle
        .filter((each) => each !== closing)
        .map((each) => ({
          ...each.reference.span,
          ...(each.script === script ? {} : { uri: each.script.uri }),
          message: {
            zh: `这里插入“${each.reference.node.text}”`,
            en: `“${each.reference.node.text}” is inserted here`,
          },
        })),
    };
  }
}
