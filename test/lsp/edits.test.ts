import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, DocumentDiagnosticReport, Range } from 'vscode-languageserver-protocol';
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

  /** What an editor has been told, by document, as far as it has not been told anything else since. */
  const told = new Map<string, { readonly id?: string | undefined; readonly items: readonly Diagnostic[] }>();

  const found = async (uri: string): Promise<unknown> => {
    const before = told.get(uri);
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
      ...(before?.id !== undefined && { previousResultId: before.id }),
    });
    if (report.kind === 'full') told.set(uri, { id: report.resultId, items: report.items });
    const items = told.get(uri)?.items ?? [];
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

  test('what has not changed is not told again, and what has is', async () => {
    const uri = 'file:///w/again.huashu';
    const threat = '【开场】\n坐席：您好。\n坐席：再挂电话我就找人打断你的腿。\n→ 结束\n';
    client.open(uri, threat);
    const pull = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
      client.connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId !== undefined && { previousResultId }),
      });
    const first = await pull();
    assert.ok(first.kind === 'full' && first.items.length > 0 && first.resultId !== undefined);
    // A word in a line without findings moves none.
    client.change(uri, threat.replace('您好。', '您好啊。'), 2);
    assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });
    // Who does not say what was told before is told everything.
    assert.deepEqual(await pull(), first);
    assert.deepEqual(await pull('of another run'), first);
    // A blank in front of what was found moves it.
    client.change(uri, threat.replace('坐席：再挂', '坐席： 再挂'), 3);
    const moved = await pull(first.resultId);
    assert.ok(moved.kind === 'full' && moved.resultId !== first.resultId);
    // Who has missed that is not told that nothing has changed.
    assert.equal((await pull(first.resultId)).kind, 'full');
    client.change(uri, threat.replace(/坐席：再挂.*\n/, ''), 4);
    const mended = await pull(moved.resultId);
    assert.ok(mended.kind === 'full' && mended.items.length < first.items.length);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    client.open(uri, threat);
    assert.equal((await pull(mended.resultId)).kind, 'full');
  });
});
