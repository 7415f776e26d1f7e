import { completed } from '../../base/steps.ts';
import type { Point } from '../../flow/graph.ts';
import { pathsOf } from '../../flow/paths.ts';
import type { Track } from '../../flow/tracks.ts';
import type { Script } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import type { FlowRule, Knowledge } from '../../packs/pack.ts';
import { happeningsOf } from './happenings.ts';
import { monitorOf } from './kinds.ts';
import { knowledgeTrack } from './knowledge.ts';
import { rulesFor } from './rulesFor.ts';
import { isMissing, placeTracks } from './violations.ts';

/** What one conversation has come to: what the rules about the flow say of all paths, they say here of one. */
export interface Moment {
  /** `since` is the position of the point that has made it so. */
  readonly known: readonly { readonly of: Knowledge; readonly so: boolean; readonly since?: number }[];
  /** The rules that would be broken if what they are about happened now. */
  readonly forbidden: readonly FlowRule[];
  /** The rules that want something before the conversation ends. */
  readonly owed: readonly FlowRule[];
  /** The rules that were broken on the way, with the position of the point. */
  readonly broken: readonly { readonly rule: FlowRule; readonly at: number }[];
  /** The ids of all rules that were followed: of others a single conversation tells nothing. */
  readonly followed: ReadonlySet<string>;
}

/** @param points all that the conversation has come to, in order; the last one has not been left yet */
export function momentOf(points: readonly Point[], script: Script, snapshot: Snapshot): Moment {
  const packs = snapshot.packs(script).set;
  const day = snapshot.config(script).asOf ?? snapshot.settings.today;
  const paths = pathsOf(script, snapshot);
  const happenings = completed(happeningsOf(paths, packs, day));
  const broken: { rule: FlowRule; at: number }[] = [];
  const forbidden: FlowRule[] = [];
  const owed: FlowRule[] = [];
  const all = new Set<string>();
  for (const rule of rulesFor(script, packs, day)) {
    const monitor = monitorOf(rule, paths.graph, happenings);
    if (!monitor || isMissing(rule, paths, happenings)) continue;
    all.add(rule.id);
    const followed = follow(monitor.track, points);
    const places = placeTracks(rule, happenings).map((track) => follow(track, points));
    const inPlace = (at: number): boolean => places.every(({ before }) => before[at]);
    for (const [at, point] of points.entries())
      if (monitor.tests.has(point.index) && followed.before[at] && inPlace(at)) broken.push({ rule, at });
    const now = points.length - 1;
    const staying = monitorOf(rule, paths.graph, happenings, true) ?? monitor;
    if (!follow(staying.track, points).before[now] || !inPlace(now)) continue;
    if (monitor.origins) owed.push(rule);
    // What is never allowed is not forbidden now of all times.
    else if (rule.event && rule.max !== 0 && rule.kind !== 'ends-with') forbidden.push(rule);
  }
  const known = packs.knowledge.map((of) => {
    const { before, since } = follow(knowledgeTrack(of, happenings), points);
    const so = before.at(-1) ?? false;
    return { of, so, ...(so && since !== undefined && { since }) };
  });
  return { known, forbidden, owed, broken, followed: all };
}

/** Whether a track is so before each point is left, and which point has made it so last. */
function follow(
  { initially, sets, clears }: Track,
  points: readonly Point[],
): { readonly before: readonly boolean[]; readonly since?: number } {
  const before: boolean[] = [];
  let so = initially;
  let since: number | undefined;
  for (const [at, point] of points.entries()) {
    before.push(so);
    const becomes = sets.has(point.index) || (so && !clears.has(point.index));
    if (becomes && !so) since = at;
    so = becomes;
  }
  return { before, ...(since !== undefined && { since }) };
}
