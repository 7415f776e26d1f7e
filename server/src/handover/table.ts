import type { Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import { charactersIn, secondsToSay, withSamples } from '../model/speaking.ts';
import { parse } from '../syntax/parse.ts';
import { isLine, type Placed, type Tree } from '../syntax/tree.ts';
import { frontMatterKeys, variableFields } from '../syntax/vocabulary.ts';
import { type Cells, cellsOf, isNode, noCells, restored, types, type Words, written } from './cells.ts';
import {
  type Header,
  headerOf,
  idOf,
  sameHeader,
  type VariableEntry,
  wordOf,
  wordsOf,
  writtenHeader,
} from './header.ts';
import { lineIds, nodeId } from './ids.ts';

/** A script as a workbook has it. */
export interface Book {
  readonly sheets: readonly BookSheet[];
}

export interface BookSheet {
  readonly name: string;
  readonly columns: readonly BookColumn[];
  /** Below the titles of the columns. */
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface BookColumn {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** It is there for the way back, and nobody has to see it. */
  readonly hidden?: true;
}

interface Column<Id extends string> {
  readonly id: Id;
  readonly title: Text;
  readonly width: number;
  readonly hidden?: true;
}

const lineColumns = [
  { id: 'id', title: { zh: '编号', en: 'Id' }, width: 13 },
  { id: 'node', title: { zh: '节', en: 'Node' }, width: 16 },
  { id: 'steps', title: { zh: '标准步骤', en: 'Steps' }, width: 22 },
  { id: 'type', title: { zh: '类型', en: 'Type' }, width: 8 },
  { id: 'speaker', title: { zh: '说话人', en: 'Speaker' }, width: 18 },
  { id: 'text', title: { zh: '内容', en: 'Text' }, width: 70 },
  { id: 'reply', title: { zh: '回复类别', en: 'Reply' }, width: 14 },
  { id: 'target', title: { zh: '去向', en: 'Target' }, width: 18 },
  { id: 'characters', title: { zh: '字数', en: 'Characters' }, width: 7 },
  { id: 'seconds', title: { zh: '秒数', en: 'Seconds' }, width: 7 },
  // The line as it is written, where it is laid out otherwise than we would.
  { id: 'source', title: { zh: '原文', en: 'Source' }, width: 40, hidden: true },
] as const satisfies readonly Column<string>[];

const headerColumns = [
  { id: 'key', title: { zh: '项目', en: 'Item' }, width: 14 },
  { id: 'value', title: { zh: '取值', en: 'Value' }, width: 60 },
  { id: 'source', title: { zh: '原文', en: 'Source' }, width: 40, hidden: true },
] as const satisfies readonly Column<string>[];

const variableColumns = [
  { id: 'name', title: { zh: '变量', en: 'Variable' }, width: 18 },
  ...variableFields.map(({ id, zh, en }) => ({ id, title: { zh: zh[0], en: en[0] }, width: id === 'note' ? 40 : 14 })),
];

const sheetNames = {
  lines: { zh: '话术', en: 'Script' },
  header: { zh: '信息', en: 'Information' },
  variables: { zh: '变量', en: 'Variables' },
} as const satisfies { readonly [sheet: string]: Text };

/** The sheets of a script: a row a line, what the front matter says, and the variables. */
export function bookOf(script: Script): Book {
  const { tree } = script;
  const words = wordsOf(tree);
  const { entries, variables } = headerOf(tree, words);
  const told = entries.map(({ key, value }) => [wordOf(frontMatterKeys, key, words), value]);
  const block = headerLines(tree);
  const length = Math.max(told.length, block.length);
  return {
    sheets: [
      linesSheet(script),
      {
        name: sheetNames.header[words],
        columns: columnsOf(headerColumns, words),
        rows: Array.from({ length }, (_, index) => [...(told[index] ?? ['', '']), block[index] ?? '']),
      },
      {
        name: sheetNames.variables[words],
        columns: columnsOf(variableColumns, words),
        rows: variables.map((each) => variableColumns.map(({ id }) => each[id as keyof VariableEntry])),
      },
    ],
  };
}

/** The sheet with a row a line; a line that is blank is a row that is empty. */
export function linesSheet(script: Script): BookSheet {
  const { tree, source } = script;
  const words = wordsOf(tree);
  const ids = lineIds(tree);
  const rows: (string | number)[][] = [];
  let within = { node: '', steps: '' };
  for (const placed of bodyLines(tree)) {
    const text = source.slice(placed.start, placed.end);
    const cells = cellsOf(placed.line, text, words);
    const kept = written(cells, words) === text ? '' : text;
    if (isLine(placed, 'heading')) within = { node: placed.line.name.text, steps: cells.steps };
    if (isLine(placed, 'case')) within = { node: '', steps: '' };
    const spoken = spokenAt(placed, script);
    const whole = {
      ...cells,
      ...(cells.type !== '' && within),
      ...spoken,
      id: ids.get(placed) ?? '',
      source: kept,
    };
    rows.push(lineColumns.map(({ id }) => whole[id]));
  }
  // A script ends with one line end, and a workbook with its last row.
  while (rows.at(-1)?.every((cell) => cell === '')) rows.pop();
  return { name: sheetNames.lines[words], columns: columnsOf(lineColumns, words), rows };
}

/** How long what the agent says is. */
function spokenAt(placed: Placed, script: Script): { readonly characters: number | ''; readonly seconds: number | '' } {
  if (!isLine(placed, 'utterance') || placed.line.speaker !== 'agent') return { characters: '', seconds: '' };
  const said = withSamples(placed.line.speech, script);
  return { characters: charactersIn(said), seconds: secondsToSay(said) };
}

function columnsOf(columns: readonly Column<string>[], words: Words): readonly BookColumn[] {
  return columns.map(({ title, width, hidden }) => ({ title: title[words], width, ...(hidden && { hidden }) }));
}

/** The lines of the front matter, fences among them. Where the lower one is missing, the blank lines at its end are not counted in. */
export function headerLines({ lines, source }: Tree): readonly string[] {
  return lines.slice(0, headerEnd(lines, source)).map(({ start, end }) => source.slice(start, end));
}

/** The lines below the front matter. */
export function bodyLines({ lines, source }: Tree): readonly Placed[] {
  return lines.slice(headerEnd(lines, source));
}

/** A sheet as it was read. */
export interface ReadSheet {
  readonly rows: readonly (readonly string[])[];
}

/**
 * The script of a workbook that was made of one, or nothing where it is another workbook. What the cells say counts; a line about which
 * nobody has said anything else stays as it was written, to the last blank.
 */
export function scriptOfSheets(sheets: readonly ReadSheet[]): string | undefined {
  for (const words of ['zh', 'en'] as const) {
    const [lines] = sheets.flatMap((sheet) => recordsOf(sheet, lineColumns, words) ?? []);
    if (!lines) continue;
    const header = sheets.flatMap((sheet) => recordsOf(sheet, headerColumns, words) ?? [])[0] ?? [];
    const variables = sheets.flatMap((sheet) => recordsOf(sheet, variableColumns, words) ?? [])[0] ?? [];
    const above = headerFrom(header, variables, words);
    const { roles } = parse(`${above.join('\n')}\n`).frontMatter;
    const body = bodyFrom(lines, (cells, source) => restored(cells, source, roles, words));
    return `${[...above, ...body].join('\n').replace(/\n*$/, '')}\n`;
  }
  return undefined;
}

type Rec<Id extends string> = Readonly<Record<Id, string>>;

/** The rows below the titles, cell by cell; nothing where a sheet has other columns. */
function recordsOf<Id extends string>(
  { rows }: ReadSheet,
  columns: readonly Column<Id>[],
  words: Words,
): readonly (readonly Rec<Id>[])[] | undefined {
  const [titles = []] = rows;
  const places = columns.map(({ title }) => titles.findIndex((each) => each.trim() === title[words]));
  // Whoever deletes what he does not need leaves what is written in a script.
  const needed = columns.filter(({ id }) => !['id', 'steps', 'characters', 'seconds', 'source'].includes(id));
  if (needed.some((column) => (places[columns.indexOf(column)] ?? -1) < 0)) return undefined;
  return [
    rows
      .slice(1)
      .map(
        (row) =>
          Object.fromEntries(columns.map(({ id }, index) => [id, row[places[index] ?? -1] ?? ''])) as Record<
            Id,
            string
          >,
      ),
  ];
}

function headerFrom(
  header: readonly Rec<(typeof headerColumns)[number]['id']>[],
  variables: readonly Rec<string>[],
  words: Words,
): readonly string[] {
  const told: Header = {
    entries: header.flatMap(({ key, value }) => {
      const id = key.trim() === '' || value.trim() === '' ? undefined : idOf(frontMatterKeys, key);
      return id ? [{ key: id, value }] : [];
    }),
    variables: variables.filter(({ name = '' }) => name.trim() !== '') as Rec<string>[] as unknown as VariableEntry[],
  };
  const kept = header.map(({ source }) => source);
  while (kept.at(-1) === '') kept.pop();
  if (kept.length === 0) return writtenHeader(told, words);
  const before = headerOf(parse(`${kept.join('\n')}\n`), words);
  return sameHeader(before, told) ? kept : writtenHeader(told, words);
}

/** The lines of the rows. A row that names a node in which the last one does not stand begins that node. */
function bodyFrom(
  rows: readonly Rec<(typeof lineColumns)[number]['id']>[],
  line: (cells: Cells, source: string) => string,
): string[] {
  const lines: string[] = [];
  /** The names by which rows may call the node at words: that of its heading, and what it was called when the workbook was made. */
  let inside = { name: '', id: '' };
  for (const { id, node, steps, type, speaker, text, reply, target, source } of rows) {
    const cells: Cells = {
      ...noCells,
      type: type.trim(),
      speaker: speaker.trim(),
      text: text.trim(),
      reply: reply.trim(),
      target: target.trim(),
    };
    const named = node.trim();
    if (isNode(cells)) inside = { name: named, id };
    else if (named !== '' && named !== inside.name && nodeId(named) !== inside.id.replace(/-\d+$/, '')) {
      inside = { name: named, id: '' };
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
      lines.push(line({ ...noCells, type: types.node.zh, node: named, steps: steps.trim() }, ''));
    }
    lines.push(line(isNode(cells) ? { ...cells, node: named, steps: steps.trim() } : cells, source));
  }
  return lines;
}

function headerEnd(lines: readonly Placed[], source: string): number {
  return (
    1 +
    lines.findLastIndex(
      ({ line, start, end }) =>
        line.kind === 'fence' || (line.kind === 'front-matter' && source.slice(start, end).trim() !== ''),
    )
  );
}
