import { parentPort, workerData } from 'node:worker_threads';
import { readBundled } from '../../host/bundled.ts';
import { nodeShipped } from '../../host/nodeHost.ts';
import { bytesIn } from './message.ts';
import { type Assignment, type Doer, type Work, works } from './works.ts';

/** What another thread of a command does: one piece of work after the other. It says when it is ready for the first. */
export async function serve(): Promise<void> {
  const { work, given } = workerData as Assignment;
  // The packs are read here again, which is quicker than to be handed them.
  const [start, bundled] = await Promise.all([works[work](), readBundled(nodeShipped)]);
  // Whoever assigned the work has seen to it that what is sent fits.
  const act: Doer<never, unknown> = await (start as Work<never, never, unknown>)(given as never, bundled);
  parentPort?.on('message', (task: unknown) => {
    const answer = act(task as never);
    parentPort?.postMessage(answer, bytesIn(answer));
  });
  parentPort?.postMessage('ready');
}
