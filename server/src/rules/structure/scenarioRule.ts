import { shift } from '../../base/span.ts';
import { flawed } from './flaws.ts';
import type { StructureRule } from './rule.ts';

const scenarioLines: ReadonlySet<string> = new Set(['given', 'says', 'expect', 'never']);

/** Scenario lines that are not complete, or stand outside a scenario. */
export const scenarioRule: StructureRule = {
  id: 'scenario',
  severity: 'error',
  title: { zh: '用例有误', en: 'Mistake in a scenario' },
  why: {
    zh: '用例是对话术的检验；写错的用例什么也检验不了，却让人以为检验过了。',
    en: 'A scenario tests the script; one that is not written right tests nothing and looks as if it did.',
  },
  examples: {
    bad: [
      '【开场】\n坐席：您好。\n\n用例：正常\n设定：逾期天数⟦⟧',
      '【开场】\n坐席：您好。\n\n⟦期望⟧：开场',
      '【开场】\n坐席：您好。\n\n用例：⟦⟧\n期望：开场',
    ],
    good: ['【开场】\n坐席：您好。\n客户（其他） → 结束\n\n用例：正常\n客户说：其他\n期望：结束'],
  },
  *check({ script }) {
    const inside = new Set(script.tree.scenarios.flatMap(({ lines }) => lines));
    for (const placed of script.tree.lines) {
      const { kind, flaws } = placed.line;
      if (kind !== 'case' && !scenarioLines.has(kind)) continue;
      for (const flaw of flaws) yield* flawed(placed, flaw);
      if (kind === 'case' || inside.has(placed)) continue;
      yield {
        ...shift(placed.line.head, placed.start),
        message: {
          zh: '这一行属于用例，请写在“用例：…”下面。',
          en: 'This line belongs to a scenario; write it below “Case: …”.',
        },
      };
    }
  },
};
