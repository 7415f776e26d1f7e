import { foldName } from '../base/names.ts';
import { isAnytime } from '../flow/openings.ts';
import { templateOf } from '../model/template.ts';
import type { Utterance } from '../syntax/line.ts';
import type { Placed } from '../syntax/tree.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';
import type { Site } from './completionItem.ts';
import { isTwoWay, stepStates } from './missingSteps.ts';
import { nextBranch, nextOutcome, nodeAt, waitsForNode } from './replyCompletion.ts';

/** A line that an author will most likely write next. */
export interface NextLine {
  readonly text: string;
  /** It breaks off where the author chooses how it goes on. */
  readonly open?: true;
  /** It begins a node. */
  readonly heading?: true;
}

/**
 * What comes next on an empty line; nothing where that is anybody's guess. It is shown greyed, and is the first that the list offers:
 * Tab and Enter write the same.
 */
export function nextLine(site: Site): NextLine | undefined {
  return site.placed.line.kind === 'blank' && site.after === '' ? comingLine(site) : undefined;
}

/** The same, whatever has been typed on the line. */
export function comingLine(site: Site): NextLine | undefined {
  const { script, placed } = site;
  const above = script.tree.line(placed.index - 1);
  if (!above) return undefined;
  if (above.line.kind === 'blank' || above.line.kind === 'fence') return nextHeading(site);
  return followsIn(site) ? nextIn(above, site) : undefined;
}

/** Whether the rest of the node is not in the way: nothing, or its branches. */
function followsIn({ script, placed }: Site): boolean {
  const below = script.tree.firstBelow(placed.index, ({ line }) => line.kind !== 'blank');
  return !below || ['heading', 'branch', 'case', 'remark'].includes(below.line.kind);
}

/** The line that goes on in the same node, or the same scenario. */
function nextIn(above: Placed, site: Site): NextLine | undefined {
  const { line } = above;
  const agent = { text: opening('agent', site) };
  const here = nodeAt(site);
  if (here && isAnytime(here.node) && (line.kind === 'heading' || (line.kind === 'branch' && line.target)))
    return reply(site);
  switch (line.kind) {
    case 'heading':
    case 'guidance':
    case 'record':
    case 'suppression':
      return agent;
    case 'utterance':
      if (line.speech.text === '') return undefined;
      return line.speaker === 'agent' ? answer(line, site) : agent;
    case 'branch':
      return line.target || waitsForNode(line, site) ? branch(site) : agent;
    case 'jump':
    case 'outcome':
      return branch(site);
    case 'case':
    case 'given':
      return { text: site.write.keyword('says') + site.write.colon, open: true };
    case 'says':
      return { text: site.write.keyword('expect') + site.write.colon, open: true };
    default:
      return undefined;
  }
}

/** What the customer can reply to the agent or, below a reply, where the conversation goes from here. */
function answer(said: Utterance, site: Site): NextLine | undefined {
  const here = nodeAt(site);
  if (!here || !isTwoWay(site)) return undefined;
  const isAnswered = here.node.branches.some(({ branch: { index } }) => index < site.placed.index);
  const end = nextOutcome(site);
  // What runs off the end of a reply goes on at the next node, which few authors mean.
  if (isAnswered) return end === undefined ? { text: `${site.write.arrow} `, open: true } : { text: end };
  const known = branch(site);
  if (known) return known;
  if (here.node.branches.length > 0) return undefined;
  if (end !== undefined) return { text: end };
  // A dialogue that is written as one goes on as one.
  if (here.node.lead.some(({ line }) => line.kind === 'utterance' && line.speaker !== 'agent'))
    return { text: opening('customer', site) };
  if (/[?？]$/.test(said.speech.text.trim())) return reply(site);
  // Of the author's own nodes that ask nothing, most end here.
  const templates = here.steps.flatMap((step) => templateOf(step, site.script) ?? []);
  if (templates.length === 0) return { text: site.write.keyword('outcome') + site.write.colon, open: true };
  // A step that waits for no reply is said in as many lines as its template has.
  const saidLines = here.node.lead.filter(({ line }) => line.kind === 'utterance').length;
  const usual = templates.reduce((sum, { says }) => sum + says.length, 0);
  return saidLines < usual ? { text: opening('agent', site) } : undefined;
}

function branch(site: Site): NextLine | undefined {
  const text = nextBranch(site);
  return text === undefined ? undefined : { text };
}

/** A reply whose category is still to be chosen. */
function reply(site: Site): NextLine | undefined {
  if (!isTwoWay(site)) return undefined;
  const { write } = site;
  const [before = ''] = write.branch(write.role('customer'), '\0', []).split('\0');
  return { text: before, open: true };
}

/** `坐席：`, in the words in which the author last let somebody of the kind speak. */
function opening(kind: RoleKind, { script, placed, write }: Site): string {
  const last = script.tree.lastAbove(
    placed.index,
    ({ line }) => (line.kind === 'utterance' || line.kind === 'branch') && line.speaker === kind,
  );
  const role = last && 'role' in last.line ? last.line.role.text : write.role(kind);
  return role + write.colon;
}

/** Below everything else: the node that something leads to, or the step that the script lacks next. */
function nextHeading(site: Site): NextLine | undefined {
  const { script, packs, placed, write } = site;
  const below = script.tree.firstBelow(placed.index, ({ line }) => line.kind !== 'blank');
  const isLast =
    !below || below.line.kind === 'case' || script.tree.nodes.some((node) => node.heading === below && isAnytime(node));
  const scenario = script.tree.scenarios.some(({ heading }) => heading.index < placed.index);
  if (!isLast || scenario || insideFrontMatter(site)) return undefined;
  const awaited = script.targets.find(
    ({ node, file, builtin }) => !builtin && !file && node.text !== '' && !script.node(node.text),
  );
  if (awaited) return { text: write.heading(awaited.node.text), heading: true };
  const missing = stepStates(site).find(({ state }) => state === 'missing');
  if (!missing) return undefined;
  const name = write.english ? missing.step.name.en : missing.step.name.zh;
  const isTaken = script.nodes.some((each) => foldName(each.name) === foldName(name));
  return isTaken || packs.step(name) !== missing.step ? undefined : { text: write.heading(name), heading: true };
}

function insideFrontMatter({ script, placed }: Site): boolean {
  const { lines } = script.tree.frontMatter;
  return lines !== undefined && (lines.close === undefined || placed.index <= lines.close);
}
