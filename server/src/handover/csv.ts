import type { BookSheet, ReadSheet } from './table.ts';

/**
 * A sheet as comma-separated values, as Excel opens them: with the mark that tells UTF-8, and no cell of which it would make a
 * formula. Whoever wrote a script has not been asked what a spreadsheet should work out.
 */
export function csvOf({ columns, rows }: BookSheet): string {
  const titles = columns.map(({ title }) => title);
  const lines = [titles, ...rows].map((row) => row.map((cell) => quoted(guarded(String(cell)))).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** The rows of such a file, with what the cells said before they were guarded. */
export function unguarded(rows: readonly (readonly string[])[]): ReadSheet {
  return {
    rows: rows.map((row) =>
      row.map((cell) => (risky.test(cell.slice(1)) && cell.startsWith("'") ? cell.slice(1) : cell)),
    ),
  };
}

/** What begins a formula, in any width; one apostrophe more is text to a spreadsheet, and so is what has one already. */
const risky = /^'*[=+\-@\t\r\n＝＋－＠]/;

function guarded(cell: string): string {
  return risky.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /^[\p{L}\p{N}. ]*$/u.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`;
}
