import { firstWhere } from './search.ts';
import type { Span } from './span.ts';

/** A text that somebody reads in: a string, or one that was edited and is still in pieces. */
export interface Source {
  readonly length: number;
  /** A part of it; offsets count from its beginning. */
  slice(start: number, end?: number): string;
  /** All of it. */
  toString(): string;
}

/**
 * The text in which something else stands instead of a part. What stays is not copied: the engine would put it together to one string as
 * soon as somebody reads in it, half a megabyte at each key in a long script.
 */
export function edited(source: Source, { start, end }: Span, text: string): Source {
  const { parts, starts } = source instanceof Pieces ? source : new Pieces([source.toString()]);
  const [first, last] = [partAt(starts, start), partAt(starts, end)];
  const head = parts[first]?.slice(0, start - (starts[first] as number)) ?? '';
  const tail = parts[last]?.slice(end - (starts[last] as number)) ?? '';
  const all: string[] = [];
  for (const part of [...parts.slice(0, first), head, text, tail, ...parts.slice(last + 1)]) {
    const before = all.at(-1);
    if (before !== undefined && before.length + part.length < short) all[all.length - 1] = before + part;
    else if (part !== '') all.push(part);
  }
  return all.length < mostParts ? new Pieces(all) : all.join('');
}

/** What stands side by side and is shorter than this, in units, is one piece: what somebody types is not one a key. */
const short = 1024;

/** With more pieces than these all is put together once. */
const mostParts = 64;

class Pieces implements Source {
  parts: readonly string[];
  /** Where they begin. */
  starts: readonly number[];
  readonly length: number;

  constructor(parts: readonly string[]) {
    const starts: number[] = [];
    let length = 0;
    for (const part of parts) {
      starts.push(length);
      length += part.length;
    }
    this.parts = parts;
    this.starts = starts;
    this.length = length;
  }

  slice(start: number, end = this.length): string {
    const { parts, starts } = this;
    let text = '';
    for (let index = partAt(starts, start); index < parts.length; index++) {
      const from = starts[index] as number;
      if (from >= end) break;
      text += parts[index]?.slice(Math.max(0, start - from), end - from);
    }
    return text;
  }

  toString(): string {
    if (this.parts.length > 1) {
      this.parts = [this.parts.join('')];
      this.starts = [0];
    }
    return this.parts[0] ?? '';
  }
}

/** The piece in which an offset lies. */
function partAt(starts: readonly number[], offset: number): number {
  return Math.max(0, firstWhere(starts, (start) => start > offset) - 1);
}
