import type { FilePack } from '../model/workspace.ts';
import type { WordingRule } from '../packs/pack.ts';
import { packSetOf } from '../packs/packSet.ts';
import { runExamples } from '../rules/examples.ts';
import type { EnvironmentProblem } from './environment.ts';

/** An example that fails, and where. */
export interface FailedExample {
  readonly text: string;
  readonly problem: EnvironmentProblem;
}

/**
 * Runs the examples of a pack, a rule at a step, and places what fails at the example. The rules whose examples stand in one
 * of the `first` files come first. A rule that is not in force on the day has nothing to find on it.
 */
export function* examinePack(
  { pack, examples }: FilePack,
  day: string,
  first: ReadonlySet<string>,
): Generator<readonly FailedExample[]> {
  if (!pack) return;
  const set = packSetOf([pack]);
  const isFirst = ({ examples: { bad, good } }: WordingRule): boolean => {
    const [example] = [...bad, ...good];
    return example !== undefined && first.has(examples.get(example)?.path ?? '');
  };
  const rules = set.rules.filter((rule) => set.inForce(rule, day));
  for (const rule of [...rules.filter(isFirst), ...rules.filter((each) => !isFirst(each))]) {
    yield [...runExamples(rule, set, day)].flatMap(({ example, message }): FailedExample[] => {
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
