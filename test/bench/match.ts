import { bytesOf, dataOf } from '../../server/src/base/bytes.ts';
import type { Span } from '../../server/src/base/span.ts';
import type { Text } from '../../server/src/base/text.ts';
import { loadPack } from '../../server/src/packs/load.ts';
import type { Pack } from '../../server/src/packs/pack.ts';
import { type PackSet, packSetOf } from '../../server/src/packs/packSet.ts';
import { type Prepared, prepare, usePrepared } from '../../server/src/rules/compiledPack.ts';
import { checkWording } from '../../server/src/rules/wording.ts';
import { packOf, phrases, scriptOfLines } from './generate.ts';
import { today } from './ground.ts';
import { type Pass, sampleOf, timesBare } from './measure.ts';
import { peerModule } from './peerModule.ts';
import type { Figure, Peer, Row } from './row.ts';

const targets: readonly (readonly [count: number, most: number])[] = [
  [500, 5],
  [5_000, 6],
  [50_000, 8],
];

/** Looking for many phrases, a line at a time, with folding, separators and exact ranges. */
export function matching(): readonly Row[] {
  const text = scriptOfLines(10_000);
  const lines = text.split('\n').filter((line) => line !== '');
  return targets.flatMap(([count, most]) => {
    const list = phrases(count, text);
    const yaml = packOf(list);
    const set = setOf(yaml);
    const find: Find = (line) => checkWording({ text: line, variables, speaker: 'agent', steps, facts }, set, today);
    const matchers = peers(list);
    const passOf =
      (search: Find): Pass =>
      () =>
        lines.reduce((sum, line) => sum + search(line).length, 0);
    const { ours, ...others } = timesBare(text, {
      ours: passOf(find),
      ...Object.fromEntries(Object.entries(matchers).map(([name, each]) => [name, passOf(each.find)])),
    });
    return [
      {
        id: `match.${count}`,
        title: {
          zh: `逐行查找 ${count} 个词，含归一、跳过间隔符和精确位置`,
          en: `Look for ${count} phrases line by line, with folding, separators and exact ranges`,
        },
        unit: '× bare' as const,
        ...ours!,
        most,
        peers: Object.entries(others).map(([name, figure]): Peer => ({ name, ...figure })),
        note: agreement(lines, find, matchers),
      },
      {
        id: `match.build.${count}`,
        title: {
          zh: `准备 ${count} 个词的规则包（YAML 已读完）`,
          en: `Make a pack of ${count} phrases ready (its YAML read)`,
        },
        unit: 'ms' as const,
        ...buildTime(yaml, lines),
        ...(count === 50_000 && { most: 300 }),
        peers: Object.entries(matchers).map(([name, { build }]): Peer => ({ name, ...timeOf(build) })),
      },
      {
        id: `match.table.${count}`,
        title: {
          zh: `从事先算好的表准备 ${count} 个词的规则包（规则包已读完）`,
          en: `Make a pack of ${count} phrases ready from a table worked out beforehand (the pack read)`,
        },
        unit: 'ms' as const,
        ...tableTime(yaml, lines),
        ...(count === 50_000 && { most: 15 }),
        peers: [],
      },
    ];
  });
}

/** Where phrases stand in a line; of peers overlapping ones and all. */
type Find = (line: string) => readonly Span[];

const [variables, steps, facts] = [[], [], {}];

/** How much was found, and how much of it touches nothing that we report. */
function agreement(lines: readonly string[], find: Find, matchers: { readonly [name: string]: Matcher }): Text {
  const count = (search: Find): number => lines.reduce((sum, line) => sum + search(line).length, 0);
  const [peer] = Object.values(matchers);
  const missed = lines.reduce((sum, line) => {
    const own = find(line);
    const isSeen = ({ start, end }: Span): boolean => own.some((each) => each.start < end && start < each.end);
    return sum + (peer?.find(line).filter((span) => !isSeen(span)).length ?? 0);
  }, 0);
  const others = Object.entries(matchers).map(([name, each]) => ({ name, found: count(each.find) }));
  return {
    zh: `一万行里我们报 ${count(find)} 处，${others.map(({ name, found }) => `${name} ${found} 处`).join('，')}；重叠的词我们只报一个，另有 ${missed} 处因此没有报`,
    en: `in 10,000 lines ${count(find)} of ours, ${others.map(({ name, found }) => `${found} of ${name}`).join(', ')}; of overlapping phrases we report one, and ${missed} more are left out with them`,
  };
}

function setOf(yaml: string): PackSet {
  return packSetOf([packIn(yaml)]);
}

function packIn(yaml: string): Pack {
  const { pack, problems } = loadPack([{ path: 'bench.yaml', text: yaml }]);
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (!pack || problem) throw new Error(JSON.stringify(problem));
  return pack;
}

/** From the pack to the first line that is checked. */
function buildTime(yaml: string, lines: readonly string[]): Figure {
  const line = lines.find((each) => each.startsWith('坐席')) ?? '';
  const times = [0, 1, 2].map(() => {
    const set = setOf(yaml);
    return sampleOf(() => checkWording({ text: line, variables, speaker: 'agent', steps, facts }, set, today), 0);
  });
  return { value: Math.min(...times), low: Math.min(...times), high: Math.max(...times) };
}

/** The same with what was worked out when the pack was built, as bundled packs have it. */
function tableTime(yaml: string, lines: readonly string[]): Figure {
  const line = lines.find((each) => each.startsWith('坐席')) ?? '';
  const bytes = bytesOf(prepare(packIn(yaml)));
  const times = [0, 1, 2, 3, 4].map(() => {
    const pack = packIn(yaml);
    return sampleOf(() => {
      usePrepared(pack, dataOf(bytes) as Prepared);
      return checkWording({ text: line, variables, speaker: 'agent', steps, facts }, packSetOf([pack]), today);
    }, 0);
  });
  return { value: Math.min(...times), low: Math.min(...times), high: Math.max(...times) };
}

function timeOf(build: () => unknown): Figure {
  const times = [0, 1, 2].map(() => sampleOf(build, 0));
  return { value: Math.min(...times), low: Math.min(...times), high: Math.max(...times) };
}

interface Matcher {
  build(): unknown;
  readonly find: Find;
}

function peers(list: readonly string[]): { readonly [name: string]: Matcher } {
  const words = [...list];
  const { AhoCorasick } = peerModule<{
    AhoCorasick: new (words: string[]) => { matchInText(text: string): { begin: number; end: number }[] };
  }>('@monyone/aho-corasick/fast');
  const Fastscan = peerModule<new (words: string[]) => { search(text: string): [number, string][] }>('fastscan');
  const fast = new AhoCorasick(words);
  const scanner = new Fastscan(words);
  return {
    '@monyone/aho-corasick/fast': {
      build: () => new AhoCorasick(words),
      find: (line) => fast.matchInText(line).map(({ begin, end }) => ({ start: begin, end })),
    },
    fastscan: {
      build: () => new Fastscan(words),
      find: (line) => scanner.search(line).map(([start, word]) => ({ start, end: start + word.length })),
    },
  };
}
