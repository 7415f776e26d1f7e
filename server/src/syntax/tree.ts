import type { Span } from '../base/span.ts';
import type { FrontMatter } from './frontMatter.ts';
import type { Branch, Case, Heading, Line } from './line.ts';

/** A line at its place in the file. */
export interface Placed<L extends Line = Line> {
  /** The number of the line, from 0. */
  readonly index: number;
  /** Where the line's text stands, without the line end; add `start` to a span of the line to get one of the file. */
  readonly start: number;
  readonly end: number;
  readonly line: L;
}

/** The lines below a reply branch, up to the next branch or heading. */
export interface BranchBody {
  readonly branch: Placed<Branch>;
  readonly body: readonly Placed[];
}

/** A node of the conversation: its heading, the lines before the first branch, and its branches. */
export interface ScriptNode {
  /** Missing for the lines that stand above the first heading. */
  readonly heading?: Placed<Heading>;
  readonly lead: readonly Placed[];
  readonly branches: readonly BranchBody[];
  /** All lines of the node but its heading, in order. */
  readonly lines: readonly Placed[];
  /** From the heading to the end of the last line that is not blank. */
  readonly span: Span;
}

/** `用例` and the lines that belong to it. */
export interface Scenario {
  readonly heading: Placed<Case>;
  readonly lines: readonly Placed[];
  readonly span: Span;
}

/** A whole script. Parsing never fails; what is wrong is in the flaws of lines and the problems of the front matter. */
export interface Tree {
  readonly source: string;
  /** Every line of the file; together they hold every character. */
  readonly lines: readonly Placed[];
  readonly frontMatter: FrontMatter;
  readonly nodes: readonly ScriptNode[];
  readonly scenarios: readonly Scenario[];
}

export function isLine<K extends Line['kind']>(placed: Placed, kind: K): placed is Placed<Extract<Line, { kind: K }>> {
  return placed.line.kind === kind;
}
