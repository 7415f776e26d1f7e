import type { Span } from '../base/span.ts';
import { type Beginnings, unknown } from './beginnings.ts';
import type { FoldedText } from './fold.ts';
import { kinds, kindsIn } from './kinds.ts';
import { machineFor } from './machine.ts';
import { nextMatch } from './matches.ts';
import type { Program } from './program.ts';
import type { Prospects } from './prospects.ts';
import { around } from './segments.ts';

/** A folded text that many programs are asked about: what is found out once stays known as long as no other text is asked about. */
export class Reading {
  readonly length: number;
  readonly hasSounds: boolean;
  private readonly folded: FoldedText;
  private knownKinds: readonly number[] | undefined = undefined;
  private readonly prospects: readonly Prospects[];

  /** @param prospects the programs that it may be asked about, as far as they are known beforehand */
  constructor(folded: FoldedText, prospects: readonly Prospects[] = []) {
    this.folded = folded;
    this.length = folded.length;
    this.hasSounds = folded.hasSounds;
    this.prospects = prospects;
  }

  get units(): readonly number[] {
    return this.folded.units;
  }

  /** What each of its units is to a pattern, between the two edges of the text. */
  get kinds(): readonly number[] {
    this.knownKinds ??= kindsIn(this.units);
    return this.knownKinds;
  }

  /** Tells where matches of a program may begin, before it is asked about; whoever tells of one tells all, and of a phrase where it stands. */
  tell({ shared, number }: Program, first: number, last: number): void {
    machineFor(shared, this).beginnings.tell(number, first, last);
  }

  /** The first stretch in which a match of a program may begin; -1 for none, `unknown` if it may do so anywhere. */
  stretchOf(program: Program, beginnings: Beginnings): number {
    const known = beginnings.firstOf(program.number);
    if (known !== unknown) return known;
    for (const each of this.prospects) if (each.has(program)) return each.stretchOf(program, this, beginnings);
    return unknown;
  }

  /** Whether a program matches somewhere. */
  holds(program: Program): boolean {
    return machineFor(program.shared, this).firstOf(program) >= 0;
  }

  /** Whether a program matches between two offsets. */
  holdsBetween(program: Program, from: number, to: number): boolean {
    return this.holds(program) && nextMatch(program, this, from, to) !== undefined;
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
