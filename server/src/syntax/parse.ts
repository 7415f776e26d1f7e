import { splitLines } from '../base/lines.ts';
import { emptyFrontMatter, type FrontMatter } from './frontMatter.ts';
import { readFrontMatter } from './frontMatterReader.ts';
import type { Line } from './line.ts';
import { isFence, scanLine } from './scan.ts';
import { type BranchBody, isLine, type Placed, type Scenario, type ScriptNode, type Tree } from './tree.ts';

/** The tree of any text at all; never throws. */
export function parse(source: string): Tree {
  const physical = splitLines(source);
  const frontMatter = frontMatterOf(
    source,
    physical.map((line) => source.slice(line.text.start, line.text.end)),
  );
  const lines = physical.map(({ text }, index): Placed => {
    const block = frontMatter.lines;
    const line: Line =
      block && index <= block.last
        ? fixedLine(index === block.first || index === block.close ? 'fence' : 'front-matter', text.end - text.start)
        : scanLine(source.slice(text.start, text.end), frontMatter.roles);
    return { index, start: text.start, end: text.end, line };
  });
  return { source, lines, frontMatter, ...group(lines) };
}

function fixedLine(kind: 'fence' | 'front-matter', length: number): Line {
  return { kind, head: { start: 0, end: length }, flaws: [] };
}

/**
 * The front matter runs from `---` on the first line to the next one. Where that is missing it ends before the first
 * heading, so that the conversation below stays what it is while the author types.
 */
function frontMatterOf(source: string, texts: readonly string[]): FrontMatter {
  if (!isFence(texts[0] ?? '')) return emptyFrontMatter;
  let close = texts.findIndex((text, index) => index > 0 && isFence(text));
  const heading = texts.findIndex((text, index) => index > 0 && /^(?:\s*【|[[［])/.test(text));
  if (close < 0 || (heading > 0 && heading < close)) close = heading > 0 ? heading : -1;
  const closed = close > 0 && isFence(texts[close] ?? '');
  const last = close < 0 ? texts.length - 1 : closed ? close : close - 1;
  return readFrontMatter(source, { first: 0, last, ...(closed && { close }) });
}

function group(lines: readonly Placed[]): { nodes: ScriptNode[]; scenarios: Scenario[] } {
  const nodes: ScriptNode[] = [];
  const scenarios: Scenario[] = [];
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
        ...(opening && isLine(opening, 'heading') && { heading: opening }),
        ...bodyOf(below),
        lines: below,
        span,
      });
  };
  for (const placed of lines) {
    if (placed.line.kind === 'fence' || placed.line.kind === 'front-matter') continue;
    if (placed.line.kind !== 'heading' && placed.line.kind !== 'case') {
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
