import { completed, type Steps } from '../../base/steps.ts';
import type { Graph, Point } from '../../flow/graph.ts';
import { findingPaths, following, type Paths, pathsOn } from '../../flow/paths.ts';
import { nowhere, Spots } from '../../flow/spots.ts';
import { bitOf, type Track } from '../../flow/tracks.ts';
import type { Script } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import { type Fact, type FactSets, type Facts, type FlowRule, factValues, type Happening } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Placed } from '../../syntax/tree.ts';
import { type Before, type Happenings, happeningsOf } from './happenings.ts';
import { heldUp } from './heldUp.ts';
import { factTrack, type Monitor, monitorOf, otherwiseTrack, watchedBy } from './kinds.ts';
import { limitedBy } from './limits.ts';
import { missingReplies } from './offers.ts';
import { rulesFor } from './rulesFor.ts';

/** A place where a rule about the flow is broken. */
export interface Violation {
  readonly rule: FlowRule;
  /** Where; a beginning stands for what comes there first. */
  readonly point: Point;
  /** A shortest way from the beginning, to the point or, where something is missing after it, to the end. */
  way(): readonly Point[];
  /** The points since which something must not, or has to, happen. */
  readonly since?: Spots;
  /** The reply categories that are not offered. */
  readonly replies?: readonly string[];
}

/** What the rules about the flow have to say of a script, and what its paths make known. */
export interface FlowResult {
  readonly paths: Paths;
  readonly violations: readonly Violation[];
  /** Those of one rule; they are looked for when somebody asks. */
  violationsOf(rule: FlowRule): readonly Violation[];
  /** What is known where a line stands, on every path that leads there; nothing where none does. Few answers are different ones. */
  known(placed: Placed): Facts;
  /** What that is made of at every point, in so many words for each: whether a path comes there, and what may be otherwise then. */
  readonly telling: { readonly words: Int32Array; readonly each: number; readonly mask: Int32Array };
  /** Whether a line would break a rule by doing this, as a detector calls it, where it stands. */
  mayNot(placed: Placed, acts: ReadonlySet<string>): boolean;
  /** How many places a rule looks at; none where the script is not one that it is about, or what it is about does not happen. */
  placesOf(rule: FlowRule): number;
  /** What it goes by: what happens where, what is followed for each rule, and what wording is told. */
  readonly happenings: Happenings;
  readonly watched: Watched;
  /** The paths with what is followed on them. */
  readonly all: Paths;
  /** The same rules in another script, or another text of this one. */
  again(script: Script, snapshot: Snapshot): FlowResult;
  /** The same in another state of the graph, in which nothing differs but which lines stand at its points, and they do what others did. */
  on(graph: Graph, snapshot: Snapshot): FlowResult;
}

/** A rule and what is followed for it, by the numbers of the tracks. */
export interface Followed {
  readonly rule: FlowRule;
  readonly monitor: Monitor | undefined;
  readonly track: number | undefined;
  readonly where: readonly number[];
}

/** All that is followed at once, and what for. */
export interface Watched {
  readonly tracks: readonly Track[];
  readonly monitors: readonly Followed[];
  /** What wording is told. */
  readonly told: readonly Told[];
}

/** The facts that rules about wording want to know of every line. */
const toldToWording: readonly { readonly fact: Fact; readonly values: readonly string[] }[] = [
  { fact: 'listener', values: factValues.listener },
  { fact: 'identity', values: ['confirmed'] },
];

const nothingKnown: Facts = {};
/** What is known for certain, by a bit for each of what wording is told; they are the same objects always. */
const factsOf = new Map<number, Facts>();

/** Whom a call is not about: what it must contain is meant for the customer. */
const others: ReadonlySet<string> = new Set(['third-party', 'minor']);

/** Follows all rules about the flow at once, exactly, on every path that the script allows. */
export function followFlow(
  script: Script,
  snapshot: Snapshot,
  packs: PackSet,
  day: string,
  among: readonly FlowRule[] = packs.flow,
): FlowResult {
  return completed(followingFlow(script, snapshot, packs, day, among));
}

/** The same in steps, none of which takes long even in a very large script. */
export function* followingFlow(
  script: Script,
  snapshot: Snapshot,
  packs: PackSet,
  day: string,
  among: readonly FlowRule[] = packs.flow,
  before?: Before,
): Steps<FlowResult> {
  const paths = yield* findingPaths(script, snapshot);
  const happenings = yield* happeningsOf(paths, packs, day, before);
  const watched = yield* watching(rulesFor(script, packs, day, among), paths, happenings);
  const all = following(paths, watched.tracks);
  yield;
  yield* all.reaching();
  return resultOf({ script, packs, day, among, paths, all, happenings, watched });
}

/** What has to be followed for some rules, and for what wording is told. */
export function* watching(rules: readonly FlowRule[], { graph }: Paths, happenings: Happenings): Steps<Watched> {
  const tracks: Track[] = [];
  const follow = (track: Track): number => tracks.push(track) - 1;
  const monitors: Followed[] = [];
  for (const rule of rules) {
    const monitor = monitorOf(rule, graph, happenings);
    monitors.push({
      rule,
      monitor,
      track: monitor && !monitor.tests.isEmpty && canBe(monitor.track) ? follow(monitor.track) : undefined,
      where: placeTracks(rule, happenings).map(follow),
    });
    yield;
  }
  const told = toldToWording.flatMap(({ fact, values }) =>
    values.map((value): Told => ({ fact, value, track: follow(otherwiseTrack(fact, value, happenings)) })),
  );
  return { tracks, monitors, told };
}

/** What wording is told: that a fact may be something else, as a track. */
export interface Told {
  readonly fact: Fact;
  readonly value: string;
  readonly track: number;
}

/** All tracks of a script, followed at once. */
export interface Following {
  readonly script: Script;
  readonly packs: PackSet;
  readonly day: string;
  readonly among: readonly FlowRule[];
  readonly paths: Paths;
  readonly all: Paths;
  readonly happenings: Happenings;
  readonly watched: Watched;
}

/** Finds where a rule is broken. */
function finder({
  packs,
  paths,
  all,
  happenings,
  watched: { told },
}: Following): (followed: Followed) => readonly Violation[] {
  const { may } = all;
  const { isReached } = paths;
  /** Where it is certain that somebody else than the customer listens. */
  const isForOthers = (point: number): boolean =>
    told.some(({ fact, value, track }) => fact === 'listener' && others.has(value) && !may(point, track));
  // What a call has to have somewhere, a collection of nodes for other files need not have.
  const begins = paths.graph.entries.some(({ opening }) => !opening.inside);
  return ({ rule, monitor, track, where }) => {
    const inPlace = (point: number): boolean => where.every((each) => may(point, each));
    if (monitor) {
      if (track === undefined) return [];
      const broken = monitor.tests.points((point) => may(point, track) && inPlace(point));
      // What stands nowhere is not out of order but missing, which is another rule's business.
      if (broken.length === 0 || isMissing(rule, paths, happenings)) return [];
      if (monitor.origins) return [...unanswered(rule, monitor, paths)];
      const since = happenings.of(rule.after);
      return [...broke(rule, monitor, broken, paths)].map((violation) => ({ since, ...violation }));
    }
    switch (rule.kind) {
      case 'must-contain': {
        const has = !begins || happenings.of(rule.requires).some(isReached);
        const first = has
          ? undefined
          : firstOf(
              happenings
                .of(rule.event)
                .points((p) => isReached(p) && inPlace(p) && !isForOthers(p))
                .map(paths.graph.point),
            );
        return first ? [{ rule, point: first, way: () => paths.witness(first) }] : [];
      }
      case 'must-offer':
        return missingReplies(rule, paths, happenings, packs).flatMap(({ point: index, replies }) => {
          if (!isReached(index) || !inPlace(index)) return [];
          const point = paths.graph.point(index);
          return [{ rule, point, replies, way: () => paths.witness(point) }];
        });
      case 'must-let-go':
        return heldUp(rule, paths, happenings).filter(({ point }) => inPlace(point.index));
      default:
        return [];
    }
  };
}

/** What has been followed, as whoever asks is told. */
export function resultOf(followed: Following): FlowResult {
  const { script, packs, day, among, paths, all, happenings, watched } = followed;
  const { monitors, told } = watched;
  const { may } = all;
  const { isReached } = paths;
  const words = new Int32Array(all.words);
  const addComing = (point: number): boolean => {
    all.comingTo(point, words);
    return false;
  };
  const toldAt = told.map(({ track }) => bitOf(track));
  const mask = new Int32Array(all.words);
  mask[0] = 1;
  for (const { word, bit } of toldAt) mask[word] = (mask[word] as number) | bit;
  const find = finder(followed);
  const found = new Map<FlowRule, readonly Violation[]>();
  const violationsOf = (rule: FlowRule): readonly Violation[] => {
    const known = found.get(rule);
    if (known) return known;
    const each = monitors.find((one) => one.rule === rule);
    const violations = each ? find(each) : [];
    found.set(rule, violations);
    return violations;
  };
  return {
    paths,
    get violations() {
      return monitors.flatMap(({ rule }) => violationsOf(rule));
    },
    violationsOf,
    happenings,
    watched,
    all,
    placesOf(rule) {
      const watched = monitors.find((each) => each.rule === rule);
      if (!watched || isMissing(rule, paths, happenings)) return 0;
      if (rule.kind === 'limits') return limitedBy(rule, script);
      const inPlace = (point: number): boolean => watched.where.every((each) => may(point, each));
      return watchedBy(rule, paths.graph, happenings).filter((point) => isReached(point) && inPlace(point)).length;
    },
    again: (other, world) => followFlow(other, world, packs, day, among),
    on(graph, snapshot) {
      return resultOf({ ...followed, script: graph.script, paths: pathsOn(graph, snapshot), all: all.on(graph) });
    },
    mayNot(placed, acts) {
      const points = paths.graph.pointsAt(placed).filter(isReached);
      return monitors.some(({ rule, monitor, track, where }) => {
        const does = (happening: Happening | undefined): boolean => {
          const { says = [], unless = [] } = happening ?? {};
          return says.some((id) => acts.has(id)) && !unless.some((id) => acts.has(id));
        };
        if (
          !monitor ||
          monitor.origins ||
          // What a conversation has to end with is wanted.
          rule.kind === 'ends-with' ||
          !canBe(monitor.track) ||
          !does(rule.event) ||
          does(rule.requires) ||
          isMissing(rule, paths, happenings)
        )
          return false;
        const alone = track === undefined ? following(paths, [monitor.track]) : all;
        return points.some((point) => alone.may(point, track ?? 0) && where.every((each) => may(point, each)));
      });
    },
    telling: { words: all.coming(), each: all.words, mask },
    known(placed) {
      words.fill(0);
      paths.graph.someAt(placed, addComing);
      // Nobody knows anything where no path leads.
      if (((words[0] as number) & 1) === 0) return nothingKnown;
      let certain = 0;
      for (const [index, { word, bit }] of toldAt.entries())
        if (((words[word] as number) & bit) === 0) certain |= 1 << index;
      const facts =
        factsOf.get(certain) ??
        Object.fromEntries(told.flatMap(({ fact, value }, at) => ((certain >> at) & 1 ? [[fact, value]] : [])));
      factsOf.set(certain, facts);
      return facts;
    },
  };
}

/** Whether what has to come first is nowhere in the script, so that nothing can be out of order. */
export function isMissing({ category, requires }: FlowRule, paths: Paths, happenings: Happenings): boolean {
  return category === 'step-order' && requires !== undefined && !happenings.of(requires).some(paths.isReached);
}

/** What `where` of a rule asks of the facts, as tracks that have to be so. */
export function placeTracks({ where }: FlowRule, happenings: Happenings): readonly Track[] {
  const facts = Object.entries(factsAsked(where.facts)) as [Fact, readonly string[]][];
  return facts.map(([fact, values]) => factTrack(fact, values, happenings));
}

/** Whether anything makes it so: most of what rules wait for happens in no conversation of a script. */
function canBe({ initially, onVisit = false, sets }: Track): boolean {
  return initially || onVisit || !sets.isEmpty;
}

/** One way for each place; they share what leads to them. */
function* broke(rule: FlowRule, { track }: Monitor, points: readonly number[], paths: Paths): Generator<Violation> {
  let alone: Paths | undefined;
  for (const index of points) {
    const point = paths.graph.point(index);
    const way = (): readonly Point[] => {
      alone ??= following(paths, [track]);
      return alone.witness(point, { among: alone.blocks.of(0) });
    };
    yield { rule, point, way };
  }
}

/** So many tracks are followed at once. */
const together = 60;
/** Of more places than these nobody reads the list; those that are mended make room for others. */
const mostOrigins = 600;

/** The places after which something does not follow, each looked at on its own. */
function* unanswered(rule: FlowRule, { track, tests, origins = nowhere }: Monitor, paths: Paths): Generator<Violation> {
  const ends = tests.points();
  const all = origins.points(paths.isReached).slice(0, mostOrigins);
  for (let from = 0; from < all.length; from += together) {
    const some = all.slice(from, from + together);
    const trackOf = (origin: number): Track => ({ ...track, sets: Spots.at([origin]) });
    const followed = following(paths, some.map(trackOf));
    for (const [index, origin] of some.entries()) {
      if (!ends.some((point) => followed.may(point, index))) continue;
      const way = (): readonly Point[] => {
        const alone = following(paths, [trackOf(origin)]);
        const ways = ends.map((end) => alone.witness(paths.graph.point(end), { among: alone.blocks.of(0) }));
        return ways.filter((each) => each.length > 0).sort((a, b) => a.length - b.length)[0] ?? [];
      };
      yield { rule, point: paths.graph.point(origin), way };
    }
  }
}

function firstOf(points: readonly Point[]): Point | undefined {
  return [...points].sort((a, b) => (a.placed?.start ?? 0) - (b.placed?.start ?? 0))[0];
}

/** What paths can tell; who calls stands in the front matter. */
function factsAsked({ organization: _organization, ...facts }: FactSets): FactSets {
  return facts;
}
