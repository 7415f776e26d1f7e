import { foldName } from '../base/names.ts';
import type { Text } from '../base/text.ts';
import { capturesOf, lexiconsOf, numberSlot, type Pattern, parsePattern } from '../matcher/pattern.ts';
import { compile, type Lexicons } from '../matcher/program.ts';
import { builtinVariables, channels, findTerm, stages, variableTypes } from '../syntax/vocabulary.ts';
import {
  bindings,
  type Context,
  confidences,
  type Evidence,
  type Example,
  evidenceLevels,
  type Fact,
  type FactSets,
  type Facts,
  factValues,
  type Pack,
  type Reply,
  type RuleFix,
  reaches,
  replacements,
  type Source,
  type Step,
  type SuggestedVariable,
  severities,
  type Template,
  type WordingRule,
  wordingCategories,
} from './pack.ts';
import { type YamlNode, type YamlProblem, YamlReader } from './yamlReader.ts';

export type PackProblem = YamlProblem;

export interface PackFile {
  /** How to name the file in messages. */
  readonly path: string;
  readonly text: string;
}

export interface LoadedPack {
  /** Everything that could be used; missing when not even the name could be read. */
  readonly pack: Pack | undefined;
  readonly problems: readonly PackProblem[];
}

/**
 * Loads a pack from its files. A rule, step or source with a mistake is left out and reported at its place; the rest
 * stays in force.
 */
export function loadPack(files: readonly PackFile[]): LoadedPack {
  const problems: PackProblem[] = [];
  const loader = new Loader(files, problems);
  const pack = loader.load();
  return { pack, problems };
}

const sections = [
  'pack',
  'version',
  'title',
  'prefix',
  'sources',
  'lexicons',
  'contexts',
  'evidence',
  'rules',
  'steps',
  'replies',
  'variables',
] as const;
type Section = (typeof sections)[number];

/** A node and the reader that knows its file. */
interface Located {
  readonly node: YamlNode;
  readonly reader: YamlReader;
}

const channelIds = channels.map((term) => term.id);
const stageIds = stages.map((term) => term.id);
const fewestExamples = 3;

class Loader {
  private readonly problems: PackProblem[];
  private readonly found = new Map<Section, Located[]>();
  private readonly lexicons = new Map<string, readonly Pattern[]>();
  private readonly files: readonly PackFile[];

  constructor(files: readonly PackFile[], problems: PackProblem[]) {
    this.files = files;
    this.problems = problems;
  }

  load(): Pack | undefined {
    for (const file of this.files) {
      const reader = new YamlReader(file.path, file.text, this.problems);
      if (!reader.root) {
        if (this.problems.length === 0) this.whole(file.path, '文件是空的。', 'The file is empty.');
        continue;
      }
      const entries = reader.entries(reader.root, sections);
      for (const section of sections) {
        const node = entries?.[section];
        if (node) this.found.set(section, [...(this.found.get(section) ?? []), { node, reader }]);
      }
    }
    const id = this.single('pack');
    const [path] = this.files.map((file) => file.path);
    if (id === undefined) {
      if (!this.problems.some((problem) => problem.severity === 'error')) {
        this.whole(path ?? '', '缺少规则包的名称 pack。', 'The name of the pack, “pack”, is missing.');
      }
      return undefined;
    }
    const lexicons = this.readLexicons();
    const sources = this.each('sources', (name, node, reader) => this.source(name, node, reader));
    const contexts = this.each('contexts', (name, node, reader) => this.context(name, node, reader));
    const replies = this.list('replies', (node, reader) => this.reply(node, reader));
    const steps = this.readSteps(replies, sources);
    const prefix = this.single('prefix') ?? id;
    const rules = this.list('rules', (node, reader) => this.rule(node, reader, { prefix, sources, contexts, steps }));
    this.refuseDuplicates('rules', rules);
    return {
      id,
      version: this.single('version') ?? '0.0.0',
      title: this.titleOf(id),
      prefix,
      sources,
      lexicons,
      contexts,
      evidence: this.list('evidence', (node, reader) => this.evidence(node, reader)),
      rules,
      steps,
      replies,
      variables: this.each('variables', (name, node, reader) => this.variable(name, node, reader)),
    };
  }

  private titleOf(id: string): Text {
    const [first] = this.found.get('title') ?? [];
    return first?.reader.text(first.node) ?? { zh: id, en: id };
  }

  private single(section: Section): string | undefined {
    const [first, second] = this.found.get(section) ?? [];
    if (second)
      second.reader.fail(
        second.node,
        `“${section}”在规则包里只能写一次。`,
        `“${section}” may stand only once in a pack.`,
      );
    return first?.reader.string(first.node);
  }

  private whole(path: string, zh: string, en: string): void {
    const start = { line: 0, character: 0 };
    this.problems.push({ path, ...start, end: start, severity: 'error', message: { zh, en } });
  }

  private list<T>(section: Section, read: (node: YamlNode, reader: YamlReader) => T | undefined): T[] {
    return (this.found.get(section) ?? []).flatMap(({ node, reader }) =>
      reader.items(node).flatMap((item) => read(item, reader) ?? []),
    );
  }

  private each<T>(section: Section, read: (name: string, node: YamlNode, reader: YamlReader) => T | undefined): T[] {
    const names = new Set<string>();
    return (this.found.get(section) ?? []).flatMap(({ node, reader }) =>
      [...reader.pairs(node)].flatMap(({ name, keyNode, value }) => {
        if (names.has(name)) reader.fail(keyNode, `“${name}”写了两次。`, `“${name}” stands twice.`);
        names.add(name);
        if (!value) {
          reader.fail(keyNode, `“${name}”是空的。`, `“${name}” is empty.`);
          return [];
        }
        return read(name, value, reader) ?? [];
      }),
    );
  }

  private refuseDuplicates(section: Section, items: readonly { readonly id: string }[]): void {
    const seen = new Set<string>();
    const [first] = this.found.get(section) ?? [];
    for (const { id } of items) {
      if (seen.has(id) && first) first.reader.fail(first.node, `“${id}”出现了两次。`, `“${id}” stands twice.`);
      seen.add(id);
    }
  }

  /** Lexicons may name each other in any order, but not in a circle. */
  private readLexicons(): { [name: string]: readonly string[] } {
    const raw: { [name: string]: readonly string[] } = {};
    const nodes = new Map<string, Located>();
    this.each('lexicons', (name, node, reader) => {
      if (name === numberSlot || /[{}()|:]/.test(name)) {
        reader.fail(node, `“${name}”不能用作词表的名称。`, `“${name}” cannot be the name of a lexicon.`);
        return undefined;
      }
      nodes.set(name, { node, reader });
      raw[name] = reader.strings(node);
      return name;
    });
    for (const [name, { node, reader }] of nodes) {
      const patterns = reader.items(node).flatMap((item) => this.syntaxOf(item, reader) ?? []);
      this.lexicons.set(name, patterns);
    }
    for (const [name, { node, reader }] of nodes) {
      for (const item of reader.items(node)) this.checkNames(item, reader);
      if (!this.reachesItself(name)) continue;
      reader.fail(node, `词表“${name}”绕了一圈又用到了自己。`, `The lexicon “${name}” uses itself in a circle.`);
      this.lexicons.set(name, []);
    }
    return raw;
  }

  private reachesItself(name: string): boolean {
    const seen = new Set<string>();
    const waiting = [...(this.lexicons.get(name) ?? [])].flatMap((pattern) => [...lexiconsOf(pattern)]);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next === name) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(this.lexicons.get(next) ?? []).flatMap((pattern) => [...lexiconsOf(pattern)]));
    }
    return false;
  }

  private syntaxOf(node: YamlNode, reader: YamlReader): Pattern | undefined {
    const source = reader.string(node);
    if (source === undefined) return undefined;
    const { pattern, problem } = parsePattern(source);
    if (!problem) return pattern;
    reader.failInside(node, problem.start, problem.end, problem.message);
    return undefined;
  }

  private checkNames(node: YamlNode, reader: YamlReader): Pattern | undefined {
    const source = reader.string(node);
    const parsed = source === undefined ? undefined : parsePattern(source);
    if (!parsed || parsed.problem) return undefined;
    for (const name of lexiconsOf(parsed.pattern)) {
      if (this.lexicons.has(name)) continue;
      reader.fail(node, `没有名为“${name}”的词表。`, `There is no lexicon named “${name}”.`);
      return undefined;
    }
    return parsed.pattern;
  }

  /** The patterns of a list that are well made; the others become problems. */
  private patterns(node: YamlNode | undefined, reader: YamlReader): { source: string; pattern: Pattern }[] {
    return reader.items(node).flatMap((item) => {
      const parsed = this.syntaxOf(item, reader) && this.checkNames(item, reader);
      const source = reader.string(item);
      if (!parsed || source === undefined) return [];
      if (compile(parsed, this.lexicons as Lexicons)) return [{ source, pattern: parsed }];
      reader.fail(item, '这条表达式展开后太大，请拆成几条。', 'This pattern grows too large; split it.');
      return [];
    });
  }

  private sourcesOfPatterns(node: YamlNode | undefined, reader: YamlReader): readonly string[] {
    return this.patterns(node, reader).map(({ source }) => source);
  }

  private source(id: string, node: YamlNode, reader: YamlReader): Source | undefined {
    const keys = ['document', 'article', 'binding', 'from', 'to', 'evidence', 'gist'] as const;
    const entries = reader.entries(node, keys, ['document', 'binding', 'evidence', 'gist']);
    if (!entries) return undefined;
    const document = reader.text(entries.document);
    const gist = reader.text(entries.gist);
    const binding = reader.oneOf(entries.binding, bindings);
    const evidence = reader.oneOf(entries.evidence, evidenceLevels);
    const [article, from, to] = [reader.string(entries.article), reader.date(entries.from), reader.date(entries.to)];
    if (!document || !gist || !binding || !evidence) return undefined;
    return {
      id,
      document,
      ...(article && { article }),
      binding,
      ...(from && { from }),
      ...(to && { to }),
      evidence,
      gist,
    };
  }

  private context(id: string, node: YamlNode, reader: YamlReader): Context | undefined {
    const entries = reader.entries(node, ['title', 'reach', 'cues', 'except', 'void'], ['title', 'reach', 'cues']);
    if (!entries) return undefined;
    const title = reader.text(entries.title);
    const reach = reader.oneOf(entries.reach, reaches);
    if (!title || !reach) return undefined;
    const [cues, except, voiding] = [entries.cues, entries.except, entries.void].map((each) =>
      this.sourcesOfPatterns(each, reader),
    );
    return { id, title, reach, cues: cues ?? [], except: except ?? [], void: voiding ?? [] };
  }

  private evidence(node: YamlNode, reader: YamlReader): Evidence | undefined {
    const entries = reader.entries(node, ['fact', 'value', 'patterns'], ['fact', 'value', 'patterns']);
    const fact = entries && reader.oneOf(entries.fact, Object.keys(factValues) as Fact[]);
    const value = fact && reader.oneOf<string>(entries?.value, factValues[fact]);
    return fact && value ? { fact, value, patterns: this.sourcesOfPatterns(entries?.patterns, reader) } : undefined;
  }

  private facts(node: YamlNode | undefined, reader: YamlReader): Facts {
    return Object.fromEntries(Object.entries(this.factSets(node, reader)).map(([fact, [value]]) => [fact, value]));
  }

  private factSets(node: YamlNode | undefined, reader: YamlReader): FactSets {
    const names = Object.keys(factValues) as Fact[];
    const entries = node && reader.entries(node, names);
    if (!entries) return {};
    return Object.fromEntries(
      names.flatMap((name) =>
        entries[name] ? [[name, reader.someOf<string>(entries[name], factValues[name])] as const] : [],
      ),
    );
  }

  private rule(
    node: YamlNode,
    reader: YamlReader,
    known: { prefix: string; sources: readonly Source[]; contexts: readonly Context[]; steps: readonly Step[] },
  ): WordingRule | undefined {
    const required = ['id', 'category', 'severity', 'title', 'message', 'why', 'sources', 'match', 'examples'] as const;
    const optional = [
      'confidence',
      'from',
      'to',
      'suppressible',
      'where',
      'lifted',
      'needs',
      'unless',
      'inside',
      'report',
      'fixes',
    ] as const;
    const entries = reader.entries(node, [...required, ...optional], required);
    if (!entries) return undefined;
    const id = reader.string(entries.id);
    if (entries.id && id && !(id.startsWith(`${known.prefix}/`) && /^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))) {
      reader.fail(
        entries.id,
        `规则编号应为“${known.prefix}/…”，只用小写字母、数字和连字符。`,
        `The id of a rule is “${known.prefix}/…” in lower-case letters, digits and hyphens.`,
      );
      return undefined;
    }
    const category = reader.oneOf(entries.category, wordingCategories);
    const severity = reader.oneOf(entries.severity, severities);
    const [title, message, why] = [reader.text(entries.title), reader.text(entries.message), reader.text(entries.why)];
    const match = this.patterns(entries.match, reader);
    if (!id || !category || !severity || !title || !message || !why || match.length === 0) return undefined;
    const names = new Set(
      match.flatMap(({ pattern }) => [...capturesOf(pattern), ...this.capturesOfLexicons(pattern)]),
    );
    const where = this.where(entries.where, reader, known.steps);
    const [from, to] = [reader.date(entries.from), reader.date(entries.to)];
    return {
      id,
      category,
      severity,
      confidence: reader.oneOf(entries.confidence, confidences) ?? 'high',
      suppressible: this.suppressible(entries.suppressible, reader),
      title,
      message,
      why,
      sources: this.names(entries.sources, reader, known.sources, '来源', 'source'),
      ...(from && { from }),
      ...(to && { to }),
      where,
      lifted: this.factSets(entries.lifted, reader),
      match: match.map(({ source }) => source),
      needs: this.sourcesOfPatterns(entries.needs, reader),
      unless: this.names(entries.unless, reader, known.contexts, '语境', 'context'),
      inside: this.sourcesOfPatterns(entries.inside, reader),
      report: reader.oneOf(entries.report, ['match', 'clause', 'sentence'] as const) ?? 'match',
      fixes: reader.items(entries.fixes).flatMap((item) => this.fix(item, reader, names) ?? []),
      examples: this.examples(entries.examples, reader),
    };
  }

  private capturesOfLexicons(pattern: Pattern): string[] {
    return [...lexiconsOf(pattern)].flatMap((name) =>
      (this.lexicons.get(name) ?? []).flatMap((each) => [...capturesOf(each)]),
    );
  }

  private where(node: YamlNode | undefined, reader: YamlReader, steps: readonly Step[]): WordingRule['where'] {
    const speakers = ['agent', 'guidance'] as const;
    const entries = node && reader.entries(node, ['speakers', 'channels', 'stages', 'steps', 'facts']);
    if (!entries) return { speakers, facts: {} };
    const chosen = reader.someOf(entries.speakers, speakers);
    const [channelsIn, stagesIn] = [
      reader.someOf(entries.channels, channelIds),
      reader.someOf(entries.stages, stageIds),
    ];
    const stepsIn = this.names(entries.steps, reader, steps, '步骤', 'step');
    return {
      speakers: chosen.length > 0 ? chosen : speakers,
      ...(channelsIn.length > 0 && { channels: channelsIn }),
      ...(stagesIn.length > 0 && { stages: stagesIn }),
      ...(stepsIn.length > 0 && { steps: stepsIn }),
      facts: this.factSets(entries.facts, reader),
    };
  }

  private suppressible(node: YamlNode | undefined, reader: YamlReader): boolean | 'approval' {
    const given = reader.oneOf(node, ['true', 'false', 'approval'] as const);
    return given === 'approval' ? given : given !== 'false';
  }

  /** Ids that must be known. */
  private names(
    node: YamlNode | undefined,
    reader: YamlReader,
    known: readonly { readonly id: string }[],
    zh: string,
    en: string,
  ): readonly string[] {
    const ids = new Set(known.map(({ id }) => id));
    return reader.items(node).flatMap((item) => {
      const id = reader.string(item);
      if (id === undefined) return [];
      if (ids.has(id)) return [id];
      reader.fail(item, `没有名为“${id}”的${zh}。`, `There is no ${en} named “${id}”.`);
      return [];
    });
  }

  private fix(node: YamlNode, reader: YamlReader, captures: ReadonlySet<string>): RuleFix | undefined {
    const entries = reader.entries(node, ['replace', 'with', 'safe'], ['replace', 'with']);
    const replace = entries && reader.oneOf(entries.replace, replacements);
    const text = entries && this.possiblyEmpty(entries.with, reader);
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
    return { replace, with: text, safe: reader.oneOf(entries.safe, ['true', 'false'] as const) === 'true' };
  }

  /** Deleting is replacing by nothing, which is written `with: ''`. */
  private possiblyEmpty(node: YamlNode | undefined, reader: YamlReader): string | undefined {
    return node && 'value' in node && node.value === '' ? '' : reader.string(node);
  }

  private examples(node: YamlNode | undefined, reader: YamlReader): WordingRule['examples'] {
    const entries = node && reader.entries(node, ['bad', 'good'], ['bad', 'good']);
    if (!entries) return { bad: [], good: [] };
    const read = (items: YamlNode | undefined): Example[] =>
      reader.items(items).flatMap((item) => this.example(item, reader) ?? []);
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

  private example(node: YamlNode, reader: YamlReader): Example | undefined {
    const plain = !('items' in node);
    const entries = plain
      ? undefined
      : reader.entries(node, ['text', 'facts', 'channel', 'stage', 'step', 'because'], ['text']);
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
      facts: this.facts(entries?.facts, reader),
      ...(channel && { channel }),
      ...(stage && { stage }),
      ...(step && { step }),
      ...(because && { because }),
    };
  }

  private readSteps(replies: readonly Reply[], sources: readonly Source[]): Step[] {
    const nodes = new Map<Step, Located & { after: YamlNode | undefined }>();
    const steps = this.list('steps', (node, reader) => {
      const keys = ['id', 'name', 'aliases', 'purpose', 'contents', 'after', 'sources', 'sets', 'templates'] as const;
      const entries = reader.entries(node, keys, ['id', 'name', 'purpose']);
      const id = reader.string(entries?.id);
      const [name, purpose] = [reader.text(entries?.name), reader.text(entries?.purpose)];
      if (!entries || !id || !name || !purpose) return undefined;
      const contents = entries.contents && reader.entries(entries.contents, ['zh', 'en'], ['zh', 'en']);
      const step: Step = {
        id,
        name,
        aliases: reader.strings(entries.aliases),
        purpose,
        contents: { zh: reader.strings(contents?.zh), en: reader.strings(contents?.en) },
        after: reader.strings(entries.after),
        sources: this.names(entries.sources, reader, sources, '来源', 'source'),
        sets: this.facts(entries.sets, reader),
        templates: reader.items(entries.templates).flatMap((item) => this.template(item, reader, replies) ?? []),
      };
      nodes.set(step, { node, reader, after: entries.after });
      return step;
    });
    for (const { reader, after } of nodes.values()) this.names(after, reader, steps, '步骤', 'step');
    this.refuseSharedNames('steps', steps);
    return steps;
  }

  private template(node: YamlNode, reader: YamlReader, replies: readonly Reply[]): Template | undefined {
    const entries = reader.entries(node, ['channels', 'notes', 'says', 'replies', 'outcome']);
    if (!entries) return undefined;
    const fitting = reader.someOf(entries.channels, channelIds);
    const outcome = reader.string(entries.outcome);
    return {
      ...(fitting.length > 0 && { channels: fitting }),
      notes: reader.strings(entries.notes),
      says: reader.strings(entries.says),
      replies: reader.items(entries.replies).flatMap((item) => {
        const parts = reader.entries(item, ['reply', 'examples', 'to', 'says', 'outcome'], ['reply']);
        const [reply] = this.names(parts?.reply, reader, replies, '回复类别', 'reply category');
        if (!parts || !reply) return [];
        const [to, end] = [reader.string(parts.to), reader.string(parts.outcome)];
        const says = reader.strings(parts.says);
        return [
          { reply, examples: reader.strings(parts.examples), ...(to && { to }), says, ...(end && { outcome: end }) },
        ];
      }),
      ...(outcome && { outcome }),
    };
  }

  private reply(node: YamlNode, reader: YamlReader): Reply | undefined {
    const entries = reader.entries(
      node,
      ['id', 'name', 'aliases', 'about', 'examples', 'sets'],
      ['id', 'name', 'about'],
    );
    const id = reader.string(entries?.id);
    const [name, about] = [reader.text(entries?.name), reader.text(entries?.about)];
    if (!entries || !id || !name || !about) return undefined;
    const aliases = reader.strings(entries.aliases);
    return {
      id,
      name,
      aliases,
      about,
      examples: reader.strings(entries.examples),
      sets: this.facts(entries.sets, reader),
    };
  }

  /** Two steps of one name could not be told apart. */
  private refuseSharedNames(section: Section, items: readonly Step[]): void {
    const owners = new Map<string, string>();
    const [first] = this.found.get(section) ?? [];
    for (const { id, name, aliases } of items) {
      for (const spelling of new Set([name.zh, name.en, ...aliases].map(foldName))) {
        const owner = owners.get(spelling);
        if (owner !== undefined && first) {
          first.reader.fail(
            first.node,
            `“${spelling}”同时属于“${owner}”和“${id}”。`,
            `“${spelling}” belongs to both “${owner}” and “${id}”.`,
          );
        }
        owners.set(spelling, id);
      }
    }
  }

  private variable(name: string, node: YamlNode, reader: YamlReader): SuggestedVariable | undefined {
    const entries = reader.entries(node, ['type', 'sample', 'note'], ['type', 'sample']);
    const type = reader.oneOf(
      entries?.type,
      variableTypes.map((term) => term.id),
    );
    const sample = reader.string(entries?.sample);
    const note = reader.text(entries?.note);
    return type && sample ? { name, type, sample, ...(note && { note }) } : undefined;
  }
}
