import { nearest } from '../base/names.ts';
import type { Text } from '../base/text.ts';
import { beginningOf, type Choice, createConversation, type Standing, type Step } from '../flow/conversation.ts';
import { wayToNode } from '../flow/coverage.ts';
import type { Graph, Point } from '../flow/graph.ts';
import { pathsOf } from '../flow/paths.ts';
import { type Replies, repliesOf } from '../flow/replies.ts';
import { type Said, saidAt } from '../flow/said.ts';
import { overAlready, unknownReply } from '../flow/scenarioTexts.ts';
import { createValues, type Values } from '../flow/values.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { dayOf } from '../rules/check.ts';
import { actsOfSpeech } from '../rules/flow/speech.ts';
import { isLine, type ScriptNode } from '../syntax/tree.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';

/** What the customer says in a rehearsal: a category, or a sentence that stands for one. */
export interface Reply {
  readonly text: string;
  readonly speaker: RoleKind;
}

/** What a rehearsal is made of, as a scenario is: values, and one reply after the other. */
export interface Course {
  readonly values: readonly { readonly name: string; readonly value: string }[];
  readonly replies: readonly Reply[];
  /** The node in which it begins, where that is not the first one. */
  readonly inside?: ScriptNode;
}

/** A conversation that was played. */
export interface Played {
  readonly graph: Graph;
  /** `at` is the position of the step, `reply` that of the reply behind which it was said. */
  readonly said: readonly { readonly said: Said; readonly at: number; readonly reply: number | undefined }[];
  readonly steps: readonly Step[];
  readonly standing: Standing;
  readonly choices: readonly Choice[];
  readonly values: Values;
  /** What a scenario calls each reply that was given: its words or, where only detectors understand these, its category. */
  readonly names: readonly string[];
  /** The first reply that could not be given, and why; those behind it were not looked at. */
  readonly refused?: { readonly at: number; readonly why: Text };
}

/** Plays a course; nothing where a script has no node. */
export function play(
  { values: given, replies, inside }: Course,
  script: Script,
  snapshot: Snapshot,
): Played | undefined {
  const { graph } = pathsOf(script, snapshot);
  const start = inside ? graph.into(inside)[0] : beginningOf(graph);
  if (!start) return undefined;
  const values = createValues(script, snapshot);
  for (const { name, value } of given) if (value !== '') values.set(name, value);
  const said: { said: Said; at: number; reply: number | undefined }[] = [];
  let steps = -1;
  let last: number | undefined;
  let quoted: string | undefined;
  const come = ({ point }: Step): void => {
    steps++;
    if (point.kind !== 'line' || !point.placed) return;
    if (isLine(point.placed, 'record')) values.record(point.placed);
    const line = saidAt(point, point.placed, values, script, quoted);
    quoted = undefined;
    if (line) said.push({ said: line, at: steps, reply: last });
  };
  const talk = createConversation(graph, start, { decide: values.decide, come });
  let standing = talk.run();
  let refused: Played['refused'];
  const names: string[] = [];
  for (const [at, reply] of replies.entries()) {
    if (standing.kind === 'stuck') break;
    const taken = takenBy(reply, standing, talk.choices(), graph, script, snapshot);
    if ('why' in taken) {
      refused = { at, why: taken.why };
      break;
    }
    last = at;
    quoted = taken.quoted;
    names.push(taken.isHeard ? taken.choice.branch.line.category.text : reply.text);
    talk.take(taken.choice);
    standing = talk.run();
  }
  const choices = standing.kind === 'waiting' ? talk.choices() : [];
  return { graph, said, steps: talk.steps, standing, choices, values, names, ...(refused && { refused }) };
}

function takenBy(
  { text, speaker }: Reply,
  standing: Standing,
  choices: readonly Choice[],
  graph: Graph,
  script: Script,
  snapshot: Snapshot,
): TakenReply | { readonly why: Text } {
  if (standing.kind === 'ended') return { why: overAlready(text, standing).message };
  const replies = repliesOf(graph, snapshot.packs(script).set);
  const taken = replies.branchFor({ reply: { text, start: 0, end: text.length }, speaker }, choices);
  if (taken.kind === 'branch') return taken;
  const near = taken.kind === 'unknown' ? nearest(text, replies.categories) : undefined;
  const heard =
    taken.kind === 'unknown' && near === undefined
      ? heardIn(text, speaker, choices, replies, script, snapshot)
      : undefined;
  return heard ?? { why: unknownReply(text, taken, near, choices, standing, script).message };
}

interface TakenReply {
  readonly choice: Choice;
  readonly quoted?: string;
  /** Whether only detectors understand what was said. */
  readonly isHeard?: true;
}

/** What no example is like is understood as detectors do; whatever else somebody says is what 其他 is for. */
function heardIn(
  text: string,
  speaker: RoleKind,
  choices: readonly Choice[],
  replies: Replies,
  script: Script,
  snapshot: Snapshot,
): TakenReply | undefined {
  const { set } = snapshot.packs(script);
  const speech = { text, start: 0, end: text.length, variables: [] };
  const acts = actsOfSpeech(speech, 'party', script, set, dayOf(script, snapshot));
  const meant = set.replies.filter(({ id, heard }) => id === 'other' || heard.some((act) => acts.has(act)));
  for (const { name } of meant.sort((a, b) => Number(a.id === 'other') - Number(b.id === 'other'))) {
    const taken = replies.branchFor({ reply: { text: name.zh, start: 0, end: name.zh.length }, speaker }, choices);
    if (taken.kind === 'branch') return { choice: taken.choice, quoted: text, isHeard: true };
  }
  return undefined;
}

/**
 * A course that comes to a node, with the values as they are: by the shortest way there or, where that leads elsewhere with these values,
 * beginning inside the node.
 */
export function courseTo(node: ScriptNode, values: Course['values'], script: Script, snapshot: Snapshot): Course {
  const walk = wayToNode(node, script, snapshot);
  const replies = walk?.replies.map(({ line }): Reply => ({ text: line.category.text, speaker: line.speaker }));
  const course = replies && { values, replies };
  const played = course && play(course, script, snapshot);
  return course && played && comesTo(played, node) ? course : { values, replies: [], inside: node };
}

function comesTo({ standing, steps, refused }: Played, node: ScriptNode): boolean {
  if (refused) return false;
  const isThere = ({ visit }: Point): boolean => visit.node === node;
  // Where a node awaits no reply, the conversation goes on behind it.
  return isThere(standing.point) || steps.some(({ point }) => isThere(point));
}
