import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Source } from '../packs/pack.ts';

/** Text from scripts and packs as Markdown shows it, whatever characters it holds; an address in it does not become a link. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&=]|:(?=\/\/)|@/g, '\\$&').replace(/[\r\n\u2028\u2029]+/g, ' ');
}

/** A text as code, in which nothing has a meaning. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', '').replace(/[\r\n]+/g, ' ')}\``;
}

/** What a hover is about: the sort of thing and its name, such as **回复类别：有异议**. */
export function titled(sort: Text, name: string, language: Language): string {
  return `**${labelled(sort, escaped(name), language)}**`;
}

/** `类型：金额`, or `Type: money`. The value is Markdown already. */
export function labelled(label: Text, value: string, language: Language): string {
  return `${inLanguage(label, language)}${language === 'en' ? ': ' : '：'}${value}`;
}

/** A source as one line: document, article, dates in force. */
export function sourceLine(source: Source, language: Language): string {
  const { document, article, from, to } = source;
  const zh = language === 'zh-CN';
  const number = article === undefined ? '' : zh ? chineseArticle(article) : `, art. ${article.replace('之一', 'a')}`;
  const dates = [
    from && (zh ? `${from} 起施行` : `in force since ${from}`),
    to && (zh ? `${to} 止` : `until ${to}`),
  ].filter(Boolean);
  return (
    inLanguage(document, language) +
    number +
    (dates.length > 0 ? (zh ? `（${dates.join('，')}）` : ` (${dates.join(', ')})`) : '')
  );
}

/** 第68条, and 第253条之一 for an article that was put in later. */
export function chineseArticle(article: string): string {
  const [, number = article, inserted = ''] = /^([\d、]+)(之.+)?$/.exec(article) ?? [];
  return `第${number}条${inserted}`;
}

/** A list with a heading; nothing when it is empty. */
export function section(title: Text, lines: readonly string[], language: Language): string[] {
  if (lines.length === 0) return [];
  return [`**${inLanguage(title, language)}**`, '', ...lines.map((line) => `- ${line}`), ''];
}

/** A few names behind their heading, in one line; nothing when there are none. */
export function inlined(title: Text, names: readonly string[], language: Language): string[] {
  if (names.length === 0) return [];
  const zh = language === 'zh-CN';
  return [`**${inLanguage(title, language)}**${zh ? '　' : ' '}${names.map(escaped).join(zh ? '、' : ', ')}`, ''];
}

/** The first items of a list, and how many more there are. */
export function atMost(most: number, items: readonly string[], language: Language): string[] {
  const more = items.length - most;
  if (more <= 0) return [...items];
  return [...items.slice(0, most), language === 'en' ? `and ${more} more` : `另有 ${more} 项`];
}
