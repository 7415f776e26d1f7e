import type { Span } from './span.ts';

/** One replacement in a file; an empty range inserts. */
export interface Edit extends Span {
  readonly newText: string;
  /** Another file than the one at hand. */
  readonly uri?: string;
}

export function insertion(at: number, newText: string): Edit {
  return { start: at, end: at, newText };
}

/** The text after edits that do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += source.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + source.slice(at);
}
