import type { Span } from './span.ts';

/** One physical line: its text without the line end, and the whole with it. */
export interface PhysicalLine {
  /** The text, without what ends the line. */
  readonly text: Span;
  /** The text and its line end; these ranges follow each other without a gap and cover the source. */
  readonly whole: Span;
}

/** Splits at `\n`, `\r\n` and `\r`, as the Language Server Protocol does. A text always has at least one line. */
export function splitLines(source: string): PhysicalLine[] {
  const lines: PhysicalLine[] = [];
  let start = 0;
  for (let i = 0; i < source.length; i++) {
    const unit = source.charCodeAt(i);
    if (unit !== 0x0a && unit !== 0x0d) continue;
    const end = i;
    if (unit === 0x0d && source.charCodeAt(i + 1) === 0x0a) i++;
    lines.push({ text: { start, end }, whole: { start, end: i + 1 } });
    start = i + 1;
  }
  lines.push({ text: { start, end: source.length }, whole: { start, end: source.length } });
  return lines;
}
