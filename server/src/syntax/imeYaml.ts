import { isBlank } from '../base/span.ts';

/** YAML as the `yaml` package reads it, and where each of its characters stands in what the author typed. */
export interface MappedText {
  readonly text: string;
  /** The source offset of an offset of `text`; one past the end is allowed. */
  sourceOffset(offset: number): number;
}

/**
 * Turns the full-width punctuation of an IME user into YAML, where YAML would see structure and nowhere else:
 * `话术：标题` is `话术: 标题`, `｛类型：金额｝` is `{类型: 金额}`; a value such as `说明：口径：含分期，不含费用` keeps its characters.
 * Quoted text and block scalars are copied as they are.
 *
 * @param base the offset of `source` in the file, added to every offset of the map
 */
export function imeYaml(source: string, base: number): MappedText {
  const writer = new Writer(source, base);
  while (!writer.done) writer.line();
  return writer.result();
}

const openings: { readonly [char: string]: '{' | '[' } = { '{': '{', '｛': '{', '[': '[', '［': '[', '【': '[' };
const closings: { readonly [char: string]: '}' | ']' } = { '}': '}', '｝': '}', ']': ']', '］': ']', '】': ']' };

class Writer {
  private readonly out: string[] = [];
  private readonly map: number[] = [];
  /** The open flow collections, innermost last. */
  private readonly flow: ('{' | '[')[] = [];
  /** How far the key is indented whose text the lines above hold. */
  private textIndent: number | undefined;
  private at = 0;
  private readonly source: string;
  private readonly base: number;

  constructor(source: string, base: number) {
    this.source = source;
    this.base = base;
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  result(): MappedText {
    const { map } = this;
    const end = this.base + this.source.length;
    return { text: this.out.join(''), sourceOffset: (offset) => map[offset] ?? end };
  }

  /** One line; in a flow collection the next lines go on with it. */
  line(): void {
    const indent = this.indentation();
    if (this.flow.length > 0) {
      this.flowEntries();
      return;
    }
    while (/[-－]/.test(this.char()) && isBlank(this.source.charCodeAt(this.at + 1))) {
      this.replace('-');
      this.blanks();
    }
    // A line that is indented more than the key above it goes on with that key's text, colons and all.
    if (this.textIndent !== undefined && indent > this.textIndent) {
      this.copyLine();
      return;
    }
    this.textIndent = undefined;
    if (this.key()) {
      this.blanks();
      if (!/[\n\r#＃|>]/.test(this.char() || '\n') && !openings[this.char()]) this.textIndent = indent;
    }
    this.value(indent);
  }

  /** A value of block style, up to the end of the line, or a flow collection, however long. */
  private value(indent: number): void {
    if (openings[this.char()]) {
      this.flowEntries();
      return;
    }
    if (/[|>]/.test(this.char())) {
      this.copyLine();
      this.copyDeeper(indent);
      return;
    }
    if (!this.quoted()) this.plain(() => false);
    this.restOfLine();
  }

  /** Copies the key of a mapping and writes its colon; when there is none, moves nothing. */
  private key(): boolean {
    const colon = this.findColon();
    if (colon < 0) return false;
    while (this.at < colon) this.copy();
    this.replace(':');
    if (!isBlank(this.source.charCodeAt(this.at))) this.insert(' ');
    return true;
  }

  /** The first colon of either width before the end of the key, or -1. */
  private findColon(): number {
    const quote = this.char();
    let i = this.at;
    if (quote === '"' || quote === "'") {
      i = this.source.indexOf(quote, i + 1) + 1;
      if (i === 0) return -1;
    }
    for (; i < this.source.length; i++) {
      const char = this.source.charAt(i);
      if (char === '：' || char === ':') return i;
      if (char === '\n' || char === '\r' || openings[char] || closings[char] || /[#＃]/.test(char)) return -1;
      if (this.flow.length > 0 && /[,，]/.test(char)) return -1;
    }
    return -1;
  }

  private flowEntries(): void {
    while (!this.done) {
      this.blanks();
      const char = this.char();
      const opening = openings[char];
      const closing = closings[char];
      if (char === '\n' || char === '\r') {
        this.copyLine();
        return;
      }
      if (opening) {
        this.flow.push(opening);
        this.replace(opening);
      } else if (closing) {
        this.flow.pop();
        this.replace(closing);
        if (this.flow.length === 0) {
          this.restOfLine();
          return;
        }
      } else if (/[,，]/.test(char)) this.replace(',');
      else if (this.comment()) continue;
      else {
        if (this.flow.at(-1) === '{' && this.key()) this.blanks();
        if (!/[\n\r#＃,，]/.test(this.char()) && !openings[this.char()] && !closings[this.char()]) this.flowScalar();
      }
    }
  }

  private flowScalar(): void {
    if (this.quoted()) return;
    this.plain((next) => /[,，]/.test(next) || openings[next] !== undefined || closings[next] !== undefined);
  }

  /** A scalar without quotes, up to a comment, the end of the line, or what `stops` it. */
  private plain(stops: (char: string) => boolean): void {
    const start = this.at;
    while (!this.done) {
      const char = this.char();
      if (char === '\n' || char === '\r' || (this.at > start && stops(char))) return;
      if (/[#＃]/.test(char) && isBlank(this.source.charCodeAt(this.at - 1))) return;
      this.copy();
    }
  }

  private quoted(): boolean {
    const quote = this.char();
    if (quote !== '"' && quote !== "'") return false;
    this.copy();
    while (!this.done) {
      const char = this.char();
      if (char === '\\' && quote === '"') this.copy();
      this.copy();
      if (char === quote) break;
    }
    return true;
  }

  private comment(): boolean {
    if (!/[#＃]/.test(this.char())) return false;
    if (!/[ \t\n\r]/.test(this.out.at(-1) ?? '\n')) this.insert(' ');
    this.replace('#');
    while (!this.done && !/[\n\r]/.test(this.char())) this.copy();
    return true;
  }

  private restOfLine(): void {
    this.blanks();
    this.comment();
    this.copyLine();
  }

  /** Copies to the end of the line and over it. */
  private copyLine(): void {
    while (!this.done && !/[\n\r]/.test(this.char())) this.copy();
    if (this.char() === '\r') this.copy();
    if (this.char() === '\n') this.copy();
  }

  /** Copies the lines of a block scalar: those that are blank or indented more than its key. */
  private copyDeeper(indent: number): void {
    while (!this.done) {
      const rest = /^[^\S\n\r]*/.exec(this.source.slice(this.at, this.at + 1000))?.[0] ?? '';
      const next = this.source.charAt(this.at + rest.length);
      if (rest.length <= indent && next !== '\n' && next !== '\r') return;
      this.copyLine();
    }
  }

  private indentation(): number {
    const start = this.at;
    this.blanks();
    return this.at - start;
  }

  /** Ideographic and other blanks become spaces, an ideographic one two of them, as wide as it looks. */
  private blanks(): void {
    while (!this.done && isBlank(this.source.charCodeAt(this.at)) && !/[\n\r]/.test(this.char())) {
      if (this.char() === '\u3000') this.insert(' ');
      this.replace(this.char() === '\t' ? '\t' : ' ');
    }
  }

  private char(): string {
    return this.source.charAt(this.at);
  }

  private copy(): void {
    if (!this.done) this.replace(this.char());
  }

  private replace(written: string): void {
    this.insert(written);
    this.at++;
  }

  private insert(written: string): void {
    this.out.push(written);
    this.map.push(this.base + this.at);
  }
}
