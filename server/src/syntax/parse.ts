import { replacedBetween } from '../base/edit.ts';
import { firstWhere } from '../base/search.ts';
import type { Source } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import { detached } from '../base/text.ts';
import { Cursor } from './cursor.ts';
import { emptyFrontMatter, type FrontMatter } from './frontMatter.ts';
import { readFrontMatter } from './frontMatterReader.ts';
import { headsOf } from './heads.ts';
import type { Line } from './line.ts';
import { isFence, scanAt } from './scan.ts';
import { signs, signsOf } from './signs.ts';
import { isContent, isLine, movedLine, type Placed, Rows, Scenario, ScriptNode, Section, Tree } from './tree.ts';

/**
 * The tree of any text at all; never throws.
 *
 * @param before the tree of an earlier state of the text: what both have in common at their ends is not read again. The tree is the
 * same without it.
 * @param replaced what of that text was replaced by something else, if it is known; else the two are compared
 */
export function parse(written: Source, before?: Tree, replaced?: Span): Tree {
  const edited = before && parseEdit(written, before, replaced ?? replacedBetween(before.source, written.toString()));
  if (edited) return edited;
  const source = written.toString();
  const frontMatter = frontMatterOf(source);
  const rows = new Grouping(frontMatter);
  scanLines(source, { index: 0, start: 0 }, frontMatter, rows);
  return new Tree(source, frontMatter, rows.done());
}

/**
 * Lines stay that stand between line ends that stay, and all of them while the front matter does. Sections stay whose lines do, along
 * with the one behind them, which makes them end there; those only move that begin behind what was replaced.
 */
function parseEdit(written: Source, before: Tree, { start, end }: Span): Tree | undefined {
  const { frontMatter, sections } = before;
  // What follows a line end can be a part of it.
  const above = before.lineAt(start - 1);
  const { first, close } = frontMatter.lines ?? { first: 0, close: 0 };
  if (close === undefined || above.index <= Math.max(first, close)) return undefined;
  const last = before.lineAt(end);
  const below = before.line(last.index + 1);
  const by = written.length - before.written.length;
  const from = firstWhere(sections, ({ stop }) => stop >= above.index);
  const to = below ? firstWhere(sections, ({ index }) => index >= below.index) : sections.length;
  const between = sections.slice(from, to).flatMap(({ all }) => all);
  const rows = new Grouping(frontMatter, sections.slice(0, from));
  for (const placed of between) if (placed.index < above.index) rows.add(placed);
  // Lines may outlive the text in which they were written; else each would keep a whole state of the text.
  const text = detached(written.slice(above.start, below && below.start + by));
  const behind = scanLines(text, above, frontMatter, rows, below !== undefined);
  if (!below) return new Tree(written, frontMatter, rows.done());
  const down = behind - below.index;
  for (const placed of between) if (placed.index >= below.index) rows.add(movedLine(placed, by, down));
  const moved = sections.slice(to);
  const all = rows.done(by === 0 && down === 0 ? moved : moved.map((each) => each.moved(by, down)));
  const { knownTraits: traits } = before;
  const others = traits === undefined ? undefined : { traits, from, stop: all.length - moved.length };
  return new Tree(written, frontMatter, all, others);
}

/**
 * Adds the lines of a text, as the Language Server Protocol divides them, and tells the number of the line behind them.
 *
 * @param at the number of the first one, and where it begins
 * @param goesOn whether the line behind the last line end is left to somebody else
 */
function scanLines(
  text: string,
  at: Pick<Placed, 'index' | 'start'>,
  { lines: block, roles }: FrontMatter,
  rows: Grouping,
  goesOn = false,
): number {
  const heads = headsOf(roles);
  const cursor = new Cursor(text);
  let { index } = at;
  for (let start = 0; start < text.length || !goesOn; ) {
    let kinds = 0;
    let end = start;
    for (; end < text.length; end++) {
      const here = signsOf(text.charCodeAt(end));
      if ((here & signs.lineEnd) !== 0) break;
      kinds |= here;
    }
    const line: Line =
      block && index <= block.last
        ? fixedLine(index === block.first || index === block.close ? 'fence' : 'front-matter', end - start)
        : scanAt(cursor.enter(start, end, kinds), heads);
    rows.add({ index, start: at.start + start, end: at.start + end, line });
    index++;
    if (end === text.length) break;
    start = end + (text.charCodeAt(end) === 0x0d && text.charCodeAt(end + 1) === 0x0a ? 2 : 1);
  }
  return index;
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

/** Puts lines together to sections as they come. */
class Grouping {
  private readonly sections: Section[];
  /** The number of the first line that does not belong to the front matter. */
  private readonly content: number;
  private heading: Placed | undefined;
  private readonly lines: Placed[] = [];
  /** How many of these belong to sections that are complete. */
  private grouped = 0;

  constructor({ lines }: FrontMatter, sections: Section[] = []) {
    this.sections = sections;
    this.content = lines ? lines.last + 1 : 0;
  }

  add(placed: Placed): void {
    const { kind } = placed.line;
    const opens = kind === 'heading' || kind === 'case';
    if (opens || placed.index === this.content) this.close();
    if (opens) this.heading = placed;
    else this.lines.push(placed);
  }

  /** All sections, and those behind them. */
  done(behind: readonly Section[] = []): readonly Section[] {
    this.close();
    return behind.length === 0 ? this.sections : this.sections.concat(behind);
  }

  private close(): void {
    const { heading } = this;
    const lines = this.lines.slice(this.grouped);
    if (heading && isLine(heading, 'case')) this.sections.push(new Scenario(new Rows(heading, lines)));
    else if (heading && isLine(heading, 'heading')) this.sections.push(new ScriptNode(new Rows(heading, lines)));
    else if (lines.some(isContent)) this.sections.push(new ScriptNode(new Rows(undefined, lines)));
    else if (lines.length > 0) this.sections.push(new Section(new Rows(undefined, lines)));
    this.heading = undefined;
    this.grouped = this.lines.length;
  }
}
