import type { Text } from '../../server/src/base/text.ts';

/** The parts of the article that the project began with, and how many points each has. */
export const articleParts = [
  { id: 'step', points: 8, title: { zh: '八个步骤', en: 'Eight steps' } },
  { id: 'principle', points: 10, title: { zh: '十条原则', en: 'Ten principles' } },
  { id: 'knowledge', points: 5, title: { zh: '五项基本知识', en: 'Five areas of knowledge' } },
  { id: 'way', points: 6, title: { zh: '债务人的六种做法', en: 'Six ways a debtor can act' } },
] as const satisfies readonly { readonly id: string; readonly points: number; readonly title: Text }[];

/** A point of the article in our own words, and what of the product carries it. */
export interface ArticlePoint {
  readonly part: (typeof articleParts)[number]['id'];
  readonly number: number;
  readonly title: Text;
  readonly gist: Text;
  readonly carriers: Carriers;
  /** Where the product does not do as the article says, and why. */
  readonly differs?: Text;
}

/** Ids of what a rule pack has, and pages of the manual; at least one of them. */
export interface Carriers {
  readonly steps?: readonly string[];
  readonly replies?: readonly string[];
  /** Wording rules and rules about the flow, of whatever severity. */
  readonly rules?: readonly string[];
  /** Whole categories of rules. */
  readonly categories?: readonly string[];
  readonly detectors?: readonly string[];
  readonly pages?: readonly ManualPage[];
}

/** The pages that points name: a path from `docs`, and the heading there, in each language. */
export const manualPages = {
  language: page('language.md', 'language.zh-CN.md', { zh: '话术的写法', en: 'How a script is written' }),
  steps: page('language.md', 'language.zh-CN.md', { zh: '标准步骤', en: 'Standard steps' }),
  replies: page('language.md', 'language.zh-CN.md', { zh: '回复类别', en: 'Reply categories' }),
  anytime: page('language.md', 'language.zh-CN.md', { zh: '【随时】', en: 'Anytime' }),
  messages: page('language.md', 'language.zh-CN.md', { zh: '短信和信函', en: 'Text messages and letters' }),
  frontMatter: page('language.md', 'language.zh-CN.md', { zh: '文件开头的说明', en: 'Front matter' }),
  scenarios: page('language.md', 'language.zh-CN.md', { zh: '用例', en: 'Scenarios' }),
  rules: page('rules/en/README.md', 'rules/zh-CN/README.md', { zh: '规则手册', en: 'The rules' }),
  sources: page('packs.md', 'packs.zh-CN.md', {
    zh: 'sources：规则的依据',
    en: 'sources: what the rules rely on',
  }),
  audit: page('cli.md', 'cli.zh-CN.md', { zh: '质检已有语句', en: 'Audit' }),
  samples: page('../samples/README.md', '../samples/README.zh-CN.md', { zh: '示例话术', en: 'Samples' }),
} as const;
export type ManualPage = keyof typeof manualPages;

function page(en: string, zh: string, heading: Text): { readonly path: Text; readonly heading: Text } {
  return { path: { zh, en }, heading };
}
