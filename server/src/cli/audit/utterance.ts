import { foldName } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import { type Fact, factValues } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Utterance } from '../../rules/wording.ts';
import { longestLine } from '../../syntax/line.ts';
import { scanLine } from '../../syntax/scan.ts';
import { booleans, channels, findTerm, roles, stages } from '../../syntax/vocabulary.ts';
import type { InputRecord } from './record.ts';

/** What was passed over in the input, and is said once. */
export type Note =
  | { readonly kind: 'field' | 'context'; readonly key: string }
  | { readonly kind: 'value'; readonly key: string; readonly value: string };

/** A line of input that could be read. */
export interface Audited {
  readonly id: string | number;
  readonly text: string;
  /** What to check; nothing where the customer or a third party speaks. */
  readonly utterance?: Utterance;
}

type Fields = { readonly [name: string]: unknown };

/** The utterance that a record is, or what is wrong with it. */
export function auditedOf(
  record: InputRecord,
  columns: readonly string[],
  packs: PackSet,
  note: (note: Note) => void,
): Audited | { readonly error: Text } {
  const fields = fieldsOf(record, columns);
  if ('error' in fields) return { error: fields.error };
  const { id, speaker, text, context, ...more } = fields.values;
  for (const key of Object.keys(more)) note({ kind: 'field', key });
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number')
    return { error: { zh: 'id 应当是字符串或数字。', en: '“id” must be a string or a number.' } };
  const who = speaker === undefined ? 'agent' : typeof speaker === 'string' ? findTerm(roles, speaker)?.id : undefined;
  if (!who)
    return {
      error: {
        zh: `speaker 应当是 agent、customer 或 third-party${shown(speaker, '，不能是“', '”')}。`,
        en: `“speaker” must be agent, customer or third-party${shown(speaker, ', not “', '”')}.`,
      },
    };
  if (text === undefined) return { error: { zh: '没有 text。', en: 'There is no “text”.' } };
  if (typeof text !== 'string') return { error: { zh: 'text 应当是字符串。', en: '“text” must be a string.' } };
  if (context !== undefined && !isFields(context))
    return { error: { zh: 'context 应当是对象。', en: '“context” must be an object.' } };
  const audited = { id: id ?? record.line, text };
  const situation = situationOf(context ?? {}, packs, note);
  if (who !== 'agent') return audited;
  if (text.length > longestLine)
    return {
      error: {
        zh: `text 超过 ${longestLine} 个字，没有检查。请逐句拆开。`,
        en: `“text” is longer than ${longestLine} characters and was not checked. Split it into utterances.`,
      },
    };
  return { ...audited, utterance: { ...situation, text, variables: variablesOf(text), speaker: 'agent' } };
}

function fieldsOf(
  record: InputRecord,
  columns: readonly string[],
): { readonly values: Fields } | { readonly error: Text } {
  switch (record.kind) {
    case 'malformed':
      return { error: record.error };
    case 'json':
      return fieldsOfJson(record.text);
    case 'row':
      return fieldsOfRow(record.cells, columns);
  }
}

function fieldsOfJson(text: string): { readonly values: Fields } | { readonly error: Text } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the line, and what was said on the telephone has no business in a log.
    const detail = error instanceof Error ? error.message : '';
    const at = /position (\d+)/.exec(detail)?.[1];
    if (/Unexpected end|Unterminated/.test(detail) || Number(at) >= text.trimEnd().length)
      return { error: { zh: '不是合法的 JSON：没有写完。', en: 'Not valid JSON: it is not written to its end.' } };
    const place = at === undefined ? undefined : Number(at) + 1;
    return {
      error: {
        zh: `不是合法的 JSON${place === undefined ? '' : `：第 ${place} 个字符处有误`}。`,
        en: `Not valid JSON${place === undefined ? '' : `: a mistake at character ${place}`}.`,
      },
    };
  }
  if (isFields(value)) return { values: present(value) };
  return {
    error: Array.isArray(value)
      ? {
          zh: '应当是 JSON 对象，不能是数组；文件整体是一个数组时，可先用 jq -c ".[]" 拆成行。',
          en: 'It must be a JSON object and not an array; jq -c ".[]" turns an array into lines.',
        }
      : { zh: '应当是 JSON 对象。', en: 'It must be a JSON object.' },
  };
}

const contextKeys: ReadonlySet<string> = new Set(['channel', 'stage', 'step', ...Object.keys(factValues)]);
const contextColumns = new Map([...contextKeys].map((key) => [foldName(key), key]));

/** A row as the JSON object that says the same; columns that are called like a key of the context belong to it. */
function fieldsOfRow(
  cells: readonly string[],
  columns: readonly string[],
): { readonly values: Fields } | { readonly error: Text } {
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== ''))
    return {
      error: {
        zh: `有 ${cells.length} 列，表头只有 ${columns.length} 列；内容里有分隔符时，要用双引号括起来。`,
        en: `There are ${cells.length} cells and only ${columns.length} columns; put a cell that holds a delimiter in quotes.`,
      },
    };
  if (cells.length <= columns.indexOf('text'))
    return {
      error: {
        zh: `只有 ${cells.length} 列，没有 text；表头有 ${columns.length} 列。`,
        en: `There are only ${cells.length} of ${columns.length} cells, and none for “text”.`,
      },
    };
  const values: { [name: string]: unknown } = {};
  let context: { [name: string]: unknown } = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell.trim() === '' && column !== 'text') continue;
    const key = contextColumns.get(column.replace(/^context\./, ''));
    if (key !== undefined) context[key] = cell;
    else if (column === 'context') {
      const parsed = fieldsOfJson(cell);
      if ('error' in parsed)
        return { error: { zh: `context 列：${parsed.error.zh}`, en: `Column “context”: ${parsed.error.en}` } };
      context = { ...parsed.values, ...context };
    } else values[column] = column === 'text' ? cell : cell.trim();
  }
  return { values: { ...values, context } };
}

type Situation = Omit<Utterance, 'text' | 'variables' | 'speaker'>;

/** What the context says, as far as it is understood. */
function situationOf(context: Fields, packs: PackSet, note: (note: Note) => void): Situation {
  const known = new Map<string, string>();
  for (const [key, value] of Object.entries(context)) {
    if (!contextKeys.has(key)) note({ kind: 'context', key });
    else if (value !== null && value !== '') known.set(key, spelt(value));
  }
  const read = <T>(key: string, meaning: (value: string) => T | undefined): T | undefined => {
    const value = known.get(key);
    const meant = value === undefined ? undefined : meaning(value);
    if (value !== undefined && meant === undefined) note({ kind: 'value', key, value: value.slice(0, longestValue) });
    return meant;
  };
  const channel = read('channel', (value) => findTerm(channels, value)?.id);
  const stage = read('stage', (value) => findTerm(stages, value)?.id);
  const step = read('step', (value) => packs.step(value));
  const facts: { [fact in Fact]?: string } = { ...step?.sets };
  for (const fact of Object.keys(factValues) as Fact[]) {
    const allowed: readonly string[] = factValues[fact];
    const value = read(fact, (given) =>
      fact === 'caseVerified' || fact === 'promotionVerified'
        ? findTerm(booleans, given)?.id
        : allowed.find((each) => each === foldName(given)),
    );
    if (value !== undefined) facts[fact] = value;
  }
  return { ...(channel && { channel }), ...(stage && { stage }), steps: step ? [step.id] : [], facts };
}

/** As much of an unknown value as a note shows. */
const longestValue = 40;

/** Fields that are `null` are as good as absent. */
function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function spelt(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function shown(value: unknown, before: string, after: string): string {
  return typeof value === 'string' && value.length <= longestValue ? `${before}${value}${after}` : '';
}

/** The variables of a message that is still a template. */
function variablesOf(text: string): Utterance['variables'] {
  if (!/[{｛]/.test(text)) return [];
  const prefix = '坐席：';
  const line = scanLine(prefix + text);
  return line.kind === 'utterance' ? line.speech.variables.map(({ braces }) => shift(braces, -prefix.length)) : [];
}
