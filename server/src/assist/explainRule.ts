import { nearest, orMeant } from '../base/names.ts';
import type { Steps } from '../base/steps.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import { sourceLine } from '../features/markdown.ts';
import { bindingNames, suppressibleNames } from '../packs/labels.ts';
import type { Source } from '../packs/pack.ts';
import { type RuleEntry, ruleEntries } from '../report/ruleEntries.ts';
import { severityNames } from '../report/severity.ts';
import { cut } from './input.ts';
import { block, dayOfGround } from './situation.ts';
import type { Answer, Ground, Tool } from './tool.ts';

/** So many examples of a kind are told: whole scripts are long. */
const [mostLines, mostScripts] = [8, 1];

export const explainRule: Tool = {
  name: 'huashu_explain_rule',
  title: { zh: '说明一条规则', en: 'Explain a rule' },
  about: {
    zh: '按编号说明一条催收话术规则：要求什么、为什么、法规依据及其施行日期、能否豁免、不能说和可以说的例句。也可以写类别的编号，列出这一类的规则。',
    en: 'Explains a rule about collection scripts by its id: what it asks and why, its legal sources with their dates in force, whether it can be suppressed, and examples of what may and may not be said. The id of a category lists the rules in it.',
  },
  fields: {
    rule: {
      about: {
        zh: '规则编号，例如 cn/no-threat-of-violence；或类别编号，例如 threat-violence。',
        en: 'The id of a rule such as cn/no-threat-of-violence, or of a category such as threat-violence.',
      },
      required: true,
      longest: 200,
    },
  },
  subject: () => ({ text: '' }),
  *run({ rule = '' }, ground): Steps<Answer | Refusal> {
    const { script, snapshot, language } = ground;
    const entries = ruleEntries(snapshot.packs(script).set, dayOfGround(ground), language);
    const id = rule.trim();
    const entry = entries.find((each) => each.id === id);
    if (entry) return { text: explanation(entry, language), data: dataOf(entry, language) };
    const inCategory = entries.filter(({ category }) => category === id);
    if (inCategory.length > 0) return listing(id, inCategory, language);
    const { zh, en } = orMeant(nearest(cut(id), [...new Set(entries.flatMap((each) => [each.id, each.category]))]));
    return new Refusal(`没有编号为“${cut(id)}”的规则或类别${zh}`, `There is no rule or category “${cut(id)}”${en}`);
  },
};

/** Every rule in force, in a line each. */
export function listRules(ground: Ground): Answer {
  const { script, snapshot, language } = ground;
  return listing(undefined, ruleEntries(snapshot.packs(script).set, dayOfGround(ground), language), language);
}

function listing(category: string | undefined, entries: readonly RuleEntry[], language: Language): Answer {
  const lines = entries.map(
    ({ id, severity, title }) =>
      `${id} · ${inLanguage(severityNames[severity], language)} · ${inLanguage(title, language)}`,
  );
  const all = language === 'en' ? `Rules in force: ${entries.length}` : `现行规则：${entries.length} 条`;
  const some =
    language === 'en'
      ? `Category ${category}: ${entries.length} rules in force`
      : `类别 ${category}：现行规则 ${entries.length} 条`;
  return {
    text: [category === undefined ? all : some, ...block('', lines)].filter((line) => line !== '').join('\n'),
    data: {
      ...(category !== undefined && { category }),
      rules: entries.map(({ id, severity, title, category: each }) => ({
        id,
        category: each,
        severity,
        title: inLanguage(title, language),
      })),
    },
  };
}

function explanation(entry: RuleEntry, language: Language): string {
  const english = language === 'en';
  const say = (text: Text): string => inLanguage(text, language);
  const head = [severityNames[entry.severity], suppressibleNames[`${entry.suppressible}`]].map(say).join(' · ');
  const titles = entry.lines
    ? { bad: english ? 'Do not say' : '不要说', good: english ? 'These are fine' : '这样说没有问题' }
    : { bad: english ? 'Flagged' : '会提示', good: english ? 'Not flagged' : '不会提示' };
  return [
    `${entry.id} · ${say(entry.title)}`,
    `${english ? 'Category: ' : '类别：'}${entry.category} · ${head}`,
    '',
    say(entry.why),
    ...block(english ? 'What it looks at' : '看什么', entry.looks ?? []),
    ...block(
      english ? 'Sources' : '依据',
      entry.sources.map((source) => sourceText(source, language)),
    ),
    ...block(titles.bad, shown(entry, entry.bad)),
    ...block(titles.good, shown(entry, entry.good)),
    ...block(english ? 'How to mend it' : '可以这样改', fixesOf(entry)),
  ].join('\n');
}

function shown({ lines }: RuleEntry, examples: readonly string[]): readonly string[] {
  return examples.slice(0, lines ? mostLines : mostScripts).map((text) => text.trimEnd());
}

/** Sample texts stand in for what a fix takes over from the line. */
function fixesOf({ fixes }: RuleEntry): readonly string[] {
  return fixes.map((fix) => fix.replace(/\{[^{}|]*\|([^{}]*)\}/g, '$1'));
}

function sourceText(source: Source, language: Language): string {
  return `${sourceLine(source, language)} · ${inLanguage(bindingNames[source.binding], language)}\n${inLanguage(source.gist, language)}`;
}

function dataOf(entry: RuleEntry, language: Language): Answer['data'] {
  const say = (text: Text): string => inLanguage(text, language);
  const { title, why, sources, lines: _, bad, good, ...rest } = entry;
  return {
    ...rest,
    title: say(title),
    why: say(why),
    sources: sources.map(({ id, document, article, binding, from, to, gist }) => ({
      id,
      document: say(document),
      ...(article !== undefined && { article }),
      binding,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      gist: say(gist),
    })),
    bad: shown(entry, bad),
    good: shown(entry, good),
    fixes: fixesOf(entry),
  };
}
