import { completed, type Steps } from '../base/steps.ts';
import type { Script } from '../model/script.ts';
import { keyOf, type Snapshot } from '../model/workspace.ts';
import { carrying, type Earlier } from './carried.ts';
import { check, judge, looking } from './check.ts';
import type { Finding, Fix } from './finding.ts';
import { type Grounds, groundsOf, sameAround, sameGrounds } from './grounds.ts';
import { reshaping } from './reshaped.ts';

/** Checks scripts that are edited: what was found in the last state of one is used for the next. */
export interface Checker {
  /** The same findings as `check`. */
  check(script: Script, snapshot: Snapshot): readonly Finding[];
  /** The same in small steps. */
  checking(script: Script, snapshot: Snapshot): Steps<readonly Finding[]>;
  /** The same for a text that is only tried out: the state that is remembered stays. */
  trying(script: Script, snapshot: Snapshot): Steps<readonly Finding[]>;
}

interface Checked {
  readonly script: Script;
  readonly snapshot: Snapshot;
  readonly grounds: Grounds;
  readonly findings: readonly Finding[];
  /** Missing where a next state is to be looked at anew in any case. */
  readonly earlier?: Earlier;
}

/** @param most of so many scripts the last state is remembered: those that somebody edits and looks at */
export function createChecker(most = 8): Checker {
  /** The last states, the one that was asked for last first. */
  let states: readonly Checked[] = [];
  function* checking(script: Script, snapshot: Snapshot): Steps<readonly Finding[]> {
    const known = stateOf(script);
    if (known?.script === script && known.snapshot === snapshot) return known.findings;
    const checked = yield* checkingFrom(known, script, snapshot);
    states = [checked, ...states.filter((state) => state !== stateOf(script))].slice(0, most);
    return checked.findings;
  }
  function* trying(script: Script, snapshot: Snapshot): Steps<readonly Finding[]> {
    return (yield* checkingFrom(stateOf(script), script, snapshot)).findings;
  }
  function stateOf({ uri }: Script): Checked | undefined {
    return states.find((state) => keyOf(state.script.uri) === keyOf(uri));
  }
  return { check: (script, snapshot) => completed(checking(script, snapshot)), checking, trying };
}

function* checkingFrom(known: Checked | undefined, script: Script, snapshot: Snapshot): Steps<Checked> {
  const grounds = groundsOf(script, snapshot);
  if (known?.script === script && sameGrounds(known.grounds, grounds)) return { ...known, snapshot };
  const earlier = known?.earlier;
  if (earlier && sameAround(known.script, known.grounds, script, grounds)) {
    const fixes = fixesFrom(script, snapshot);
    const carried =
      (yield* carrying(earlier, script, snapshot, fixes)) ?? (yield* reshaping(earlier, script, snapshot, fixes));
    if (carried) {
      const { findings } = judge(carried.found, script, snapshot);
      return { script, snapshot, grounds, findings, earlier: { script, ...carried } };
    }
  }
  const found = yield* looking(script, snapshot);
  const { findings } = judge(found, script, snapshot);
  const { flow } = found;
  return {
    script,
    snapshot,
    grounds,
    findings,
    ...(flow && { earlier: { script, found, followed: { script, flow } } }),
  };
}

/** Fixes go by the whole script: it is looked at when somebody asks. */
function fixesFrom(script: Script, snapshot: Snapshot): (finding: Finding) => readonly Fix[] {
  let all: readonly Finding[] | undefined;
  return (finding) => {
    all ??= check(script, snapshot);
    return all.find((each) => isSame(each, finding))?.fixes() ?? [];
  };
}

function isSame(one: Finding, other: Finding): boolean {
  return (
    one.rule === other.rule && one.start === other.start && one.end === other.end && one.message.zh === other.message.zh
  );
}
