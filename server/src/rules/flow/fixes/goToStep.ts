import { type Edit, insertion } from '../../../base/edit.ts';
import { shift } from '../../../base/span.ts';
import type { Point } from '../../../flow/graph.ts';
import { nodesPerforming, renderStep } from '../../../model/template.ts';
import type { Step } from '../../../packs/pack.ts';
import { isLine } from '../../../syntax/tree.ts';
import {
  branchesToBlame,
  declaredIn,
  endOfNodes,
  headingName,
  lastLine,
  nodeBehind,
  nodeText,
  type Site,
  twice,
} from './site.ts';

/** The way is turned to a node that performs the step; where there is none, it is made. */
export function goToStep(step: Step, site: Site): Edit[][] {
  const { script, packs } = site;
  const existing = nodesPerforming(step, script, packs);
  const ways = turnings(site);
  if (existing.length > 0)
    return ways.flatMap(({ from, turn }) =>
      // Whoever is there already need not go there.
      existing
        .filter(({ node }) => node !== from.visit.node && nodeBehind(from, script) !== node)
        .map(({ name }) => turn(name)),
    );
  const rendered = renderStep(step, script, packs);
  const made = [
    insertion(endOfNodes(script), twice(site) + nodeText(rendered, site, [])),
    ...declaredIn(rendered.lines, site),
  ];
  return ways.map(({ turn }) => [...turn(headingName(rendered)), ...made]);
}

interface Turning {
  readonly from: Point;
  /** @param name of the node that the way goes to instead */
  readonly turn: (name: string) => Edit[];
}

/** Where the way may take a turn: at the branches to blame, then where one node passes into the next, the last one first. */
function turnings(site: Site): Turning[] {
  return [
    ...branchesToBlame(site).map((from) => ({ from, turn: (name: string) => redirect(from, name, site) })),
    ...passings(site).map((from) => ({ from, turn: (name: string) => turnAway(from, name, site) })),
  ];
}

/** Where the way passes from one node into the next other than by a branch, the last passing first. */
function passings({ before }: Site): Point[] {
  const entries = before.flatMap(({ kind }, index) => (kind === 'entry' ? [index] : []));
  return entries
    .flatMap((index) => before.slice(0, index).findLast(({ placed }) => placed) ?? [])
    .filter(({ placed }) => placed && !isLine(placed, 'branch') && !isLine(placed, 'insertion'))
    .reverse();
}

/** What leads on into the next node, be it a jump or nothing at all, leads elsewhere. */
function turnAway({ placed }: Point, name: string, { write }: Site): Edit[] {
  if (!placed) return [];
  if ('target' in placed.line && placed.line.target)
    return [{ ...shift(placed.line.target, placed.start), newText: name }];
  return [insertion(placed.end, `${write.eol}${write.arrow} ${name}`)];
}

/** What follows a branch gives way to a jump. */
function redirect(branch: Point, name: string, site: Site): Edit[] {
  const { before, point, write } = site;
  const { placed, visit } = branch;
  if (!placed || !isLine(placed, 'branch')) return [];
  // Behind the branch the way may go on by a jump, or run off the end of its lines.
  const inside = before.slice(before.indexOf(branch)).filter((each) => each.visit.node === visit.node && each.placed);
  const last = inside.findLast((each) => each.placed !== point.placed || point === branch)?.placed ?? placed;
  if ('target' in last.line && last.line.target && last.line.kind !== 'insertion')
    return [{ ...shift(last.line.target, last.start), newText: name }];
  const body = visit.node.branches.find((each) => each.branch === placed)?.body ?? [];
  if ((point.placed && body.includes(point.placed)) || (point === branch && body.length > 0)) {
    // What is wrong is said in the branch itself.
    const end = lastLine(body)?.end ?? last.end;
    return [{ start: placed.end, end, newText: ` ${write.arrow} ${name}` }];
  }
  return [insertion(last.end, last === placed ? ` ${write.arrow} ${name}` : `${write.eol}${write.arrow} ${name}`)];
}
