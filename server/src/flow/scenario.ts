import { foldName, foldWidth, nearest } from '../base/names.ts';
import { type Span, shift } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Line, Word } from '../syntax/line.ts';
import { isLine, type Placed, type Scenario } from '../syntax/tree.ts';
import { findTerm, targets } from '../syntax/vocabulary.ts';
import { counts } from './build.ts';
import { beginningOf, type Conversation, createConversation, type Standing, type Step } from './conversation.ts';
import type { Point } from './graph.ts';
import { expectable, isNodeNamed, nodeName, scriptsOf } from './names.ts';
import { pathsOf } from './paths.ts';
import { repliesOf } from './replies.ts';
import { type Said, saidAt } from './said.ts';
import {
  type Failed,
  nothingToSay,
  notReached,
  notSaid,
  overAlready,
  stuckText,
  tooEarly,
  unknownExpectation,
  unknownReply,
  unknownVariable,
  unreadable,
  whereItStands,
} from './scenarioTexts.ts';
import { createValues } from './values.ts';

/** A line of a scenario that did not come true. The span is in the file of the scenario. */
export interface Failure extends Span, Failed {
  readonly placed: Placed;
  /** The conversation up to there. */
  readonly said: readonly Said[];
}

export interface ScenarioResult {
  readonly script: Script;
  readonly scenario: Scenario;
  /** None: the scenario has passed. */
  readonly failures: readonly Failure[];
  readonly said: readonly Said[];
  /** Where the conversation stood at the end; missing in a script without any node. */
  readonly standing?: Standing;
  readonly steps: readonly Step[];
}

/**
 * Plays a scenario: from the first node, with the values of `设定`, and with the reply of each `客户说`. `期望` looks for what was
 * reached since the last one that came true; `不得` looks at everything that was said so far. The first reply that cannot be
 * given ends it, since nothing behind it means anything.
 */
export function runScenario(scenario: Scenario, script: Script, snapshot: Snapshot): ScenarioResult {
  const { graph } = pathsOf(script, snapshot);
  const start = beginningOf(graph);
  const said: Said[] = [];
  const failures: Failure[] = [];
  const fail = (placed: Placed, span: Span, failed: Failed): void => {
    const { start: from, end } = shift(span, placed.start);
    failures.push({ ...failed, start: from, end, placed, said: [...said] });
  };
  if (!start) {
    fail(scenario.heading, scenario.heading.line.head, nothingToSay);
    return { script, scenario, failures, said, steps: [] };
  }
  const values = createValues(script, snapshot);
  /** What `期望` can name: nodes that were entered or come back to, and the end. */
  const events: Point[] = [];
  let quoted: string | undefined;
  const come = (step: Step): void => {
    const { point, back } = step;
    const { kind, placed, visit } = point;
    if (kind === 'entry' || kind === 'end' || (kind === 'wait' && visit.role === 'anytime') || back) events.push(point);
    if (kind !== 'line' || !placed) return;
    if (isLine(placed, 'record')) values.record(placed);
    const line = saidAt(point, placed, values, script, quoted);
    quoted = undefined;
    if (line) said.push(line);
  };
  let talk: Conversation | undefined;
  let standing: Standing | undefined;
  /** The line that sent the conversation on, which is to blame when it comes to a halt. */
  let sender: Placed = scenario.heading;
  let reached = 0;
  const goOn = (): Standing => {
    if (standing) return standing;
    talk ??= createConversation(graph, start, { decide: values.decide, come });
    standing = talk.run();
    if (standing.kind === 'stuck') fail(sender, wordOf(sender), stuckText(standing, script));
    return standing;
  };
  const expect = (placed: Placed, name: Word): void => {
    const now = goOn();
    const found = events.findIndex((point, index) => index >= reached && isNamed(point, name.text, script));
    if (found >= 0) {
      reached = found + 1;
      return;
    }
    const names = expectable(graph);
    if (events.some((point) => isNamed(point, name.text, script))) fail(placed, name, tooEarly(name.text, now, script));
    else if (!names.has(name.text)) fail(placed, name, unknownExpectation(name.text, nearest(name.text, names.names)));
    else fail(placed, name, notReached(name.text, whereItStands(now, script)));
  };

  for (const placed of scenario.lines) {
    // What cannot be read is not tested, and must not look as if it had been.
    const { flaws, kind, head } = placed.line;
    if (flaws.length > 0 || (!scenarioLines.has(kind) && counts(placed))) fail(placed, flaws[0] ?? head, unreadable);
    if (isLine(placed, 'given')) {
      for (const { variable, value } of placed.line.values) {
        if (value.text === '') continue;
        values.set(variable.text, value.text);
        if (![...scriptsOf(graph)].some((each) => each.knows(variable.text)))
          fail(placed, variable, unknownVariable(variable.text));
      }
    } else if (isLine(placed, 'expect')) {
      for (const name of placed.line.names) expect(placed, name);
    } else if (isLine(placed, 'never')) {
      goOn();
      for (const word of placed.line.words) {
        const line = said.find((each) => each.speaker === 'agent' && says(each.text, word.text));
        if (line) fail(placed, word, notSaid(word.text, line));
      }
    } else if (isLine(placed, 'says')) {
      if (flaws.length > 0) break;
      const now = goOn();
      const { reply } = placed.line;
      if (now.kind !== 'waiting' || !talk) {
        if (now.kind === 'ended') fail(placed, wordOf(placed), overAlready(reply.text, now));
        break;
      }
      const replies = repliesOf(graph, snapshot.packs(script).set);
      const choices = talk.choices();
      const taken = replies.branchFor(placed.line, choices);
      if (taken.kind !== 'branch') {
        const near = taken.kind === 'unknown' ? nearest(reply.text, replies.categories) : undefined;
        fail(placed, wordOf(placed), unknownReply(reply.text, taken, near, choices, now, script));
        break;
      }
      sender = placed;
      standing = undefined;
      quoted = taken.quoted;
      talk.take(taken.choice);
    }
  }
  goOn();
  return { script, scenario, failures, said, ...(standing && { standing }), steps: talk?.steps ?? [] };
}

/** The kinds of line that a scenario is made of, besides blanks and remarks. */
export const scenarioLines: ReadonlySet<Line['kind']> = new Set(['given', 'says', 'expect', 'never']);

/** Every scenario of a script. */
export function runScenarios(script: Script, snapshot: Snapshot): readonly ScenarioResult[] {
  return script.tree.scenarios.map((scenario) => runScenario(scenario, script, snapshot));
}

function isNamed(point: Point, name: string, home: Script): boolean {
  const { kind, ending, placed, visit } = point;
  if (kind !== 'end') return isNodeNamed(nodeName(visit, home), name);
  if (placed && isLine(placed, 'outcome') && foldName(placed.line.name.text) === foldName(name)) return true;
  const target = findTerm(targets, name)?.id;
  if (target === 'transfer') return ending === 'transfer';
  // To run out is no way to end that anybody wrote down.
  return target === 'end' && ending !== 'ran-out';
}

/** Whether a text holds words, in whatever width and case. */
function says(text: string, words: string): boolean {
  return words !== '' && foldWidth(text).includes(foldWidth(words));
}

/** What a message about a whole line points at. */
function wordOf({ line }: Placed): Span {
  if (line.kind === 'says' && line.reply.text !== '') return line.reply;
  if (line.kind === 'case' && line.name.text !== '') return line.name;
  return line.head;
}
