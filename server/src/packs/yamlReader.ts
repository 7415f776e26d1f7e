import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { nearest, orMeant } from '../base/names.ts';
import { listed, type Text } from '../base/text.ts';
import type { Severity } from './pack.ts';

/** A place in a YAML file, lines and characters from 0, characters in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** What is wrong in a rule pack or configuration file, and where. */
export interface YamlProblem extends Place {
  readonly path: string;
  readonly end: Place;
  readonly severity: Severity;
  readonly message: Text;
}

export type YamlNode = Node;

/** The entries of a mapping by key. */
export type Entries<Key extends string> = { readonly [key in Key]?: YamlNode } & { readonly self: YamlNode };

/** Reads one YAML file against expectations; whatever does not meet them becomes a problem at its place. */
export class YamlReader {
  readonly root: YamlNode | undefined;
  readonly path: string;
  private readonly problems: YamlProblem[];
  private readonly counter = new LineCounter();
  private readonly length: number;

  constructor(path: string, text: string, problems: YamlProblem[]) {
    this.path = path;
    this.problems = problems;
    this.length = text.length;
    const lost = text.indexOf('\ufffd');
    if (lost >= 0) {
      const [zh, en] = ['文件不是 UTF-8 编码，请以 UTF-8 保存。', 'The file is not UTF-8; save it as UTF-8.'];
      this.at(lost, lost + 1, { zh, en });
      this.root = undefined;
      return;
    }
    let root: YamlNode | undefined;
    try {
      const document = parseDocument(text, { lineCounter: this.counter, prettyErrors: false, logLevel: 'silent' });
      for (const error of document.errors) this.at(error.pos[0], error.pos[1], yamlMessage(error.code, error.message));
      root = document.contents ?? undefined;
    } catch (error) {
      // The composer recurses; thousands of open brackets exhaust its stack.
      this.at(0, 1, yamlMessage('TOO_DEEP', String(error)));
    }
    this.root = root;
  }

  fail(node: YamlNode, zh: string, en: string, severity: Severity = 'error'): void {
    const [from, to] = node.range ?? [0, 1];
    this.at(from, to, { zh, en }, severity);
  }

  /** A problem inside a scalar; offsets count from the first character of its text. */
  failInside(node: YamlNode, start: number, end: number, message: Text): void {
    const [from, to] = node.range ?? [0, 1];
    const quoted = isScalar(node) && node.type !== 'PLAIN' ? 1 : 0;
    this.at(Math.min(from + quoted + start, to), Math.min(from + quoted + Math.max(end, start + 1), to), message);
  }

  private at(from: number, to: number, message: Text, severity: Severity = 'error'): void {
    const [start, end] = [this.place(from), this.place(Math.max(to, from))];
    this.problems.push({ path: this.path, ...start, end, severity, message });
  }

  private place(offset: number): Place {
    const { line, col } = this.counter.linePos(Math.min(offset, this.length));
    return line === 0 ? { line: 0, character: 0 } : { line: line - 1, character: col - 1 };
  }

  /** The entries of a mapping; keys that are not expected and expected ones that are missing become problems. */
  entries<Key extends string>(
    node: YamlNode,
    keys: readonly Key[],
    required: readonly Key[] = [],
  ): Entries<Key> | undefined {
    if (!isMap(node)) {
      this.fail(node, '这里应当是“键: 值”。', 'A mapping of keys to values is expected here.');
      return undefined;
    }
    const entries: { [key: string]: YamlNode } = { self: node };
    for (const { name, keyNode, value } of this.pairs(node)) {
      if (!keys.includes(name as Key)) {
        const near = nearest(name, keys);
        const hint = {
          zh: near ? orMeant(near).zh : `；可用的键有：${listed(keys).zh}。`,
          en: near ? orMeant(near).en : `; expected one of: ${listed(keys).en}.`,
        };
        this.fail(keyNode, `没有“${name}”这个键${hint.zh}`, `Unknown key “${name}”${hint.en}`);
      } else if (value) entries[name] = value;
    }
    const missing = required.filter((key) => !(key in entries));
    if (missing.length > 0) {
      this.fail(node, `缺少：${listed(missing).zh}。`, `Missing: ${listed(missing).en}.`);
      return undefined;
    }
    return entries as Entries<Key>;
  }

  /** The pairs of a mapping, whatever their keys. */
  *pairs(node: YamlNode): Generator<{ name: string; keyNode: YamlNode; value: YamlNode | undefined }> {
    if (!isMap(node)) {
      this.fail(node, '这里应当是“键: 值”。', 'A mapping of keys to values is expected here.');
      return;
    }
    for (const pair of (node as YAMLMap).items) {
      const keyNode = pair.key as YamlNode | null;
      if (!isScalar(keyNode)) continue;
      const value = pair.value as YamlNode | null;
      if (isAlias(value)) this.fail(value, '这里不支持 YAML 别名。', 'YAML aliases are not supported here.');
      const name = keyNode.source ?? String(keyNode.value);
      yield {
        name: keyNode.type === 'PLAIN' ? name.trim() : String(keyNode.value),
        keyNode,
        value: isAlias(value) ? undefined : (value ?? undefined),
      };
    }
  }

  string(node: YamlNode | undefined): string | undefined {
    if (!node) return undefined;
    if (!isScalar(node) || node.value === null || node.value === '') {
      this.fail(node, '这里应当是文字。', 'A text is expected here.');
      return undefined;
    }
    return node.type === 'PLAIN' && node.source !== undefined ? node.source.trim() : String(node.value);
  }

  /** A text, or several in a list. */
  strings(node: YamlNode | undefined): readonly string[] {
    return this.items(node).flatMap((item) => this.string(item) ?? []);
  }

  /** The items of a list; a single value counts as a list of one. */
  items(node: YamlNode | undefined): readonly YamlNode[] {
    if (!node) return [];
    return isSeq(node) ? (node.items as YamlNode[]) : [node];
  }

  text(node: YamlNode | undefined): Text | undefined {
    const entries = node && this.entries(node, ['zh', 'en'], ['zh', 'en']);
    const zh = entries && this.string(entries.zh);
    const en = entries && this.string(entries.en);
    return zh !== undefined && en !== undefined ? { zh, en } : undefined;
  }

  oneOf<Value extends string>(node: YamlNode | undefined, values: readonly Value[]): Value | undefined {
    const given = this.string(node);
    if (node === undefined || given === undefined) return undefined;
    if ((values as readonly string[]).includes(given)) return given as Value;
    const near = nearest(given, values);
    this.fail(
      node,
      `“${given}”不是可用的值${orMeant(near).zh}可用的值有：${listed(values).zh}。`,
      `“${given}” is not a known value${orMeant(near).en} Expected one of: ${listed(values).en}.`,
    );
    return undefined;
  }

  someOf<Value extends string>(node: YamlNode | undefined, values: readonly Value[]): readonly Value[] {
    return this.items(node).flatMap((item) => this.oneOf(item, values) ?? []);
  }

  /** A day such as `2026-06-01`. */
  date(node: YamlNode | undefined): string | undefined {
    const given = this.string(node);
    if (node === undefined || given === undefined || isDate(given)) return given;
    this.fail(node, `“${given}”不是日期，请写成 2026-06-01。`, `“${given}” is not a date; write 2026-06-01.`);
    return undefined;
  }
}

/** Whether a text is a day that exists, such as `2026-06-01`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The `yaml` package speaks English only; the code says enough for Chinese readers. */
export function yamlMessage(code: string, detail: string): Text {
  const zh: { readonly [code: string]: string } = {
    BAD_INDENT: '这一行前面的空格和上面各行不一样，请对齐',
    TAB_AS_INDENT: '不能用制表符缩进',
    DUPLICATE_KEY: '同一个键写了两次',
    MISSING_CHAR: '缺少引号、括号或空格',
    MULTILINE_IMPLICIT_KEY: '键写成了多行，或者引号、括号没有合上',
    BLOCK_AS_IMPLICIT_KEY: '一行里有两个“键: 值”；含冒号的文字请加引号',
    UNEXPECTED_TOKEN: '这里有多余的内容',
    BAD_SCALAR_START: '文字不能以这个符号开头，请加引号',
    BAD_DQ_ESCAPE: '双引号里的转义写法无效',
    TOO_DEEP: '嵌套过深',
  };
  return {
    zh: `YAML 写法有误：${zh[code] ?? '无法理解这里的写法'}。`,
    en: `Malformed YAML: ${detail.split('\n')[0] ?? code}`,
  };
}
