import { type LabelledAct, readActs, scoreOf } from './acts.ts';
import { type JudgedScript, judge, mistakesIn } from './flow.ts';

/** What is right of what there is. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

/** How well a collection is judged: what should be found and is, and what should not and is left alone. */
export interface Measured {
  readonly found: Share;
  readonly clean: Share;
}

/** A collection that detectors or rules about the flow are measured by, with the shares that they have to reach. */
export interface Bar {
  readonly name: string;
  readonly found: number;
  readonly clean: number;
  measure(): Measured;
}

/** Every bar for detectors and rules about the flow, a little below what is measured: raise them as the packs get better. */
export const bars: readonly Bar[] = [
  { name: 'whole scripts, developed', found: 0.96, clean: 0.98, measure: () => ofScripts(judge('developed')) },
  { name: 'whole scripts, unseen', found: 0.8, clean: 0.92, measure: () => ofScripts(judge('unseen')) },
  { name: 'what agents do, developed', found: 0.99, clean: 0.99, measure: () => ofActs('acts.jsonl', 'agent') },
  { name: 'what agents do, unseen', found: 0.78, clean: 0.87, measure: () => ofActs('acts-unseen.jsonl', 'agent') },
  { name: 'what agents do, second set', found: 0.92, clean: 0.93, measure: () => ofActs('acts-more.jsonl', 'agent') },
  {
    name: 'what customers do, second set',
    found: 0.88,
    clean: 0.93,
    measure: () => ofActs('acts-more.jsonl', 'customer'),
  },
  { name: 'what agents do, third set', found: 0.78, clean: 0.97, measure: () => ofActs('acts-third.jsonl', 'agent') },
  {
    name: 'what customers do, third set',
    found: 0.95,
    clean: 0.97,
    measure: () => ofActs('acts-third.jsonl', 'customer'),
  },
  { name: 'what customers do, developed', found: 0.99, clean: 0.99, measure: () => ofActs('acts.jsonl', 'customer') },
  {
    name: 'what customers do, unseen',
    found: 0.7,
    clean: 0.83,
    measure: () => ofActs('acts-unseen.jsonl', 'customer'),
  },
];

export function ratio({ right, of }: Share): number {
  return of === 0 ? 1 : right / of;
}

function ofScripts(scripts: readonly JudgedScript[]): Measured {
  const { missed, flagged } = mistakesIn(scripts);
  const bad = scripts.filter(({ category }) => category !== undefined).length;
  const good = scripts.length - bad;
  return { found: { right: bad - missed.length, of: bad }, clean: { right: good - flagged.length, of: good } };
}

function ofActs(file: string, speaker: LabelledAct['speaker']): Measured {
  const score = scoreOf(readActs(file).filter((line) => line.speaker === speaker));
  return { found: { right: score.found, of: score.does }, clean: { right: score.not - score.false, of: score.not } };
}
