import { type Span, shift } from '../../base/span.ts';
import { listed } from '../../base/text.ts';
import type { Point } from '../../flow/graph.ts';
import { endlessLoopsOf, type Loop } from '../../flow/loops.ts';
import { pathsOf } from '../../flow/paths.ts';
import type { Script } from '../../model/script.ts';
import { insertionCyclesOf } from './insertionCycles.ts';
import type { StructureRule } from './rule.ts';
import { namesOn, nodeSpan, stepsOn } from './way.ts';

/** A cycle that a conversation comes to and from which it can reach no end. */
export const endlessLoop: StructureRule = {
  id: 'endless-loop',
  severity: 'error',
  title: { zh: '对话绕不出去', en: 'Conversation without a way out' },
  why: {
    zh: '绕不出去的对话，机器人会一遍遍追问，坐席挂不了电话；反复纠缠本身就可能构成骚扰。',
    en: 'In a loop without an end a bot asks again and again and an agent cannot hang up; pestering can itself be harassment.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您今天能还吗？\n客户（愿意还款）：能 → 追问\n客户（其他） → 追问\n\n【追问】\n坐席：到底什么时候还？\n→ ⟦开场⟧',
      '【开场】\n坐席：您好。\n→ ⟦开场⟧',
      '---\n变量:\n  逾期天数: {类型: 整数, 样例: 12}\n---\n【开场】\n坐席：您好。\n若：逾期天数 大于 60 → 结束\n→ ⟦开场⟧',
    ],
    good: [
      '【开场】\n坐席：您今天能还吗？\n客户（愿意还款）：能 → 结束\n客户（其他） → 追问\n\n【追问】\n坐席：没听明白的话，我再说一遍。\n→ 开场',
      '【开场】\n坐席：您好。\n客户（没听清）：什么 → 重复\n客户（其他） → 转人工',
    ],
  },
  *check({ script, snapshot }) {
    const paths = pathsOf(script, snapshot);
    const loops = endlessLoopsOf(paths);
    if (loops.length === 0) return;
    // Nodes that insert themselves are a finding of their own.
    const inserted = new Set(
      insertionCyclesOf(script, snapshot)
        .flat()
        .map(({ placed }) => placed),
    );
    for (const loop of loops) {
      const [start] = loop;
      const span = spanOf(loop, script);
      if (!start || !span || loop.some(({ kind, placed }) => kind === 'line' && placed && inserted.has(placed)))
        continue;
      const around = [...loop, start];
      const names = listed([...new Set(namesOn(loop))].map((name) => `“${name}”`));
      yield {
        ...span,
        message: {
          zh: `对话在${names.zh || '这里'}里绕不出去，永远到不了结束。请给其中一处写上“→ 结束”、“转人工”或别的出路。`,
          en: `The conversation goes round in ${names.en || 'circles'} and never comes to an end. Give it a way out: “-> End”, “Transfer” or another target.`,
        },
        path: namesOn(paths.witness(start)),
        related: stepsOn(around, script),
      };
    }
  },
};

/** The last target of the loop in this file, which is most likely the one that leads back; otherwise the node. */
function spanOf(loop: Loop, script: Script): Span | undefined {
  const own = loop.filter(({ visit }) => visit.script === script);
  const targets = own.flatMap(({ kind, placed }) => {
    const target = kind === 'line' && placed && 'target' in placed.line ? placed.line.target : undefined;
    return placed && target ? [shift(target, placed.start)] : [];
  });
  const [point]: readonly (Point | undefined)[] = own;
  return targets.sort((a, b) => b.start - a.start)[0] ?? (point && nodeSpan(point.visit.node));
}
