import { inLanguage, type Language, type Text } from '../base/text.ts';
import { categoryTitle, ruleText } from '../features/describe.ts';
import { sourceLine } from '../features/markdown.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Severity } from '../packs/pack.ts';
import type { ReportedFinding } from '../report/report.ts';
import { structureRules } from '../rules/structure/index.ts';
import { suppressionRule } from '../rules/suppressions.ts';

/** What a report says about a rule besides its findings. */
export interface RuleTexts {
  readonly id: string;
  readonly category: string;
  /** Without any configuration; unknown for what no rule finds, such as a mistake in a configuration. */
  readonly severity?: Severity;
  readonly title: string;
  readonly why: string;
  /** Why, sources and wordings, as Markdown. */
  readonly markdown: string;
}

/** The rules behind findings, in the order of their ids. */
export function ruleTextsOf(
  findings: readonly ReportedFinding[],
  scripts: readonly Script[],
  snapshot: Snapshot,
  language: Language,
): readonly RuleTexts[] {
  const categories = new Map(findings.map(({ rule, category }) => [rule, category] as const));
  const ids = [...categories.keys()].sort();
  const sets = [...new Set(scripts.map((script) => snapshot.packs(script).set))];
  const say = (text: Text): string => inLanguage(text, language);
  return ids.map((id): RuleTexts => {
    const category = categories.get(id) ?? id;
    const set = sets.find((each) => each.rule(id));
    const builtin = [...structureRules, suppressionRule].find((each) => each.id === id);
    const rule = set?.rule(id) ?? builtin;
    const title = rule?.title ?? categoryTitle(category as ReportedFinding['category']);
    const sources = set?.sourcesInForce(set.rule(id)?.sources ?? [], snapshot.settings.today) ?? [];
    const why = rule ? say(rule.why) : '';
    const markdown = set ? ruleText(id, set, { snapshot, language, findings: () => [] }) : why;
    return {
      id,
      category,
      ...(rule && { severity: rule.severity }),
      title: title ? say(title) : id,
      why: [why, ...sources.map((source) => sourceLine(source, language))].filter((line) => line !== '').join('\n'),
      markdown,
    };
  });
}
