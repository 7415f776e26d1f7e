/** A half-open range of UTF-16 offsets: the text is `source.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The same range, `by` units further on. */
export function shift(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** Whether a cursor at `offset` touches the range; its end counts, since that is where one types. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** `span` without the blanks at its ends. */
export function trimmed(source: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && isBlank(source.charCodeAt(start))) start++;
  while (end > start && isBlank(source.charCodeAt(end - 1))) end--;
  return { start, end };
}

/** White space an author may type or paste anywhere: ASCII, no-break, ideographic, zero-width, byte-order mark. */
export function isBlank(unit: number): boolean {
  if (unit > 0x3000) return unit === 0xfeff;
  if (unit < 0xa0) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200b) || unit === 0x202f || unit === 0x205f;
}
