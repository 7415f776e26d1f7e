import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { Source } from '../packs/pack.ts';

/** Text from scripts and packs as Markdown shows it, whatever characters it holds. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&').replace(/[\r\n]+/g, ' ');
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
