import { inLanguage, type Language, type Text } from '../base/text.ts';
import {
  bindingNames,
  categoryTitles,
  evidenceNames,
  flowCategoryTitles,
  reachNames,
  severityNames,
  suppressibleNames,
} from '../packs/labels.ts';
import type {
  Detector,
  FlowRule,
  Pack,
  Context as PackContext,
  Quoted,
  Source,
  WordingCategory,
  WordingRule,
} from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Category } from '../rules/finding.ts';
import { flowFixTitle } from '../rules/flow/fixes.ts';
import { alternativesText, flowInWords } from '../rules/flow/inWords.ts';
import { structureRules } from '../rules/structure/index.ts';
import { suppressionRule } from '../rules/suppressions.ts';
import type { Context } from './feature.ts';
import { atMost, code, escaped, section, sourceLine } from './markdown.ts';

/** A rule as a hover tells it: what it is about, why, on what ground, and what to say instead. */
export function ruleText(id: string, packs: PackSet, { language, snapshot, docs }: Context): string {
  const rule = packs.rule(id);
  if (rule) {
    // Only the rules that come with the product have a page.
    const hasPage = snapshot.settings.bundled.some((pack) => [...pack.rules, ...pack.flow].includes(rule));
    return packRule(rule, packs, language, snapshot.settings.today, hasPage ? docs : undefined);
  }
  const structure = [...structureRules, suppressionRule].find((each) => each.id === id);
  return structure
    ? `**${escaped(inLanguage(structure.title, language))}**　\`${id}\`\n\n${escaped(inLanguage(structure.why, language))}`
    : '';
}

const shownExamples = 2;
const shownSources = 3;

/** The sources in force, the first with its gist and with what it is worth; that of all would fill the screen. */
export function sourcesSection(ids: readonly string[], packs: PackSet, language: Language, day: string): string[] {
  const lines = packs.sourcesInForce(ids, day).map((source, index) => {
    const line = escaped(sourceLine(source, language));
    if (index > 0) return line;
    return `${line} · ${standing(source, language)}  \n${escaped(inLanguage(source.gist, language))}`;
  });
  return section({ zh: '依据', en: 'Sources' }, atMost(shownSources, lines, language), language);
}

/** How binding a source is, and how its text was seen. */
function standing({ binding, evidence }: Source, language: Language): string {
  return `${inLanguage(bindingNames[binding], language)} · ${inLanguage(evidenceNames[evidence], language)}`;
}

function packRule(
  rule: WordingRule | FlowRule,
  packs: PackSet,
  language: Language,
  day: string,
  docs: string | undefined,
): string {
  const say = (text: Text): string => escaped(inLanguage(text, language));
  const levels = [severityNames[rule.severity], suppressibleNames[`${rule.suppressible}`]];
  const { wayOut, more } = 'match' in rule ? wordingParts(rule, language) : flowParts(rule, packs, language);
  return [
    `**${say(rule.title)}**　${code(rule.id)}　${levels.map((text) => inLanguage(text, language)).join(' · ')}`,
    '',
    say(rule.why),
    '',
    // Of a hover one sees ten lines or so: what to do about it and the law come first.
    ...wayOut,
    ...sourcesSection(rule.sources, packs, language, day),
    ...more,
    ...(docs === undefined
      ? []
      : [
          `[${language === 'en' ? 'More about this rule' : '查看规则全文'}](${docs}${language}/${rule.category}.md#${rule.id.replace('/', '-')})`,
        ]),
  ]
    .join('\n')
    .trim();
}

/** What an author can do, and what else there is to know. */
interface RuleParts {
  readonly wayOut: readonly string[];
  readonly more: readonly string[];
}

function wordingParts({ examples, fixes }: WordingRule, language: Language): RuleParts {
  const bad = examples.bad.slice(0, shownExamples).map(({ text }) => `✗ ${escaped(text)}`);
  // Sample texts stand in for what a fix takes over from the line.
  const good = fixes.slice(0, 1).map((fix) => fix.with.replace(/\{[^{}|]*\|([^{}]*)\}/g, '$1'));
  // What is fine in itself only shows the limits of a rule; it is no way to say the same.
  const fine = good.length > 0 ? good : examples.good.slice(0, shownExamples).map(({ text }) => text);
  return {
    wayOut: section(
      { zh: '可以说', en: 'You may say' },
      fine.map((text) => `✓ ${escaped(text)}`),
      language,
    ),
    more: section({ zh: '不要说', en: 'Do not say' }, bad, language),
  };
}

function flowParts(rule: FlowRule, packs: PackSet, language: Language): RuleParts {
  const say = (text: Text): string => escaped(inLanguage(text, language));
  const { kind, parts } = flowInWords(rule, packs);
  const colon = language === 'en' ? ': ' : '：';
  const looks = parts.map(({ title, any }) => `${say(title)}${colon}${escaped(alternativesText(any, language))}`);
  const fixes = rule.fixes.map((fix) => say(flowFixTitle(fix, packs)));
  return {
    wayOut: section({ zh: '可以这样改', en: 'How to mend it' }, fixes, language),
    more: [say(kind), '', ...section({ zh: '看什么', en: 'What it looks at' }, looks, language)],
  };
}

/** A detector: what it says of a line, and lines that it does and does not say it of. */
export function detectorText({ id, title, examples }: Detector, language: Language): string {
  const shown = (quoted: readonly Quoted[]): string[] =>
    quoted.slice(0, shownExamples).map(({ text }) => escaped(text));
  return [
    `**${language === 'en' ? 'Detector: ' : '识别项：'}${escaped(inLanguage(title, language))}**　\`${id}\``,
    '',
    ...section({ zh: '算', en: 'Counts' }, shown(examples.does), language),
    ...section({ zh: '不算', en: 'Does not count' }, shown(examples.not), language),
  ]
    .join('\n')
    .trim();
}

/** A source with all that is known of it. */
export function sourceText(source: Source, language: Language): string {
  const say = (text: Text): string => escaped(inLanguage(text, language));
  return [
    `**${escaped(sourceLine(source, language))}**　\`${source.id}\``,
    '',
    say(source.gist),
    '',
    standing(source, language),
  ].join('\n');
}

const shownPatterns = 12;

function patternList(title: Text, patterns: readonly string[], language: Language): string[] {
  const shown = patterns.slice(0, shownPatterns).map((each) => `\`\` ${each} \`\``);
  const more = patterns.length - shown.length;
  if (more > 0) shown.push(language === 'en' ? `and ${more} more` : `另有 ${more} 条`);
  return section(title, shown, language);
}

/** A context: where its cues must stand, and what they are. */
export function contextText(
  { id, title, reach, cues, except, void: voiding }: PackContext,
  language: Language,
): string {
  const zh = language === 'zh-CN';
  const within = inLanguage(reachNames[reach], language);
  return [
    `**${zh ? '语境' : 'Context'}${zh ? '：' : ': '}${escaped(inLanguage(title, language))}**　\`${id}\``,
    '',
    zh ? `作用范围：${within}` : `Reach: ${within}`,
    '',
    ...patternList({ zh: '线索词', en: 'Cues' }, cues, language),
    ...patternList({ zh: '假线索', en: 'False cues' }, except, language),
    ...patternList({ zh: '失效词', en: 'Voided by' }, voiding, language),
  ]
    .join('\n')
    .trim();
}

export function lexiconText(name: string, patterns: readonly string[], language: Language): string {
  const title = language === 'en' ? 'Lexicon' : '词表';
  return [`**${title} \`{${name}}\`**`, '', ...patternList({ zh: '匹配', en: 'Matches' }, patterns, language)]
    .join('\n')
    .trim();
}

export function packText(pack: Pack, language: Language): string {
  const rules = pack.rules.length + pack.flow.length;
  const count = language === 'en' ? `${rules} rules` : `${rules} 条规则`;
  return `**${escaped(inLanguage(pack.title, language))}**　\`${pack.id}\` ${pack.version}\n\n${count}`;
}

const builtinRules: readonly { readonly id: string; readonly title: Text; readonly why: Text }[] = [
  ...structureRules,
  suppressionRule,
];

/** Further rules, by their titles only; empty where there are none. */
export function ruleList(ids: readonly string[], packs: PackSet, language: Language): string {
  const lines = ids.map((id) => {
    const title = packs.rule(id)?.title ?? builtinRules.find((each) => each.id === id)?.title;
    return title ? `${escaped(inLanguage(title, language))}　${code(id)}` : code(id);
  });
  return section({ zh: '这里还有', en: 'Also here' }, lines, language).join('\n').trim();
}

/** What a category is called. */
export function categoryTitle(category: Category): Text | undefined {
  if (category in categoryTitles) return categoryTitles[category as WordingCategory];
  if (category in flowCategoryTitles) return flowCategoryTitles[category as keyof typeof flowCategoryTitles];
  return builtinRules.find(({ id }) => id === category)?.title;
}

/** A category with the rules that belong to it. */
export function categoryText(
  category: Category,
  rules: readonly (WordingRule | FlowRule)[],
  language: Language,
): string {
  const zh = language === 'zh-CN';
  const title = categoryTitle(category);
  const why = builtinRules.find(({ id }) => id === category)?.why;
  const lines = rules
    .filter((rule) => rule.category === category)
    .map((rule) => {
      const severity = inLanguage(severityNames[rule.severity], language);
      return `\`${rule.id}\` ${escaped(inLanguage(rule.title, language))}${zh ? `（${severity}）` : ` (${severity})`}`;
    });
  return [
    `**${title ? escaped(inLanguage(title, language)) : zh ? '类别' : 'Category'}**　\`${category}\``,
    '',
    ...(why ? [escaped(inLanguage(why, language)), ''] : []),
    ...section({ zh: '这一类的规则', en: 'Its rules' }, lines, language),
  ]
    .join('\n')
    .trim();
}
