import { commonEnd, commonStart } from '../base/common.ts';
import { detached } from '../base/text.ts';
import { emptyFrontMatter, type FrontMatter } from './frontMatter.ts';
import { readFrontMatter } from './frontMatterReader.ts';
import type { Line } from './line.ts';
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
  return { source, lines, frontMatter, ...group(lines) };
}

/** What another text has in common with a tree: the lines before `above` and those from `below`, which moved by so many units. */
interface Kept {
  readonly above: number;
  readonly below: number;
  readonly by: number;
}

/** A line is kept where it stands between line ends that stay, and all of them while the front matter does. */
function keptOf({ source: old, lines, frontMatter }: Tree, source: string): Kept | undefined {
  const start = commonStart(old, source);
  const end = commonEnd(old, source, Math.min(old.length, source.length) - start);
  // What follows a line end can be a part of it.
  const above = Math.max(0, firstFrom(lines, start) - 1);
  const { first, close } = frontMatter.lines ?? { first: 0, close: 0 };
  if (close === undefined || above <= Math.max(first, close)) return undefined;
  return { above, below: firstFrom(lines, old.length - end + 1), by: source.length - old.length };
}

function parseChange(source: string, before: Tree, { above, below, by }: Kept): Tree {
  const { frontMatter } = before;
  const lines = before.lines.slice(0, above);
  const next = before.lines[below];
  const from = before.lines[above]?.start ?? 0;
  // Lines may outlive the text in which they were written; else each would keep a whole state of the text.
  scanLines(source, from, next ? next.start + by : source.length, frontMatter, lines, detached);
  // Behind the line end before the lines that stay begins the first of them.
  if (next) lines.pop();
  const down = lines.length - below;
  for (let at = below; at < before.lines.length; at++) {
    const placed = before.lines[at] as Placed;
    const { index, start, end, line } = placed;
    lines.push(by === 0 && down === 0 ? placed : { index: index + down, start: start + by, end: end + by, line });
  }
  return { source, lines, frontMatter, ...group(lines, before, above) };
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
  taken: (text: string) => string = (text) => text,
): void {
  let start = from;
  for (let at = from; at <= to; at++) {
    const unit = source.charCodeAt(at);
    if (at < to && unit !== 0x0a && unit !== 0x0d) continue;
    const index = lines.length;
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

/**
 * Lines in nodes and scenarios. Those of an earlier tree stay whose lines are all among the first ones, along with what stands behind
 * them and makes them end there.
 */
function group(
  lines: readonly Placed[],
  before?: Tree,
  kept = 0,
): { readonly nodes: readonly ScriptNode[]; readonly scenarios: readonly Scenario[] } {
  const nodes = before ? before.nodes.slice(0, endingBefore(before.nodes, kept)) : [];
  const scenarios = before ? before.scenarios.slice(0, endingBefore(before.scenarios, kept)) : [];
  let opening: Placed | undefined;
  let below: Placed[] = [];
  const finish = (): void => {
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
  for (let index = Math.max(behind(nodes.at(-1)), behind(scenarios.at(-1))); index < lines.length; index++) {
    const placed = lines[index] as Placed;
    const { kind } = placed.line;
    if (kind === 'fence' || kind === 'front-matter') continue;
    if (kind !== 'heading' && kind !== 'case') {
      below.push(placed);
      continue;
    }
    finish();
    opening = placed;
    below = [];
  }
  finish();
  return { nodes, scenarios };
}

type Section = Pick<ScriptNode | Scenario, 'heading' | 'lines'>;

/** How many of these have all their lines, and one behind them, before a line. */
function endingBefore(sections: readonly Section[], line: number): number {
  const first = sections.findIndex((section) => behind(section) >= line);
  return first < 0 ? sections.length : first;
}

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
