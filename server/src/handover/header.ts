import { Memo } from '../base/memo.ts';
import type { FrontMatter } from '../syntax/frontMatter.ts';
import { isInEnglish } from '../syntax/punctuation.ts';
import type { Tree } from '../syntax/tree.ts';
import {
  type FrontMatterKey,
  findTerm,
  frequencyKeys,
  frontMatterKeys,
  roles,
  type Term,
  type VariableField,
  variableFields,
  variableTypes,
} from '../syntax/vocabulary.ts';
import type { Words } from './cells.ts';

/** The front matter in words: what it says, without how it is laid out. */
export interface Header {
  readonly entries: readonly { readonly key: FrontMatterKey; readonly value: string }[];
  readonly variables: readonly VariableEntry[];
}

/** A variable with its fields in words; one that is missing is empty. */
export interface VariableEntry extends Readonly<Record<VariableField, string>> {
  readonly name: string;
}

/** In which language a script is written, where its words tell; Chinese otherwise. */
export function wordsOf(tree: Tree): Words {
  // It is asked for every line.
  const known = languages.get(tree) ?? (isInEnglish(tree) ? 'en' : 'zh');
  languages.set(tree, known);
  return known;
}

const languages = new Memo<Tree, Words>();

export function headerOf({ frontMatter, source }: Pick<Tree, 'frontMatter' | 'source'>, words: Words): Header {
  const entries = [...frontMatter.keys.keys()].flatMap((key) => {
    const value = valueOfKey(key, frontMatter, source, words);
    return value === undefined || value.trim() === '' ? [] : [{ key, value }];
  });
  const named = frontMatter.variables.filter(({ name }) => name.trim() !== '');
  const variables = named.map(({ name, type, sample, range, values, note }) => ({
    name,
    type: wordOf(variableTypes, type, words),
    range: range?.value ?? '',
    values: (values?.value ?? []).join(listSeparator[words]),
    sample: sample?.value ?? '',
    note: note?.value ?? '',
  }));
  return { entries, variables };
}

/** Whether two headers say the same, in the same order. */
export function sameHeader(one: Header, other: Header): boolean {
  const told = ({ entries, variables }: Header): unknown => [
    entries.map(({ key, value }) => [key, value]),
    variables.map((each) => [each.name, ...variableFields.map(({ id }) => each[id])]),
  ];
  return JSON.stringify(told(one)) === JSON.stringify(told(other));
}

const listSeparator = { zh: '、', en: ', ' } as const;

function valueOfKey(key: FrontMatterKey, frontMatter: FrontMatter, source: string, words: Words): string | undefined {
  switch (key) {
    case 'title':
    case 'id':
    case 'version':
    case 'institution':
    case 'principal':
    case 'note':
      return frontMatter[key]?.value;
    case 'status':
    case 'channel':
    case 'stage':
    case 'hours': {
      // As the author spells it.
      const field = frontMatter[key];
      return field && source.slice(field.start, field.end);
    }
    case 'frequency': {
      const frequency = frontMatter.frequency?.value;
      const counts = frequencyKeys.flatMap(({ id }) => {
        const count = frequency?.[id];
        return count === undefined ? [] : [`${wordOf(frequencyKeys, id, words)}: ${count}`];
      });
      return counts.length > 0 ? `{${counts.join(', ')}}` : undefined;
    }
    case 'packs': {
      const packs = frontMatter.packs?.value;
      return packs && `[${packs.map(({ value }) => scalar(value)).join(', ')}]`;
    }
    case 'roles': {
      const declared = frontMatter.declaredRoles.map(
        ({ name, kind }) => `${scalar(name)}: ${scalar(wordOf(roles, kind, words))}`,
      );
      return declared.length > 0 ? `{${declared.join(', ')}}` : undefined;
    }
    case 'variables':
      return undefined;
  }
}

/** The lines of front matter that says this, fences among them; none where it says nothing. */
export function writtenHeader({ entries, variables }: Header, words: Words): string[] {
  if (entries.length === 0 && variables.length === 0) return [];
  const lines = entries.map(({ key, value }) => `${wordOf(frontMatterKeys, key, words)}: ${entryText(key, value)}`);
  const declared = variables.map(({ name, ...fields }) => {
    const told = variableFields.flatMap(({ id }) => {
      const value = fields[id];
      if (value === '') return [];
      const text = id === 'values' ? `[${listed(value).map(scalar).join(', ')}]` : scalar(value);
      return [`${wordOf(variableFields, id, words)}: ${text}`];
    });
    return `  ${scalar(name)}: {${told.join(', ')}}`;
  });
  const block = declared.length > 0 ? [`${wordOf(frontMatterKeys, 'variables', words)}:`, ...declared] : [];
  return ['---', ...lines, ...block, '---'];
}

/** The parts of a list as people write it into a cell. */
export function listed(text: string): string[] {
  return text
    .split(/[、，,／/]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What is text to YAML is put in quotes where it has to be; lists and mappings stand as they are. */
function entryText(key: FrontMatterKey, value: string): string {
  const isText = !['hours', 'frequency', 'packs', 'roles', 'status', 'channel', 'stage'].includes(key);
  return isText ? scalar(value) : value.replace(/\s+/g, ' ').trim();
}

/** A value as YAML reads it back, to the last blank. */
export function scalar(text: string): string {
  const plain = /^[\p{L}\p{N}][\p{L}\p{N} （）()《》、·.+%_/-]*$/u.test(text) && !/^[nN]ull$|^NULL$|\s$/.test(text);
  return plain ? text : JSON.stringify(text);
}

/** The preferred spelling of a term. */
export function wordOf<Id extends string>(terms: readonly Term<Id>[], id: Id, words: Words): string {
  return terms.find((each) => each.id === id)?.[words][0] ?? id;
}

/** The term that a cell names, in either language. */
export function idOf<Id extends string>(terms: readonly Term<Id>[], word: string): Id | undefined {
  return findTerm(terms, word)?.id;
}
