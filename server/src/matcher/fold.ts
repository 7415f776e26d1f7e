import { isBlank, type Span } from '../base/span.ts';

/** What stands in folded text for a `{变量}` of the script. */
export const placeholder = '\ue000';

/** Text in the form in which patterns are compared, with the way back to what was written. */
export interface FoldedText {
  readonly text: string;
  /** The source range of a range of the folded text. */
  toSource(span: Span): Span;
}

/**
 * Folds width and case, drops zero-width characters, and drops blanks unless they stand between two Latin words, so that
 * `打 断` and `打断` are the same.
 *
 * @param variables the ranges of `{变量}`; each becomes one placeholder
 */
export function fold(source: string, variables: readonly Span[] = []): FoldedText {
  const out: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const emit = (unit: string, start: number, end: number): void => {
    out.push(unit);
    starts.push(start);
    ends.push(end);
  };
  let nextVariable = 0;
  for (let i = 0; i < source.length; i++) {
    const variable = variables[nextVariable];
    if (variable && i === variable.start) {
      emit(placeholder, variable.start, variable.end);
      nextVariable++;
      i = variable.end - 1;
      continue;
    }
    const unit = source.charAt(i);
    if (isInvisible(source.charCodeAt(i)) && !isBlank(source.charCodeAt(i))) continue;
    if (isBlank(source.charCodeAt(i))) {
      let end = i + 1;
      while (end < source.length && (isBlank(source.charCodeAt(end)) || isInvisible(source.charCodeAt(end)))) end++;
      if (isLatin(out.at(-1) ?? '') && isLatin(foldUnit(source.charAt(end)))) emit(' ', i, end);
      i = end - 1;
      continue;
    }
    emit(foldUnit(unit), i, i + 1);
  }
  return {
    text: out.join(''),
    toSource: ({ start, end }) => ({
      start: starts[start] ?? source.length,
      end: end > start ? (ends[end - 1] ?? source.length) : (starts[start] ?? source.length),
    }),
  };
}

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? unit.toLowerCase() : unit;
  if (code >= 0x4e00 && code <= 0x9fff) return unit;
  const folded = unit.normalize('NFKC').toLowerCase();
  return folded.length === 1 ? folded : unit;
}

function isLatin(unit: string): boolean {
  return /^[a-z0-9'’.,!?;:]$/.test(unit);
}

/** Characters that nobody sees: ignorable ones, and those that turn the direction of writing. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\ufff0-\ufffb]/u;

function isInvisible(unit: number): boolean {
  if (unit < 0xad) return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
  return invisible.test(String.fromCharCode(unit));
}
