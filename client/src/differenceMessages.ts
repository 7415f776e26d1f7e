/** What the view of a difference is told. */
export interface ToDifference {
  readonly kind: 'difference';
  readonly compared: DifferenceState;
  /** What stands on the page, as HTML, or `null` where one of the two is gone. */
  readonly html: string | null;
}

/** What it tells. */
export type FromDifference =
  /** A line of the script is to be shown in an editor. */
  { readonly kind: 'open'; readonly line: number } | { readonly kind: 'save' };

/** What is compared: a script with another one or, without that, with what was committed of it last. */
export interface DifferenceState {
  readonly uri: string;
  readonly other?: string;
}
