import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Text } from '../../server/src/base/text.ts';
import { Session } from './lspDriver.ts';
import { figureOf, median } from './measure.ts';
import { exact, type Figure, type Row } from './row.ts';

const rounds = 12;

/** From a start to the answer to `initialize`, and what had to be loaded for it. */
export async function startup(): Promise<readonly Row[]> {
  const servers = { empty: 'out/bench/nullServer.cjs', ours: 'dist/node/server.cjs', cli: 'dist/node/cli.cjs' };
  const seen = { empty: [] as Start[], ours: [] as Start[], cli: [] as Start[] };
  for (let round = 0; round < rounds; round++) {
    seen.empty.push(await start([servers.empty, '--stdio']));
    seen.ours.push(await start([servers.ours, '--stdio']));
    if (round < 3) seen.cli.push(await start([servers.cli, 'lsp']));
  }
  const times = (name: keyof typeof seen, take: (one: Start) => number): Figure => {
    const floor = Math.min(...seen.empty.map(take));
    const all = seen[name].map(take);
    return figureOf(Math.min(...all) / floor, [median(all) / median(seen.empty.map(take))]);
  };
  const { loaded, all } = await loadedBy(servers.ours);
  const bytes = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
  const files = (names: readonly string[]): Text => {
    const list = names
      .map((name) => `${name.replace(`${resolve('dist')}/`, '')} ${(statSync(name).size / 1000).toFixed(0)} kB`)
      .join(', ');
    return { zh: list, en: list };
  };
  return [
    {
      id: 'start.initialize',
      title: { zh: '启动到回答 initialize', en: 'Start to the answer to initialize' },
      unit: '× null',
      ...times('ours', ({ wall }) => wall),
      most: 1.6,
      peers: [{ name: 'huashu lsp', ...times('cli', ({ wall }) => wall) }],
      note: {
        zh: `空服务器 ${Math.min(...seen.empty.map(({ wall }) => wall)).toFixed(0)} 毫秒`,
        en: `The empty server takes ${Math.min(...seen.empty.map(({ wall }) => wall)).toFixed(0)} ms`,
      },
    },
    {
      id: 'start.initialize.cpu',
      title: { zh: '同上，CPU 时间', en: 'The same in CPU time' },
      unit: '× null',
      ...times('ours', ({ cpu }) => cpu),
      peers: [{ name: 'huashu lsp', ...times('cli', ({ cpu }) => cpu) }],
    },
    {
      id: 'size.node',
      title: { zh: '服务器首次加载的代码', en: 'Code of the server’s first load' },
      unit: 'kB',
      ...exact(bytes(loaded.code)),
      most: 450,
      peers: [{ name: { zh: '另外读入的数据', en: 'data read besides' }, ...exact(bytes(loaded.data)) }],
      note: files([...loaded.code, ...loaded.data]),
    },
    {
      id: 'size.findings',
      title: {
        zh: '服务器给出第一批结果时已加载的代码',
        en: 'Code that a server has loaded when it gives its first findings',
      },
      unit: 'kB',
      ...exact(bytes(all.code)),
      peers: [{ name: { zh: '另外读入的数据', en: 'data read besides' }, ...exact(bytes(all.data)) }],
    },
    {
      id: 'size.web',
      title: { zh: '网页版服务器首次加载的代码', en: 'Code of the web server’s first load' },
      unit: 'kB',
      ...exact(bytes([resolve('dist/browser/server.js')])),
      most: 500,
      peers: [],
    },
  ];
}

interface Start {
  readonly wall: number;
  readonly cpu: number;
}

const params = { processId: process.pid, rootUri: null, capabilities: {}, locale: 'zh-cn' };

async function start(command: readonly string[]): Promise<Start> {
  const begun = performance.now();
  const session = new Session(command, () => null);
  const { error } = await session.request('initialize', params).answer;
  const started = { wall: performance.now() - begun, cpu: session.cpu() };
  if (error) throw new Error(error.message);
  session.notify('initialized', {});
  await session.stop();
  return started;
}

interface Loaded {
  readonly code: readonly string[];
  readonly data: readonly string[];
}

/** What of the product a server had loaded when it answered first, and when it had given its first findings. */
async function loadedBy(server: string): Promise<{ readonly loaded: Loaded; readonly all: Loaded }> {
  mkdirSync('out/bench', { recursive: true });
  const file = resolve('out/bench/loading.json');
  const session = new Session(['--require', resolve('test/bench/usageHook.cjs'), server, '--stdio'], () => null, {
    HUASHU_BENCH_USAGE: file,
    HUASHU_BENCH_DIST: resolve('dist'),
  });
  const textDocument = {
    uri: 'file:///w/a.huashu',
    languageId: 'huashu',
    version: 1,
    text: '【开场】\n坐席：您好。\n',
  };
  await session.request('initialize', { ...params, capabilities: { textDocument: { diagnostic: {} } } }).answer;
  session.notify('initialized', {});
  session.notify('textDocument/didOpen', { textDocument });
  await session.request('textDocument/diagnostic', { textDocument: { uri: textDocument.uri } }).answer;
  await session.stop();
  const read = (name: string): Loaded => {
    const loaded: Loaded = JSON.parse(readFileSync(name, 'utf8'));
    rmSync(name);
    return loaded;
  };
  return { loaded: read(`${file}.loaded`), all: read(`${file}.all`) };
}
