import { type Edit, insertion } from '../base/edit.ts';
import { type Span, shift } from '../base/span.ts';
import { variablesKnown } from './condition.ts';
import { conditionPrinter } from './printCondition.ts';
import { printFrontMatter } from './printFrontMatter.ts';
import { printLine, type Style } from './printLine.ts';
import { isInEnglish } from './punctuation.ts';
import { isFence, scanLine } from './scan.ts';
import type { Placed, Tree } from './tree.ts';

/**
 * The canonical layout of a script, as small edits in the order of the text, none of which goes beyond a line or the blank
 * lines between two. Widths and blanks of what structures the lines; never a character of what is spoken.
 */
export function print(tree: Tree): Edit[] {
  return [...printFrontMatter(tree), ...lineEdits(tree, tree.lines), ...blankLineEdits(tree)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
}

/** The edits of a few lines alone, without those that add or remove lines. */
export function printLines(tree: Tree, lines: readonly Placed[]): Edit[] {
  const holds = ({ start, end }: Span): boolean => lines.some((line) => line.start <= start && end <= line.end);
  const isFrontMatter = lines.some(({ line }) => line.kind === 'front-matter');
  return [...(isFrontMatter ? printFrontMatter(tree).filter(holds) : []), ...lineEdits(tree, lines)];
}

function lineEdits(tree: Tree, lines: readonly Placed[]): Edit[] {
  const style: Style = {
    english: isInEnglish(tree),
    roles: tree.frontMatter.roles,
    conditionParts: conditionPrinter(variablesKnown(tree)),
  };
  return lines.flatMap(({ line, start, end }) => {
    // The byte-order mark is none of the line's blanks.
    const from = Math.max(start, textStart(tree.source));
    const text = tree.source.slice(from, end);
    const own = from === start || line.kind === 'fence' ? line : scanLine(text, style.roles);
    return printLine(own, text, style).map((edit) => ({ ...edit, ...shift(edit, from) }));
  });
}

function textStart(source: string): number {
  return source.startsWith('\ufeff') ? 1 : 0;
}

/** One blank line above a node or scenario, never two, and none at the beginning and the end. */
function blankLineEdits({ source, lines, frontMatter }: Tree): Edit[] {
  const edits: Edit[] = [];
  const eol = /\r\n|\n|\r/.exec(source)?.[0] ?? '\n';
  const apart = linesApart(lines);
  // Front matter that has no end yet would take a new blank line into itself.
  const block = frontMatter.lines;
  const openEnd = block && block.close === undefined ? lines[block.last] : undefined;
  let above: Placed | undefined;
  for (const placed of lines) {
    if (placed.line.kind === 'blank') continue;
    const blanks = lines.slice(above ? above.index + 1 : 0, placed.index);
    if (!above && !isFence(source.slice(placed.start, placed.end))) {
      // A fence that comes to stand on the first line would open front matter.
      if (blanks.length > 0) edits.push({ start: textStart(source), end: placed.start, newText: '' });
    } else if (blanks.length > 0) edits.push(...collapsed(blanks, placed, source));
    else if (above && above !== openEnd && apart.has(placed))
      edits.push(insertion(placed.start, source.slice(above.end, placed.start)));
    above = placed;
  }
  return [...edits, ...(above && above === openEnd ? [] : finalEdits(source, lines, above, eol))].filter(
    ({ start, end, newText }) => start < end || newText !== '',
  );
}

/** Several blank lines as one that is empty. */
function collapsed(blanks: readonly Placed[], next: Placed, source: string): Edit[] {
  const [first, last] = [blanks[0], blanks.at(-1)];
  if (!first || !last) return [];
  const start = Math.max(first.start, textStart(source));
  // `\r` and `\n` that come to stand side by side would be one line end.
  return source.charAt(start - 1) === '\r' && source.charAt(last.end) === '\n'
    ? [{ start, end: next.start, newText: '\r' }]
    : [{ start, end: last.end, newText: '' }];
}

/** The lines that a blank line stands above: headings, each with the remarks and suppressions that stand right above it. */
function linesApart(lines: readonly Placed[]): Set<Placed> {
  const apart = new Set<Placed>();
  let first: Placed | undefined;
  for (const placed of lines) {
    const { line } = placed;
    const belongsBelow = line.kind === 'remark' || (line.kind === 'suppression' && line.scope === 'line');
    if (line.kind === 'heading' || line.kind === 'case') apart.add(first ?? placed);
    first = belongsBelow ? (first ?? placed) : undefined;
  }
  return apart;
}

/** A script ends with one line end. */
function finalEdits(source: string, lines: readonly Placed[], last: Placed | undefined, eol: string): Edit[] {
  if (!last) return [{ start: textStart(source), end: source.length, newText: '' }];
  const next = lines[last.index + 1];
  return next ? [{ start: next.start, end: source.length, newText: '' }] : [insertion(last.end, eol)];
}
