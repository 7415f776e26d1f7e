import { type Edit, insertion } from '../../../base/edit.ts';
import { type Span, shift } from '../../../base/span.ts';
import type { Point } from '../../../flow/graph.ts';
import type { Script } from '../../../model/script.ts';
import { nodesPerforming, type RenderedStep, renderStep } from '../../../model/template.ts';
import type { Step } from '../../../packs/pack.ts';
import type { ScriptNode } from '../../../syntax/tree.ts';
import { freeName } from '../../structure/duplicateNode.ts';
import { nodeName } from '../../structure/way.ts';
import { identityStep } from '../branchReplies.ts';
import {
  above,
  below,
  declaredIn,
  endOfNodes,
  headingName,
  isAgentLine,
  nodeBehind,
  nodeText,
  type Site,
  spokenIn,
  twice,
} from './site.ts';

/** What jumps past a node that performs the step goes there first: the jump at hand, or all that lead to the same place from elsewhere. */
export function passThrough(step: Step, site: Site): Edit[][] {
  const { script, packs, point, before } = site;
  const performing = nodesPerforming(step, script, packs);
  const isIn = (offset: number): boolean =>
    performing.some(({ node: { span } }) => span.start <= offset && offset < span.end);
  const jumps = before.filter((each) => each.placed?.line.kind !== 'insertion' && nodeBehind(each, script)).reverse();
  return jumps.flatMap((from) => {
    const past = before.slice(0, before.indexOf(from) + 1).map(({ visit }) => visit.node);
    const others = targetsOf(nodeBehind(from, script), script).filter(({ start }) => !isIn(start));
    return performing
      .filter(({ node }) => node !== point.visit.node && !past.includes(node))
      .flatMap(({ name }) =>
        [[spanOf(from)], ...(others.length > 1 ? [others] : [])].map((spans) =>
          spans.map((span) => ({ ...span, newText: name })),
        ),
      );
  });
}

/** Where the script jumps to one of its nodes. */
function targetsOf(node: ScriptNode | undefined, script: Script): readonly Span[] {
  return script.targets
    .filter(({ node: { text }, file, builtin }) => !file && !builtin && script.node(text)?.node === node)
    .map(({ span: { start, end } }) => ({ start, end }));
}

/** The nodes that perform the step say what belongs to it. */
export function sayInStep(step: Step, site: Site): Edit[][] {
  const { script, packs } = site;
  const said = renderStep(step, script, packs).lines.find((line) => isAgentLine(line, site));
  if (said === undefined) return [];
  return nodesPerforming(step, script, packs).flatMap(({ node }) => {
    const lines = spokenIn(node);
    // What is asked comes last, where the reply is awaited.
    const place = said.endsWith('？') ? lines.at(-1) : lines[0];
    if (!place) return [];
    const edit = said.endsWith('？') ? below(place, [said], site) : above(place, [said], site);
    return [[edit, ...declaredIn([said], site)]];
  });
}

/** A node that performs the step stands before the node of the violation, on the way that leads there. */
export function insertStep(step: Step, site: Site): Edit[][] {
  const { point, script, packs } = site;
  const name = point.visit.node.heading?.line.name.text;
  if (name === undefined || name === '' || point.visit.role !== 'passing') return [];
  const onward = new Map([[step.id === identityStep ? 'self' : 'other', name]]);
  const waits = step.templates.some(({ replies }) => replies.length > 0);
  // Where the nodes of the script do not suit the replies, each of them is answered on the spot.
  return [false, true].flatMap((alone) => {
    const rendered = renderStep(step, script, packs, onward, alone);
    const jump = waits ? [] : [`${site.write.arrow} ${name}`];
    const from = jumpInto(site);
    const all = targetsOf(point.visit.node, script);
    const everywhere = inserted(rendered, jump, all, site);
    return [inserted(rendered, jump, from ? [spanOf(from)] : [], site), ...(all.length > 1 ? [everywhere] : [])];
  });
}

/** @param jumps the targets that give way to the new node */
function inserted(rendered: RenderedStep, jump: readonly string[], jumps: readonly Span[], site: Site): Edit[] {
  const { script, point, write } = site;
  const title = headingName(rendered);
  const unique = script.node(title) ? freeName(title, script) : title;
  const named = { ...rendered, heading: write.heading(unique) };
  const declared = declaredIn(rendered.lines, site);
  // Where control runs on into the node, the new one stands between; where something jumps to it, that jumps to the new one.
  if (jumps.length === 0)
    return [insertion(point.visit.node.span.start, nodeText(named, site, []) + twice(site)), ...declared];
  const text = nodeText(named, site, jump);
  const changed = jumps.map((span) => ({ ...span, newText: unique }));
  return [...changed, insertion(endOfNodes(script), twice(site) + text), ...declared];
}

/** The jump on the way by which the node of the violation was entered last. */
function jumpInto({ before, point }: Site): Point | undefined {
  const entry = before.findLastIndex(({ kind, visit }) => kind === 'entry' && visit.node === point.visit.node);
  const from = before[entry - 1];
  return from?.kind !== 'exit' && from?.placed && 'target' in from.placed.line && from.placed.line.target
    ? from
    : undefined;
}

function spanOf({ placed }: Point): Span {
  const target = placed && 'target' in placed.line ? placed.line.target : undefined;
  const { start, end } = shift(target ?? { start: 0, end: 0 }, placed?.start ?? 0);
  return { start, end };
}

/** The node is parted at the line: the step comes between, and leads on to what is left. Nobody has to go through it twice. */
export function moveBehind(step: Step, site: Site): Edit[][] {
  const { point, script, packs, write } = site;
  const { placed, visit } = point;
  if (nodesPerforming(step, script, packs).some(({ node }) => node !== visit.node)) return [];
  if (!placed || !visit.node.lead.includes(placed) || visit.role !== 'passing') return [];
  const purpose = packs.steps.find(({ id }) => id === 'state-purpose')?.name;
  const wanted = (write.english ? purpose?.en : purpose?.zh) ?? nodeName(visit.node).zh;
  const name = script.node(wanted) ? freeName(wanted, script) : wanted;
  return [false, true].map((alone) => {
    const { lines } = renderStep(step, script, packs, new Map([['self', name]]), alone);
    const text = [...lines, '', write.heading(name), ''].join(write.eol);
    return [insertion(placed.start, text), ...declaredIn(lines, site)];
  });
}
