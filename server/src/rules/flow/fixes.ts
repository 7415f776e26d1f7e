import { type Edit, insertion } from '../../base/edit.ts';
import { shift } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import type { Point } from '../../flow/graph.ts';
import { isAnytime } from '../../flow/openings.ts';
import { declareVariables } from '../../model/declare.ts';
import type { Script } from '../../model/script.ts';
import { nodePerforming, type RenderedStep, renderReply, renderStep } from '../../model/template.ts';
import { type Hand, handOf } from '../../model/writing.ts';
import type { FlowFix, Step, TemplateReply } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import { anytime, targets } from '../../syntax/vocabulary.ts';
import type { Fix } from '../finding.ts';
import { freeName } from '../structure/duplicateNode.ts';
import { nodeName } from '../structure/way.ts';
import type { Violation } from './violations.ts';

/** What a fix has to work with. */
interface Site {
  readonly script: Script;
  readonly packs: PackSet;
  readonly write: Hand;
  readonly point: Point;
  /** The points of the way up to the violation that stand in the script. */
  readonly before: readonly Point[];
  readonly replies: readonly string[];
}

/** The ways to mend a violation that its rule names, and that can be done where it stands. */
export function flowFixes(
  { rule, point, replies = [] }: Violation,
  way: readonly Point[],
  script: Script,
  packs: PackSet,
): readonly Fix[] {
  const at = way.indexOf(point);
  const before = way.slice(0, at < 0 ? way.length : at + 1).filter(({ visit }) => visit.script === script);
  const site: Site = { script, packs, write: handOf(script), point, before, replies };
  return rule.fixes.flatMap((fix): Fix[] => {
    const step = packs.steps.find(({ id }) => id === fix.step);
    switch (fix.kind) {
      case 'answer':
        return answer(site);
      case 'insert-step':
        return step ? insertStep(step, site) : [];
      case 'say-before':
        return step ? sayBefore(step, site) : [];
      case 'go-to-step':
        return step ? goToStep(step, site) : [];
      case 'move-behind':
        return step ? moveBehind(step, site) : [];
      case 'add-replies':
        return addReplies(site);
      case 'add-anytime':
        return addAnytime(fix.replies, site);
      default:
        return fix.kind satisfies never;
    }
  });
}

/** What a rule’s fix does, for those who read about the rule. */
export function flowFixTitle({ kind, step, replies }: FlowFix, packs: PackSet): Text {
  const name = packs.steps.find(({ id }) => id === step)?.name ?? { zh: '', en: '' };
  const all = replies.map((id) => packs.reply(id)?.name ?? { zh: id, en: id });
  const [zh, en] = [all.map((each) => each.zh).join('、'), all.map((each) => each.en).join(', ')];
  switch (kind) {
    case 'answer':
      return { zh: '照范本回应客户', en: 'Answer the customer as the template does' };
    case 'insert-step':
      return { zh: `在此之前加上“${name.zh}”一节`, en: `Insert the step “${name.en}” before this` };
    case 'say-before':
      return { zh: `先说“${name.zh}”的内容`, en: `Say what belongs to “${name.en}” before this` };
    case 'go-to-step':
      return { zh: `改为去“${name.zh}”`, en: `Go to “${name.en}” instead` };
    case 'move-behind':
      return { zh: `先做“${name.zh}”，再说这句话`, en: `Do “${name.en}” first, then say this` };
    case 'add-replies':
      return { zh: '补上缺少的回复分支', en: 'Add the missing replies' };
    case 'add-anytime':
      return { zh: `在【随时】里加上“${zh}”`, en: `Add “${en}” to [Anytime]` };
    default:
      return kind satisfies never;
  }
}

function fixOf(
  kind: FlowFix['kind'],
  step: Step | undefined,
  replies: readonly string[],
  edits: Edit[],
  site: Site,
): Fix {
  const title = flowFixTitle({ kind, replies, ...(step && { step: step.id }) }, site.packs);
  return { title, safe: false, edits };
}

/** The branch gets the lines that the templates have for such a reply, in place of what it does now. */
function answer(site: Site): Fix[] {
  const { point, script, packs } = site;
  const { placed, visit } = point;
  if (!placed || !isLine(placed, 'branch')) return [];
  const reply = packs.reply(placed.line.category.text);
  const [, ...lines] = reply
    ? renderReply({ ...templateReply(reply.id, packs), to: '' }, 'customer', script, packs)
    : [];
  if (lines.length === 0) return [];
  const body = visit.node.branches.find(({ branch }) => branch === placed)?.body ?? [];
  const end = body.findLast(({ line }) => line.kind !== 'blank' && line.kind !== 'remark')?.end ?? placed.end;
  const head = script.source.slice(
    placed.start,
    placed.start + (placed.line.arrow?.start ?? placed.end - placed.start),
  );
  const start = placed.start + head.trimEnd().length;
  const newText = lines.map((line) => site.write.eol + line).join('');
  const used = { heading: '', lines, undeclared: unknownIn(lines, script) };
  return [fixOf('answer', undefined, [], [{ start, end, newText }, ...declared(used, site)], site)];
}

/** A node that performs the step stands before the node of the violation, on the way that leads there. */
function insertStep(step: Step, site: Site): Fix[] {
  const { point, before, script, packs } = site;
  const { node } = point.visit;
  const name = node.heading?.line.name.text;
  if (name === undefined || name === '' || point.visit.role !== 'passing') return [];
  const entry = before.findLastIndex(({ kind, visit }) => kind === 'entry' && visit.node === node);
  const from = before[entry - 1];
  const onward = new Map([[step.id === 'confirm-identity' ? 'self' : 'other', name]]);
  const rendered = renderStep(step, script, packs, onward);
  const waits = step.templates.some(({ replies }) => replies.length > 0);
  const target = from?.placed && 'target' in from.placed.line ? from.placed.line.target : undefined;
  // Where control runs on into the node, the new one stands between; where something jumps to it, that jumps to the new one.
  if (!from || from.kind === 'exit' || !target || !from.placed) {
    const text = nodeText(rendered, site, []);
    return [
      fixOf(
        'insert-step',
        step,
        [],
        [insertion(node.span.start, text + twice(site)), ...declared(rendered, site)],
        site,
      ),
    ];
  }
  const title = headingName(rendered);
  const unique = script.node(title) ? freeName(title, script) : title;
  const lines = waits ? [] : [`${site.write.arrow} ${name}`];
  const text = nodeText({ ...rendered, heading: site.write.heading(unique) }, site, lines);
  return [
    fixOf(
      'insert-step',
      step,
      [],
      [
        { ...shift(target, from.placed.start), newText: unique },
        insertion(endOfNodes(script), twice(site) + text),
        ...declared(rendered, site),
      ],
      site,
    ),
  ];
}

/** The agent says first what belongs to a step: where the conversation begins, or before it ends. */
function sayBefore(step: Step, site: Site): Fix[] {
  const { script, packs, write, point } = site;
  const rendered = renderStep(step, script, packs);
  const role = `${write.role('agent')}${write.colon}`;
  const said = rendered.lines.filter((line) => line.startsWith(role));
  const [first] = said;
  if (first === undefined) return [];
  const place = point.kind === 'end' ? point.placed : firstSpoken(site);
  if (!place || (point.kind === 'end' && isLine(place, 'branch'))) return [];
  const edits = [insertion(place.start, first + write.eol), ...declared(rendered, site)];
  return [fixOf('say-before', step, [], edits, site)];
}

function firstSpoken({ before }: Site): Placed | undefined {
  return before.find(({ placed }) => placed && isLine(placed, 'utterance') && placed.line.speaker === 'agent')?.placed;
}

/** The last branch on the way leads to a node that performs the step; where there is none, it is made. */
function goToStep(step: Step, site: Site): Fix[] {
  const { script, packs, write, before, point } = site;
  const branch = before.findLast(({ placed }) => placed && isLine(placed, 'branch'));
  if (!branch?.placed) return [];
  const existing = nodePerforming(step, script, packs);
  if (existing !== undefined && script.node(existing)?.node === point.visit.node && point !== branch) return [];
  const rendered = renderStep(step, script, packs);
  const name = existing ?? headingName(rendered);
  const made =
    existing === undefined
      ? [insertion(endOfNodes(script), twice(site) + nodeText(rendered, site, [])), ...declared(rendered, site)]
      : [];
  // Behind the branch the way may go on by a jump, or run off the end of its lines.
  const from = before.indexOf(branch);
  const inside = before.slice(from).filter(({ visit, placed }) => visit.node === branch.visit.node && placed);
  const last = inside.findLast(({ placed }) => placed !== point.placed || point === branch)?.placed ?? branch.placed;
  const body = branch.visit.node.branches.find((each) => each.branch === branch.placed)?.body ?? [];
  if ('target' in last.line && last.line.target && last.line.kind !== 'insertion') {
    const edit = { ...shift(last.line.target, last.start), newText: name };
    return [fixOf('go-to-step', step, [], [edit, ...made], site)];
  }
  if (body.includes(point.placed as Placed) || (point === branch && body.length > 0)) {
    // What is wrong is said in the branch itself: it gives way to the step.
    const end = body.findLast(({ line }) => line.kind !== 'blank') ?? last;
    const edit = { start: branch.placed.end, end: end.end, newText: ` ${write.arrow} ${name}` };
    return [fixOf('go-to-step', step, [], [edit, ...made], site)];
  }
  const text = last === branch.placed ? ` ${write.arrow} ${name}` : `${write.eol}${write.arrow} ${name}`;
  return [fixOf('go-to-step', step, [], [insertion(last.end, text), ...made], site)];
}

/** The node is parted at the line: the step comes between, and leads on to what is left. */
function moveBehind(step: Step, site: Site): Fix[] {
  const { point, script, packs, write } = site;
  const { placed, visit } = point;
  if (!placed || !visit.node.lead.includes(placed) || visit.role !== 'passing') return [];
  const purpose = packs.steps.find(({ id }) => id === 'state-purpose')?.name;
  const wanted = (write.english ? purpose?.en : purpose?.zh) ?? nodeName(visit.node).zh;
  const name = script.node(wanted) ? freeName(wanted, script) : wanted;
  const rendered = renderStep(step, script, packs, new Map([['self', name]]));
  const text = [...rendered.lines, '', write.heading(name), ''].join(write.eol);
  return [fixOf('move-behind', step, [], [insertion(placed.start, text), ...declared(rendered, site)], site)];
}

/** The branches that are missing, as the template of the node’s step has them. */
function addReplies(site: Site): Fix[] {
  const { point, script, packs, write, replies } = site;
  const { node } = point.visit;
  const who = node.branches.every(({ branch }) => branch.line.speaker === 'third-party') ? 'third-party' : 'customer';
  const lines = replies.flatMap((id) =>
    renderReply(templateReply(id, packs), id === 'not-self' ? 'third-party' : who, script, packs),
  );
  const last = node.lines.findLast(({ line }) => line.kind !== 'blank' && line.kind !== 'remark');
  if (!last) return [];
  return [
    fixOf(
      'add-replies',
      undefined,
      replies,
      [insertion(last.end, lines.map((line) => write.eol + line).join(''))],
      site,
    ),
  ];
}

/** The customer may say so at any time. */
function addAnytime(replies: readonly string[], site: Site): Fix[] {
  const { script, packs, write } = site;
  const lines = replies.flatMap((id) => renderReply(templateReply(id, packs), 'customer', script, packs));
  const existing = script.tree.nodes.find(isAnytime);
  const last = existing?.lines.findLast(({ line }) => line.kind !== 'blank' && line.kind !== 'remark');
  const edit = last
    ? insertion(last.end, lines.map((line) => write.eol + line).join(''))
    : insertion(endOfNodes(script), twice(site) + [write.heading(write.word(anytime)), ...lines].join(write.eol));
  const used = { heading: '', lines, undeclared: unknownIn(lines, script) };
  return [fixOf('add-anytime', undefined, replies, [edit, ...declared(used, site)], site)];
}

/** What the packs’ templates let follow a reply: with lines of its own where one has them, so that it can stand anywhere. */
function templateReply(id: string, packs: PackSet): TemplateReply {
  const all = packs.steps.flatMap(({ templates }) => templates.flatMap(({ replies }) => replies));
  const matching = all.filter(({ reply }) => reply === id);
  const end = targets.find((each) => each.id === 'end');
  return (
    matching.find(({ says }) => says.length > 0) ??
    matching.find(({ to }) => to !== undefined) ?? {
      reply: id,
      examples: packs.reply(id)?.examples.slice(0, 2) ?? [],
      to: end?.zh[0] ?? '',
      says: [],
    }
  );
}

function nodeText({ heading, lines }: RenderedStep, { write }: Site, more: readonly string[]): string {
  return [heading, ...lines, ...more].join(write.eol);
}

function headingName({ heading }: RenderedStep): string {
  return heading.slice(1, -1);
}

function declared({ undeclared }: RenderedStep, { script, packs }: Site): Edit[] {
  return declareVariables(script, undeclared, packs);
}

function unknownIn(lines: readonly string[], script: Script): readonly string[] {
  const names = lines.flatMap((line) => [...line.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''));
  return [...new Set(names)].filter((name) => !script.knows(name));
}

function twice({ write }: Site): string {
  return write.eol + write.eol;
}

/** Behind the last node and before the scenarios. */
function endOfNodes({ tree, source }: Script): number {
  const last: ScriptNode | undefined = tree.nodes.at(-1);
  return last?.span.end ?? source.length;
}
