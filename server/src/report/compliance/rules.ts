import { type Block, grid, quiet, type Tone } from '../../handover/document.ts';
import { bindingNames, evidenceNames } from '../../packs/labels.ts';
import type { Standing } from '../../rules/standing.ts';
import { severityNames } from '../severity.ts';
import type { Ground } from './ground.ts';
import { stateTexts } from './stateTexts.ts';

const tones: { readonly [state in Standing['state']]?: Tone } = {
  violated: 'bad',
  excused: 'warning',
  elsewhere: 'bad',
  off: 'warning',
  unread: 'bad',
};

/** Every rule that was in force, and how the script stands with it. */
export function rules(ground: Ground): readonly Block[] {
  const titles = ground.zh
    ? ['规则', '依据（施行日期见下表）', '检查', '结果']
    : ['Rule', 'Sources (dates below)', 'Checked', 'Result'];
  const table = grid(
    titles,
    [42, 26, 12, 20],
    ground.appraisal.standings.map((standing) => {
      const { title, rule, severity, sources, state } = standing;
      const tone = tones[state];
      return {
        ...(tone && { tone }),
        cells: [
          [[ground.in(title), quiet(`　${ground.in(severityNames[severity])}`)], [{ text: rule, look: 'code' }]],
          sources.length === 0 ? [[quiet(ground.say('话术写法', 'the language itself'))]] : ground.references(sources),
          checkedText(ground, standing),
          [
            {
              text: resultText(ground, standing),
              ...(tone && { tone }),
              ...(state === 'met' && { tone: 'good' as const }),
              ...(state === 'not-applicable' && { tone: 'quiet' as const }),
            },
          ],
        ],
      };
    }),
  );
  return [{ ...table, rowsAre: 'dense' }];
}

function checkedText(ground: Ground, { state, places }: Standing): string {
  if (state === 'off' || state === 'unread') return ground.say('否', 'no');
  if (places === undefined) return ground.say('全文', 'the whole text');
  return ground.say(`${places} 处`, `${places} ${places === 1 ? 'place' : 'places'}`);
}

function resultText(ground: Ground, { state, findings }: Standing): string {
  const count = findings.filter(({ suppressed }) => !suppressed).length;
  return state === 'violated'
    ? `${ground.in(stateTexts[state])}${ground.say(` ${count} 处`, ` ${count} times`)}`
    : ground.in(stateTexts[state]);
}

/** The documents that the rules come from. */
export function sources(ground: Ground): readonly Block[] {
  const titles = ground.zh
    ? ['编号', '文件', '施行', '效力', '核对情况']
    : ['No.', 'Document', 'In force', 'Standing', 'How it was seen'];
  return [
    grid(
      titles,
      [8, 44, 16, 14, 18],
      [...ground.numbers.values()].map(({ number, source }) => {
        const { document, from, to, binding, evidence } = source;
        const dates = [
          ...(from === undefined ? [] : [ground.say(`${from} 起`, `since ${from}`)]),
          ...(to === undefined ? [] : [ground.say(`${to} 止`, `until ${to}`)]),
        ];
        return {
          cells: [
            [{ text: `[${number}]`, id: `s${number}` }],
            ground.in(document),
            dates.length === 0 ? [quiet(ground.say('没有核实', 'not verified'))] : dates.join(ground.say('，', ', ')),
            ground.in(bindingNames[binding]),
            ground.in(evidenceNames[evidence]),
          ],
        };
      }),
    ),
  ];
}
