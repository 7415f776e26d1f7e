import type { FilePack } from '../model/workspace.ts';
import type { Quoted } from '../packs/pack.ts';
import { packSetOf } from '../packs/packSet.ts';
import { type ExampleFailure, runDetector, runExamples } from '../rules/examples.ts';
import { runFlowExamples } from '../rules/flow/examples.ts';
import type { EnvironmentProblem } from './environment.ts';

/** An example that fails, and where. */
export interface FailedExample {
  readonly text: string;
  readonly problem: EnvironmentProblem;
}

/** A rule or detector that is yet to be tried, with its examples. */
interface Trial {
  readonly quoted: readonly Quoted[];
  run(): Iterable<ExampleFailure>;
}

/**
 * Runs the examples of a pack, a rule or detector at a step, and places what fails at the example. Those whose examples stand in one
 * of the `first` files come first. A rule that is not in force on the day has nothing to find on it.
 */
export function* examinePack(
  { pack, examples }: FilePack,
  day: string,
  first: ReadonlySet<string>,
): Generator<readonly FailedExample[]> {
  if (!pack) return;
  const set = packSetOf([pack]);
  const trials = [
    ...set.detectors.map((detector): Trial => {
      const { does, not } = detector.examples;
      return { quoted: [...does, ...not], run: () => runDetector(detector, set, day) };
    }),
    ...[...set.rules, ...set.flow]
      .filter((rule) => set.inForce(rule, day))
      .map((rule): Trial => {
        const { bad, good } = rule.examples;
        const run = (): Iterable<ExampleFailure> =>
          'kind' in rule ? runFlowExamples(rule, set, day) : runExamples(rule, set, day);
        return { quoted: [...bad, ...good], run };
      }),
  ];
  const isFirst = ({ quoted: [example] }: Trial): boolean =>
    example !== undefined && first.has(examples.get(example)?.path ?? '');
  for (const { run } of [...trials.filter(isFirst), ...trials.filter((each) => !isFirst(each))]) {
    yield [...run()].flatMap(({ example, message }): FailedExample[] => {
      const range = examples.get(example);
      if (!range) return [];
      const problem = { ...range, severity: 'error', message } as const;
      return [{ text: example.text, problem: { uri: range.path, category: 'rule-pack', problem } }];
    });
  }
}

/** The failures of a pack as it was, where the same examples stand in the pack as it is. */
export function moved(failed: readonly FailedExample[], { examples }: FilePack): readonly FailedExample[] {
  const key = (path: string, text: string): string => `${path} ${text}`;
  const places = new Map([...examples].map(([{ text }, range]) => [key(range.path, text), range]));
  return failed.flatMap(({ text, problem }) => {
    const range = places.get(key(problem.uri, text));
    return range ? [{ text, problem: { ...problem, problem: { ...problem.problem, ...range } } }] : [];
  });
}
