import type { Span } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import type { ScriptPacks, Snapshot } from '../../model/workspace.ts';
import type { Severity } from '../../packs/pack.ts';
import type { Placed, ScriptNode } from '../../syntax/tree.ts';
import type { Finding, Fix, Related, StructureCategory } from '../finding.ts';

/** What a structure rule looks at. */
export interface Subject {
  readonly script: Script;
  readonly packs: ScriptPacks;
  readonly snapshot: Snapshot;
}

/** A finding as a rule reports it; what is the same for all findings of the rule is added by the runner. */
export interface Draft extends Span {
  readonly message: Text;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** The shortest way from the start to the finding, as names of nodes. */
  readonly path?: readonly string[];
  /** Worked out only when somebody looks. */
  readonly fixes?: () => readonly Fix[];
  readonly tag?: Finding['tag'];
}

/** A rule about the language itself. Its id is its category, and what users write in settings and suppressions. */
export interface StructureRule {
  readonly id: StructureCategory;
  readonly severity: Severity;
  readonly title: Text;
  readonly why: Text;
  /** Scripts that show the rule; `⟦…⟧` marks what is underlined. They are its tests and its manual. */
  readonly examples: { readonly bad: readonly string[]; readonly good: readonly string[] };
  /** What is wrong with lines, each by what it says, by the names of nodes and variables, and by packs. */
  inLines?(lines: readonly Placed[], subject: Subject): Iterable<Draft>;
  /** What is wrong with nodes, each by its own lines and by where paths lead from it. */
  inNodes?(nodes: readonly ScriptNode[], subject: Subject): Iterable<Draft>;
  /** What is wrong with the script apart from that. */
  check?(subject: Subject): Iterable<Draft>;
}

/** Everything that a rule finds. */
export function* draftsOf({ inLines, inNodes, check }: StructureRule, subject: Subject): Generator<Draft> {
  if (inLines) yield* inLines(subject.script.tree.lines, subject);
  if (inNodes) yield* inNodes(subject.script.tree.nodes, subject);
  if (check) yield* check(subject);
}
