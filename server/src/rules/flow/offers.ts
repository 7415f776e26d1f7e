import type { Point } from '../../flow/graph.ts';
import type { Paths } from '../../flow/paths.ts';
import type { FlowRule, Happening } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Happenings } from './happenings.ts';
import { isBeforeReply } from './kinds.ts';

/** The places where a reply is awaited in a node that a rule is about, and what is not offered there. */
export function missingReplies(
  rule: FlowRule,
  { graph }: Paths,
  happenings: Happenings,
  packs: PackSet,
): { readonly point: Point; readonly replies: readonly string[] }[] {
  const wanted = new Set([...happenings.of(rule.event)].filter(isBeforeReply).map(({ visit }) => visit));
  const takes = new Map<string, ReadonlySet<Point>>();
  const taking = (reply: string): ReadonlySet<Point> => {
    const known = takes.get(reply) ?? happenings.of(replyAlone(reply));
    takes.set(reply, known);
    return known;
  };
  return graph.points.flatMap((point) => {
    if (point.kind !== 'wait' || point.visit.role === 'anytime' || (rule.event && !wanted.has(point.visit))) return [];
    const offered = offeredAt(point);
    const missing = rule.replies.filter((any) => !any.some((reply) => offered.some((each) => taking(reply).has(each))));
    const replies = missing.map(([first = '']) => packs.reply(first)?.id ?? first);
    return replies.length > 0 ? [{ point, replies }] : [];
  });
}

/** The branches of the node, and those of 【随时】. */
function offeredAt({ edges }: Point): readonly Point[] {
  return edges.flatMap((edge) => (edge.kind === 'call' ? edge.to.edges.map(({ to }) => to) : [edge.to]));
}

function replyAlone(reply: string): Happening {
  return { says: [], performs: [], takes: [reply], facts: {}, ends: [] };
}
