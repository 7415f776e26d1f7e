import { isBlank, type Span } from '../base/span.ts';
import type { Word } from './line.ts';
import { isAny, quotes, signs } from './signs.ts';

/** Every arrow of the language, and what an IME makes of them: `->` `=>` `-》` `——>` … */
const arrow = /→|(?:——?|[-－–=＝])[>＞》]/y;

/** The word that a line begins with, and where the sign stands that ends it. */
export interface Opening {
  readonly word: Word;
  readonly delimiter: number;
}

/** A place in one line, moving right. What it stops at is told by the kinds of signs; see signs.ts. */
export class Cursor {
  at: number;
  readonly end: number;
  readonly text: string;
  /** Where each closing quote was last found, so that a line full of unclosed quotes is still read in one pass. */
  private closings: Map<string, { readonly searched: number; readonly at: number }> | undefined;

  constructor(text: string, content: Span) {
    this.text = text;
    this.at = content.start;
    this.end = content.end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  take(length: number): Span {
    const start = this.at;
    this.at = Math.min(start + length, this.end);
    return { start, end: this.at };
  }

  takeIf(kinds: number): boolean {
    if (this.done || !isAny(kinds, this.text.charCodeAt(this.at))) return false;
    this.at++;
    return true;
  }

  takeArrow(): Span | undefined {
    const found = this.arrowAt(this.at);
    if (found) this.at = found.end;
    return found;
  }

  skipBlanks(): void {
    while (!this.done && isBlank(this.text.charCodeAt(this.at))) this.at++;
  }

  /** The trimmed text between two offsets. */
  word(from: number, to: number): Word {
    let start = from;
    let end = Math.max(from, to);
    while (start < end && isBlank(this.text.charCodeAt(start))) start++;
    while (end > start && isBlank(this.text.charCodeAt(end - 1))) end--;
    return { text: this.text.slice(start, end), start, end };
  }

  rest(): Word {
    return this.word(this.at, this.end);
  }

  /** Takes everything before the first `stop`, or all. */
  until(stop: number): Word {
    const from = this.at;
    while (!this.done && !isAny(stop, this.text.charCodeAt(this.at))) this.at++;
    return this.word(from, this.at);
  }

  /**
   * Takes what stands in brackets. Where the closing one was forgotten, that ends at the colon or arrow behind it:
   * `坐席（语气平和：您好`, `客户（其他 → 结束`.
   */
  bracketed(close: number, behind: number): Word {
    const from = this.at;
    let first = this.end;
    for (let i = this.at; i < this.end; i++) {
      const isClose = isAny(close, this.text.charCodeAt(i));
      if (!isClose && !isAny(behind, this.text.charCodeAt(i)) && !this.arrowAt(i)) continue;
      first = Math.min(first, i);
      let next = i + 1;
      while (next < this.end && isBlank(this.text.charCodeAt(next))) next++;
      if (isClose && (next >= this.end || isAny(behind, this.text.charCodeAt(next)) || this.arrowAt(next))) {
        first = i;
        break;
      }
    }
    this.at = first;
    return this.word(from, first);
  }

  /** The word before the first `stop` and where that stands, without moving; nothing when there is no `stop` nearby. */
  peekUntil(stop: number): Opening | undefined {
    const limit = Math.min(this.end, this.at + 64);
    for (let i = this.at; i < limit; i++) {
      if (isAny(stop, this.text.charCodeAt(i))) return { word: this.word(this.at, i), delimiter: i };
    }
    return undefined;
  }

  /** The last arrow outside quotes between here and the end. */
  lastArrow(): Span | undefined {
    let last: Span | undefined;
    for (let i = this.at; i < this.end; i++) {
      if (!isAny(signs.arrow | signs.quote, this.text.charCodeAt(i))) continue;
      i = this.skipQuoted(i, this.end);
      const found = i < this.end ? this.arrowAt(i) : undefined;
      if (!found) continue;
      last = found;
      i = found.end - 1;
    }
    return last;
  }

  /** Behind the quotations that open at `from` and close before `end`; else `from` itself. */
  skipQuoted(from: number, end: number): number {
    let at = from;
    for (let next = this.closingOf(at, end); next > at; next = this.closingOf(at, end)) at = next;
    return at;
  }

  private closingOf(from: number, end: number): number {
    if (from >= end || !isAny(signs.quote, this.text.charCodeAt(from))) return from;
    const closing = quotes[this.text.charAt(from)];
    if (closing === undefined) return from;
    this.closings ??= new Map();
    let next = this.closings.get(closing);
    if (!next || from < next.searched || next.at <= from) {
      const found = this.text.indexOf(closing, from + 1);
      next = { searched: from, at: found < 0 ? Number.POSITIVE_INFINITY : found };
      this.closings.set(closing, next);
    }
    return next.at >= end ? from : next.at + 1;
  }

  private arrowAt(offset: number): Span | undefined {
    if (!isAny(signs.arrow, this.text.charCodeAt(offset))) return undefined;
    arrow.lastIndex = offset;
    const match = arrow.exec(this.text);
    return match && arrow.lastIndex <= this.end ? { start: offset, end: arrow.lastIndex } : undefined;
  }
}
