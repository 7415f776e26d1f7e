import { Parser } from 'htmlparser2';
import { type Block, longestSource, tidied } from './block.ts';

/**
 * The paragraphs, headings, lists and tables of HTML, as Word, Excel, WPS and browsers put it on the clipboard and as a
 * converted document has it. The parser calls back and keeps no tree, so that depth costs nothing.
 */
export function blocksOfHtml(source: string): Block[] {
  const reader = new HtmlReader();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  // The stack of open elements is searched at each end tag: nothing that anyone wrote is so deep.
  parser.write(shallow(source.slice(0, longestHtml)));
  parser.end();
  return reader.finish();
}

const longestHtml = 4 * longestSource;
const deepest = 500;

/** The source up to where more elements are open than anyone would nest; what follows is read as text. */
function shallow(source: string): string {
  let depth = 0;
  for (const match of source.matchAll(/<(\/?)([a-z][a-z0-9]*)\b/gi)) {
    const tag = (match[2] ?? '').toLowerCase();
    if (voids.has(tag) || implied.has(tag)) continue;
    depth = Math.max(0, depth + (match[1] === '/' ? -1 : 1));
    if (depth > deepest)
      return source.slice(0, match.index) + source.slice(match.index).replace(/<[^<>]{0,2000}>/g, '\n');
  }
  return source;
}

const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Elements that others close without an end tag. */
const implied = new Set('p li td th tr option thead tbody tfoot dt dd'.split(' '));

const dropped = new Set('script style head title noscript template svg math object iframe textarea select'.split(' '));
const breaking = new Set(
  'p div h1 h2 h3 h4 h5 h6 li tr table ul ol blockquote section article header footer pre dt dd hr address'.split(' '),
);

class HtmlReader {
  private readonly blocks: Block[] = [];
  private line = '';
  /** Nothing but white space was read of the line. */
  private empty = true;
  private boldLength = 0;
  private bold = 0;
  private stillBold = true;
  private level: number | undefined;
  private underlined: { readonly from: number; text: string } | undefined;
  private hidden = 0;
  private readonly lists: { ordered: boolean; count: number }[] = [];
  private item: { ordered: boolean; number: number } | undefined;
  private readonly tables: { rows: string[][]; spans: Map<number, { rows: number; text: string }> }[] = [];
  private row: string[] | undefined;
  private cell: { lines: string[]; columns: number; rows: number } | undefined;
  private readonly outer: { row: string[] | undefined; cell: HtmlReader['cell'] }[] = [];

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.hidden > 0 || dropped.has(name)) {
      if (!voids.has(name)) this.hidden++;
      return;
    }
    if (breaking.has(name) || name === 'br') this.endLine();
    if (/^h[1-6]$/.test(name)) this.level = Number(name.charAt(1));
    // Word copies a heading as a paragraph whose class or style says so.
    const outline = /mso-outline-level:\s*([1-6])/.exec(attributes.style ?? '')?.[1];
    if (name === 'p' && outline !== undefined) this.level = Number(outline);
    if (name === 'ul' || name === 'ol')
      this.lists.push({ ordered: name === 'ol', count: Number(attributes.start ?? 1) - 1 || 0 });
    else if (name === 'li') {
      const list = this.lists.at(-1);
      if (list) this.item = { ordered: list.ordered, number: ++list.count };
    } else if (name === 'b' || name === 'strong') this.bold++;
    else if (name === 'u' || name === 'ins') this.underlined = { from: this.line.length, text: '' };
    else if (name === 'table') {
      this.outer.push({ row: this.row, cell: this.cell });
      this.row = undefined;
      this.cell = undefined;
      this.tables.push({ rows: [], spans: new Map() });
    } else if (name === 'tr') {
      this.endRow();
      if (this.tables.length > 0) this.row = [];
    } else if (name === 'td' || name === 'th') {
      this.endCell();
      if (this.row)
        this.cell = { lines: [], columns: spanOf(attributes.colspan, 50), rows: spanOf(attributes.rowspan, 1000) };
    }
  }

  close(name: string): void {
    if (this.hidden > 0) {
      if (!voids.has(name)) this.hidden--;
      return;
    }
    if (breaking.has(name)) this.endLine();
    if (/^h[1-6]$/.test(name) || name === 'p') this.level = undefined;
    if (name === 'ul' || name === 'ol') this.lists.pop();
    else if (name === 'b' || name === 'strong') this.bold = Math.max(0, this.bold - 1);
    else if (name === 'u' || name === 'ins') this.fillBlank();
    else if (name === 'td' || name === 'th') this.endCell();
    else if (name === 'tr') this.endRow();
    else if (name === 'table') this.endTable();
  }

  text(text: string): void {
    if (this.hidden > 0) return;
    if (this.underlined) this.underlined.text += text;
    // Line ends of the source mean nothing between Chinese characters, and a blank elsewhere.
    const written = text
      .replace(/(?<=[\u2e80-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\uffef])/g, '')
      .replace(/[\r\n\t ]+/g, ' ');
    const begins = this.empty ? written.trimStart() : written;
    this.line = this.empty ? begins : this.line + begins;
    if (begins !== '') this.empty = false;
    if (this.bold > 0 && this.stillBold) this.boldLength = this.line.length;
    else if (written.trim() !== '') this.stillBold = false;
  }

  finish(): Block[] {
    this.endLine();
    while (this.tables.length > 0) this.endTable();
    return this.blocks;
  }

  /** Underlined blanks are a line to write on. */
  private fillBlank(): void {
    if (this.underlined && this.underlined.text.length > 1 && this.underlined.text.trim() === '') {
      this.line = `${this.line.slice(0, this.underlined.from)}____`;
      this.empty = false;
    }
    this.underlined = undefined;
  }

  private endLine(): void {
    const text = tidied(this.line);
    const bold = this.boldLength;
    this.line = '';
    this.empty = true;
    this.boldLength = 0;
    this.stillBold = true;
    if (text === '') return;
    if (this.cell) this.cell.lines.push(text);
    else
      this.blocks.push({
        kind: 'paragraph',
        text,
        ...(this.level !== undefined && { level: this.level }),
        ...(this.item && { item: this.item }),
        ...(bold > 0 && { bold: Math.min(bold, text.length) }),
      });
    this.item = undefined;
  }

  private endCell(): void {
    this.endLine();
    const table = this.tables.at(-1);
    if (!this.cell || !this.row || !table) return;
    const text = this.cell.lines.join('\n');
    fillSpans(this.row, table.spans);
    for (let i = 0; i < this.cell.columns && this.row.length < mostColumns; i++) {
      if (this.cell.rows > 1) table.spans.set(this.row.length, { rows: this.cell.rows - 1, text: i === 0 ? text : '' });
      this.row.push(i === 0 ? text : '');
    }
    this.cell = undefined;
  }

  private endRow(): void {
    this.endCell();
    const table = this.tables.at(-1);
    if (this.row && table) {
      fillSpans(this.row, table.spans);
      table.rows.push(this.row);
    }
    this.row = undefined;
  }

  private endTable(): void {
    this.endRow();
    const table = this.tables.pop();
    const outer = this.outer.pop();
    this.row = outer?.row;
    this.cell = outer?.cell;
    if (!table || table.rows.length === 0) return;
    // A table inside a cell is part of what the cell says.
    if (this.cell)
      this.cell.lines.push(...table.rows.flatMap((row) => row.flatMap((cell) => cell.split('\n'))).filter(Boolean));
    else this.blocks.push({ kind: 'table', rows: table.rows });
  }
}

/** No script has more; spans of spans would add up without end. */
const mostColumns = 200;

/** A cell over several rows belongs to each of them; only the first holds its text, as in a spreadsheet. */
function fillSpans(row: string[], spans: Map<number, { rows: number; text: string }>): void {
  for (let span = spans.get(row.length); span; span = spans.get(row.length)) {
    if (span.rows <= 1) spans.delete(row.length);
    else spans.set(row.length, { ...span, rows: span.rows - 1 });
    row.push('');
  }
}

function spanOf(value: string | undefined, most: number): number {
  const number = Number(value ?? 1);
  return Number.isInteger(number) && number > 0 ? Math.min(number, most) : 1;
}
