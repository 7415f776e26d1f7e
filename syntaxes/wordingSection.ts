import { inLanguage, type Language } from '../server/src/base/text.ts';
import type { Example, FactSets, Pack, RuleFix, WordingRule } from '../server/src/packs/pack.ts';
import { factsInWords } from '../server/src/rules/flow/inWords.ts';
import { channels, stages } from '../server/src/syntax/vocabulary.ts';
import { joined, list, plain, ruleHead, sourceList, termNames, texts } from './pageParts.ts';

/** What the page of its category says of a rule about wording. */
export function wordingSection(rule: WordingRule, pack: Pack, language: Language): string[] {
  const [first] = rule.examples.bad;
  const shown = (examples: readonly Example[]): string[] =>
    examples.map((example) => exampleLine(example, pack, language));
  return [
    ...ruleHead(rule, filled(inLanguage(rule.message, language), first), language),
    ...sourceList(rule, pack, language),
    ...list(texts.scope, scopeOf(rule, pack, language), language),
    ...list(texts.bad, shown(rule.examples.bad), language),
    ...list(texts.good, shown(rule.examples.good), language),
    ...list(
      { zh: '可以改成', en: 'Say instead' },
      [...new Set(rule.fixes.map((fix) => alternative(fix, first, language)))].filter((line) => line !== ''),
      language,
    ),
  ];
}

/** What is said instead, and where it can be, if not everywhere. */
function alternative(fix: RuleFix, first: Example | undefined, language: Language): string {
  const words = plain(filled(fix.with, first));
  const named = fix.channels ? termNames(channels, fix.channels, language) : [];
  const known = factsInWords(fix.facts ?? {}).map((text) => inLanguage(text, language));
  if (words === '' || named.length + known.length === 0) return words;
  const places = joined([...named, ...known], language);
  return language === 'zh-CN' ? `${words}（${places}）` : `${words} (${places})`;
}

/** A message or rewrite as it reads for the first example; what only the matcher could know becomes an ellipsis. */
function filled(text: string, example: Example | undefined): string {
  const mark = example?.mark && example.text.slice(example.mark.start, example.mark.end);
  return text.replace(/\{([^{}|]*)(?:\|([^{}]*))?\}/g, (whole, name: string, otherwise: string | undefined) => {
    if (name === 'match') return mark ?? '…';
    return otherwise ?? (/^[a-z]/.test(name) ? '…' : whole);
  });
}

function scopeOf({ where, lifted }: WordingRule, pack: Pack, language: Language): string[] {
  const zh = language === 'zh-CN';
  const facts = (sets: FactSets): string[] => factsInWords(sets).map((text) => inLanguage(text, language));
  const onlyAgent = zh ? '只看坐席的话' : 'what the agent says';
  const onlyGuidance = zh ? '只看给坐席的提示' : 'guidance for the agent';
  return [
    ...(where.speakers.length > 1 ? [] : [where.speakers[0] === 'agent' ? onlyAgent : onlyGuidance]),
    ...(where.channels
      ? [`${zh ? '渠道：' : 'channels: '}${joined(termNames(channels, where.channels, language), language)}`]
      : []),
    ...(where.stages
      ? [`${zh ? '阶段：' : 'stages: '}${joined(termNames(stages, where.stages, language), language)}`]
      : []),
    ...(where.steps
      ? [
          `${zh ? '步骤：' : 'steps: '}${joined(
            where.steps.map((id) => stepName(id, pack, language)),
            language,
          )}`,
        ]
      : []),
    ...facts(where.facts).map((line) => (zh ? `已知${line}` : `known: ${line}`)),
    ...facts(lifted).map((line) => (zh ? `已知${line}时不适用` : `does not hold when known: ${line}`)),
  ];
}

function stepName(id: string, pack: Pack, language: Language): string {
  const step = pack.steps.find((each) => each.id === id);
  return step ? inLanguage(step.name, language) : id;
}

/** An example with what is underlined in bold, the situation in which it is said, and why it is harmless. */
function exampleLine(example: Example, pack: Pack, language: Language): string {
  const { text, mark, because } = example;
  const shown = mark
    ? `${plain(text.slice(0, mark.start))}<b>${plain(text.slice(mark.start, mark.end))}</b>${plain(text.slice(mark.end))}`
    : plain(text);
  const facts = Object.fromEntries(Object.entries(example.facts).map(([fact, value]) => [fact, [value ?? '']]));
  const situation = [
    ...(example.channel ? termNames(channels, [example.channel], language) : []),
    ...(example.stage ? termNames(stages, [example.stage], language) : []),
    ...(example.step ? [stepName(example.step, pack, language)] : []),
    ...factsInWords(facts).map((line) => inLanguage(line, language)),
    ...(because && because !== 'facts' ? [reason(because, pack, language)] : []),
  ];
  if (situation.length === 0) return shown;
  return language === 'en' ? `${shown} _(${situation.join('; ')})_` : `${shown}（${situation.join('；')}）`;
}

function reason(because: string, pack: Pack, language: Language): string {
  if (because === 'inside') return language === 'en' ? 'fixed phrase' : '固定说法';
  const context = pack.contexts.find(({ id }) => id === because);
  return context ? inLanguage(context.title, language) : because;
}
