import type { Position, Range } from 'vscode-languageserver-types';
import { foldName } from '../base/names.ts';
import { inLanguage, type Language } from '../base/text.ts';
import { toRange } from '../features/convert.ts';
import type { Context, Feature } from '../features/feature.ts';
import type { Choice, Standing } from '../flow/conversation.ts';
import { scriptsOf } from '../flow/names.ts';
import { endText, stuckText } from '../flow/scenarioTexts.ts';
import type { Script } from '../model/script.ts';
import { secondsToSay, speakingRate } from '../model/speaking.ts';
import { handOf } from '../model/writing.ts';
import type { Severity } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { dayOf } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { happeningText } from '../rules/flow/inWords.ts';
import { type Moment, momentOf } from '../rules/flow/moment.ts';
import { booleans, type RoleKind } from '../syntax/vocabulary.ts';
import { type Mark, markOf } from './cards.ts';
import { type Course, courseTo, type Played, play, type Reply } from './playing.ts';

export interface RehearseParams {
  readonly uri: string;
  readonly values?: Course['values'];
  readonly replies?: readonly Reply[];
  /** Begins anew, at the node in which this place is. */
  readonly from?: Position;
  /** The node in which it begins, where no way leads there, by the place of its first line. */
  readonly inside?: Position;
  /** How many syllables the agent says in a minute. */
  readonly rate?: number;
}

/** A conversation as far as it has come, ready to be shown. */
export interface Rehearsal {
  readonly title: string;
  /** What was played: where it began elsewhere than asked, that is where the next reply goes on. */
  readonly replies: readonly Reply[];
  readonly inside: Position | null;
  readonly lines: readonly RehearsedLine[];
  readonly standing: 'waiting' | 'ended' | 'stuck';
  /** How it has ended, or why it goes no further. */
  readonly outcome: string;
  /** What is wrong with how it has ended. */
  readonly findings: readonly RehearsedFinding[];
  readonly choices: readonly RehearsedChoice[];
  /** Why the last reply was not taken. */
  readonly refused: string | null;
  /** The variables without which nobody can tell how it goes on. */
  readonly missing: readonly string[];
  readonly values: readonly RehearsedValue[];
  readonly known: readonly {
    readonly title: string;
    readonly text: string;
    readonly so: boolean;
    readonly line: number | null;
  }[];
  readonly forbidden: readonly RehearsedRule[];
  readonly owed: readonly RehearsedRule[];
  /** How long the agent has spoken. */
  readonly seconds: number;
  readonly rate: number;
}

export interface RehearsedLine {
  readonly node: string;
  readonly speaker: RoleKind;
  readonly text: string;
  /** The category of a reply. */
  readonly category: string | null;
  /** Which of the replies it is, or is behind. */
  readonly reply: number | null;
  readonly uri: string;
  readonly range: Range;
  /** For what the agent says. */
  readonly seconds: number | null;
  readonly findings: readonly RehearsedFinding[];
}

export interface RehearsedFinding {
  readonly severity: Severity;
  readonly text: string;
  /** What is wrong only on another path than this one. */
  readonly elsewhere: boolean;
}

export interface RehearsedChoice {
  readonly category: string;
  readonly speaker: RoleKind;
  readonly mark: Mark;
  readonly anytime: boolean;
  readonly examples: readonly string[];
}

export interface RehearsedValue {
  readonly name: string;
  readonly value: string;
  /** What it has without anybody giving it another. */
  readonly sample: string;
  readonly choices: readonly string[];
}

/** A rule about the flow: what it is called, and what it is about at this moment. */
export interface RehearsedRule {
  readonly title: string;
  readonly act: string;
  readonly severity: Severity;
}

/** `huashu/rehearse`: nothing where there is no such script, or nothing in it. */
export const rehearse: Feature<RehearseParams, Rehearsal | null> = {
  method: 'huashu/rehearse',
  capability: {},
  looksAtFindings: true,
  run(context, params) {
    const script = context.snapshot.script(params.uri);
    const course = script && courseOf(params, script, context);
    const played = script && course && play(course, script, context.snapshot);
    return played ? rehearsalOf(played, course, script, context, params.rate ?? speakingRate) : null;
  },
};

/** What the params say, as the script is at this moment. */
export function courseOf(
  { values = [], replies = [], from, inside }: RehearseParams,
  script: Script,
  { snapshot }: Context,
): Course {
  const nodeAt = (position: Position) => {
    const offset = script.text.offsetAt(position);
    return script.tree.nodes.findLast(({ span }) => span.start <= offset);
  };
  const wanted = from && nodeAt(from);
  if (wanted) return courseTo(wanted, values, script, snapshot);
  const begins = inside && nodeAt(inside);
  return { values, replies, ...(begins && { inside: begins }) };
}

function rehearsalOf(played: Played, course: Course, script: Script, context: Context, rate: number): Rehearsal {
  const { snapshot, language } = context;
  const packs = snapshot.packs(script).set;
  const { standing, steps, refused, choices } = played;
  const moment = momentOf(
    steps.map(({ point }) => point),
    script,
    snapshot,
  );
  const lines = linesOf(played, moment, script, context, rate);
  const lineOf = (at: number): number | null => {
    const index = played.said.findLastIndex((each) => each.at <= at);
    return index < 0 ? null : index;
  };
  return {
    title: script.tree.frontMatter.title?.value ?? '',
    replies: refused ? course.replies.slice(0, refused.at) : course.replies,
    inside: course.inside ? script.text.positionAt(course.inside.span.start) : null,
    lines,
    standing: standing.kind,
    outcome: outcomeOf(standing, script, language),
    findings: moment.broken
      .filter(({ at }) => steps[at]?.point.kind === 'end')
      .map(({ rule }) => ({ severity: rule.severity, text: inLanguage(rule.title, language), elsewhere: false })),
    choices: choices.map((choice) => choiceOf(choice, packs, dayOf(script, snapshot))),
    refused: refused ? inLanguage(refused.why, language) : null,
    missing: standing.kind === 'stuck' ? (standing.missing ?? []) : [],
    values: valuesOf(played, course, script),
    known: moment.known.map(({ of, so, since }) => ({
      title: inLanguage(of.title, language),
      text: inLanguage(so ? of.yes : of.no, language),
      so,
      line: since === undefined ? null : lineOf(since),
    })),
    // Whoever has hung up does nothing more.
    forbidden: (standing.kind === 'ended' ? [] : moment.forbidden).map(({ title, severity, event }) => ({
      title: inLanguage(title, language),
      act: event ? happeningText(event, packs, language) : '',
      severity,
    })),
    owed: moment.owed.map(({ title, severity, requires }) => ({
      title: inLanguage(title, language),
      act: requires ? happeningText(requires, packs, language) : '',
      severity,
    })),
    seconds: Math.round(lines.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)),
    rate,
  };
}

function linesOf(
  { said, steps }: Played,
  { broken, followed }: Moment,
  script: Script,
  context: Context,
  rate: number,
): readonly RehearsedLine[] {
  const { language } = context;
  const findings = context.findings(script).filter(({ suppressed }) => !suppressed);
  const isEnd = (at: number): boolean => steps[at]?.point.kind === 'end';
  return said.map(({ said: line, at, reply }) => {
    const { node, speaker, text, category, script: home, placed } = line;
    const own = home === script ? findings.filter(({ start }) => placed.start <= start && start <= placed.end) : [];
    // What is broken where a node begins is told at the first thing that is said there.
    const first = said.findLast((before) => before.at < at)?.at ?? -1;
    const rules = broken.filter((each) => each.at > first && each.at <= at && !isEnd(each.at));
    // What has to follow is found wanting where the conversation ends, and told where it has to begin.
    const isHere = ({ rule }: Finding): boolean =>
      !followed.has(rule) || broken.some((each) => each.rule.id === rule && (rules.includes(each) || isEnd(each.at)));
    const untold = rules.filter(({ rule }) => !own.some((each) => each.rule === rule.id));
    return {
      node,
      speaker,
      text,
      category: category ?? null,
      reply: reply ?? null,
      uri: home.uri,
      range: toRange(home, placed),
      seconds: speaker === 'agent' ? secondsToSay(text, rate) : null,
      findings: [
        ...own.map((finding) => ({
          severity: finding.severity,
          text: inLanguage(finding.message, language),
          elsewhere: !isHere(finding),
        })),
        ...untold.map(({ rule }) => ({
          severity: rule.severity,
          text: inLanguage(rule.title, language),
          elsewhere: false,
        })),
      ],
    };
  });
}

function outcomeOf(standing: Standing, script: Script, language: Language): string {
  if (standing.kind === 'waiting') return '';
  if (standing.kind === 'ended') return inLanguage(endText(standing.point), language);
  const { why, missing = [] } = standing;
  if (why === 'undecided' && missing.length > 0) {
    const names = missing.map((name) => `“${name}”`);
    return language === 'en'
      ? `How it goes on depends on ${names.join(' and ')}: please give a value.`
      : `接下来怎么走要看${names.join('和')}，请填上它的值。`;
  }
  return inLanguage(stuckText(standing, script).message, language);
}

function choiceOf({ branch, anytime, edge }: Choice, packs: PackSet, day: string): RehearsedChoice {
  const { category, speaker, examples } = branch.line;
  return {
    category: category.text,
    speaker,
    mark: markOf(branch.line, edge.to.visit, packs, day),
    anytime,
    examples: examples.map(({ text }) => text),
  };
}

/** Every variable that the conversation can come to, in the order of the text, each once. */
function valuesOf({ graph, values }: Played, course: Course, script: Script): readonly RehearsedValue[] {
  const found = new Map<string, RehearsedValue>();
  const write = handOf(script);
  for (const home of scriptsOf(graph)) {
    for (const { text: name, use } of home.variables) {
      const key = foldName(name);
      if (found.has(key) || (use !== 'speech' && use !== 'condition')) continue;
      const declared = script.declaration(name) ?? home.declaration(name);
      found.set(key, {
        name,
        value: course.values.find((each) => foldName(each.name) === key)?.value ?? '',
        sample: values.sample(name, home) ?? '',
        choices:
          declared?.type === 'boolean' ? booleans.map((each) => write.word(each)) : (declared?.values?.value ?? []),
      });
    }
  }
  return [...found.values()];
}
