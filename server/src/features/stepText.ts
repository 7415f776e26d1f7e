import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import { renderStep } from '../model/template.ts';
import type { Fact, FactSets, Reply, Step } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { factsInWords } from '../rules/flow/inWords.ts';
import { sourcesSection } from './describe.ts';
import type { Context } from './feature.ts';
import { escaped, inlined, section, titled } from './markdown.ts';

/** A standard step: what it is for, what belongs in it, which replies must be there, and on what ground. */
export function stepText(step: Step, packs: PackSet, { language, snapshot }: Context): string {
  const say = (text: Text): string => inLanguage(text, language);
  const { today } = snapshot.settings;
  const before = step.after.flatMap((id) => packs.step(id) ?? []).map(({ name }) => say(name));
  const contents = language === 'en' ? step.contents.en : step.contents.zh;
  const replies = repliesWanted(step, packs, today).map((id) => say(packs.reply(id)?.name ?? { zh: id, en: id }));
  return [
    titled({ zh: '标准步骤', en: 'Standard step' }, say(step.name), language),
    '',
    escaped(say(step.purpose)),
    '',
    ...section({ zh: '应当包括', en: 'What belongs in it' }, contents.map(escaped), language),
    ...inlined({ zh: '在此之前', en: 'What comes before' }, before, language),
    ...inlined({ zh: '必须有的回复', en: 'Required replies' }, replies, language),
    ...sourcesSection(step.sources, packs, language, today),
  ]
    .join('\n')
    .trim();
}

/** The reply categories that some rule wants a node to offer that performs a step. */
function repliesWanted({ id }: Step, packs: PackSet, day: string): readonly string[] {
  const wanted = packs.flow
    .filter((rule) => rule.kind === 'must-offer' && rule.event?.performs.includes(id) && packs.inForce(rule, day))
    .flatMap(({ replies }) => replies.map(([first = '']) => first));
  return [...new Set(wanted)];
}

const shownLines = 2;

/** How the template of a step begins for the channel and stage of a script; empty where it has none. */
export function templateGist(step: Step, script: Script, packs: PackSet, language: Language): string {
  const { lines, spoken } = renderStep(step, script, packs);
  const said = lines.slice(spoken?.start, spoken?.end);
  const shown = said.slice(0, shownLines).map((line) => `> ${escaped(line)}`);
  const more = said.length > shownLines ? ['> …'] : [];
  if (shown.length === 0) return '';
  return [`**${inLanguage({ zh: '范本', en: 'Template' }, language)}**`, '', [...shown, ...more].join('  \n')].join(
    '\n',
  );
}

const shownAliases = 8;

/** A reply category: what it means, what the rules take from it, how else it may be called, and examples. */
export function replyText({ name, about, aliases, examples, sets }: Reply, language: Language): string {
  const facts = Object.fromEntries(
    (Object.entries(sets) as [Fact, string][]).map(([fact, value]) => [fact, [value]]),
  ) as FactSets;
  const isChinese = (word: string): boolean => /\p{Script=Han}/u.test(word);
  const others = aliases.filter((alias) => isChinese(alias) === (language === 'zh-CN')).slice(0, shownAliases);
  return [
    titled({ zh: '回复类别', en: 'Reply category' }, inLanguage(name, language), language),
    '',
    escaped(inLanguage(about, language)),
    '',
    ...inlined(
      { zh: '规则由此认定', en: 'What the rules take from it' },
      factsInWords(facts).map((fact) => inLanguage(fact, language)),
      language,
    ),
    ...inlined({ zh: '也可以写作', en: 'Also written' }, others, language),
    ...section({ zh: '例句', en: 'Examples' }, examples.map(escaped), language),
  ]
    .join('\n')
    .trim();
}

/** A category that no pack knows. */
/** Of a mere yes or no in a node that asks something else than its category is about. */
export function unaskedText({ name }: Reply, language: Language): string {
  const about: Text = {
    zh: `只是一句回答：坐席在这一节里问过相应的问题，它才是“${name.zh}”；这里问的是别的，所以规则不由此认定什么。`,
    en: `A mere answer: it is “${name.en}” only where the agent has asked for that in the node. Something else is asked here, so no rule takes anything from it.`,
  };
  return [
    titled({ zh: '回复类别', en: 'Reply category' }, inLanguage(name, language), language),
    '',
    inLanguage(about, language),
  ].join('\n');
}

export function ownReplyText(name: string, language: Language): string {
  const about: Text = {
    zh: '自拟的类别：可以照常分支，但规则不知道客户这样回答意味着什么。',
    en: 'A category of your own: it branches as any other, but no rule knows what such a reply means.',
  };
  return [titled({ zh: '回复类别', en: 'Reply category' }, name, language), '', inLanguage(about, language)].join('\n');
}
