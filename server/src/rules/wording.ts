import { sorted } from '../base/sorted.ts';
import type { Span } from '../base/span.ts';
import { inContext, isInside } from '../matcher/contexts.ts';
import type { Program } from '../matcher/program.ts';
import type { Reading } from '../matcher/reading.ts';
import type { Found } from '../matcher/wordings.ts';
import { type Facts, severities, type WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Channel, Stage } from '../syntax/vocabulary.ts';
import type { CompiledRule } from './compiledPack.ts';
import { engineOf, noFacts } from './engine.ts';
import { type Candidate, isWhere } from './sought.ts';
import { suits } from './suiting.ts';
import type { Suspicion } from './suspicion.ts';
import { HitAt, type WordingHit } from './wordingHit.ts';

/** One line as the wording rules see it. */
export interface Utterance {
  readonly text: string;
  /** The ranges of `{变量}` in the text. */
  readonly variables: readonly Span[];
  readonly speaker: 'agent' | 'guidance';
  readonly channel?: Channel;
  readonly stage?: Stage;
  /** Ids of the standard steps of the node it stands in. */
  readonly steps: readonly string[];
  /** What is known here; the line's own evidence beats it. */
  readonly facts: Facts;
}

/** All that counts for the wording of a line besides its words. */
export type Situation = Omit<Utterance, 'text' | 'variables'>;

/** Everything that is wrong with how a line is worded; at most one hit for a category at one place. */
export function checkWording(utterance: Utterance, packs: PackSet, day: string): readonly WordingHit[] {
  const engine = engineOf(packs);
  const read = engine.read(utterance.text, utterance.variables);
  if (read.rules.length === 0) return none;
  const hits: WordingHit[] = [];
  let known: Facts | undefined;
  const facts = (): Facts => {
    known ??= Object.assign({}, utterance.facts, read.evidence);
    return known;
  };
  for (const each of read.rules) {
    if (!isAsked(each.of, utterance, packs, day, facts)) continue;
    for (const match of placesOf(each, read.reading)) hits.push(new HitAt(each.of, match, utterance, engine));
  }
  if (hits.length < 2) return hits;
  return sorted(withoutOverlaps(hits), (a, b) => a.start - b.start || a.end - b.end);
}

const none: readonly never[] = [];

/** Whether one of the rules that suspect a line is asked about it: else nothing can be wrong with how it is worded. */
export function mayBeWrong({ rules, evidence }: Suspicion, situation: Situation, packs: PackSet, day: string): boolean {
  const facts = evidence === noFacts ? situation.facts : Object.assign({}, situation.facts, evidence);
  const known = (): Facts => facts;
  return rules.some((rule) => isAsked(rule, situation, packs, day, known));
}

/** The rules in force that look at a line like this one, and those of them that find something in it, told or not. */
export function rulesLookingAt(
  utterance: Utterance,
  packs: PackSet,
  day: string,
): { readonly looking: readonly WordingRule[]; readonly broken: readonly WordingRule[] } {
  const { reading, rules, evidence } = engineOf(packs).read(utterance.text, utterance.variables);
  const facts = { ...utterance.facts, ...evidence };
  const looking = packs.rules.filter(
    (rule) => packs.inForce(rule, day) && applies(rule, utterance) && appliesTo(rule, facts),
  );
  const watched = new Set(looking);
  const broken = rules.filter((each) => watched.has(each.of.rule) && isBroken(each, reading));
  return { looking, broken: broken.map(({ of }) => of.rule) };
}

/** Whether one of these rules finds something in a line; what is said to be known counts more than what the line gives away. */
export function breaks(ids: ReadonlySet<string>, utterance: Utterance, packs: PackSet, day: string): boolean {
  const read = engineOf(packs).read(utterance.text, utterance.variables);
  const facts = (): Facts => Object.assign({}, read.evidence, utterance.facts);
  return read.rules.some(
    (each) =>
      ids.has(each.of.rule.id) && isAsked(each.of, utterance, packs, day, facts) && isBroken(each, read.reading),
  );
}

/** Whether a rule in force is about such lines, and about what is known there. */
function isAsked(
  { rule, asksFacts }: CompiledRule,
  situation: Situation,
  packs: PackSet,
  day: string,
  facts: () => Facts,
): boolean {
  return applies(rule, situation) && packs.inForce(rule, day) && (!asksFacts || appliesTo(rule, facts()));
}

/** Whether a rule is about such lines. */
function applies({ where }: WordingRule, situation: Situation): boolean {
  const { channels, stages, steps, speakers } = where;
  return (
    speakers.includes(situation.speaker) &&
    (!channels || (situation.channel !== undefined && channels.includes(situation.channel))) &&
    (!stages || (situation.stage !== undefined && stages.includes(situation.stage))) &&
    (!steps || steps.some((step) => situation.steps.includes(step)))
  );
}

/** Whether a rule applies to what is known. */
function appliesTo({ where, lifted }: WordingRule, facts: Facts): boolean {
  return suits(where.facts, lifted, facts);
}

/** Of one rule in one line; whoever reads the first ones knows what is wrong with the others. */
const mostHits = 30;

/** Where a rule is broken, in the order of the text if there are several places. */
function placesOf(candidate: Candidate<CompiledRule>, reading: Reading): readonly Found[] {
  const found: Found[] = [];
  isWhere(candidate, reading, (match) => {
    if (isWrong(candidate.of, match, reading)) found.push(match);
    return false;
  });
  if (found.length < 2) return found;
  return united(found).slice(0, mostHits);
}

/** Whether a rule is broken by a wording of its where it stands. */
function isWrong({ needs, inside, unless, when }: CompiledRule, match: Found, reading: Reading): boolean {
  return (
    (needs.length === 0 || hasOne(needs, reading, match)) &&
    !isInside(inside, reading, match) &&
    !unless.some((context) => inContext(context, reading, match)) &&
    (when.length === 0 || when.some((context) => inContext(context, reading, match, true)))
  );
}

/** Whether a rule finds something in a text, whatever that is. */
function isBroken(candidate: Candidate<CompiledRule>, reading: Reading): boolean {
  return isWhere(candidate, reading, (match) => isWrong(candidate.of, match, reading));
}

/** Whether what a match needs stands in its sentence. */
function hasOne(needs: readonly Program[], reading: Reading, match: Span): boolean {
  const sentence = reading.sentenceAt(match.start);
  return needs.some((need) => reading.holdsBetween(need, sentence.start, sentence.end));
}

/** Places of one rule that overlap are one: 找人打断你 and 打断你的腿 are 找人打断你的腿. */
function united(found: readonly Found[]): readonly Found[] {
  const all: Found[] = [];
  for (const next of sorted(found, (a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (!last || last.end <= next.start) all.push(next);
    else
      all[all.length - 1] = {
        start: last.start,
        end: Math.max(last.end, next.end),
        captures: last.captures.size === 0 ? next.captures : new Map([...next.captures, ...last.captures]),
        isOwn: (at) => last.isOwn(at) || next.isOwn(at),
      };
  }
  return all;
}

/**
 * Of hits for one category at one place the most serious stays, then the longest; and what is wrong there already needs no
 * milder word about it.
 */
function withoutOverlaps(hits: readonly WordingHit[]): WordingHit[] {
  const rank = ({ rule }: WordingHit): number => severities.indexOf(rule.severity);
  const ranked = sorted(hits, (a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: WordingHit[] = [];
  for (const hit of ranked) {
    const clash = kept.some((other) => {
      const overlap = other.start < hit.end && hit.start < other.end;
      if (groupOf(other) === groupOf(hit)) return overlap || groupOf(hit) === 'disclosure';
      return overlap && rank(other) < rank(hit);
    });
    if (!clash) kept.push(hit);
  }
  return kept;
}

/** A line discloses a debt to a third party or before the identity is known, never both. */
function groupOf({ rule }: WordingHit): string {
  return rule.category === 'third-party-disclosure' || rule.category === 'disclose-before-identity'
    ? 'disclosure'
    : rule.category;
}
