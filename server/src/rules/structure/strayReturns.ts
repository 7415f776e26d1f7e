import { shift } from '../../base/span.ts';
import type { Point } from '../../flow/graph.ts';
import { leavings, numbersOf } from '../../flow/net.ts';
import { pathsOf } from '../../flow/paths.ts';
import type { Draft, Subject } from './rule.ts';
import { namesOn, stepsOn } from './way.ts';

const returning = numbersOf(leavings).return;

/** `返回` on a path that has entered neither an insertion nor 【随时】. */
export function* strayReturns({ script, snapshot }: Subject): Generator<Draft> {
  const paths = pathsOf(script, snapshot);
  const seen = new Set<number>();
  const { leavings: leaves } = paths.graph.net;
  for (let index = leaves.indexOf(returning); index >= 0; index = leaves.indexOf(returning, index + 1)) {
    const point = paths.graph.point(index);
    if (paths.reached(point, false) === 0n) continue;
    const way = paths.witness(point, { inside: false });
    // What stands in another file is told where the way leaves this one.
    const own = way.findLast((each) => each.visit.script === script && targetOf(each) !== undefined);
    const span = own && targetOf(own);
    if (!span || seen.has(span.start)) continue;
    seen.add(span.start);
    const here = point.visit.script === script;
    yield {
      ...span,
      message: here
        ? {
            zh: '走到这里时，没有经过“插入”或【随时】，“返回”无处可回。请写上要去的节，或“结束”。',
            en: 'On this path nothing was inserted and no anytime branch taken, so there is nowhere to return to. Name a node, or End.',
          }
        : {
            zh: '这里跳转到的内容会“返回”，而跳转没有留下可以返回的地方。请改用“插入”。',
            en: 'What this leads to returns, and a jump leaves nothing to return to. Insert it instead.',
          },
      path: namesOn(way),
      related: stepsOn(way, script),
    };
  }
}

function targetOf({ placed }: Point): ReturnType<typeof shift> | undefined {
  const target = placed && 'target' in placed.line ? placed.line.target : undefined;
  return placed && target && shift(target, placed.start);
}
