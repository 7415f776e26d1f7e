import type { Span } from '../base/span.ts';

/** A place in folded text with words of its own. */
export interface Place extends Span {
  /** Whether what stands at an offset is the pattern's own and not something in one of its gaps. */
  isOwn(at: number): boolean;
}

/** Where a pattern was found in folded text, and what it remembered. */
export class Match implements Place {
  readonly start: number;
  readonly end: number;
  readonly captures: ReadonlyMap<string, Span>;
  /** The offsets that gaps passed over: what stands there is not the pattern's own. */
  readonly passed: readonly number[];

  constructor(start: number, end: number, captures: ReadonlyMap<string, Span>, passed: readonly number[]) {
    this.start = start;
    this.end = end;
    this.captures = captures;
    this.passed = passed;
  }

  isOwn(at: number): boolean {
    return this.start <= at && at < this.end && !this.passed.includes(at);
  }
}

const noCaptures: ReadonlyMap<string, Span> = new Map();

/** What was remembered by which names, from slots that come in pairs. */
export function capturesOf(names: readonly string[], slots: readonly number[]): ReadonlyMap<string, Span> {
  if (names.length === 0) return noCaptures;
  const found = new Map<string, Span>();
  for (const [index, name] of names.entries()) {
    const [start = -1, end = -1] = [slots[2 * index], slots[2 * index + 1]];
    if (start >= 0 && end >= 0) found.set(name, { start, end });
  }
  return found;
}
