import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Message, StreamMessageReader } from 'vscode-languageserver-protocol/node';
import { type Position, TextDocument } from 'vscode-languageserver-textdocument';
import { features } from '../../server/src/features/index.ts';
import { handovers } from '../../server/src/lsp/handover.ts';
import type { Encoding } from '../../server/src/lsp/positions.ts';
import { views } from '../../server/src/views/index.ts';
import { pieces } from '../chance.ts';
import { widthOf } from '../units.ts';
import { anything } from './anything.ts';
import type { Random } from './mutate.ts';
import type { Subject } from './subjects.ts';

const server = join(import.meta.dirname, '../../dist/node/server.cjs');
const patience = 20_000;

/** A built server, which is told anything, and the documents as an editor would have them. */
class Talk {
  readonly documents = new Map<string, TextDocument>();
  told = 0;
  /** What positions count in. */
  readonly encoding: Encoding;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (answer: object) => void>();
  private count = 0;
  private ended: number | string | null | undefined;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
    this.child = spawn(process.execPath, ['--max-old-space-size=1024', server, '--stdio'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.child.stdin?.on('error', () => {});
    this.child.once('exit', (code, signal) => {
      this.ended = code ?? signal;
    });
    // Whoever leaves off fuzzing leaves no server behind: it goes when its input ends.
    this.child.unref();
    const { stdout } = this.child;
    assert.ok(stdout);
    new StreamMessageReader(stdout).listen((message: Message & { id?: number; method?: string }) => {
      if (message.method !== undefined) {
        // What the server asks is answered with nothing at all.
        if (message.id !== undefined) this.write(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: null }));
        return;
      }
      this.waiting.get(message.id as number)?.(message);
      this.waiting.delete(message.id as number);
    });
  }

  get lives(): boolean {
    return this.ended === undefined;
  }

  write(text: string): void {
    this.told++;
    this.child.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  notify(method: string, params: unknown): void {
    this.write(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** Everything is answered, with a result or an error, by a server that lives. */
  request(method: string, params: unknown): Promise<{ result?: unknown; error?: { code: number } }> {
    const id = ++this.count;
    const answered = new Promise<object>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(
              `${method} is not answered (${this.lives ? 'silence' : `ended: ${this.ended}`}): ${JSON.stringify(params)}`,
            ),
          ),
        patience,
      );
      this.waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
    this.write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return answered;
  }

  cancelLast(): void {
    this.notify('$/cancelRequest', { id: this.count });
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

let talk: Talk | undefined;

const methods = [
  ...[...features, ...views, ...handovers].map(({ method }) => method),
  'huashu/import',
  'huashu/report',
  'huashu/checkWorkspace',
  'nothing/like/this',
].filter((method) => method !== 'initialize' && method !== 'shutdown');
const notifications = [
  'workspace/didChangeConfiguration',
  'workspace/didChangeWatchedFiles',
  'workspace/didChangeWorkspaceFolders',
  'textDocument/didSave',
  'textDocument/willSave',
  '$/setTrace',
  '$/progress',
  'window/workDoneProgress/cancel',
  'workspace/didRenameFiles',
  'nothing/like/this',
];
const uris = [
  'file:///w/甲.huashu',
  'file:///w/b.huashu',
  'file:///w/a.huashu',
  'file:///w/huashu.yaml',
  'file:///w/pack.yaml',
  'untitled:Untitled-1',
  'vscode-vfs://github/a/b.huashu',
  'file:///w/../../etc/passwd',
  'file://host/share/a.huashu',
  'not a uri',
  'file:///%ff%00.huashu',
  '',
];

/** The names that the protocol has. */
const names =
  'textDocument uri position range ranges positions start end line character context diagnostics options newName query text item data command arguments ch files oldUri newUri changes event folder added removed settings huashu packs rules severity previousResultId identifier triggerKind value token kind name bytes format replies values rate from inside'.split(
    ' ',
  );

const any = (random: Random, depth?: number): unknown => anything(random, names, uris, depth);

function likely(random: Random, length: number): object {
  const place = (): unknown =>
    random(12) === 0 ? any(random, 3) : { line: random(random(8) ? 40 : 1e9), character: random(random(8) ? 30 : 1e9) };
  const uri = uris[random(random(4) ? 4 : uris.length)];
  const [start, end] = [place(), place()];
  return {
    textDocument: random(20) ? { uri, version: random(5) } : any(random, 2),
    uri,
    position: start,
    positions: [start, end],
    range: { start, end },
    ranges: [{ start, end }],
    context: { diagnostics: [], triggerKind: 1 + random(3), includeDeclaration: true },
    options: { tabSize: random(9), insertSpaces: true },
    ch: random(2) ? '\n' : '，',
    newName: pieces[random(pieces.length)],
    query: pieces[random(pieces.length)],
    text: '甲\t乙\n丙',
    files: [{ oldUri: uri, newUri: uris[random(uris.length)] }],
    name: ['a.docx', 'a.json', 'a.txt', 'a.csv'][random(4)],
    bytes: ['5Z2Q5bit77ya5oKo5aW9', '!!', ''][random(3)],
    format: ['html', 'docx', 'xlsx', 'csv', 'json', 'mermaid', 'pdf'][random(7)],
    item: random(9) ? undefined : any(random),
    data: random(9) ? undefined : any(random),
    changes: [{ uri, type: 1 + random(3) }],
    settings: random(2) ? any(random) : { huashu: { rules: { 'cn/no-insult': 'off' } } },
    event: { added: random(3) ? [] : [{ uri: 'file:///w', name: 'w' }], removed: [] },
    previousResultIds: [],
    length,
  };
}

/** A place in a text, and what the server is told of it; in the middle of a character only where places count in halves of these. */
function placeIn(document: TextDocument, offset: number, encoding: Encoding): { ours: Position; told: Position } {
  const isWithin = encoding !== 'utf-16' && (document.getText().codePointAt(offset - 1) ?? 0) > 0xffff;
  const ours = document.positionAt(isWithin ? offset - 1 : offset);
  const before = document.getText({ start: { ...ours, character: 0 }, end: ours });
  return { ours, told: { ...ours, character: widthOf[encoding](before) } };
}

export const messagesSubject: Subject = {
  name: 'a server answers whatever it is told, in any order, and has the text of the editor',
  seeds: 'scripts',
  async run(text, random) {
    if (!talk?.lives || talk.told > 6000) {
      talk?.end();
      talk = new Talk((['utf-16', 'utf-8', 'utf-32'] as const)[random(3)] ?? 'utf-16');
      if (random(3) === 0) await talk.request('textDocument/hover', likely(random, 0));
      await talk.request('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: {
          textDocument: { diagnostic: {} },
          general: { positionEncodings: [talk.encoding] },
        },
        workspaceFolders: null,
      });
      talk.notify('initialized', {});
    }
    const now = talk;
    const pending: Promise<unknown>[] = [];
    try {
      for (let step = 0; step < 30; step++) {
        const uri = uris[random(5)] as string;
        const document = now.documents.get(uri);
        switch (random(10)) {
          case 0: {
            const opened = TextDocument.create(uri, 'huashu', 1, text);
            now.documents.set(uri, opened);
            now.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'huashu', version: 1, text } });
            break;
          }
          case 1:
            if (random(3)) break;
            now.documents.delete(uri);
            now.notify('textDocument/didClose', { textDocument: { uri } });
            break;
          case 2:
          case 3: {
            if (!document) {
              now.notify('textDocument/didChange', { textDocument: { uri, version: 7 }, contentChanges: [{ text }] });
              break;
            }
            const length = document.getText().length;
            const [a, b] = [random(length + 1), random(length + 1)].sort((x, y) => x - y) as [number, number];
            const start = placeIn(document, a, now.encoding);
            const end = placeIn(document, random(4) ? Math.min(b, a + random(20)) : b, now.encoding);
            const typed = (pieces[random(pieces.length)] as string).repeat(random(4));
            now.notify('textDocument/didChange', {
              textDocument: { uri, version: document.version + 1 },
              contentChanges: [{ range: { start: start.told, end: end.told }, text: typed }],
            });
            const change = { range: { start: start.ours, end: end.ours }, text: typed };
            now.documents.set(uri, TextDocument.update(document, [change], document.version + 1));
            break;
          }
          case 4:
            now.notify(
              notifications[random(notifications.length)] as string,
              random(2) ? likely(random, text.length) : any(random),
            );
            break;
          case 5: {
            const message = JSON.stringify({ jsonrpc: '2.0', method: '$/x', params: any(random) });
            const at = random(message.length);
            // What is no JSON, and JSON that is no message.
            if (random(3) === 0) now.write(random(2) ? message.slice(0, at) : JSON.stringify(any(random)));
            break;
          }
          case 6:
            if (random(10)) break;
            // An answer that only ends when nobody waits for it any more.
            pending.push(now.request('workspace/diagnostic', { previousResultIds: [] }));
            now.cancelLast();
            break;
          default:
            pending.push(
              now.request(
                methods[random(methods.length)] as string,
                random(6) ? likely(random, text.length) : any(random),
              ),
            );
            if (random(5) === 0) now.cancelLast();
        }
      }
      await Promise.all(pending);
      // The text is the same on both sides: it has the findings of one that was opened as a whole.
      const [uri, document] = [...now.documents].find(([each]) => /\.huashu$/.test(each)) ?? [];
      if (uri === undefined || !document) return;
      const fresh = `${uri.slice(0, -7)}-fresh.huashu`;
      const whole = document.getText();
      now.notify('textDocument/didOpen', {
        textDocument: { uri: fresh, languageId: 'huashu', version: 1, text: whole },
      });
      const tokens = async (of: string): Promise<unknown> => {
        const { result } = await now.request('textDocument/documentSymbol', { textDocument: { uri: of } });
        return result;
      };
      const folds = async (of: string): Promise<unknown> => {
        const { result } = await now.request('textDocument/foldingRange', { textDocument: { uri: of } });
        return result;
      };
      assert.deepEqual(await tokens(uri), await tokens(fresh), 'the text is another');
      assert.deepEqual(await folds(uri), await folds(fresh), 'the text is another');
      now.notify('textDocument/didClose', { textDocument: { uri: fresh } });
    } catch (error) {
      now.end();
      talk = undefined;
      throw error;
    }
  },
};

/** Ends the server that was talked to. */
export function endTalk(): void {
  talk?.end();
}
