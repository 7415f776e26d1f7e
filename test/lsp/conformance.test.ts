import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Diagnostic, Hover, InitializeResult } from 'vscode-languageserver-protocol';
import type { Message } from 'vscode-languageserver-protocol/node';
import { StreamMessageReader } from 'vscode-languageserver-protocol/node';
import { features } from '../../server/src/features/index.ts';
import { handovers } from '../../server/src/lsp/handover.ts';
import type { Encoding } from '../../server/src/lsp/positions.ts';
import { views } from '../../server/src/views/index.ts';
import { widthOf } from '../units.ts';
import { type Client, start } from './client.ts';
import { dist } from './servers.ts';

const uri = 'file:///w/%E7%94%B2.huashu';

interface Answer {
  readonly id?: number | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A server and what is written to it and comes from it, byte by byte. */
class Wire {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exited: Promise<number | null>;
  private readonly answers: Answer[] = [];
  private count = 0;

  constructor(program = 'node/server.cjs', args: readonly string[] = ['--stdio']) {
    this.child = spawn(process.execPath, [join(dist, program), ...args]);
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin.on('error', () => {});
    new StreamMessageReader(this.child.stdout).listen((message: Message) => this.answers.push(message as Answer));
  }

  write(text: string): void {
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  notify(method: string, params?: unknown): void {
    this.write(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  async request(method: string, params?: unknown): Promise<Answer> {
    const id = ++this.count;
    this.write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    for (;;) {
      const answer = this.answers.find((each) => each.id === id && ('result' in each || 'error' in each));
      if (answer) return answer;
      await delay(5);
    }
  }

  async initialize(more: object = {}): Promise<void> {
    await this.request('initialize', { processId: null, rootUri: null, capabilities: {}, ...more });
    this.notify('initialized', {});
  }
}

suite('the protocol, bent', function () {
  this.timeout(30_000);
  let wire: Wire;

  setup(() => {
    wire = new Wire();
  });
  teardown(() => {
    wire.child.kill('SIGKILL');
  });

  test('before initialize requests are refused, and notifications are dropped', async () => {
    assert.equal((await wire.request('textDocument/hover', { textDocument: { uri } })).error?.code, -32002);
    wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'huashu', version: 1, text: '' } });
    await wire.initialize();
    assert.equal((await wire.request('huashu/status', { uri })).result, null);
  });

  test('a second initialize is refused', async () => {
    await wire.initialize();
    const again = await wire.request('initialize', { processId: null, rootUri: null, capabilities: {} });
    assert.equal(again.error?.code, -32600);
  });

  test('exit behind shutdown is 0, without it 1, and when the editor is gone the server goes', async () => {
    await wire.initialize();
    assert.equal((await wire.request('shutdown')).result, null);
    wire.notify('exit');
    assert.equal(await wire.exited, 0);

    wire = new Wire();
    await wire.initialize();
    wire.notify('exit');
    assert.equal(await wire.exited, 1);

    wire = new Wire();
    await wire.initialize();
    wire.child.stdin.end();
    assert.equal(await wire.exited, 1);
  });

  test('when the process of the editor is gone, so is the server, whatever its pipes say', async () => {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await wire.request('initialize', { processId: editor.pid, rootUri: null, capabilities: {} });
    editor.kill('SIGKILL');
    assert.equal(await wire.exited, 1);
  });

  test('the command line says the language where the editor cannot, and takes what editors tell every server', async () => {
    wire.child.kill('SIGKILL');
    wire = new Wire('node/cli.cjs', ['lsp', '--stdio', '--clientProcessId=1', '--lang', 'en']);
    await wire.initialize({ locale: 'zh-cn' });
    const text = '【甲】\n坐席：我找人打断你的腿。\n';
    wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'huashu', version: 1, text } });
    const { result } = await wire.request('textDocument/diagnostic', { textDocument: { uri } });
    assert.match(
      (result as { items: { message: string }[] }).items[0]?.message ?? '',
      /^[\x20-\x7e“”’—\p{Script=Han}]+\.$/u,
    );
    assert.match(JSON.stringify(result), / violence|harm| hurt/i);
  });

  test('positions count as the client likes best of what there is, else in UTF-16 units: in questions, edits and answers', async () => {
    const offers: readonly (readonly [offered: unknown, encoding: Encoding])[] = [
      [undefined, 'utf-16'],
      [['utf-16'], 'utf-16'],
      [['utf-16', 'utf-8'], 'utf-16'],
      [['utf-8', 'utf-16'], 'utf-8'],
      [['utf-8'], 'utf-8'],
      [['ebcdic', 'utf-32', 'utf-8'], 'utf-32'],
      [['ebcdic'], 'utf-16'],
      [[], 'utf-16'],
      ['utf-8', 'utf-16'],
    ];
    for (const [positionEncodings, encoding] of offers) {
      const width = widthOf[encoding];
      wire.child.kill('SIGKILL');
      wire = new Wire();
      const { result } = await wire.request('initialize', {
        processId: null,
        rootUri: null,
        capabilities: { general: { positionEncodings } },
      });
      assert.equal((result as InitializeResult).capabilities.positionEncoding, encoding);
      wire.notify('initialized', {});
      const text = '【甲】\n坐席：😀😀好。\n';
      wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'huashu', version: 1, text } });
      const at = { line: 1, character: width('坐席：😀😀') };
      wire.notify('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ range: { start: at, end: at }, text: '我找人打断你的腿' }],
      });
      const { result: found } = await wire.request('textDocument/diagnostic', { textDocument: { uri } });
      const threat = (found as { items: Diagnostic[] }).items.find(({ code }) => code === 'cn/no-threat-of-violence');
      assert.deepEqual(threat?.range, {
        start: { line: 1, character: width('坐席：😀😀我') },
        end: { line: 1, character: width('坐席：😀😀我找人打断你的腿') },
      });
      const { result: told } = await wire.request('textDocument/hover', {
        textDocument: { uri },
        position: { line: 1, character: width('坐席：😀😀我找') },
      });
      assert.deepEqual((told as Hover).range, threat?.range);
    }
  });

  test('what a client cannot mean of itself or of a document ends nothing', async () => {
    const odd: readonly object[] = [
      { locale: 7, workspaceFolders: 7, initializationOptions: 'x', processId: 'x' },
      { locale: {}, workspaceFolders: [null, 7, {}, { uri: 7 }, { uri: 'x' }] },
      {
        workspaceFolders: { a: 1 },
        capabilities: { workspace: 7, textDocument: 'x', general: { positionEncodings: {} } },
      },
    ];
    for (const more of odd) {
      wire.child.kill('SIGKILL');
      wire = new Wire();
      await wire.initialize(more);
      for (const given of [7, null, {}, undefined])
        wire.notify('textDocument/didOpen', {
          textDocument: { uri: 'file:///w/odd.huashu', languageId: 'huashu', version: 1, text: given },
        });
      const text = '【甲】\n坐席：我找人打断你的腿。\n';
      wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'huashu', version: 1, text } });
      const { result } = await wire.request('textDocument/diagnostic', { textDocument: { uri } });
      assert.ok((result as { items: unknown[] }).items.length > 0, JSON.stringify(more));
    }
  });

  test('behind shutdown requests are refused', async () => {
    await wire.initialize();
    await wire.request('shutdown');
    assert.equal((await wire.request('textDocument/hover', { textDocument: { uri } })).error?.code, -32600);
  });

  test('a message that is no JSON, and one that is no message, are passed over', async () => {
    await wire.initialize();
    wire.write('{"jsonrpc": "2.0", "method": ');
    wire.write('[]');
    wire.write('42');
    assert.equal((await wire.request('huashu/status', { uri })).result, null);
  });
});

for (const encoding of ['utf-16', 'utf-8'] as const)
  suite(`documents and requests out of order, in ${encoding}`, function () {
    this.timeout(60_000);
    const width = widthOf[encoding];
    let client: Client;

    setup(async () => {
      client = await start({ positionEncodings: [encoding] });
      assert.equal(client.initialized.capabilities.positionEncoding, encoding);
    });
    teardown(async () => assert.equal(await client.stop(), 0));

    const lives = async (): Promise<void> => {
      client.open('file:///w/lives.huashu', '【甲】\n坐席：我找人打断你的腿。\n→ 结束\n');
      const found = await client.connection.sendRequest<{ items: unknown[] }>('textDocument/diagnostic', {
        textDocument: { uri: 'file:///w/lives.huashu' },
      });
      assert.ok(found.items.length > 0);
    };

    test('a document is opened twice, changed when it is closed, closed twice', async () => {
      client.change(uri, '坐席：无人打开。', 1);
      client.open(uri, '【甲】\n坐席：您好。\n');
      client.open(uri, '【乙】\n坐席：您好。\n', 2);
      const symbols = await client.connection.sendRequest<{ name: string }[]>('textDocument/documentSymbol', {
        textDocument: { uri },
      });
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['乙'],
      );
      for (let time = 0; time < 2; time++)
        await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      client.change(uri, '坐席：关了。', 3);
      await lives();
    });

    test('changes that lie outside of the text are brought into it', async () => {
      client.open(uri, '【甲】\n坐席：您好。');
      const far = { line: 1_000_000, character: 1_000_000 };
      await client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [
          { range: { start: far, end: far }, text: '\n【乙】' },
          {
            range: { start: { line: 2, character: width('【乙') }, end: { line: 2, character: width('【') } },
            text: '丙',
          },
        ],
      });
      const symbols = await client.connection.sendRequest<{ name: string }[]>('textDocument/documentSymbol', {
        textDocument: { uri },
      });
      assert.deepEqual(
        symbols.map(({ name }) => name.length > 0),
        [true, true],
      );
      await lives();
    });

    const methods = [
      ...[...features, ...views, ...handovers].map(({ method }) => method),
      ...['huashu/import', 'huashu/report', 'huashu/checkWorkspace', 'workspace/diagnostic'],
    ];

    test('what is asked by position, or with nothing, is answered, and nobody dies of it', async () => {
      const wire = new Wire();
      try {
        await wire.initialize({ capabilities: { general: { positionEncodings: [encoding] } } });
        for (const method of methods) {
          // `workspace/diagnostic` has an answer when there is nothing to tell, the others say what they lack.
          for (const given of [
            [true, ''],
            [null, null],
            [{}, { isCancellationRequested: 7 }],
            [],
            null,
            7,
            undefined,
          ]) {
            const { error, result } = await wire.request(method, given);
            assert.ok(
              error ? typeof error.code === 'number' : result !== undefined,
              `${method} ${JSON.stringify(given)}`,
            );
          }
          wire.notify(method, [1, 2]);
        }
        for (const method of ['textDocument/didOpen', 'textDocument/didChange', '$/cancelRequest', 'initialized'])
          for (const given of [[true, ''], null, undefined, 'x']) wire.notify(method, given);
        assert.equal((await wire.request('huashu/status', { uri })).result, null);
        assert.equal((await wire.request('shutdown')).result, null);
        wire.notify('exit');
        assert.equal(await wire.exited, 0);
      } finally {
        wire.child.kill('SIGKILL');
      }
    });

    test('every request is answered, whatever is asked: places that are not there, files that are not open, nothing at all', async () => {
      client.open(uri, '---\n变量:\n  甲: {类型: 整数}\n---\n【甲】\n坐席：{甲}，您好。\n客户（其他） → 乙\n');
      const far = { line: 1_000_000, character: 1_000_000 };
      const here = { line: 5, character: width('坐席：{') };
      const params = (at: object, document = uri): object => ({
        textDocument: { uri: document },
        uri: document,
        position: at,
        positions: [at],
        range: { start: at, end: at },
        ranges: [{ start: at, end: at }],
        context: { diagnostics: [], triggerKind: 1, includeDeclaration: true, selectedCompletionInfo: undefined },
        options: { tabSize: 4, insertSpaces: true },
        ch: '\n',
        newName: '丁',
        query: '',
        format: 'html',
        before: { committed: '' },
      });
      const asked = [
        params(here),
        params(far),
        params({ line: -1, character: -5 }),
        params(here, 'file:///w/nobody.huashu'),
        params(here, 'not a uri'),
        {},
        { textDocument: null, position: 'here', range: [1, 2], item: 7, data: { does: 'something' } },
      ];
      for (const method of methods) {
        for (const each of asked) {
          // Answers and errors are both answers; what must not happen is silence or the end of the server.
          await client.connection.sendRequest(method, each).catch((error: { code?: number }) => {
            assert.equal(typeof error.code, 'number', `${method}: ${error}`);
          });
        }
      }
      await lives();
    });

    test('ten megabytes on one line, and a hundred thousand lines', async () => {
      client.open(uri, `【甲】\n坐席：${'好'.repeat(10_000_000)}\n`);
      client.open('file:///w/many.huashu', '坐席：您好。\n'.repeat(100_000));
      const codesIn = async (document: string): Promise<readonly string[]> => {
        const found = await client.connection.sendRequest<{ items: { code: string }[] }>('textDocument/diagnostic', {
          textDocument: { uri: document },
        });
        return found.items.map(({ code }) => code);
      };
      assert.ok((await codesIn(uri)).includes('unknown-line'));
      assert.ok(!(await codesIn('file:///w/many.huashu')).includes('unknown-line'));
      await lives();
    });
  });
