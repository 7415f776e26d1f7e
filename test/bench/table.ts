import { inLanguage, type Language, type Text } from '../../server/src/base/text.ts';
import { readBaseline } from './baseline.ts';
import { written } from './report.ts';
import { type Figure, isMet, type Peer, type Row, type Unit } from './row.ts';

const heads: readonly Text[] = [
  { zh: '测量什么', en: 'What' },
  { zh: '测得', en: 'Measured' },
  { zh: '目标', en: 'Goal' },
  { zh: '达到', en: 'Met' },
  { zh: '对照', en: 'Beside it' },
];

const units: { readonly [unit in Unit]: Text } = {
  '× bare': { zh: '× 裸循环', en: '× bare' },
  '× null': { zh: '× 空服务器', en: '× null' },
  '× node -e 0': { zh: '× 空 Node', en: '× node -e 0' },
  '×': { zh: '×', en: '×' },
  ms: { zh: '毫秒', en: 'ms' },
  µs: { zh: '微秒', en: 'µs' },
  s: { zh: '秒', en: 's' },
  kB: { zh: 'kB', en: 'kB' },
  MiB: { zh: 'MiB', en: 'MiB' },
  'MB/s': { zh: 'MB/s', en: 'MB/s' },
  count: { zh: '', en: '' },
};

/** The baseline as the table of docs/performance. */
export function performanceTable(language: Language): readonly string[] {
  const baseline = readBaseline();
  if (!baseline) return [];
  const { processor, cores, node } = baseline.machine;
  const machine: Text = {
    zh: `测于：${processor}，${cores} 核，Node ${node}。毫秒数只对这台机器有意义，比值到处可比。`,
    en: `Measured on: ${processor}, ${cores} cores, Node ${node}. Milliseconds mean something on that machine alone, ratios anywhere.`,
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    inLanguage(machine, language),
    '',
    line(heads.map((head) => inLanguage(head, language))),
    line(heads.map(() => '---')),
    ...baseline.rows.map((row) => line(cellsOf(row, language))),
  ];
}

function cellsOf(row: Row, language: Language): string[] {
  const unit = inLanguage(units[row.unit], language);
  const bound = row.most === undefined ? row.least : row.most;
  const met = isMet(row);
  const note = row.note ? inLanguage({ zh: `（${row.note.zh}）`, en: ` (${row.note.en})` }, language) : '';
  return [
    inLanguage(row.title, language) + note,
    `${ranged(row, language)} ${unit}`.trim(),
    bound === undefined ? '' : `${row.most === undefined ? '≥' : '≤'} ${written(bound)}`,
    met === undefined ? '' : met ? '✔' : '✘',
    row.peers.map((peer) => besides(peer, language)).join(inLanguage({ zh: '；', en: '; ' }, language)),
  ];
}

function besides(peer: Peer, language: Language): string {
  const name = typeof peer.name === 'string' ? peer.name : inLanguage(peer.name, language);
  return `${name} ${written(peer.value)}`;
}

/** The figure, and how far it went in other blocks of rounds where that can be seen. */
function ranged({ value, low, high }: Figure, language: Language): string {
  const [from, to] = [written(low), written(high)];
  if (from === to) return written(value);
  return inLanguage({ zh: `${written(value)}（${from}–${to}）`, en: `${written(value)} (${from}–${to})` }, language);
}
