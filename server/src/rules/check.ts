import { Memo } from '../base/memo.ts';
import { mostTexts, RecentOf } from '../base/recent.ts';
import { shift } from '../base/span.ts';
import { completed, type Steps } from '../base/steps.ts';
import type { Text } from '../base/text.ts';
import type { Levels } from '../model/config.ts';
import { organizationOf } from '../model/organization.ts';
import type { Script } from '../model/script.ts';
import { stepsOf } from '../model/template.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Alternative, Facts, Severity, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { FrontMatter } from '../syntax/frontMatter.ts';
import type { Branch, Heading, Line, Speech } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { better, mayBeSaid } from './better.ts';
import { byGravity, type Category, type Finding, type Fix } from './finding.ts';
import { factsBy, isMereAnswer } from './flow/branchReplies.ts';
import { findingFlow, withoutEchoes } from './flow/findings.ts';
import { actsOfSpeech, speakerIn } from './flow/speech.ts';
import { type FlowResult, followingFlow } from './flow/violations.ts';
import { encoding, isGarbled } from './structure/encoding.ts';
import { structureRules } from './structure/index.ts';
import type { Draft, StructureRule, Subject } from './structure/rule.ts';
import { type SuppressionEntry, suppress, suppressionRule } from './suppressions.ts';
import { gapsIn, suspicionOf } from './suspicion.ts';
import { checkWording, mayBeWrong, type Situation, type Utterance } from './wording.ts';
import type { WordingHit } from './wordingHit.ts';

/** Everything that is wrong with a script, in the order of the text. Suppressed findings are among them, and marked. */
export function check(script: Script, snapshot: Snapshot): Finding[] {
  return examine(script, snapshot).findings;
}

/** Every suppression of a script, with what it suppresses today. */
export function suppressionsIn(script: Script, snapshot: Snapshot): readonly SuppressionEntry[] {
  return examine(script, snapshot).suppressions;
}

function examine(script: Script, snapshot: Snapshot): Judged {
  return judge(lookAt(script, snapshot), script, snapshot);
}

/** What the rules find in a script, whatever is suppressed and whichever levels count. */
export interface Found {
  /** About the language, each in a line by itself. */
  readonly inLines: readonly Finding[];
  /** The same, each in a node by itself. */
  readonly inNodes: readonly Finding[];
  /** About the language apart from that, and about the order of the conversation. */
  readonly structure: readonly Finding[];
  /** About the flow; those that say less than another one at the same place are among them. */
  readonly flowed: readonly Finding[];
  /** About the wording of lines; what is found guilty by the flow is among them. */
  readonly worded: readonly Finding[];
  /** What the paths tell; missing where nothing can be read. */
  readonly flow?: FlowResult;
}

export function lookAt(script: Script, snapshot: Snapshot): Found {
  return completed(looking(script, snapshot));
}

/** The same in small steps, for whoever has other things to do in between. */
export function* looking(script: Script, snapshot: Snapshot): Steps<Found> {
  const packs = snapshot.packs(script);
  const subject: Subject = { script, packs, snapshot };
  if (isGarbled(script)) {
    const structure = findingsAround(encoding, subject);
    return { inLines: [], inNodes: [], structure, flowed: [], worded: [] };
  }
  const day = dayOf(script, snapshot);
  // What lines do is remembered, so that the flow finds it.
  for (const { line, index } of script.tree.lines) {
    if (!('speech' in line) || line.speech.text === '') continue;
    actsOfSpeech(line.speech, speakerIn(line), script, packs.set, day);
    if (index % linesInStep === 0) yield;
  }
  // What is followed for rules about the flow tells what is reached, which rules about the language ask for.
  const flow = yield* followingFlow(script, snapshot, packs.set, day);
  const inLines: Finding[] = [];
  const inNodes: Finding[] = [];
  const structure: Finding[] = [];
  for (const rule of structureRules) {
    inLines.push(...findingsInLines(rule, script.tree.lines, subject));
    inNodes.push(...findingsInNodes(rule, script.tree.nodes, subject));
    structure.push(...findingsAround(rule, subject));
    yield;
  }
  const flowed = yield* findingFlow(script, snapshot, packs.set, day, flow);
  const worded = yield* findingWording(script, script.tree.nodes, packs.set, day, flow);
  return { inLines, inNodes, structure, flowed, worded, flow };
}

/** What a rule about the language finds in some lines by themselves. */
export function findingsInLines(rule: StructureRule, lines: readonly Placed[], subject: Subject): readonly Finding[] {
  return Array.from(rule.inLines?.(lines, subject) ?? [], (draft) => findingOf(rule, draft));
}

/** The same in some nodes. */
export function findingsInNodes(
  rule: StructureRule,
  nodes: readonly ScriptNode[],
  subject: Subject,
): readonly Finding[] {
  return Array.from(rule.inNodes?.(nodes, subject) ?? [], (draft) => findingOf(rule, draft));
}

/** What it finds apart from that. */
export function findingsAround(rule: StructureRule, subject: Subject): readonly Finding[] {
  return Array.from(rule.check?.(subject) ?? [], (draft) => findingOf(rule, draft));
}

/** So many lines are looked at in one step, a millisecond or so if they were never seen. */
const linesInStep = 8;

/** What is wrong with the wording in some nodes, in small steps. */
export function* findingWording(
  script: Script,
  nodes: readonly ScriptNode[],
  packs: PackSet,
  day: string,
  flow: FlowResult,
): Steps<readonly Finding[]> {
  const fits = (was: Speech, will: Speech, placed: Placed): boolean =>
    mayBeSaid(will, was, placed, script, packs, day, flow);
  const worded: Finding[] = [];
  for (const node of nodes) {
    worded.push(...wordingFindings(script, [node], packs, day, flow.known, fits));
    yield;
  }
  return worded;
}

/** The day by which a script is judged. */
export function dayOf(script: Script, snapshot: Snapshot): string {
  return snapshot.config(script).asOf ?? snapshot.settings.today;
}

interface Judged {
  readonly findings: Finding[];
  readonly suppressions: readonly SuppressionEntry[];
}

/** What was found, as suppressions and levels have it. */
export function judge(
  { inLines, inNodes, structure, flowed, worded, flow }: Found,
  script: Script,
  snapshot: Snapshot,
): Judged {
  const { set } = snapshot.packs(script);
  const ordered = [...inLines, ...inNodes, ...structure, ...withoutEchoes(flowed)];
  const all = [...ordered, ...notTwice(worded, ordered, script)];
  const { findings, drafts, entries } = suppress(script, all, set, snapshot.settings.today);
  const told = [...findings, ...(flow ? drafts.map((draft) => findingOf(suppressionRule, draft)) : [])];
  return {
    findings: levelled(told, snapshot.config(script).rules),
    suppressions: entries,
  };
}

/** The findings as a configuration wants them, with its severities and without those that it turns off, in the order of their places; what begins at one place begins with the gravest. */
export function levelled(findings: readonly Finding[], levels: Levels): Finding[] {
  const wanted = findings.flatMap((finding): Finding[] => {
    const level = levels.get(finding.rule) ?? levels.get(finding.category);
    return level === 'off' ? [] : [level === undefined ? finding : { ...finding, severity: level }];
  });
  // Not by the language of the machine: the same everywhere.
  const byRule = (a: Finding, b: Finding): number => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
  return wanted.sort((a, b) => a.start - b.start || byGravity(a, b) || a.end - b.end || byRule(a, b));
}

const noFixes = (): readonly Fix[] => [];

/** A message with the way at its end. */
function told({ zh, en }: Text, path: readonly string[]): Text {
  return { zh: `${zh}路径：${path.join(' → ')}。`, en: `${en} Path: ${path.join(' -> ')}.` };
}

function findingOf(rule: { readonly id: Category; readonly severity: Severity }, draft: Draft): Finding {
  const { start, end, message, severity = rule.severity, related = [], fixes = noFixes, path, tag } = draft;
  return {
    rule: rule.id,
    category: rule.id,
    severity,
    start,
    end,
    message: path && path.length > 1 ? told(message, path) : message,
    sources: [],
    related,
    fixes,
    ...(path && { path }),
    ...(tag && { tag }),
  };
}

/** Of disclosure a line is found guilty once, by what the paths know before by what its words give away. */
function notTwice(worded: readonly Finding[], ordered: readonly Finding[], script: Script): readonly Finding[] {
  const lineOf = ({ start }: Finding): number => script.text.positionAt(start).line;
  const disclosing = new Set(ordered.filter(isDisclosure).map(lineOf));
  return disclosing.size === 0
    ? worded
    : worded.filter((finding) => !isDisclosure(finding) || !disclosing.has(lineOf(finding)));
}

function isDisclosure({ category }: Finding): boolean {
  return (
    category === 'identity-before-disclosure' ||
    category === 'third-party-disclosure' ||
    category === 'disclose-before-identity'
  );
}

/**
 * What is wrong with the wording of lines.
 *
 * @param known what is known where a line stands
 * @param fits whether other words can be said there
 */
export function wordingFindings(
  script: Script,
  nodes: readonly ScriptNode[],
  packs: PackSet,
  day: string,
  known: (placed: Placed) => Facts,
  fits: (was: Speech, will: Speech, placed: Placed) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  for (const line of checkedLines(script, nodes, packs, known)) {
    const { placed } = line;
    const hits = hitsIn(line, packs, day);
    if (hits.length > 0) findings.push(...lineFindings(line, hits, packs, day, (was, will) => fits(was, will, placed)));
  }
  return findings;
}

/** A line whose wording is checked, in the situation in which it is said; equal ones are one object as long as the packs are the same. */
export interface CheckedLine {
  readonly placed: Placed;
  readonly speech: Speech;
  readonly situation: Situation;
}

/** @param known what is known where a line stands, of which there are few different answers */
export function checkedLines(
  script: Script,
  nodes: readonly ScriptNode[],
  packs: PackSet,
  known: (placed: Placed) => Facts,
): readonly CheckedLine[] {
  const { frontMatter } = script.tree;
  const channel = frontMatter.channel?.value;
  const stage = frontMatter.stage?.value;
  const organization = organizationOf(frontMatter);
  const checked: CheckedLine[] = [];
  for (const { heading, lead, branches } of nodes) {
    const steps = heading ? stepsOf(heading.line, packs) : [];
    const body = (lines: readonly Placed[], branch: Branch | undefined): void => {
      if (lines.length === 0) return;
      const situations = situationsIn(branch ?? heading?.line, heading?.line, frontMatter, packs);
      for (const placed of lines) {
        const speech = checkedSpeech(placed);
        if (!speech || speech.text === '') continue;
        const here = known(placed);
        let alike = situations.get(here);
        if (!alike) {
          alike = {};
          situations.set(here, alike);
        }
        const speaker = placed.line.kind === 'guidance' ? 'guidance' : 'agent';
        alike[speaker] ??= once(packs, {
          speaker,
          facts: Object.assign(
            {},
            organization && { organization },
            ...steps.map(({ sets }) => sets),
            branch && branchFacts(branch, packs),
            here,
          ),
          steps: steps.map(({ id }) => id),
          ...(channel && { channel }),
          ...(stage && { stage }),
        });
        checked.push({ placed, speech, situation: alike[speaker] });
      }
    };
    body(lead, undefined);
    for (const { branch, body: lines } of branches) body(lines, branch.line);
  }
  return checked;
}

/** The situations of lines that follow the same heading or branch, by what is known there. */
type Situations = Map<Facts, { agent?: Situation; guidance?: Situation }>;

interface Place {
  readonly heading: Heading | undefined;
  readonly frontMatter: FrontMatter;
  readonly packs: PackSet;
  readonly situations: Situations;
}

const places = new Memo<Line, Place>();

/** @param above the heading or the branch, where there is one */
function situationsIn(
  above: Heading | Branch | undefined,
  heading: Heading | undefined,
  frontMatter: FrontMatter,
  packs: PackSet,
): Situations {
  const known = above && places.get(above);
  if (known?.heading === heading && known?.frontMatter === frontMatter && known.packs === packs)
    return known.situations;
  const situations: Situations = new Map();
  if (above) places.set(above, { heading, frontMatter, packs, situations });
  return situations;
}

const situationsOf = new RecentOf<PackSet, Situation>(mostTexts);

function once(packs: PackSet, situation: Situation): Situation {
  const known = situationsOf.of(packs);
  const key = JSON.stringify(situation);
  const before = known.get(key);
  if (before) return before;
  known.set(key, situation);
  return situation;
}

/** What is said in a situation. */
export function utteranceOf({ speech, situation }: CheckedLine): Utterance {
  return { text: speech.text, variables: gapsIn(speech), ...situation };
}

function lineFindings(
  line: CheckedLine,
  hits: readonly WordingHit[],
  packs: PackSet,
  day: string,
  fits: (was: Speech, will: Speech) => boolean,
): Finding[] {
  const { placed, speech } = line;
  const from = placed.start + speech.start;
  return findingsOf(utteranceOf(line), hits, packs, day, (will) => fits(speech, will)).map((finding) => ({
    ...finding,
    ...shift(finding, from),
    fixes: () =>
      finding.fixes().map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, ...shift(edit, from) })) })),
  }));
}

/** Everything that is wrong with how one utterance is worded, in a script or not. Spans count from the start of its text. */
export function checkUtterance(utterance: Utterance, packs: PackSet, day: string): Finding[] {
  return findingsOf(utterance, checkWording(utterance, packs, day), packs, day);
}

/** @param fits whether what is offered instead can be said where the utterance stands */
function findingsOf(
  utterance: Utterance,
  hits: readonly WordingHit[],
  packs: PackSet,
  day: string,
  fits: (will: Speech) => boolean = () => true,
): Finding[] {
  const isGood = ({ edits }: Fix): boolean => {
    const will = better(edits, utterance, hits, packs, day);
    return will !== undefined && fits(will);
  };
  return hits.map(
    (hit): Finding => ({
      rule: hit.rule.id,
      category: hit.rule.category,
      severity: hit.rule.severity,
      start: hit.start,
      end: hit.end,
      message: hit.message,
      sources: packs.sourcesInForce(hit.rule.sources, day),
      related: [],
      fixes() {
        const offered = hit.fixes();
        const good = offered.filter(isGood);
        const fitting = isAboutFacts(hit.rule) ? [] : hit.rewritten(packs.discreet.filter(isForFacts), 'utterance');
        const instead = fitting.filter(isGood);
        if (instead.length > 0) return instead;
        return good.length > 0 || offered.length === 0
          ? good
          : hit.rewritten(packs.discreet, 'sentence').filter(isGood);
      },
    }),
  );
}

/** Whether a sentence is for where something is known, such as that somebody else listens: it takes the place of what is meant for the customer. */
function isForFacts({ facts }: Alternative): boolean {
  return Object.keys(facts).length > 0;
}

/** Whether a rule is about such a place itself, so that its own alternatives are for it. */
function isAboutFacts({ where }: WordingRule): boolean {
  return Object.keys(where.facts).length > 0;
}

const remembered = new RecentOf<PackSet, readonly WordingHit[]>(mostTexts);

/** What was found in a line when it was looked at last: in a script that is edited most lines are where they were. */
interface LastHits {
  readonly packs: PackSet;
  readonly day: string;
  readonly situation: Situation;
  readonly hits: readonly WordingHit[];
}

const lastHits = new Memo<Speech, LastHits>();

/** Equal lines in equal situations have equal hits, so that an edit costs one line and not all of them. */
function hitsIn(line: CheckedLine, packs: PackSet, day: string): readonly WordingHit[] {
  const { speech, situation } = line;
  const last = lastHits.get(speech);
  if (last?.situation === situation && last.packs === packs && last.day === day) return last.hits;
  const hits = mayBeWrong(suspicionOf(speech, packs), situation, packs, day)
    ? hitsOf(utteranceOf(line), packs, day)
    : noHits;
  lastHits.set(speech, { packs, day, situation, hits });
  return hits;
}

const noHits: readonly WordingHit[] = [];

function hitsOf(utterance: Utterance, packs: PackSet, day: string): readonly WordingHit[] {
  const known = remembered.of(packs);
  const key = JSON.stringify([utterance, day]);
  let hits = known.get(key);
  if (!hits) {
    hits = checkWording(utterance, packs, day);
    known.set(key, hits);
  }
  return hits;
}

/** What the agent says, and what the agent is told to do; nobody else's words are checked. */
function checkedSpeech(placed: Placed): Speech | undefined {
  if (isLine(placed, 'utterance')) return placed.line.speaker === 'agent' ? placed.line.speech : undefined;
  return isLine(placed, 'guidance') ? placed.line.speech : undefined;
}

/** What the reply above a line has made known, whatever was asked; of a mere yes the paths tell what it means. */
function branchFacts({ speaker, category }: Branch, packs: PackSet): Facts {
  const reply = packs.reply(category.text);
  return factsBy(speaker, reply && !isMereAnswer(category.text, reply) ? reply.sets : undefined);
}
