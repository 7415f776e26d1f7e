import type { Span } from '../../base/span.ts';
import type { Fix } from '../finding.ts';

/** The fix that most misspellings have: the nearest name in place of what was written. */
export function replaceBy(near: string | undefined, written: string, span: Span): Fix[] {
  if (near === undefined || near === written) return [];
  return [
    {
      title: { zh: `把“${written}”改为“${near}”`, en: `Change “${written}” to “${near}”` },
      safe: false,
      best: true,
      edits: [{ start: span.start, end: span.end, newText: near }],
    },
  ];
}
