import type { Text } from '../base/text.ts';
import { unguarded } from '../handover/csv.ts';
import { scriptOfJson } from '../handover/fromJson.ts';
import { type ReadSheet, scriptOfSheets } from '../handover/table.ts';
import type { Content } from '../importing/importing.ts';
import { rowsOf } from '../importing/plainText.ts';
import { readExcel, readWord } from './office.ts';
import { decodeText } from './text.ts';
import { UnreadableDocument } from './unreadable.ts';

/** The endings of what can be imported. */
export const importable = ['docx', 'xlsx', 'txt', 'md', 'markdown', 'html', 'htm', 'csv', 'tsv', 'json'] as const;

const largestFile = 20 * 1024 * 1024;
const largestText = 4 * 1024 * 1024;

/** Reads a document by its name and its bytes, or tells why that cannot be done. */
export async function openDocument(
  name: string,
  bytes: Uint8Array,
): Promise<{ readonly content: Content } | { readonly refused: Text }> {
  try {
    return { content: await readDocument(name, bytes) };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { refused: error.text };
    throw error;
  }
}

async function readDocument(name: string, bytes: Uint8Array): Promise<Content> {
  const extension = /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  refuse(extension, bytes);
  switch (extension) {
    case 'docx':
      return readWord(bytes);
    case 'xlsx': {
      const sheets = await readExcel(bytes);
      return handedOver(sheets) ?? { kind: 'tables', sheets };
    }
    case 'json': {
      const read = scriptOfJson(decodeText(bytes));
      if ('refused' in read) throw new UnreadableDocument(read.refused.zh, read.refused.en);
      return { kind: 'script', text: read.script };
    }
    case 'md':
    case 'markdown':
      return { kind: 'markdown', text: decodeText(bytes) };
    case 'html':
    case 'htm':
      return { kind: 'html', text: decodeText(bytes, declaredEncoding(bytes)) };
    case 'csv':
    case 'tsv': {
      const text = decodeText(bytes);
      const rows = extension === 'csv' ? rowsOf(text.replace(/^\ufeff/, ''), ',') : [];
      return handedOver([unguarded(rows)]) ?? { kind: 'csv', text };
    }
    default:
      return { kind: 'text', text: decodeText(bytes) };
  }
}

/** A table that was made of a script is that script again. */
function handedOver(sheets: readonly ReadSheet[]): Content | undefined {
  const text = scriptOfSheets(sheets);
  return text === undefined ? undefined : { kind: 'script', text };
}

function refuse(extension: string, bytes: Uint8Array): void {
  const begins = (...wanted: number[]): boolean => wanted.every((byte, index) => bytes[index] === byte);
  const office = extension === 'docx' || extension === 'xlsx';
  // The same script takes several times as much in JSON.
  if (bytes.length > (office || extension === 'json' ? largestFile : largestText))
    throw new UnreadableDocument(
      '文件过大，不像是一份话术，没有导入。',
      'The file is too large to be a script, and was not imported.',
    );
  if (begins(0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableDocument(
      '这是旧版的 Word、Excel 文档，或者带有密码。请去掉密码，另存为 .docx 或 .xlsx 后再导入。',
      'This is a document of an old Word or Excel, or it has a password. Remove the password and save it as .docx or .xlsx.',
    );
  if (begins(0x25, 0x50, 0x44, 0x46))
    throw new UnreadableDocument(
      '这是 PDF 文件。请用 Word 打开它，另存为 .docx 后再导入。',
      'This is a PDF. Open it in Word and save it as .docx.',
    );
  if (begins(0x7b, 0x5c, 0x72, 0x74, 0x66))
    throw new UnreadableDocument('这是 RTF 文件，请另存为 .docx 后再导入。', 'This is RTF; save it as .docx.');
  const zipped = begins(0x50, 0x4b);
  if (office && !zipped)
    throw new UnreadableDocument(
      `这不是 .${extension} 文档，或者文档已损坏。`,
      `This is no .${extension} document, or it is damaged.`,
    );
  if (!office && zipped)
    throw new UnreadableDocument(
      '这是 Word、Excel 文档或压缩文件，但扩展名不对。请改回 .docx 或 .xlsx。',
      'This is a Word or Excel document or an archive with another ending; call it .docx or .xlsx again.',
    );
  if (!(importable as readonly string[]).includes(extension))
    throw new UnreadableDocument(
      `不能导入“.${extension}”文件；可以导入：${importable.map((each) => `.${each}`).join('、')}。`,
      `“.${extension}” files cannot be imported; these can: ${importable.map((each) => `.${each}`).join(', ')}.`,
    );
}

/** What a page says of its own encoding; Word writes gb2312 there. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const begin = String.fromCharCode(...bytes.subarray(0, 2048));
  return /<meta[^>]+charset=["']?([\w-]{3,20})/i.exec(begin)?.[1];
}
