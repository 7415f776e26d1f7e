import { type Edit, insertion } from '../../../base/edit.ts';
import { foldName } from '../../../base/names.ts';
import type { Text } from '../../../base/text.ts';
import { declareVariables, guessOf } from '../../../model/declare.ts';
import { nodesPerforming, renderStep } from '../../../model/template.ts';
import type { Step } from '../../../packs/pack.ts';
import { isLine, type Placed, type ScriptNode } from '../../../syntax/tree.ts';
import {
  above,
  agentLine,
  below,
  declaredIn,
  isAgentLine,
  nodeBehind,
  type Site,
  spokenIn,
  unknownIn,
} from './site.ts';

/** The agent says first what belongs to a step: in the node that performs it, where the conversation begins, or before it ends. */
export function sayBefore(step: Step, site: Site): Edit[][] {
  const { script, packs, point, before } = site;
  const said = renderStep(step, script, packs).lines.find((line) => isAgentLine(line, site));
  if (said === undefined) return [];
  const declared = declaredIn([said], site);
  if (point.kind === 'end') {
    const { placed } = point;
    return placed && !isLine(placed, 'branch') ? [[above(placed, [said], site), ...declared]] : [];
  }
  const passed = nodesPerforming(step, script, packs)
    .filter(({ node }) => before.some(({ visit }) => visit.node === node))
    .flatMap(({ node }) => openingOf(node, said, site));
  const first = firstSpoken(site);
  return [...passed, ...(first ? [above(first, [said], site)] : [])].map((edit) => [edit, ...declared]);
}

/** Words that come before all others in a node, be it that nobody says anything there yet. */
function openingOf(node: ScriptNode, said: string, site: Site): Edit[] {
  const [first] = spokenIn(node);
  if (first) return [above(first, [said], site)];
  return node.heading ? [below(node.heading, [said], site)] : [];
}

function firstSpoken({ before }: Site): Placed | undefined {
  return before.find(({ placed }) => placed && isLine(placed, 'utterance') && placed.line.speaker === 'agent')?.placed;
}

/**
 * The agent says something more: in the node that performs a step, on the way or, if it can be anywhere, anywhere. Where it has
 * to follow a reply, in the node that such replies lead to, or below the branch; else above the line that lacks it or, where it
 * should have been said at any time before, behind the first line of the conversation.
 */
export function say(text: string, step: Step | undefined, site: Site): Edit[][] {
  const { point, rule, way, script, packs } = site;
  const told = withRecorded(text, site);
  const unknown = unknownIn([told], site);
  const records = new Map(rule.category === 'plan-recap' ? unknown.flatMap((name) => recordOf(name, site)) : []);
  const said = [...records.values(), agentLine(told, site)].join(site.write.eol);
  const unrecorded = unknown.filter((name) => !records.has(name));
  const declared = declareVariables(script, unrecorded, packs);
  const performing = step ? nodesPerforming(step, script, packs) : [];
  const onWay = performing
    .filter(({ node }) => rule.kind === 'must-contain' || way.some(({ visit }) => visit.node === node))
    .flatMap(({ node }) => openingOf(node, said, site));
  const edits = point.placed && isLine(point.placed, 'branch') ? afterReply(said, site) : [];
  const spoken = point.placed && isLine(point.placed, 'utterance') ? point.placed : undefined;
  const first = rule.kind === 'requires-before' ? firstSpoken(site) : undefined;
  if (first && first !== spoken) edits.push(below(first, [said], site));
  if (spoken) edits.push(above(spoken, [said], site));
  return [...onWay, ...edits].map((edit) => [edit, ...declared]);
}

function afterReply(said: string, site: Site): Edit[] {
  const { point, script, write } = site;
  const { placed } = point;
  if (!placed || !isLine(placed, 'branch')) return [];
  const node = nodeBehind(point, script);
  const inNode = node && isOnlyFor(node, site) ? openingOf(node, said, site) : [];
  const { target, arrow } = placed.line;
  if (!target || !arrow) return [...inNode, below(placed, [said], site)];
  // A branch without lines of its own gets them, and goes on from there.
  const head = script.written.slice(placed.start, placed.start + arrow.start).trimEnd();
  const rest = script.written.slice(placed.start + arrow.start, placed.end);
  const newText = [head, said, rest].join(write.eol);
  return node ? [...inNode, { start: placed.start, end: placed.end, newText }] : inNode;
}

/** Whether nothing but replies of the kind leads to a node. */
function isOnlyFor(node: ScriptNode, { paths, rule, packs, point }: Site): boolean {
  const wanted = new Set(rule.after?.takes ?? rule.event?.takes);
  return paths.graph.points.every((each) => {
    const { edges, placed, visit } = each;
    if (
      !paths.isReached(each.index) ||
      !edges.some(({ to }) => to.kind === 'entry' && to.visit.node === node) ||
      visit.node === node
    )
      return true;
    if (placed === point.placed) return true;
    return placed && isLine(placed, 'branch') && wanted.has(packs.reply(placed.line.category.text)?.id ?? '');
  });
}

/** What should not be said is not said. */
export function removeLine({ point: { kind, placed }, script }: Site): Edit[][] {
  if (kind !== 'line' || !placed || !(isLine(placed, 'utterance') || isLine(placed, 'guidance'))) return [];
  const next = script.tree.lines[placed.index + 1];
  return [[{ start: placed.start, end: next?.start ?? placed.end, newText: '' }]];
}

/** A message begins or ends with certain words. Where somebody replies, a line of its own is better. */
export function addWords(text: string, where: 'begin' | 'end', site: Site): Edit[][] {
  if (!site.paths.graph.oneWay) return [];
  const lines = spokenIn(site.point.visit.node);
  const place = where === 'begin' ? lines[0] : lines.at(-1);
  if (!place) return [];
  const { start, end } = place.line.speech;
  return [[insertion(place.start + (where === 'begin' ? start : end), text), ...declaredIn([text], site)]];
}

/** What the customer has named and nobody takes down yet is recorded before it is said back: declared alone, nobody would fill it. */
function recordOf(name: string, { write }: Site): (readonly [name: string, line: string])[] {
  const told = toldOf[guessOf(name)?.type ?? ''];
  if (!told) return [];
  return [[name, `${write.keyword('record')}${write.colon}${name} = ${write.english ? told.en : told.zh}`]];
}

const toldOf: { readonly [type: string]: Text } = {
  date: { zh: '客户所述日期', en: 'the date the customer named' },
  money: { zh: '客户所述金额', en: 'the amount the customer named' },
};

/** What the customer named is called as the script calls it, where it records one value of the kind. */
function withRecorded(text: string, { script }: Site): string {
  const recorded = script.tree.lines.flatMap((placed) =>
    isLine(placed, 'record') ? [{ name: placed.line.variable.text, type: guessOf(placed.line.value.text)?.type }] : [],
  );
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    if (script.knows(name)) return whole;
    const type = guessOf(name)?.type;
    const same = new Map(recorded.filter((each) => each.type === type).map((each) => [foldName(each.name), each.name]));
    const [only] = same.values();
    return type && same.size === 1 ? `{${only}}` : whole;
  });
}
