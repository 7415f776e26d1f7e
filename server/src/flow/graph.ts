import { completed, type Steps } from '../base/steps.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Placed, ScriptNode } from '../syntax/tree.ts';
import { createBuilder } from './build.ts';
import { type Opening, openingsOf } from './openings.ts';

/** How a node is visited; each way leaves it differently. */
export type Role =
  /** By a jump or from the node above: running off its end continues at the next node. */
  | 'passing'
  /** By `插入`: running off its end goes back to the line below the insertion. */
  | 'inserted'
  /** 【随时】, from wherever a node waits for a reply: only its branches count. */
  | 'anytime';

/** A node that is visited in one of these ways. */
export interface Visit {
  readonly script: Script;
  readonly node: ScriptNode;
  readonly role: Role;
}

/** How a conversation ends. `ran-out` is off the last node, without an outcome; `sent` is the end of a one-way message. */
export type Ending = 'outcome' | 'end' | 'transfer' | 'ran-out' | 'sent';

/** A place in the conversation. */
export interface Point {
  /** Its position in `Graph.points`. */
  readonly index: number;
  readonly visit: Visit;
  /**
   * `line` is a line of the lead or of a branch body, or the branch itself; `wait` is where a reply is awaited. At `leave`
   * control goes back to where an inserted or anytime node was entered; at `spent` `重复` is used up and 其他 says it again.
   */
  readonly kind: 'entry' | 'line' | 'wait' | 'exit' | 'end' | 'leave' | 'spent';
  /** The line; for the end, the way back and the repetition that is used up: the line that led there, where it was one. */
  readonly placed: Placed | undefined;
  readonly ending: Ending | undefined;
  /** Whether the way back leads to the place of entry or, as `重复` of an anytime branch does, to asking again. */
  readonly leaving: Leaving | undefined;
  readonly edges: readonly Edge[];
}

export type Leaving = 'return' | 'repeat';

/**
 * What a step does to the count of repetitions, which belongs to one visit: `first` begins it, `again` is one of two
 * repetitions, after them `other` takes the branch 其他, and what would repeat once more is `spent`.
 */
export type Round = 'first' | 'again' | 'other' | 'spent';

/** Where control goes on when it comes back from an insertion or an anytime branch. */
export interface Back {
  readonly leaving: Leaving;
  readonly to: Point;
  readonly round?: Round;
}

interface EdgeBase {
  readonly from: Point;
  readonly to: Point;
  readonly round: Round | undefined;
}

/** A step from one point to another. */
export type Edge =
  | (EdgeBase & { readonly kind: 'next' | 'jump' })
  /** The customer takes a branch. */
  | (EdgeBase & { readonly kind: 'reply'; readonly category: string })
  /** A guarded jump, taken or not. */
  | (EdgeBase & { readonly kind: 'taken' | 'passed' })
  /** An insertion, or the customer taking an anytime branch. */
  | (EdgeBase & { readonly kind: 'call'; readonly backs: readonly Back[] });

/** The conversation that begins at the first node of a script, across files, and all other nodes of that script. */
export interface Graph {
  readonly script: Script;
  readonly points: readonly Point[];
  /** Where conversations begin; the first node of the script comes first, unless the script is a collection of nodes. */
  readonly entries: readonly { readonly point: Point; readonly opening: Opening }[];
  /** Whether messages go one way, so that nobody replies. */
  readonly oneWay: boolean;
  /** The points of a line, one for each way in which its node is visited. */
  at(placed: Placed): readonly Point[];
  /** The points of a node where control enters it. */
  into(node: ScriptNode): readonly Point[];
}

/** Linear in the size of the scripts that the conversation runs through. */
export function graphOf(script: Script, snapshot: Snapshot): Graph {
  return completed(buildingGraph(script, snapshot));
}

/** The same in small steps, for whoever has other things to do in between. */
export function* buildingGraph(script: Script, snapshot: Snapshot): Steps<Graph> {
  const builder = createBuilder(script, snapshot);
  const openings = openingsOf(script, snapshot);
  const entries = openings.map((opening) => ({ point: builder.enter(opening), opening }));
  for (const node of script.tree.nodes) builder.enter({ script, node, role: 'passing' });
  yield;
  yield* builder.finish();
  return { script, points: builder.points, entries, oneWay: builder.oneWay, at: builder.at, into: builder.into };
}
