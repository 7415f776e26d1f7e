import { type Block, longestSource, tidied } from './block.ts';

/** The paragraphs of plain text; lines with tabs in them, as Excel copies cells, are a table. */
export function blocksOfText(source: string): Block[] {
  const blocks: Block[] = [];
  let rows: string[][] = [];
  const endTable = (): void => {
    if (rows.length > 1 && rows.some((row) => row.length > 2)) blocks.push({ kind: 'table', rows });
    else if (rows.length > 1 && headed(rows)) blocks.push({ kind: 'table', rows });
    else for (const row of rows) blocks.push({ kind: 'paragraph', text: labelled(row) });
    rows = [];
  };
  for (const record of rowsOf(source.slice(0, longestSource), '\t')) {
    if (record.length > 1 && record.slice(1).some((cell) => cell.trim() !== '') && record.length <= mostColumns) {
      rows.push(record);
      continue;
    }
    endTable();
    for (const line of record.join(' ').split('\n')) blocks.push({ kind: 'paragraph', text: tidied(line) });
  }
  endTable();
  return blocks;
}

const mostColumns = 60;

/** Whether the first row of two columns names them. */
function headed([first = []]: readonly (readonly string[])[]): boolean {
  return (
    first.length === 2 &&
    first.every((cell) => /^(?:环节|步骤|角色|说话人|话术|内容|坐席|客户|.*话术)$/.test(cell.trim()))
  );
}

/** A tab between a name and what is said stands for a colon: `坐席	您好`. */
function labelled(row: readonly string[]): string {
  const [first = '', ...rest] = row.map(tidied);
  const text = rest.filter((cell) => cell !== '').join(' ');
  const label = /^[\p{L}\p{N}]{1,8}$/u.test(first);
  return label ? `${first}：${text}` : `${first} ${text}`.trim();
}

/**
 * Rows of cells divided by tabs or commas, as spreadsheets copy and save them: a cell that begins with a quotation mark
 * may hold delimiters, line ends and doubled marks. A mark that is never closed is an ordinary character.
 */
export function rowsOf(source: string, delimiter: ',' | '\t' | ';'): string[][] {
  const text = source.replace(/\r\n?/g, '\n');
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell: string | undefined;
    if (text.charAt(at) === '"') {
      const end = closingQuote(text, at + 1, delimiter);
      if (end !== undefined) {
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        at = end + 1;
      }
    }
    if (cell === undefined) {
      let end = at;
      while (end < text.length && text.charAt(end) !== delimiter && text.charAt(end) !== '\n') end++;
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (text.charAt(at) !== delimiter) {
      rows.push(row);
      row = [];
    }
    at++;
  }
  return rows;
}

/** The quotation mark that ends a cell: behind it stands a delimiter or the end of the line. */
function closingQuote(text: string, from: number, delimiter: string): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0 && at - from < longestCell; at = text.indexOf('"', at + 1)) {
    const next = text.charAt(at + 1);
    if (next === '"') at++;
    else if (next === delimiter || next === '\n' || next === '') return at;
    else return undefined;
  }
  return undefined;
}

const longestCell = 33_000;
