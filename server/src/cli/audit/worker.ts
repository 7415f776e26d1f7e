import { parentPort, workerData } from 'node:worker_threads';
import { createChecker, type Standard } from './checker.ts';
import type { Chunk } from './record.ts';

/** What another thread of `huashu audit` does: it checks the chunks that it is sent. */
export function serveChunks(): void {
  const check = createChecker(workerData as Standard);
  parentPort?.on('message', (chunk: Chunk) => parentPort?.postMessage(check(chunk)));
}
