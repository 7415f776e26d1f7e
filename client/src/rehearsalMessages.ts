import type { Course, Place, Rehearsal } from './protocol.ts';

/** What the rehearsal is told: how the conversation has come; `null` where there is nothing to play. */
export interface ToRehearsal {
  readonly kind: 'rehearsal';
  readonly uri: string;
  readonly rehearsal: Rehearsal | null;
}

/** What the rehearsal tells. */
export type FromRehearsal =
  /** From now on this is played. */
  | { readonly kind: 'play'; readonly course: Course }
  /** The node at the cursor is to be played. */
  | { readonly kind: 'here'; readonly course: Course }
  /** A place is to be shown in an editor. */
  | { readonly kind: 'open'; readonly place: Place }
  | { readonly kind: 'save'; readonly course: Course };

/** What the rehearsal remembers while it is hidden, and while VS Code is closed. */
export interface RehearsalState {
  readonly uri: string;
  readonly course: Course;
}
