import { edgeKinds, type Net, numbersOf } from '../../flow/net.ts';
import type { Paths } from '../../flow/paths.ts';
import type { Spots } from '../../flow/spots.ts';
import type { FlowRule } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Happenings } from './happenings.ts';
import { replyAlone, waitingAfter } from './kinds.ts';

/** The places where a reply is awaited in a node that a rule is about, and what is not offered there. */
export function missingReplies(
  rule: FlowRule,
  { graph }: Paths,
  happenings: Happenings,
  packs: PackSet,
): { readonly point: number; readonly replies: readonly string[] }[] {
  const wanted = rule.replies.map((any) => ({
    any: any.map((reply) => happenings.of(replyAlone(reply))),
    name: packs.reply(any[0] ?? '')?.id ?? any[0] ?? '',
  }));
  return waitingAfter(rule.event, graph, happenings).flatMap((point) => {
    const missing = wanted.filter(({ any }) => !any.some((taking) => isOffered(point, taking, graph.net)));
    return missing.length > 0 ? [{ point, replies: missing.map(({ name }) => name) }] : [];
  });
}

const edgeOf = numbersOf(edgeKinds);

/** Whether one of these is among the branches of the node, or of 【随时】. */
function isOffered(point: number, taking: Spots, net: Net): boolean {
  const { first, stop, to, edges } = net;
  for (let edge = first[point] as number; edge < (stop[point] as number); edge++) {
    const target = to[edge] as number;
    if (edges[edge] === edgeOf.call ? isOffered(target, taking, net) : taking.has(target)) return true;
  }
  return false;
}
