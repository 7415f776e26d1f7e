import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { tools } from '../../server/src/assist/index.ts';
import { anything } from './anything.ts';
import { mutated, type Random } from './mutate.ts';
import type { Subject } from './subjects.ts';

const root = join(import.meta.dirname, '../..');
const patience = 20_000;

interface Answer {
  readonly jsonrpc?: unknown;
  readonly id?: unknown;
  readonly result?: { readonly [name: string]: unknown };
  readonly error?: { readonly code?: unknown; readonly message?: unknown };
}

/** A built `huashu mcp`, which is told anything. */
class Session {
  told = 0;
  /** What it has written to the user. */
  said = '';
  readonly exited: Promise<readonly [code: number | null, signal: string | null]>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private count = 0;
  private ended = false;
  /** What is wrong with something that it has answered. */
  private wrong: string | undefined;

  constructor() {
    const cli = join(root, 'dist/node/cli.cjs');
    this.child = spawn(
      process.execPath,
      ['--max-old-space-size=1024', cli, 'mcp', join(root, 'samples'), '--lang', 'zh-CN'],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.exited = once(this.child, 'exit').then(([code, signal]) => {
      this.ended = true;
      return [code, signal];
    });
    this.child.unref();
    this.child.stdin.on('error', () => {});
    this.child.stderr.on('data', (part) => {
      this.said += part;
    });
    createInterface({ input: this.child.stdout }).on('line', (line) => this.hear(line));
  }

  get lives(): boolean {
    return !this.ended;
  }

  /** A line, whatever it is. */
  write(line: string): void {
    this.told++;
    this.child.stdin.write(`${line}\n`);
  }

  /** Everything that is asked is answered, once, with a result or an error in words. */
  async request(method: string, params: unknown): Promise<Answer> {
    const id = ++this.count;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    const answer = await within(answered, () => `${method} is not answered: ${JSON.stringify(params)?.slice(0, 500)}`);
    if (answer.error) {
      const { code, message } = answer.error;
      assert.ok(Number.isInteger(code) && typeof message === 'string' && message !== '', JSON.stringify(answer));
      assert.doesNotMatch(message, /\n\s+at |TypeError|RangeError/);
    } else assert.ok(answer.result, JSON.stringify(answer));
    return answer;
  }

  /** What is cancelled may be answered or not. */
  cancelLast(): void {
    this.waiting.get(this.count)?.({ result: {} });
    this.waiting.set(this.count, () => {});
    const params = { requestId: this.count, reason: 'x' };
    this.write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }));
  }

  /** Nobody writes any more, perhaps in the middle of something. */
  close(rest: string): void {
    this.child.stdin.end(rest);
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  /** It lives, has written nothing but messages, and told the user in a line each what it has passed over. */
  examine(): void {
    assert.equal(this.wrong, undefined);
    for (const line of this.said.split('\n')) assert.match(line, /^(?:忽略了一条有误的消息：.{1,70})?$/u);
    this.said = '';
  }

  private hear(line: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(line);
    } catch {
      this.wrong = `no message: ${line.slice(0, 200)}`;
      return;
    }
    if (answer.jsonrpc !== '2.0') this.wrong = `no message: ${line.slice(0, 200)}`;
    if (typeof answer.id !== 'number') return;
    const waits = this.waiting.get(answer.id);
    if (!waits && answer.id <= this.count && answer.id > 0 && Number.isInteger(answer.id))
      this.wrong = `answered twice: ${line.slice(0, 200)}`;
    this.waiting.delete(answer.id);
    waits?.(answer);
  }
}

function within<T>(promise: Promise<T>, why: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(why())), patience);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

let session: Session | undefined;

const methods = [
  ...['initialize', 'ping', 'tools/list', 'tools/call', 'resources/list', 'resources/templates/list', 'resources/read'],
  ...['prompts/list', 'completion/complete', 'logging/setLevel', 'resources/subscribe', 'server/discover', 'no/such'],
];
const notifications = ['initialized', 'cancelled', 'progress', 'roots/list_changed', 'message', 'no_such'];
const names =
  'name arguments uri cursor _meta progressToken requestId protocolVersion capabilities clientInfo version path text rule phrase step language scope result error code message params method id jsonrpc'.split(
    ' ',
  );
const texts = [
  ...['违规示例.huashu', '../README.md', '/etc/passwd', '.', 'a\0.huashu', '公共.huashu/', 'CON', '\\\\host\\a.huashu'],
  ...[
    'huashu://language',
    'huashu://rules',
    'huashu://rules/cn/no-insult',
    'huashu://rules/%ff',
    'huashu://',
    'file:///',
  ],
  ...['cn/no-threat-of-violence', '确认身份', 'en', 'zh-CN', '2025-11-25', '2026-07-28', '1999-01-01'],
];
const any = (random: Random, depth?: number): unknown => anything(random, names, texts, depth);

/** Arguments that a tool may have, right or nearly so. */
function argumentsFor(random: Random, text: string): object {
  const huge = random(80) === 0 ? [text.repeat(1 + random(300))] : [];
  const values = [text, text.slice(0, 40), texts[random(texts.length)], any(random), ...huge];
  const given = Object.entries(tools[random(tools.length)]?.fields ?? {}).flatMap(([name]): [string, unknown][] =>
    random(3) ? [[name, values[random(values.length)]]] : [],
  );
  return Object.fromEntries(random(6) ? given : [...given, [String(any(random, 5)), any(random)]]);
}

function likely(random: Random, text: string): object {
  return {
    name: random(9) ? tools[random(tools.length)]?.name : any(random, 5),
    arguments: random(9) ? argumentsFor(random, text) : any(random),
    uri: random(9) ? texts[random(texts.length)] : any(random),
    protocolVersion: texts[random(texts.length)],
    capabilities: random(9) ? {} : any(random),
    clientInfo: random(9) ? { name: 't', version: '1' } : any(random),
    ...(random(4) === 0 && { _meta: any(random) }),
    ...(random(4) === 0 && { cursor: any(random, 5) }),
  };
}

export const assistantsSubject: Subject = {
  name: 'huashu mcp answers whatever it is asked, in any order, and ends with its input',
  seeds: 'scripts',
  async run(text, random) {
    if (!session?.lives || session.told > 3000) {
      session?.end();
      session = new Session();
      if (random(3) === 0) await session.request('tools/list', {});
      await session.request('initialize', {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'fuzz', version: '1' },
      });
    }
    const now = session;
    const pending: Promise<unknown>[] = [];
    const method = (): string => methods[random(methods.length)] as string;
    try {
      for (let step = 0; step < 15; step++) {
        switch (random(8)) {
          case 0: {
            const message = JSON.stringify({ jsonrpc: '2.0', id: 'x', method: method(), params: likely(random, text) });
            // What is no JSON, and is JSON that is no message.
            now.write(
              random(2)
                ? mutated(message, [message], random).replaceAll('\n', ' ')
                : (JSON.stringify(any(random)) ?? ''),
            );
            break;
          }
          case 1: {
            const id = [null, 1.5, 'x', -1, {}, [], '', 2 ** 60][random(8)];
            now.write(JSON.stringify({ jsonrpc: random(3) ? '2.0' : 2, id, method: method(), params: any(random) }));
            break;
          }
          case 2:
            now.write(
              JSON.stringify({
                jsonrpc: '2.0',
                method: `notifications/${notifications[random(notifications.length)]}`,
                params: random(2) ? any(random) : undefined,
              }),
            );
            break;
          case 3:
            // An answer to something that nobody has asked.
            now.write(JSON.stringify({ jsonrpc: '2.0', id: random(3), [random(2) ? 'result' : 'error']: any(random) }));
            break;
          default:
            pending.push(now.request(method(), random(6) ? likely(random, text) : any(random)));
            if (random(8) === 0) now.cancelLast();
        }
      }
      await Promise.all(pending);
      const checked = async (): Promise<unknown> => {
        const { result } = await now.request('tools/call', { name: 'huashu_check_script', arguments: { text } });
        return result;
      };
      assert.deepEqual(await checked(), await checked(), 'it says another thing of the same text');
      now.examine();
      if (random(6)) return;
      session = undefined;
      const rest = JSON.stringify({ jsonrpc: '2.0', id: 'y', method: 'tools/list' });
      now.close(`${random(2) ? `${rest}\n` : ''}${rest.slice(0, random(rest.length))}`);
      assert.deepEqual(await within(now.exited, () => 'it goes on when nobody writes to it'), [0, null]);
    } catch (error) {
      now.end();
      session = undefined;
      throw error;
    }
  },
};

/** Ends the server that was talked to. */
export function endSession(): void {
  session?.end();
}
