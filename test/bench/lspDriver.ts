import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

// A language client that trusts no library of ours: it frames messages itself, and clocks them where they leave and arrive.

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export type Answering = (method: string, params: unknown) => unknown;

/** A running server. */
export class Session {
  readonly child: ChildProcessWithoutNullStreams;
  private readonly answering: Answering;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly listeners = new Set<(message: Message) => void>();
  private nextId = 1;
  private received: Buffer[] = [];
  private size = 0;
  private wanted: { readonly body: number; readonly end: number } | undefined;
  /** How long the last message was that was an answer or findings. */
  lastBytes = 0;

  /** @param answering what the client says to requests of the server */
  constructor(command: readonly string[], answering: Answering, env: NodeJS.ProcessEnv = {}) {
    this.answering = answering;
    this.child = spawn(process.execPath, command, { stdio: 'pipe', env: { ...process.env, ...env } });
    this.child.stdout.on('data', (data: Buffer) => this.take(data));
    this.child.stderr.resume();
  }

  /** Answers the result; `cancel` asks the server to give up. */
  request(method: string, params: unknown): { readonly answer: Promise<Message>; cancel(): void } {
    const id = this.nextId++;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    this.send({ id, method, params });
    return { answer, cancel: () => this.notify('$/cancelRequest', { id }) };
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  /** The next notification that is as wanted. */
  next(method: string, isWanted: (params: never) => boolean = () => true): Promise<Message> {
    return new Promise((resolve) => {
      const listener = (message: Message): void => {
        if (message.method !== method || !isWanted(message.params as never)) return;
        this.listeners.delete(listener);
        resolve(message);
      };
      this.listeners.add(listener);
    });
  }

  /** Milliseconds of CPU that all its threads have used so far. */
  cpu(): number {
    return cpuOf(this.child.pid ?? 0);
  }

  /** Resolves when the server has had nothing to do for so many milliseconds. */
  async quiet(time = 120): Promise<void> {
    for (let before = this.cpu(), still = 0; still < time / 40; ) {
      await delay(40);
      const now = this.cpu();
      still = now - before < 1 ? still + 1 : 0;
      before = now;
    }
  }

  /** What the process holds now, and held at most, in MiB. */
  memory(): { readonly now: number; readonly peak: number } {
    return memoryOf(this.child.pid ?? 0);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.request('shutdown', undefined).answer;
    this.notify('exit', undefined);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 3000);
    await gone;
    clearTimeout(timer);
  }

  private send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  private take(data: Buffer): void {
    this.received.push(data);
    this.size += data.length;
    for (;;) {
      if (this.wanted && this.size < this.wanted.end) return;
      const all = this.received.length === 1 ? (this.received[0] as Buffer) : Buffer.concat(this.received);
      this.received = [all];
      if (!this.wanted) {
        const head = all.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(all.toString('latin1', 0, head))?.[1]);
        this.wanted = { body: head + 4, end: head + 4 + length };
        continue;
      }
      const { body, end } = this.wanted;
      const message: Message = JSON.parse(all.toString('utf8', body, end));
      if (message.method === undefined || message.method === 'textDocument/publishDiagnostics')
        this.lastBytes = end - body;
      this.received = [all.subarray(end)];
      this.size = all.length - end;
      this.wanted = undefined;
      this.arrived(message);
    }
  }

  private arrived(message: Message): void {
    const { id, method } = message;
    if (method === undefined) {
      const waiting = this.waiting.get(Number(id));
      this.waiting.delete(Number(id));
      waiting?.(message);
      return;
    }
    for (const listener of [...this.listeners]) listener(message);
    if (id !== undefined) this.send({ id, result: this.answering(method, message.params) ?? null });
  }
}

export function delay(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

/** Milliseconds of CPU of all threads of a process; where there is no /proc, what `ps` knows, which is coarse. */
function cpuOf(pid: number): number {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).reduce((sum, task) => {
      const [nanoseconds] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ');
      return sum + Number(nanoseconds) / 1e6;
    }, 0);
  } catch {
    const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return 1000 * time.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  }
}

function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]) / 1024;
    return { now: field('VmRSS'), peak: field('VmHWM') };
  } catch {
    const now = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
    return { now, peak: now };
  }
}
