import type { Span } from '../base/span.ts';
import type { FoldedText } from './fold.ts';
import { kinds, kindsIn } from './kinds.ts';
import { matchesFrom, run } from './machine.ts';
import type { Program } from './program.ts';
import { around } from './segments.ts';

/** A folded text that many programs are asked about: what is found out once stays known. */
export class Reading {
  readonly units: Uint16Array;
  readonly length: number;
  /** What each of its units is to a pattern, between the two edges of the text. */
  readonly kinds: Uint8Array;
  readonly hasSounds: boolean;
  private readonly answers = new Map<Program, boolean>();

  constructor({ units, length, hasSounds }: FoldedText) {
    this.units = units;
    this.length = length;
    this.kinds = kindsIn(units, length);
    this.hasSounds = hasSounds;
  }

  /** Whether a program matches somewhere. */
  holds(program: Program): boolean {
    let answer = this.answers.get(program);
    if (answer === undefined) {
      answer = matchesFrom(program, this, 0, this.length - 1);
      this.answers.set(program, answer);
    }
    return answer;
  }

  /** Whether a program matches between two offsets. */
  holdsBetween(program: Program, from: number, to: number): boolean {
    if (!this.holds(program)) return false;
    return (from === 0 && to === this.length) || !run(program, this, from, to).next().done;
  }

  /** The sentence around an offset, with the mark that ends it. */
  sentenceAt(at: number): Span {
    return around(this.units, this.kinds, at, kinds.sentenceEnd);
  }

  /** The clause around an offset, with the mark that ends it. */
  clauseAt(at: number): Span {
    return around(this.units, this.kinds, at, kinds.clauseEnd);
  }
}
