import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Range } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pieces, randomOf } from '../chance.ts';
import { type Client, start } from './client.ts';

const sample = readFileSync(join(import.meta.dirname, '../../samples/信用卡逾期电话提醒.huashu'), 'utf8');

suite('a text that is edited over the protocol', () => {
  let client: Client;

  suiteSetup(async () => {
    client = await start();
  });
  suiteTeardown(async () => assert.equal(await client.stop(), 0));

  const found = async (uri: string): Promise<unknown> => {
    const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return items.map(({ code, range, message, severity }) => ({ code, range, message, severity }));
  };

  test('is to the server what it is to the editor, and has the findings of a text that was never edited', async () => {
    const random = randomOf(23);
    const typed = [...pieces, '😀', '的', '您', '我找人打断你的腿', '。', '\u202e', ''];
    for (let run = 0; run < 4; run++) {
      const uri = `file:///w/edited${run}.huashu`;
      let document = TextDocument.create(
        uri,
        'huashu',
        1,
        run % 2 === 0 ? sample : '坐席：您好\r\n\r\n【甲】\r坐席：😀',
      );
      client.open(uri, document.getText());
      for (let version = 2; version < 60; version++) {
        const place = (): number => random(document.getText().length + 1);
        const at = place();
        const range: Range = {
          start: document.positionAt(at),
          end: document.positionAt(random(5) === 0 ? place() : at + random(3)),
        };
        // An editor counts from the first to the last, and so does the protocol.
        const inOrder = document.offsetAt(range.start) <= document.offsetAt(range.end);
        const change = {
          range: inOrder ? range : { start: range.end, end: range.start },
          text: typed[random(typed.length)] as string,
        };
        document = TextDocument.update(document, [change], version);
        void client.connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [change],
        });
        if (version % 5 !== 0) continue;
        const fresh = `file:///w/fresh${run}-${version}.huashu`;
        client.open(fresh, document.getText());
        assert.deepEqual(await found(uri), await found(fresh), JSON.stringify(document.getText()));
        await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: fresh } });
      }
    }
  }).timeout(60_000);
});
