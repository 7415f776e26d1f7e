import { foldName } from '../../base/names.ts';
import { listed, type Text } from '../../base/text.ts';
import { type InputLine, LineSplitter } from './lines.ts';
import { type Chunk, type ChunkReader, type InputRecord, longestRecord, UnreadableInput } from './record.ts';

/**
 * Reads CSV or TSV with a header, as RFC 4180 has it: a cell in quotes may hold delimiters, line ends and doubled quotes.
 * A mistake costs the record that it is in and no other: reading goes on with the line after the one where it began.
 */
export function delimitedReader(delimiter: ',' | '\t'): ChunkReader {
  const lines = new LineSplitter();
  let columns: readonly string[] | undefined;
  /** The lines of a record that has begun and not ended. */
  let open: InputLine[] = [];
  let held = 0;
  /** Quotes since the open lines were last read; an even number of them ends no cell. */
  let quotes = 0;
  const give = function* (line: number, outcome: Outcome): Generator<InputRecord> {
    if (!columns) columns = columnsOf(outcome);
    else if (outcome.error) yield { line, error: outcome.error };
    else yield { line, cells: outcome.cells };
  };
  const recordsOf = function* (found: Iterable<InputLine>): Generator<InputRecord> {
    for (const line of found) {
      if (open.length === 0 && !line.error && /^\s*$/.test(line.text)) continue;
      open.push(line);
      held += line.text.length;
      quotes += line.text.split('"').length - 1;
      const full = held > longestRecord || open.length > mostLines || line.error !== undefined;
      if (open.length > 1 && !full && quotes % 2 === 0) continue;
      const outcome = recordOf(open, delimiter);
      quotes = 0;
      if (!outcome && !full) continue;
      yield* settle(outcome ?? { error: unclosedQuote });
    }
  };
  /** Ends the open record. Of a mistake only the first line is given up: it may be in that line alone. */
  const settle = function* (outcome: Outcome): Generator<InputRecord> {
    const [first, ...rest] = open;
    open = [];
    held = 0;
    quotes = 0;
    if (first) yield* give(first.number, outcome);
    if (outcome.error) yield* recordsOf(rest);
  };
  const rest = function* (): Generator<InputRecord> {
    yield* recordsOf(lines.end());
    while (open.length > 0) yield* settle({ error: unclosedQuote });
  };
  const chunk = (found: Iterable<InputRecord>): Chunk[] => {
    const records = [...found];
    return records.length === 0 ? [] : [{ kind: 'rows', columns: columns ?? [], records }];
  };
  return {
    read: (bytes) => chunk(recordsOf(lines.split(bytes))),
    end: () => chunk(rest()),
  };
}

/** A cell with more lines than these is a quote that nobody closed. */
const mostLines = 1000;

type Outcome = { readonly cells: readonly string[]; readonly error?: never } | { readonly error: Text };

/** The cells of the record that these lines are; nothing while a quote is open at their end. */
function recordOf(lines: readonly InputLine[], delimiter: string): Outcome | undefined {
  const failed = lines.find(({ error }) => error);
  if (failed?.error) return { error: failed === lines[0] ? failed.error : unclosedQuote };
  const text = lines
    .map((line) => line.text)
    .join('\n')
    .replace(/\r$/, '');
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    if (text.charAt(at) === '"') {
      const end = closingQuote(text, at + 1);
      if (end === undefined) return undefined;
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at < text.length && text.charAt(at) !== delimiter) return { error: textAfterQuote };
    } else {
      const next = text.indexOf(delimiter, at);
      const end = next < 0 ? text.length : next;
      cells.push(text.slice(at, end));
      at = end;
    }
    if (at >= text.length) return { cells };
  }
}

/** The quote that ends a cell; two of them stand for one. */
function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charAt(at + 1) !== '"') return at;
  }
  return undefined;
}

const unclosedQuote: Text = {
  zh: '这一行里的双引号没有成对。',
  en: 'A quote in this line is never closed.',
};

const textAfterQuote: Text = {
  zh: '双引号后面应当是分隔符或行尾；单元格内容里的双引号要写成两个（""）。',
  en: 'After a closing quote there must be a delimiter or the end of the line; write a quote inside a cell twice ("").',
};

/** The names of the columns; throws where the input cannot be read by them. */
function columnsOf({ error, ...outcome }: Outcome): readonly string[] {
  if (error) throw new UnreadableInput(`表头无法读取：${error.zh}`, `The header cannot be read: ${error.en}`);
  const cells = 'cells' in outcome ? outcome.cells : [];
  if (cells.some((cell) => cell.includes('\r')))
    throw new UnreadableInput(
      '行尾是单个回车符（CR）。请以 CRLF 或 LF 换行重新保存。',
      'The lines end with a bare carriage return. Save it with CRLF or LF.',
    );
  const columns = cells.map(foldName);
  const shown = listed(cells.slice(0, 8).map((cell) => (cell.length > 20 ? `${cell.slice(0, 20)}…` : cell)));
  if (!columns.includes('text'))
    throw new UnreadableInput(
      `表头里没有 text 列，只有：${shown.zh}。第一行应当是列名，坐席说的话放在 text 列。`,
      `There is no column “text” in the header, only: ${shown.en}. The first line names the columns; what is said is in “text”.`,
    );
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UnreadableInput(`表头里有两个“${twice}”列。`, `The header has two columns “${twice}”.`);
  return columns;
}
