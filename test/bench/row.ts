import type { Text } from '../../server/src/base/text.ts';

/** A measured figure: the best of all rounds, and the best of each block of rounds, which shows how far it can be trusted. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a figure is in. */
export type Unit = '× bare' | '× null' | '× node -e 0' | '×' | 'ms' | 'µs' | 's' | 'kB' | 'MiB' | 'MB/s' | 'count';

/** One line of the result. */
export interface Row extends Figure {
  readonly id: string;
  readonly title: Text;
  readonly unit: Unit;
  /** What issue 6 wants: no more than this, or no less. */
  readonly most?: number;
  readonly least?: number;
  readonly peers: readonly Peer[];
  /** What has to be known to read it. */
  readonly note?: Text;
}

/** The same figure of somebody else, or of ours in another setting. */
export interface Peer extends Figure {
  /** The name of a product, or what it is in words. */
  readonly name: string | Text;
}

/** A figure that is what it is, such as a count of bytes. */
export function exact(value: number): Figure {
  return { value, low: value, high: value };
}

/** A cost in milliseconds, with the range of the ratio it was measured as; `times` is how many of the unit a millisecond has. */
export function figureIn(
  { value, low, high, milliseconds }: Figure & { readonly milliseconds: number },
  times = 1,
): Figure {
  const scale = (times * milliseconds) / value;
  return { value: scale * value, low: scale * low, high: scale * high };
}

/** Whether a row keeps to its target; nothing where there is none. */
export function isMet({ value, most, least }: Row): boolean | undefined {
  if (most === undefined && least === undefined) return undefined;
  return value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? Number.NEGATIVE_INFINITY);
}
