import type { Text } from '../../server/src/base/text.ts';
import { delay, type Message, Session } from './lspDriver.ts';
import { huashu, initializeParams, json, type Position, type Tried, yaml } from './lspServers.ts';
import { figureOf, median, quantile } from './measure.ts';
import type { Figure, Row, Unit } from './row.ts';

const lines = 10_000;
const rounds = { ours: 4, peers: 2 };
const keysPressed = 20;
const asked = 8;

/** What one process of a server was seen to need; milliseconds. */
interface Seen {
  readonly initialize: number;
  readonly open: number;
  readonly openCpu: number;
  readonly findings: number;
  readonly key: readonly number[];
  readonly keyCpu: readonly number[];
  /** Bytes of the answers. */
  readonly keyBytes: readonly number[];
  /** A key and all else that VS Code asks behind it; empty of servers that are not asked. */
  readonly everything: readonly number[];
  /** What is done when nobody has typed for a while. */
  readonly idleCpu: number;
  readonly completion: readonly number[];
  readonly hover: readonly number[];
  /** Behind a burst of twenty keys, from the last one to the findings, and the CPU of all. */
  readonly burst: readonly number[];
  readonly burstCpu: readonly number[];
  readonly peak: number;
}

/** A key press in 10,000 lines, over the protocol, beside an empty server and others. */
export async function lsp(modules: string): Promise<readonly Row[]> {
  const ours = ['dist/node/server.cjs', '--stdio'];
  const empty = ['out/bench/nullServer.cjs', '--stdio'];
  const tried: readonly { readonly tried: Tried; readonly rounds: number }[] = [
    { tried: huashu('null server, pull', empty, lines, true), rounds: rounds.ours },
    { tried: { ...huashu('Huashu, pull', ours, lines, true), everything: true }, rounds: rounds.ours },
    { tried: huashu('null server, push', empty, lines, false), rounds: rounds.ours },
    { tried: huashu('Huashu, push', ours, lines, false), rounds: rounds.ours },
    { tried: json(modules, lines, true), rounds: rounds.peers },
    { tried: json(modules, lines, false), rounds: rounds.peers },
    { tried: yaml(modules, lines), rounds: rounds.peers },
  ];
  const seen = new Map<string, Seen[]>(tried.map((each) => [each.tried.name, []]));
  for (let round = 0; round < Math.max(rounds.ours, rounds.peers); round++) {
    for (const each of tried) {
      if (round >= each.rounds) continue;
      const one = await drive(each.tried);
      seen.get(each.tried.name)?.push(one);
      console.log(
        `· ${each.tried.name}: initialize ${one.initialize.toFixed(0)} ms, open ${one.open.toFixed(0)} ms, ${one.findings} findings, key ${median(one.key).toFixed(1)} ms, CPU ${median(one.keyCpu).toFixed(2)} ms, peak ${one.peak.toFixed(0)} MiB`,
      );
    }
  }
  return rowsOf(seen);
}

async function drive(server: Tried): Promise<Seen> {
  const { document, pull } = server;
  const { uri, languageId, text } = document;
  const started = performance.now();
  const session = new Session(server.command, server.answering);
  const initialized = await session.request('initialize', initializeParams(server)).answer;
  const initialize = performance.now() - started;
  if (initialized.error) throw new Error(`${server.name}: ${initialized.error.message}`);
  session.notify('initialized', {});
  for (const { method, params } of server.greet ?? []) session.notify(method, params);
  if (pull && server.name.startsWith('Huashu')) {
    // Held for good, as VS Code holds it.
    session.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'all' });
  }
  await session.quiet();

  let version = 1;
  const change = (at: Position, typed: string): void => {
    version++;
    session.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text: typed }],
    });
  };
  const published = (): Promise<Message> =>
    session.next('textDocument/publishDiagnostics', (params: { uri: string }) => params.uri === uri);
  let resultId: string | undefined;
  const pullOnce = () => {
    const previousResultId = resultId === undefined ? {} : { previousResultId: resultId };
    const { answer, cancel } = session.request('textDocument/diagnostic', {
      textDocument: { uri },
      ...previousResultId,
    });
    return {
      cancel,
      answer: answer.then((message) => {
        resultId = (message.result as { resultId?: string } | undefined)?.resultId ?? resultId;
        return message;
      }),
    };
  };
  /** The findings after what `act` does. */
  const findingsAfter = async (act: () => void): Promise<{ readonly count: number; readonly bytes: number }> => {
    const push = pull ? undefined : published();
    act();
    const message = push ? await push : await pullOnce().answer;
    const { items, diagnostics } = (message.result ?? message.params ?? {}) as { items?: []; diagnostics?: [] };
    return { count: (items ?? diagnostics ?? []).length, bytes: session.lastBytes };
  };

  let begun = performance.now();
  let cpu = session.cpu();
  const { count: findings } = await findingsAfter(() =>
    session.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
  );
  const open = performance.now() - begun;
  await session.quiet();
  const openCpu = session.cpu() - cpu;

  const key: number[] = [];
  const keyCpu: number[] = [];
  const keyBytes: number[] = [];
  for (const at of document.keys.slice(0, keysPressed)) {
    cpu = session.cpu();
    begun = performance.now();
    const { bytes } = await findingsAfter(() => change(at, '的'));
    keyBytes.push(bytes);
    key.push(performance.now() - begun);
    // As long as a quick typist takes, so that what is done behind the answer counts as well.
    await delay(60);
    keyCpu.push(session.cpu() - cpu);
  }

  cpu = session.cpu();
  await delay(1800);
  await session.quiet();
  const idleCpu = session.cpu() - cpu;

  const everything: number[] = [];
  for (const at of server.everything ? document.keys.slice(keysPressed, keysPressed + asked) : []) {
    begun = performance.now();
    change(at, '的');
    await Promise.all(
      [pullOnce(), ...asksBehindKey(uri, at).map((ask) => session.request(...ask))].map(({ answer }) => answer),
    );
    everything.push(performance.now() - begun);
    await delay(30);
  }

  /** Right behind an edit, and behind the question for findings that goes with it. */
  const behindEdit = async (method: string, from: number): Promise<number[]> => {
    const times: number[] = [];
    for (const at of document.places.slice(from, from + asked)) {
      const push = pull ? undefined : published();
      change(at, document.typed);
      const pulled = pull ? pullOnce() : undefined;
      begun = performance.now();
      await session.request(method, {
        textDocument: { uri },
        position: { line: at.line, character: at.character + document.typed.length },
      }).answer;
      times.push(performance.now() - begun);
      await (push ?? pulled?.answer);
      await delay(30);
    }
    return times;
  };
  const completion = await behindEdit('textDocument/completion', 0);
  const hover = await behindEdit('textDocument/hover', asked);

  const burst: number[] = [];
  const burstCpu: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    cpu = session.cpu();
    burst.push(await burstOf(document.keys[keysPressed + asked + turn] ?? { line: 0, character: 0 }));
    await delay(60);
    burstCpu.push(session.cpu() - cpu);
  }
  const { peak } = session.memory();
  await session.stop();
  return {
    initialize,
    open,
    openCpu,
    findings,
    key,
    keyCpu,
    keyBytes,
    everything,
    idleCpu,
    completion,
    hover,
    burst,
    burstCpu,
    peak,
  };

  /** Twenty keys in one go. VS Code asks again after each, and cancels what it asked before; it asks once at a time. */
  async function burstOf({ line, character }: Position): Promise<number> {
    let last = 0;
    const type = (count: number): void => {
      change({ line, character: character + count }, '的');
      last = performance.now();
    };
    if (!pull) {
      for (let count = 0; count < 20; count++) type(count);
      // The findings of the last version, or what comes when nothing more does.
      let at = last;
      for (;;) {
        const more = await Promise.race([published(), delay(1200).then(() => undefined)]);
        if (!more) return at - last;
        at = performance.now();
        const said = (more.params as { version?: number }).version;
        if (said === version) return at - last;
      }
    }
    type(0);
    let asking = pullOnce();
    for (let count = 1; count < 20; count++) {
      type(count);
      if (count === 1) asking.cancel();
    }
    await asking.answer;
    asking = pullOnce();
    await asking.answer;
    return performance.now() - last;
  }
}

function everythingRow(seen: readonly Seen[]): readonly Row[] {
  const all = seen.flatMap(({ everything }) => everything);
  return [
    {
      id: 'lsp.everything',
      title: {
        zh: '按键到 VS Code 为这份话术所问的一切都有回答 p50',
        en: 'Key to the answers to all that VS Code asks about the script, p50',
      },
      unit: 'ms',
      ...figureOf(
        median(all),
        seen.map(({ everything }) => median(everything)),
      ),
      peers: [],
    },
  ];
}

/** What VS Code asks behind a key besides findings, for what it shows of a script. */
function asksBehindKey(uri: string, { line }: Position): readonly (readonly [method: string, params: object])[] {
  const textDocument = { uri };
  const range = { start: { line: Math.max(0, line - 40), character: 0 }, end: { line: line + 40, character: 0 } };
  return [
    ['textDocument/semanticTokens/full', { textDocument }],
    ['textDocument/inlayHint', { textDocument, range }],
    ['textDocument/codeLens', { textDocument }],
    ['textDocument/documentSymbol', { textDocument }],
    ['textDocument/foldingRange', { textDocument }],
    ['textDocument/documentLink', { textDocument }],
  ];
}

/** Names of servers as rows show them. */
function shownAs(name: string): string | Text {
  if (name.startsWith('null')) return { zh: '空服务器', en: 'null server' };
  const [product, way] = name.split(', ');
  return way === undefined
    ? name
    : {
        zh: `${product}（${way === 'pull' ? '来问' : '主动发'}）`,
        en: `${product} (${way === 'pull' ? 'asked' : 'sends'})`,
      };
}

function rowsOf(seen: ReadonlyMap<string, readonly Seen[]>): readonly Row[] {
  const of = (name: string): readonly Seen[] => seen.get(name) ?? [];
  const peers = [...seen.keys()].filter((name) => !name.startsWith('Huashu') && !name.startsWith('null'));
  /** A figure of each server, over all processes and for each of them. */
  const figure = (
    name: string,
    take: (one: Seen) => readonly number[],
    sum: (all: readonly number[]) => number,
  ): Figure =>
    figureOf(
      sum(of(name).flatMap(take)),
      of(name).map((one) => sum(take(one))),
    );
  const over = (one: Figure, { value }: Figure): Figure => ({
    value: one.value / value,
    low: one.low / value,
    high: one.high / value,
  });
  const row = (
    id: string,
    title: Text,
    unit: Unit,
    take: (one: Seen) => readonly number[],
    sum: (all: readonly number[]) => number,
    bounds: { readonly most?: number } = {},
  ): Row[] =>
    (['pull', 'push'] as const).map((way) => {
      const empty = figure(`null server, ${way}`, take, sum);
      const times = (name: string): Figure => {
        const own = figure(name, take, sum);
        return unit === '× null' ? over(own, empty) : own;
      };
      const others =
        way === 'pull' ? [...(unit === '× null' ? [] : [`null server, ${way}`]), ...peers] : [`null server, ${way}`];
      return {
        id: `lsp.${id}.${way}`,
        title: {
          zh: `${title.zh}（${way === 'pull' ? '编辑器来问，VS Code 如此' : '服务器主动发'}）`,
          en: `${title.en} (${way === 'pull' ? 'the editor asks, as VS Code does' : 'the server sends them'})`,
        },
        unit,
        ...times(`Huashu, ${way}`),
        ...bounds,
        peers: others.map((name) => ({ name: shownAs(name), ...times(name) })),
      };
    });
  const least = (all: readonly number[]): number => Math.min(...all);
  const p95 = (all: readonly number[]): number => quantile(all, 0.95);
  const most = (all: readonly number[]): number => Math.max(...all);
  return [
    ...row(
      'key.cpu',
      { zh: '一万行中按一个键：CPU', en: 'A key in 10,000 lines: CPU' },
      '× null',
      (one) => one.keyCpu,
      median,
      { most: 3 },
    ),
    ...row('key.p50', { zh: '按键到收到结果 p50', en: 'Key to findings, p50' }, '× null', (one) => one.key, median, {
      most: 3,
    }),
    ...row('key.time', { zh: '按键到收到结果 p50', en: 'Key to findings, p50' }, 'ms', (one) => one.key, median),
    ...row('key.p95', { zh: '按键到收到结果 p95', en: 'Key to findings, p95' }, 'ms', (one) => one.key, p95, {
      most: 10,
    }),
    ...everythingRow(of('Huashu, pull')),
    ...row(
      'bytes',
      { zh: '按键之后回答的大小', en: 'Size of the answer behind a key' },
      'kB',
      (one) => one.keyBytes.map((bytes) => bytes / 1000),
      median,
    ),
    ...row(
      'idle',
      { zh: '停止输入之后后台所用的 CPU', en: 'CPU used in the background when typing rests' },
      'ms',
      (one) => [one.idleCpu],
      median,
    ),
    ...row(
      'burst',
      { zh: '连按二十键：最后一键到结果', en: 'Twenty keys in one go: from the last to the findings' },
      'ms',
      (one) => one.burst,
      median,
      { most: 10 },
    ),
    ...row(
      'completion',
      { zh: '紧跟着编辑的补全 p95', en: 'Completion right behind an edit, p95' },
      'ms',
      (one) => one.completion,
      p95,
      { most: 5 },
    ),
    ...row(
      'hover',
      { zh: '紧跟着编辑的悬停 p95', en: 'Hover right behind an edit, p95' },
      'ms',
      (one) => one.hover,
      p95,
      { most: 5 },
    ),
    ...row(
      'open',
      { zh: '打开一万行到收到结果', en: 'Open 10,000 lines: to the findings' },
      '× null',
      (one) => [one.open],
      least,
      { most: 3 },
    ),
    ...row(
      'open.time',
      { zh: '打开一万行到收到结果', en: 'Open 10,000 lines: to the findings' },
      'ms',
      (one) => [one.open],
      least,
    ),
    ...row(
      'initialize',
      { zh: '启动到回答 initialize', en: 'Start to the answer to initialize' },
      '× null',
      (one) => [one.initialize],
      least,
      { most: 1.6 },
    ),
    ...row(
      'memory',
      { zh: '一万行时的内存峰值', en: 'Peak memory with 10,000 lines' },
      'MiB',
      (one) => [one.peak],
      most,
      { most: 100 },
    ),
  ];
}
