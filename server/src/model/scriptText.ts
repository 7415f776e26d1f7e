import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import type { Placed, Tree } from '../syntax/tree.ts';

/** The document of a script that has been read: its lines are known, and need not be looked for again at each key. */
export class ScriptText implements TextDocument {
  readonly uri: string;
  readonly languageId = 'huashu';
  readonly version: number;
  private readonly tree: Tree;

  constructor(uri: string, version: number, tree: Tree) {
    this.uri = uri;
    this.version = version;
    this.tree = tree;
  }

  get lineCount(): number {
    return this.tree.lines.length;
  }

  getText(range?: Range): string {
    const { source } = this.tree;
    return range ? source.substring(this.offsetAt(range.start), this.offsetAt(range.end)) : source;
  }

  positionAt(offset: number): Position {
    const { index, start, end } = lineOf(this.tree, offset);
    return { line: index, character: Math.max(0, Math.min(offset, end) - start) };
  }

  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const placed = this.tree.lines[line];
    if (!placed) return this.tree.source.length;
    return character <= 0 ? placed.start : Math.min(placed.start + character, placed.end);
  }

  getLineRange(line: number): Range {
    const { index, start, end } = this.tree.lines[Math.max(0, Math.min(line, this.lineCount - 1))] as Placed;
    return { start: { line: index, character: 0 }, end: { line: index, character: line < 0 ? 0 : end - start } };
  }

  getEOLCharacters(line: number): string {
    const { lines, source } = this.tree;
    const placed = lines[line];
    return placed ? source.slice(placed.end, lines[line + 1]?.start ?? source.length) : '';
  }
}

/** The line at an offset, the first or the last one where it lies outside; a line end belongs to the line before it. */
export function lineOf({ lines }: Tree, offset: number): Placed {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] as Placed).start <= offset) low = middle;
    else high = middle - 1;
  }
  return lines[low] as Placed;
}
