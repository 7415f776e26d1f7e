import type { Text } from '../base/text.ts';
import type { RoleKind } from '../syntax/vocabulary.ts';

/** What was understood, line by line; targets are still called as the source calls them. */
export type Item =
  | {
      readonly kind: 'node';
      readonly name: string;
      /** Standard steps that the title names without being one of their names. */
      readonly steps: readonly string[];
      /** Numbers and ids by which targets call it. */
      readonly keys: readonly string[];
    }
  | {
      readonly kind: 'say';
      readonly speaker: RoleKind;
      readonly text: string;
      readonly role?: string;
      readonly tone?: string;
    }
  | {
      readonly kind: 'reply';
      readonly speaker: RoleKind;
      readonly category: string;
      readonly examples: readonly string[];
      readonly target?: string;
    }
  | { readonly kind: 'jump'; readonly target: string }
  | { readonly kind: 'guide'; readonly text: string }
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'meta'; readonly key: 'id' | 'version' | 'channel' | 'stage'; readonly value: string };

/** What a source was turned into. */
export interface Imported {
  /** The script: front matter, nodes and lines. It has no line of an unknown class. */
  readonly script: string;
  /** The script without its front matter, to stand in another one. */
  readonly body: string;
  readonly title?: string;
  /** Variables that the script uses and that are not built in. */
  readonly variables: readonly string[];
  readonly counts: Counts;
  /** It is the script that the source was made of, and there is nothing to look at. */
  readonly exact?: true;
  /** What somebody should look at. */
  readonly notes: readonly Text[];
}

export interface Counts {
  readonly steps: number;
  readonly lines: number;
  readonly branches: number;
  readonly variables: number;
  /** Lines that are kept for the reader, as guidance or as remarks. */
  readonly kept: number;
}
