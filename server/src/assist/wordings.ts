import { applyEdits } from '../base/edit.ts';
import { shift } from '../base/span.ts';
import { inOwnWords } from '../model/ownVariables.ts';
import { templateOf } from '../model/template.ts';
import type { Facts, FlowRule, Step, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { checkUtterance } from '../rules/check.ts';
import { utteranceOf } from '../rules/examples.ts';
import type { Finding } from '../rules/finding.ts';
import type { Utterance } from '../rules/wording.ts';
import { scanLine } from '../syntax/scan.ts';
import { dayOfGround, factsOfSituation } from './situation.ts';
import type { Ground, Input } from './tool.ts';

/** Something that may be said: the checker finds nothing in it where it is to stand. */
export interface Wording {
  readonly text: string;
  /** What it takes the place of. */
  readonly instead?: string;
  /** The id of the step that it belongs to. */
  readonly step?: string;
  /** It answers such a reply; the name of a category. */
  readonly reply?: string;
  /** The id of the rule that asks for it. */
  readonly rule?: string;
}

/** Where something is to be said. */
export interface Desk {
  readonly ground: Ground;
  readonly input: Input;
  readonly packs: PackSet;
  readonly day: string;
}

export function deskOf(ground: Ground, input: Input): Desk {
  const { script, snapshot } = ground;
  return { ground, input, packs: snapshot.packs(script).set, day: dayOfGround(ground) };
}

/** What the agent says in a step, and in answer to the replies in it. */
export function* wordingsOfStep(step: Step, desk: Desk): Generator<Wording> {
  const { packs, ground } = desk;
  const { script } = ground;
  const template = templateOf(step, script);
  const channel = script.tree.frontMatter.channel?.value;
  const isOneWay = channel === 'sms' || channel === 'letter';
  const says = [...(template?.says ?? []), ...(isOneWay ? [] : step.phrases)];
  for (const text of says) yield* clean({ text: inOwnWords(text, script, packs), step: step.id }, step, {}, desk);
  for (const { reply, says: answers } of template?.replies ?? []) {
    const category = packs.reply(reply);
    const facts = category?.sets ?? {};
    for (const text of answers)
      yield* clean(
        { text: inOwnWords(text, script, packs), step: step.id, reply: category?.name.zh ?? reply },
        step,
        facts,
        desk,
      );
  }
}

/** What is said instead of what a rule forbids, by its own examples; or what a rule about the flow wants said. */
export function* wordingsOfRule(rule: WordingRule | FlowRule, desk: Desk): Generator<Wording> {
  if ('kind' in rule) yield* wordingsOfFlowRule(rule, desk);
  else yield* wordingsOfWordingRule(rule, desk);
}

function* wordingsOfFlowRule({ id, fixes }: FlowRule, desk: Desk): Generator<Wording> {
  for (const { text, step: name } of fixes) {
    const step = name === undefined ? undefined : desk.packs.step(name);
    if (text !== undefined) yield* clean({ text, rule: id, ...(step && { step: step.id }) }, step, {}, desk);
    else if (step) for (const wording of wordingsOfStep(step, desk)) yield { ...wording, rule: id };
  }
}

function* wordingsOfWordingRule(rule: WordingRule, { packs, day }: Desk): Generator<Wording> {
  // The first example that a fix suits shows it; the later ones are there to show the limits of the rule.
  const shown = new Set<string>();
  for (const example of rule.examples.bad) {
    for (const { text, by } of mended(utteranceOf(example, rule), packs, day, rule.id)) {
      if (shown.has(by)) continue;
      shown.add(by);
      yield { text, instead: example.text, rule: rule.id };
    }
  }
}

/** A sentence in the situation that is asked about. */
export function utteranceIn(text: string, step: Step | undefined, more: Facts, { input, ground }: Desk): Utterance {
  const { channel, stage } = ground.script.tree.frontMatter;
  const { listener, identity } = input;
  const facts: Facts = {
    ...step?.sets,
    ...more,
    ...factsOfSituation(input),
    ...(listener !== undefined && { listener }),
    ...(identity !== undefined && { identity }),
  };
  return {
    ...speechOf(text),
    speaker: 'agent',
    ...(channel && { channel: channel.value }),
    ...(stage && { stage: stage.value }),
    steps: step ? [step.id] : [],
    facts,
  };
}

/** A line without the one who says it, if that is written before it. */
export function speechOf(text: string): Pick<Utterance, 'text' | 'variables'> {
  const trimmed = text.trim();
  const own = scanLine(trimmed);
  const line = own.kind === 'utterance' ? own : scanLine(`坐席：${trimmed}`);
  if (line.kind !== 'utterance') return { text: trimmed, variables: [] };
  const { speech } = line;
  return { text: speech.text, variables: speech.variables.map(({ braces }) => shift(braces, -speech.start)) };
}

function* clean(wording: Wording, step: Step | undefined, facts: Facts, desk: Desk): Generator<Wording> {
  const { packs, day } = desk;
  if (checkUtterance(utteranceIn(wording.text, step, facts, desk), packs, day).length === 0) yield wording;
}

/** A line can have several things wrong with it, and a fix can leave others to mend. */
const mostRounds = 6;
/** So many ways are tried for one line. */
const mostWays = 4;

/** A line in other words, and the title of the fix that has led to them. */
interface Mended {
  readonly text: string;
  readonly by: string;
}

/**
 * A line in other words, by the fixes of what is wrong with it, until nothing is.
 *
 * @param first what is mended first; everything, without it
 */
export function* mended(utterance: Utterance, packs: PackSet, day: string, first?: string): Generator<Mended> {
  const found = checkUtterance(utterance, packs, day);
  const begin = found.find(({ rule }) => rule === first) ?? found[0];
  const seen = new Set<string>();
  for (const fix of begin?.fixes().slice(0, mostWays) ?? []) {
    const text = mendedOn(applyEdits(utterance.text, fix.edits), utterance, packs, day);
    if (text === undefined || text.trim() === '' || seen.has(text)) continue;
    seen.add(text);
    yield { text, by: fix.title.zh };
  }
}

/** Goes on by the first fixes. */
function mendedOn(text: string, before: Utterance, packs: PackSet, day: string): string | undefined {
  let now = text;
  for (let round = 0; round < mostRounds; round++) {
    const utterance = { ...before, ...speechOf(now) };
    const [finding]: readonly Finding[] = checkUtterance(utterance, packs, day);
    if (!finding) return utterance.text;
    const [fix] = finding.fixes();
    if (!fix) return undefined;
    now = applyEdits(utterance.text, fix.edits);
  }
  return undefined;
}
