import type { Point } from '../../flow/graph.ts';
import { endlessLoopsOf, type Loop } from '../../flow/loops.ts';
import { edgeKinds, type Net, numbersOf, pointKinds, stepsInto } from '../../flow/net.ts';
import type { Paths } from '../../flow/paths.ts';
import type { Spots } from '../../flow/spots.ts';
import type { FlowRule } from '../../packs/pack.ts';
import { isLine } from '../../syntax/tree.ts';
import type { Happenings } from './happenings.ts';
import { replyAlone } from './kinds.ts';
import type { Violation } from './violations.ts';

/** Where a customer who gives the same answer again and again never gets out; of each place once, with all answers that lead there. */
export function heldUp(rule: FlowRule, paths: Paths, happenings: Happenings): readonly Violation[] {
  const { net } = paths.graph;
  const customers = customersOf(rule, paths, happenings);
  if (customers.length === 0) return [];
  const shut = shutTo(
    customers.map(({ taking }) => taking),
    net,
  );
  // From nearly everywhere everybody gets out, which is quickly seen without looking at conditions.
  const held = heldIn(net, shut, (1 << customers.length) - 1);
  if (held === 0) return [];
  /** Where nobody gets out, whatever is answered, the script is broken otherwise. */
  const hopeless = new Set(endlessLoopsOf(paths).flat());
  const found = new Map<Point, { readonly loop: Loop; readonly replies: string[] }>();
  for (const [index, { answer, about }] of customers.entries()) {
    const customer = 1 << index;
    if ((held & customer) === 0) continue;
    for (const loop of endlessLoopsOf(paths, (edge) => ((shut[edge] as number) & customer) === 0)) {
      const point = loop.findLast(isAnswer);
      if (!point || hopeless.has(point) || (about && !loop.some((each) => about.has(each.index)))) continue;
      const known = found.get(point);
      if (known) known.replies.push(answer);
      else found.set(point, { loop, replies: [answer] });
    }
  }
  return [...found].map(([point, { loop, replies }]) => ({
    rule,
    point,
    replies,
    way: () => [...paths.witness(loop[0] as Point), ...loop.slice(1), loop[0] as Point],
  }));
}

/** Somebody who gives the first of some answers wherever it is offered, or else the next. */
interface Customer {
  readonly answer: string;
  readonly taking: readonly Spots[];
  /** What has to come up where they go round. */
  readonly about?: Spots;
}

/** Whoever has an answer that is offered nowhere gives the next: to go round is then to be held up only where the rule says. */
function customersOf({ replies, event }: FlowRule, paths: Paths, happenings: Happenings): readonly Customer[] {
  const customers = replies.flatMap((answers): Customer[] => {
    const taking = answers.map((reply) => happenings.of(replyAlone(reply)));
    const first = taking.findIndex((each) => each.some(paths.isReached));
    const answer = answers[first];
    if (answer === undefined || (first > 0 && !event)) return [];
    return [{ answer, taking: taking.slice(first), ...(first > 0 && { about: happenings.of(event) }) }];
  });
  return customers.filter(({ answer }, index) => customers.findIndex((each) => each.answer === answer) === index);
}

function isAnswer({ kind, placed }: Point): boolean {
  return kind === 'line' && placed !== undefined && isLine(placed, 'branch');
}

const kindOf = numbersOf(pointKinds);
const edgeOf = numbersOf(edgeKinds);

/** Of each step the customers who do not take it. */
function shutTo(customers: readonly (readonly Spots[])[], net: Net): Int32Array {
  const { size, kinds, first, stop, to, edges } = net;
  const shut = new Int32Array(to.length);
  for (let point = 0; point < size; point++) {
    if (kinds[point] !== kindOf.wait) continue;
    const [begin, end] = [first[point] as number, stop[point] as number];
    for (let index = 0; index < customers.length; index++) {
      const spots = customers[index]?.find((each) => {
        for (let edge = begin; edge < end; edge++)
          if (edges[edge] === edgeOf.reply && each.has(to[edge] as number)) return true;
        return false;
      });
      if (!spots) continue;
      for (let edge = begin; edge < end; edge++)
        if (edges[edge] !== edgeOf.reply || !spots.has(to[edge] as number))
          shut[edge] = (shut[edge] as number) | (1 << index);
    }
  }
  return shut;
}

/** Those of all customers who, where no condition holds, cannot come to an end from some point. */
function heldIn(net: Net, shut: Int32Array, all: number): number {
  const { first, items } = stepsInto(net);
  const leaving = new Int32Array(net.size);
  const waiting: number[] = [];
  for (let point = 0; point < net.size; point++) {
    // Where nothing follows is an end, the way back out of an inserted node, or another rule's business.
    if (net.first[point] !== net.stop[point]) continue;
    leaving[point] = all;
    waiting.push(point);
  }
  // In the order in which they come, so that what all customers can do is mostly known in one go.
  for (const point of waiting) {
    const here = leaving[point] as number;
    for (let at = first[point] as number; at < (first[point + 1] as number); at++) {
      const edge = items[at] as number;
      if (net.edges[edge] === edgeOf.taken) continue;
      const from = net.from[edge] as number;
      const more = here & ~(shut[edge] as number) & ~(leaving[from] as number);
      if (more === 0) continue;
      leaving[from] = (leaving[from] as number) | more;
      waiting.push(from);
    }
  }
  let held = 0;
  for (let point = 0; point < net.size; point++) held |= all & ~(leaving[point] as number);
  return held;
}
