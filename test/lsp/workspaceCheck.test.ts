import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { ProgressType } from 'vscode-languageserver-protocol/node';
import type { CheckedWorkspace } from '../../server/src/lsp/checkRequests.ts';
import { type Client, type ClientOptions, start } from './client.ts';
import { servers } from './servers.ts';
import { workspaceReports } from './workspaceReports.ts';

const folder = 'memfs:/w';
const uriOf = (name: string, root = folder): string => `${root}/${encodeURIComponent(name).replaceAll('%2F', '/')}`;

const threat = '【开场】\n坐席：再挂电话我就找人打断你的腿。\n结束：完成\n';
const clean = '【开场】\n坐席：谢谢您，再见。\n结束：完成\n';
const lost = '【开场】\n坐席：您好。\n→ 公共/告别\n';
const shared = '【告别】\n坐席：再见。\n结束：完成\n';

/** The files that are told of, and what is wrong with them; what rules about the flow miss in fragments is not the matter here. */
function listed(current: ReadonlyMap<string, readonly Diagnostic[]>): { readonly [uri: string]: string } {
  const about = (items: readonly Diagnostic[]): string =>
    items
      .map(({ code }) => String(code))
      .filter((code) => ['cn/no-threat-of-violence', 'unknown-target', 'our/no-nickname'].includes(code))
      .join(' ');
  return Object.fromEntries([...current].map(([uri, items]) => [uri, about(items)]).filter(([, codes]) => codes));
}

const is =
  (expected: { readonly [uri: string]: string }) =>
  (current: ReadonlyMap<string, readonly Diagnostic[]>): boolean =>
    JSON.stringify(Object.entries(listed(current)).sort()) === JSON.stringify(Object.entries(expected).sort());

suite('scripts checked in the background', () => {
  const running: Client[] = [];
  teardown(async () => {
    await Promise.all(running.splice(0).map((client) => client.stop()));
  });

  async function launch(files: { readonly [uri: string]: string }, options: ClientOptions = {}) {
    const store = new Map<string, string | null>(Object.entries(files));
    const client = await start({ folder, files: store, ...options });
    running.push(client);
    return {
      client,
      store,
      notify: (method: string, params: object): void => void client.connection.sendNotification(method, params),
      /** Changes a file on the disk and tells the server. */
      write(uri: string, text: string | undefined): void {
        const type = text === undefined ? 3 : store.has(uri) ? 2 : 1;
        if (text === undefined) store.delete(uri);
        else store.set(uri, text);
        void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
      },
    };
  }

  for (const server of Object.keys(servers) as (keyof typeof servers)[])
    test(`are told of as they are checked, and again only when their problems have changed, by ${server}`, async () => {
      const [a, b, c] = [uriOf('甲.huashu'), uriOf('乙 一/乙.话术'), uriOf('丙.huashu')];
      const { client, write } = await launch({ [a]: threat, [b]: lost, [c]: clean }, { server });
      const reports = workspaceReports(client);
      await reports.until(is({ [a]: 'cn/no-threat-of-violence', [b]: 'unknown-target' }));
      const times = (uri: string): number => reports.told.filter((each) => each === uri).length;
      assert.deepEqual([times(a), times(b)], [1, 1]);
      write(uriOf('公共.huashu'), shared);
      await reports.until(is({ [a]: 'cn/no-threat-of-violence' }));
      write(a, clean);
      await reports.until(is({}));
      write(c, threat);
      await reports.until(is({ [c]: 'cn/no-threat-of-violence' }));
      assert.deepEqual([times(a), times(b)], [2, 2]);
      reports.cancel();
      assert.equal(((await reports.answer) as { code: number }).code, -32800);
    });

  test('who knows them already is not told again', async () => {
    const [a, b] = [uriOf('甲.huashu'), uriOf('乙.huashu')];
    const { client, write } = await launch({ [a]: threat, [b]: threat });
    const first = workspaceReports(client);
    await first.until((current) => current.size === 2);
    first.cancel();
    await first.answer;
    const second = workspaceReports(client, first.ids);
    write(b, clean);
    await second.until(() => second.told.includes(b));
    assert.deepEqual(second.told, [b]);
    const { items } = await client.connection.sendRequest<{ items: { uri: string; kind: string }[] }>(
      'workspace/diagnostic',
      { previousResultIds: [...first.ids].map(([uri, value]) => ({ uri, value })) },
    );
    assert.deepEqual(
      items.map(({ uri, kind }) => [uri, kind]).sort(),
      [
        [a, 'unchanged'],
        [b, 'full'],
      ].sort(),
    );
  });

  test('the problems of a file that has gone go with it', async () => {
    const [a, b] = [uriOf('甲.huashu'), uriOf('旧/乙.huashu')];
    const { client, write, store, notify } = await launch({ [a]: threat, [b]: threat });
    const reports = workspaceReports(client);
    await reports.until((current) => current.size === 2);
    write(a, undefined);
    await reports.until((current) => [...current.keys()].join() === b);
    store.delete(b);
    notify('workspace/didDeleteFiles', { files: [{ uri: uriOf('旧') }] });
    await reports.until((current) => current.size === 0);
  });

  test('what is typed counts, and what was not saved is forgotten when the file is closed', async () => {
    const a = uriOf('甲.huashu');
    const { client, notify } = await launch({ [a]: threat });
    const reports = workspaceReports(client);
    await reports.until(is({ [a]: 'cn/no-threat-of-violence' }));
    client.open(a, threat);
    client.change(a, lost, 2);
    await reports.until(is({ [a]: 'unknown-target' }));
    notify('textDocument/didClose', { textDocument: { uri: a } });
    await reports.until(is({ [a]: 'cn/no-threat-of-violence' }));
  });

  test('a file that is closed is told of again even if nothing changed, since the editor may have forgotten it', async () => {
    const a = uriOf('甲.huashu');
    const { client, notify } = await launch({ [a]: threat });
    const reports = workspaceReports(client);
    client.open(a, threat);
    await reports.until((current) => current.size === 1);
    const before = reports.told.length;
    notify('textDocument/didClose', { textDocument: { uri: a } });
    await reports.until(() => reports.told.length > before);
    assert.equal(reports.told.at(-1), a);
  });

  test('hidden folders, node_modules and files elsewhere are left out, also where scripts refer to them', async () => {
    const [a, hidden, module, outside] = [
      uriOf('甲.huashu'),
      uriOf('.旧/乙.huashu'),
      uriOf('node_modules/x/丙.huashu'),
      'memfs:/公共.huashu',
    ];
    const { client, write } = await launch({ [a]: lost, [hidden]: threat, [module]: threat });
    const reports = workspaceReports(client);
    await reports.until(is({ [a]: 'unknown-target' }));
    write(outside, shared + threat);
    write(hidden, `${threat}\n`);
    await reports.until(is({}));
    assert.deepEqual([...new Set(reports.told)], [a]);
  });

  test('only open files, if the settings say so, until somebody asks for all', async () => {
    const [a, b] = [uriOf('甲.huashu'), uriOf('乙.huashu')];
    const settings = { checkScope: 'openFiles' };
    const { client, notify } = await launch({ [a]: threat, [b]: threat }, { settings });
    const reports = workspaceReports(client);
    client.open(a, threat);
    notify('textDocument/didClose', { textDocument: { uri: a } });
    await reports.until(() => reports.told.length > 0);
    assert.deepEqual([reports.told, reports.current.size], [[a], 0]);
    const found = await client.connection.sendRequest<CheckedWorkspace>('huashu/checkWorkspace', {});
    assert.deepEqual([found.files, found.errors, found.unreadable], [2, 2, []]);
    assert.match(found.summary, /^检查了 2 个文件：2 个错误，\d+ 个警告/);
    assert.equal(reports.current.size, 2);
  });

  test('the setting takes effect at once, in both directions', async () => {
    const a = uriOf('甲.huashu');
    const settings = { checkScope: 'workspace' };
    const { client, notify } = await launch({ [a]: threat }, { settings });
    const reports = workspaceReports(client);
    await reports.until((current) => current.size === 1);
    settings.checkScope = 'openFiles';
    notify('workspace/didChangeConfiguration', { settings: null });
    await reports.until((current) => current.size === 0);
    settings.checkScope = 'workspace';
    notify('workspace/didChangeConfiguration', { settings: null });
    await reports.until((current) => current.size === 1);
  });

  test('several folders, each with its own huashu.yaml and settings, one of them opened later', async () => {
    const [one, two, three] = ['memfs:/一', 'memfs:/二', 'memfs:/三'].map((uri) => encodeURI(uri));
    const [a, b, c] = [uriOf('甲.huashu', one), uriOf('乙.huashu', two), uriOf('丙.huashu', three)];
    const files = {
      [a]: threat,
      [b]: threat,
      [c]: threat,
      [`${two}/huashu.yaml`]: 'rules:\n  threat-violence: warning\n',
    };
    const settings = (scope: string | undefined): object =>
      scope?.startsWith(three!) ? { rules: { 'threat-violence': 'hint' } } : {};
    const { client, notify } = await launch(files, {
      folders: [one!, two!],
      settings,
      workspace: { workspaceFolders: true },
    });
    const reports = workspaceReports(client);
    const severities = (): (number | undefined)[] =>
      [a, b, c].map(
        (uri) => reports.current.get(uri)?.find(({ code }) => code === 'cn/no-threat-of-violence')?.severity,
      );
    const will = (...expected: (number | undefined)[]) =>
      reports.until(() => JSON.stringify(severities()) === JSON.stringify(expected));
    await will(1, 2, undefined);
    notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: three, name: '三' }], removed: [] } });
    await will(1, 2, 4);
    notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: two, name: '二' }] } });
    await will(1, undefined, 4);
    const found = await client.connection.sendRequest<CheckedWorkspace>('huashu/checkWorkspace', {});
    assert.equal(found.files, 2);
  });

  test('checking all says how far it is, what cannot be read, and stops when it is told to', async () => {
    const files = Object.fromEntries([...Array(120).keys()].map((index) => [uriOf(`话术${index}.huashu`), threat]));
    const { client, store } = await launch(files, { settings: { checkScope: 'openFiles' }, locale: 'en' });
    const seen: { kind: string; title?: string; percentage?: number; message?: string }[] = [];
    client.connection.onProgress(new ProgressType<(typeof seen)[number]>(), 'mine', (value) => void seen.push(value));
    store.set(uriOf('没有.huashu'), null);
    const ask = () =>
      client.connection.sendRequest<CheckedWorkspace>('huashu/checkWorkspace', { workDoneToken: 'mine' });
    const found = await ask();
    assert.deepEqual([found.files, found.errors, found.unreadable], [120, 120, [uriOf('没有.huashu')]]);
    assert.match(found.summary, /^120 files checked: 120 errors/);
    assert.equal(seen[0]?.title, 'Checking scripts');
    assert.equal(seen.at(-1)?.kind, 'end');
    const percentages = seen.flatMap(({ percentage }) => percentage ?? []);
    assert.ok(percentages.length > 50 && percentages.every((each, index) => each >= (percentages[index - 1] ?? 0)));
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest('huashu/checkWorkspace', {}, source.token);
    source.cancel();
    await assert.rejects(asked, ({ code }: { code: number }) => code === -32800);
    assert.equal((await ask()).files, 120);
  });

  test('editors that do not ask are told without being asked', async () => {
    const [a, b] = [uriOf('甲.huashu'), uriOf('乙.huashu')];
    const { client, write, notify } = await launch({ [a]: threat }, { pull: false });
    const isThreat = (codes: readonly unknown[]): boolean => codes.includes('cn/no-threat-of-violence');
    const added = client.published(b, isThreat);
    write(b, threat);
    await added;
    const closed = client.published(a, (codes) => codes.length === 0).then(() => client.published(a, isThreat));
    client.open(a, threat);
    notify('textDocument/didClose', { textDocument: { uri: a } });
    await closed;
    const gone = client.published(b, (codes) => codes.length === 0);
    write(b, undefined);
    await gone;
  });
});
