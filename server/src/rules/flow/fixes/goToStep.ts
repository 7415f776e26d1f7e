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

/** A branch on the way leads to a node that performs the step; where there is none, it is made. */
export function goToStep(step: Step, site: Site): Edit[][] {
  const { script, packs, point } = site;
  const existing = nodesPerforming(step, script, packs);
  // Whoever is there already need not go there.
  const blamed = branchesToBlame(site).filter(({ visit }) => !existing.some(({ node }) => node === visit.node));
  const known = blamed.flatMap((branch) =>
    existing
      .filter(({ node }) => nodeBehind(branch, script) !== node && (node !== point.visit.node || point === branch))
      .map(({ name }) => redirect(branch, name, site)),
  );
  if (existing.length > 0) return known;
  const rendered = renderStep(step, script, packs);
  const made = [
    insertion(endOfNodes(script), twice(site) + nodeText(rendered, site, [])),
    ...declaredIn(rendered.lines, site),
  ];
  return blamed.map((branch) => [...redirect(branch, headingName(rendered), site), ...made]);
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
