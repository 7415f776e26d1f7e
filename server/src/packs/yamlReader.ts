import { nearest, orMeant } from '../base/names.ts';
import { listed, type Text } from '../base/text.ts';
import type { Severity } from './pack.ts';
import { bilingual, type Form, keysOf, requiredKeysOf } from './shape.ts';
import {
  innerSpan,
  itemsOf,
  type Place,
  pairsOf,
  scalarText,
  spanOf,
  type YamlNode,
  type YamlPair,
  type YamlText,
} from './yamlText.ts';

/** A range in one of several files. */
export interface YamlRange extends Place {
  readonly path: string;
  readonly end: Place;
}

/** What is wrong in a rule pack or configuration file, and where. */
export interface YamlProblem extends YamlRange {
  readonly severity: Severity;
  readonly message: Text;
}

/** The entries of a mapping by key. */
export type Entries<Key extends string> = { readonly [key in Key]?: YamlNode } & { readonly self: YamlNode };

/** Reads one YAML file against expectations; whatever does not meet them becomes a problem at its place. */
export class YamlReader {
  readonly path: string;
  private readonly yaml: YamlText;
  private readonly problems: YamlProblem[];

  constructor(path: string, yaml: YamlText, problems: YamlProblem[]) {
    this.path = path;
    this.yaml = yaml;
    this.problems = problems;
    for (const { start, end, message } of yaml.errors) this.at(start, end, message);
  }

  get root(): YamlNode | undefined {
    return this.yaml.root;
  }

  fail(node: YamlNode, zh: string, en: string, severity: Severity = 'error'): void {
    this.problems.push({ ...this.range(node), severity, message: { zh, en } });
  }

  /** A problem inside a scalar; offsets count from the first character of its text. */
  failInside(node: YamlNode, start: number, end: number, message: Text): void {
    const last = spanOf(node).end;
    const from = innerSpan(node).start;
    this.at(Math.min(from + start, last), Math.min(from + Math.max(end, start + 1), last), message);
  }

  /** Where a node stands: of a mapping or list no more than its first line, since it can be as long as the file. */
  range(node: YamlNode): YamlRange {
    const { start, end } = spanOf(node);
    const scalar = pairsOf(node) === undefined && itemsOf(node) === undefined;
    const line = this.yaml.offset({ line: this.yaml.place(start).line, character: Number.POSITIVE_INFINITY });
    return this.rangeOf(start, scalar ? end : Math.min(end, line));
  }

  private at(start: number, end: number, message: Text): void {
    this.problems.push({ ...this.rangeOf(start, end), severity: 'error', message });
  }

  private rangeOf(start: number, end: number): YamlRange {
    return { path: this.path, ...this.yaml.place(start), end: this.yaml.place(Math.max(start, end)) };
  }

  /** The entries of a mapping; keys that are not expected and expected ones that are missing become problems. */
  entries<Key extends string>(node: YamlNode, form: Form<Key>): Entries<Key> | undefined {
    if (!pairsOf(node)) {
      this.fail(node, '这里应当是“键: 值”。', 'A mapping of keys to values is expected here.');
      return undefined;
    }
    const keys = keysOf(form);
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
    const missing = requiredKeysOf(form).filter((key) => !(key in entries));
    if (missing.length > 0) {
      this.fail(node, `缺少：${listed(missing).zh}。`, `Missing: ${listed(missing).en}.`);
      return undefined;
    }
    return entries as Entries<Key>;
  }

  /** The pairs of a mapping, whatever their keys. */
  *pairs(node: YamlNode): Generator<YamlPair> {
    const pairs = pairsOf(node);
    if (!pairs) this.fail(node, '这里应当是“键: 值”。', 'A mapping of keys to values is expected here.');
    for (const pair of pairs ?? []) {
      if (pair.alias) this.fail(pair.alias, '这里不支持 YAML 别名。', 'YAML aliases are not supported here.');
      yield pair;
    }
  }

  string(node: YamlNode | undefined): string | undefined {
    if (!node) return undefined;
    const written = scalarText(node);
    if (written) return written;
    this.fail(node, '这里应当是文字。', 'A text is expected here.');
    return undefined;
  }

  /** A text, or several in a list. */
  strings(node: YamlNode | undefined): readonly string[] {
    return this.items(node).flatMap((item) => this.string(item) ?? []);
  }

  /** The items of a list; a single value counts as a list of one. */
  items(node: YamlNode | undefined): readonly YamlNode[] {
    if (!node) return [];
    return itemsOf(node) ?? [node];
  }

  text(node: YamlNode | undefined): Text | undefined {
    const entries = node && this.entries(node, bilingual);
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
