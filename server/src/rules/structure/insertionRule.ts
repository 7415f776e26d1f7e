import { shift } from '../../base/span.ts';
import type { StructureRule } from './rule.ts';
import { unknownFile, unknownNode } from './unknownTarget.ts';

/** `插入` of something that is not there. */
export const insertionRule: StructureRule = {
  id: 'insertion',
  severity: 'error',
  title: { zh: '插入的内容不存在', en: 'Insertion of something that is not there' },
  why: {
    zh: '插入处会念出另一节的内容；找不到那一节，这里就缺了一段话，而且没有人会发现。',
    en: 'An insertion speaks the lines of another node; where that is missing, a part of the conversation is missing and nobody notices.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您好。\n插入：⟦告知渠道⟧',
      '【开场】\n坐席：您好。\n插入：⟦公共/告知渠道⟧',
      '【开场】\n⟦插入⟧：',
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
      if (resolution.kind === 'unknown-file') yield unknownFile(reference);
      else if (resolution.kind === 'unknown-node') yield unknownNode(reference, resolution.script, subject);
    }
  },
};
