import type { Link } from './layout.ts';

/** What can be folded away on a map. */
export interface Folds {
  /** How many places one comes to only through this one: its sub-conversation. */
  count(place: string): number;
  /** The place in which a place is hidden, if it is. */
  holder(place: string): string | undefined;
}

/** The sub-conversations of places, and what is hidden when some are folded. A start has none: it would be all there is. */
export function foldsOf(starts: readonly string[], links: readonly Link[], folded: ReadonlySet<string>): Folds {
  const parents = dominators(starts, links);
  const counts = new Map<string, number>();
  const begins = new Set(starts);
  const holders = new Map<string, string>();
  for (const [place, parent] of parents) {
    const holder = holders.get(parent) ?? (folded.has(parent) && !begins.has(parent) ? parent : undefined);
    if (holder !== undefined) holders.set(place, holder);
  }
  for (const [place, parent] of [...parents].reverse())
    counts.set(parent, (counts.get(parent) ?? 0) + (counts.get(place) ?? 0) + 1);
  return {
    count: (place) => (begins.has(place) ? 0 : (counts.get(place) ?? 0)),
    holder: (place) => holders.get(place),
  };
}

/**
 * The last place that every way to a place leads through (Cooper, Harvey and Kennedy); none for starts. Whatever a place hangs on
 * comes before it.
 */
function dominators(starts: readonly string[], links: readonly Link[]): ReadonlyMap<string, string> {
  const order = backwardsFinished(starts, links);
  const begins = new Set(starts);
  const position = new Map(order.map((place, index) => [place, index]));
  const into = new Map<string, string[]>();
  for (const { from, to } of links) if (position.has(from)) into.set(to, [...(into.get(to) ?? []), from]);
  /** By position; -1 is what lies before all starts. */
  const above = new Map<number, number>(starts.map((start) => [position.get(start) ?? -1, -1]));
  const meet = (one: number, other: number): number => {
    let [a, b] = [one, other];
    while (a !== b) {
      while (a > b) a = above.get(a) ?? -1;
      while (b > a) b = above.get(b) ?? -1;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, place] of order.entries()) {
      if (begins.has(place)) continue;
      const known = (into.get(place) ?? []).flatMap((from) => {
        const at = position.get(from) ?? -1;
        return above.has(at) ? [at] : [];
      });
      const found = known.length === 0 ? undefined : known.reduce(meet);
      if (found === undefined || above.get(index) === found) continue;
      above.set(index, found);
      changed = true;
    }
  }
  return new Map(
    order.flatMap((place, index): [string, string][] => {
      const by = order[above.get(index) ?? -1];
      return by === undefined ? [] : [[place, by]];
    }),
  );
}

/** All places that can be reached, those that are left last first. */
function backwardsFinished(starts: readonly string[], links: readonly Link[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to]);
  const seen = new Set<string>();
  const finished: string[] = [];
  for (const start of starts.toReversed()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const open = [{ place: start, at: 0 }];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const to = next.get(top.place)?.[top.at++];
      if (to === undefined) {
        finished.push(top.place);
        open.pop();
      } else if (!seen.has(to)) {
        seen.add(to);
        open.push({ place: to, at: 0 });
      }
    }
  }
  return finished.reverse();
}
