import { inLanguage, type Language } from '../base/text.ts';
import type { Known } from '../rules/flow/knowledge.ts';
import { escaped } from './markdown.ts';

/** Whether something is known at a node, in a word or two. */
export function knownText({ of, state }: Known, language: Language): string {
  switch (state) {
    case 'yes':
      return inLanguage(of.yes, language);
    case 'no':
      return inLanguage(of.no, language);
    case 'depends':
      return language === 'en' ? 'depends on the path' : '视路径而定';
    default:
      return state satisfies never;
  }
}

/** Everything that is known at a node, as a Markdown table; empty where nothing is. */
export function knownTable(known: readonly Known[], language: Language): string {
  if (known.length === 0) return '';
  const marks = { yes: '✓', no: '–', depends: '?' } as const;
  const head = language === 'en' ? ['Known here', ''] : ['走到这里时', ''];
  const rows = known.map((each) => {
    const said = escaped(knownText(each, language));
    return `| ${escaped(inLanguage(each.of.title, language))} | ${marks[each.state]} ${said} |`;
  });
  return [`| ${head.join(' | ')} |`, '|:---|:---|', ...rows].join('\n');
}

/**
 * What a heading shows of it: what is certain, each for itself, and then together what depends on the path, since at a node for many
 * that is nearly everything; empty where nothing is.
 */
export function knownHint(known: readonly Known[], language: Language): string {
  const shown = known.filter(({ of, state }) => of.hint === 'always' || (of.hint === 'where-so' && state !== 'no'));
  const [colon, comma, and] = language === 'en' ? [': ', ', ', ', '] : ['：', '，', '、'];
  const title = ({ of }: Known): string => inLanguage(of.title, language);
  const certain = shown.filter(({ state }) => state !== 'depends');
  const [first, ...others] = shown.filter(({ state }) => state === 'depends');
  return [
    ...certain.map((each) => `${title(each)}${colon}${knownText(each, language)}`),
    ...(first ? [`${[first, ...others].map(title).join(and)}${colon}${knownText(first, language)}`] : []),
  ].join(comma);
}
