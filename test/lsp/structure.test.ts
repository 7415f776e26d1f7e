import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentHighlight,
  DocumentLink,
  SelectionRange,
} from 'vscode-languageserver-protocol';
import { features } from '../../server/src/features/index.ts';
import { type Client, start } from './client.ts';

const uri = 'file:///w/%E7%94%B2.huashu';
const other = 'file:///w/%E5%85%AC%E5%85%B1.huashu';
const script = `【开场】
坐席：您好，请问方便吗？
插入：公共/渠道
客户（是本人）：是 → 说明
客户（其他） → 告辞

【说明】
坐席：给您说明一下。
→ 告辞

【告辞】
坐席：再见。
结束：完成
`;
const shared = '【渠道】\n坐席：有疑问请拨打客服热线。\n';

suite('structure, over stdio', () => {
  let client: Client;

  setup(async () => {
    client = await start();
    client.open(uri, script);
    client.open(other, shared);
  });
  teardown(async () => assert.equal(await client.stop(), 0));

  const at = (word: string, within = 1): { line: number; character: number } => {
    const before = script.slice(0, script.indexOf(word) + within).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  const ask = <T>(method: string, params: object): Promise<T> =>
    client.connection.sendRequest<T>(method, { textDocument: { uri }, ...params });

  test('call hierarchy: which nodes lead to one, and where it goes, across files', async () => {
    const [item] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', { position: at('【告辞】') });
    assert.equal(item?.name, '告辞');
    const incoming = await client.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', {
      item,
    });
    assert.deepEqual(incoming.map(({ from }) => from.name).sort(), ['开场', '说明']);
    assert.deepEqual(
      incoming.flatMap(({ fromRanges }) => fromRanges.map(({ start: { line } }) => line)).sort(),
      [4, 8],
    );
    const [opening] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', { position: at('【开场】') });
    const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', {
      item: opening,
    });
    assert.deepEqual(
      outgoing.map(({ to }) => [to.name, to.uri === other]),
      [
        ['渠道', true],
        ['说明', false],
        ['告辞', false],
      ],
    );
  });

  test('highlights: every place of a name in the file', async () => {
    const found = await ask<DocumentHighlight[]>('textDocument/documentHighlight', { position: at('→ 告辞', 2) });
    assert.deepEqual(
      found.map(({ range }) => range.start.line).sort((a, b) => a - b),
      [4, 8, 10],
    );
  });

  test('links: to the file that an insertion names', async () => {
    const links = await ask<DocumentLink[]>('textDocument/documentLink', {});
    assert.deepEqual(
      links.map(({ range, target }) => [range.start.line, target?.startsWith(other)]),
      [[2, true]],
    );
  });

  test('selection grows from a word to its line, its branch, its node and the file', async () => {
    const [chain] = await ask<SelectionRange[]>('textDocument/selectionRange', { positions: [at('给您说明', 1)] });
    const lines: [number, number][] = [];
    for (let each: SelectionRange | undefined = chain; each; each = each.parent)
      lines.push([each.range.start.line, each.range.end.line]);
    assert.ok(lines.length >= 3, JSON.stringify(lines));
    assert.deepEqual(lines[0], [7, 7]);
    assert.equal(lines.at(-1)![0], 0);
    for (const [index, [first, last]] of lines.entries()) {
      const inner = lines[index - 1];
      assert.ok(!inner || (first <= inner[0] && last >= inner[1]), JSON.stringify(lines));
    }
  });
});

/** A feature that works in the core and that nobody can ask for is none. */
suite('every request', () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n');
  for (const { method } of features) {
    // Some tests put what comes before the last part themselves.
    const last = method.slice(method.lastIndexOf('/') + 1);
    test(`${method} is made over the protocol`, () =>
      assert.ok(tests.includes(`'${method}'`) || tests.includes(`'${last}'`), method));
  }
});
