import { type Figure, isMet, type Row, type Unit } from './row.ts';

/** Rows as they are printed. */
export function printed(rows: readonly Row[]): string {
  return rows.flatMap(linesOf).join('\n');
}

function linesOf(row: Row): string[] {
  const met = isMet(row);
  const mark = met === undefined ? ' ' : met ? '✔' : '✘';
  const target =
    row.most !== undefined ? `  ≤ ${written(row.most)}` : row.least !== undefined ? `  ≥ ${written(row.least)}` : '';
  return [
    `${mark} ${row.id.padEnd(24)} ${figure(row, row.unit)}${target}   ${row.title.en}`,
    ...row.peers.map((peer) => `    ${''.padEnd(22)} ${figure(peer, row.unit)}   ${peer.name}`),
    ...(row.note ? [`    ${row.note.en}`] : []),
  ];
}

function figure({ value, low, high }: Figure, unit: Unit): string {
  const range = high - low > 0.005 * value ? ` (${written(low)}–${written(high)})` : '';
  return `${written(value)} ${unit}${range}`;
}

/** A number to three digits or so. */
export function written(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
