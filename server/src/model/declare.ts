import { type Edit, insertion } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import type { PackSet } from '../packs/packSet.ts';
import {
  type FrontMatterKey,
  findTerm,
  frontMatterKeys,
  type RoleKind,
  roles,
  type VariableType,
  variableFields,
  variableTypes,
} from '../syntax/vocabulary.ts';
import type { Script } from './script.ts';
import { handOf } from './writing.ts';

/** Declares variables in the front matter, which is made where there is none. */
export function declareVariables(script: Script, names: readonly string[], packs: PackSet): Edit[] {
  if (names.length === 0) return [];
  const entries = names.map((name) => declarationOf(name, script, packs));
  return addTo(script, 'variables', entries);
}

/** The declaration of a variable as it stands below `变量:`, such as `逾期天数: {类型: 整数, 样例: 12}`. */
export function declarationOf(name: string, script: Script, packs: PackSet): string {
  const { word, english } = handOf(script);
  const field = (id: 'type' | 'sample'): string =>
    word(variableFields.find((each) => each.id === id) ?? variableFields[0]);
  const { type, sample } = suggestion(name, packs);
  const typeWord = word(variableTypes.find((each) => each.id === type) ?? variableTypes[0]);
  return `${name}: {${field('type')}: ${typeWord}, ${field('sample')}: ${english && sample === '样例' ? 'sample' : sample}}`;
}

/** Declares another name for a built-in role. */
export function declareRole(script: Script, name: string, kind: RoleKind): Edit[] {
  const term = roles.find((each) => each.id === kind) ?? roles[0];
  return addTo(script, 'roles', [`${name}: ${handOf(script).word(term)}`]);
}

/** What a pack says of the variable, or what its name suggests. */
function suggestion(name: string, packs: PackSet): { type: VariableType; sample: string } {
  const known = packs.variables.find((each) => foldName(each.name) === foldName(name));
  return known ?? guessOf(name) ?? { type: 'text', sample: '样例' };
}

/** What a variable is, by what its name suggests. */
export function guessOf(name: string): { readonly type: VariableType; readonly sample: string } | undefined {
  return guesses.find(([pattern]) => pattern.test(name))?.[1];
}

const guesses: readonly (readonly [RegExp, { type: VariableType; sample: string }])[] = [
  [/天数|期数|次数|days|count$/i, { type: 'integer', sample: '12' }],
  [/额|欠款|本金|利息|违约金|费用|amount|balance/i, { type: 'money', sample: '520.00' }],
  [/日期|日$|date|(^|_)day$/i, { type: 'date', sample: '2026-06-15' }],
  [/时间|time/i, { type: 'time', sample: '15:00' }],
  [/电话|手机|phone|hotline/i, { type: 'phone', sample: '95XXX' }],
  [/称呼|称谓|salutation/i, { type: 'salutation', sample: '王先生' }],
  [/^是否|^is/i, { type: 'boolean', sample: '是' }],
];

/** Writes entries into a mapping of the front matter, in the style in which it is written. */
function addTo(script: Script, id: FrontMatterKey, entries: readonly string[]): Edit[] {
  const { frontMatter } = script.tree;
  const { eol, word } = handOf(script);
  const key = word(frontMatterKeys.find((each) => each.id === id) ?? frontMatterKeys[0]);
  const block = frontMatter.keys.get(id);
  const lines = (indent: string): string => entries.map((entry) => `${eol}${indent}${entry}`).join('');
  if (block?.block?.flow) {
    const { end, empty } = block.block;
    return [insertion(end, (empty ? '' : ', ') + entries.join(', '))];
  }
  if (block?.block)
    return [
      insertion(lineEnd(script.source, lastCharacter(script.source, block.block.end)), lines(block.block.indent)),
    ];
  if (block) return [insertion(lineEnd(script.source, block.key.end), lines('  '))];
  const written = `${key}:${lines('  ')}${eol}`;
  if (frontMatter.end !== undefined) return [insertion(frontMatter.end, written)];
  const start = script.source.startsWith('\ufeff') ? 1 : 0;
  return [insertion(start, `---${eol}${written}---${eol}`)];
}

function lastCharacter(source: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(source.charAt(at - 1))) at--;
  return at;
}

function lineEnd(source: string, from: number): number {
  const found = source.slice(from).search(/[\r\n]/);
  return found < 0 ? source.length : from + found;
}

/** Whether a name can be declared as it is, without YAML taking it for something else. */
export function canBeDeclared(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_·-]*$/u.test(name) && !findTerm(frontMatterKeys, name);
}
