import type { Words } from './cells.ts';

/** What `format` says in a file of ours. */
export const jsonFormat = 'huashu-script';

/**
 * A script for programs that lead a conversation. What is `derived` below is there to read and does not count on the way back; a
 * `source` is the line as it is written, where it is laid out otherwise than we would, and counts as long as it says what the rest says.
 */
export interface ScriptJson {
  readonly format: typeof jsonFormat;
  readonly version: 1;
  readonly language: Words;
  readonly script: HeaderJson;
  readonly variables: readonly VariableJson[];
  /** The front matter as it is written, with its fences. */
  readonly frontMatter?: string;
  readonly lineEnd?: '\r\n';
  /** Lines above the first node. */
  readonly before: readonly LineJson[];
  readonly nodes: readonly NodeJson[];
  readonly scenarios: readonly ScenarioJson[];
}

export interface HeaderJson {
  readonly title?: string;
  readonly id?: string;
  readonly version?: string;
  readonly status?: string;
  readonly channel?: string;
  readonly stage?: string;
  readonly institution?: string;
  readonly principal?: string;
  readonly hours?: { readonly from: string; readonly to: string };
  readonly frequency?: { readonly unanswered?: number; readonly connected?: number };
  readonly packs?: readonly string[];
  readonly roles?: readonly { readonly name: string; readonly kind: string }[];
  readonly note?: string;
}

export interface VariableJson {
  readonly name: string;
  readonly type: string;
  readonly range?: string;
  readonly values?: readonly string[];
  readonly sample?: string;
  readonly note?: string;
}

export interface NodeJson {
  /** Derived. */
  readonly id: string;
  /** Missing for the lines above the first heading. */
  readonly name?: string;
  readonly steps: readonly string[];
  /** Derived: the ids of the standard steps that it performs. */
  readonly performs: readonly string[];
  /** Derived: its branches can be taken wherever a reply is awaited. */
  readonly anytime: boolean;
  /** Derived: the id of the node that follows where nothing leads away. */
  readonly next: string | null;
  /** The line of its heading, from 0; tells nodes and scenarios that stand between each other apart. */
  readonly line: number;
  readonly source?: string;
  readonly lead: readonly LineJson[];
  readonly branches: readonly BranchJson[];
}

export interface BranchJson extends LineJson {
  readonly kind: 'branch';
  readonly lines: readonly LineJson[];
}

export interface ScenarioJson {
  /** Derived. */
  readonly id: string;
  readonly name: string;
  readonly keyword?: string;
  readonly line: number;
  readonly source?: string;
  readonly lines: readonly LineJson[];
}

/** A line; which of these it has depends on its kind. */
export interface LineJson {
  readonly kind: LineKind;
  /** Derived. */
  readonly id?: string;
  /** The word that it begins with, where that is not the usual one. */
  readonly keyword?: string;
  /** Who speaks, as the script calls him, and derived: what that is. */
  readonly role?: string;
  readonly speaker?: string;
  readonly tone?: string;
  readonly text?: string;
  /** Derived: the variables in the text; and what it takes to say it, with their samples. */
  readonly variables?: readonly string[];
  readonly characters?: number;
  readonly seconds?: number;
  /** Of a branch, and derived: the id of that category in the rule packs. */
  readonly category?: string;
  readonly reply?: string;
  readonly examples?: readonly string[];
  readonly target?: string;
  /** Derived: where the target leads. */
  readonly goesTo?: GoesTo;
  readonly condition?: string;
  /** Derived: the condition taken apart. */
  readonly test?: TestJson;
  readonly source?: string;
}

export const lineKinds = [
  'blank',
  'remark',
  'utterance',
  'branch',
  'jump',
  'guard',
  'guidance',
  'record',
  'insertion',
  'outcome',
  'suppression',
  'given',
  'says',
  'expect',
  'never',
  'other',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** A node of this script by its id, one of another file by its name, a built-in target by what it is called. */
export type GoesTo =
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'other-file'; readonly file: string; readonly name: string }
  | { readonly kind: 'end' | 'repeat' | 'return' | 'transfer' | 'unknown' };

export type TestJson =
  | { readonly kind: 'and' | 'or'; readonly left: TestJson; readonly right: TestJson }
  | { readonly kind: 'not'; readonly operand: TestJson }
  | { readonly kind: 'holds'; readonly variable: string }
  | { readonly kind: 'comparison'; readonly variable: string; readonly operator: string; readonly value: string };
