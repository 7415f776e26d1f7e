import mammoth from 'mammoth';
import readWorkbook from 'read-excel-file/universal';
import type { Content, Sheet } from '../importing/importing.ts';
import { damaged, type Parts, packed, unpack } from './archive.ts';
import { UnreadableDocument } from './unreadable.ts';

/** A Word document as HTML: headings, lists, tables, bold and underlined text; no pictures, macros or links to files. */
export async function readWord(bytes: Uint8Array): Promise<Content> {
  const parts = checked(
    unpack(bytes, /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/),
  );
  if (!Object.keys(parts).some((name) => /^word\/document\d*\.xml$/.test(name))) throw notThis('.docx');
  const archive = packed(parts);
  const { value } = await orDamaged(() =>
    mammoth.convertToHtml(
      // Where there are buffers, mammoth asks for one.
      typeof Buffer === 'undefined' ? { arrayBuffer: archive.buffer } : { buffer: Buffer.from(archive.buffer) },
      {
        styleMap,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
        externalFileAccess: false,
      },
    ),
  );
  return { kind: 'html', text: value };
}

const styleMap = [
  'u => u',
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  ...[1, 2, 3, 4].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`),
];

/** An Excel workbook as the cells of its sheets. */
export async function readExcel(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const parts = checked(
    unpack(
      bytes,
      /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/[^/]+\.xml|xl\/_rels\/[^/]+\.rels|xl\/worksheets\/[^/]+\.xml)$/,
    ),
  );
  const workbook = parts['xl/workbook.xml'];
  if (!workbook) throw notThis('.xlsx');
  refuseMany(workbook);
  const pages = Object.entries(parts).filter(([name]) => /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  for (const [, page] of pages) refuseVast(page);
  const archive = packed(parts);
  const sheets = await orDamaged(() => readWorkbook(archive.buffer, { trim: false }));
  // A sheet that is a chart has no cells. Where that is so and there are cells that no sheet has, something is broken.
  const read = sheets.filter((each: { readonly data?: unknown }) => each.data !== undefined);
  if (read.length < sheets.length && read.length < pages.length) throw damaged();
  return read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell);
}

/** A document type declares entities, which grow or point elsewhere; no office program writes one. */
function checked(parts: Parts): Parts {
  for (const part of Object.values(parts)) {
    const text = new TextDecoder().decode(part);
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || text.includes('\0'))
      throw new UnreadableDocument(
        '文档里含有不安全的内容（XML 实体声明），没有导入。',
        'The document holds something unsafe (XML entity declarations) and was not imported.',
      );
    refuseDeep(text);
  }
  return parts;
}

/** Readers walk down into elements; the deepest that an office program writes is far from this. */
const deepest = 256;

function refuseDeep(text: string): void {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text.charAt(at + 1);
    if (next === '/') depth--;
    else if (next !== '?' && next !== '!') {
      const end = text.indexOf('>', at);
      if (end < 0) throw damaged();
      if (text.charAt(end - 1) !== '/' && ++depth > deepest) throw damaged();
      at = end;
    }
  }
}

const mostRows = 20_000;
const mostColumns = 256;
const mostSheets = 256;

/**
 * A single cell far away makes a sheet of millions, for the reader fills in what lies between. It takes for a number whatever looks like one
 * (`A1e9`, `Infinity`), so that places are read here as strictly as they can be written; rows and cells need not have any.
 */
function refuseVast(part: Uint8Array): void {
  const text = new TextDecoder().decode(part);
  for (const [, double, single] of text.matchAll(/(?<!\bxmlns:)\br(?:ef)?\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const value = double ?? single ?? '';
    const places = value.split(':').map((each) => /^([A-Z]{0,7})(\d{1,15})$/.exec(each));
    // What is none at all the reader refuses itself.
    if (places.includes(null) && /\d|Infinity/.test(value)) throw damaged();
    for (const place of places) {
      if (!place) continue;
      const [, letters = '', digits = ''] = place;
      const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
      if (column > mostColumns || Number(digits) > mostRows) throw vast();
    }
  }
  let [rows, cells] = [0, 0];
  for (const [, name] of text.matchAll(/<(?:[\w.-]+:)?(row|c)\b/g)) {
    if (name === 'row') [rows, cells] = [rows + 1, 0];
    else cells++;
    if (rows > mostRows || cells > mostColumns) throw vast();
  }
}

function vast(): UnreadableDocument {
  return new UnreadableDocument(
    `工作表过大（超过 ${mostRows} 行或 ${mostColumns} 列）。请只保留话术所在的单元格，删除多余的行和列后再导入。`,
    `A sheet is too large (more than ${mostRows} rows or ${mostColumns} columns). Keep only the cells of the script, delete the rest, and import again.`,
  );
}

/** A workbook can name one sheet again and again, and each time it is read. */
function refuseMany(part: Uint8Array): void {
  const sheets = [...new TextDecoder().decode(part).matchAll(/<(?:[\w.-]+:)?sheet\b/g)].length;
  if (sheets > mostSheets)
    throw new UnreadableDocument(
      `工作表太多（超过 ${mostSheets} 个）。请只保留话术所在的工作表后再导入。`,
      `There are too many sheets (more than ${mostSheets}). Keep only those of the script, and import again.`,
    );
}

async function orDamaged<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    throw damaged();
  }
}

function notThis(extension: string): UnreadableDocument {
  return new UnreadableDocument(`这不是 ${extension} 文档。`, `This is no ${extension} document.`);
}
