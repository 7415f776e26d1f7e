import type { ChartEnd } from '../flow/chart.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Knowledge } from '../packs/pack.ts';
import type { Finding } from '../rules/finding.ts';
import type { Known } from '../rules/flow/knowledge.ts';
import type { Placed, ScriptNode } from '../syntax/tree.ts';
import type { FrontMatterKey, RoleKind } from '../syntax/vocabulary.ts';

/** A script in the world in which it is judged. */
export interface Side {
  readonly script: Script;
  readonly snapshot: Snapshot;
}

/** What two texts of a script differ in for the customer, and for whoever answers for it. Remarks and layout are nothing of that. */
export interface Difference {
  /** What the front matter says. */
  readonly header: readonly Change<string, { readonly key: FrontMatterKey | 'variable'; readonly name: string }>[];
  /** The nodes that are new, gone, or differ, in the order of the new script. */
  readonly nodes: readonly NodeDifference[];
  /** Ways that are open now, or no longer, between nodes that are there on both sides. */
  readonly ways: readonly WayDifference[];
  /** How the conversation can end now, or no longer. */
  readonly ends: readonly (Change<ChartEnd, unknown> & { readonly kind: 'new' | 'gone' })[];
  readonly findings: readonly FindingDifference[];
}

/** Something that was not there before, is no longer, or says something else. */
export type Change<T, Rest> = Rest & {
  readonly kind: 'new' | 'gone' | 'changed';
  readonly before?: T;
  readonly after?: T;
};

export interface NodeDifference {
  readonly kind: 'new' | 'gone' | 'changed';
  /** The name it has now, or had; empty for the lines above the first heading. */
  readonly name: string;
  /** The name it had, where that was another one. */
  readonly formerly?: string;
  readonly steps?: Change<readonly string[], unknown>;
  /** Whether a conversation comes there. */
  readonly reached?: { readonly before: boolean; readonly after: boolean };
  readonly replies: readonly ReplyDifference[];
  readonly lines: readonly LineDifference[];
  readonly known: readonly KnownDifference[];
  readonly before?: ScriptNode;
  readonly after?: ScriptNode;
}

export interface ReplyDifference {
  readonly kind: 'new' | 'gone' | 'changed';
  readonly speaker: string;
  readonly category: string;
  /** The examples that are new, and those that are gone. */
  readonly examples: { readonly more: readonly string[]; readonly less: readonly string[] };
  readonly placed: Placed;
}

/** Something that is said to the customer, or to the agent. */
export interface LineDifference {
  readonly kind: 'new' | 'gone' | 'changed';
  /** The category of the reply below which it stands. */
  readonly below?: string;
  readonly before?: Placed;
  readonly after?: Placed;
  /** The node that it stood in before, or stands in now, word for word. */
  readonly moved?: string;
}

export interface WayDifference {
  readonly kind: 'opened' | 'closed' | 'moved';
  readonly from: string;
  readonly reply?: string;
  /** Who replies so. */
  readonly speaker?: RoleKind;
  readonly condition?: string;
  /** Where it leads; `before` of one that is open now is missing. */
  readonly before?: Destination;
  readonly after?: Destination;
  readonly line?: Placed;
}

/** A node by its name, with its file where that is another one, or an end. */
export type Destination = { readonly node: string } | { readonly end: ChartEnd };

export interface KnownDifference {
  readonly of: Knowledge;
  readonly before: Known['state'];
  readonly after: Known['state'];
}

export interface FindingDifference {
  /** `excused` is suppressed now, `counting` no longer. */
  readonly kind: 'new' | 'gone' | 'excused' | 'counting';
  readonly finding: Finding;
}
