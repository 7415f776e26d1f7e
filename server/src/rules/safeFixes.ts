import type { Edit } from '../base/edit.ts';
import type { Finding, Fix } from './finding.ts';

/** A fix that is applied without anybody looking, and what it mends. */
export interface SafeFix {
  readonly uri: string;
  readonly finding: Finding;
  readonly fix: Fix;
}

/** The fix of a finding that is taken, if any. */
export type Pick = (finding: Finding) => Fix | undefined;

export const safeOnes: Pick = (finding) => finding.fixes().find(({ safe }) => safe);

/**
 * Safe fixes, or others that are asked for, that can be applied together: none touches what another one changes. Those that are left out are for the next
 * round, when their findings may be gone.
 *
 * @param findings those of each script, by its URI; no fix is taken that edits another file
 */
export function safeFixes(
  findings: ReadonlyMap<string, readonly Finding[]>,
  pick: Pick = safeOnes,
): {
  readonly fixes: readonly SafeFix[];
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
} {
  const fixes: SafeFix[] = [];
  const edits = new Map<string, Edit[]>();
  for (const [uri, found] of findings) {
    for (const finding of found) {
      const fix = finding.suppressed ? undefined : pick(finding);
      const wanted = (fix?.edits ?? []).map((edit) => ({ ...edit, uri: edit.uri ?? uri }));
      if (!fix || wanted.length === 0) continue;
      if (!wanted.every((edit) => findings.has(edit.uri) && fits(edit, edits.get(edit.uri) ?? []))) continue;
      fixes.push({ uri, finding, fix });
      for (const edit of wanted) {
        const list = edits.get(edit.uri) ?? [];
        list.splice(placeOf(edit, list), 0, edit);
        edits.set(edit.uri, list);
      }
    }
  }
  return { fixes, edits };
}

/** Whether an edit touches none of those in a list in the order of the text. */
function fits(edit: Edit, list: readonly Edit[]): boolean {
  const place = placeOf(edit, list);
  return ![list[place - 1], list[place]].some((other) => other && touch(edit, other));
}

/** Findings come in the order of the text, so that the place is at the end or near it. */
function placeOf(edit: Edit, list: readonly Edit[]): number {
  return list.findLastIndex(({ start }) => start <= edit.start) + 1;
}

/** Also two edits side by side: what the second one expects to stand before it may be gone. */
function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
