import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Location, WorkspaceEdit, WorkspaceSymbol } from 'vscode-languageserver-protocol';
import { files, folderName, names } from '../chineseNames.ts';
import { type Client, start } from './client.ts';
import { servers } from './servers.ts';

for (const server of Object.keys(servers) as (keyof typeof servers)[]) {
  suite(`Chinese names: ${server}`, () => {
    let client: Client;
    let path: string;
    let uriOf: (name: keyof typeof names) => string;

    suiteSetup(async () => {
      path = join(mkdtempSync(join(tmpdir(), 'huashu-')), folderName);
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
      uriOf = (name) => pathToFileURL(join(path, names[name])).toString();
      // A worker has no disk: its client reads for it.
      const read = new Map(
        (Object.keys(names) as (keyof typeof names)[]).map((name) => [uriOf(name), files[names[name]]]),
      );
      const folder = pathToFileURL(path).toString();
      client = await start({ server, folder, ...(server === 'the server of the web' && { files: read }) });
      client.open(uriOf('script'), files[names.script]);
    });
    suiteTeardown(async () => {
      await client.stop();
      rmSync(dirname(path), { recursive: true });
    });

    const ask = <T>(method: string, more: object = {}): Promise<T> =>
      client.connection.sendRequest<T>(method, { textDocument: { uri: uriOf('script') }, ...more });
    /** Where a text stands in the script; `into` characters further. */
    const at = (text: string, into = 0) => {
      const before = files[names.script].slice(0, files[names.script].indexOf(text)).split('\n');
      return { position: { line: before.length - 1, character: before.at(-1)!.length + into } };
    };

    test('nothing is unknown, and the rules of the folder hold', async () => {
      const { items } = await ask<{ items: Diagnostic[] }>('textDocument/diagnostic');
      const own = items.filter(({ code }) => /^本行\/|suppression|unknown|condition|undefined/.test(String(code)));
      assert.deepEqual(
        own.map(({ code, severity }) => [code, severity]),
        [['本行/不用昵称', 4]],
      );
    });

    test('definition and references go across files', async () => {
      const target = await ask<Location>('textDocument/definition', at('告知 官方渠道', 3));
      assert.deepEqual([target.uri, target.range.start], [uriOf('shared'), { line: 0, character: 1 }]);
      const uses = await ask<Location[]>('textDocument/references', {
        ...at('持卡人 称呼}', 2),
        context: { includeDeclaration: true },
      });
      assert.deepEqual(uses.map(({ range }) => range.start.line).sort(), [3, 8]);
    });

    test('nodes, variables and roles are renamed, to names of the same kind', async () => {
      const rename = async (text: string, newName: string): Promise<string[]> => {
        const { changes } = await ask<WorkspaceEdit>('textDocument/rename', { ...at(text, 1), newName });
        return Object.entries(changes ?? {}).flatMap(([uri, edits]) => edits.map((edit) => `${uri} ${edit.newText}`));
      };
      assert.deepEqual(await rename('告知 官方渠道', '官方 渠道 告知'), [
        `${uriOf('shared')} 官方 渠道 告知`,
        `${uriOf('script')} 官方 渠道 告知`,
        `${uriOf('script')} 官方 渠道 告知`,
      ]);
      assert.equal((await rename('持卡人 称呼', '客户 尊称')).length, 2);
      assert.equal((await rename('小王 经理', '李 经理')).length, 3);
    });

    test('nodes are found in the whole folder', async () => {
      const found = await client.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: '官方渠道' });
      assert.deepEqual(
        found.map(({ name, location }) => [name, location.uri]),
        [['告知 官方渠道', uriOf('shared')]],
      );
    });
  });
}
