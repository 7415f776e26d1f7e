/** What sets a path apart on the map: somebody else than the customer listens there, or the customer refuses. */
export type Tone = 'plain' | 'third-party' | 'refusal';

/** A way from one place to another; `tone` is that of the reply that takes it. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly tone: Tone;
}

/** The tone of each place: that of all ways that lead there. A way has its own or, without one, that of the place where it begins. */
export function tonesOf(starts: readonly string[], ways: readonly Way[]): ReadonlyMap<string, Tone> {
  const tones = new Map<string, Tone>(starts.map((start) => [start, 'plain']));
  const next = new Map<string, Way[]>();
  for (const way of ways) next.set(way.from, [...(next.get(way.from) ?? []), way]);
  const waiting = [...starts];
  for (const place of waiting) {
    for (const way of next.get(place) ?? []) {
      const before = tones.get(way.to);
      const brought = toneOf(way, tones);
      // Two ways that differ make a place plain, which it stays.
      const after = before === undefined || before === brought ? brought : 'plain';
      if (after === before) continue;
      tones.set(way.to, after);
      waiting.push(way.to);
    }
  }
  return tones;
}

/** The tone of a way, by the tones of places. */
export function toneOf({ from, tone }: Way, tones: ReadonlyMap<string, Tone>): Tone {
  return tone === 'plain' ? (tones.get(from) ?? 'plain') : tone;
}
