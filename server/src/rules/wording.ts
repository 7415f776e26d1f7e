import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import { inContext, isInside } from '../matcher/contexts.ts';
import type { FoldedText } from '../matcher/fold.ts';
import type { Program } from '../matcher/program.ts';
import type { Reading } from '../matcher/reading.ts';
import { type Found, find } from '../matcher/wordings.ts';
import {
  type Alternative,
  type Fact,
  type FactSets,
  type Facts,
  type RuleFix,
  severities,
  type WordingRule,
} from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Channel, Stage } from '../syntax/vocabulary.ts';
import { type CompiledRule, engineOf } from './engine.ts';
import type { Fix } from './finding.ts';
import type { Candidate } from './sought.ts';

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

/** A rule that a line breaks. Spans count from the start of the text. */
export interface WordingHit extends Span {
  readonly rule: WordingRule;
  readonly message: Text;
  fixes(): readonly Fix[];
  /** The sentence that it stands in, in other words. */
  rewritten(sentences: readonly Alternative[]): readonly Fix[];
}

/** Everything that is wrong with how a line is worded; at most one hit for a category at one place. */
export function checkWording(utterance: Utterance, packs: PackSet, day: string): readonly WordingHit[] {
  const read = engineOf(packs).read(utterance.text, utterance.variables);
  if (read.rules.length === 0) return none;
  const hits: WordingHit[] = [];
  let facts: Facts | undefined;
  for (const each of read.rules) {
    const { rule, asksFacts } = each.of;
    if (!applies(rule, utterance) || !packs.inForce(rule, day)) continue;
    if (asksFacts) {
      facts ??= Object.assign({}, utterance.facts, read.evidence);
      if (!appliesTo(rule, facts)) continue;
    }
    for (const hit of hitsOf(each, utterance, read.folded, read.reading)) hits.push(hit);
  }
  if (hits.length < 2) return hits;
  return withoutOverlaps(hits).sort((a, b) => a.start - b.start || a.end - b.end);
}

const none: readonly never[] = [];

/** The rules in force that look at a line like this one, and those of them that find something in it, told or not. */
export function rulesLookingAt(
  utterance: Utterance,
  packs: PackSet,
  day: string,
): { readonly looking: readonly WordingRule[]; readonly broken: readonly WordingRule[] } {
  const { folded, reading, rules, evidence } = engineOf(packs).read(utterance.text, utterance.variables);
  const facts = { ...utterance.facts, ...evidence };
  const looking = packs.rules.filter(
    (rule) => packs.inForce(rule, day) && applies(rule, utterance) && appliesTo(rule, facts),
  );
  const watched = new Set(looking);
  const broken = rules.filter(
    (each) => watched.has(each.of.rule) && hitsOf(each, utterance, folded, reading).length > 0,
  );
  return { looking, broken: broken.map(({ of }) => of.rule) };
}

/** Whether one of these rules finds something in a line; what is said to be known counts more than what the line gives away. */
export function breaks(ids: ReadonlySet<string>, utterance: Utterance, packs: PackSet, day: string): boolean {
  const read = engineOf(packs).read(utterance.text, utterance.variables);
  return read.rules.some(
    (each) =>
      ids.has(each.of.rule.id) &&
      applies(each.of.rule, utterance) &&
      packs.inForce(each.of.rule, day) &&
      (!each.of.asksFacts || appliesTo(each.of.rule, Object.assign({}, read.evidence, utterance.facts))) &&
      hitsOf(each, utterance, read.folded, read.reading).length > 0,
  );
}

/** Whether a rule is about such lines. */
function applies({ where }: WordingRule, utterance: Utterance): boolean {
  const { channels, stages, steps, speakers } = where;
  return (
    speakers.includes(utterance.speaker) &&
    (!channels || (utterance.channel !== undefined && channels.includes(utterance.channel))) &&
    (!stages || (utterance.stage !== undefined && stages.includes(utterance.stage))) &&
    (!steps || steps.some((step) => utterance.steps.includes(step)))
  );
}

/** Whether a rule applies to what is known. */
function appliesTo({ where, lifted }: WordingRule, facts: Facts): boolean {
  return (
    entriesOf(where.facts).every(([fact, values]) => values.includes(facts[fact] ?? '')) &&
    !entriesOf(lifted).some(([fact, values]) => values.includes(facts[fact] ?? ''))
  );
}

function entriesOf(sets: FactSets): [Fact, readonly string[]][] {
  return Object.entries(sets) as [Fact, readonly string[]][];
}

/** Of one rule in one line; whoever reads the first ones knows what is wrong with the others. */
const mostHits = 30;

/** Places of one wording in one line that are looked at, lifted ones included: no sentence has as many. */
const mostPlaces = 200;

function hitsOf(
  { of: compiled, possible }: Candidate<CompiledRule>,
  utterance: Utterance,
  folded: FoldedText,
  reading: Reading,
): WordingHit[] {
  const found: Found[] = [];
  for (const { wording, stands } of possible) {
    if (!stands) continue;
    let places = 0;
    for (const match of find(wording, reading)) {
      if (++places > mostPlaces) break;
      if (compiled.needs.length > 0 && !hasOne(compiled.needs, reading, match)) continue;
      if (isInside(compiled.inside, reading, match)) continue;
      if (compiled.unless.some((context) => inContext(context, reading, match))) continue;
      if (compiled.when.length > 0 && !compiled.when.some((context) => inContext(context, reading, match))) continue;
      found.push(match);
    }
  }
  return united(found)
    .slice(0, mostHits)
    .map((match) => hitOf(compiled.rule, match, utterance, folded, reading));
}

/** Whether what a match needs stands in its sentence. */
function hasOne(needs: readonly Program[], reading: Reading, match: Span): boolean {
  const sentence = reading.sentenceAt(match.start);
  return needs.some((need) => reading.holdsBetween(need, sentence.start, sentence.end));
}

/** Places of one rule that overlap are one: 找人打断你 and 打断你的腿 are 找人打断你的腿. */
function united(found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found;
  const all: Found[] = [];
  for (const next of [...found].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (!last || last.end <= next.start) all.push(next);
    else
      all[all.length - 1] = {
        start: last.start,
        end: Math.max(last.end, next.end),
        captures: new Map([...next.captures, ...last.captures]),
        isOwn: (at) => last.isOwn(at) || next.isOwn(at),
      };
  }
  return all;
}

function hitOf(
  rule: WordingRule,
  match: Found,
  utterance: Utterance,
  folded: FoldedText,
  reading: Reading,
): WordingHit {
  const shown = rule.report === 'match' ? match : range(rule.report, reading, match);
  const span = withoutEndMarks(utterance.text, folded.toSource(shown));
  const fill = filler(match, utterance.text, folded);
  const channel = utterance.channel ?? 'phone';
  const isSayable = ({ channels }: Alternative): boolean => channels?.includes(channel) ?? true;
  const fixed = (fix: RuleFix): Fix => {
    const whole = range(fix.replace, reading, match);
    const replaced = fix.replace === 'match' ? folded.toSource(match) : sourceOf(whole, utterance.text, folded);
    const newText = fill(fix.with, span);
    const edit: Edit = { newText, ...replaced };
    return { title: fixTitle(newText), safe: fix.safe, edits: [edit] };
  };
  return {
    rule,
    message: { zh: fill(rule.message.zh, span), en: fill(rule.message.en, span) },
    fixes: () => rule.fixes.filter(isSayable).map(fixed),
    rewritten: (sentences) =>
      sentences.filter(isSayable).map((each) => fixed({ ...each, replace: 'sentence', safe: false })),
    ...span,
  };
}

function range(kind: 'match' | 'clause' | 'sentence' | 'utterance', reading: Reading, match: Span): Span {
  const last = Math.max(match.start, match.end - 1);
  switch (kind) {
    case 'match':
      return match;
    case 'clause':
      return { start: reading.clauseAt(match.start).start, end: reading.clauseAt(last).end };
    case 'sentence':
      return { start: reading.sentenceAt(match.start).start, end: reading.sentenceAt(last).end };
    case 'utterance':
      return { start: 0, end: reading.length };
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** Also the blanks that folding dropped between the parts. */
function sourceOf(span: Span, source: string, folded: FoldedText): Span {
  if (span.start === 0 && span.end === folded.text.length) return { start: 0, end: source.length };
  return folded.toSource(span);
}

/** A reader underlines the words and not the full stop. */
function withoutEndMarks(source: string, span: Span): Span {
  let { end } = span;
  while (end > span.start + 1 && /[\s，。！？；,.!?;…]/.test(source.charAt(end - 1))) end--;
  return { start: span.start, end };
}

/** Replaces `{match}`, `{who}` and `{who|您}` by what was found. Other braces are variables of the script. */
function filler(match: Found, source: string, folded: FoldedText): (template: string, shown: Span) => string {
  return (template, shown) =>
    // Looking for braces costs less than looking for a pattern, and few texts have any.
    !template.includes('{')
      ? template
      : template.replace(/\{([^{}|]*)(?:\|([^{}]*))?\}/g, (whole, name: string, fallback: string | undefined) => {
          if (name === 'match') return source.slice(shown.start, shown.end);
          const captured = match.captures.get(name);
          if (captured) {
            const span = folded.toSource(captured);
            return source.slice(span.start, span.end);
          }
          return fallback ?? whole;
        });
}

const longestTitle = 60;

function fixTitle(newText: string): Text {
  if (newText === '') return { zh: '删去这句话', en: 'Delete this' };
  const shown = newText.length > longestTitle ? `${newText.slice(0, longestTitle)}…` : newText;
  return { zh: `改为：${shown}`, en: `Say instead: ${shown}` };
}

/**
 * Of hits for one category at one place the most serious stays, then the longest; and what is wrong there already needs no
 * milder word about it.
 */
function withoutOverlaps(hits: readonly WordingHit[]): WordingHit[] {
  const rank = ({ rule }: WordingHit): number => severities.indexOf(rule.severity);
  const ranked = [...hits].sort(
    (a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
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
