import { inLanguage, type Language } from '../base/text.ts';
import type { RoleDeclaration } from '../syntax/frontMatter.ts';
import type { Term } from '../syntax/vocabulary.ts';
import { code, escaped, titled } from './markdown.ts';

/** A word of the language: how else it is spelt, what it does, and how a line with it is written. */
export function termText(term: Term, language: Language): string {
  const name = language === 'en' ? term.en[0] : term.zh[0];
  const others = new Set([...term.zh, ...term.en]);
  others.delete(name);
  return [
    [`**${escaped(name)}**`, ...[...others].map(code)].join('　'),
    '',
    escaped(inLanguage(term.help, language)),
    ...(term.form ? ['', code(inLanguage(term.form, language))] : []),
  ].join('\n');
}

/** A name that the front matter gives to a role. */
export function roleText({ name }: RoleDeclaration, term: Term, language: Language): string {
  const role = language === 'en' ? term.en[0] : term.zh[0];
  return [
    `**${escaped(name)}**`,
    '',
    language === 'en' ? `In this script another name for “${role}”.` : `本话术里“${role}”的另一个名称。`,
    '',
    escaped(inLanguage(term.help, language)),
  ].join('\n');
}

/** What stands in brackets behind the agent's role. */
export function toneText(name: string, language: Language): string {
  const about = language === 'en' ? 'For the agent only; never spoken.' : '写给坐席看的语气，不会播出。';
  return [titled({ zh: '语气', en: 'Tone' }, name, language), '', about].join('\n');
}
