import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import { splitLines } from '../base/lines.ts';
import type { Span } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import { yamlDocument } from '../syntax/yamlDocument.ts';

/** A place in a YAML file, lines and characters from 0, characters in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export type YamlNode = Node;

/** A pair of a mapping; the value is missing where nothing, or an alias, stands behind the colon. */
export interface YamlPair {
  readonly name: string;
  readonly keyNode: YamlNode;
  readonly value: YamlNode | undefined;
  readonly alias: YamlNode | undefined;
}

/** The text of a YAML file and its tree. Immutable; equal texts have equal trees. */
export interface YamlText {
  readonly source: string;
  readonly root: YamlNode | undefined;
  readonly errors: readonly (Span & { readonly message: Text })[];
  place(offset: number): Place;
  offset(place: Place): number;
}

interface Tree {
  readonly root: YamlNode | undefined;
  readonly errors: readonly (Span & { readonly message: Text })[];
}

/** The tree is made when somebody asks for it: most YAML files that are open in an editor are none of ours. */
export function parseYaml(source: string): YamlText {
  let made: Tree | undefined;
  const tree = (): Tree => {
    made ??= treeOf(source);
    return made;
  };
  const lines = splitLines(source).map(({ text }) => text);
  return {
    source,
    get root() {
      return tree().root;
    },
    get errors() {
      return tree().errors;
    },
    place(offset) {
      const line = Math.max(0, upperBound(lines, offset) - 1);
      const { start, end } = lines[line] ?? { start: 0, end: 0 };
      return { line, character: Math.min(offset, end) - start };
    },
    offset({ line, character }) {
      const { start, end } = lines[line] ?? { start: source.length, end: source.length };
      return Math.min(start + character, end);
    },
  };
}

function treeOf(source: string): Tree {
  const lost = source.indexOf('\ufffd');
  if (lost >= 0) {
    const [zh, en] = ['文件不是 UTF-8 编码，请以 UTF-8 保存。', 'The file is not UTF-8; save it as UTF-8.'];
    return { root: undefined, errors: [{ start: lost, end: lost + 1, message: { zh, en } }] };
  }
  const document = yamlDocument(source, { uniqueKeys: false });
  if (!document)
    return { root: undefined, errors: [{ start: 0, end: 1, message: yamlMessage('TOO_DEEP', 'Nested too deeply.') }] };
  const root = document.contents ?? undefined;
  return {
    root,
    errors: [
      ...document.errors.map(({ pos: [start, end], code, message }) => ({
        start,
        end,
        message: yamlMessage(code, message),
      })),
      ...repeatedKeys(root),
    ],
  };
}

/** Keys that stand twice in a mapping. The package compares each key with all others, which takes minutes for very many. */
function repeatedKeys(root: YamlNode | undefined): Tree['errors'] {
  const found: Tree['errors'][number][] = [];
  const waiting = root ? [root] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const names = new Set<string>();
    for (const { name, keyNode, value } of pairsOf(node) ?? []) {
      if (names.has(name))
        found.push({ ...spanOf(keyNode), message: yamlMessage('DUPLICATE_KEY', 'Map keys must be unique.') });
      names.add(name);
      if (value) waiting.push(value);
    }
    waiting.push(...(itemsOf(node) ?? []));
  }
  return found.sort((a, b) => a.start - b.start);
}

/** How many lines start at or before an offset. */
function upperBound(lines: readonly Span[], offset: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From the first to the last character of a node, without the blanks behind it. */
export function spanOf(node: YamlNode): Span {
  const [start, end] = node.range ?? [0, 1];
  return { start, end };
}

/** The pairs of a mapping, or nothing when the node is none. */
export function pairsOf(node: YamlNode | undefined): readonly YamlPair[] | undefined {
  if (!isMap(node)) return undefined;
  return (node.items as Pair[]).flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const alias = isAlias(value) ? value : undefined;
    return [{ name: written(key), keyNode: key, alias, value: alias ? undefined : ((value as YamlNode) ?? undefined) }];
  });
}

/** The items of a sequence, or nothing when the node is none. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] | undefined {
  return isSeq(node) ? (node.items as YamlNode[]) : undefined;
}

/** What stands at a key of a mapping. */
export function entryOf(node: YamlNode | undefined, name: string): YamlNode | undefined {
  return pairsOf(node)?.find((pair) => pair.name === name)?.value;
}

/** The text of a scalar that has one. What is not in quotes is taken as it was written: `68`, `true`, `2026-06-01`. */
export function scalarText(node: YamlNode | undefined): string | undefined {
  return isScalar(node) && node.value !== null ? written(node) : undefined;
}

/** Whether a node is written in brackets: `[a, b]` or `{ a: b }`. */
export function isFlow(node: YamlNode): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

/** Where the text of a scalar begins and ends, inside its quotes. */
export function innerSpan(node: YamlNode): Span {
  const { start, end } = spanOf(node);
  const quoted = isScalar(node) && (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE');
  return quoted ? { start: start + 1, end: Math.max(start + 1, end - 1) } : { start, end };
}

function written(node: Scalar): string {
  return node.type === 'PLAIN' && node.source !== undefined ? node.source.trim() : String(node.value);
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
  // What every key looks like until its colon is typed.
  if (detail.startsWith('Implicit map keys need'))
    return { zh: '键后面缺少冒号和值。', en: 'A colon and a value are missing behind this key.' };
  return {
    zh: `YAML 写法有误：${zh[code] ?? '无法理解这里的写法'}。`,
    en: `Malformed YAML: ${detail.split('\n')[0] ?? code}`,
  };
}
