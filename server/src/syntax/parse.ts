import { replacedBetween } from '../base/edit.ts';
import { shift } from '../base/span.ts';
import { detached } from '../base/text.ts';
import { emptyFrontMatter, type FrontMatter } from './frontMatter.ts';
import { readFrontMatter } from './frontMatterReader.ts';
import type { Branch, Case, Heading, Line } from './line.ts';
import { isFence, scanLine } from './scan.ts';
import { type BranchBody, isLine, type Placed, type Scenario, type ScriptNode, type Tree } from './tree.ts';

/**
 * The tree of any text at all; never throws.
 *
 * @param before the tree of an earlier state of the text: what both have in common at their ends is not read again. The tree is the
 * same without it.
 */
export function parse(source: string, before?: Tree): Tree {
  const kept = before && keptOf(before, source);
  if (kept) return parseChange(source, before, kept);
  const frontMatter = frontMatterOf(source);
  const lines: Placed[] = [];
  scanLines(source, 0, source.length, frontMatter, lines);
  const [nodes, scenarios]: [ScriptNode[], Scenario[]] = [[], []];
  group(lines, linesOf(frontMatter), lines.length, nodes, scenarios);
  return { source, lines, frontMatter, nodes, scenarios };
}

/** What another text has in common with a tree: the lines before `above` and those from `below`, which moved by so many units. */
interface Kept {
  readonly above: number;
  readonly below: number;
  readonly by: number;
}

/** A line is kept where it stands between line ends that stay, and all of them while the front matter does. */
function keptOf({ source: old, lines, frontMatter }: Tree, source: string): Kept | undefined {
  const { start, end } = replacedBetween(old, source);
  // What follows a line end can be a part of it.
  const above = Math.max(0, firstFrom(lines, start) - 1);
  const { first, close } = frontMatter.lines ?? { first: 0, close: 0 };
  if (close === undefined || above <= Math.max(first, close)) return undefined;
  return { above, below: firstFrom(lines, end + 1), by: source.length - old.length };
}

function parseChange(source: string, before: Tree, { above, below, by }: Kept): Tree {
  const { frontMatter } = before;
  const next = before.lines[below];
  const from = before.lines[above]?.start ?? 0;
  const read: Placed[] = [];
  // Lines may outlive the text in which they were written; else each would keep a whole state of the text.
  scanLines(source, from, next ? next.start + by : source.length, frontMatter, read, above, detached);
  // Behind the line end before the lines that stay begins the first of them.
  if (next) read.pop();
  const lines = before.lines.slice(0, above).concat(read, before.lines.slice(below));
  const change: Change = { lines, below, by, down: above + read.length - below };
  if (by !== 0 || change.down !== 0)
    for (let at = above + read.length; at < lines.length; at++) lines[at] = movedLine(lines[at] as Placed, change);
  return { source, lines, frontMatter, ...sectionsAfter(before, above, change) };
}

/** What has become of a tree: all of its lines from `below` have moved by so many units, and so many lines down. */
interface Change {
  readonly lines: readonly Placed[];
  readonly below: number;
  readonly by: number;
  readonly down: number;
}

function movedLine({ index, start, end, line }: Placed, { by, down }: Change): Placed {
  return { index: index + down, start: start + by, end: end + by, line };
}

/** Those stay whose lines, and what stands behind them and makes them end there, are kept; those only move that begin behind the change. */
function sectionsAfter(before: Tree, above: number, change: Change): Pick<Tree, 'nodes' | 'scenarios'> {
  const { lines, below, by, down } = change;
  const nodes = before.nodes.slice(
    0,
    firstWhere(before.nodes, (section) => behind(section) >= above),
  );
  const scenarios = before.scenarios.slice(
    0,
    firstWhere(before.scenarios, (section) => behind(section) >= above),
  );
  const isBelow = ({ heading }: Section): boolean => heading !== undefined && heading.index >= below;
  const movedNodes = before.nodes.slice(firstWhere(before.nodes, isBelow));
  const movedScenarios = before.scenarios.slice(firstWhere(before.scenarios, isBelow));
  const from = Math.max(linesOf(before.frontMatter), behind(nodes.at(-1)), behind(scenarios.at(-1)));
  const firstOf = (sections: readonly Section[]): number =>
    (sections[0]?.heading?.index ?? Number.POSITIVE_INFINITY) + down;
  group(lines, from, Math.min(lines.length, firstOf(movedNodes), firstOf(movedScenarios)), nodes, scenarios);
  const stays = by === 0 && down === 0;
  for (const node of movedNodes) nodes.push(stays ? node : movedNode(node, change));
  for (const scenario of movedScenarios) scenarios.push(stays ? scenario : movedScenario(scenario, change));
  return { nodes, scenarios };
}

function movedNode({ heading, lead, branches, lines, span }: ScriptNode, change: Change): ScriptNode {
  const all = change.lines;
  const first = (heading?.index ?? 0) + change.down;
  return {
    lines: all.slice(first + 1, first + 1 + lines.length),
    span: shift(span, change.by),
    lead: all.slice(first + 1, first + 1 + lead.length),
    branches: branches.map(({ branch, body }) => {
      const at = branch.index + change.down;
      return { branch: all[at] as Placed<Branch>, body: all.slice(at + 1, at + 1 + body.length) };
    }),
    heading: all[first] as Placed<Heading>,
  };
}

function movedScenario({ heading, lines, span }: Scenario, change: Change): Scenario {
  const first = heading.index + change.down;
  const below = change.lines.slice(first + 1, first + 1 + lines.length);
  return { heading: change.lines[first] as Placed<Case>, lines: below, span: shift(span, change.by) };
}

/** The first section of which something is so that is so of all behind it; or how many there are. */
function firstWhere<S extends Section>(sections: readonly S[], isSo: (section: S) => boolean): number {
  let [low, high] = [0, sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(sections[middle] as S)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many lines belong to the front matter. */
function linesOf({ lines }: FrontMatter): number {
  return lines ? lines.last + 1 : 0;
}

/** The first line that starts at or behind an offset. */
function firstFrom(lines: readonly Placed[], offset: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as Placed).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds the lines between two offsets, as the Language Server Protocol divides them; behind the last line end there is one more. */
function scanLines(
  source: string,
  from: number,
  to: number,
  { lines: block, roles }: FrontMatter,
  lines: Placed[],
  first = 0,
  taken: (text: string) => string = (text) => text,
): void {
  let start = from;
  for (let at = from; at <= to; at++) {
    const unit = source.charCodeAt(at);
    if (at < to && unit !== 0x0a && unit !== 0x0d) continue;
    const index = first + lines.length;
    const line: Line =
      block && index <= block.last
        ? fixedLine(index === block.first || index === block.close ? 'fence' : 'front-matter', at - start)
        : scanLine(taken(source.slice(start, at)), roles);
    lines.push({ index, start, end: at, line });
    if (at < to && unit === 0x0d && source.charCodeAt(at + 1) === 0x0a) at++;
    start = at + 1;
  }
}

function fixedLine(kind: 'fence' | 'front-matter', length: number): Line {
  return { kind, head: { start: 0, end: length }, flaws: [] };
}

/**
 * The front matter runs from `---` on the first line to the next one. Where that is missing it ends before the first
 * heading, so that the conversation below stays what it is while the author types.
 */
export function frontMatterOf(source: string): FrontMatter {
  let index = 0;
  for (const text of textsOf(source)) {
    if (index === 0 && !isFence(text)) return emptyFrontMatter;
    const closes = index > 0 && isFence(text);
    if (closes) return readFrontMatter(source, { first: 0, last: index, close: index });
    if (index > 0 && /^(?:\s*【|[[［])/.test(text)) break;
    index++;
  }
  return readFrontMatter(source, { first: 0, last: index - 1 });
}

function* textsOf(source: string): Generator<string> {
  const lineEnd = /\r\n|[\r\n]/g;
  for (let start = 0; ; start = lineEnd.lastIndex) {
    const found = lineEnd.exec(source);
    yield source.slice(start, found?.index);
    if (!found) return;
  }
}

/** Adds the nodes and scenarios that some of the lines make. */
function group(lines: readonly Placed[], from: number, to: number, nodes: ScriptNode[], scenarios: Scenario[]): void {
  let opening: Placed | undefined;
  let start = from;
  const finish = (end: number): void => {
    const below = lines.slice(start, end);
    const first = opening ?? (below.some(isContent) ? below.find(canBegin) : undefined);
    if (!first) return;
    const last = below.findLast((placed) => placed.line.kind !== 'blank') ?? first;
    const span = { start: first.start, end: Math.max(first.end, last.end) };
    if (opening && isLine(opening, 'case')) scenarios.push({ heading: opening, lines: below, span });
    else
      nodes.push({
        lines: below,
        span,
        ...bodyOf(below),
        ...(opening && isLine(opening, 'heading') && { heading: opening }),
      });
  };
  for (let index = from; index < to; index++) {
    const placed = lines[index] as Placed;
    const { kind } = placed.line;
    if (kind !== 'heading' && kind !== 'case') continue;
    finish(index);
    opening = placed;
    start = index + 1;
  }
  finish(to);
}

type Section = Pick<ScriptNode | Scenario, 'heading' | 'lines'>;

/** The number of the line behind the last one; 0 for nothing. */
function behind(section: Section | undefined): number {
  const last = section?.lines.at(-1) ?? section?.heading;
  return last ? last.index + 1 : 0;
}

/** Lines that make an implicit first node; remarks and suppressions do not, since one can be about the heading below. */
function isContent({ line }: Placed): boolean {
  return line.kind !== 'blank' && line.kind !== 'remark' && line.kind !== 'suppression';
}

/** Lines with which an implicit first node begins, where there is one. */
function canBegin(placed: Placed): boolean {
  return isContent(placed) || (placed.line.kind === 'suppression' && placed.line.scope !== 'file');
}

function bodyOf(lines: readonly Placed[]): { lead: Placed[]; branches: BranchBody[] } {
  const lead: Placed[] = [];
  const branches: { branch: BranchBody['branch']; body: Placed[] }[] = [];
  for (const placed of lines) {
    if (isLine(placed, 'branch')) branches.push({ branch: placed, body: [] });
    else (branches.at(-1)?.body ?? lead).push(placed);
  }
  return { lead, branches };
}
