import type { StructureRule } from './rule.ts';

/** A script without a conversation in it. */
export const deadEnd: StructureRule = {
  id: 'dead-end',
  severity: 'warning',
  title: { zh: '对话没有下文', en: 'Conversation that leads nowhere' },
  why: {
    zh: '空的话术或走到一半就没有下文的话术，坐席到了那里只能自己发挥，而自由发挥正是违规最多的地方。',
    en: 'Where a script is empty or runs out, agents improvise, and that is where most violations happen.',
  },
  examples: { bad: ['⟦⟧', '⟦---⟧\n话术: 空的\n---\n# 还没有写'], good: ['【开场】\n坐席：您好。'] },
  *check({ script }) {
    if (script.tree.nodes.length > 0) return;
    const [first] = script.tree.lines;
    yield {
      start: first?.start ?? 0,
      end: first?.end ?? 0,
      message: {
        zh: '话术里还没有内容。请以【确认身份】这样的标题开始一节，再写“坐席：…”。',
        en: 'The script is empty. Begin a node with a heading such as [Confirm identity], then write “Agent: …”.',
      },
    };
  },
};
