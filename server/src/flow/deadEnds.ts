import type { Edge, Point } from './graph.ts';
import { endings, numbersOf, pointKinds } from './net.ts';
import type { Paths } from './paths.ts';

/** A place where a conversation runs out without an outcome. */
export interface DeadEnd {
  /** `ran-out`: off the last node; `spent`: `重复` has been used up, and 其他 is `重复` again. */
  readonly kind: 'ran-out' | 'spent';
  /** What comes last: a line, or the entry of a node without lines. */
  readonly last: Point;
  /** The step from there; it is not taken in every case. */
  readonly edge: Edge;
}

const kindOf = numbersOf(pointKinds);
const ranOut = numbersOf(endings)['ran-out'];

/** Where the conversation runs out, in the order of the points. */
export function deadEndsOf(paths: Paths): readonly DeadEnd[] {
  const { graph, into } = paths;
  const { kinds, endings: ends, size } = graph.net;
  const found: DeadEnd[] = [];
  for (let index = 0; index < size; index++) {
    if (kinds[index] === kindOf.spent) {
      const point = graph.point(index);
      for (const edge of into(point)) found.push(...leading(edge, point, 'spent', paths));
    } else if (ends[index] === ranOut) {
      for (const { from: exit } of into(graph.point(index)))
        for (const edge of into(exit)) found.push(...leading(edge, exit, 'ran-out', paths));
    }
  }
  return found;
}

function leading(edge: Edge, to: Point, kind: DeadEnd['kind'], { reached, post, returns }: Paths): DeadEnd[] {
  const cells = reached(edge.from);
  const direct = edge.to === to && post(edge, cells) !== 0n;
  // The last line may be an insertion, which has to come back.
  const back =
    edge.kind === 'call' &&
    edge.backs.some((each) => each.to === to) &&
    returns.of(edge.to).some((inner) => inner.leaving === 'return' && returns.over(edge, inner, cells) !== 0n);
  return direct || back ? [{ kind, last: edge.from, edge }] : [];
}
