import { inLanguage, type Text } from '../base/text.ts';
import { isOneWay } from '../flow/openings.ts';
import { frontMatterFor, newScript as newScriptText, type ScriptKind } from '../model/newScript.ts';
import { type Script, scriptOf } from '../model/script.ts';
import { templateOf } from '../model/template.ts';
import { factValueNames } from '../packs/labels.ts';
import { factValues } from '../packs/pack.ts';
import { channels, findTerm, stages, type Term } from '../syntax/vocabulary.ts';
import type { Context, Feature } from './feature.ts';
import { type StepState, stepStates } from './missingSteps.ts';

/** What the author has answered so far. */
export interface NewScriptAnswers {
  readonly channel?: string;
  readonly stage?: string;
  readonly organization?: string;
  readonly principal?: string;
  readonly steps?: readonly string[];
}

export interface NewScriptParams {
  readonly answers: NewScriptAnswers;
  /** Where the script will stand, by which the rule packs that hold there are found. */
  readonly uri?: string;
}

/** Something that is yet to be asked; the answer goes back under `id`. */
export interface NewScriptQuestion {
  readonly id: keyof NewScriptAnswers;
  readonly title: string;
  /** Which question it is, and of how many. */
  readonly step: number;
  readonly steps: number;
  readonly placeholder: string;
  /** What there is to choose from; without it the answer is a text, and `value` a proposal. */
  readonly choices?: readonly NewScriptChoice[];
  /** Any number of the choices, and not just one. */
  readonly many?: true;
  readonly value?: string;
}

export interface NewScriptChoice {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** It is ticked or, where one is chosen, the one that Enter takes. */
  readonly picked?: true;
}

/** The next question, or the script once everything has been answered. */
export type NewScriptResult = { readonly question: NewScriptQuestion } | { readonly text: string };

/** `huashu/newScript`: asks, one at a time, what a new script is for, and then writes it. */
export const newScript: Feature<NewScriptParams, NewScriptResult> = {
  method: 'huashu/newScript',
  capability: {},
  run(context, { answers, uri = 'untitled:new.huashu' }) {
    const { language, snapshot } = context;
    const channel = findTerm(channels, answers.channel ?? '')?.id;
    if (!channel) return { question: choiceOf('channel', termChoices(channels, context), context) };
    const stage = findTerm(stages, answers.stage ?? '')?.id;
    if (!stage) return { question: choiceOf('stage', termChoices(stages, context, 'M1'), context) };
    const organization = factValues.organization.find((each) => each === answers.organization);
    if (!organization) return { question: choiceOf('organization', organizationChoices(context), context) };
    const principal = answers.principal?.trim();
    const isAgency = organization === 'agency';
    if (isAgency && !principal) return { question: { ...question('principal', context), value: '某某银行' } };
    const kind: ScriptKind = {
      channel,
      stage,
      ...(isAgency && principal && { principal }),
      english: language === 'en',
    };
    const script = scriptOf(uri, 0, frontMatterFor(kind));
    const packs = snapshot.packs(script).set;
    const states = stepStates({ script, packs, snapshot, offset: script.written.length });
    // Only what has a template for the channel, in the order of the conversation.
    const offered = packs.steps.flatMap((step) =>
      states.filter((each) => each.step === step && templateOf(step, script)),
    );
    if (!answers.steps && offered.length > 0) {
      const choices = offered.map((each) => stepChoice(each, script, context));
      return { question: { ...choiceOf('steps', choices, context, isAgency), many: true } };
    }
    const chosen = offered.flatMap(({ step }) => (answers.steps?.includes(step.id) ? [step] : []));
    return { text: newScriptText(kind, chosen, packs) };
  },
};

const texts: {
  readonly [id in keyof NewScriptAnswers]-?: { readonly title: Text; readonly placeholder: Text };
} = {
  channel: {
    title: { zh: '新建话术：用在什么渠道', en: 'New script: channel' },
    placeholder: {
      zh: '渠道决定用哪些范本、适用哪些规则',
      en: 'The channel decides on templates and rules',
    },
  },
  stage: {
    title: { zh: '新建话术：用在哪个逾期阶段', en: 'New script: stage of delinquency' },
    placeholder: { zh: '阶段决定可以说到哪一步', en: 'The stage decides what may be said' },
  },
  organization: {
    title: { zh: '新建话术：由谁联系客户', en: 'New script: who contacts the customer' },
    placeholder: { zh: '委外机构须说明受谁委托', en: 'An agency has to say on whose behalf it calls' },
  },
  principal: {
    title: { zh: '新建话术：受哪家银行委托', en: 'New script: on behalf of which bank' },
    placeholder: { zh: '银行全称，会在开场时说出来', en: 'The full name of the bank, as it is spoken' },
  },
  steps: {
    title: { zh: '新建话术：包含哪些步骤', en: 'New script: its steps' },
    placeholder: {
      zh: '已勾选通常要有的步骤，可输入文字筛选；按回车生成话术',
      en: 'The usual steps are ticked; type to filter, press Enter to write the script',
    },
  },
};

/** Whoever calls, the steps come last. */
const order: readonly (keyof NewScriptAnswers)[] = ['channel', 'stage', 'organization', 'principal', 'steps'];

function question(id: keyof NewScriptAnswers, { language }: Context, isAgency = id === 'principal'): NewScriptQuestion {
  const asked = order.filter((each) => isAgency || each !== 'principal');
  const { title, placeholder } = texts[id];
  return {
    id,
    title: inLanguage(title, language),
    placeholder: inLanguage(placeholder, language),
    step: asked.indexOf(id) + 1,
    steps: asked.length,
  };
}

function choiceOf(
  id: keyof NewScriptAnswers,
  choices: readonly NewScriptChoice[],
  context: Context,
  isAgency?: boolean,
): NewScriptQuestion {
  return { ...question(id, context, isAgency), choices };
}

function termChoices(terms: readonly Term[], { language }: Context, proposed?: string): NewScriptChoice[] {
  return terms.map(({ id, zh, en, help }) => ({
    id,
    label: inLanguage({ zh: zh[0], en: en[0] }, language),
    description: inLanguage(help, language),
    ...(id === proposed && { picked: true }),
  }));
}

function organizationChoices({ language }: Context): NewScriptChoice[] {
  return factValues.organization.map((id) => ({
    id,
    label: inLanguage(factValueNames[id] ?? { zh: id, en: id }, language),
  }));
}

function stepChoice({ step, state, why }: StepState, script: Script, { language }: Context): NewScriptChoice {
  const stage = script.tree.frontMatter.stage?.value;
  // A message stands alone; of a call, all that belongs to it is ticked.
  const isUsual = state === 'missing' || (!isOneWay(script) && stage !== undefined && step.usual.includes(stage));
  return {
    id: step.id,
    label: inLanguage(step.name, language),
    ...(state === 'optional' && { description: inLanguage(why, language) }),
    detail: inLanguage(step.purpose, language),
    ...(isUsual && { picked: true }),
  };
}
