import type { Position, Range, TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { inBoth, type Replaced } from '../base/edit.ts';
import { firstWhere } from '../base/search.ts';
import { edited, type Source } from '../base/source.ts';

/** A change of a document, as the protocol tells it. */
type Change = TextDocumentContentChangeEvent;

/**
 * A document as it stands in the editor. It is as that of the library, but for what a key costs: that one copies the text each time, and
 * does not say what has been replaced, so that whoever reads it would have to compare the two.
 */
export class OpenDocument implements TextDocument {
  readonly uri: string;
  readonly languageId: string;
  version: number;
  written: Source;
  /** Where lines begin. */
  private starts: number[];
  private replaced: Replaced | undefined;

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.written = text;
    this.starts = [0, ...startsIn(text)];
  }

  /** @param counted a change as we count, in the document that the changes before it have left */
  update(changes: readonly Change[], version: number, counted: (change: Change) => Change): void {
    const before = this.written;
    let all: Replaced | undefined;
    for (const each of changes) {
      const change = counted(each);
      if (typeof change.text !== 'string') throw new Error('A change without a text.');
      const { length } = this.written;
      const offsets =
        'range' in change ? [this.offsetAt(change.range.start), this.offsetAt(change.range.end)] : [0, length];
      const span = { start: Math.min(...offsets), end: Math.max(...offsets) };
      all = { before, ...(all ? inBoth(all, length - before.length, span) : span) };
      this.replace(span.start, span.end, change.text);
    }
    this.version = version;
    this.replaced = all;
  }

  /** What the last message about the document has replaced in its text. It is forgotten when it has been asked for, and with it the text before. */
  takeReplaced(): Replaced | undefined {
    const { replaced } = this;
    this.replaced = undefined;
    return replaced;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  getText(range?: Range): string {
    const { written } = this;
    return range ? written.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : written.toString();
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    const start = this.starts[line] as number;
    return { line, character: Math.max(0, Math.min(offset, this.endOf(line)) - start) };
  }

  offsetAt({ line, character }: Position): number {
    const start = this.starts[line];
    if (start === undefined) return line < 0 ? 0 : this.written.length;
    return character > 0 ? Math.min(start + character, this.endOf(line)) : start;
  }

  getLineRange(line: number): Range {
    const at = Math.max(0, Math.min(line, this.lineCount - 1));
    const length = line < 0 ? 0 : this.endOf(at) - (this.starts[at] as number);
    return { start: { line: at, character: 0 }, end: { line: at, character: length } };
  }

  getEOLCharacters(line: number): string {
    return this.starts[line] === undefined ? '' : this.written.slice(this.endOf(line), this.startBehind(line));
  }

  private lineAt(offset: number): number {
    return Math.max(0, firstWhere(this.starts, (start) => start > offset) - 1);
  }

  /** Where a line ends, without what ends it. */
  private endOf(line: number): number {
    const start = this.starts[line] as number;
    return start + this.written.slice(start, this.startBehind(line)).replace(/[\r\n]+$/, '').length;
  }

  private startBehind(line: number): number {
    return this.starts[line + 1] ?? this.written.length;
  }

  private replace(start: number, end: number, text: string): void {
    const { starts } = this;
    // From the line in which the change begins to the one in which it ends: `\r` and `\n` can come together, or apart.
    const [first, last] = [this.lineAt(start - 1), this.lineAt(end)];
    const by = text.length - (end - start);
    this.written = edited(this.written, { start, end }, text);
    const from = starts[first] as number;
    const behind = starts[last + 1];
    const come = startsIn(this.written.slice(from, behind === undefined ? undefined : behind + by), from);
    const stop = behind === undefined ? last + 1 : last + 2;
    if (come.length === stop - first - 1) for (const [index, each] of come.entries()) starts[first + 1 + index] = each;
    else this.starts = starts.slice(0, first + 1).concat(come, starts.slice(stop));
    for (let line = first + 1 + come.length; line < this.starts.length; line++)
      this.starts[line] = (this.starts[line] as number) + by;
  }
}

/**
 * Where the lines behind the first one begin.
 *
 * @param from where the text itself begins
 */
function startsIn(text: string, from = 0): number[] {
  return Array.from(text.matchAll(/\r\n|[\r\n]/g), (end) => from + end.index + end[0].length);
}
