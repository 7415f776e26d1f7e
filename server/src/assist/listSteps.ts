import { nearest, orMeant } from '../base/names.ts';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import { sourceLine } from '../features/markdown.ts';
import type { FlowRule, Happening, Step, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { severityNames } from '../report/severity.ts';
import { cut } from './input.ts';
import { block, dayOfGround } from './situation.ts';
import type { Answer, Tool } from './tool.ts';

/** The eight steps that make the call, in their order; all others frame them. Their ids are stable. */
const backbone: readonly string[] = [
  'confirm-identity',
  'state-purpose',
  'understand-reason',
  'remind-fees',
  'discuss-plan',
  'offer-alternatives',
  'open-channel',
  'legal-responsibility',
];

export const listSteps: Tool = {
  name: 'huashu_list_steps',
  title: { zh: '列出标准步骤', en: 'List the standard steps' },
  about: {
    zh: '列出催收话术的八个标准步骤，按先后顺序：每一步的目的、必须说到的内容、法规依据，以及管这一步的规则。写上 step 时只看一步；scope 为 all 时，开场、录音告知、非本人接听、异议受理等其余步骤也一并列出。起草话术之前先看一遍。',
    en: 'Lists the eight standard steps of a collection call in their order: what each is for, what it must contain, its legal sources and the rules about it. With step it tells of one; with the scope all, also those that frame the eight, such as the opening, the recording notice, third parties and disputes. Look at it before you draft a script.',
  },
  fields: {
    step: {
      about: {
        zh: '步骤的名称或编号，例如 确认身份 或 confirm-identity。',
        en: 'The name or id of a step, such as confirm-identity.',
      },
      longest: 100,
    },
    scope: {
      about: { zh: 'eight 只列八个标准步骤（默认），all 列出全部。', en: 'The eight by default, or all.' },
      choices: ['eight', 'all'],
      longest: 10,
    },
  },
  subject: () => ({ text: '' }),
  *run({ step: name, scope }, ground): Steps<Answer | Refusal> {
    const { script, snapshot, language } = ground;
    const packs = snapshot.packs(script).set;
    const day = dayOfGround(ground);
    const eight = backbone.flatMap((id) => packs.steps.find((step) => step.id === id) ?? []);
    // A pack of its own may have other steps altogether.
    const standard = eight.length > 0 ? eight : packs.steps;
    const wanted = name === undefined ? (scope === 'all' ? packs.steps : standard) : packs.step(name.trim());
    if (!wanted || ('length' in wanted && wanted.length === 0)) return unknown(name, packs);
    const steps = 'length' in wanted ? wanted : [wanted];
    const told = steps.map((step) => ({ step, place: eight.indexOf(step) + 1 || undefined }));
    return {
      text: told.map(({ step, place }) => stepText(step, place, packs, day, language)).join('\n\n'),
      data: { steps: told.map(({ step, place }) => stepData(step, place, packs, day, language)) },
    };
  },
};

function unknown(name: string | undefined, packs: PackSet): Refusal {
  if (packs.steps.length === 0 || name === undefined)
    return new Refusal('现行规则包没有规定步骤。', 'The rule packs in force have no steps.');
  const names = packs.steps.flatMap((step) => [step.id, step.name.zh, step.name.en]);
  const { zh, en } = orMeant(nearest(cut(name), names));
  return new Refusal(
    `没有名为“${cut(name)}”的步骤${zh}有：${packs.steps.map((step) => step.name.zh).join('、')}。`,
    `There is no step “${cut(name)}”${en} There are ${packs.steps.map(({ id }) => id).join(', ')}.`,
  );
}

function stepText(step: Step, place: number | undefined, packs: PackSet, day: string, language: Language): string {
  const english = language === 'en';
  const number = place === undefined ? '' : `${place}. `;
  return [
    `${number}${inLanguage(step.name, language)} · ${step.id}`,
    inLanguage(step.purpose, language),
    ...block(english ? 'It must contain' : '必须说到', english ? step.contents.en : step.contents.zh),
    ...block(
      english ? 'It comes after' : '在这些步骤之后',
      step.after.map((id) => nameOf(id, packs, language)),
    ),
    ...block(
      english ? 'Sources' : '依据',
      packs.sourcesInForce(step.sources, day).map((source) => sourceLine(source, language)),
    ),
    ...block(
      english ? 'Rules about it' : '管这一步的规则',
      rulesAbout(step, packs, day).map(
        ({ id, severity, title }) =>
          `${id} · ${inLanguage(severityNames[severity], language)} · ${inLanguage(title, language)}`,
      ),
    ),
  ].join('\n');
}

function stepData(
  step: Step,
  place: number | undefined,
  packs: PackSet,
  day: string,
  language: Language,
): Answer['data'] {
  return {
    id: step.id,
    name: inLanguage(step.name, language),
    ...(place !== undefined && { place }),
    purpose: inLanguage(step.purpose, language),
    contents: language === 'en' ? step.contents.en : step.contents.zh,
    after: step.after,
    sources: packs.sourcesInForce(step.sources, day).map((source) => sourceLine(source, language)),
    rules: rulesAbout(step, packs, day).map(({ id, severity, title }) => ({
      id,
      severity,
      title: inLanguage(title, language),
    })),
  };
}

function nameOf(id: string, packs: PackSet, language: Language): string {
  const step = packs.steps.find((each) => each.id === id);
  return step ? inLanguage(step.name, language) : id;
}

/** The rules in force that name a step. */
function rulesAbout({ id }: Step, packs: PackSet, day: string): readonly (WordingRule | FlowRule)[] {
  const performs = (happening: Happening | undefined): boolean => happening?.performs.includes(id) ?? false;
  return [
    ...packs.flow.filter(
      ({ event, after, until, requires, fixes }) =>
        [event, after, until, requires].some(performs) || fixes.some(({ step }) => step === id),
    ),
    ...packs.rules.filter(({ where }) => where.steps?.includes(id)),
  ].filter((rule) => packs.inForce(rule, day));
}
