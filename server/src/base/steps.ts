/** Work in small steps, each done when it is asked for; what comes of it is the return value. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function completed<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
