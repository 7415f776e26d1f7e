import type { Graph } from '../../flow/graph.ts';
import { numbersOf, pointKinds, roles } from '../../flow/net.ts';
import { isOneWay } from '../../flow/openings.ts';
import { nowhere, Spots } from '../../flow/spots.ts';
import type { Track } from '../../flow/tracks.ts';
import type { Fact, FlowRule, Happening } from '../../packs/pack.ts';
import type { Placed } from '../../syntax/tree.ts';
import type { Happenings } from './happenings.ts';

/**
 * What a rule follows: something that must not be so at certain points. Where it is so, the rule is broken there, once on every path:
 * what comes after is a consequence.
 */
export interface Monitor {
  readonly track: Track;
  readonly tests: Spots;
  /** Of points that must be followed by something: each of them has to be looked at on its own. */
  readonly origins?: Spots;
}

/**
 * How rules of the kinds that are about paths are followed; the others are not. A rule that `stays` can be broken again on the
 * same path.
 */
export function monitorOf(rule: FlowRule, graph: Graph, happenings: Happenings, stays = false): Monitor | undefined {
  const event = happenings.of(rule.event);
  const broken = stays ? nowhere : event;
  switch (rule.kind) {
    case 'requires-before': {
      const met = happenings.of(rule.requires);
      return {
        // What meets the requirement in the same breath is soon enough.
        track: {
          initially: true,
          sets: happenings.undoing(rule.requires),
          clears: met.with(broken),
        },
        tests: event.without(met),
      };
    }
    case 'forbids-after':
      return {
        track: {
          initially: false,
          sets: happenings.of(rule.after),
          clears: happenings.of(rule.until).with(happenings.undoing(rule.after)).with(broken),
        },
        tests: event,
      };
    case 'must-reach':
    case 'must-answer': {
      const met = happenings.of(rule.requires);
      const origins = originsOf(rule, graph, happenings, met);
      return {
        track: { initially: false, sets: origins.without(met), clears: met.with(happenings.of(rule.until)) },
        tests: happenings.ends.without(met),
        origins: origins.without(met),
      };
    }
    case 'ends-with': {
      const ends = happenings.of(rule.after ?? namedEnd);
      return { track: { initially: false, sets: happenings.spoken.without(event), clears: event }, tests: ends };
    }
    case 'max-count':
      // Never at all, or not a second time: at the first it sets what the second one meets.
      return rule.max === 0
        ? { track: { initially: true, onVisit: true, sets: nowhere, clears: event }, tests: event }
        : { track: { initially: false, sets: event, clears: nowhere }, tests: event };
    case 'must-contain':
    case 'must-offer':
    case 'must-let-go':
    case 'limits':
      return undefined;
    default:
      return rule.kind satisfies never;
  }
}

/** The same where points are sorted otherwise, there is no other sort, and the same happens at all points that it is about. */
export function monitorOn({ track, tests, origins }: Monitor, happenings: Happenings): Monitor {
  return {
    track: trackOn(track, happenings),
    tests: tests.on(happenings.sorting),
    ...(origins && { origins: origins.on(happenings.sorting) }),
  };
}

export function trackOn(track: Track, { sorting }: Happenings): Track {
  return { ...track, sets: track.sets.on(sorting), clears: track.clears.on(sorting) };
}

/** The points at which a rule has something to look at. */
export function watchedBy(
  { kind, event, after, replies }: FlowRule,
  graph: Graph,
  happenings: Happenings,
): readonly number[] {
  switch (kind) {
    case 'requires-before':
    case 'must-contain':
    case 'max-count':
      return happenings.of(event).points();
    case 'forbids-after':
      return happenings.of(after).points();
    case 'must-reach':
    case 'must-answer':
      return (after ? happenings.of(after) : beginnings(graph)).points();
    case 'ends-with':
      return happenings.of(after ?? namedEnd).points();
    case 'must-offer':
      return waitingAfter(event, graph, happenings);
    case 'must-let-go':
      return replies.flatMap(([reply]) => (reply === undefined ? [] : happenings.of(replyAlone(reply)).points()));
    case 'limits':
      return [];
    default:
      return kind satisfies never;
  }
}

const kindOf = numbersOf(pointKinds);
const roleOf = numbersOf(roles);

/** Where a reply is awaited in a node; in one where something happens before, if that is asked. */
export function waitingAfter(event: Happening | undefined, graph: Graph, happenings: Happenings): readonly number[] {
  const { kinds, visits, visitRoles, size } = graph.net;
  const asking = event && visitsBeforeReply(happenings.of(event), graph);
  const found: number[] = [];
  for (let point = 0; point < size; point++) {
    if (kinds[point] !== kindOf.wait) continue;
    const visit = visits[point] as number;
    if (visitRoles[visit] !== roleOf.anytime && (!asking || asking.has(visit))) found.push(point);
  }
  return found;
}

const namedEnd: Happening = { says: [], performs: [], takes: [], facts: {}, ends: ['outcome'] };

/** A rule may look only where a fact may hold: whether it does is followed like everything else. */
export function factTrack(fact: Fact, values: readonly string[], happenings: Happenings): Track {
  const all = values.map((value) => happenings.fact(fact, value));
  const becomes = all.reduce((sum, each) => sum.with(each.becomes), nowhere);
  const ceases = all.reduce((sum, each) => sum.with(each.ceases), nowhere);
  return { initially: isFirst(fact, values), sets: becomes, clears: ceases.without(becomes) };
}

/** That a fact may be something else; where it may not, it is this for certain. */
export function otherwiseTrack(fact: Fact, value: string, happenings: Happenings): Track {
  const { becomes, ceases } = happenings.fact(fact, value);
  return { initially: !isFirst(fact, [value]), onVisit: true, sets: ceases, clears: becomes };
}

/** Nobody’s identity is confirmed at the beginning; of other facts nothing is known. */
function isFirst(fact: Fact, values: readonly string[]): boolean {
  return fact === 'identity' && values.includes('unconfirmed');
}

/** From where something has to follow. What has been done before the customer replies is no answer to it, where there must be one. */
function originsOf({ kind, after }: FlowRule, graph: Graph, happenings: Happenings, met: Spots): Spots {
  if (!after) return beginnings(graph);
  const origins = happenings.of(after);
  return kind === 'must-answer' ? origins : openQuestions(origins, met, graph);
}

/** Where conversations begin, apart from visits from other files; a node in which nothing is written is no message. */
function beginnings({ net, entries }: Graph): Spots {
  const isOne = ({ opening: { inside, script, node } }: Graph['entries'][number]): boolean =>
    !inside && (!isOneWay(script) || node.lines.some(isWritten));
  return Spots.at(net.entries.filter((_, index) => isOne(entries[index] as Graph['entries'][number])));
}

function isWritten({ line }: Placed): boolean {
  return line.kind === 'utterance' || line.kind === 'insertion';
}

/** Replies to a line that has done already what has to follow are no questions any more. */
function openQuestions(origins: Spots, met: Spots, graph: Graph): Spots {
  const answered = visitsBeforeReply(met, graph);
  if (answered.size === 0) return origins;
  const { visits } = graph.net;
  const closed = origins.points(
    (point) => answered.has(visits[point] as number) && graph.lineOf(point)?.line.kind === 'branch',
  );
  return origins.except(closed);
}

/** The visits, by number, in which one of these points comes before a reply is awaited. */
function visitsBeforeReply(points: Spots, graph: Graph): ReadonlySet<number> {
  const { kinds, visits, lines, visitBranches } = graph.net;
  const found = new Set<number>();
  points.some((point) => {
    const visit = visits[point] as number;
    const line = lines[point] as number;
    const isBefore = line >= 0 && line < (visitBranches[visit] as number);
    if (isBefore || kinds[point] === kindOf.entry) found.add(visit);
    return false;
  });
  return found;
}

/** What happens when a customer replies so. */
export function replyAlone(reply: string): Happening {
  return { says: [], performs: [], takes: [reply], facts: {}, ends: [] };
}
