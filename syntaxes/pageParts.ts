import { inLanguage, type Language, type Text } from '../server/src/base/text.ts';
import { sourceLine } from '../server/src/features/markdown.ts';
import { bindingNames, confidenceNames, evidenceNames, severityNames } from '../server/src/packs/labels.ts';
import type { FlowRule, Pack, WordingRule } from '../server/src/packs/pack.ts';
import type { Term } from '../server/src/syntax/vocabulary.ts';

/** What the pages of the manual are put together from. */
export const texts = {
  message: { zh: '提示内容', en: 'Message' },
  why: { zh: '为什么', en: 'Why' },
  sources: { zh: '依据', en: 'Sources' },
  scope: { zh: '适用范围', en: 'Where it holds' },
  bad: { zh: '会提示', en: 'Flagged' },
  good: { zh: '不会提示', en: 'Not flagged' },
} satisfies { readonly [name: string]: Text };

/** The anchor that the editor links a finding to. */
export function anchor(id: string): string {
  return id.replace('/', '-');
}

/** Text of packs in Markdown: only what would change how it looks is escaped, so that the page stays readable as text. */
export function plain(text: string): string {
  return text.replace(/[\\`*<|]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

export function bold(title: Text, language: Language): string {
  return `**${inLanguage(title, language)}**`;
}

/** A title in bold and what follows it on the same line. */
export function titled(title: Text, text: string, language: Language): string {
  return `${bold(title, language)}${language === 'en' ? ': ' : '：'}${text}`;
}

export function list(title: Text, lines: readonly string[], language: Language): string[] {
  return lines.length === 0 ? [] : [bold(title, language), lines.map((line) => `- ${line}`).join('\n')];
}

/** Scripts as blocks of code. */
export function fenced(title: Text, scripts: readonly string[], language: Language): string[] {
  return scripts.length === 0
    ? []
    : [bold(title, language), ...scripts.map((script) => `\`\`\`huashu\n${script.trimEnd()}\n\`\`\``)];
}

/** What the section of every rule of a pack begins with: anchor, title, id, level, message and reason. */
export function ruleHead(rule: WordingRule | FlowRule, message: string, language: Language): string[] {
  const say = (text: Text): string => inLanguage(text, language);
  const facts = [severityNames[rule.severity], confidenceNames[rule.confidence], suppressible(rule)].map(say);
  return [
    `<a id="${anchor(rule.id)}"></a>`,
    `## ${plain(say(rule.title))}`,
    `\`${rule.id}\` · ${facts.join(' · ')}`,
    titled(texts.message, plain(message), language),
    titled(texts.why, plain(say(rule.why)), language),
  ];
}

function suppressible({ suppressible: allowed }: WordingRule | FlowRule): Text {
  if (allowed === false) return { zh: '不可豁免', en: 'cannot be suppressed' };
  if (allowed === 'approval')
    return { zh: '豁免须写明原因和审批人', en: 'can be suppressed with a reason and an approver' };
  return { zh: '豁免须写明原因', en: 'can be suppressed with a reason' };
}

/** The sources of a rule, each with its gist and how far it binds. */
export function sourceList(rule: WordingRule | FlowRule, pack: Pack, language: Language): string[] {
  const say = (text: Text): string => inLanguage(text, language);
  const sources = rule.sources.flatMap((id) => pack.sources.find((source) => source.id === id) ?? []);
  return list(
    texts.sources,
    sources.map((source) => {
      const standing = [bindingNames[source.binding], evidenceNames[source.evidence]].map(say);
      return language === 'en'
        ? `${plain(sourceLine(source, language))}. ${plain(say(source.gist))} _(${standing.join('; ')})_`
        : `${plain(sourceLine(source, language))}：${plain(say(source.gist))}（${standing.join('；')}）`;
    }),
    language,
  );
}

/** The names of channels or stages. */
export function termNames(terms: readonly Term[], ids: readonly string[], language: Language): string[] {
  return ids.flatMap((id) => {
    const term = terms.find((each) => each.id === id);
    return term ? [language === 'en' ? term.en[0] : term.zh[0]] : [];
  });
}

/** Several names, as a language lists them. */
export function joined(names: readonly string[], language: Language): string {
  return names.join(language === 'en' ? ', ' : '、');
}
