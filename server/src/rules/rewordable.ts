import { lineAt, type Script } from '../model/script.ts';
import type { FlowKind } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Guidance, Utterance } from '../syntax/line.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import type { Finding } from './finding.ts';

/** A line that the agent says, or is told. */
export type Spoken = Placed & { readonly line: Utterance | Guidance };

/** Of rules about the flow, those that a line can break by what it says; others want something that stands elsewhere. */
const brokenByWords: readonly FlowKind[] = ['requires-before', 'forbids-after', 'max-count', 'limits'];

/** The line whose words are what is wrong, so that other words can mend it. */
export function rewordable(finding: Finding, script: Script, packs: PackSet): Spoken | undefined {
  const rule = packs.rule(finding.rule);
  if (!rule || finding.suppressed || ('kind' in rule && !brokenByWords.includes(rule.kind))) return undefined;
  const placed = lineAt(script, finding.start);
  const spoken = spokenIn(placed);
  return spoken && finding.start >= placed.start && finding.end <= placed.end ? spoken : undefined;
}

/** Whether a rule wants something that the script lacks, rather than words to be other ones. */
export function asksElsewhere({ rule: id }: Finding, packs: PackSet): boolean {
  const rule = packs.rule(id);
  return rule !== undefined && 'kind' in rule && !brokenByWords.includes(rule.kind);
}

export function spokenIn(placed: Placed): Spoken | undefined {
  if (isLine(placed, 'guidance') && placed.line.speech.text !== '') return placed;
  if (isLine(placed, 'utterance') && placed.line.speaker === 'agent' && placed.line.speech.text !== '') return placed;
  return undefined;
}
