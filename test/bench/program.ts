import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a program needed from its start to its end. */
export interface Usage {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of CPU, of all threads. */
  readonly cpu: number;
  /** MiB. */
  readonly peak: number;
  readonly status: number | null;
  readonly output: Buffer;
}

export interface Running {
  readonly input?: Iterable<string>;
  readonly env?: NodeJS.ProcessEnv;
  /** What it says is not kept. */
  readonly silent?: boolean;
  readonly cwd?: string;
}

let runs = 0;

/** Runs Node with these arguments to its end. */
export function usageOf(args: readonly string[], { input, env, silent = false, cwd }: Running = {}): Promise<Usage> {
  const file = resolve(`out/bench/usage-${process.pid}-${runs++}.json`);
  const hook = ['--require', resolve('test/bench/usageHook.cjs')];
  return new Promise((done, failed) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [...hook, ...args], {
      stdio: [input ? 'pipe' : 'ignore', silent ? 'ignore' : 'pipe', 'ignore'],
      env: { ...process.env, ...env, HUASHU_BENCH_USAGE: file },
      ...(cwd !== undefined && { cwd }),
    });
    const output: Buffer[] = [];
    child.stdout?.on('data', (data: Buffer) => output.push(data));
    child.on('error', failed);
    child.on('close', (status, signal) => {
      if (signal !== null) {
        failed(new Error(`${args.join(' ')}: ${signal}`));
        return;
      }
      const wall = performance.now() - begun;
      const used: { cpu: number; peak: number } = JSON.parse(readFileSync(file, 'utf8'));
      rmSync(file);
      done({ wall, ...used, status, output: Buffer.concat(output) });
    });
    // Whoever ends before its input does says so by its status.
    child.stdin?.on('error', () => undefined);
    if (input && child.stdin) void feed(child.stdin, input);
  });
}

/** Writes no faster than it is read. */
async function feed(stream: NodeJS.WritableStream, input: Iterable<string>): Promise<void> {
  let waiting = '';
  const flush = async (): Promise<void> => {
    const full = !stream.write(waiting);
    waiting = '';
    if (full) await drained(stream);
  };
  for (const text of input) {
    waiting += text;
    if (waiting.length > 0x10000) await flush();
  }
  await flush();
  stream.end();
}

/** Resolves when a stream takes more, or will never take any again. */
function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}
