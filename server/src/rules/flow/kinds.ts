import type { Graph, Point } from '../../flow/graph.ts';
import type { Track } from '../../flow/tracks.ts';
import type { Fact, FlowRule, Happening } from '../../packs/pack.ts';
import type { Happenings } from './happenings.ts';

/**
 * What a rule follows: something that must not be so at certain points. Where it is so, the rule is broken there, once on every path:
 * what comes after is a consequence.
 */
export interface Monitor {
  readonly track: Track;
  readonly tests: ReadonlySet<Point>;
  /** Of points that must be followed by something: each of them has to be looked at on its own. */
  readonly origins?: ReadonlySet<Point>;
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
          clears: union(met, broken),
        },
        tests: without(event, met),
      };
    }
    case 'forbids-after':
      return {
        track: {
          initially: false,
          sets: happenings.of(rule.after),
          clears: union(happenings.of(rule.until), happenings.undoing(rule.after), broken),
        },
        tests: event,
      };
    case 'must-reach':
    case 'must-answer': {
      const met = happenings.of(rule.requires);
      const origins = originsOf(rule, graph, happenings, met);
      const ends = new Set(graph.points.filter(({ kind }) => kind === 'end'));
      return {
        track: { initially: false, sets: without(origins, met), clears: union(met, happenings.of(rule.until)) },
        tests: without(ends, met),
        origins: without(origins, met),
      };
    }
    case 'ends-with': {
      const ends = happenings.of(rule.after ?? namedEnd);
      return { track: { initially: false, sets: without(happenings.spoken, event), clears: event }, tests: ends };
    }
    case 'max-count':
      // Never at all, or not a second time: at the first it sets what the second one meets.
      return rule.max === 0
        ? { track: { initially: true, onVisit: true, sets: new Set(), clears: event }, tests: event }
        : { track: { initially: false, sets: event, clears: new Set() }, tests: event };
    case 'must-contain':
    case 'must-offer':
    case 'limits':
      return undefined;
    default:
      return rule.kind satisfies never;
  }
}

const nowhere: ReadonlySet<Point> = new Set();

/** The points at which a rule has something to look at. */
export function watchedBy({ kind, event, after }: FlowRule, graph: Graph, happenings: Happenings): readonly Point[] {
  switch (kind) {
    case 'requires-before':
    case 'must-contain':
    case 'max-count':
      return [...happenings.of(event)];
    case 'forbids-after':
      return [...happenings.of(after)];
    case 'must-reach':
    case 'must-answer':
      return [...(after ? happenings.of(after) : beginnings(graph))];
    case 'ends-with':
      return [...happenings.of(after ?? namedEnd)];
    case 'must-offer': {
      const asking = event && new Set([...happenings.of(event)].filter(isBeforeReply).map(({ visit }) => visit));
      return graph.points.filter(
        ({ kind: what, visit }) => what === 'wait' && visit.role !== 'anytime' && (!asking || asking.has(visit)),
      );
    }
    case 'limits':
      return [];
    default:
      return kind satisfies never;
  }
}

const namedEnd: Happening = { says: [], performs: [], takes: [], facts: {}, ends: ['outcome'] };

/** A rule may look only where a fact may hold: whether it does is followed like everything else. */
export function factTrack(fact: Fact, values: readonly string[], happenings: Happenings): Track {
  const all = values.map((value) => happenings.fact(fact, value));
  const becomes = union(...all.map((each) => each.becomes));
  const ceases = union(...all.map((each) => each.ceases));
  return { initially: isFirst(fact, values), sets: becomes, clears: without(ceases, becomes) };
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
function originsOf(
  { kind, after }: FlowRule,
  graph: Graph,
  happenings: Happenings,
  met: ReadonlySet<Point>,
): ReadonlySet<Point> {
  if (!after) return beginnings(graph);
  const origins = happenings.of(after);
  return kind === 'must-answer' ? origins : openQuestions(origins, met);
}

/** Where conversations begin, apart from visits from other files. */
function beginnings({ entries }: Graph): ReadonlySet<Point> {
  return new Set(entries.filter(({ opening }) => !opening.inside).map(({ point }) => point));
}

/** Replies to a line that has done already what has to follow are no questions any more. */
function openQuestions(origins: ReadonlySet<Point>, met: ReadonlySet<Point>): ReadonlySet<Point> {
  const answered = new Set([...met].filter(isBeforeReply).map(({ visit }) => visit));
  return new Set([...origins].filter((point) => !(point.placed?.line.kind === 'branch' && answered.has(point.visit))));
}

/** Whether something happens in a node before a reply is awaited. */
export function isBeforeReply({ kind, placed, visit }: Point): boolean {
  return kind === 'entry' || (placed !== undefined && visit.node.lead.includes(placed));
}

export function union(...sets: readonly ReadonlySet<Point>[]): ReadonlySet<Point> {
  const all = new Set<Point>();
  for (const each of sets) for (const point of each) all.add(point);
  return all;
}

export function without(points: ReadonlySet<Point>, others: ReadonlySet<Point>): ReadonlySet<Point> {
  const left = new Set<Point>();
  for (const point of points) if (!others.has(point)) left.add(point);
  return left;
}
