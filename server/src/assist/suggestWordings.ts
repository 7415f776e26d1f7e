import { nearest, orMeant } from '../base/names.ts';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import { sentenceFit } from '../features/matching.ts';
import { variablesIn } from '../model/ownVariables.ts';
import type { FlowRule, Step, WordingRule } from '../packs/pack.ts';
import { factValues } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { checkUtterance } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { structureRules } from '../rules/structure/index.ts';
import { builtinVariables, findTerm, variableTypes } from '../syntax/vocabulary.ts';
import { cut } from './input.ts';
import { block, scriptOfSituation, situationFields } from './situation.ts';
import type { Answer, Tool } from './tool.ts';
import { type Desk, deskOf, mended, utteranceIn, type Wording, wordingsOfRule, wordingsOfStep } from './wordings.ts';

/** So many are told; more would only be work to read. */
const mostWordings = 20;

/** So many sentences that hold what was asked for. */
const mostAlike = 5;

export const suggestWordings: Tool = {
  name: 'huashu_suggest_wordings',
  title: { zh: '推荐合规说法', en: 'Suggest compliant wordings' },
  about: {
    zh: '给出合规的说法，全部来自规则包，并且经检查器确认没有问题。phrase：一句想说的话，返回这句话的问题和合规改写；step：一个标准步骤，返回这一步的范本台词；rule：一条规则，返回它要求的或可以替代的说法。三者至少写一个。花括号里的是变量，照原样写进话术。放进话术之后，仍要用 huashu_check_script 检查全文。',
    en: 'Gives compliant wordings, all from the rule packs, and all of them clean by the checker. phrase: a sentence that you would like to say; you get what is wrong with it, and compliant rewrites. step: a standard step; you get its model lines. rule: a rule; you get what it wants said, or what can be said instead. Give at least one of the three. Braces hold variables and go into the script as they are. When the sentences stand in the script, check the whole of it by huashu_check_script all the same.',
  },
  fields: {
    phrase: {
      about: { zh: '想说的一句话，或其中几个字。', en: 'A sentence that is to be said, or some words of one.' },
      longest: 2000,
    },
    step: {
      about: {
        zh: '标准步骤的名称或编号，例如 探讨还款计划 或 discuss-plan。',
        en: 'The name or id of a standard step, such as discuss-plan.',
      },
      longest: 100,
    },
    rule: {
      about: { zh: '规则或类别的编号。', en: 'The id of a rule or a category.' },
      longest: 200,
    },
    ...situationFields,
    listener: {
      about: {
        zh: '谁在听：debtor 本人，third-party 第三方，guarantor 担保人，minor 未成年人。',
        en: 'Who listens.',
      },
      choices: factValues.listener,
      longest: 20,
    },
    identity: {
      about: { zh: '是否已确认对方是本人。', en: 'Whether the identity of the listener has been confirmed.' },
      choices: factValues.identity,
      longest: 20,
    },
  },
  subject(input) {
    const { phrase, step, rule } = input;
    if (phrase === undefined && step === undefined && rule === undefined)
      return new Refusal('phrase、step、rule 至少要写一个。', 'Give at least one of phrase, step and rule.');
    return { text: scriptOfSituation(input) };
  },
  *run(input, ground): Steps<Answer | Refusal> {
    const desk = deskOf(ground, input);
    const { packs } = desk;
    const step = input.step === undefined ? undefined : packs.step(input.step.trim());
    if (input.step !== undefined && !step) return unknownStep(input.step, packs);
    const rules = input.rule === undefined ? [] : rulesNamed(input.rule.trim(), desk);
    if (rules instanceof Refusal) return rules;
    const found = input.phrase === undefined ? undefined : judged(input.phrase, step, desk);
    const all: Wording[] = [];
    for (const wordings of [
      found?.rewrites ?? [],
      ...rules.map((each) => wordingsOfRule(each, desk)),
      step ? wordingsOfStep(step, desk) : [],
      input.phrase === undefined ? [] : alike(input.phrase, desk),
    ]) {
      for (const wording of wordings) {
        all.push(wording);
        yield;
      }
    }
    const different = [...new Map(all.map((each) => [each.text, each])).values()];
    return answerOf(different.slice(0, mostWordings), different.length, found, desk, ground.language);
  },
};

interface Judged {
  readonly said: string;
  readonly findings: readonly Finding[];
  readonly rewrites: readonly Wording[];
}

/** What is wrong with a sentence, and how it can be said. */
function judged(phrase: string, step: Step | undefined, desk: Desk): Judged {
  const { packs, day } = desk;
  const utterance = utteranceIn(phrase, step, {}, desk);
  const findings = checkUtterance(utterance, packs, day);
  const rewrites = [...new Set(findings.map(({ rule }) => rule))].flatMap((rule) =>
    [...mended(utterance, packs, day, rule)].map(({ text }) => ({ text, instead: utterance.text, rule })),
  );
  return { said: utterance.text, findings, rewrites };
}

/** Model lines of any step that hold the words. */
function* alike(phrase: string, desk: Desk): Generator<Wording> {
  let told = 0;
  for (const step of desk.packs.steps) {
    for (const wording of wordingsOfStep(step, desk)) {
      if (sentenceFit(phrase, wording.text) === undefined) continue;
      yield wording;
      if (++told === mostAlike) return;
    }
  }
}

function unknownStep(name: string, packs: PackSet): Refusal {
  const names = packs.steps.flatMap((each) => [each.id, each.name.zh, each.name.en]);
  const { zh, en } = orMeant(nearest(cut(name), names));
  return new Refusal(`没有名为“${cut(name)}”的步骤${zh}`, `There is no step “${cut(name)}”${en}`);
}

function rulesNamed(id: string, { packs, day }: Desk): readonly (WordingRule | FlowRule)[] | Refusal {
  const inForce = [...packs.rules, ...packs.flow].filter((rule) => packs.inForce(rule, day));
  const found = inForce.filter((rule) => rule.id === id || rule.category === id);
  if (found.length > 0) return found;
  if (structureRules.some((rule) => rule.id === id))
    return new Refusal(
      `“${id}”管的是话术的写法，不是台词；请用 huashu_explain_rule 查看。`,
      `“${id}” is about how scripts are written and not about what is said; see huashu_explain_rule.`,
    );
  const { zh, en } = orMeant(nearest(cut(id), [...new Set(inForce.flatMap((rule) => [rule.id, rule.category]))]));
  return new Refusal(`没有编号为“${cut(id)}”的规则或类别${zh}`, `There is no rule or category “${cut(id)}”${en}`);
}

function answerOf(
  wordings: readonly Wording[],
  all: number,
  found: Judged | undefined,
  { packs }: Desk,
  language: Language,
): Answer {
  const english = language === 'en';
  const variables = variablesOf(wordings, packs, language);
  const lines = wordings.map((wording) => wordingText(wording, packs, language));
  const left = all - wordings.length;
  return {
    text: [
      ...(found ? verdict(found, language) : []),
      ...block(english ? 'Compliant wordings' : '合规说法', lines),
      ...(wordings.length === 0
        ? ['', english ? 'The rule packs have no wording for this.' : '规则包里没有现成的说法。']
        : []),
      ...(left > 0 ? ['', english ? `${left} more are not listed.` : `另有 ${left} 句没有列出。`] : []),
      ...block(
        english ? 'Variables to declare in the front matter' : '需要在文件头声明的变量',
        variables.map(({ name, type, sample }) =>
          english ? `${name}: {type: ${type}, sample: ${sample}}` : `${name}：{类型：${type}，样例：${sample}}`,
        ),
      ),
    ]
      .join('\n')
      .trim(),
    data: {
      ...(found && {
        phrase: {
          text: found.said,
          clean: found.findings.length === 0,
          findings: found.findings.map(({ rule, severity, message, start, end }) => ({
            rule,
            severity,
            message: inLanguage(message, language),
            text: found.said.slice(start, end),
          })),
        },
      }),
      wordings,
      left,
      variables,
    },
  };
}

function verdict({ said, findings }: Judged, language: Language): readonly string[] {
  const english = language === 'en';
  if (findings.length === 0)
    return [english ? `Nothing is wrong with “${said}” as a line.` : `“${said}”作为一句台词没有问题。`];
  return block(
    english ? `What is wrong with “${said}”` : `“${said}”的问题`,
    findings.map(({ rule, message }) => `${rule} · ${inLanguage(message, language)}`),
  );
}

function wordingText({ text, instead, step, reply }: Wording, packs: PackSet, language: Language): string {
  const english = language === 'en';
  const named = step === undefined ? undefined : packs.step(step);
  const category = reply === undefined ? undefined : packs.reply(reply);
  const of = [
    ...(named ? [inLanguage(named.name, language)] : []),
    ...(reply === undefined ? [] : [category ? inLanguage(category.name, language) : reply]),
  ].join(english ? ', ' : '，');
  const origin = of === '' ? '' : english ? ` (${of})` : `（${of}）`;
  if (instead === undefined) return `${text}${origin}`;
  return english ? `${text}\ninstead of: ${instead}` : `${text}\n不要说：${instead}`;
}

interface NamedVariable {
  readonly name: string;
  readonly type: string;
  readonly sample: string;
}

/** Those that every script knows need no declaration. */
function variablesOf(wordings: readonly Wording[], packs: PackSet, language: Language): readonly NamedVariable[] {
  const names = new Set(wordings.flatMap(({ text }) => variablesIn(text)));
  return [...names].flatMap((name) => {
    if (findTerm(builtinVariables, name)) return [];
    const known = packs.variables.find((each) => each.name === name);
    const type = known && findTerm(variableTypes, known.type);
    if (!known || !type) return [];
    const [zh = known.type] = type.zh;
    const [en = known.type] = type.en;
    return [{ name, type: language === 'en' ? en : zh, sample: known.sample }];
  });
}
