import type { Text } from '../base/text.ts';
import { isOneWay } from '../flow/openings.ts';
import { stepsOf, templateOf } from '../model/template.ts';
import type { Happening, Step } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { appliesTo } from '../rules/flow/rulesFor.ts';
import type { Site } from './completionItem.ts';
import { actsIn } from './said.ts';

/** A place in a script where a step could stand. */
export type StepPlace = Pick<Site, 'script' | 'packs' | 'offset' | 'snapshot'>;

/** A standard step, and what it is to the script at the cursor. */
export interface StepState {
  readonly step: Step;
  readonly state: 'missing' | 'passed' | 'missing-above' | 'optional' | 'foreign' | 'present';
  /** Why it is wanted, or where it is. */
  readonly why: Text;
  /** Where a step belongs that is missing. */
  readonly place?: Text;
}

/**
 * The standard steps, those first that the script still lacks and that come next where the cursor is, in the order of the
 * conversation; then those that belong further up, those that nothing requires, and those that are there already.
 */
export function stepStates(site: StepPlace): readonly StepState[] {
  const { script, packs, offset } = site;
  const starts = performed(site);
  const asked = askedFor(site);
  // How far the conversation has come above the cursor; what it has passed can wait.
  const reached = packs.steps.findLastIndex((step) => (starts.get(step)?.start ?? offset) < offset);
  const needed = neededSteps(packs);
  const firstMessage =
    starts.size > 0 ? undefined : packs.steps.find((step) => step.after.length > 0 && templateOf(step, script));
  const states = packs.steps.map((step, index): StepState => {
    const node = starts.get(step);
    if (node) return { step, state: 'present', why: { zh: `已有【${node.name}】`, en: `There is [${node.name}]` } };
    if (!templateOf(step, script))
      return { step, state: 'foreign', why: { zh: '不用于本渠道', en: 'Not for this channel' } };
    const rule = asked.get(step);
    // Where nobody replies a message is a whole: one is enough, unless a rule asks for more.
    const isWanted = isOneWay(script) ? step === firstMessage : needed.has(step.id);
    if (!isWanted && !rule) return { step, state: 'optional', why: { zh: '可选', en: 'Optional' } };
    const followers = packs.steps.filter(({ after }) => after.includes(step.id));
    const above = followers.flatMap((each) => starts.get(each) ?? []).find(({ start }) => start < offset);
    const place = placeOf(step, above?.name, followers, site);
    const reasons = [...(rule ? [rule] : []), ...(place ? [place] : [])];
    const why = {
      zh: `还缺：${step.name.zh}${reasons.length > 0 ? '——' : ''}${reasons.map(({ zh }) => zh).join('；')}`,
      en: `Missing: ${step.name.en}${reasons.length > 0 ? ' — ' : ''}${reasons.map(({ en }) => en).join('; ')}`,
    };
    const state = above ? 'missing-above' : index < reached ? 'passed' : 'missing';
    return { step, state, why, ...(place && { place }) };
  });
  return order.flatMap((state) => states.filter((each) => each.state === state));
}

const order: readonly StepState['state'][] = ['missing', 'passed', 'missing-above', 'optional', 'foreign', 'present'];

function placeOf(
  step: Step,
  above: string | undefined,
  followers: readonly Step[],
  { script, packs }: StepPlace,
): Text | undefined {
  if (above !== undefined) return { zh: `应写在【${above}】之前`, en: `belongs before [${above}]` };
  const next = followers.find((each) => templateOf(each, script));
  if (next) return { zh: `应在${next.name.zh}之前`, en: `belongs before “${next.name.en}”` };
  const before = step.after.flatMap((id) => packs.steps.find((each) => each.id === id) ?? []).at(-1);
  if (before) return { zh: `应在${before.name.zh}之后`, en: `belongs after “${before.name.en}”` };
  return undefined;
}

/** Where each step is first performed, by the name or the heading of a node. */
function performed({ script, packs }: StepPlace): ReadonlyMap<Step, { readonly name: string; readonly start: number }> {
  const starts = new Map<Step, { name: string; start: number }>();
  for (const { name, node } of script.nodes) {
    if (!node.heading) continue;
    for (const step of stepsOf(node.heading.line, packs))
      if (!starts.has(step)) starts.set(step, { name, start: node.heading.start });
  }
  return starts;
}

/**
 * The steps that would mend what is missing, and the title of the rule that says so. Paths are not followed for this, which would
 * take too long between two keys: what happens nowhere happens on no path.
 */
function askedFor(site: StepPlace): ReadonlyMap<Step, Text> {
  const { script, packs, snapshot } = site;
  const { today } = snapshot.settings;
  const asked = new Map<Step, Text>();
  const happening = happeningsIn(site);
  for (const rule of packs.flow) {
    if (rule.kind !== 'must-contain' && rule.kind !== 'requires-before') continue;
    const steps = rule.fixes.flatMap(({ step }) => packs.steps.filter(({ id }) => id === step));
    if (steps.length === 0 || !packs.inForce(rule, today) || !appliesTo(rule, script)) continue;
    if (!happening(rule.event) || happening(rule.requires)) continue;
    for (const step of steps) if (!asked.has(step)) asked.set(step, rule.title);
  }
  return asked;
}

/** Whether something happens anywhere in the script; what only paths can tell does. */
function happeningsIn(site: StepPlace): (happening: Happening | undefined) => boolean {
  const { script, packs } = site;
  const says = new Set<string>();
  const takes = new Set<string>();
  const performs = new Set<string>();
  for (const { line } of script.tree.lines) {
    if (line.kind === 'heading') for (const { id } of stepsOf(line, packs)) performs.add(id);
    else if (line.kind === 'branch') {
      const reply = packs.reply(line.category.text);
      if (reply) takes.add(reply.id);
    } else if (line.kind === 'utterance') for (const act of actsIn(line, site)) says.add(act);
  }
  return (happening) =>
    happening !== undefined &&
    (happening.says.some((id) => says.has(id)) ||
      happening.takes.some((id) => takes.has(id)) ||
      happening.performs.some((id) => performs.has(id)) ||
      Object.keys(happening.facts).length > 0 ||
      happening.ends.length > 0);
}

const known = new WeakMap<PackSet, ReadonlySet<string>>();

/** The steps that some rule requires, or mends the flow by; of the others a script can do without. */
function neededSteps(packs: PackSet): ReadonlySet<string> {
  const before = known.get(packs);
  if (before) return before;
  const steps = packs.flow.flatMap(({ requires, fixes }) => [
    ...(requires?.performs ?? []),
    ...fixes.flatMap(({ step }) => step ?? []),
  ]);
  const needed = new Set(steps.length > 0 ? steps : packs.steps.map(({ id }) => id));
  known.set(packs, needed);
  return needed;
}

/** Whether the customer replies on the channel of a script. */
export function isTwoWay(site: Site): boolean {
  return !isOneWay(site.script);
}
