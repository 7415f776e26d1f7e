import writeWorkbook, { type Feature } from 'write-excel-file/universal';
import type { Book, BookSheet } from '../handover/table.ts';
import { repacked } from './archive.ts';

/** A workbook as the bytes of an `.xlsx` file; the same book has the same bytes on every day. */
export async function writeExcel({ sheets }: Book): Promise<Uint8Array> {
  const written = writeWorkbook(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      orientation: 'landscape' as const,
      stickyRowsCount: 1,
      columns: sheet.columns.map(({ width }) => ({ width })),
      data: [
        sheet.columns.map(({ title }) => ({ ...titleStyle, value: title })),
        ...sheet.rows.map((row) => {
          const height = heightOf(row, sheet);
          return row.map((value, index) =>
            value === ''
              ? null
              : typeof value === 'number'
                ? { ...cellStyle, height, value, type: Number }
                : { ...cellStyle, height, value, type: String, wrap: sheet.columns[index]?.hidden !== true },
          );
        }),
      ],
    })),
    { fontFamily: 'Microsoft YaHei', fontSize: 10, features: [asSheetsAreUsed(sheets)] },
  );
  return repacked(new Uint8Array(await (await written.toBlob()).arrayBuffer()));
}

const cellStyle = { alignVertical: 'top', wrap: true } as const;
const titleStyle = { ...cellStyle, type: String, fontWeight: 'bold', backgroundColor: '#DCE9EA' } as const;

/** As high as its longest cell needs, in points: not every program works that out for itself. */
function heightOf(row: BookSheet['rows'][number], { columns }: BookSheet): number {
  const lines = row.map((cell, index) => {
    const { width, hidden } = columns[index] ?? { width: 1 };
    return hidden ? 1 : Math.ceil(digitsOf(String(cell)) / (width - 1));
  });
  return 15 * Math.max(1, ...lines) + 1;
}

/** How wide a text is in digits, by which columns are measured: two are as wide as a Chinese character. */
function digitsOf(text: string): number {
  return text.length + (text.match(/[^\u0000-\u2000]/g) ?? []).length;
}

/** Columns that nobody has to see are hidden, and the titles have filters. */
function asSheetsAreUsed(sheets: readonly BookSheet[]): Feature<Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transformElementAttributes(tagName, attributes, index, _options, { sheetIndex }) {
            const isHidden = tagName === 'col' && sheets[sheetIndex]?.columns[index ?? -1]?.hidden;
            return isHidden ? { ...attributes, hidden: 1 } : attributes;
          },
          transform(content, _options, { sheetIndex }) {
            const sheet = sheets[sheetIndex];
            if (!sheet) return content;
            const last = String.fromCharCode(64 + sheet.columns.length);
            // Printed, all columns go on one page.
            const fitted = content
              .replace(/<worksheet[^>]*>/, '$&<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
              .replace(/<pageSetup /, '$&fitToHeight="0" ');
            const filter = `<autoFilter ref="A1:${last}${sheet.rows.length + 1}"/>`;
            return fitted.replace('</sheetData>', `</sheetData>${filter}`);
          },
        },
      },
    },
  };
}
