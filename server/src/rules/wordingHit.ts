import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import { type FoldedText, isHan } from '../matcher/fold.ts';
import type { Reading } from '../matcher/reading.ts';
import type { Found } from '../matcher/wordings.ts';
import {
  type Alternative,
  type Fact,
  type FactSets,
  type Facts,
  factValues,
  type RuleFix,
  type WordingRule,
} from '../packs/pack.ts';
import type { Channel } from '../syntax/vocabulary.ts';
import type { Fix } from './finding.ts';
import { filled, type Template, templateOf } from './template.ts';

/** A rule that a line breaks. Spans count from the start of the text. */
export interface WordingHit extends Span {
  readonly rule: WordingRule;
  readonly message: Text;
  fixes(): readonly Fix[];
  /** The sentence that it stands in, in other words. */
  rewritten(sentences: readonly Alternative[]): readonly Fix[];
}

/** There can be thousands, and others cover many of them: what is told of one, and can be done about it, is worked out by whoever asks. */
export class HitAt implements WordingHit {
  readonly start: number;
  readonly end: number;
  readonly rule: WordingRule;
  private readonly source: string;
  private readonly channel: Channel;
  private readonly facts: () => Facts;
  private readonly match: Found;
  private readonly folded: FoldedText;
  private readonly reading: Reading;

  /**
   * @param channel where it is said; a script that names none is a telephone call
   * @param facts what is known there
   */
  constructor(
    rule: WordingRule,
    match: Found,
    source: string,
    channel: Channel | undefined,
    facts: () => Facts,
    folded: FoldedText,
    reading: Reading,
  ) {
    this.rule = rule;
    this.match = match;
    this.source = source;
    this.channel = channel ?? 'phone';
    this.facts = facts;
    this.folded = folded;
    this.reading = reading;
    const shown = rule.report === 'match' ? match : range(rule.report, reading, match);
    const { start, end } = withoutEndMarks(source, folded.toSource(shown));
    this.start = start;
    this.end = end;
  }

  get message(): Text {
    const { zh, en } = messageOf(this.rule);
    return { zh: this.filled(zh), en: this.filled(en) };
  }

  fixes(): readonly Fix[] {
    return this.sayable(this.rule.fixes).map((fix) => this.fixed(fix));
  }

  rewritten(sentences: readonly Alternative[]): readonly Fix[] {
    return this.sayable(sentences).map((each) => this.fixed({ ...each, replace: 'sentence', safe: false }));
  }

  /** What can be said here; what is meant for whoever listens goes before what suits anybody. */
  private sayable<T extends Alternative>(alternatives: readonly T[]): readonly T[] {
    const facts = this.facts();
    const all = alternatives.filter(({ channels }) => channels?.includes(this.channel) ?? true);
    const meant = all.filter((each) => each.facts && holdIn(each.facts, facts));
    return meant.length > 0 ? meant : all.filter((each) => !each.facts);
  }

  private fixed(fix: RuleFix): Fix {
    const { match, source, folded, reading } = this;
    const replaced =
      fix.replace === 'match' ? folded.toSource(match) : sourceOf(range(fix.replace, reading, match), source, folded);
    const newText = this.filled(templateOf(fix.with));
    const edit: Edit = { newText, ...replaced };
    return { title: fixTitle(newText), safe: fix.safe, edits: [edit] };
  }

  /** `{match}` is what was found, other slots are what the pattern remembered. */
  private filled(template: Template): string {
    return filled(template, (name) => {
      const span = name === 'match' ? this : this.match.captures.get(name);
      if (!span) return undefined;
      const { start, end } = span === this ? span : this.folded.toSource(span);
      return this.source.slice(start, end);
    });
  }
}

const factNames = Object.keys(factValues) as readonly Fact[];

function holdIn(asked: FactSets, facts: Facts): boolean {
  return factNames.every((fact) => asked[fact]?.includes(facts[fact] ?? '') ?? true);
}

const messages = new WeakMap<WordingRule, { readonly zh: Template; readonly en: Template }>();

function messageOf(rule: WordingRule): { readonly zh: Template; readonly en: Template } {
  let message = messages.get(rule);
  if (!message) {
    message = { zh: templateOf(rule.message.zh), en: templateOf(rule.message.en) };
    messages.set(rule, message);
  }
  return message;
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
  while (end > span.start + 1 && isEndMark(source, end - 1)) end--;
  return end === span.end ? span : { start: span.start, end };
}

function isEndMark(source: string, at: number): boolean {
  // Most end in a character, and nobody need be asked.
  return !isHan(source.charCodeAt(at)) && /[\s，。！？；,.!?;…]/.test(source.charAt(at));
}

const longestTitle = 60;

function fixTitle(newText: string): Text {
  if (newText === '') return { zh: '删去这句话', en: 'Delete this' };
  const shown = newText.length > longestTitle ? `${newText.slice(0, longestTitle)}…` : newText;
  return { zh: `改为：${shown}`, en: `Say instead: ${shown}` };
}
