import { isBlank, type Span } from '../base/span.ts';
import type { Flaw, Word } from './line.ts';
import { isAny, quotes, signs, signsOf } from './signs.ts';

/** Of most lines there is nothing to say. */
const sound: readonly Flaw[] = [];

/**
 * A place in one line of a text, moving right, and what was found to be wrong on the way. What it stops at is told by the kinds of signs; see
 * signs.ts. Everything counts from the start of the line, which is read where it stands: to cut each out of the text first takes half
 * as long again.
 */
export class Cursor {
  at = 0;
  end = 0;
  /** How long the line is with the blanks at its ends. */
  length = 0;
  flaws: readonly Flaw[] = sound;
  private readonly source: string;
  private base = 0;
  private kinds = 0;
  /** Where each closing quote was last found, so that a line full of unclosed quotes is still read in one pass. */
  private closings: Map<string, { readonly searched: number; readonly at: number }> | undefined;

  constructor(source: string) {
    this.source = source;
  }

  /**
   * Goes to the first character of a line that is not blank; the end is behind the last one.
   *
   * @param kinds the kinds of all signs in the line: what it has none of is not looked for
   */
  enter(start: number, end: number, kinds: number): this {
    this.base = start;
    this.kinds = kinds;
    this.at = 0;
    this.length = end - start;
    this.end = this.length;
    this.flaws = sound;
    this.closings = undefined;
    this.skipBlanks();
    while (!this.done && isBlank(this.unit(this.end - 1))) this.end--;
    return this;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  /** The code of a character of the line. */
  unit(at: number): number {
    return this.source.charCodeAt(this.base + at);
  }

  slice(from: number, to: number): string {
    return this.source.slice(this.base + from, this.base + to);
  }

  /** Whether a sign of one of these kinds stands anywhere in the line. */
  has(kinds: number): boolean {
    return (this.kinds & kinds) !== 0;
  }

  flaw(kind: Flaw['kind'], start: number, end: number): void {
    this.flaws = [...this.flaws, { kind, start, end }];
  }

  take(length: number): Span {
    const start = this.at;
    this.at = Math.min(start + length, this.end);
    return { start, end: this.at };
  }

  takeIf(kinds: number): boolean {
    if (this.done || !isAny(kinds, this.unit(this.at))) return false;
    this.at++;
    return true;
  }

  takeArrow(): Span | undefined {
    const start = this.at;
    const length = this.arrowAt(start);
    return length > 0 ? this.take(length) : undefined;
  }

  skipBlanks(): void {
    while (!this.done && isBlank(this.unit(this.at))) this.at++;
  }

  /** The trimmed text between two offsets. */
  word(from: number, to: number): Word {
    let start = from;
    let end = Math.max(from, to);
    while (start < end && isBlank(this.unit(start))) start++;
    while (end > start && isBlank(this.unit(end - 1))) end--;
    return { text: this.slice(start, end), start, end };
  }

  rest(): Word {
    return this.word(this.at, this.end);
  }

  /** Takes everything before the first `stop`, or all. */
  until(stop: number): Word {
    const from = this.at;
    this.at = this.find(stop, from, this.end);
    return this.word(from, this.at);
  }

  /** Where the first `stop` between two offsets stands; or the second of them. */
  find(stop: number, from: number, to: number): number {
    let at = from;
    while (at < to && !isAny(stop, this.unit(at))) at++;
    return at;
  }

  /**
   * Takes what stands in brackets, and tells where it ends. Where the closing one was forgotten, that is at the colon or arrow behind it:
   * `坐席（语气平和：您好`, `客户（其他 → 结束`.
   */
  bracketed(close: number, behind: number): number {
    let first = this.end;
    for (let i = this.at; i < this.end; i++) {
      const kinds = signsOf(this.unit(i));
      if ((kinds & (close | behind | signs.arrow)) === 0) continue;
      const isClose = (kinds & close) !== 0;
      if (!isClose && (kinds & behind) === 0 && this.arrowAt(i) === 0) continue;
      first = Math.min(first, i);
      let next = i + 1;
      while (next < this.end && isBlank(this.unit(next))) next++;
      if (isClose && (next >= this.end || isAny(behind, this.unit(next)) || this.arrowAt(next) > 0)) {
        first = i;
        break;
      }
    }
    this.at = first;
    return first;
  }

  /** The last arrow outside quotes between here and the end. */
  lastArrow(): Span | undefined {
    let last: Span | undefined;
    if (!this.has(signs.arrowHead)) return last;
    for (let i = this.at; i < this.end; i++) {
      if (!isAny(signs.arrow | signs.quote, this.unit(i))) continue;
      i = this.skipQuoted(i, this.end);
      const length = i < this.end ? this.arrowAt(i) : 0;
      if (length === 0) continue;
      last = { start: i, end: i + length };
      i = last.end - 1;
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
    if (from >= end || !isAny(signs.quote, this.unit(from))) return from;
    const closing = quotes[this.slice(from, from + 1)];
    if (closing === undefined) return from;
    this.closings ??= new Map();
    let next = this.closings.get(closing);
    if (!next || from < next.searched || next.at <= from) {
      const code = closing.charCodeAt(0);
      let at = from + 1;
      while (at < this.end && this.unit(at) !== code) at++;
      next = { searched: from, at: at < this.end ? at : Number.POSITIVE_INFINITY };
      this.closings.set(closing, next);
    }
    return next.at >= end ? from : next.at + 1;
  }

  /** How long the arrow is that begins at an offset: every one of the language, and what an IME makes of them, `->` `=>` `-》` `——>` … */
  private arrowAt(offset: number): number {
    const unit = this.unit(offset);
    if (!isAny(signs.arrow, unit) || offset >= this.end) return 0;
    if (unit === arrow) return 1;
    const length = unit === dash && this.unit(offset + 1) === dash ? 3 : 2;
    const head = offset + length - 1;
    return head < this.end && isAny(signs.arrowHead, this.unit(head)) && this.unit(head) !== arrow ? length : 0;
  }
}

const [arrow, dash] = ['→'.charCodeAt(0), '—'.charCodeAt(0)];
