import type { Span } from '../base/span.ts';
import { type Roles, standardRoles } from './heads.ts';
import type { Channel, FrontMatterKey, RoleKind, Stage, VariableType } from './vocabulary.ts';

/** A value of the front matter with its place. */
export interface Field<T> extends Span {
  readonly value: T;
  /** The key it stands under. */
  readonly key: Span;
}

export interface VariableDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly type: VariableType;
  readonly sample?: Field<string>;
  readonly range?: Field<string>;
  readonly values?: Field<readonly string[]>;
  readonly note?: Field<string>;
}

export interface RoleDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly kind: RoleKind;
}

/** Hours of use, in minutes after midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** What is wrong in the front matter; the rule `front-matter` puts it into words. */
export type FrontMatterProblem = Span &
  (
    | { readonly kind: 'unclosed'; readonly insertAt: number }
    | { readonly kind: 'yaml'; readonly code: string; readonly detail: string }
    | { readonly kind: 'not-a-map' }
    | { readonly kind: 'too-long' }
    | { readonly kind: 'alias' }
    | { readonly kind: 'unknown-key'; readonly key: string; readonly near: string | undefined }
    | { readonly kind: 'duplicate-key'; readonly key: string; readonly first: Span }
    | {
        readonly kind: 'bad-value';
        readonly key: string;
        readonly value: string;
        readonly allowed: readonly string[];
        readonly near: string | undefined;
      }
    | { readonly kind: 'bad-shape'; readonly key: string; readonly wanted: 'text' | 'list' | 'map' }
  );

export interface FrontMatter {
  /** Line numbers: the opening fence, the closing one if there is one, and the last line of the block. */
  readonly lines?: { readonly first: number; readonly close?: number; readonly last: number };
  /** Where a new key can be written: the offset just before the closing fence. */
  readonly end?: number;
  readonly title?: Field<string>;
  readonly id?: Field<string>;
  readonly version?: Field<string>;
  readonly status?: Field<string>;
  readonly channel?: Field<Channel>;
  readonly stage?: Field<Stage>;
  readonly institution?: Field<string>;
  readonly principal?: Field<string>;
  readonly hours?: Field<Hours>;
  readonly frequency?: Field<{ readonly unanswered?: number; readonly connected?: number }>;
  readonly packs?: Field<readonly Field<string>[]>;
  readonly note?: Field<string>;
  readonly roles: Roles;
  readonly declaredRoles: readonly RoleDeclaration[];
  readonly variables: readonly VariableDeclaration[];
  /** The keys that are written, and the place of each mapping that can take more entries. */
  readonly keys: ReadonlyMap<FrontMatterKey, { readonly key: Span; readonly block?: MapBlock }>;
  readonly problems: readonly FrontMatterProblem[];
}

/** Where and how to write a further entry into `变量:` or `角色:`. */
export interface MapBlock {
  readonly flow: boolean;
  /** Behind the last entry; for `{…}` before the closing brace. */
  readonly end: number;
  readonly indent: string;
  readonly empty: boolean;
}

export const emptyFrontMatter: FrontMatter = {
  roles: standardRoles,
  declaredRoles: [],
  variables: [],
  keys: new Map(),
  problems: [],
};
