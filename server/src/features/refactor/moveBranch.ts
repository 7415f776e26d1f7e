import { counts } from '../../flow/build.ts';
import { isAnytime, isOneWay } from '../../flow/openings.ts';
import { canBeNode, newName, nodeBehind } from '../../model/newNode.ts';
import { nodePerforming } from '../../model/template.ts';
import { handOf } from '../../model/writing.ts';
import type { Step } from '../../packs/pack.ts';
import {
  branchFallsOff,
  comesBack,
  type Ground,
  isBranch,
  isReached,
  nodeBelow,
  nodeOf,
  placedAt,
  placeForNode,
  runsOffEnd,
  stepNames,
  suppressesRest,
  tells,
  uses,
  why,
} from './ground.ts';
import { headingWith } from './naming.ts';
import type { Refactoring } from './refactoring.ts';

/** What follows a reply becomes a node of its own, and the branch leads there; the other way round is to inline it. */
export function moveBranch(ground: Ground): readonly Refactoring[] {
  const { script, span } = ground;
  const placed = placedAt(ground, span.start);
  const node = nodeOf(placed, script);
  const branch = node?.branches.find((each) => each.branch === placed);
  if (!node || !branch || !isBranch(placed) || placed.line.arrow || !branch.body.some(counts)) return [];
  const { text } = placed.line.category;
  const title = { zh: '把这个分支的内容移到新的一节', en: 'Move what follows this reply to a node' };
  const no = (refused: Refactoring['refused']): readonly Refactoring[] => [
    { kind: 'refactor.extract', title, refused },
  ];
  if (isOneWay(script)) return no(why.oneWay);
  if (suppressesRest(node.lines)) return no(why.suppressed);
  if (uses('repeat', branch.body, ground)) return no(why.repeat);
  if (!branch.body.filter(counts).every((each) => isReached(each, ground))) return no(why.unreached);
  const write = handOf(script);
  const onward: string[] = [];
  if (runsOffEnd(branch.body, ground)) {
    const below = nodeBelow(node, ground);
    const name = below?.heading?.line.name.text;
    if (isAnytime(node) || comesBack(node, ground)) return no(why.back);
    if (name === undefined || script.node(name)?.node !== below) return no(why.onward);
    onward.push(`${write.arrow} ${name}`);
  }
  const place = placeForNode(
    node,
    node.branches.some((each) => each !== branch && branchFallsOff(each)),
    ground,
  );
  if (place === undefined) return no(why.room);
  const { name, steps } = nameOf(text, ground);
  const kept = stepNames(node, ground).filter((each) => {
    const step = ground.packs.step(each);
    return step && tells(step) && !steps.includes(each);
  });
  const last = branch.body.findLastIndex(({ line }) => line.kind !== 'blank');
  const body = branch.body.slice(0, last + 1);
  const [first = placed] = body;
  const end = body.at(-1)?.end ?? placed.end;
  return [
    {
      kind: 'refactor.extract',
      title: { zh: `把这个分支的内容移到新的一节“${name}”`, en: `Move what follows this reply to a node “${name}”` },
      edits: [
        { start: placed.end, end, newText: ` ${write.arrow} ${name}` },
        nodeBehind(place, headingWith(name, kept, ground), [script.written.slice(first.start, end), ...onward], script),
      ],
    },
  ];
}

/** The step to which templates lead such a reply, where the script has none of it yet; otherwise the reply itself. */
function nameOf(
  category: string,
  { packs, script }: Ground,
): { readonly name: string; readonly steps: readonly string[] } {
  const { english } = handOf(script);
  const reply = packs.reply(category);
  const leading = packs.steps.flatMap(({ templates }) => templates.flatMap(({ replies }) => replies));
  /** The replies that templates answer with a step. */
  const answeredBy = (step: Step): ReadonlySet<string> =>
    new Set(leading.flatMap((each) => (each.to !== undefined && packs.step(each.to) === step ? [each.reply] : [])));
  // A step to which many replies lead, such as the end, says little about this one.
  const step = packs.steps.find((each) => {
    const replies = answeredBy(each);
    const meant = reply !== undefined && replies.has(reply.id) && replies.size <= 2;
    return meant && !tells(each) && nodePerforming(each, script, packs) === undefined;
  });
  const name = step
    ? english
      ? step.name.en
      : step.name.zh
    : canBeNode(category)
      ? category
      : english
        ? 'Reply'
        : '回应';
  return { name: newName(name, script), steps: step ? [name] : [] };
}
