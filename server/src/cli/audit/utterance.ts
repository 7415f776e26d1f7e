import { foldName } from '../../base/names.ts';
import { shift } from '../../base/span.ts';
import { detached, type Text } from '../../base/text.ts';
import { type Fact, factValues } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Utterance } from '../../rules/wording.ts';
import { longestLine } from '../../syntax/line.ts';
import { scanLine } from '../../syntax/scan.ts';
import { booleans, channels, findTerm, type RoleKind, roles, stages } from '../../syntax/vocabulary.ts';
import { PlainLine } from './plainLine.ts';
import { blankLine } from './record.ts';

/** What was passed over in the input, and is said once. */
export type Note =
  | { readonly kind: 'field' | 'context'; readonly key: string }
  | { readonly kind: 'value'; readonly key: string; readonly value: string };

/** A line of input that could be read. */
export interface Audited {
  /** As JSON. */
  readonly id: string;
  readonly text: string;
  /** The moment to judge it by; nothing where it is not judged, since the customer or a third party speaks. */
  readonly situation?: Situation;
}

/** What is known of a moment. */
export interface Situation {
  /** Each has its own. */
  readonly number: number;
  readonly known: Omit<Utterance, 'text' | 'variables' | 'speaker'>;
}

/** A line that could not be read, and why. */
export interface Wrong {
  readonly error: Text;
}

type Fields = { readonly [name: string]: unknown };

/** What a context says and, when somebody has asked, what that means. */
interface Context {
  readonly fields: Fields;
  situation?: Situation;
}

/** Reads lines of input as utterances. What they say of the moment they say again and again, and it is understood once. */
export class UtteranceReader {
  readonly #packs: PackSet;
  readonly #plain = new PlainLine();
  readonly #speakers = new Map<string, RoleKind | 'unknown'>();
  /** By their JSON. */
  readonly #contexts = new Map<string, Context>();
  /** By the JSON of what is known: of equal moments there is one. */
  readonly #situations = new Map<string, Situation>();
  readonly #noted = new Map<string, true>();
  #notes: Note[] = [];
  #moments = 0;

  constructor(packs: PackSet) {
    this.#packs = packs;
  }

  /** What was passed over since somebody last asked; hardly anything is said twice. */
  takeNotes(): readonly Note[] {
    const notes = this.#notes;
    this.#notes = [];
    return notes;
  }

  /** The utterance that a line of JSON is, or what is wrong with it. The line is a stretch of a longer text. */
  ofLine(source: string, start: number, end: number, line: number): Audited | Wrong {
    const plain = this.#plain;
    const context = plain.read(source, start, end) ? this.#context(plain.context ?? '{}') : undefined;
    if (!context) return this.#ofJson(source.slice(start, end), line);
    for (const key of plain.others) this.#note({ kind: 'field', key });
    return this.#of(plain.id ?? String(line), plain.speaker, plain.text, context);
  }

  /** The same for a row of a table. */
  ofRow(cells: readonly string[], columns: readonly string[], line: number): Audited | Wrong {
    const fields = fieldsOfRow(cells, columns);
    return 'error' in fields ? fields : this.#ofFields(fields.values, line);
  }

  #ofJson(text: string, line: number): Audited | Wrong {
    if (/^[ \t\r]*$/.test(text)) return { error: blankLine };
    const fields = fieldsOfJson(text);
    return 'error' in fields ? fields : this.#ofFields(fields.values, line);
  }

  /** Fields that are `null` are as good as absent. */
  #ofFields({ id, speaker, text, context, ...more }: Fields, line: number): Audited | Wrong {
    for (const [key, value] of Object.entries(more)) if (value !== null) this.#note({ kind: 'field', key });
    const number = id ?? line;
    if (typeof number !== 'string' && typeof number !== 'number')
      return { error: { zh: 'id 应当是字符串或数字。', en: '“id” must be a string or a number.' } };
    const said = context ?? {};
    const understood = isFields(said) ? this.#context(JSON.stringify(said)) : undefined;
    return this.#of(JSON.stringify(number), speaker ?? undefined, text ?? undefined, understood);
  }

  /** @param context nothing where it is no object */
  #of(id: string, speaker: unknown, text: unknown, context: Context | undefined): Audited | Wrong {
    const who = speaker === undefined ? 'agent' : typeof speaker === 'string' ? this.#speaker(speaker) : 'unknown';
    if (who === 'unknown')
      return {
        error: {
          zh: `speaker 应当是 agent、customer 或 third-party${shown(speaker, '，不能是“', '”')}。`,
          en: `“speaker” must be agent, customer or third-party${shown(speaker, ', not “', '”')}.`,
        },
      };
    if (text === undefined) return { error: { zh: '没有 text。', en: 'There is no “text”.' } };
    if (typeof text !== 'string') return { error: { zh: 'text 应当是字符串。', en: '“text” must be a string.' } };
    if (!context) return { error: { zh: 'context 应当是对象。', en: '“context” must be an object.' } };
    context.situation ??= this.#situation(context.fields);
    if (who !== 'agent') return { id, text };
    if (text.length > longestLine)
      return {
        error: {
          zh: `text 超过 ${longestLine} 个字，没有检查。请逐句拆开。`,
          en: `“text” is longer than ${longestLine} characters and was not checked. Split it into utterances.`,
        },
      };
    return { id, text, situation: context.situation };
  }

  #speaker(spelling: string): RoleKind | 'unknown' {
    const known = this.#speakers.get(spelling);
    return known ?? remember(this.#speakers, spelling, findTerm(roles, spelling)?.id ?? 'unknown');
  }

  /** The context that is written so; nothing where that is no JSON. */
  #context(json: string): Context | undefined {
    const known = this.#contexts.get(json);
    if (known) return known;
    const read = fieldsOfJson(json);
    return 'error' in read ? undefined : remember(this.#contexts, json, { fields: read.values });
  }

  /** What a context says, as far as it is understood. */
  #situation(context: Fields): Situation {
    const said = new Map<string, string>();
    for (const [key, value] of Object.entries(context)) {
      if (!contextKeys.has(key)) this.#note({ kind: 'context', key });
      else if (value !== null && value !== '') said.set(key, spelt(value));
    }
    const read = <T>(key: string, meaning: (value: string) => T | undefined): T | undefined => {
      const value = said.get(key);
      const meant = value === undefined ? undefined : meaning(value);
      if (value !== undefined && meant === undefined)
        this.#note({ kind: 'value', key, value: value.slice(0, longestValue) });
      return meant;
    };
    const channel = read('channel', (value) => findTerm(channels, value)?.id);
    const stage = read('stage', (value) => findTerm(stages, value)?.id);
    const step = read('step', (value) => this.#packs.step(value));
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
    const known = { ...(channel && { channel }), ...(stage && { stage }), steps: step ? [step.id] : [], facts };
    const json = JSON.stringify(known);
    return this.#situations.get(json) ?? remember(this.#situations, json, { number: ++this.#moments, known });
  }

  #note(note: Note): void {
    const key = note.kind === 'value' ? `${note.kind} ${note.key} ${note.value}` : `${note.kind} ${note.key}`;
    if (this.#noted.has(key)) return;
    remember(this.#noted, key, true);
    this.#notes.push(note);
  }
}

/** There is little in these maps, whatever the input is like; what it repeats is soon there again. */
function remember<T>(map: Map<string, T>, key: string, value: T): T {
  if (map.size >= mostRemembered) map.clear();
  // A slice would keep the text alive that it is from.
  if (key.length <= longestKey) map.set(detached(key), value);
  return value;
}

const mostRemembered = 1000;
const longestKey = 1000;

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
  if (isFields(value)) return { values: value };
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
      context = { ...present(parsed.values), ...context };
    } else values[column] = column === 'text' ? cell : cell.trim();
  }
  return { values: { ...values, context } };
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
export function variablesOf(text: string): Utterance['variables'] {
  if (!/[{｛]/.test(text)) return [];
  const prefix = '坐席：';
  const line = scanLine(prefix + text);
  return line.kind === 'utterance' ? line.speech.variables.map(({ braces }) => shift(braces, -prefix.length)) : [];
}
