import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import { type FoldedText, isHan } from '../matcher/fold.ts';
import { matchesOf } from '../matcher/matches.ts';
import type { Reading } from '../matcher/reading.ts';
import type { Found } from '../matcher/wordings.ts';
import type { Alternative, Facts, RuleFix, WordingRule } from '../packs/pack.ts';
import type { Channel } from '../syntax/vocabulary.ts';
import type { CompiledEdge, CompiledRule } from './compiledPack.ts';
import type { Engine, TextRead } from './engine.ts';
import type { Fix } from './finding.ts';
import { suits } from './suiting.ts';
import { filled, type Template, templateOf } from './template.ts';

/** A rule that a line breaks. Spans count from the start of the text. */
export interface WordingHit extends Span {
  readonly rule: WordingRule;
  readonly message: Text;
  fixes(): readonly Fix[];
  /** The sentence that it stands in, or all that is said, in other words. */
  rewritten(sentences: readonly Alternative[], replace: 'sentence' | 'utterance'): readonly Fix[];
}

/** A line as it is said, and what is known where it is. */
interface Said {
  readonly text: string;
  readonly variables: readonly Span[];
  readonly channel?: Channel;
  /** The line's own evidence beats it. */
  readonly facts: Facts;
}

/**
 * There can be thousands, and others cover many of them: what is told of one, and can be done about it, is worked out by whoever asks.
 * As long as a line is remembered, so are its hits; what was read of the line would be ten times as much, and is read again.
 */
export class HitAt implements WordingHit {
  readonly start: number;
  readonly end: number;
  readonly rule: WordingRule;
  private readonly edges: readonly CompiledEdge[];
  private readonly match: Found;
  private readonly said: Said;
  private readonly engine: Engine;

  constructor({ rule, edges }: CompiledRule, match: Found, said: Said, engine: Engine) {
    this.rule = rule;
    this.edges = edges;
    this.match = match;
    this.said = said;
    this.engine = engine;
    const { folded, reading } = this.read;
    const shown = rule.report === 'match' ? match : range(rule.report, reading, match);
    const { start, end } = withoutEndMarks(said.text, folded.toSource(shown));
    this.start = start;
    this.end = end;
  }

  private get read(): TextRead {
    return this.engine.read(this.said.text, this.said.variables);
  }

  get message(): Text {
    const { zh, en } = messageOf(this.rule);
    return { zh: this.filled(zh), en: this.filled(en) };
  }

  fixes(): readonly Fix[] {
    return this.sayable(this.rule.fixes).map((fix) => this.fixed(fix));
  }

  rewritten(sentences: readonly Alternative[], replace: 'sentence' | 'utterance'): readonly Fix[] {
    return this.sayable(sentences).map((each) => this.fixed({ ...each, replace, safe: false }));
  }

  /** What can be said here; what is meant for whoever listens goes before what suits anybody. */
  private sayable<T extends Alternative>(alternatives: readonly T[]): readonly T[] {
    // A script that names no channel is a telephone call.
    const { channel = 'phone' } = this.said;
    const known = Object.assign({}, this.said.facts, this.read.evidence);
    const all = alternatives.filter(
      ({ channels, facts, lifted }) => (channels?.includes(channel) ?? true) && suits(facts, lifted, known),
    );
    const meant = all.filter(({ facts }) => Object.keys(facts).length > 0);
    return meant.length > 0 ? meant : all;
  }

  private fixed(fix: RuleFix): Fix {
    const { match, said: line } = this;
    const { folded, reading } = this.read;
    const wanted = range(fix.replace, reading, match);
    const said = this.filled(templateOf(fix.with));
    // What is deleted goes with all that belongs to it.
    const { span, before, after } =
      fix.replace === 'match' || said === '' ? { span: wanted, before: '', after: '' } : this.within(wanted);
    const replaced = fix.replace === 'match' ? folded.toSource(span) : sourceOf(span, line.text, folded);
    const newText = before + said + after;
    const edit: Edit = { newText, ...replaced };
    return { title: fixTitle(newText), safe: fix.safe, edits: [edit] };
  }

  /** What is left to be said otherwise between the edges of a message, and what takes the place of an edge that is itself what is wrong. */
  private within(wanted: Span): { readonly span: Span; readonly before: string; readonly after: string } {
    const { match } = this;
    const { reading } = this.read;
    let { start, end } = wanted;
    let [before, after] = ['', ''];
    for (const { program, instead } of this.edges) {
      for (const edge of matchesOf(program, reading)) {
        const isFirst = edge.start === start && edge.end < end;
        const isLast = edge.start > start && edge.start < end && isNothingBut(reading, edge.end);
        const isWrong = isWordOf(match, edge);
        if (isFirst && isWrong) before = instead;
        else if (isFirst) start = edge.end;
        else if (isLast && isWrong) after = instead;
        else if (isLast) end = edge.start;
      }
    }
    return { span: { start, end }, before, after };
  }

  /** `{match}` is what was found, other slots are what the pattern remembered. */
  private filled(template: Template): string {
    return filled(template, (name) => {
      const span = name === 'match' ? this : this.match.captures.get(name);
      if (!span) return undefined;
      const { start, end } = span === this ? span : this.read.folded.toSource(span);
      return this.said.text.slice(start, end);
    });
  }
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

/** Whether a match has words of its own in a range, and no gap alone. */
function isWordOf(match: Found, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) if (match.isOwn(at)) return true;
  return false;
}

/** Whether nothing follows an offset but the mark that ends a sentence. */
function isNothingBut(reading: Reading, at: number): boolean {
  return at === reading.length || (at === reading.length - 1 && reading.sentenceAt(at).end === reading.length);
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
