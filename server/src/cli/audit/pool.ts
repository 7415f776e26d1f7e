import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Answer, type Checker, createChecker, type Standard } from './checker.ts';
import type { Chunk } from './record.ts';

/** Checks chunks, in this thread or in others. */
export interface Pool {
  /** How many chunks may be under way at once, so that none waits and memory stays bounded. */
  readonly room: number;
  check(chunk: Chunk): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * With a number of jobs, so many threads. Without one, this thread begins, since most inputs are done before another
 * thread has started; when it turns out that there is much to do, every processor gets a thread.
 */
export function createPool(standard: Standard, jobs: number | undefined): Pool {
  const wanted = jobs ?? Math.min(availableParallelism(), mostThreads);
  let here: Checker | undefined;
  let threads: Threads | undefined;
  let seen = 0;
  return {
    get room() {
      return threads ? 2 * wanted : 1;
    },
    async check(chunk) {
      seen += chunk.records.length;
      if (!threads && wanted > 1 && (jobs !== undefined || seen > smallInput)) threads = startThreads(standard, wanted);
      if (threads) return threads.check(chunk);
      here ??= createChecker(standard);
      return here(chunk);
    },
    close: async () => threads?.close(),
  };
}

/** In lines; about as much as is checked while threads start. */
const smallInput = 20_000;
const mostThreads = 16;

interface Threads {
  check(chunk: Chunk): Promise<Answer>;
  close(): Promise<void>;
}

interface Task {
  readonly chunk: Chunk;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

function startThreads(standard: Standard, count: number): Threads {
  const waiting: Task[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, Task>();
  const next = (): void => {
    while (waiting.length > 0 && idle.length > 0) {
      const task = waiting.shift();
      const worker = idle.pop();
      if (!task || !worker) return;
      busy.set(worker, task);
      worker.postMessage(task.chunk);
    }
  };
  const workers = Array.from({ length: count }, () => {
    // The bundle itself, which in another thread serves chunks and nothing else.
    const worker = new Worker(__filename, { workerData: standard });
    worker.on('message', (answer: Answer) => {
      const task = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      task?.done(answer);
      next();
    });
    worker.on('error', (error) => {
      for (const task of [...busy.values(), ...waiting.splice(0)]) task.failed(error);
      busy.clear();
    });
    idle.push(worker);
    return worker;
  });
  return {
    check: (chunk) =>
      new Promise((done, failed) => {
        waiting.push({ chunk, done, failed });
        next();
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
