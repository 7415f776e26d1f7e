import type { Net, NumberedBack } from './net.ts';
import type { Replaced } from './splice.ts';

/** Some of a list, by position. */
export interface Range {
  readonly from: number;
  readonly stop: number;
}

/** Where what has been drawn belongs: it takes the place of some points, steps and visits. */
export interface Place {
  /** The points of the nodes, and those that came with their steps, as they were numbered before. */
  readonly bodies: Range;
  readonly extras: Range;
  readonly edges: Range;
  readonly visits: Range;
  /** How many of the points that have been drawn are those of the nodes themselves. */
  readonly own: number;
  /** Where the steps to a point lead now; -1 for nowhere. */
  readonly into: Int32Array;
  placed(point: number): number;
  readonly replaced: Replaced;
}

/**
 * A net in which what has been drawn stands in the place of what there was, with the same shape where it is the same but for lines; nothing
 * where others lead to what is no longer there.
 */
export function put(net: Net, drawn: Net, place: Place): Net | undefined {
  const { bodies, extras, edges, visits, own, into, placed } = place;
  const { first, was, is } = place.replaced;
  const down = is - was;
  const perPoint = (of: Int32Array, mine: Int32Array): Int32Array =>
    joined(
      of.subarray(0, bodies.from),
      mine.subarray(0, own),
      of.subarray(bodies.stop, extras.from),
      mine.subarray(own),
      of.subarray(extras.stop),
    );
  const around = (of: Int32Array, { from, stop }: Range, mine: Int32Array): Int32Array =>
    joined(of.subarray(0, from), mine, of.subarray(stop));
  /** Changes what stands in a list, but not between two places. */
  const shifted = (of: Int32Array, from: number, stop: number, change: (value: number) => number): Int32Array => {
    for (let at = 0; at < of.length; at++) if (at < from || at >= stop) of[at] = change(of[at] as number);
    return of;
  };
  const counts = drawn.visitNodes.length;
  const moreVisits = counts - (visits.stop - visits.from);
  const moreEdges = drawn.from.length - (edges.stop - edges.from);
  const calls = ({ from, stop }: Range): number => {
    let count = 0;
    for (let edge = from; edge < stop; edge++) if ((net.backsOf[edge] as number) >= 0) count++;
    return count;
  };
  const callsBefore = calls({ from: 0, stop: edges.from });
  const callsGone = calls(edges);
  const moreCalls = drawn.backs.length - callsGone;

  const visitsNow = perPoint(
    moreVisits === 0 ? net.visits : net.visits.map((visit) => (visit >= visits.stop ? visit + moreVisits : visit)),
    drawn.visits.map((visit) => visit + visits.from),
  );
  const visitScripts = around(net.visitScripts, visits, drawn.visitScripts);
  const lines = perPoint(net.lines, drawn.lines);
  const isDrawn = (visit: number): boolean => visit >= visits.from && visit < visits.from + counts;
  for (let point = 0; down !== 0 && point < lines.length; point++) {
    const visit = visitsNow[point] as number;
    if ((lines[point] as number) >= first && !isDrawn(visit) && visitScripts[visit] === 0)
      lines[point] = (lines[point] as number) + down;
  }
  const visitBranches = around(net.visitBranches, visits, drawn.visitBranches);
  for (let visit = 0; down !== 0 && visit < visitBranches.length; visit++)
    if (visitScripts[visit] === 0 && !isDrawn(visit) && (visitBranches[visit] as number) >= first)
      visitBranches[visit] = (visitBranches[visit] as number) + down;
  if (drawsTheSame(net, drawn, place)) return { ...net, lines, visitBranches };
  const visitNodes = around(net.visitNodes, visits, drawn.visitNodes);
  const visitFirsts = around(
    net.visitFirsts.map((point) => into[point] as number),
    visits,
    drawn.visitFirsts.map(placed),
  );
  const visitLinked = around(net.visitLinked, visits, drawn.visitLinked);
  for (let visit = 0; visit < visitNodes.length; visit++) {
    if (isDrawn(visit)) {
      visitLinked[visit] = placed(visitLinked[visit] as number);
      continue;
    }
    const before = visit < visits.from ? visit : visit - moreVisits;
    if (visitScripts[visit] === 0 && (visitNodes[visit] as number) >= visits.stop)
      visitNodes[visit] = (visitNodes[visit] as number) + moreVisits;
    // Of the others those below come before, and what they enter.
    const isAbove = before < visits.from || (net.visitFirsts[before] as number) >= extras.stop;
    const more = own - (bodies.stop - bodies.from) + (isAbove ? drawn.size - own - (extras.stop - extras.from) : 0);
    visitLinked[visit] = (visitLinked[visit] as number) + more;
  }

  let isLost = false;
  const target = (point: number): number => {
    const now = into[point] as number;
    if (now < 0) isLost = true;
    return now;
  };
  const drawnTarget = (point: number): number => (point < 0 ? target(-2 - point) : placed(point));
  const [begin, end] = [edges.from, edges.from + drawn.from.length];
  const from = shifted(around(net.from, edges, drawn.from.map(placed)), begin, end, (point) => into[point] as number);
  const to = shifted(around(net.to, edges, drawn.to.map(drawnTarget)), begin, end, target);
  const backsOf = shifted(
    around(
      net.backsOf,
      edges,
      drawn.backsOf.map((call) => (call < 0 ? call : call + callsBefore)),
    ),
    begin,
    end,
    (call) => (call >= callsBefore + callsGone ? call + moreCalls : call),
  );
  const backsNow = (backs: readonly NumberedBack[], now: (point: number) => number): readonly NumberedBack[] =>
    backs.every(({ to: point }) => now(point) === point)
      ? backs
      : backs.map(({ leaving, to: point, round }) => ({ leaving, to: now(point), round }));
  const backs = [
    ...net.backs.slice(0, callsBefore).map((each) => backsNow(each, target)),
    ...drawn.backs.map((each) => backsNow(each, drawnTarget)),
    ...net.backs.slice(callsBefore + callsGone).map((each) => backsNow(each, target)),
  ];
  const steps = (of: Int32Array, mine: Int32Array): Int32Array =>
    perPoint(
      moreEdges === 0 ? of : of.map((edge) => (edge >= edges.stop ? edge + moreEdges : edge)),
      // Who leads nowhere has no steps to count.
      mine.map((edge, point) => (drawn.stop[point] === 0 ? 0 : edge + edges.from)),
    );
  const result: Net = {
    shape: {},
    size: lines.length,
    kinds: perPoint(net.kinds, drawn.kinds),
    visits: visitsNow,
    lines,
    endings: perPoint(net.endings, drawn.endings),
    leavings: perPoint(net.leavings, drawn.leavings),
    visitScripts,
    visitNodes,
    visitRoles: around(net.visitRoles, visits, drawn.visitRoles),
    visitBranches,
    visitFirsts,
    visitLinked,
    first: steps(net.first, drawn.first),
    stop: steps(net.stop, drawn.stop),
    from,
    to,
    edges: around(net.edges, edges, drawn.edges),
    rounds: around(net.rounds, edges, drawn.rounds),
    backsOf,
    backs,
    asking: [
      ...net.asking.filter((point) => (into[point] as number) >= 0).map(target),
      ...drawn.asking.map(placed),
    ].sort((a, b) => a - b),
    entries: net.entries,
  };
  return isLost ? undefined : result;
}

/** Whether what has been drawn has the points and steps that there were, so that only lines can differ. */
function drawsTheSame(
  { kinds, visits, endings, leavings, from, to, edges: steps, rounds, backsOf, backs, asking }: Net,
  drawn: Net,
  { bodies, extras, edges, visits: nodes, own, into, placed }: Place,
): boolean {
  if (
    own !== bodies.stop - bodies.from ||
    drawn.size - own !== extras.stop - extras.from ||
    drawn.from.length !== edges.stop - edges.from ||
    drawn.visitNodes.length !== nodes.stop - nodes.from
  )
    return false;
  const asked = asking.filter((point) => into[point] === -1);
  if (
    asked.length !== drawn.asking.length ||
    asked.some((point, index) => point !== placed(drawn.asking[index] as number))
  )
    return false;
  for (let point = 0; point < drawn.size; point++) {
    const at = placed(point);
    if (
      kinds[at] !== drawn.kinds[point] ||
      visits[at] !== nodes.from + (drawn.visits[point] as number) ||
      endings[at] !== drawn.endings[point] ||
      leavings[at] !== drawn.leavings[point]
    )
      return false;
  }
  const target = (point: number): number => (point < 0 ? -2 - point : placed(point));
  for (let edge = 0; edge < drawn.from.length; edge++) {
    const at = edges.from + edge;
    const [was, is] = [backs[backsOf[at] as number], drawn.backs[drawn.backsOf[edge] as number]];
    if (
      from[at] !== placed(drawn.from[edge] as number) ||
      to[at] !== target(drawn.to[edge] as number) ||
      steps[at] !== drawn.edges[edge] ||
      rounds[at] !== drawn.rounds[edge] ||
      was?.length !== is?.length ||
      is?.some(({ leaving, to: back, round }, index) => {
        const other = was?.[index];
        return leaving !== other?.leaving || target(back) !== other.to || round !== other.round;
      })
    )
      return false;
  }
  return true;
}

function joined(...parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
