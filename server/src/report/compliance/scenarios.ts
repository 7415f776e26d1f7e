import { type Block, grid, type Inline, paragraph } from '../../handover/document.ts';
import { sharesText, uncoveredText } from '../testText.ts';
import type { Ground } from './ground.ts';

/** How the scenarios of the script ran, and what none of them comes to. */
export function scenarios(ground: Ground): readonly Block[] {
  const { scenarios, coverage } = ground.tests();
  if (scenarios.length === 0)
    return [paragraph(ground.say('话术里没有用例。', 'There are no scenarios in the script.'), 'warning')];
  const titles = ground.zh ? ['用例', '结果', '没有通过的地方'] : ['Scenario', 'Result', 'What failed'];
  return [
    grid(
      titles,
      [44, 12, 44],
      scenarios.map(({ name, passed, failures }) => ({
        ...(!passed && { tone: 'bad' as const }),
        cells: [
          name,
          [
            passed
              ? { text: ground.say('通过', 'passed'), tone: 'good' }
              : { text: ground.say('没有通过', 'failed'), tone: 'bad' },
          ],
          failures.map(({ message }): Inline => [message]),
        ],
      })),
    ),
    paragraph(ground.in(sharesText(coverage))),
    ...uncovered(ground),
  ];
}

/** What no scenario comes to, node by node. */
function uncovered(ground: Ground): readonly Block[] {
  const { uncovered } = ground.tests().coverage;
  if (uncovered.length === 0) return [];
  const nodes = new Map<string, string[]>();
  for (const each of uncovered) {
    const name = each.node ?? '';
    const known = nodes.get(name) ?? [];
    nodes.set(name, known);
    if (each.kind === 'node') known.push(ground.say('整节', 'the whole node'));
    else if (each.kind === 'branch') known.push(each.name ?? '');
    else known.push(ground.in(uncoveredText(each)));
  }
  const titles = ground.zh
    ? ['节', '没有用例走到的回应和条件']
    : ['Node', 'Replies and conditions that no scenario comes to'];
  const rows = [...nodes].map(([name, missing]) => ({ cells: [name, missing.join(ground.say('、', ', '))] }));
  return [{ ...grid(titles, [26, 74], rows), rowsAre: 'dense' }];
}
