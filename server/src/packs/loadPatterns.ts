import { capturesOf, type Lexicons, lexiconsOf, numberSlot, type Pattern, parsePattern } from '../matcher/pattern.ts';
import { isTooLarge } from '../matcher/program.ts';
import type { YamlReader } from './yamlReader.ts';
import type { YamlNode } from './yamlText.ts';

/** A node of a pack and the reader that knows its file. */
export interface Located {
  readonly node: YamlNode;
  readonly reader: YamlReader;
}

/** A pattern as it was written and as it was understood. */
export interface ReadPattern {
  readonly source: string;
  readonly pattern: Pattern;
}

/** Reads the patterns of a pack against its lexicons; what is not well made is reported and left out. */
export interface PatternReader {
  /** The lexicons with their good patterns. */
  readonly lexicons: { readonly [name: string]: readonly string[] };
  pattern(item: YamlNode, reader: YamlReader): ReadPattern | undefined;
  patterns(node: YamlNode | undefined, reader: YamlReader): readonly ReadPattern[];
  /** The same, as they were written. */
  sources(node: YamlNode | undefined, reader: YamlReader): readonly string[];
  /** Every name that a pattern remembers, also by way of its lexicons. */
  captures(pattern: Pattern): readonly string[];
}

/** Lexicons may name each other in any order, but not in a circle. */
export function patternReaderOf(nodes: ReadonlyMap<string, Located>): PatternReader {
  const written = new Map<string, readonly (ReadPattern & { readonly item: YamlNode })[]>();
  for (const [name, { node, reader }] of nodes) {
    if (name === numberSlot || /[{}()|:~*]/.test(name)) {
      reader.fail(node, `“${name}”不能用作词表的名称。`, `“${name}” cannot be the name of a lexicon.`);
      continue;
    }
    written.set(
      name,
      reader.items(node).flatMap((item) => syntaxOf(item, reader) ?? []),
    );
  }
  const known: Map<string, readonly Pattern[]> = new Map();
  const lexicons: { [name: string]: readonly string[] } = {};
  const depths = depthsOf(
    new Map([...written].map(([name, entries]) => [name, entries.flatMap(({ pattern }) => [...lexiconsOf(pattern)])])),
  );
  for (const [name, entries] of written) {
    const { reader, node } = nodes.get(name) as Located;
    const depth = depths.get(name);
    if (depth === undefined)
      reader.fail(node, `词表“${name}”绕了一圈又用到了自己。`, `The lexicon “${name}” uses itself in a circle.`);
    else if (depth > deepest)
      reader.fail(node, `词表“${name}”层层引用过深。`, `The lexicon “${name}” goes too deep through others.`);
    const sound = depth !== undefined && depth <= deepest ? entries : [];
    const good = sound.filter(({ pattern, item }) => namesAreKnown(pattern, item, reader));
    known.set(
      name,
      good.map(({ pattern }) => pattern),
    );
    lexicons[name] = good.map(({ source }) => source);
  }
  const compiled: Lexicons = known;

  function namesAreKnown(pattern: Pattern, item: YamlNode, reader: YamlReader): boolean {
    for (const name of lexiconsOf(pattern)) {
      if (written.has(name)) continue;
      reader.fail(item, `没有名为“${name}”的词表。`, `There is no lexicon named “${name}”.`);
      return false;
    }
    return true;
  }

  function pattern(item: YamlNode, reader: YamlReader): ReadPattern | undefined {
    const read = syntaxOf(item, reader);
    if (!read || !namesAreKnown(read.pattern, item, reader)) return undefined;
    if (!isTooLarge(read.pattern, compiled)) return read;
    reader.fail(item, '这条表达式展开后太大，请拆成几条。', 'This pattern grows too large; split it.');
    return undefined;
  }

  const patterns: PatternReader['patterns'] = (node, reader) =>
    reader.items(node).flatMap((item) => pattern(item, reader) ?? []);

  return {
    lexicons,
    pattern,
    patterns,
    sources: (node, reader) => patterns(node, reader).map(({ source }) => source),
    captures: (pattern) => [
      ...capturesOf(pattern),
      ...[...lexiconsOf(pattern)].flatMap((name) => (known.get(name) ?? []).flatMap((each) => [...capturesOf(each)])),
    ],
  };
}

/** Lexicons within lexicons, at most. */
const deepest = 50;

/** How many lexicons deep each one goes; missing for those in a circle, or that use one in a circle. */
function depthsOf(uses: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const users = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [name, used] of uses) {
    const distinct = [...new Set(used)].filter((each) => uses.has(each));
    open.set(name, distinct.length);
    for (const each of distinct) users.set(each, [...(users.get(each) ?? []), name]);
  }
  const depths = new Map<string, number>();
  const ready = [...open].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    depths.set(name, 1 + Math.max(0, ...(uses.get(name) ?? []).map((each) => depths.get(each) ?? 0)));
    for (const user of users.get(name) ?? []) {
      const left = (open.get(user) ?? 0) - 1;
      open.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  return depths;
}

function syntaxOf(item: YamlNode, reader: YamlReader): (ReadPattern & { readonly item: YamlNode }) | undefined {
  const source = reader.string(item);
  if (source === undefined) return undefined;
  const { pattern, problem } = parsePattern(source);
  if (!problem) return { source, pattern, item };
  reader.failInside(item, problem.start, problem.end, problem.message);
  return undefined;
}
