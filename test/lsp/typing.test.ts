import assert from 'node:assert/strict';
import type { InlineCompletionItem, TextEdit } from 'vscode-languageserver-protocol';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const opening = '【确认身份】\n坐席：请问是王先生本人吗？\n';
const rest = '\n【说明目的】\n坐席：您好。\n结束：完成\n';

suite('typing, over stdio', () => {
  let client: Client;
  teardown(async () => assert.equal(await client.stop(), 0));

  const offered = (line: number): Promise<InlineCompletionItem[] | null> =>
    client.connection.sendRequest('textDocument/inlineCompletion', {
      textDocument: { uri },
      position: { line, character: 0 },
      context: { triggerKind: 2 },
    });

  test('a new line shows what comes next, unless the settings say no', async () => {
    const settings = { nextLine: true };
    client = await start({ settings });
    assert.ok('inlineCompletionProvider' in client.initialized.capabilities);
    client.open(uri, `${opening}\n${rest}`);
    const [item] = (await offered(2))!;
    assert.match(String(item!.insertText), /^客户（是本人）：.+ → 说明目的$/);
    assert.deepEqual(item!.range, { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } });
    assert.equal(await offered(1), null);
    settings.nextLine = false;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    for (let i = 0; i < 200 && (await offered(2)); i++) await new Promise((done) => setTimeout(done, 10));
    assert.equal(await offered(2), null);
  });

  test('Enter takes an empty opening away, and gives the rest of a speech its own', async () => {
    client = await start();
    const enter = (line: number): Promise<TextEdit[]> =>
      client.connection.sendRequest('textDocument/onTypeFormatting', {
        textDocument: { uri },
        position: { line, character: 0 },
        ch: '\n',
        options: { tabSize: 4, insertSpaces: true },
      });
    client.open(uri, '坐席：\n\n坐席：您好，\n我是小王。\n');
    assert.deepEqual(await enter(1), [
      { range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, newText: '' },
    ]);
    assert.deepEqual(await enter(3), [
      { range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, newText: '坐席：' },
    ]);
  });
});
