import { type Edit, insertion } from '../../../base/edit.ts';
import { isAnytime } from '../../../flow/openings.ts';
import { renderReply, stepsOf } from '../../../model/template.ts';
import type { Step, TemplateReply } from '../../../packs/pack.ts';
import type { PackSet } from '../../../packs/packSet.ts';
import { isLine } from '../../../syntax/tree.ts';
import { anytime, targets } from '../../../syntax/vocabulary.ts';
import { below, declaredIn, endOfNodes, lastLine, nodeBehind, type Site, twice } from './site.ts';

/** The branch gets the lines that the templates have for such a reply, in place of what it does now. */
export function answer(site: Site): Edit[][] {
  const { point, script, packs, write } = site;
  const { placed, visit } = point;
  if (!placed || !isLine(placed, 'branch') || nodeBehind(point, script)) return [];
  const reply = packs.reply(placed.line.category.text);
  const [, ...lines] = reply
    ? renderReply({ ...templateReply(reply.id, packs), to: '' }, 'customer', script, packs)
    : [];
  if (lines.length === 0) return [];
  const body = visit.node.branches.find(({ branch }) => branch === placed)?.body ?? [];
  const end = lastLine(body)?.end ?? placed.end;
  const { arrow } = placed.line;
  const head = script.written.slice(placed.start, arrow ? placed.start + arrow.start : placed.end);
  const start = placed.start + head.trimEnd().length;
  const newText = lines.map((line) => write.eol + line).join('');
  return [[{ start, end, newText }, ...declaredIn(lines, site)]];
}

/** The branches that are missing, as the template of the node’s step has them. */
export function addReplies(site: Site): Edit[][] {
  const { point, script, packs, replies, rule } = site;
  const { node } = point.visit;
  const who = node.branches.every(({ branch }) => branch.line.speaker === 'third-party') ? 'third-party' : 'customer';
  const last = lastLine(node.lines);
  if (!last) return [];
  const own = node.heading ? stepsOf(node.heading.line, packs) : [];
  const meant = packs.steps.filter(({ id }) => rule.event?.performs.includes(id));
  // Where a node performs no step, the jumps of a template may lead anywhere.
  const ways = own.length > 0 || meant.length > 0 ? [false, true] : [true, false];
  return ways.map((alone) => {
    const lines = replies.flatMap((id) =>
      renderReply(
        templateReply(id, packs, alone, [...own, ...meant]),
        id === 'not-self' ? 'third-party' : who,
        script,
        packs,
      ),
    );
    return [below(last, lines, site), ...declaredIn(lines, site)];
  });
}

/** The customer may say so at any time. */
export function addAnytime(added: readonly string[], site: Site): Edit[][] {
  const { script, packs, write } = site;
  const last = lastLine(script.tree.nodes.find(isAnytime)?.lines ?? []);
  return [false, true].map((alone) => {
    const lines = added.flatMap((id) => renderReply(templateReply(id, packs, alone), 'customer', script, packs));
    const edit = last
      ? below(last, lines, site)
      : insertion(endOfNodes(script), twice(site) + [write.heading(write.word(anytime)), ...lines].join(write.eol));
    return [edit, ...declaredIn(lines, site)];
  });
}

/**
 * What the packs’ templates let follow a reply: as one of the steps has it, else as any that speaks with the customer, with
 * lines of its own where one has them, so that it can stand anywhere.
 * @param alone never with a jump to a node of the script
 */
function templateReply(id: string, packs: PackSet, alone = false, steps: readonly Step[] = []): TemplateReply {
  const repliesOf = (some: readonly Step[]): TemplateReply[] =>
    some.flatMap(({ templates }) => templates.flatMap(({ replies }) => replies)).filter(({ reply }) => reply === id);
  const later = packs.steps.filter(
    ({ after, sets }) => after.length > 0 && !after.includes('self-identify') && !sets.listener,
  );
  const matching = repliesOf([...later, ...packs.steps]);
  const end = targets.find((each) => each.id === 'end');
  const found =
    repliesOf(steps)[0] ?? matching.find(({ says }) => says.length > 0) ?? matching.find(({ to }) => to !== undefined);
  if (found && alone && found.says.length > 0) {
    const { to: _to, ...rest } = found;
    return rest;
  }
  return found ?? { reply: id, examples: packs.reply(id)?.examples.slice(0, 2) ?? [], to: end?.zh[0] ?? '', says: [] };
}
