import type { Steps } from '../base/steps.ts';

/** So long, in milliseconds, something is worked at before others get their turn. */
export const turn = 2;

/**
 * Works in turns, and lets everything through that has come meanwhile; answers what comes of it, or nothing if it is over before.
 *
 * @param pause lets waiting messages through
 * @param isOver whether nobody wants it any more
 */
export async function inTurns<T>(
  steps: Steps<T>,
  pause: () => Promise<void>,
  isOver: () => boolean,
): Promise<{ readonly value: T } | undefined> {
  let since = Date.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return { value: step.value };
    if (Date.now() - since < turn) continue;
    await pause();
    if (isOver()) return undefined;
    since = Date.now();
  }
}
