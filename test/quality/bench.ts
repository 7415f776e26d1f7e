// `npm run bench:quality [-- options] [files…]`: how many lines and scripts the bundled packs judge as people did.
//   --show develop|measure|all   prints the misses and the false alarms of that part (default: develop, ten of each)
//   --limit N                    how many of each
//   --category ID[,ID]           only lines of these categories, and their hits in ordinary text
//   --pack ID                    the pack that judges lines (default: cn-credit-card)
//   files                        *.jsonl: labelled lines, *.txt: ordinary lines; in place of those in this folder
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { bundledPacks } from '../packs.ts';
import { bars, type Share } from './bars.ts';
import {
  hitsIn,
  isAgreed,
  type Judged,
  judge,
  labelledFiles,
  ordinaryFiles,
  partOf,
  readLabelled,
  readOrdinary,
  type Score,
  scoreOf,
} from './measure.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    show: { type: 'string', default: 'develop' },
    limit: { type: 'string', default: '10' },
    category: { type: 'string' },
    pack: { type: 'string', default: 'cn-credit-card' },
  },
});
const packs = packSetOf(bundledPacks.filter(({ id }) => id === values.pack));
const limit = Number(values.limit);
const wanted = (category: string): boolean =>
  values.category === undefined || values.category.split(',').includes(category);

const named = positionals.length > 0;
for (const path of named ? positionals.filter((each) => each.endsWith('.jsonl')) : labelledFiles) measureLabelled(path);
for (const path of named ? positionals.filter((each) => each.endsWith('.txt')) : ordinaryFiles) measureOrdinary(path);

// What no file is named for: whole scripts, and what single lines do.
if (!named && values.category === undefined) measureFlow();

/** The figures of detectors and rules about the flow; `acts.ts` and `flow.ts` list what is behind them. */
function measureFlow(): void {
  const cell = ({ right, of }: Share): string => `${right}/${of}  ${percent(right, of)}`;
  console.log(`\n${'Flow and detectors'.padEnd(34)}${'found'.padStart(20)}${'left alone'.padStart(20)}`);
  for (const { name, measure } of bars) {
    const { found, clean } = measure();
    console.log(name.padEnd(34) + cell(found).padStart(20) + cell(clean).padStart(20));
  }
}

function measureLabelled(path: string): void {
  const lines = readLabelled(path).filter(({ category }) => wanted(category));
  const judged = judge(lines, packs);
  console.log(row(basename(path), ['violations', 'recall', 'precision', 'category', 'near misses', 'flagged']));
  for (const part of ['develop', 'measure', 'all'] as const)
    show(part, ({ line }) => part === 'all' || partOf(line, path) === part);
  for (const style of ['direct', 'indirect', 'euphemism', 'obfuscated'])
    show(style, ({ line }) => line.style === style);
  for (const category of new Set(lines.map((line) => line.category)))
    show(category, ({ line }) => line.category === category);
  const shown = judged.filter(({ line }) => values.show === 'all' || partOf(line, path) === values.show);
  const violations = shown.filter(({ line }) => line.label === 'violation');
  list(
    'Missed',
    violations.filter(({ hits }) => hits.length === 0),
  );
  list(
    'Other category',
    violations.filter((each) => each.hits.length > 0 && !isAgreed(each)),
  );
  list(
    'Wrongly flagged',
    shown.filter(({ line, hits }) => line.label === 'near-miss' && hits.length > 0),
  );
  console.log();

  function show(name: string, belongs: (each: Judged) => boolean): void {
    const some = judged.filter(belongs);
    if (some.length > 0) console.log(row(name, figures(scoreOf(some))));
  }
}

function measureOrdinary(path: string): void {
  const lines = readOrdinary(path);
  const flagged = lines
    .map((text) => ({ text, hits: hitsIn(text, packs).filter(({ rule }) => wanted(rule.category)) }))
    .filter(({ hits }) => hits.length > 0);
  const rate = ((1000 * flagged.length) / lines.length).toFixed(1);
  console.log(`${basename(path)}: ${flagged.length} of ${lines.length} lines flagged, ${rate} per thousand`);
  for (const { text, hits } of flagged.slice(0, limit)) print(text, hits);
}

function figures({ violations, found, agreed, harmless, wronglyFlagged }: Score): string[] {
  return [
    String(violations),
    percent(found, violations),
    percent(found, found + wronglyFlagged),
    percent(agreed, found),
    String(harmless),
    String(wronglyFlagged),
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(28) + cells.map((cell) => cell.padStart(12)).join('');
}

function list(title: string, judged: readonly Judged[]): void {
  console.log(`\n${title}: ${judged.length}`);
  for (const { line, hits } of judged.slice(0, limit)) print(line.text, hits, `${line.category}/${line.style ?? '–'} `);
}

function print(text: string, hits: Judged['hits'], before = ''): void {
  console.log(`  ${before}${text}`);
  for (const hit of hits) console.log(`      ${hit.rule.id} “${text.slice(hit.start, hit.end)}”`);
}
