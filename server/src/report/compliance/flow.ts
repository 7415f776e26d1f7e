import { knownHint } from '../../features/known.ts';
import { chartOf } from '../../flow/chart.ts';
import { endName } from '../../flow/ends.ts';
import { nodeName } from '../../flow/names.ts';
import { isAnytime, isOneWay } from '../../flow/openings.ts';
import { pathsOf } from '../../flow/paths.ts';
import { type Block, grid, type Inline, pictures, quiet, strong } from '../../handover/document.ts';
import { knowledgeIn } from '../../rules/flow/knowledge.ts';
import type { Ground } from './ground.ts';

/** The map, and every node with what is known there and where its replies lead. */
export function flow(ground: Ground): readonly Block[] {
  const { script, snapshot, language, pictures: drawn } = ground.reported;
  const { nodes, ends, edges } = chartOf(pathsOf(script, snapshot));
  const known = knowledgeIn(script, snapshot);
  const names = new Map<string, string>([
    ...nodes.map((each) => [each.id, ground.nodeName(nodeName(each, script))] as const),
    ...ends.map(
      (end) =>
        [
          end.id,
          end.kind === 'outcome' ? ground.say(`结束：${end.outcome}`, `End: ${end.outcome}`) : ground.in(endName(end)),
        ] as const,
    ),
  ]);
  const titles = ground.zh
    ? ['节', '走到时已知的情况', '回应与去向']
    : ['Node', 'Known there', 'Replies and where they lead'];
  return [
    ...pictures(drawn(ground.appraisal.findings), ground.say('话术的流程图', 'The flow of the script'), language),
    grid(
      titles,
      [24, 30, 46],
      nodes.map(({ id, script: home, node, start, reached }) => ({
        ...(!reached && { tone: 'warning' as const }),
        cells: [
          [
            [strong(names.get(id) ?? '')],
            ...(start ? [[quiet(ground.say('从这里开始', 'begins here'))]] : []),
            ...(reached ? [] : [[{ text: ground.say('走不到', 'not reached'), tone: 'warning' as const }]]),
          ],
          home === script && !isOneWay(script) && !isAnytime(node) ? knownHint(known(node), language) : '',
          edges
            .filter((edge) => edge.from === id)
            .map(({ reply, condition, to }): Inline => {
              const when = [reply, condition].filter((each) => each !== undefined).join(ground.say('，', ', '));
              return [`${when === '' ? '' : `${when} `}→ ${names.get(to) ?? ''}`];
            }),
        ],
      })),
    ),
  ];
}
