import type { Text } from '../base/text.ts';
import { alike } from '../syntax/alike.ts';
import { parse } from '../syntax/parse.ts';
import {
  channels,
  type FrontMatterKey,
  frequencyKeys,
  frontMatterKeys,
  roles as roleTerms,
  stages,
  statuses,
  variableTypes,
} from '../syntax/vocabulary.ts';
import { type Cells, headingCells, joinedExamples, noCells, restored, types, type Words, withTone } from './cells.ts';
import { type Header, scalar, wordOf, writtenHeader } from './header.ts';
import { jsonFormat, lineKinds } from './json.ts';
import { headerJson, usualWord } from './toJson.ts';

/** The script of such a file, or why it is none. */
export function scriptOfJson(text: string): { readonly script: string } | { readonly refused: Text } {
  try {
    const whole = new Reading(JSON.parse(text.replace(/^\ufeff/, '')), '');
    if (whole.text('format') !== jsonFormat) return { refused: notOurs };
    if (whole.value('version') !== 1)
      return {
        refused: {
          zh: '这个 JSON 文件由更新版本的程序导出，请先升级。',
          en: 'A newer program exported this JSON file; update first.',
        },
      };
    return { script: scriptFrom(whole) };
  } catch (error) {
    // No JSON at all, or a list or a number.
    if (error instanceof SyntaxError || (error instanceof Misshapen && error.place === '')) return { refused: notOurs };
    if (error instanceof Misshapen)
      return {
        refused: {
          zh: `JSON 文件的“${error.place}”与格式说明不符。`,
          en: `“${error.place}” of the JSON file is not as its schema wants it.`,
        },
      };
    throw error;
  }
}

const notOurs: Text = {
  zh: '这不是本程序导出的 JSON 文件。',
  en: 'This is no JSON file that was exported from a script.',
};

class Misshapen extends Error {
  readonly place: string;
  constructor(place: string) {
    super(place);
    this.place = place;
  }
}

/** An object that somebody else may have written. */
class Reading {
  private readonly object: object;
  private readonly place: string;

  constructor(value: unknown, place: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misshapen(place);
    this.object = value;
    this.place = place;
  }

  value(key: string): unknown {
    return Object.hasOwn(this.object, key) ? this.object[key as keyof object] : undefined;
  }

  /** A text, which is empty where there is none. */
  text(key: string): string {
    const value = this.value(key);
    if (value !== undefined && typeof value !== 'string') throw new Misshapen(this.at(key));
    return value ?? '';
  }

  number(key: string): number | undefined {
    const value = this.value(key);
    if (value !== undefined && typeof value !== 'number') throw new Misshapen(this.at(key));
    return value;
  }

  texts(key: string): readonly string[] {
    return this.list(key).map((each, index) => {
      if (typeof each !== 'string') throw new Misshapen(`${this.at(key)}[${index}]`);
      return each;
    });
  }

  readings(key: string): readonly Reading[] {
    return this.list(key).map((each, index) => new Reading(each, `${this.at(key)}[${index}]`));
  }

  reading(key: string): Reading | undefined {
    const value = this.value(key);
    return value === undefined ? undefined : new Reading(value, this.at(key));
  }

  refuse(key: string): never {
    throw new Misshapen(this.at(key));
  }

  keys(): readonly string[] {
    return Object.keys(this.object);
  }

  plain(): object {
    return this.object;
  }

  private list(key: string): readonly unknown[] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw new Misshapen(this.at(key));
    return value;
  }

  private at(key: string): string {
    return this.place === '' ? key : `${this.place}.${key}`;
  }
}

function scriptFrom(whole: Reading): string {
  const words: Words = whole.text('language') === 'en' ? 'en' : 'zh';
  const above = aboveFrom(whole, words);
  const { roles } = parse(`${above.join('\n')}\n`).frontMatter;
  const line = (each: Reading): string => restored(cellsFrom(each, words), each.text('source'), roles, words);
  const before = whole.readings('before').map(line);
  const nodes = whole.readings('nodes').map((node) => ({
    at: node.number('line'),
    lines: [
      ...(node.value('name') === undefined
        ? []
        : [restored(headingCells(node.text('name'), node.texts('steps'), words), node.text('source'), roles, words)]),
      ...node.readings('lead').map(line),
      ...node.readings('branches').flatMap((branch) => [line(branch), ...branch.readings('lines').map(line)]),
    ],
  }));
  const scenarios = whole.readings('scenarios').map((scenario) => ({
    at: scenario.number('line'),
    lines: [
      restored(caseFrom(scenario, words), scenario.text('source'), roles, words),
      ...scenario.readings('lines').map(line),
    ],
  }));
  const lines = [...above, ...before, ...inOrder([...nodes, ...scenarios]).flatMap((each) => each.lines)];
  return lines.join(whole.text('lineEnd') === '\r\n' ? '\r\n' : '\n');
}

/** By their lines; what somebody has added comes behind what it was added to. */
function inOrder<T extends { readonly at: number | undefined }>(sections: readonly T[]): readonly T[] {
  let last = -1;
  const placed = sections.map((section) => {
    last = section.at ?? last;
    return { section, at: last };
  });
  return placed.sort((a, b) => a.at - b.at).map(({ section }) => section);
}

function caseFrom(scenario: Reading, words: Words): Cells {
  return {
    ...noCells,
    type: scenario.text('keyword') || (usualWord('case', words) ?? ''),
    text: scenario.text('name'),
  };
}

function cellsFrom(line: Reading, words: Words): Cells {
  const kind = lineKinds.find((each) => each === line.text('kind')) ?? line.refuse('kind');
  const [text, target] = [line.text('text'), line.text('target')];
  const keyword = line.text('keyword') || (usualWord(kind, words) ?? '');
  switch (kind) {
    case 'blank':
      return noCells;
    case 'remark':
      return { ...noCells, type: types.remark[words], text };
    case 'other':
      return { ...noCells, type: types.asIs[words], text };
    case 'jump':
      return { ...noCells, type: types.jump[words], target };
    case 'utterance': {
      const role = line.text('role');
      const tone = line.text('tone');
      return { ...noCells, type: types.line[words], speaker: withTone(role, tone), text };
    }
    case 'branch':
      return {
        ...noCells,
        type: types.reply[words],
        speaker: line.text('role'),
        reply: line.text('category'),
        text: joinedExamples(line.texts('examples'), line.text('role')),
        target,
      };
    case 'guard':
      return { ...noCells, type: keyword, text: line.text('condition'), target };
    case 'insertion':
      return { ...noCells, type: keyword, target };
    default:
      return { ...noCells, type: keyword, text };
  }
}

/** What the front matter says counts; where that is what it said before, it stays as it is written. */
function aboveFrom(whole: Reading, words: Words): readonly string[] {
  const kept = whole.text('frontMatter');
  const script = whole.reading('script');
  const variables = whole.readings('variables').map((each) => ({
    name: each.text('name'),
    type: each.text('type'),
    range: each.text('range'),
    values: each.texts('values'),
    sample: each.text('sample'),
    note: each.text('note'),
  }));
  if (kept !== '') {
    const { frontMatter } = parse(`${kept}\n`);
    const before = frontMatter.variables.map(({ name, type, range, values, sample, note }) => ({
      name,
      type,
      range: range?.value ?? '',
      values: values?.value ?? [],
      sample: sample?.value ?? '',
      note: note?.value ?? '',
    }));
    if (alike(before, variables) && alike(headerJson(frontMatter), script?.plain() ?? {})) return kept.split(/\r?\n/);
  }
  return writtenHeader(
    {
      entries: script ? entriesFrom(script, words) : [],
      variables: variables.map(({ type, values, ...rest }) => ({
        ...rest,
        type: wordOf(variableTypes, variableTypes.find(({ id }) => id === type)?.id ?? 'text', words),
        values: values.join('、'),
      })),
    },
    words,
  );
}

function entriesFrom(script: Reading, words: Words): Header['entries'] {
  return script.keys().flatMap((name) => {
    const key = frontMatterKeys.find(({ id }) => id === name)?.id;
    const value = key && entryFrom(script, key, words);
    return key && value ? [{ key, value }] : [];
  });
}

function entryFrom(script: Reading, key: FrontMatterKey, words: Words): string {
  switch (key) {
    case 'hours': {
      const hours = script.reading(key);
      return hours ? `${hours.text('from')}-${hours.text('to')}` : '';
    }
    case 'frequency': {
      const frequency = script.reading(key);
      const counts = frequencyKeys.flatMap(({ id }) => {
        const count = frequency?.number(id);
        return count === undefined ? [] : [`${wordOf(frequencyKeys, id, words)}: ${count}`];
      });
      return counts.length > 0 ? `{${counts.join(', ')}}` : '';
    }
    case 'packs':
      return `[${script.texts(key).map(scalar).join(', ')}]`;
    case 'roles': {
      const declared = script.readings(key).map((each) => {
        const kind = roleTerms.find(({ id }) => id === each.text('kind'))?.id ?? each.refuse('kind');
        return `${scalar(each.text('name'))}: ${scalar(wordOf(roleTerms, kind, words))}`;
      });
      return declared.length > 0 ? `{${declared.join(', ')}}` : '';
    }
    case 'status':
      return wordOf<string>(statuses, script.text(key), words);
    case 'channel':
      return wordOf<string>(channels, script.text(key), words);
    case 'stage':
      return wordOf<string>(stages, script.text(key), words);
    case 'variables':
      return '';
    default:
      return script.text(key);
  }
}
