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
    return this.tree.lineCount;
  }

  getText(range?: Range): string {
    return range ? this.tree.written.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.tree.source;
  }

  positionAt(offset: number): Position {
    const { index, start, end } = this.tree.lineAt(offset);
    return { line: index, character: Math.max(0, Math.min(offset, end) - start) };
  }

  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const placed = this.tree.line(line);
    if (!placed) return this.tree.written.length;
    return character <= 0 ? placed.start : Math.min(placed.start + character, placed.end);
  }

  getLineRange(line: number): Range {
    const { index, start, end } = this.tree.line(Math.max(0, Math.min(line, this.lineCount - 1))) as Placed;
    return { start: { line: index, character: 0 }, end: { line: index, character: line < 0 ? 0 : end - start } };
  }

  getEOLCharacters(line: number): string {
    const { written } = this.tree;
    const placed = this.tree.line(line);
    return placed ? written.slice(placed.end, this.tree.line(line + 1)?.start ?? written.length) : '';
  }
}
