import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { ImportedDocument } from '../../server/src/features/importedDocument.ts';
import { archive, excelFiles, p, wordFiles } from '../documents/office.ts';
import { pack } from '../features/yamlFixture.ts';
import { type Client, type ClientOptions, start } from './client.ts';

const folder = 'vscode-vfs://github/huashu/%E8%AF%9D%E6%9C%AF%20%E5%BA%93';
const uriOf = (name: string): string => `${folder}/${name.split('/').map(encodeURIComponent).join('/')}`;

suite('the server of the web, in a folder that is on no disk', () => {
  const running: Client[] = [];
  const launch = async (options: ClientOptions): Promise<Client> => {
    const client = await start({ folder, options: { docs: 'https://example.com/rules/' }, ...options });
    running.push(client);
    return client;
  };
  teardown(async () => {
    await Promise.all(running.splice(0).map((client) => client.stop()));
  });

  test('finds in the samples what the server on the desktop finds', async () => {
    const samples = join(import.meta.dirname, '../../samples');
    const names = ['违规示例.huashu', '信用卡逾期电话提醒.huashu', '公共.huashu'];
    const files = new Map(names.map((name) => [uriOf(name), readFileSync(join(samples, name), 'utf8')]));
    const found = async (server: 'the language server' | 'the server of the web'): Promise<unknown> => {
      const client = await launch({ server, files });
      for (const [uri, text] of files) client.open(uri, text);
      const asked = [...files.keys()].map((uri) =>
        client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } }),
      );
      return (await Promise.all(asked)).map(({ items }, index) => [names[index], items]);
    };
    const desktop = await found('the language server');
    const web = await found('the server of the web');
    assert.deepEqual(web, desktop);
    assert.match(JSON.stringify(web), /cn\/no-/);
  }).timeout(60_000);

  test('reads configuration, a rule pack in a folder and other scripts through the editor', async () => {
    const [head = '', rules = ''] = pack.split('rules:\n');
    const files = new Map([
      [uriOf('huashu.yaml'), 'packs: [./本行 规则]\n'],
      [uriOf('本行 规则/pack.yaml'), head],
      [uriOf('本行 规则/威胁.yaml'), `rules:\n${rules}`],
      [uriOf('公共 话术/告知.话术'), '【告知渠道】\n坐席：谢谢您的耐心。\n'],
    ]);
    const client = await launch({ server: 'the server of the web', files, pull: false });
    const script = uriOf('电话/首 催.话术');
    const found = client.published(script, (codes) => codes.join() === 'mine/threat');
    client.open(script, '【甲】\n坐席：小心我打你。\n→ ../公共 话术/告知/告知渠道\n');
    await found;
  });

  test('imports documents of Word and Excel', async () => {
    const client = await launch({ server: 'the server of the web' });
    const send = (name: string, bytes: Uint8Array): Promise<ImportedDocument> =>
      client.connection.sendRequest<ImportedDocument>('huashu/import', {
        name,
        bytes: Buffer.from(bytes).toString('base64'),
        uri: uriOf(name),
      });
    const word = await send('首催.docx', archive(wordFiles(p('核实身份', '1') + p('坐席：请问是XX女士吗？'))));
    assert.match(word.text, /【核实身份】\n坐席：请问是\{客户称呼\}吗？\n$/);
    const rows = [
      ['环节', '话术'],
      ['结束语', '感谢您的接听'],
    ];
    const excel = await send('首催.xlsx', archive(excelFiles(rows)));
    assert.match(excel.text, /【结束语】\n坐席：感谢您的接听\n$/);
    await assert.rejects(send('坏.docx', new Uint8Array([0x50, 0x4b, 1])), /损坏/);
  });
});
