import { builtinVariables, channels, findTerm, stages } from '../syntax/vocabulary.ts';
import type { PatternReader, ReadPattern } from './loadPatterns.ts';
import {
  type Alternative,
  type Context,
  confidences,
  type Edge,
  type Example,
  type Extent,
  extents,
  type Fact,
  type FactSets,
  type Facts,
  factValues,
  type Quoted,
  type RuleFix,
  replacements,
  reports,
  type Source,
  type Step,
  severities,
  speakers,
  suppressibles,
  type WordingRule,
  wordingCategories,
} from './pack.ts';
import { factSetForm } from './schemaParts.ts';
import {
  discreetForm,
  edgeForm,
  exampleForm,
  examplesForm,
  fixForm,
  ruleForm,
  whereForm,
  wordingForm,
} from './wordingSchema.ts';
import type { YamlRange, YamlReader } from './yamlReader.ts';
import { itemsOf, pairsOf, scalarText, type YamlNode } from './yamlText.ts';

export const channelIds = channels.map((term) => term.id);
export const stageIds = stages.map((term) => term.id);
const fewestExamples = 3;

/** What a rule may refer to. */
export interface KnownNames {
  readonly prefix: string;
  readonly sources: readonly Source[];
  readonly contexts: readonly Context[];
  readonly steps: readonly Step[];
  /** Filled with the places of all examples. */
  readonly examples: Map<Quoted, YamlRange>;
}

/** A wording rule, or nothing when it has a mistake that makes it useless. */
export function readRule(
  node: YamlNode,
  reader: YamlReader,
  known: KnownNames,
  patterns: PatternReader,
): WordingRule | undefined {
  const entries = reader.entries(node, ruleForm);
  if (!entries) return undefined;
  const id = readId(entries.id, reader, known.prefix);
  const category = reader.oneOf(entries.category, wordingCategories);
  const severity = reader.oneOf(entries.severity, severities);
  const [title, message, why] = [reader.text(entries.title), reader.text(entries.message), reader.text(entries.why)];
  const match = reader.items(entries.match).flatMap((item) => readWording(item, reader, patterns) ?? []);
  const sources = readNames(entries.sources, reader, known.sources, '来源', 'source');
  for (const [list, node, zh, en] of [
    [match, entries.match, '至少需要一条表达式。', 'At least one pattern is needed.'],
    [sources, entries.sources, '至少需要一个来源。', 'At least one source is needed.'],
  ] as const) {
    if (node && list.length === 0 && reader.items(node).length === 0) reader.fail(node, zh, en);
  }
  if (!id || !category || !severity || !title || !message || !why || match.length === 0) return undefined;
  const captures = new Set(match.flatMap(({ read }) => read.flatMap(({ pattern }) => patterns.captures(pattern))));
  const suppressible = reader.oneOf(entries.suppressible, suppressibles);
  const [from, to] = [reader.date(entries.from), reader.date(entries.to)];
  return {
    id,
    category,
    severity,
    confidence: reader.oneOf(entries.confidence, confidences) ?? 'high',
    suppressible: suppressible === 'approval' ? suppressible : suppressible !== 'false',
    title,
    message,
    why,
    sources,
    ...(from && { from }),
    ...(to && { to }),
    where: readWhere(entries.where, reader, known.steps),
    lifted: readFactSets(entries.lifted, reader),
    match: match.map(({ read, within }) => ({ all: read.map(({ source }) => source), within })),
    needs: patterns.sources(entries.needs, reader),
    when: readNames(entries.when, reader, known.contexts, '语境', 'context'),
    unless: readNames(entries.unless, reader, known.contexts, '语境', 'context'),
    inside: patterns.sources(entries.inside, reader),
    report: reader.oneOf(entries.report, reports) ?? 'match',
    fixes: reader.items(entries.fixes).flatMap((item) => readFix(item, reader, captures) ?? []),
    examples: readExamples(entries.examples, reader, known.examples),
  };
}

/** One pattern, or `{ all: […], within: sentence }`: several that occur near each other in any order. */
export function readWording(
  node: YamlNode,
  reader: YamlReader,
  patterns: PatternReader,
): { readonly read: readonly ReadPattern[]; readonly within: Extent } | undefined {
  if (!pairsOf(node)) {
    const read = patterns.pattern(node, reader);
    return read && { read: [read], within: 'sentence' };
  }
  const entries = reader.entries(node, wordingForm);
  if (!entries) return undefined;
  const read = patterns.patterns(entries.all, reader);
  const within = reader.oneOf(entries.within, extents) ?? 'sentence';
  // With a part missing it would mean something else.
  return read.length > 0 && read.length === reader.items(entries.all).length ? { read, within } : undefined;
}

/** What stands before and after the slash in the id of a rule: a word that is the same wherever it is written. */
export function isIdPart(word: string): boolean {
  return /^[\p{Ll}\p{Lo}\p{Nd}-]+$/u.test(word);
}

export function readId(node: YamlNode | undefined, reader: YamlReader, prefix: string): string | undefined {
  const id = reader.string(node);
  if (!node || id === undefined) return undefined;
  if (id.startsWith(`${prefix}/`) && isIdPart(id.slice(prefix.length + 1))) return id;
  reader.fail(
    node,
    `规则编号应为“${prefix}/…”，只用汉字、小写字母、数字和连字符。`,
    `The id of a rule is “${prefix}/…” in lower-case letters, Chinese characters, digits and hyphens.`,
  );
  return undefined;
}

function readWhere(node: YamlNode | undefined, reader: YamlReader, steps: readonly Step[]): WordingRule['where'] {
  const entries = node && reader.entries(node, whereForm);
  if (!entries) return { speakers, facts: {} };
  const chosen = reader.someOf(entries.speakers, speakers);
  const inStages = reader.someOf(entries.stages, stageIds);
  const inSteps = readNames(entries.steps, reader, steps, '步骤', 'step');
  return {
    speakers: chosen.length > 0 ? chosen : speakers,
    ...readChannels(entries.channels, reader),
    ...(inStages.length > 0 && { stages: inStages }),
    ...(inSteps.length > 0 && { steps: inSteps }),
    facts: readFactSets(entries.facts, reader),
  };
}

function readFix(node: YamlNode, reader: YamlReader, captures: ReadonlySet<string>): RuleFix | undefined {
  const entries = reader.entries(node, fixForm);
  const replace = entries && reader.oneOf(entries.replace, replacements);
  const text = entries && possiblyEmpty(entries.with, reader);
  if (!entries || !replace || text === undefined) return undefined;
  const named = [...text.matchAll(/\{([^{}|]*)(\|[^{}]*)?\}/g)].map((match) => match[1] ?? '');
  for (const name of named) {
    if (name === 'match' || captures.has(name) || findTerm(builtinVariables, name)) continue;
    reader.fail(
      entries.with ?? node,
      `“{${name}}”既不是表达式记住的名称，也不是内置变量。`,
      `“{${name}}” is neither remembered by a pattern nor a built-in variable.`,
    );
    return undefined;
  }
  const safe = reader.oneOf(entries.safe, ['true', 'false'] as const) === 'true';
  return { replace, with: text, safe, ...readSuiting(entries, reader) };
}

/** A sentence, or `{ with: …, channels: […], facts: { … } }`. */
export function readDiscreet(node: YamlNode, reader: YamlReader): Alternative | undefined {
  const entries = pairsOf(node) ? reader.entries(node, discreetForm) : undefined;
  const words = entries ? reader.string(entries.with) : reader.string(node);
  return words === undefined ? undefined : { with: words, ...readSuiting(entries, reader) };
}

/** A pattern, or `{ pattern: …, instead: … }`. */
export function readEdge(node: YamlNode, reader: YamlReader, patterns: PatternReader): Edge | undefined {
  const entries = pairsOf(node) ? reader.entries(node, edgeForm) : undefined;
  const written = pairsOf(node) ? entries?.pattern : node;
  const read = written && patterns.pattern(written, reader);
  const instead = reader.string(entries?.instead);
  return read && { pattern: read.source, ...(instead !== undefined && { instead }) };
}

/** Where other words suit: in which channels, and for whom. */
function readSuiting(
  entries: { readonly [key in 'channels' | 'facts' | 'lifted']?: YamlNode } | undefined,
  reader: YamlReader,
): Omit<Alternative, 'with'> {
  return {
    ...readChannels(entries?.channels, reader),
    facts: readFactSets(entries?.facts, reader),
    lifted: readFactSets(entries?.lifted, reader),
  };
}

function readChannels(node: YamlNode | undefined, reader: YamlReader): Pick<Alternative, 'channels'> {
  const named = reader.someOf(node, channelIds);
  return named.length > 0 ? { channels: named } : {};
}

/** Deleting is replacing by nothing, which is written `with: ''`. */
function possiblyEmpty(node: YamlNode | undefined, reader: YamlReader): string | undefined {
  return scalarText(node) === '' ? '' : reader.string(node);
}

function readExamples(
  node: YamlNode | undefined,
  reader: YamlReader,
  places: Map<Quoted, YamlRange>,
): WordingRule['examples'] {
  const entries = node && reader.entries(node, examplesForm);
  if (!entries) return { bad: [], good: [] };
  const read = (items: YamlNode | undefined): Example[] =>
    reader.items(items).flatMap((item) => {
      const example = readExample(item, reader);
      if (example) places.set(example, reader.range(item));
      return example ?? [];
    });
  const [bad, good] = [read(entries.bad), read(entries.good)];
  if (bad.length < fewestExamples || good.length < fewestExamples) {
    reader.fail(
      entries.self,
      `正例和反例各至少 ${fewestExamples} 条。`,
      `At least ${fewestExamples} bad and ${fewestExamples} good examples are needed.`,
      'warning',
    );
  }
  return { bad, good };
}

function readExample(node: YamlNode, reader: YamlReader): Example | undefined {
  const plain = !pairsOf(node) && !itemsOf(node);
  const entries = plain ? undefined : reader.entries(node, exampleForm);
  const written = reader.string(plain ? node : entries?.text);
  if (written === undefined) return undefined;
  const [start, end] = [written.indexOf('⟦'), written.indexOf('⟧')];
  const channel = reader.oneOf(entries?.channel, channelIds);
  const stage = reader.oneOf(entries?.stage, stageIds);
  const step = reader.string(entries?.step);
  const because = reader.string(entries?.because);
  return {
    text: written.replace(/[⟦⟧]/g, ''),
    ...(start >= 0 && end > start && { mark: { start, end: end - 1 } }),
    facts: readFacts(entries?.facts, reader),
    ...(channel && { channel }),
    ...(stage && { stage }),
    ...(step && { step }),
    ...(because && { because }),
  };
}

/** Ids that must be known. */
export function readNames(
  node: YamlNode | undefined,
  reader: YamlReader,
  known: readonly { readonly id: string }[],
  zh: string,
  en: string,
): readonly string[] {
  const ids = new Set(known.map(({ id }) => id));
  return reader.items(node).flatMap((item) => {
    const id = reader.string(item);
    if (id === undefined || ids.has(id)) return id ?? [];
    reader.fail(item, `没有名为“${id}”的${zh}。`, `There is no ${en} named “${id}”.`);
    return [];
  });
}

export function readFacts(node: YamlNode | undefined, reader: YamlReader): Facts {
  return Object.fromEntries(Object.entries(readFactSets(node, reader)).map(([fact, [value]]) => [fact, value]));
}

export function readFactSets(node: YamlNode | undefined, reader: YamlReader): FactSets {
  const names = Object.keys(factValues) as Fact[];
  const entries = node && reader.entries(node, factSetForm);
  if (!entries) return {};
  return Object.fromEntries(
    names.flatMap((name) =>
      entries[name] ? [[name, reader.someOf<string>(entries[name], factValues[name])] as const] : [],
    ),
  );
}
