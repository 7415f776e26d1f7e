import type { Span } from '../base/span.ts';
import type { FoldedText } from './fold.ts';
import { kinds, kindsIn } from './kinds.ts';
import { machineFor, run } from './machine.ts';
import type { Program } from './program.ts';
import type { Prospects } from './prospects.ts';
import { around } from './segments.ts';

/** A folded text that many programs are asked about: what is found out once stays known. */
export class Reading {
  readonly units: readonly number[];
  readonly length: number;
  /** What each of its units is to a pattern, between the two edges of the text. */
  readonly kinds: readonly number[];
  readonly hasSounds: boolean;

  private readonly prospects: readonly Prospects[];

  /** @param prospects the programs that it may be asked about, as far as they are known beforehand */
  constructor({ units, hasSounds }: FoldedText, prospects: readonly Prospects[] = []) {
    this.units = units;
    this.length = units.length;
    this.kinds = kindsIn(units);
    this.hasSounds = hasSounds;
    this.prospects = prospects;
  }

  /** Whether a program matches somewhere. */
  holds(program: Program): boolean {
    const machine = machineFor(program.shared, this);
    let answer = machine.answerOf(program);
    if (answer === undefined) {
      for (const each of this.prospects) answer ??= each.holds(program, this);
      answer ??= machine.first(program.start, 0, this.length - 1, this.length) >= 0;
      machine.answer(program, answer);
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
