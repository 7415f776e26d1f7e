import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import { flowCategories, type Severity, type Source, severities, wordingCategories } from '../packs/pack.ts';

/** Categories of findings about the language itself. */
export const structureCategories = [
  'unknown-line',
  'unknown-role',
  'unknown-target',
  'unknown-step',
  'duplicate-node',
  'duplicate-reply',
  'unanswered-question',
  'unreachable',
  'dead-end',
  'endless-loop',
  'undefined-variable',
  'unused-variable',
  'front-matter',
  'condition',
  'encoding',
  'suppression',
  'scenario',
  'insertion',
  'configuration',
  'rule-pack',
] as const;
export type StructureCategory = (typeof structureCategories)[number];

export const categories = [...new Set([...wordingCategories, ...flowCategories, ...structureCategories])];
export type Category = (typeof categories)[number];

/** The graver finding first, as a sort wants it. */
export function byGravity(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

export function isCategory(name: string): name is Category {
  return (categories as readonly string[]).includes(name);
}

/** A way to mend a finding. */
export interface Fix {
  readonly title: Text;
  /** Whether it can be applied without looking, because the meaning cannot change. */
  readonly safe: boolean;
  /** Whether it is clearly what was meant, whatever else there is. */
  readonly best?: true;
  readonly edits: readonly Edit[];
}

/** A place that helps to understand a finding. */
export interface Related extends Span {
  readonly message: Text;
  readonly uri?: string;
}

/** Why a finding does not count. */
export interface Suppressed {
  readonly reason: string;
  readonly approved?: string;
  readonly until?: string;
}

/** Something that is wrong in a script. The one currency of editor, command line and reports. */
export interface Finding extends Span {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly message: Text;
  readonly sources: readonly Source[];
  readonly related: readonly Related[];
  /** Worked out only when somebody looks: there can be many findings, and few of them are looked at. */
  fixes(): readonly Fix[];
  /** The shortest way from the start to the finding, as names of nodes; for findings about the flow. */
  readonly path?: readonly string[];
  readonly suppressed?: Suppressed;
  /** How an editor may show it: faded out, or struck through. */
  readonly tag?: 'unnecessary' | 'deprecated';
}

/** Findings by the ids of their rules. */
export function groupedByRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group) group.push(finding);
    else groups.set(finding.rule, [finding]);
  }
  return groups;
}
