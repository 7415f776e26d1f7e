import { foldName } from '../base/names.ts';
import { variableTypes } from '../syntax/vocabulary.ts';
import { readDetector } from './loadDetector.ts';
import { readFlowRule, readKnowledge } from './loadFlow.ts';
import { type Located, type PatternReader, patternReaderOf } from './loadPatterns.ts';
import { isIdPart, readDiscreet, readEdge, readNames, readRule } from './loadRule.ts';
import { readReply, readStep } from './loadStep.ts';
import {
  bindings,
  type Context,
  type Detector,
  type Evidence,
  evidenceLevels,
  type Fact,
  factValues,
  type Pack,
  type Quoted,
  type Reply,
  reaches,
  type Source,
  type Step,
  type SuggestedVariable,
} from './pack.ts';
import { packForm, sourceForm } from './packSchema.ts';
import { keysOf } from './shape.ts';
import { variableForm } from './stepSchema.ts';
import { contextForm, evidenceForm } from './wordingSchema.ts';
import { type YamlProblem, type YamlRange, YamlReader } from './yamlReader.ts';
import { parseYaml, type YamlNode, type YamlText } from './yamlText.ts';

export type PackProblem = YamlProblem;

export interface PackFile {
  /** How to name the file in messages. */
  readonly path: string;
  readonly text: string;
  /** The same text, where it was parsed before. */
  readonly yaml?: YamlText;
}

export interface LoadedPack {
  /** Everything that could be used; missing when not even the name could be read. */
  readonly pack: Pack | undefined;
  readonly problems: readonly PackProblem[];
  /** Where each example of the pack stands. */
  readonly examples: ReadonlyMap<Quoted, YamlRange>;
}

/**
 * Loads a pack from its files. A rule, step or source with a mistake is left out and reported at its place; the rest
 * stays in force.
 */
export function loadPack(files: readonly PackFile[]): LoadedPack {
  const problems: PackProblem[] = [];
  const sections = sectionsOf(files, problems);
  const id = sections.single('pack');
  if (id === undefined) {
    const silent = !problems.some(({ severity }) => severity === 'error');
    if (silent) problems.push(nameless(files[0]?.path ?? ''));
    return { pack: undefined, problems, examples: new Map() };
  }
  const patterns = patternReaderOf(sections.entries('lexicons'));
  const sources = sections.each('sources', readSource);
  const contexts = sections.each('contexts', (name, located) => readContext(name, located, patterns));
  const replies = readReplies(sections);
  const steps = readSteps(sections, replies.read, sources);
  const examples = new Map<Quoted, YamlRange>();
  const prefix = sections.single('prefix') ?? id;
  const [named = sections.located('pack')[0]] = sections.located('prefix');
  if (named && !isIdPart(prefix))
    named.reader.fail(
      named.node,
      `规则编号以“${prefix}”开头，所以它只能用汉字、小写字母、数字和连字符。`,
      `The ids of rules begin with “${prefix}”, so it may hold only lower-case letters, Chinese characters, digits and hyphens.`,
    );
  const known = { prefix, sources, contexts, steps, examples };
  const rules = sections.list('rules', ({ node, reader }) => readRule(node, reader, known, patterns));
  const detectors = sections.list('detectors', ({ node, reader }) =>
    readDetector(node, reader, { contexts, rules, examples }, patterns),
  );
  replies.check(detectors);
  const toFlow = { prefix, sources, detectors, steps, replies: replies.read, examples };
  const [title] = sections.located('title');
  const pack: Pack = {
    id,
    version: sections.single('version') ?? '0.0.0',
    title: title?.reader.text(title.node) ?? { zh: id, en: id },
    prefix,
    sources,
    lexicons: patterns.lexicons,
    contexts,
    turns: sections.list('turns', ({ node, reader }) => patterns.pattern(node, reader)?.source),
    disowned: sections.list('disowned', ({ node, reader }) => patterns.pattern(node, reader)?.source),
    evidence: sections.list('evidence', (located) => readEvidence(located, contexts, patterns)),
    rules,
    detectors,
    flow: sections.list('flow', ({ node, reader }) => readFlowRule(node, reader, toFlow)),
    knowledge: sections.list('knowledge', ({ node, reader }) => readKnowledge(node, reader, toFlow)),
    steps,
    replies: replies.read,
    variables: sections.each('variables', readVariable),
    edges: sections.list('edges', ({ node, reader }) => readEdge(node, reader, patterns)),
    discreet: sections.list('discreet', ({ node, reader }) => readDiscreet(node, reader)),
  };
  return { pack, problems, examples };
}

const sectionNames = keysOf(packForm);
type SectionName = (typeof sectionNames)[number];

/** The top-level keys of a pack, from whichever of its files they stand in. */
interface Sections {
  located(name: SectionName): readonly Located[];
  /** A section that may stand only once and holds a text. */
  single(name: SectionName): string | undefined;
  /** The entries of a section that is a mapping. */
  entries(name: SectionName): ReadonlyMap<string, Located>;
  each<T>(name: SectionName, read: (name: string, located: Located) => T | undefined): T[];
  /** The items of a section that is a list; two of one id are reported. */
  list<T>(name: SectionName, read: (located: Located) => T | undefined): T[];
}

function sectionsOf(files: readonly PackFile[], problems: PackProblem[]): Sections {
  const found = new Map<SectionName, Located[]>();
  for (const file of files) {
    const reader = new YamlReader(file.path, file.yaml ?? parseYaml(file.text), problems);
    const entries = reader.root && reader.entries(reader.root, packForm);
    for (const name of sectionNames) {
      const node = entries?.[name];
      if (node) found.set(name, [...(found.get(name) ?? []), { node, reader }]);
    }
  }
  const located = (name: SectionName): readonly Located[] => found.get(name) ?? [];
  const entriesOf = (name: SectionName): ReadonlyMap<string, Located> => {
    const entries = new Map<string, Located>();
    for (const { node, reader } of located(name)) {
      for (const { name: key, keyNode, value } of reader.pairs(node)) {
        if (entries.has(key)) reader.fail(keyNode, `“${key}”写了两次。`, `“${key}” stands twice.`);
        else if (value) entries.set(key, { node: value, reader });
        else reader.fail(keyNode, `“${key}”是空的。`, `“${key}” is empty.`);
      }
    }
    return entries;
  };
  return {
    located,
    single(name) {
      const [first, second] = located(name);
      second?.reader.fail(second.node, `“${name}”只能写一次。`, `“${name}” may stand only once in a pack.`);
      return first?.reader.string(first.node);
    },
    entries: entriesOf,
    each: (name, read) => [...entriesOf(name)].flatMap(([key, at]) => read(key, at) ?? []),
    list(name, read) {
      const ids = new Set<string>();
      return located(name).flatMap(({ node, reader }) =>
        reader.items(node).flatMap((item) => {
          const result = read({ node: item, reader });
          const id = typeof result === 'object' && result && 'id' in result ? String(result.id) : undefined;
          if (id !== undefined && ids.has(id)) reader.fail(item, `“${id}”出现了两次。`, `“${id}” stands twice.`);
          if (id !== undefined) ids.add(id);
          return result ?? [];
        }),
      );
    },
  };
}

function nameless(path: string): PackProblem {
  const start = { line: 0, character: 0 };
  const message = { zh: '缺少规则包的名称 pack。', en: 'The name of the pack, “pack”, is missing.' };
  return { path, ...start, end: start, severity: 'error', message };
}

function readSource(id: string, { node, reader }: Located): Source | undefined {
  const entries = reader.entries(node, sourceForm);
  if (!entries) return undefined;
  const [document, gist] = [reader.text(entries.document), reader.text(entries.gist)];
  const binding = reader.oneOf(entries.binding, bindings);
  const evidence = reader.oneOf(entries.evidence, evidenceLevels);
  const [article, from, to] = [reader.string(entries.article), reader.date(entries.from), reader.date(entries.to)];
  if (!document || !gist || !binding || !evidence) return undefined;
  const dates = { ...(from && { from }), ...(to && { to }) };
  return { id, document, ...(article && { article }), binding, ...dates, evidence, gist };
}

function readContext(id: string, { node, reader }: Located, patterns: PatternReader): Context | undefined {
  const entries = reader.entries(node, contextForm);
  const title = reader.text(entries?.title);
  const reach = reader.oneOf(entries?.reach, reaches);
  if (!entries || !title || !reach) return undefined;
  return {
    id,
    title,
    reach,
    cues: patterns.sources(entries.cues, reader),
    except: patterns.sources(entries.except, reader),
    void: patterns.sources(entries.void, reader),
  };
}

function readEvidence(
  { node, reader }: Located,
  contexts: readonly Context[],
  patterns: PatternReader,
): Evidence | undefined {
  const entries = reader.entries(node, evidenceForm);
  const fact = reader.oneOf(entries?.fact, Object.keys(factValues) as Fact[]);
  const value = fact && reader.oneOf<string>(entries?.value, factValues[fact]);
  if (!entries || !fact || !value) return undefined;
  return {
    fact,
    value,
    patterns: patterns.sources(entries.patterns, reader),
    unless: readNames(entries.unless, reader, contexts, '语境', 'context'),
    inside: patterns.sources(entries.inside, reader),
  };
}

function readVariable(name: string, { node, reader }: Located): SuggestedVariable | undefined {
  const entries = reader.entries(node, variableForm);
  const types = variableTypes.map(({ id }) => id);
  const type = reader.oneOf(entries?.type, types);
  const sample = reader.string(entries?.sample);
  const note = reader.text(entries?.note);
  const aliases = reader.strings(entries?.aliases);
  return type && sample ? { name, aliases, type, sample, ...(note && { note }) } : undefined;
}

/** The reply categories; the detectors that they name are known only later. */
function readReplies(sections: Sections): {
  readonly read: readonly Reply[];
  check(detectors: readonly Detector[]): void;
} {
  const named: { readonly node: YamlNode; readonly reader: YamlReader }[] = [];
  const read = sections.list('replies', ({ node, reader }) => {
    const found = readReply(node, reader);
    named.push(...(found?.detectors ?? []).map((each) => ({ node: each, reader })));
    return found?.reply;
  });
  return {
    read,
    check(detectors) {
      for (const { node, reader } of named) readNames(node, reader, detectors, '识别项', 'detector');
    },
  };
}

/** The steps, each seen against all others: those it names exist, and no two share a name. */
function readSteps(sections: Sections, replies: readonly Reply[], sources: readonly Source[]): Step[] {
  const read = new Map<Step, Located & { readonly after: YamlNode | undefined }>();
  const steps = sections.list('steps', (located) => {
    const found = readStep(located.node, located.reader, { replies, sources });
    if (found) read.set(found.step, { ...located, after: found.after });
    return found?.step;
  });
  const owners = new Map<string, string>();
  for (const [{ id, name, aliases }, { node, reader, after }] of read) {
    readNames(after, reader, steps, '步骤', 'step');
    for (const spelling of new Set([name.zh, name.en, ...aliases].map(foldName))) {
      const owner = owners.get(spelling);
      if (owner !== undefined) {
        const [zh, en] = [`“${spelling}”已经属于“${owner}”。`, `“${spelling}” belongs to “${owner}” already.`];
        reader.fail(node, zh, en);
      }
      owners.set(spelling, id);
    }
  }
  return steps;
}
