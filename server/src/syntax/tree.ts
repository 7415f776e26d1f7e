import type { Memo } from '../base/memo.ts';
import { firstWhere } from '../base/search.ts';
import type { Source } from '../base/source.ts';
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

/** What is looked for after every key, and few lines are: a bit each. */
export const traits = {
  suppression: 1,
  /** Names another file. */
  outward: 2,
  record: 4,
} as const;

/** Lines as they stood when they were read: a heading, if there is one, and those below it. There is at least one. */
export class Rows<H extends Line = Line> {
  readonly heading: Placed<H> | undefined;
  readonly lines: readonly Placed[];
  private known: number | undefined;

  constructor(heading: Placed<H> | undefined, lines: readonly Placed[]) {
    this.heading = heading;
    this.lines = lines;
  }

  /** What any of the lines is, wherever they stand. */
  get traits(): number {
    if (this.known === undefined) {
      this.known = 0;
      for (const { line } of this.lines) this.known |= traitsOf(line);
    }
    return this.known;
  }
}

/** No heading is any of it. */
function traitsOf(line: Line): number {
  switch (line.kind) {
    case 'suppression':
      return traits.suppression;
    case 'record':
      return traits.record;
    case 'jump':
    case 'branch':
    case 'guard':
    case 'insertion':
      return line.target?.file ? traits.outward : 0;
    default:
      return 0;
  }
}

/**
 * Lines that stand together, from a heading to the next one. Behind an edit all of them stand elsewhere and say the same: only how far
 * they have moved is noted, and a line gets its place when somebody asks for it.
 */
export class Section<H extends Line = Line> {
  protected readonly read: Rows<H>;
  protected readonly by: number;
  protected readonly down: number;
  private placed: Rows<H> | undefined;

  constructor(read: Rows<H>, by = 0, down = 0) {
    this.read = read;
    this.by = by;
    this.down = down;
  }

  /** The same lines, so many units and lines further on. */
  moved(by: number, down: number): Section<H> {
    return new Section(this.read, this.by + by, this.down + down);
  }

  /** The number of the first line. */
  get index(): number {
    return this.first.index + this.down;
  }

  /** The number of the line behind the last one. */
  get stop(): number {
    const { heading, lines } = this.read;
    return this.index + lines.length + (heading ? 1 : 0);
  }

  /** Where the first line begins. */
  get start(): number {
    return this.first.start + this.by;
  }

  get heading(): Placed<H> | undefined {
    return this.rows.heading;
  }

  /** All lines but the heading, in order. */
  get lines(): readonly Placed[] {
    return this.rows.lines;
  }

  /** Whether the lines are the same, wherever both stand. */
  isSameAs(other: Section | undefined): boolean {
    return this.read === other?.read;
  }

  /** What any of the lines is; see `traits`. */
  get traits(): number {
    return this.read.traits;
  }

  /** Those of the lines that are something. */
  having(trait: number): readonly Placed[] {
    return (this.traits & trait) === 0 ? none : this.lines.filter(({ line }) => (traitsOf(line) & trait) !== 0);
  }

  get all(): readonly Placed[] {
    const { heading, lines } = this.rows;
    return heading ? [heading, ...lines] : lines;
  }

  /** One of the lines, by its number in the file. */
  line(index: number): Placed | undefined {
    const { heading, lines } = this.rows;
    return index === heading?.index ? heading : lines[index - (this.stop - lines.length)];
  }

  /** Where one of the lines stands, by its number in the file; the others need not get their places for it. */
  spanOf(index: number): Span | undefined {
    const { read, by } = this;
    const placed =
      read.lines[index - (this.stop - read.lines.length)] ?? (index === this.index ? read.heading : undefined);
    return placed && { start: placed.start + by, end: placed.end + by };
  }

  /**
   * What follows from the lines alone, wherever they stand; it is worked out once for all states of the text that have them.
   *
   * @param known remembers it
   */
  once<T>(known: Memo<object, T>, work: () => T): T {
    const before = known.get(this.read);
    if (before !== undefined) return before;
    const result = work();
    known.set(this.read, result);
    return result;
  }

  /** The line at an offset; the first or the last one where it lies outside. */
  lineAt(offset: number): Placed {
    const { heading, lines } = this.rows;
    const behind = firstWhere(lines, ({ start }) => start > offset);
    return lines[behind - 1] ?? heading ?? (lines[0] as Placed);
  }

  /** The first line, where it stood when it was read. */
  private get first(): Placed {
    const { heading, lines } = this.read;
    return heading ?? (lines[0] as Placed);
  }

  private get rows(): Rows<H> {
    this.placed ??= this.by === 0 && this.down === 0 ? this.read : movedRows(this.read, this.by, this.down);
    return this.placed;
  }
}

function movedRows<H extends Line>({ heading, lines }: Rows<H>, by: number, down: number): Rows<H> {
  return new Rows(
    heading && movedLine(heading, by, down),
    lines.map((placed) => movedLine(placed, by, down)),
  );
}

/** The same line, so many units and lines further on. */
export function movedLine<L extends Line>({ index, start, end, line }: Placed<L>, by: number, down: number): Placed<L> {
  return { index: index + down, start: start + by, end: end + by, line };
}

/** The lines below a reply branch, up to the next branch or heading. */
export interface BranchBody {
  readonly branch: Placed<Branch>;
  readonly body: readonly Placed[];
}

/** A node of the conversation: its heading, the lines before the first branch, and its branches. The lines above the first heading have none. */
export class ScriptNode extends Section<Heading> {
  private parts: Divided | undefined;

  override moved(by: number, down: number): ScriptNode {
    return new ScriptNode(this.read, this.by + by, this.down + down);
  }

  get name(): string | undefined {
    return this.title?.name.text;
  }

  /** What the heading says, wherever it stands. */
  get title(): Heading | undefined {
    return this.read.heading?.line;
  }

  get lead(): readonly Placed[] {
    return this.divided.lead;
  }

  get branches(): readonly BranchBody[] {
    return this.divided.branches;
  }

  /** From the heading to the end of the last line that is not blank. */
  get span(): Span {
    const { read, by } = this;
    return spanOf(read.heading ?? (read.lines.find(canBegin) as Placed), read.lines, by);
  }

  private get divided(): Divided {
    this.parts ??= divided(this.lines);
    return this.parts;
  }
}

/** `用例` and the lines that belong to it. */
export class Scenario extends Section<Case> {
  override moved(by: number, down: number): Scenario {
    return new Scenario(this.read, this.by + by, this.down + down);
  }

  override get heading(): Placed<Case> {
    return super.heading as Placed<Case>;
  }

  get span(): Span {
    const { read, by } = this;
    return spanOf(read.heading as Placed, read.lines, by);
  }
}
/** The sections before `from` and from `stop` on are those of an earlier tree, whose lines were no more than this. */
export interface Others {
  readonly from: number;
  readonly stop: number;
  readonly traits: number;
}

/** A whole script. Parsing never fails; what is wrong is in the flaws of lines and the problems of the front matter. */
export class Tree {
  /** The text, for whoever reads parts of it. */
  readonly written: Source;
  readonly frontMatter: FrontMatter;
  /** All lines of the file, in rows; together they hold every character. */
  readonly sections: readonly Section[];
  private all: readonly Placed[] | undefined;
  private inNodes: readonly ScriptNode[] | undefined;
  private inScenarios: readonly Scenario[] | undefined;
  private readonly others: Others | undefined;
  private known: number | undefined;

  /** @param others what is known of the sections that are those of an earlier tree */
  constructor(written: Source, frontMatter: FrontMatter, sections: readonly Section[], others?: Others) {
    this.written = written;
    this.frontMatter = frontMatter;
    this.sections = sections;
    this.others = others;
  }

  /** What any of the lines is or, in an earlier tree, was; not yet known until somebody has asked. */
  get knownTraits(): number | undefined {
    return this.known;
  }

  get source(): string {
    return this.written.toString();
  }

  /** Every line. Who wants some of them had better ask for those: each gets its place when somebody wants it. */
  get lines(): readonly Placed[] {
    if (!this.all) {
      const all: Placed[] = [];
      for (const { heading, lines } of this.sections) {
        if (heading) all.push(heading);
        for (const placed of lines) all.push(placed);
      }
      this.all = all;
    }
    return this.all;
  }

  get lineCount(): number {
    return this.sections.at(-1)?.stop ?? 0;
  }

  get nodes(): readonly ScriptNode[] {
    this.inNodes ??= this.sections.filter((section) => section instanceof ScriptNode);
    return this.inNodes;
  }

  get scenarios(): readonly Scenario[] {
    this.inScenarios ??= this.sections.filter((section) => section instanceof Scenario);
    return this.inScenarios;
  }

  /** All lines that are something; see `traits`. */
  having(trait: number): readonly Placed[] {
    this.known ??= this.traitsOfAll();
    if ((this.known & trait) === 0) return none;
    const found: Placed[] = [];
    for (const section of this.sections) for (const placed of section.having(trait)) found.push(placed);
    return found;
  }

  private traitsOfAll(): number {
    const { sections, others } = this;
    const { traits, from, stop } = others ?? { traits: 0, from: 0, stop: sections.length };
    let all = traits;
    for (let index = from; index < stop; index++) all |= (sections[index] as Section).traits;
    return all;
  }

  line(index: number): Placed | undefined {
    return this.all ? this.all[index] : this.sectionOf(index)?.line(index);
  }

  /** The section that a line stands in, by its number. */
  sectionOf(index: number): Section | undefined {
    return this.sections[firstWhere(this.sections, ({ stop }) => stop > index)];
  }

  /** The nearest line above another one that is so. */
  lastAbove(index: number, isSo: (placed: Placed) => boolean): Placed | undefined {
    for (let above = index - 1; above >= 0; above--) {
      const placed = this.line(above);
      if (placed && isSo(placed)) return placed;
    }
    return undefined;
  }

  /** The nearest line below another one that is so. */
  firstBelow(index: number, isSo: (placed: Placed) => boolean): Placed | undefined {
    for (let below = index + 1; below < this.lineCount; below++) {
      const placed = this.line(below);
      if (placed && isSo(placed)) return placed;
    }
    return undefined;
  }

  /** Where a line stands. */
  spanOf(index: number): Span | undefined {
    return this.sectionOf(index)?.spanOf(index);
  }

  /** The line at an offset, the first or the last one where it lies outside; a line end belongs to the line before it. */
  lineAt(offset: number): Placed {
    const behind = firstWhere(this.sections, ({ start }) => start > offset);
    return (this.sections[Math.max(0, behind - 1)] as Section).lineAt(offset);
  }
}

/** How many lines two trees have in common at their beginnings and at their ends, as far as whole sections go. */
export function inCommon({ sections: some }: Tree, { sections: others }: Tree): { above: number; below: number } {
  const most = Math.min(some.length, others.length);
  let first = 0;
  while (first < most && some[first]?.isSameAs(others[first])) first++;
  let last = 0;
  while (last < most - first && some.at(-1 - last)?.isSameAs(others.at(-1 - last))) last++;
  const stop = some.at(-1)?.stop ?? 0;
  return { above: some[first]?.index ?? stop, below: last === 0 ? 0 : stop - (some.at(-last)?.index ?? stop) };
}

export function isLine<K extends Line['kind']>(placed: Placed, kind: K): placed is Placed<Extract<Line, { kind: K }>> {
  return placed.line.kind === kind;
}

/** Lines that make an implicit first node; remarks and suppressions do not, since one can be about the heading below. */
export function isContent({ line: { kind } }: Placed): boolean {
  switch (kind) {
    case 'blank':
    case 'remark':
    case 'suppression':
    case 'fence':
    case 'front-matter':
      return false;
    default:
      return true;
  }
}

/** Lines with which an implicit first node begins, where there is one. */
function canBegin(placed: Placed): boolean {
  return isContent(placed) || (placed.line.kind === 'suppression' && placed.line.scope !== 'file');
}

function spanOf(first: Placed, lines: readonly Placed[], by: number): Span {
  let at = lines.length - 1;
  while (at >= 0 && lines[at]?.line.kind === 'blank') at--;
  return { start: first.start + by, end: Math.max(first.end, lines[at]?.end ?? 0) + by };
}

interface Divided {
  readonly lead: readonly Placed[];
  readonly branches: readonly BranchBody[];
}

function divided(lines: readonly Placed[]): Divided {
  const first = nextBranch(lines, 0);
  if (first === lines.length) return { lead: lines, branches: [] };
  const branches: BranchBody[] = [];
  for (let at = first; at < lines.length; ) {
    const stop = nextBranch(lines, at + 1);
    branches.push({ branch: lines[at] as Placed<Branch>, body: stop === at + 1 ? none : lines.slice(at + 1, stop) });
    at = stop;
  }
  return { lead: lines.slice(0, first), branches };
}

/** Where the first branch from a line on stands, or how many lines there are. */
function nextBranch(lines: readonly Placed[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]?.line.kind !== 'branch') at++;
  return at;
}

const none: readonly Placed[] = [];
