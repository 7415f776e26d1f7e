import { completed } from '../base/steps.ts';
import type { Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { FlowRule, Severity, Source, WordingRule } from '../packs/pack.ts';
import { checkedLines, dayOf, judge, looking, utteranceOf } from './check.ts';
import type { Category, Finding } from './finding.ts';
import { structureRules } from './structure/index.ts';
import type { SuppressionEntry } from './suppressions.ts';
import { suppressionRule } from './suppressions.ts';
import { rulesLookingAt } from './wording.ts';

/** Everything that can be said of a script by the rules in force, for whoever answers for it. */
export interface Appraisal {
  readonly findings: readonly Finding[];
  readonly suppressions: readonly SuppressionEntry[];
  /** Every rule in force, in the order of the packs; rules about the language come last. */
  readonly standings: readonly Standing[];
  /** How many rules of the packs are not in force on the day. */
  readonly notInForce: number;
}

/** How a script stands with a rule. */
export interface Standing {
  readonly rule: string;
  readonly category: Category;
  readonly title: Text;
  /** As the configuration has it. */
  readonly severity: Severity;
  readonly sources: readonly Source[];
  readonly state: (typeof standingStates)[number];
  /** How many lines or places the rule looks at; nothing for one that looks at the whole script. */
  readonly places?: number;
  /** What it finds, suppressed or not. */
  readonly findings: readonly Finding[];
}

/**
 * `violated`: it finds something. `excused`: all that it finds is suppressed. `elsewhere`: it is broken only where a graver rule is told.
 * `met`: it looks at something and finds nothing. `not-applicable`: there is nothing for it to look at. `off`: the configuration turns
 * it off. `unread`: the file cannot be read, and was not checked.
 */
export const standingStates = ['violated', 'excused', 'elsewhere', 'met', 'not-applicable', 'off', 'unread'] as const;

export function appraise(script: Script, snapshot: Snapshot): Appraisal {
  const found = completed(looking(script, snapshot));
  const { findings, suppressions } = judge(found, script, snapshot);
  const { set } = snapshot.packs(script);
  const day = dayOf(script, snapshot);
  const levels = snapshot.config(script).rules;
  const { flow } = found;
  const looked = new Map<string, number>();
  const broken = new Set<string>(flow?.violations.map(({ rule }) => rule.id));
  if (flow) {
    for (const line of checkedLines(script, script.tree.nodes, set, flow.known)) {
      const seen = rulesLookingAt(utteranceOf(line), set, day);
      for (const { id } of seen.looking) looked.set(id, (looked.get(id) ?? 0) + 1);
      for (const { id } of seen.broken) broken.add(id);
    }
  }
  const placesOf = (rule: WordingRule | FlowRule): number =>
    'kind' in rule ? (flow?.placesOf(rule) ?? 0) : (looked.get(rule.id) ?? 0);
  const stateOf = (id: string, category: Category, places: number | undefined): Standing['state'] => {
    if ((levels.get(id) ?? levels.get(category)) === 'off') return 'off';
    const own = findings.filter((finding) => finding.rule === id);
    if (own.some(({ suppressed }) => !suppressed)) return 'violated';
    if (own.length > 0) return 'excused';
    if (!flow && id !== 'encoding') return 'unread';
    if (broken.has(id)) return 'elsewhere';
    return places === 0 ? 'not-applicable' : 'met';
  };
  const standing = (
    rule: { readonly id: string; readonly title: Text; readonly severity: Severity },
    category: Category,
    sources: readonly Source[],
    places: number | undefined,
  ): Standing => {
    const level = levels.get(rule.id) ?? levels.get(category);
    return {
      rule: rule.id,
      category,
      title: rule.title,
      severity: level === undefined || level === 'off' ? rule.severity : level,
      sources,
      state: stateOf(rule.id, category, places),
      ...(places !== undefined && { places }),
      findings: findings.filter((finding) => finding.rule === rule.id),
    };
  };
  const all = [...set.rules, ...set.flow];
  const inForce = all.filter((rule) => set.inForce(rule, day));
  return {
    findings,
    suppressions,
    standings: [
      ...inForce.map((rule) => standing(rule, rule.category, set.sourcesInForce(rule.sources, day), placesOf(rule))),
      ...[...structureRules, suppressionRule].map((rule) => standing(rule, rule.id, [], undefined)),
    ],
    notInForce: all.length - inForce.length,
  };
}
