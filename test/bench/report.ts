import { type Baseline, compared } from './baseline.ts';
import { type Figure, isMet, type Row, type Unit } from './row.ts';

/** Rows as they are printed, each beside the baseline. */
export function printed(rows: readonly Row[], baseline: Baseline | undefined): string {
  return rows
    .flatMap((row) =>
      linesOf(
        row,
        baseline?.rows.find(({ id }) => id === row.id),
      ),
    )
    .join('\n');
}

function linesOf(row: Row, before: Row | undefined): string[] {
  const met = isMet(row);
  const mark = met === undefined ? ' ' : met ? '✔' : '✘';
  const target =
    row.most !== undefined ? `  ≤ ${written(row.most)}` : row.least !== undefined ? `  ≥ ${written(row.least)}` : '';
  return [
    `${mark} ${row.id.padEnd(24)} ${figure(row, row.unit)}${target}   ${row.title.en}`,
    ...(before ? [`    ${''.padEnd(22)} ${figure(before, row.unit)}   baseline: ${compared(row, before)}`] : []),
    ...row.peers.map(
      (peer) =>
        `    ${''.padEnd(22)} ${figure(peer, row.unit)}   ${typeof peer.name === 'string' ? peer.name : peer.name.en}`,
    ),
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
