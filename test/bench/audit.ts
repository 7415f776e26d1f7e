import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repeatedShare, transcript, transcriptOf } from './generate.ts';
import { figureOf } from './measure.ts';
import { type Usage, usageOf } from './program.ts';
import { exact, type Figure, type Row } from './row.ts';

export interface AuditEffort {
  /** Megabytes of the file that is measured. */
  readonly file: number;
  /** Megabytes of the stream that memory is watched over. */
  readonly stream: number;
}

const rounds = 3;

/** `huashu audit` on generated transcripts: how much a core does, how much two do, and what it holds in memory. */
export async function audit({ file: megabytes, stream }: AuditEffort): Promise<readonly Row[]> {
  const folder = resolve('out/bench/audit');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'calls.jsonl');
  const text = transcriptOf(megabytes * 1e6);
  writeFileSync(file, text);
  const bytes = Buffer.byteLength(text);
  const command = [resolve('dist/node/cli.cjs'), 'audit', '--pack', 'us-fdcpa'];
  const one: Usage[] = [];
  const two: Usage[] = [];
  const empty: Usage[] = [];
  for (let round = 0; round < rounds; round++) {
    one.push(await usageOf([...command, file, '--jobs', '1']));
    two.push(await usageOf([...command, file, '--jobs', '2']));
    empty.push(await usageOf([resolve('test/bench/nullAudit.cjs')], { input: [text] }));
  }
  const speed = (all: readonly Usage[]): Figure => {
    const each = all.map(({ cpu }) => bytes / 1000 / cpu);
    return figureOf(Math.max(...each), each);
  };
  const speedUp = one.map(({ wall }, round) => wall / (two[round]?.wall ?? Number.NaN));
  const expected = one[0]?.output ?? Buffer.alloc(0);
  const same = [...one, ...two].every(({ output }) => output.equals(expected));
  const inOrder = isInOrder(text, expected.toString('utf8'));
  const short = await usageOf([...command, '--jobs', '2'], { input: some(stream / 4), silent: true });
  const long = await usageOf([...command, '--jobs', '2'], { input: some(stream), silent: true });
  const share = {
    zh: `其中约 ${repeatedShare}% 是人人常说的短句，其余几乎各不相同`,
    en: `some ${repeatedShare} % of the lines are short ones that everybody says, nearly all others differ`,
  };
  return [
    {
      id: 'audit.speed',
      title: { zh: 'huashu audit 每核每秒，全部自带规则包', en: 'huashu audit a second and core, all bundled packs' },
      unit: 'MB/s',
      ...speed(one),
      least: 25,
      peers: [
        {
          name: { zh: '空检查：只读入、解析、回答每一行', en: 'null audit: lines read, parsed and answered' },
          ...speed(empty),
        },
      ],
      note: { zh: `${megabytes} MB 的 JSON Lines，${share.zh}`, en: `${megabytes} MB of JSON Lines; ${share.en}` },
    },
    {
      id: 'audit.two',
      title: { zh: '两个线程的加速', en: 'Speed-up with two threads' },
      unit: '×',
      ...figureOf(Math.min(...one.map(({ wall }) => wall)) / Math.min(...two.map(({ wall }) => wall)), speedUp),
      least: 1.7,
      peers: [],
    },
    {
      id: 'audit.order',
      title: {
        zh: '顺序不变，且一个线程和两个线程的输出逐字节相同（1 为是）',
        en: 'Order kept, and output of one and two threads the same byte for byte (1: yes)',
      },
      unit: 'count',
      ...exact(same && inOrder ? 1 : 0),
      least: 1,
      peers: [],
    },
    {
      id: 'audit.memory',
      title: {
        zh: `${stream} MB 的流比 ${stream / 4} MB 的多占的内存峰值`,
        en: `Peak memory with a stream of ${stream} MB beyond that with ${stream / 4} MB`,
      },
      unit: 'MiB',
      ...exact(long.peak - short.peak),
      most: 16,
      peers: [{ name: { zh: `${stream} MB 时的峰值`, en: `peak with ${stream} MB` }, ...exact(long.peak) }],
    },
    ...(await underParallel(file, command, expected)),
  ];
}

/** So many megabytes of a transcript, made as they are read. */
function* some(megabytes: number): Generator<string> {
  let size = 0;
  for (const line of transcript(9)) {
    yield line;
    size += Buffer.byteLength(line);
    if (size >= megabytes * 1e6) return;
  }
}

function isInOrder(input: string, output: string): boolean {
  const ids = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
  return ids(input).join() === ids(output).join();
}

/** The same under GNU parallel, which cuts the file in pieces and gives each to a process of its own. */
async function underParallel(file: string, command: readonly string[], expected: Buffer): Promise<readonly Row[]> {
  const title = {
    zh: 'GNU parallel 之下的输出与单个进程逐字节相同（1 为是）',
    en: 'Output under GNU parallel the same as of one process, byte for byte (1: yes)',
  };
  const row = { id: 'audit.parallel', title, unit: 'count' as const, least: 1, peers: [] };
  if (!hasParallel()) {
    console.log(
      '· 没有 GNU parallel（Debian 包 parallel），不测 / There is no GNU parallel (Debian package parallel): not measured',
    );
    return [];
  }
  const block = Math.ceil(expected.length / 8);
  const hash = createHash('sha256');
  const child = spawn(
    'parallel',
    [
      '--will-cite',
      '--pipepart',
      '--block',
      String(block),
      '-k',
      '-j',
      '2',
      '-a',
      file,
      process.execPath,
      ...command,
      '--jobs',
      '1',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  for await (const data of child.stdout) hash.update(data as Buffer);
  const same = hash.digest('hex') === createHash('sha256').update(expected).digest('hex');
  return [{ ...row, ...exact(same ? 1 : 0) }];
}

function hasParallel(): boolean {
  try {
    return execFileSync('parallel', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).startsWith('GNU');
  } catch {
    return false;
  }
}
