import type { Script } from '../model/script.ts';
import type { Branch } from '../syntax/line.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import type { Edge, Graph, Point, Round } from './graph.ts';
import { isAnytime } from './openings.ts';
import type { Verdict } from './values.ts';

type Call = Extract<Edge, { kind: 'call' }>;

/** Where an inserted or anytime node was entered from. */
interface Frame {
  readonly call: Call;
  readonly count: number;
  readonly below?: Frame;
  readonly depth: number;
  /** Equal for frames that come back in the same way. */
  readonly key: string;
}

/** Where control is: the count is how often the node at hand has been repeated, and 3 once a reply counts as 其他. */
interface Situation {
  readonly point: Point;
  readonly count: number;
  readonly frame?: Frame;
}

/** Where a conversation stands once nobody but the customer can go on. */
export type Standing =
  | { readonly kind: 'waiting'; readonly point: Point }
  | { readonly kind: 'ended'; readonly point: Point }
  /**
   * It has come to a halt at this point, which is a mistake of the script: an unknown target, `返回` with nowhere to go, `重复` used
   * up, nothing but itself over and over, insertions in insertions, or a guard that nobody can decide.
   */
  | {
      readonly kind: 'stuck';
      readonly why: 'nowhere' | 'stray' | 'spent' | 'no-other' | 'loop' | 'too-deep' | 'undecided';
      readonly point: Point;
      readonly missing?: readonly string[];
    };

/** A branch that the customer can take. */
export interface Choice {
  readonly script: Script;
  readonly branch: Placed<Branch>;
  /** Whether it is a branch of 【随时】. */
  readonly anytime: boolean;
  readonly edge: Edge;
  readonly call?: Call;
}

/** A point that the conversation has come to; `taken` says what became of a guarded jump. */
export interface Step {
  readonly point: Point;
  readonly back?: true;
  taken?: boolean;
}

/** One conversation, with real values, as the flow of a script leads it. */
export interface Conversation {
  /** Every point so far, in order; `back` where an insertion or anytime branch came back to it. */
  readonly steps: readonly Step[];
  /** Goes on until a reply is awaited or there is no going on, and says where that is. */
  run(): Standing;
  /** What the customer can reply where the conversation waits: the branches of the node, then those of 【随时】. */
  choices(): readonly Choice[];
  /** Takes a reply; the conversation goes on with the next `run`. */
  take(choice: Choice): void;
}

/** What a conversation asks and tells of its caller while it goes on. */
export interface Hearer {
  /** Whether the condition of a guarded jump holds. */
  decide(placed: Placed, script: Script): Verdict;
  /** Told at every point that the conversation comes to, before it goes on. */
  come?(step: Step): void;
}

/** So many insertions within each other are nobody's intention. */
const deepest = 64;

/** Where the scenarios of a script begin: at its first node. There is none in a script without nodes. */
export function beginningOf({ entries, points, script }: Graph): Point | undefined {
  const first = script.tree.nodes.find((node) => !isAnytime(node));
  // A node of a collection is entered as an insertion would enter it, so that `返回` is its end.
  const opening = entries.find(({ opening: { node, role } }) => node === first && role === 'inserted');
  const plain = entries.find(({ opening: { node, role } }) => node === first && role === 'passing');
  const entry = plain ?? opening;
  return entry?.point ?? points.find(({ visit, kind }) => visit.node === first && kind === 'entry');
}

export function createConversation(graph: Graph, start: Point, hearer: Hearer): Conversation {
  const steps: Step[] = [];
  let situation: Situation = { point: start, count: 0 };
  const come = (to: Situation, back?: true): void => {
    situation = to;
    const step: Step = { point: to.point, ...(back && { back }) };
    steps.push(step);
    hearer.come?.(step);
  };
  come(situation);

  /** One step; what it answers ends the run. */
  const step = (): Standing | undefined => {
    const { point, count, frame } = situation;
    const stuck = (why: Extract<Standing, { kind: 'stuck' }>['why'], missing?: readonly string[]): Standing => ({
      kind: 'stuck',
      why,
      point,
      ...(missing && { missing }),
    });
    if (point.kind === 'wait') return { kind: 'waiting', point };
    if (point.kind === 'end') return { kind: 'ended', point };
    if (point.kind === 'spent') return stuck('spent');
    if (point.kind === 'leave') {
      if (!frame) return startsInside(graph, start) ? { kind: 'ended', point } : stuck('stray');
      const back = frame.call.backs.find((each) => each.leaving === point.leaving && fits(each.round, frame.count));
      if (!back) return stuck(frame.count === 3 ? 'spent' : 'no-other');
      come({ point: back.to, count: after(back.round, frame.count), ...(frame.below && { frame: frame.below }) }, true);
      return undefined;
    }
    let edges: readonly Edge[] = point.edges;
    if (point.placed && isLine(point.placed, 'guard')) {
      const verdict = hearer.decide(point.placed, point.visit.script);
      if ('missing' in verdict) return stuck('undecided', verdict.missing);
      const last = steps.at(-1);
      if (last) last.taken = verdict.holds;
      edges = edges.filter(({ kind }) => kind === (verdict.holds ? 'taken' : 'passed'));
    }
    const edge = edges.find((each) => fits(each.round, count));
    if (!edge) return stuck(edges.length === 0 ? 'nowhere' : 'no-other');
    if (edge.kind !== 'call') {
      come({ point: edge.to, count: after(edge.round, count), ...(frame && { frame }) });
      return undefined;
    }
    if ((frame?.depth ?? 0) >= deepest) return stuck('too-deep');
    come({ point: edge.to, count: 0, frame: frameOf(edge, situation) });
    return undefined;
  };

  return {
    steps,
    run() {
      // Nothing changes while nobody replies: to be twice in the same situation is to go round for ever.
      const seen = new Set<string>();
      for (;;) {
        const key = `${situation.point.index} ${situation.count} ${situation.frame?.key ?? ''}`;
        if (seen.has(key)) return { kind: 'stuck', why: 'loop', point: situation.point };
        seen.add(key);
        const standing = step();
        if (standing) return standing;
      }
    },
    choices: () => choicesAt(situation.point),
    take({ edge, call }) {
      const { count, frame } = situation;
      if (call) {
        const inner = frameOf(call, situation);
        come({ point: call.to, count: 0, frame: inner });
        come({ point: edge.to, count: 0, frame: inner });
      } else come({ point: edge.to, count, ...(frame && { frame }) });
    },
  };
}

function choicesAt(point: Point, call?: Call): readonly Choice[] {
  return point.edges.flatMap((edge): readonly Choice[] => {
    if (edge.kind === 'call') return choicesAt(edge.to, edge);
    const { placed, visit } = edge.to;
    if (edge.kind !== 'reply' || !placed || !isLine(placed, 'branch')) return [];
    const anytime = visit.role === 'anytime';
    return [{ script: visit.script, branch: placed, anytime, edge, ...(call && { call }) }];
  });
}

function frameOf(call: Call, { count, frame }: Situation): Frame {
  return {
    call,
    count,
    ...(frame && { below: frame }),
    depth: (frame?.depth ?? 0) + 1,
    key: `${frame?.key ?? ''}/${call.from.index}.${count}`,
  };
}

/** A collection of nodes is made to be entered from elsewhere: to return from it is how it ends. */
function startsInside({ entries }: Graph, start: Point): boolean {
  return entries.some(({ point, opening }) => point === start && opening.inside);
}

/** Whether a step can be taken after so many repetitions; see `Round`. */
function fits(round: Round | undefined, count: number): boolean {
  switch (round) {
    case undefined:
    case 'first':
      return true;
    case 'again':
      return count < 2;
    case 'other':
      return count === 2;
    case 'spent':
      return count === 3;
    default:
      return round satisfies never;
  }
}

function after(round: Round | undefined, count: number): number {
  switch (round) {
    case undefined:
      return count;
    case 'first':
      return 0;
    case 'again':
      return count + 1;
    case 'other':
    case 'spent':
      return 3;
    default:
      return round satisfies never;
  }
}
