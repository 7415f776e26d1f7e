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

/** One way of visiting a node. `重复` begins a new round, so that “at most twice” is part of the graph and no cycle. */
export interface Visit {
  readonly script: Script;
  readonly node: ScriptNode;
  readonly role: Role;
  /** How often the node has been repeated, 0 to 2; in round 3 only the branch 其他 is left. */
  readonly round: number;
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
   * control goes back to where an inserted or anytime node was entered; at `spent` `重复` has been used up and nothing is left.
   */
  readonly kind: 'entry' | 'line' | 'wait' | 'exit' | 'end' | 'leave' | 'spent';
  /** The line; for the end, the way back and the repetition that is used up: the line that led there, where it was one. */
  readonly placed?: Placed;
  readonly ending?: Ending;
  /** Whether the way back leads to the place of entry or, as `重复` of an anytime branch does, to another round. */
  readonly leaving?: Leaving;
  readonly edges: readonly Edge[];
}

export type Leaving = 'return' | 'repeat';

interface EdgeBase {
  readonly from: Point;
  readonly to: Point;
}

/** A step from one point to another. */
export type Edge =
  | (EdgeBase & { readonly kind: 'next' | 'jump' })
  /** The customer takes a branch. */
  | (EdgeBase & { readonly kind: 'reply'; readonly category: string })
  /** A guarded jump, taken or not. */
  | (EdgeBase & { readonly kind: 'taken' | 'passed' })
  /** An insertion, or the customer taking an anytime branch; control comes back to `back`, or to `again`. */
  | (EdgeBase & { readonly kind: 'call'; readonly back: Point; readonly again?: Point });

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
  const builder = createBuilder(script, snapshot);
  const openings = openingsOf(script, snapshot);
  const entries = openings.map((opening) => ({
    point: builder.enter({ ...opening, round: 0 }),
    opening,
  }));
  for (const node of script.tree.nodes) builder.enter({ script, node, role: 'passing', round: 0 });
  builder.finish();
  return { script, points: builder.points, entries, oneWay: builder.oneWay, at: builder.at, into: builder.into };
}
