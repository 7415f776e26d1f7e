import assert from 'node:assert/strict';
import type { Diagnostic, Location, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { type Client, type ClientOptions, start } from './client.ts';

const folder = 'memfs:/w';
const uriOf = (name: string): string => `${folder}/${encodeURIComponent(name).replaceAll('%2F', '/')}`;
const [created, changed, deleted] = [1, 2, 3];

const script = '【甲】\n坐席：您好。\n插入：公共/告知渠道\n→ 公共/末段\n';
const shared = '【告知渠道】\n坐席：您可以拨打{客服电话}。\n\n【末段】\n坐席：再见。\n结束：完成\n';

/** What is said about targets; what rule packs say of so short a conversation is not the matter here. */
const about = (codes: readonly unknown[]): string =>
  codes.filter((code) => code === 'unknown-target' || code === 'insertion').join(' ');

suite('files that are not open, read through the client', () => {
  const running: Client[] = [];
  teardown(async () => {
    await Promise.all(running.splice(0).map((client) => client.stop()));
  });

  async function launch(files: { readonly [name: string]: string }, options: ClientOptions = {}) {
    const store = new Map(Object.entries(files).map(([name, text]) => [uriOf(name), text]));
    const client = await start({ folder, files: store, pull: false, ...options });
    running.push(client);
    const notify = (method: string, params: object): void => void client.connection.sendNotification(method, params);
    return {
      ask: <T>(method: string, params: object): Promise<T> => client.connection.sendRequest<T>(method, params),
      notify,
      /** Opens a file and waits for the findings that are wanted. */
      open(name: string, wanted: string): Promise<readonly Diagnostic[]> {
        const found = client.published(uriOf(name), (codes) => about(codes) === wanted);
        client.open(uriOf(name), store.get(uriOf(name)) ?? '');
        return found;
      },
      /** Changes what the client would read, tells the server, and waits for the findings that are wanted in a file. */
      change(name: string, text: string | undefined, type: number, seen: string, wanted: string) {
        const found = client.published(uriOf(seen), (codes) => about(codes) === wanted);
        if (text === undefined) store.delete(uriOf(name));
        else store.set(uriOf(name), text);
        notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type }] });
        return found;
      },
      published: client.published,
      client,
      store,
    };
  }

  test('nothing is said to be missing before the files have been read', async () => {
    const { client, ask, store } = await launch({ 'a.huashu': script, '公共.huashu': shared }, { pull: true });
    client.open(uriOf('a.huashu'), store.get(uriOf('a.huashu')) ?? '');
    const textDocument = { uri: uriOf('a.huashu') };
    const { items } = await ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument });
    assert.equal(about(items.map(({ code }) => code)), '');
  });

  test('definition, references and rename see them', async () => {
    const { open, ask } = await launch({ 'a.huashu': script, '公共.huashu': shared, 'b.huashu': '→ 公共/末段\n' });
    await open('a.huashu', '');
    const at = { textDocument: { uri: uriOf('a.huashu') }, position: { line: 3, character: 6 } };
    const target = await ask<Location>('textDocument/definition', at);
    assert.deepEqual([target.uri, target.range.start.line], [uriOf('公共.huashu'), 3]);
    const uses = await ask<Location[]>('textDocument/references', { ...at, context: { includeDeclaration: true } });
    assert.deepEqual(
      uses.map(({ uri }) => uri).sort(),
      [uriOf('a.huashu'), uriOf('b.huashu'), uriOf('公共.huashu')].sort(),
    );
    const { changes } = await ask<WorkspaceEdit>('textDocument/rename', { ...at, newName: '告别' });
    assert.deepEqual(
      Object.entries(changes ?? {}).map(([uri, edits]) => [uri, edits.map(({ newText }) => newText)]),
      [
        [uriOf('公共.huashu'), ['告别']],
        [uriOf('a.huashu'), ['告别']],
        [uriOf('b.huashu'), ['告别']],
      ],
    );
  });

  test('a name that cannot be had is refused in the language of the user', async () => {
    const { open, ask } = await launch({ 'a.huashu': script, '公共.huashu': shared }, { locale: 'en' });
    await open('a.huashu', '');
    const at = { textDocument: { uri: uriOf('a.huashu') }, position: { line: 3, character: 6 } };
    await assert.rejects(ask('textDocument/rename', { ...at, newName: '告知渠道' }), /already a node of this script/);
    const builtin = { ...at, position: { line: 1, character: 1 } };
    await assert.rejects(ask('textDocument/prepareRename', builtin), /is built in and cannot be renamed/);
  });

  test('a missing file is reported, until it appears; and again when it goes', async () => {
    const { open, change } = await launch({ 'a.huashu': '【甲】\n坐席：您好。\n→ 公共/末段\n' });
    await open('a.huashu', 'unknown-target');
    await change('公共.huashu', shared, created, 'a.huashu', '');
    await change('公共.huashu', shared.replace('【末段】', '【末节】'), changed, 'a.huashu', 'unknown-target');
    await change('公共.huashu', shared, changed, 'a.huashu', '');
    await change('公共.huashu', undefined, deleted, 'a.huashu', 'unknown-target');
  });

  test('a file that is open counts as it was typed, whatever stands on the disk', async () => {
    const { open, change, client, published, notify, store } = await launch({
      'a.huashu': script,
      '公共.huashu': shared,
    });
    await open('a.huashu', '');
    // Some editors do not escape what others do.
    const spelt = `${folder}/公共.huashu`;
    const missing = published(uriOf('a.huashu'), (codes) => about(codes) === 'unknown-target');
    client.open(spelt, shared.replace('【末段】', '【末节】'));
    await missing;
    const still = published(uriOf('a.huashu'));
    await Promise.all([change('公共.huashu', shared, changed, 'a.huashu', 'unknown-target'), still]);
    const back = published(uriOf('a.huashu'), (codes) => about(codes) === '');
    assert.ok(store.has(uriOf('公共.huashu')));
    notify('textDocument/didClose', { textDocument: { uri: spelt } });
    await back;
  });

  test('a folder that is deleted or renamed takes its scripts along', async () => {
    const { open, notify, published, store } = await launch({
      'a.huashu': '【甲】\n坐席：您好。\n→ 共用/公共/末段\n',
      '共用/公共.huashu': shared,
    });
    await open('a.huashu', '');
    const gone = published(uriOf('a.huashu'), (codes) => about(codes) === 'unknown-target');
    store.delete(uriOf('共用/公共.huashu'));
    store.set(uriOf('旧/公共.huashu'), shared);
    notify('workspace/didRenameFiles', { files: [{ oldUri: uriOf('共用'), newUri: uriOf('旧') }] });
    await gone;
    const back = published(uriOf('a.huashu'), (codes) => about(codes) === '');
    store.delete(uriOf('旧/公共.huashu'));
    store.set(uriOf('共用/公共.huashu'), shared);
    notify('workspace/didRenameFiles', { files: [{ oldUri: uriOf('旧'), newUri: uriOf('共用') }] });
    await back;
    const deletedAgain = published(uriOf('a.huashu'), (codes) => about(codes) === 'unknown-target');
    store.delete(uriOf('共用/公共.huashu'));
    notify('workspace/didDeleteFiles', { files: [{ uri: uriOf('共用') }] });
    await deletedAgain;
  });

  test('insertions that go round in a circle across files are reported', async () => {
    const { open, change } = await launch({
      'a.huashu': '【甲】\n坐席：您好。\n插入：b/乙\n结束：完成\n',
      'b.huashu': '【乙】\n坐席：好的。\n插入：c/丙\n',
      'c.huashu': '【丙】\n坐席：再见。\n插入：a/甲\n',
    });
    const found = (await open('a.huashu', 'insertion')).find(({ code }) => code === 'insertion');
    assert.deepEqual(
      found?.relatedInformation?.map(({ location }) => location.uri),
      [uriOf('b.huashu'), uriOf('c.huashu')],
    );
    await change('c.huashu', '【丙】\n坐席：再见。\n', changed, 'a.huashu', '');
  });

  test('before a file gets another name, what calls it by the old one is changed', async () => {
    const { open, ask, client } = await launch({ 'a.huashu': script, '公共.huashu': shared });
    const { willRename } = client.initialized.capabilities.workspace?.fileOperations ?? {};
    assert.deepEqual(
      willRename?.filters.map(({ pattern }) => pattern.matches),
      ['file', 'folder'],
    );
    await open('a.huashu', '');
    const { changes } = await ask<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: uriOf('公共.huashu'), newUri: uriOf('共用.huashu') }],
    });
    assert.deepEqual(
      changes?.[uriOf('a.huashu')]?.map(({ newText }) => newText),
      ['共用', '共用'],
    );
  });
});
