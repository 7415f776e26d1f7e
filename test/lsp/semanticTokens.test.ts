import assert from 'node:assert/strict';
import type { SemanticTokens } from 'vscode-languageserver-protocol';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';

suite('semantic tokens, over stdio', () => {
  let client: Client;
  teardown(async () => assert.equal(await client.stop(), 0));

  test('the whole text, the lines in view, and what changes with another file', async () => {
    const files = new Map([['file:///w/%E5%85%AC%E5%85%B1.huashu', '【告知渠道】\n坐席：谢谢您的耐心。\n']]);
    client = await start({ folder: 'file:///w', files, workspace: { semanticTokens: { refreshSupport: true } } });
    const { legend } = client.initialized.capabilities.semanticTokensProvider!;
    const number = (type: string): number => legend.tokenTypes.indexOf(type);
    const [standard, unknown] = ['defaultLibrary', 'unknown'].map((each) => 1 << legend.tokenModifiers.indexOf(each));
    const ask = async (method: 'full' | 'range', more = {}): Promise<number[]> =>
      (
        await client.connection.sendRequest<SemanticTokens>(`textDocument/semanticTokens/${method}`, {
          textDocument: { uri },
          ...more,
        })
      ).data;
    client.open(uri, '【开场】\n坐席：您好。\n→ 公共/告知渠道\n→ 没有这节\n');
    assert.deepEqual(await ask('full'), [0, 0, 4, number('class'), standard, 3, 2, 4, number('class'), unknown]);
    const range = { start: { line: 1, character: 0 }, end: { line: 4, character: 0 } };
    assert.deepEqual(await ask('range', { range }), [3, 2, 4, number('class'), unknown]);
    files.clear();
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest('workspace/semanticTokens/refresh', () => {
        resolve();
        return null;
      });
    });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'file:///w/%E5%85%AC%E5%85%B1.huashu', type: 3 }],
    });
    await refreshed;
    assert.deepEqual((await ask('full')).slice(5), [
      ...[2, 2, 7, number('class'), unknown],
      ...[1, 2, 4, number('class'), unknown],
    ]);
  });
});
