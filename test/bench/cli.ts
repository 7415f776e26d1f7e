import { join, resolve } from 'node:path';
import { scriptOfLines, scriptsOfLines } from './generate.ts';
import { figureOf } from './measure.ts';
import { type Usage, usageOf } from './program.ts';
import { exact, type Figure, type Row } from './row.ts';
import { textlintFolder, write } from './textlint.ts';

const rounds = 5;

/** `huashu check` as shipped, beside a Node that does nothing, and textlint with as many phrases of prh. */
export async function cli(modules: string): Promise<readonly Row[]> {
  const folder = resolve('out/bench/cli');
  const text = scriptOfLines(10_000);
  const script = write(join(folder, 'long/话术.huashu'), text);
  const many = join(folder, 'many');
  for (const [name, source] of scriptsOfLines(1000, 200)) write(join(many, name), source);
  const { rc, file } = textlintFolder(text, 500);
  const command = resolve('dist/node/cli.cjs');
  const programs: { readonly [name: string]: { args: readonly string[]; rounds: number } } = {
    node: { args: ['-e', '0'], rounds },
    check: { args: [command, 'check', script, '--pack', 'us-fdcpa'], rounds },
    textlint: { args: [join(modules, 'textlint/bin/textlint.js'), '--config', rc, file], rounds: 2 },
  };
  const seen = new Map<string, Usage[]>(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, program] of Object.entries(programs)) {
      if (round < program.rounds) seen.get(name)?.push(await usageOf(program.args));
    }
  }
  const folders: Usage[] = [];
  for (let round = 0; round < 3; round++) {
    folders.push(await usageOf([command, 'check', many, '--jobs', '2'], { silent: true }));
  }
  const seconds = (take: (usage: Usage) => number): Figure => {
    const all = folders.map((usage) => take(usage) / 1000);
    return figureOf(Math.min(...all), all);
  };
  const times = (name: string, take: (usage: Usage) => number): Figure => {
    const floor = Math.min(...(seen.get('node') ?? []).map(take));
    const all = (seen.get(name) ?? []).map((usage) => take(usage) / floor);
    return figureOf(Math.min(...all), all);
  };
  const wall = ({ wall: time }: Usage): number => time;
  const cpu = ({ cpu: time }: Usage): number => time;
  const floor = Math.min(...(seen.get('node') ?? []).map(wall));
  return [
    {
      id: 'cli.check',
      title: { zh: 'huashu check 检查一万行', en: 'huashu check of 10,000 lines' },
      unit: '× node -e 0',
      ...times('check', wall),
      most: 3.5,
      peers: [{ name: 'textlint + textlint-rule-prh, 500 phrases', ...times('textlint', wall) }],
      note: { zh: `node -e 0 为 ${floor.toFixed(0)} 毫秒`, en: `node -e 0 takes ${floor.toFixed(0)} ms` },
    },
    {
      id: 'cli.check.cpu',
      title: { zh: '同上，CPU 时间', en: 'The same in CPU time' },
      unit: '× node -e 0',
      ...times('check', cpu),
      peers: [{ name: 'textlint + textlint-rule-prh, 500 phrases', ...times('textlint', cpu) }],
    },
    {
      id: 'cli.memory',
      title: { zh: 'huashu check 一万行的内存峰值', en: 'Peak memory of huashu check with 10,000 lines' },
      unit: 'MiB',
      ...exact(Math.min(...(seen.get('check') ?? []).map(({ peak }) => peak))),
      peers: [{ name: 'node -e 0', ...exact(Math.min(...(seen.get('node') ?? []).map(({ peak }) => peak))) }],
    },
    {
      id: 'cli.folder',
      title: { zh: 'huashu check 一千个各二百行的话术', en: 'huashu check of 1,000 scripts of 200 lines' },
      unit: 's',
      ...seconds(wall),
      most: 2,
      peers: [{ name: { zh: 'CPU 时间', en: 'CPU time' }, ...seconds(cpu) }],
      note: { zh: '--jobs 2', en: '--jobs 2' },
    },
  ];
}
