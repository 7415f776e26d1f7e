import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { bytesIn } from './message.ts';
import type { AnswerOf, Assignment, GivenOf, TaskOf, WorkName } from './works.ts';

/** Does pieces of work, in this thread and in as many others as were called in. */
export interface Crew<Task, Answer> {
  /** How many pieces may be under way at once, so that no thread waits and memory stays bounded. */
  readonly room: number;
  /** Begins with a piece. Its answer is still to come when the next one can begin. */
  begin(task: Task): Promise<{ readonly answer: Promise<Answer> }>;
  /** Has so many threads in all at work; they join in when they are ready, and until then the others go on. */
  callIn(threads: number): void;
  close(): Promise<void>;
}

/** As many threads as have a processor each. */
export function sensibleThreads(): number {
  return Math.min(availableParallelism(), 16);
}

/**
 * This thread works along, since it would have nothing to do but hand out: others are kept supplied, and what they have no room
 * for is done here.
 *
 * @param given what other threads need to know before their first piece
 * @param here how a piece is done in this thread
 */
export function createCrew<Name extends WorkName>(
  work: Name,
  given: GivenOf<Name>,
  here: (task: TaskOf<Name>) => AnswerOf<Name>,
): Crew<TaskOf<Name>, AnswerOf<Name>> {
  const helpers: Helper<TaskOf<Name>, AnswerOf<Name>>[] = [];
  return {
    get room() {
      return 1 + 2 * supply * helpers.length;
    },
    async begin(task) {
      const [first, ...others] = helpers.filter((each) => each.isReady);
      const least = first && others.reduce((one, other) => (other.inHand < one.inHand ? other : one), first);
      if (least && least.inHand < supply) return { answer: least.do(task) };
      const answer = here(task);
      // The others are heard, and supplied, before this thread is busy again.
      await turn();
      return { answer: Promise.resolve(answer) };
    },
    callIn(threads) {
      while (helpers.length < threads - 1) helpers.push(startHelper({ work, given }));
    },
    async close() {
      await Promise.all(helpers.map((each) => each.close()));
    },
  };
}

/** How many pieces lie with a thread, so that it has the next one while this thread is busy with one of its own. */
const supply = 2;

interface Helper<Task, Answer> {
  readonly isReady: boolean;
  /** How many pieces it has been given and not answered. */
  readonly inHand: number;
  do(task: Task): Promise<Answer>;
  close(): Promise<unknown>;
}

function startHelper<Task, Answer>(assignment: Assignment): Helper<Task, Answer> {
  /** Answers come in the order of the tasks. */
  const waiting: { readonly done: (answer: Answer) => void; readonly failed: (error: unknown) => void }[] = [];
  let isReady = false;
  let failure: { readonly error: unknown } | undefined;
  // The program itself, which in another thread does what it is assigned and nothing else.
  const worker = new Worker(require.main?.filename ?? __filename, { workerData: assignment });
  worker.once('message', () => {
    isReady = true;
    worker.on('message', (answer: Answer) => waiting.shift()?.done(answer));
  });
  worker.on('error', (error) => {
    // Who is not ready has nothing in hand; its failure comes to light with the next piece.
    failure = { error };
    isReady = true;
    for (const { failed } of waiting.splice(0)) failed(error);
  });
  return {
    get isReady() {
      return isReady;
    },
    get inHand() {
      return waiting.length;
    },
    do: (task) =>
      new Promise((done, failed) => {
        if (failure) {
          failed(failure.error);
          return;
        }
        waiting.push({ done, failed });
        worker.postMessage(task, bytesIn(task));
      }),
    close: () => worker.terminate(),
  };
}
