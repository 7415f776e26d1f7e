import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scriptsOfLines } from './generate.ts';
import { Session } from './lspDriver.ts';
import { huashu, initializeParams } from './lspServers.ts';
import { figureOf } from './measure.ts';
import { exact, type Row } from './row.ts';

const firstIdeograph = 0x4e00;
const ideographs = 20_000;

/** What the server holds in memory with a thousand scripts in its folder, and whether it grows with edits. */
export async function memory(edits: number): Promise<readonly Row[]> {
  const many = await withThousand();
  const empty = await growth('out/bench/nullServer.cjs', edits);
  const own = await growth('dist/node/server.cjs', edits);
  return [
    {
      id: 'memory.thousand',
      title: {
        zh: '文件夹里有一千个各二百行的话术、全部检查完时的内存峰值',
        en: 'Peak memory with 1,000 scripts of 200 lines in the folder, all checked',
      },
      unit: 'MiB',
      ...exact(many.peak),
      // 120 MB
      most: 114,
      peers: [{ name: { zh: '全部完成之后', en: 'when all is done' }, ...exact(many.now) }],
      note: {
        zh: `全部检查完用了 ${(many.cpu / 1000).toFixed(1)} 秒 CPU`,
        en: `Checking them all took ${(many.cpu / 1000).toFixed(1)} s of CPU`,
      },
    },
    {
      id: 'memory.growth',
      title: {
        zh: `${edits} 次编辑中后一半比前一半多占的内存（一千行）`,
        en: `Memory in the second half of ${edits} edits beyond that in the first (1,000 lines)`,
      },
      unit: 'MiB',
      ...own,
      most: 4,
      peers: [{ name: { zh: '空服务器', en: 'null server' }, ...empty }],
    },
  ];
}

async function withThousand(): Promise<{ readonly peak: number; readonly now: number; readonly cpu: number }> {
  const folder = pathToFileURL(`${resolve('out/bench/thousand')}/`).toString();
  const files = new Map(
    [...scriptsOfLines(1000, 200)].map(([name, text]) => [
      folder + name.split('/').map(encodeURIComponent).join('/'),
      text,
    ]),
  );
  const server = huashu('Huashu', ['dist/node/server.cjs', '--stdio'], 200, true);
  const session = new Session(server.command, (method, params) => {
    if (method === 'huashu/files') return [...files.keys()];
    if (method === 'huashu/read') return files.get((params as { uri: string }).uri) ?? null;
    if (method === 'huashu/folder') return [];
    return server.answering(method, params);
  });
  await session.request('initialize', {
    ...initializeParams(server),
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'bench' }],
  }).answer;
  session.notify('initialized', {});
  session.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'all' });
  // Nothing is checked while somebody might still be about to type: a short rest is not yet the end.
  await session.quiet(4000);
  const held = { ...session.memory(), cpu: session.cpu() };
  await session.stop();
  return held;
}

/**
 * Two halves of the edits, without the first fifth, in which a server finds its size. Hardly a line comes twice: what is
 * remembered of a line that once was is the first thing that grows.
 */
async function growth(server: string, edits: number) {
  const tried = huashu('', [server, '--stdio'], 1000, true);
  const session = new Session(tried.command, tried.answering);
  await session.request('initialize', initializeParams(tried)).answer;
  session.notify('initialized', {});
  const { uri, languageId, text, keys } = tried.document;
  let version = 1;
  session.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  const held: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const at = keys[(edit >> 1) % keys.length] ?? { line: 0, character: 0 };
    // A key and the one that takes it back, so that the text stays as long as it is.
    const range = { start: at, end: edit % 2 === 0 ? at : { ...at, character: at.character + 1 } };
    const typed = String.fromCharCode(firstIdeograph + ((edit >> 1) % ideographs));
    version++;
    session.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: edit % 2 === 0 ? typed : '' }],
    });
    await session.request('textDocument/diagnostic', { textDocument: { uri } }).answer;
    if (edit >= edits / 5 && edit % Math.ceil(edits / 200) === 0) held.push(session.memory().now);
  }
  await session.stop();
  // What is held right after a collection, which is what can grow for good.
  const parts = [0, 1, 2, 3].map((quarter) => {
    const from = Math.floor((quarter * held.length) / 4);
    return Math.min(...held.slice(from, Math.floor(((quarter + 1) * held.length) / 4)));
  });
  const [first = 0, second = 0, third = 0, fourth = 0] = parts;
  return figureOf(Math.min(third, fourth) - Math.min(first, second), [third - first, fourth - second]);
}
