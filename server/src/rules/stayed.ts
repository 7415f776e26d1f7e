import type { Range } from '../flow/place.ts';
import type { Script } from '../model/script.ts';
import type { FlowRule } from '../packs/pack.ts';
import { findingsInNodes } from './check.ts';
import { type Finding, type Fix, groupedByRule } from './finding.ts';
import type { FlowResult } from './flow/violations.ts';
import { type Change, moved } from './moved.ts';
import { structureRules } from './structure/index.ts';
import type { Subject } from './structure/rule.ts';

/** The nodes of a script in which something has changed, by their numbers before and now. */
export interface ChangedNodes {
  readonly before: Script;
  readonly was: Range;
  readonly is: Range;
}

/** Whether a place was in one of them. */
export function wasIn({ before: { tree }, was }: ChangedNodes, offset: number): boolean {
  const start = tree.nodes[was.from]?.span.start ?? 0;
  const stop = tree.nodes[was.stop]?.span.start ?? Number.POSITIVE_INFINITY;
  return offset >= start && offset < stop;
}

/** What is found in nodes by themselves, where paths lead from all of them as they did. */
export function inNodesAnew(
  found: readonly Finding[],
  changed: ChangedNodes,
  subject: Subject,
  change: Change,
  fixes: (finding: Finding) => readonly Fix[],
): readonly Finding[] {
  const { nodes } = subject.script.tree;
  const others = found.filter(({ start }) => !wasIn(changed, start));
  const kept = moved(others, change, fixes);
  const anew = kept ? nodes.slice(changed.is.from, changed.is.stop) : nodes;
  return [...(kept ?? []), ...structureRules.flatMap((rule) => findingsInNodes(rule, anew, subject))];
}

/**
 * What is told of the flow as it was before, and the rules of which all is told so.
 *
 * @param here a finding where it stands now; nothing where it cannot be told so any more
 */
export function toldAgain(
  flowed: readonly Finding[],
  { watched: { monitors } }: FlowResult,
  isBrokenAsBefore: (rule: FlowRule) => boolean,
  here: (finding: Finding) => Finding | undefined,
): { readonly told: readonly Finding[]; readonly settled: ReadonlySet<string> } {
  const told: Finding[] = [];
  const settled = new Set<string>();
  const known = groupedByRule(flowed);
  for (const { rule } of monitors) {
    const findings = known.get(rule.id) ?? [];
    if (rule.kind === 'limits' || !isBrokenAsBefore(rule)) continue;
    const still = findings.flatMap((each) => here(each) ?? []);
    told.push(...still);
    if (still.length === findings.length) settled.add(rule.id);
  }
  return { told, settled };
}
