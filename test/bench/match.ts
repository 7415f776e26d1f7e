import { loadPack } from '../../server/src/packs/load.ts';
import { type PackSet, packSetOf } from '../../server/src/packs/packSet.ts';
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
  const lines = text.split('\n');
  return targets.flatMap(([count, most]) => {
    const list = phrases(count, text);
    const yaml = packOf(list);
    const set = setOf(yaml);
    const hits = lines.reduce((sum, line) => sum + hitsIn(line, set), 0);
    const matchers = peers(list);
    const passes: { [name: string]: Pass } = { ours: () => lines.reduce((sum, line) => sum + hitsIn(line, set), 0) };
    for (const [name, matcher] of Object.entries(matchers)) {
      passes[name] = () => lines.reduce((sum, line) => sum + matcher.find(line), 0);
    }
    const { ours, ...others } = timesBare(text, passes);
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
        note: {
          zh: `一万行中我们报告 ${hits} 处${Object.entries(matchers)
            .map(([name, { find }]) => `，${name} ${lines.reduce((sum, line) => sum + find(line), 0)} 处`)
            .join('')}；我们不报重叠的词`,
          en: `${hits} hits of ours in 10,000 lines${Object.entries(matchers)
            .map(([name, { find }]) => `, ${lines.reduce((sum, line) => sum + find(line), 0)} of ${name}`)
            .join('')}; of overlapping phrases we report one`,
        },
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
    ];
  });
}

function setOf(yaml: string): PackSet {
  const { pack, problems } = loadPack([{ path: 'bench.yaml', text: yaml }]);
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (!pack || problem) throw new Error(JSON.stringify(problem));
  return packSetOf([pack]);
}

function hitsIn(text: string, set: PackSet): number {
  return text === ''
    ? 0
    : checkWording({ text, variables: [], speaker: 'agent', steps: [], facts: {} }, set, today).length;
}

/** From the pack to the first line that is checked. */
function buildTime(yaml: string, lines: readonly string[]): Figure {
  const line = lines.find((each) => each.startsWith('坐席')) ?? '';
  const times = [0, 1, 2].map(() => {
    const set = setOf(yaml);
    return sampleOf(() => hitsIn(line, set), 0);
  });
  return { value: Math.min(...times), low: Math.min(...times), high: Math.max(...times) };
}

function timeOf(build: () => unknown): Figure {
  const times = [0, 1, 2].map(() => sampleOf(build, 0));
  return { value: Math.min(...times), low: Math.min(...times), high: Math.max(...times) };
}

interface Matcher {
  build(): unknown;
  /** How many phrases, overlapping ones and all, stand in a line. */
  find(line: string): number;
}

function peers(list: readonly string[]): { readonly [name: string]: Matcher } {
  const words = [...list];
  const { AhoCorasick } = peerModule<{
    AhoCorasick: new (words: string[]) => { matchInText(text: string): unknown[] };
  }>('@monyone/aho-corasick/fast');
  const Fastscan = peerModule<new (words: string[]) => { search(text: string): unknown[] }>('fastscan');
  const fast = new AhoCorasick(words);
  const scanner = new Fastscan(words);
  return {
    '@monyone/aho-corasick/fast': {
      build: () => new AhoCorasick(words),
      find: (line) => fast.matchInText(line).length,
    },
    fastscan: { build: () => new Fastscan(words), find: (line) => scanner.search(line).length },
  };
}
