import {
  type KeywordId,
  keywords,
  type RoleKind,
  roles,
  spellings,
  type Term,
} from '../server/src/syntax/vocabulary.ts';

/** A rule of a TextMate grammar, as far as ours needs them. */
export interface Rule {
  readonly include?: string;
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly while?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
}

export type Captures = { readonly [group: string]: Rule };

/** White space as `isBlank` sees it, but for the line end. */
export const blankClass = '\\t\\x{0b}-\\x{0d} \\x{a0}\\x{2000}-\\x{200b}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
export const blanks = `[${blankClass}]*`;
export const colon = '[：:]';
export const open = '[（(]';
export const close = '[）)]';
export const equals = '[=＝]';
export const arrow = '(?:→|(?:——?|[-－–=＝])[>＞》])';
/** The same, found from the right: of `——>` the second dash alone is not an arrow. */
const lastArrow = '(?:→|(?:——|(?<!—)—|[-－–=＝])[>＞》])';
export const fence = '[-－—–]{3,}';
/** Bounded, so that a line full of unclosed quotes stays cheap. */
export const quoted = ['“”', '""', '「」', '『』', '＂＂'].map(([a, b]) => `${a}[^${b}]{0,200}${b}`).join('|');
/** Anything up to the last arrow outside quotes. The group is atomic, since a quotation is skipped as a whole. */
export const beforeLastArrow = `(?>${quoted}|.)*`;
/** Behind the last arrow there is none; saying so keeps a second match from starting there. */
export const rest = '.*';

/** One spelling in any width and case, and with any blanks, hyphens or underscores between English words. */
export function spelling(word: string): string {
  return [...word]
    .map((char) => {
      if (char === ' ') return `[${blankClass}_＿\\-－]+`;
      const both = new Set([char.toLowerCase(), char.toUpperCase()].flatMap((each) => [each, wide(each)]));
      const alternatives = [...both].map((each) => each.replace(/[\\\]^.*+?()[{}|$-]/, '\\$&'));
      return alternatives.length === 1 ? alternatives.join('') : `[${alternatives.join('')}]`;
    })
    .join('');
}

/** `A` as `Ａ`, `>` as `＞`. */
function wide(char: string): string {
  const code = char.charCodeAt(0);
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code + 0xfee0) : char;
}

/** All spellings of some terms, the longest first. */
export function anyOf(terms: readonly Term[]): string {
  const words = [...new Set(terms.flatMap(spellings))].sort((a, b) => b.length - a.length);
  return `(?:${words.map(spelling).join('|')})`;
}

export function keyword(id: KeywordId): string {
  return anyOf(keywords.filter((each) => each.id === id));
}

export function role(...kinds: readonly RoleKind[]): string {
  return anyOf(roles.filter((each) => kinds.includes(each.id)));
}

/* Building rules from parts. */

/** A piece of a pattern: bare, or a group with a scope and with rules for what it holds. */
export type Part =
  | string
  | { readonly of: string | readonly Part[]; readonly as?: string; readonly holds?: readonly string[] };

export function scopes(names: string): string {
  return names
    .split(' ')
    .map((name) => `${name}.huashu`)
    .join(' ');
}

export function included(name: string): Rule {
  return { include: `#${name}` };
}

function matching(parts: readonly Part[]): { readonly pattern: string; readonly captures: Captures } {
  const captures: { [group: string]: Rule } = {};
  let groups = 0;
  const write = (part: Part): string => {
    if (typeof part === 'string') return part;
    groups++;
    const patterns = part.holds?.map(included);
    captures[groups] = { ...(part.as && { name: scopes(part.as) }), ...(patterns && { patterns }) };
    const inner = typeof part.of === 'string' ? part.of : part.of.map(write).join('');
    return `(${inner})`;
  };
  return { pattern: parts.map(write).join(''), captures };
}

/** A whole line, from its first token to its end. */
export function line(kind: string, ...parts: readonly Part[]): Rule {
  const { pattern, captures } = matching([`^${blanks}`, ...parts, '$']);
  return { name: scopes(`meta.${kind}`), match: pattern, captures };
}

export function token(...parts: readonly Part[]): Rule {
  const { pattern, captures } = matching(parts);
  return { match: pattern, captures };
}

export function separator(characters: string): Rule {
  return { name: scopes('punctuation.separator.list'), match: characters };
}

export const colonPart: Part = { of: colon, as: 'punctuation.separator.colon' };
export const arrowPart: Part = { of: lastArrow, as: 'keyword.control.jump' };
/** `文件/节点`, where the last slash counts. */
export const targetParts: readonly Part[] = [
  blanks,
  '(?:',
  { of: '.*(?=[／/])', as: 'entity.name.namespace.file' },
  { of: '[／/]', as: 'punctuation.separator.path' },
  ')?',
  { of: rest, holds: ['targets'] },
];

/**
 * What the agent says is prose and most of the page. `meta.embedded` gives it the colour of ordinary text in the themes of
 * VS Code, while `string` serves themes that do not know it.
 */
export const spoken: Part = { of: rest, as: 'string.unquoted.speech meta.embedded.speech', holds: ['variable'] };
export const spokenByParty: Part = { of: rest, as: 'string.unquoted.speech.party', holds: ['variable'] };
