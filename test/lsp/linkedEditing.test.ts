import assert from 'node:assert/strict';
import type { LinkedEditingRanges } from 'vscode-languageserver-protocol';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';

suite('linked editing, over stdio', () => {
  let client: Client;
  teardown(async () => assert.equal(await client.stop(), 0));

  test('a heading takes the jumps to it along; a jump takes nothing along', async () => {
    client = await start();
    client.open(uri, '【我们的节】\n坐席：您好。\n→ 我们的节\n');
    const ask = (line: number, character: number): Promise<LinkedEditingRanges | null> =>
      client.connection.sendRequest('textDocument/linkedEditingRange', {
        textDocument: { uri },
        position: { line, character },
      });
    assert.deepEqual(
      (await ask(0, 5))?.ranges.map(({ start: from, end }) => [from.line, from.character, end.character]),
      [
        [0, 1, 5],
        [2, 2, 6],
      ],
    );
    assert.equal(await ask(2, 3), null);
  });
});
