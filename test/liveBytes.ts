import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is alive after everything else has been collected. */
export function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  // What was held weakly goes in a second round.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
