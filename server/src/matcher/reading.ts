import type { Span } from '../base/span.ts';
import { accepts } from './automaton.ts';
import { kindsIn } from './kinds.ts';
import { run } from './machine.ts';
import type { Program } from './program.ts';
import { around, marks, marksIn } from './segments.ts';

/** A folded text that many programs are asked about: what is found out once stays known. */
export class Reading {
  readonly text: string;
  /** What each of its units is to a pattern. */
  readonly kinds: Uint8Array;
  private readonly ends: Uint8Array;
  private readonly possible: ReadonlySet<Program> | undefined;
  private readonly answers = new Map<Program, boolean>();

  /** @param possible the programs that can match at all, where this is known of every program that will be asked about */
  constructor(text: string, possible?: ReadonlySet<Program>) {
    this.text = text;
    this.ends = marksIn(text);
    this.kinds = kindsIn(text, this.ends);
    this.possible = possible;
  }

  /** The programs that can match at all; nothing if every one may. */
  get candidates(): ReadonlySet<Program> | undefined {
    return this.possible;
  }

  /** Whether a program matches somewhere. */
  holds(program: Program): boolean {
    if (this.possible && !this.possible.has(program)) return false;
    let answer = this.answers.get(program);
    if (answer === undefined) {
      answer = accepts(program, this) ?? !run(program, this).next().done;
      this.answers.set(program, answer);
    }
    return answer;
  }

  /** Whether a program matches between two offsets. */
  holdsBetween(program: Program, from: number, to: number): boolean {
    if (!this.holds(program)) return false;
    return (from === 0 && to === this.text.length) || !run(program, this, from, to).next().done;
  }

  /** The sentence around an offset, with the mark that ends it. */
  sentenceAt(at: number): Span {
    return around(this.text, this.ends, at, marks.sentence);
  }

  /** The clause around an offset, with the mark that ends it. */
  clauseAt(at: number): Span {
    return around(this.text, this.ends, at, marks.clause);
  }
}
