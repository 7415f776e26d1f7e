import type { Steps } from '../base/steps.ts';
import type { Script } from '../model/script.ts';
import { keyOf, type Snapshot } from '../model/workspace.ts';
import type { Checker } from '../rules/checker.ts';
import type { Finding } from '../rules/finding.ts';
import { changeBetween } from '../rules/moved.ts';

/** The checks of scripts that are open. */
export interface Checks {
  /** In small steps. Several who ask for the same at the same time go on with the same work. */
  checking(script: Script, snapshot: Snapshot): Steps<readonly Finding[]>;
  /**
   * The findings as the editor shows them while those of this text are still to be worked out: those of the text before, where they
   * stand now. Nothing where there are none, or nothing is to be worked out.
   */
  shown(script: Script): (() => readonly Finding[]) | undefined;
  forget(uri: string): void;
}

interface Found {
  readonly script: Script;
  readonly findings: readonly Finding[];
}

interface Work {
  readonly script: Script;
  readonly snapshot: Snapshot;
  readonly steps: Steps<readonly Finding[]>;
  /** What was found last. */
  found: Found | undefined;
}

export function checksOf(checker: Checker): Checks {
  const works = new Map<string, Work>();
  return {
    *checking(script, snapshot) {
      const key = keyOf(script.uri);
      const known = works.get(key);
      const isSame = known?.script === script && known.snapshot === snapshot;
      const work = isSame
        ? known
        : { script, snapshot, steps: checker.checking(script, snapshot), found: known?.found };
      works.set(key, work);
      for (;;) {
        const step = work.steps.next();
        // Behind its end work yields nothing more; whoever comes to it then finds what has come of it.
        if (step.done) {
          const findings = checker.check(script, snapshot);
          work.found = { script, findings };
          return findings;
        }
        yield;
      }
    },
    shown(script) {
      const found = works.get(keyOf(script.uri))?.found;
      return found && found.script !== script ? () => moved(found, script) : undefined;
    },
    forget(uri) {
      works.delete(keyOf(uri));
    },
  };
}

/** Findings in another text, but for those that something was changed in. */
function moved({ script: before, findings }: Found, script: Script): readonly Finding[] {
  const { start, stop: end, by } = changeBetween(before, script);
  return findings.flatMap((finding): readonly Finding[] => {
    if (finding.end <= start) return [finding];
    return finding.start >= end ? [{ ...finding, start: finding.start + by, end: finding.end + by }] : [];
  });
}
