import { edgeKinds, type Net, numbersOf } from '../../flow/net.ts';
import type { Paths } from '../../flow/paths.ts';
import type { Spots } from '../../flow/spots.ts';
import type { FlowRule, Happening } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Happenings } from './happenings.ts';
import { waitingAfter } from './kinds.ts';

/** The places where a reply is awaited in a node that a rule is about, and what is not offered there. */
export function missingReplies(
  rule: FlowRule,
  { graph }: Paths,
  happenings: Happenings,
  packs: PackSet,
): { readonly point: number; readonly replies: readonly string[] }[] {
  const takes = new Map<string, Spots>();
  const taking = (reply: string): Spots => {
    const known = takes.get(reply) ?? happenings.of(replyAlone(reply));
    takes.set(reply, known);
    return known;
  };
  return waitingAfter(rule.event, graph, happenings).flatMap((point) => {
    const offered = offeredAt(point, graph.net);
    const missing = rule.replies.filter((any) => !any.some((reply) => offered.some((each) => taking(reply).has(each))));
    const replies = missing.map(([first = '']) => packs.reply(first)?.id ?? first);
    return replies.length > 0 ? [{ point, replies }] : [];
  });
}

const edgeOf = numbersOf(edgeKinds);

/** The branches of the node, and those of 【随时】. */
function offeredAt(point: number, { first, stop, to, edges }: Net): readonly number[] {
  const offered: number[] = [];
  for (let edge = first[point] as number; edge < (stop[point] as number); edge++) {
    const target = to[edge] as number;
    if (edges[edge] === edgeOf.call) offered.push(...to.subarray(first[target], stop[target]));
    else offered.push(target);
  }
  return offered;
}

function replyAlone(reply: string): Happening {
  return { says: [], performs: [], takes: [reply], facts: {}, ends: [] };
}
