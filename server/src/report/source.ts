import type { Language } from '../base/text.ts';
import { chineseArticle } from '../features/markdown.ts';
import type { ReportedFinding } from './report.ts';

/** What a finding rests on, in one line: the first source, with its article, and whether there are others. */
export function sourceOf({ sources }: ReportedFinding, language: Language): string | undefined {
  const [source] = sources;
  if (!source) return undefined;
  const english = language === 'en';
  const article =
    source.article === undefined ? '' : english ? `, art. ${source.article}` : chineseArticle(source.article);
  const more = sources.length > 1 ? (english ? ' and others' : ' 等') : '';
  return `${english ? 'Source: ' : '依据：'}${source.title}${article}${more}`;
}
