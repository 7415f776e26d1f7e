import { type Block, facts, type Inline, paragraph } from '../../handover/document.ts';
import { standingStates } from '../../rules/standing.ts';
import type { Ground } from './ground.ts';
import { stateTexts } from './stateTexts.ts';

/** What came of it, in a few figures. */
export function result(ground: Ground): readonly Block[] {
  const { findings, standings, suppressions, notInForce } = ground.appraisal;
  const [errors, warnings] = [ground.count('error'), ground.count('warning')];
  const suggestions = ground.count('info') + ground.count('hint');
  const excused = findings.filter(({ suppressed }) => suppressed).length;
  const states = standingStates.flatMap((state) => {
    const count = standings.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${ground.in(stateTexts[state])} ${count}`];
  });
  const first = ground.tests().scenarios;
  const passed = first.filter((scenario) => scenario.passed).length;
  const verdict: Inline =
    errors > 0
      ? [{ text: ground.say(`${errors} 个错误`, `${errors} errors`), look: 'strong', tone: 'bad' }]
      : [{ text: ground.say('没有错误', 'no errors'), look: 'strong', tone: 'good' }];
  return [
    ...facts([
      [
        ground.say('问题', 'Findings'),
        [
          ...verdict,
          ground.say(
            `，${warnings} 个警告，${suggestions} 条建议；另有 ${excused} 条已豁免`,
            `, ${warnings} warnings, ${suggestions} suggestions; ${excused} suppressed`,
          ),
        ],
      ],
      [
        ground.say('规则', 'Rules'),
        ground.say(
          `${standings.length} 条在检查之日有效：${states.join('，')}。另有 ${notInForce} 条在这一天不施行。`,
          `${standings.length} in force on that day: ${states.join(', ')}. ${notInForce} more are not in force.`,
        ),
      ],
      [
        ground.say('豁免', 'Suppressions'),
        ground.say(
          `${suppressions.length} 条，其中 ${suppressions.filter(({ state }) => state === 'in-use').length} 条生效`,
          `${suppressions.length}, of which ${suppressions.filter(({ state }) => state === 'in-use').length} are in use`,
        ),
      ],
      [
        ground.say('用例', 'Scenarios'),
        first.length === 0
          ? ground.say('没有用例', 'none')
          : ground.say(`${first.length} 个，${passed} 个通过`, `${first.length}, of which ${passed} pass`),
      ],
    ]),
    paragraph(
      ground.say(
        '本报告由程序按上列规则自动生成，不构成法律意见。没有发现问题，不等于没有问题；是否批准，由审核人判断。',
        'A program has written this report by the rules named in it; it is no legal advice. That nothing was found does not mean that nothing is wrong; whoever signs decides.',
      ),
      'quiet',
    ),
  ];
}
