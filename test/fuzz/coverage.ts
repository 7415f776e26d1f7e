import { Session } from 'node:inspector';

/** Tells which texts went where none had been before. */
export interface Coverage {
  /** How many places of our sources were reached for the first time since it was asked last. */
  news(): number;
  readonly places: number;
}

const ours = /\/server\/src\//;

/**
 * Asks the engine which blocks have run. It tells of each only what is new since the last time, so that asking costs little
 * once most has been reached.
 */
export function startCoverage(): Coverage {
  const session = new Session();
  session.connect();
  // In the thread of the inspected program itself the answer is there when the call returns.
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  const seen = new Set<string>();
  return {
    get places() {
      return seen.size;
    },
    news() {
      const before = seen.size;
      session.post('Profiler.takePreciseCoverage', (error, answer) => {
        if (error) throw error;
        for (const { url, functions } of answer.result) {
          if (!ours.test(url)) continue;
          for (const { ranges } of functions)
            for (const { startOffset, endOffset, count } of ranges)
              if (count > 0) seen.add(`${url} ${startOffset} ${endOffset}`);
        }
      });
      return seen.size - before;
    },
  };
}
