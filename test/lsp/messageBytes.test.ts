import assert from 'node:assert/strict';
import type { Message } from 'vscode-languageserver';
import { messageBytes } from '../../server/src/lsp/messageBytes.ts';

const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 2 } });
const found = [
  { range: at(1), message: '这句话不合规', code: 'a/b' },
  { range: at(2), message: '"diagnostics":[]，引号与\n换行', code: 'c/d' },
];

suite('messages as bytes', () => {
  test('they are what they would be as JSON behind its length, however often a list is sent', () => {
    const uri = 'file:///w/话术.huashu';
    const sent = (diagnostics: readonly object[]) => ({
      jsonrpc: '2.0',
      method: 'textDocument/publishDiagnostics',
      params: { uri, diagnostics, version: 3 },
    });
    const messages: readonly Message[] = [
      sent(found),
      sent(found.slice(1)),
      sent([]),
      { jsonrpc: '2.0', id: 1, result: { kind: 'full', items: found, resultId: 'x-1' } } as Message,
      { jsonrpc: '2.0', id: 2, result: { kind: 'unchanged', resultId: 'x-1' } } as Message,
      { jsonrpc: '2.0', id: 3, result: null } as Message,
      { jsonrpc: '2.0', id: 4, result: { items: [{ label: '结束' }], isIncomplete: true } } as Message,
      { jsonrpc: '2.0', method: 'workspace/codeLens/refresh' } as Message,
    ];
    for (const message of messages) {
      const written = JSON.stringify(message);
      const head = `Content-Length: ${Buffer.byteLength(written)}\r\n\r\n`;
      assert.equal(new TextDecoder().decode(messageBytes(message)), head + written);
    }
  });
});
