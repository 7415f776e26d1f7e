import { replacedBetween } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import { inCommon } from '../syntax/tree.ts';
import type { Finding, Fix, Related } from './finding.ts';

/** What was replaced by something else in the text before: from `start` to `stop`; what stands behind it has moved by so much. */
export interface Change {
  readonly start: number;
  readonly stop: number;
  readonly by: number;
  /** Where the first line that has changed begins. */
  readonly from: number;
}

/** @param first the first line that has changed, and `stop` the one behind the last one, as they were before */
export function changeOf(before: Script, script: Script, first: number, stop: number): Change {
  const from = before.tree.line(first)?.start ?? before.written.length;
  const by = script.written.length - before.written.length;
  const stopped = before.tree.line(stop)?.start ?? before.written.length;
  const lines = replacedBetween(before.written.slice(from, stopped), script.written.slice(from, stopped + by));
  return { start: from + lines.start, stop: from + lines.end, by, from };
}

/** The same for lines that are not known, as far as they are not those of nodes that have stayed. */
export function changeBetween(before: Script, script: Script): Change {
  const { above, below } = inCommon(before.tree, script.tree);
  return changeOf(before, script, above, before.tree.lineCount - below);
}

/** The findings where they stand now; nothing if the change touches one of them, which may quote what has changed. */
export function moved(
  findings: readonly Finding[],
  change: Change,
  fixes: (finding: Finding) => readonly Fix[],
): readonly Finding[] | undefined {
  const all: Finding[] = [];
  for (const finding of findings) {
    const here = movedOne(finding, change, fixes);
    if (!here) return undefined;
    all.push(here);
  }
  return all;
}

/** The same of one. */
export function movedOne(
  finding: Finding,
  change: Change,
  fixes: (finding: Finding) => readonly Fix[],
): Finding | undefined {
  if (!stays(finding, change) || isAround(finding, change)) return undefined;
  const { stop, by } = change;
  /** Most lead here from above, where nothing moves; nothing is made for those. */
  let isRelatedMoved = false;
  for (const each of finding.related) {
    if (isElsewhere(each)) continue;
    if (!stays(each, change)) return undefined;
    isRelatedMoved ||= each.end > stop;
  }
  // A literal that begins with `...finding` takes five times as long, and hundreds of findings may stand behind a key.
  const here: { -readonly [key in keyof Finding]: Finding[key] } = Object.assign({}, finding);
  here.start = placeOf(finding.start, change);
  here.end = placeOf(finding.end, change);
  here.fixes = () => fixes(here);
  if (isRelatedMoved)
    here.related = finding.related.map((each) =>
      isElsewhere(each) || each.end <= stop
        ? each
        : { message: each.message, start: placeOf(each.start, change), end: each.end + by },
    );
  return here;
}

/** Whether it stands in another script. */
function isElsewhere({ uri }: Related): boolean {
  return uri !== undefined;
}

/** Whether a range neither begins nor ends where the change is. */
function stays({ start: from, end: to }: Span, { start, stop }: Change): boolean {
  return (from < start || from > stop) && (to < start || to > stop);
}

/** Where something is now that is not where the change is. */
function placeOf(offset: number, { stop, by }: Change): number {
  return offset > stop ? offset + by : offset;
}

/** Whether a finding is about the words around the change. */
function isAround(span: Span, { start, stop, from }: Change): boolean {
  return span.start >= from && span.start < start && span.end > stop;
}
