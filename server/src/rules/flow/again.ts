import type { Steps } from '../../base/steps.ts';
import { following, type Paths } from '../../flow/paths.ts';
import { bitOf, type Track } from '../../flow/tracks.ts';
import type { Script } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import type { FlowRule } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import { type Happenings, happeningsOf, stayingIn } from './happenings.ts';
import { monitorOf, monitorOn, replyAlone, trackOn } from './kinds.ts';
import { type FlowResult, type Followed, resultOf, type Watched, watching } from './violations.ts';

/** What the rules about the flow say where nothing has changed but what is said, and which of it is what they said before. */
export interface FlowAgain {
  readonly flow: FlowResult;
  /**
   * Whether a rule is broken at the same points as before, and on the same ways: then nothing that is told of it differs, but where it
   * stands and what is said there.
   */
  isBrokenAsBefore(rule: FlowRule): boolean;
  /** Whether what wording rules ask of the paths is the same at every line as before. */
  readonly makesKnownAsBefore: boolean;
}

/** The same where all lines do what they did: nothing has to be followed again. */
export function onceMore(before: FlowResult, { graph }: Paths, snapshot: Snapshot): FlowAgain {
  return { flow: before.on(graph, snapshot), isBrokenAsBefore: () => true, makesKnownAsBefore: true };
}

/**
 * Follows rules again where only some points do something else than before.
 *
 * @param paths those of before, on a graph of the lines as they are now
 * @param rules those that look at the script
 * @param changed the points at which something else may happen now
 */
export function* followingAgain(
  before: FlowResult,
  script: Script,
  paths: Paths,
  packs: PackSet,
  day: string,
  rules: readonly FlowRule[],
  changed: ReadonlySet<number>,
): Steps<FlowAgain> {
  const { happenings: was, watched: known } = before;
  const { sorts, sorting } = was;
  const happenings = yield* happeningsOf(paths, packs, day, { sorts, of: sorting.of.slice(), changed, sorting });
  const points = [...changed].filter((point) => sorting.of[point] !== happenings.sorting.of[point]);
  const happensAsBefore = stayingIn(happenings, was, points);
  /** Whether all that a rule is about happens where it did. */
  const stays = ({ event, requires, after, until, replies }: FlowRule): boolean =>
    [event, requires, after, until, ...replies.flat().map(replyAlone)].every((each) => !each || happensAsBefore(each));
  const hasSameRules = isSameList(
    rules,
    known.monitors.map(({ rule }) => rule),
  );
  const watched =
    hasSameRules && happenings.sorts.length === sorts.length
      ? watchedOn(known, paths, happenings, stays)
      : yield* watching(rules, paths, happenings);
  yield;
  const again =
    hasSameRules && isNumberedAlike(watched, known)
      ? yield* before.all.again(paths.graph, watched.tracks, points)
      : undefined;
  const all = again?.paths ?? following(paths, watched.tracks);
  yield* all.reaching();
  const flow = resultOf({ script, packs, day, among: packs.flow, paths, all, happenings, watched });
  /** Whether a track is so wherever it was, and nowhere else; nothing of what was not followed from before. */
  const isSoAsBefore = (track: number): boolean => {
    const { word, bit } = bitOf(track);
    return again !== undefined && ((again.otherwise[word] as number) & bit) === 0;
  };
  return {
    flow,
    isBrokenAsBefore(rule) {
      const [now, then] = [watched, known].map(({ monitors }) => monitors.find((each) => each.rule === rule));
      if (!now || !then || (now.monitor === undefined) !== (then.monitor === undefined)) return false;
      // What a rule without tracks looks at is so for whoever listens.
      const goesBy = now.monitor ? tracksOf(now) : [...now.where, ...watched.told.map(({ track }) => track)];
      const isSame = stays(rule);
      if (isSame && goesBy.every(isSoAsBefore)) return true;
      if (!isSame && now.monitor && then.monitor) {
        if (!isSameTrack(now.monitor.track, then.monitor.track, points)) return false;
        if (!now.monitor.tests.isSame(then.monitor.tests, points)) return false;
      }
      return placesOf(rule, flow) === placesOf(rule, before);
    },
    get makesKnownAsBefore() {
      return watched.told.every(({ track }, index) => {
        const earlier = known.tracks[known.told[index]?.track ?? -1];
        return isSoAsBefore(track) || isSameTrack(watched.tracks[track], earlier, points);
      });
    },
  };
}

function tracksOf({ track, where }: Followed): readonly number[] {
  return track === undefined ? where : [track, ...where];
}

/** What is followed where points are sorted otherwise, and there is no other sort. */
function watchedOn(
  { tracks, monitors, told }: Watched,
  { graph }: Paths,
  happenings: Happenings,
  stays: (rule: FlowRule) => boolean,
): Watched {
  const now = tracks.map((track) => trackOn(track, happenings));
  return {
    tracks: now,
    monitors: monitors.map((each): Followed => {
      const { rule, monitor: was, track } = each;
      // From where something has to follow goes by what else is done in a node.
      const isSame = !was?.origins || stays(rule);
      const monitor = was && (isSame ? monitorOn(was, happenings) : monitorOf(rule, graph, happenings));
      if (monitor && track !== undefined) now[track] = monitor.track;
      return { ...each, monitor };
    }),
    told,
  };
}

/** Whether all tracks have the numbers that they had. */
function isNumberedAlike(now: Watched, before: Watched): boolean {
  return now.monitors.every((each, index) => {
    const was = before.monitors[index];
    return was !== undefined && isSameList(tracksOf(each), tracksOf(was)) && each.track === was.track;
  });
}

function isSameList<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

function isSameTrack(now: Track | undefined, before: Track | undefined, changed: readonly number[]): boolean {
  return (
    now !== undefined &&
    before !== undefined &&
    now.initially === before.initially &&
    now.onVisit === before.onVisit &&
    now.sets.isSame(before.sets, changed) &&
    now.clears.isSame(before.clears, changed)
  );
}

function placesOf(rule: FlowRule, { violationsOf }: FlowResult): string {
  return violationsOf(rule)
    .map(({ point, replies }) => `${point.index} ${replies?.join(' ') ?? ''}`)
    .join('\n');
}
