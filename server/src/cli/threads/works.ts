import type { Pack } from '../../packs/pack.ts';

/** How a piece of work is done. */
export type Doer<Task, Answer> = (task: Task) => Answer;

/** Work in which other threads can help: what they are given once, and the packs that come along. All that is sent is plain data. */
export type Work<Given, Task, Answer> = (
  given: Given,
  bundled: readonly Pack[],
) => Doer<Task, Answer> | Promise<Doer<Task, Answer>>;

/** Each is loaded by the thread that does it. */
export const works = {
  audit: async () => (await import('../audit/checker.ts')).createChecker,
  check: async () => (await import('../checkShare.ts')).openShares,
};

export type WorkName = keyof typeof works;
type WorkOf<Name extends WorkName> = Awaited<ReturnType<(typeof works)[Name]>>;
export type GivenOf<Name extends WorkName> = WorkOf<Name> extends Work<infer Given, never, unknown> ? Given : never;
type DoerOf<Name extends WorkName> = Awaited<ReturnType<WorkOf<Name>>>;
export type TaskOf<Name extends WorkName> = Parameters<DoerOf<Name>>[0];
export type AnswerOf<Name extends WorkName> = ReturnType<DoerOf<Name>>;

/** What a thread is started with. */
export interface Assignment {
  readonly work: WorkName;
  readonly given: unknown;
}
