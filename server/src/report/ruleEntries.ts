import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { FlowRule, Severity, Source } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { flowFixTitle } from '../rules/flow/fixes.ts';
import { alternativesText, flowInWords } from '../rules/flow/inWords.ts';
import { structureRules } from '../rules/structure/index.ts';
import type { StructureRule } from '../rules/structure/rule.ts';
import { suppressionRule } from '../rules/suppressions.ts';

/** What can be said of any rule, whatever it is about. */
export interface RuleEntry {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity;
  readonly title: Text;
  readonly why: Text;
  readonly suppressible: boolean | 'approval';
  /** Those that are in force. */
  readonly sources: readonly Source[];
  /** Whether the examples are lines that somebody says, and not whole scripts. */
  readonly lines: boolean;
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly fixes: readonly string[];
  /** What a rule about the flow looks at: its kind in a sentence, then what that speaks of. */
  readonly looks?: readonly string[];
}

/** Every rule that is in force on a day: those of the packs, and those about the language. */
export function ruleEntries(packs: PackSet, day: string, language: Language): readonly RuleEntry[] {
  const ofPacks = [...packs.rules, ...packs.flow]
    .filter((rule) => packs.inForce(rule, day))
    .map(
      (rule): RuleEntry => ({
        id: rule.id,
        category: rule.category,
        severity: rule.severity,
        title: rule.title,
        why: rule.why,
        suppressible: rule.suppressible,
        sources: packs.sourcesInForce(rule.sources, day),
        lines: !('kind' in rule),
        bad: rule.examples.bad.map(({ text }) => text),
        good: rule.examples.good.map(({ text }) => text),
        fixes: rule.fixes.map((fix) => ('with' in fix ? fix.with : inLanguage(flowFixTitle(fix, packs), language))),
        ...('kind' in rule && { looks: looksOf(rule, packs, language) }),
      }),
    );
  const structure = [...structureRules, suppressionRule].map(
    (rule: Omit<StructureRule, 'check'>): RuleEntry => ({
      id: rule.id,
      category: rule.id,
      severity: rule.severity,
      title: rule.title,
      why: rule.why,
      suppressible: rule.id !== 'suppression' && rule.id !== 'encoding',
      sources: [],
      lines: false,
      bad: rule.examples.bad.map((text) => text.replace(/[⟦⟧]/g, '')),
      good: rule.examples.good,
      fixes: [],
    }),
  );
  return [...ofPacks, ...structure];
}

function looksOf(rule: FlowRule, packs: PackSet, language: Language): string[] {
  const { kind, parts } = flowInWords(rule, packs);
  const colon = language === 'en' ? ': ' : '：';
  return [
    inLanguage(kind, language),
    ...parts.map(({ title, any }) => `${inLanguage(title, language)}${colon}${alternativesText(any, language)}`),
  ];
}
