import { replacedBetween } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { Finding, Fix } from './finding.ts';

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
  const from = before.tree.line(first)?.start ?? before.source.length;
  const by = script.source.length - before.source.length;
  const stopped = before.tree.line(stop)?.start ?? before.source.length;
  const lines = replacedBetween(before.source.slice(from, stopped), script.source.slice(from, stopped + by));
  return { start: from + lines.start, stop: from + lines.end, by, from };
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
  const span = movedSpan(finding, change);
  if (!span || isAround(finding, change)) return undefined;
  const related: Finding['related'][number][] = [];
  for (const each of finding.related) {
    const place = each.uri === undefined ? movedSpan(each, change) : each;
    if (!place) return undefined;
    related.push({ ...each, ...place });
  }
  const here: Finding = { ...finding, start: span.start, end: span.end, related, fixes: () => fixes(here) };
  return here;
}

/** Where a range is now; nothing if it begins or ends where the change is. */
function movedSpan(span: Span, { start, stop, by }: Change): Span | undefined {
  const moved = (offset: number): number | undefined =>
    offset < start ? offset : offset > stop ? offset + by : undefined;
  const [from, to] = [moved(span.start), moved(span.end)];
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/** Whether a finding is about the words around the change. */
function isAround(span: Span, { start, stop, from }: Change): boolean {
  return span.start >= from && span.start < start && span.end > stop;
}
