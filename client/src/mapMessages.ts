import type { FlowMap, Place, Span } from './protocol.ts';

/** What the map is told. */
export type ToMap =
  /** `null` where the script is gone. */
  | { readonly kind: 'map'; readonly uri: string; readonly map: FlowMap | null }
  /** The cursor of an editor stands there. */
  | { readonly kind: 'cursor'; readonly uri: string; readonly at: Span['start'] }
  /** Pixels are wanted of this picture. */
  | { readonly kind: 'picture'; readonly svg: string };

/** What the map tells. */
export type FromMap =
  /** From now on these sub-conversations are folded away. */
  | { readonly kind: 'fold'; readonly folded: readonly string[] }
  /** A place is to be shown in an editor, which gets the keys where `focus` says so. */
  | { readonly kind: 'open'; readonly place: Place; readonly focus: boolean }
  | { readonly kind: 'save'; readonly format: Format }
  /** In base64. */
  | { readonly kind: 'pixels'; readonly png: string };

export type Format = 'svg' | 'png';

/** What the map remembers while it is hidden, and while VS Code is closed. */
export interface MapState {
  readonly uri: string;
  readonly folded: readonly string[];
  readonly zoom: number;
  /** Where the upper left corner of the window lies on the map. */
  readonly x: number;
  readonly y: number;
  readonly selected?: string;
}
