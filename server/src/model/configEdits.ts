import { applyEdits, type Edit, insertion } from '../base/edit.ts';
import {
  entryOf,
  innerSpan,
  isFlow,
  itemsOf,
  pairsOf,
  parseYaml,
  scalarText,
  spanOf,
  type YamlNode,
  type YamlPair,
  type YamlText,
} from '../packs/yamlText.ts';
import { effectiveConfig, folderOf, isAbout, type Level, pathBelow, readConfig } from './config.ts';

/** A `huashu.yaml` as it is now. */
export interface ConfigText {
  readonly uri: string;
  readonly text: string;
}

/**
 * Gives a rule a level for a script, in a `huashu.yaml` that stays as it was written otherwise: its comments, its order and its
 * layout. Nothing where the file cannot be understood, or would not say so afterwards.
 */
export function levelEdits(file: ConfigText, rule: string, level: Level, script: string): readonly Edit[] | undefined {
  const yaml = parseYaml(file.text);
  if (yaml.errors.length > 0) return undefined;
  const edits = editsFor(yaml, rule, level, pathBelow(script, folderOf(file.uri)));
  if (!edits) return undefined;
  const after = readConfig(file.uri, applyEdits(file.text, edits));
  const before = readConfig(file.uri, file.text, yaml);
  const config = { ...after.config, root: true };
  const says = effectiveConfig(script, [{ config, folder: folderOf(file.uri) }]).rules.get(rule) === level;
  return says && after.problems.length <= before.problems.length ? edits : undefined;
}

/** What a new `huashu.yaml` says that gives a rule a level. */
export function newConfig(rule: string, level: Level): string {
  return `rules:\n  ${rule}: ${level}\n`;
}

function editsFor(yaml: YamlText, rule: string, level: Level, path: string): readonly Edit[] | undefined {
  const { root, source } = yaml;
  const entry = `${rule}: ${level}`;
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  if (!root || (scalarText(root) === undefined && !pairsOf(root) && !itemsOf(root)))
    return [insertion(source.length, `${lineBreakAt(source, source.length, eol)}rules:${eol}  ${entry}${eol}`)];
  const pairs = pairsOf(root);
  if (!pairs) return undefined;
  const rules = pairs.find(({ name }) => name === 'rules');
  // What an override says of the script counts more than what is said for all.
  const said = overridesFor(root, path).flatMap((each) => pairOf(entryOf(each, 'rules'), rule) ?? []);
  const pair = said.at(-1) ?? pairOf(rules?.value, rule);
  if (pair) return replaceValue(pair, level, yaml);
  if (rules?.alias) return undefined;
  if (rules?.value && scalarText(rules.value) === undefined && pairsOf(rules.value))
    return addPair(rules.value, entry, eol, yaml);
  if (rules) {
    if (rules.value && scalarText(rules.value) !== undefined) return undefined;
    if (isFlow(root)) return undefined;
    const key = spanOf(rules.keyNode);
    return [insertion(lineEnd(source, key.end), `${eol}${indentOf(source, key.start)}  ${entry}`)];
  }
  if (isFlow(root)) return addPair(root, `rules: { ${entry} }`, eol, yaml);
  const [first] = pairs;
  const indent = first ? indentOf(source, spanOf(first.keyNode).start) : '';
  const text = `${indent}rules:${eol}${indent}  ${entry}${eol}`;
  return [insertion(source.length, lineBreakAt(source, source.length, eol) + text)];
}

function overridesFor(root: YamlNode, path: string): readonly YamlNode[] {
  return (itemsOf(entryOf(root, 'overrides')) ?? []).filter((item) => {
    const globs = (itemsOf(entryOf(item, 'files')) ?? []).flatMap((glob) => scalarText(glob) ?? []);
    return isAbout(globs, path);
  });
}

function pairOf(node: YamlNode | undefined, name: string): YamlPair | undefined {
  return pairsOf(node)?.find((pair) => pair.name === name);
}

/** The new level in the place of the old one, and inside its quotes where it has any. */
function replaceValue({ value, alias, keyNode }: YamlPair, level: Level, { source }: YamlText): readonly Edit[] {
  const old = alias ?? (value && scalarText(value) !== undefined ? value : undefined);
  if (old) return [{ ...(alias ? spanOf(alias) : innerSpan(old)), newText: level }];
  // `rule:` with nothing behind it.
  const { end } = spanOf(keyNode);
  const colon = source.indexOf(':', end);
  return [insertion(colon + 1, ` ${level}`)];
}

/** A further pair behind the last one, written as the others are. */
function addPair(node: YamlNode, entry: string, eol: string, { source }: YamlText): readonly Edit[] {
  const pairs = pairsOf(node) ?? [];
  const last = pairs.at(-1);
  const { start } = spanOf(node);
  if (!last) return [insertion(start + 1, ` ${entry} `)];
  const { end } = spanOf(last.value ?? last.alias ?? last.keyNode);
  if (isFlow(node)) {
    // What stands on lines of its own goes on so.
    const key = spanOf(last.keyNode).start;
    const own = /^[^\S\r\n]*$/.test(source.slice(lineStart(source, key), key)) && key > start + 1;
    return [insertion(end, own && pairs.length > 1 ? `,${eol}${indentOf(source, key)}${entry}` : `, ${entry}`)];
  }
  return [insertion(lineEnd(source, end), `${eol}${indentOf(source, spanOf(last.keyNode).start)}${entry}`)];
}

function lineStart(source: string, offset: number): number {
  let at = offset;
  while (at > 0 && !/[\r\n]/.test(source.charAt(at - 1))) at--;
  return at;
}

function lineEnd(source: string, offset: number): number {
  const found = source.slice(offset).search(/[\r\n]/);
  return found < 0 ? source.length : offset + found;
}

/** The column at which something stands, as blanks: behind the `-` of a list the next line begins below it. */
function indentOf(source: string, offset: number): string {
  return source
    .slice(lineStart(source, offset), offset)
    .replace(/[^\s]/g, ' ')
    .replace(/\ufeff/g, '');
}

function lineBreakAt(source: string, offset: number, eol: string): string {
  return lineStart(source, offset) === offset || source === '\ufeff' ? '' : eol;
}
