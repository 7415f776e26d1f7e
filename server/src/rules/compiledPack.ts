import { whole } from '../base/bytes.ts';
import type { CompiledContext } from '../matcher/contexts.ts';
import type { LatinWords } from '../matcher/fold.ts';
import { type IndexTables, indexTablesOf } from '../matcher/indexTables.ts';
import { type Lexicons, latinWordsOf, numberSlot, type Pattern, parsePattern } from '../matcher/pattern.ts';
import { Program } from '../matcher/program.ts';
import { Prospects } from '../matcher/prospects.ts';
import { TriggerIndex } from '../matcher/triggerIndex.ts';
import { triggersOf } from '../matcher/triggers.ts';
import type { Detector, Fact, Pack, Wording, WordingRule } from '../packs/pack.ts';
import { type Looking, type PatternCompiler, Sought, Tries } from './sought.ts';

/** A pack with everything compiled; what it looks for is put together when a text first comes. */
export interface CompiledPack {
  readonly sought: {
    readonly rules: Sought<CompiledRule>;
    readonly evidence: Sought<CompiledEvidence>;
  } & { readonly [speaker in Detector['speaker']]: Sought<CompiledDetector> };
  /** The programs that are asked about where a wording stands. */
  readonly asked: readonly Program[];
  /** How they are looked for in texts, once that is worth it. */
  prospects(length: number): Prospects | undefined;
  latin(): LatinWords;
}

export interface CompiledEvidence {
  readonly fact: Fact;
  readonly value: string;
  readonly match: readonly Wording[];
  readonly unless: readonly CompiledContext[];
  readonly inside: readonly Program[];
}

/** A wording rule with its patterns compiled. */
export interface CompiledRule {
  readonly rule: WordingRule;
  /** Whether what is known makes a difference to it. */
  readonly asksFacts: boolean;
  readonly needs: readonly Program[];
  readonly inside: readonly Program[];
  readonly when: readonly CompiledContext[];
  readonly unless: readonly CompiledContext[];
  readonly edges: readonly CompiledEdge[];
}

/** What other words leave at an edge of a message. */
export interface CompiledEdge {
  readonly program: Program;
  readonly instead: string;
}

/** A detector with its patterns compiled. */
export interface CompiledDetector {
  readonly detector: Detector;
  readonly inside: readonly Program[];
  readonly unless: readonly CompiledContext[];
}

/** What takes long to work out of the patterns of a pack: plain data, which of bundled packs comes along. */
export interface Prepared {
  /** The Latin words that mean themselves. */
  readonly latin: readonly string[];
  readonly looking: { readonly [part in Part]: Looking };
  /** What is asked about where a wording stands. */
  readonly asked: IndexTables;
}

/** What a pack has wordings for; they are looked for separately. */
type Part = 'rules' | 'evidence' | Detector['speaker'];

const preparedPacks = new WeakMap<Pack, Prepared>();

/** What was worked out of a pack beforehand. */
export function preparedOf(pack: Pack): Prepared | undefined {
  return preparedPacks.get(pack);
}

/** Takes what was worked out of a pack beforehand, before the pack is first used. */
export function usePrepared(pack: Pack, prepared: Prepared): void {
  preparedPacks.set(pack, prepared);
}

/** Works out everything. */
export function prepare(pack: Pack): Prepared {
  const { latin, sought, asked } = compilePack(pack);
  const { rules, evidence, agent, party, guidance } = sought;
  return {
    latin: [...latin()],
    asked: indexOf(asked),
    looking: {
      rules: rules.looking(),
      evidence: evidence.looking(),
      agent: agent.looking(),
      party: party.looking(),
      guidance: guidance.looking(),
    },
  };
}

const compiledPacks = new WeakMap<Pack, CompiledPack>();

/** A pack, compiled when it is first used. */
export function compiledPackOf(pack: Pack): CompiledPack {
  const known = compiledPacks.get(pack) ?? compilePack(pack);
  compiledPacks.set(pack, known);
  return known;
}

interface Compiler extends PatternCompiler {
  /** The Latin words of the lexicons themselves. */
  latin(): readonly string[];
}

const compilers = new WeakMap<Pack['lexicons'], Compiler>();

/** The program of a pattern of a pack. */
export function programOf({ lexicons }: Pack, source: string): Program {
  return compilerOf(lexicons).program(source);
}

function compilerOf(written: Pack['lexicons']): Compiler {
  const known = compilers.get(written);
  if (known) return known;
  const lexicons: Lexicons = {
    get(name) {
      const sources = Object.hasOwn(written, name) ? written[name] : undefined;
      return sources && parsed(sources);
    },
  };
  const programs = new Map<string, Program>();
  const compiler: Compiler = {
    latin: () => Object.values(written).flatMap((sources) => sources.flatMap(latinWordsIn)),
    triggers: (source) => triggersOf(parsePattern(source).pattern, lexicons),
    program(source) {
      let program = programs.get(source);
      if (!program) {
        program = new Program(source, lexicons);
        programs.set(source, program);
      }
      return program;
    },
  };
  compilers.set(written, compiler);
  return compiler;
}

/** The Latin words of a pattern; most have no letters, and need not be parsed for it. */
function latinWordsIn(source: string): readonly string[] {
  return /[a-zａ-ｚ]/i.test(source) ? [...latinWordsOf(parsePattern(source).pattern)] : [];
}

const lists = new WeakMap<readonly string[], readonly Pattern[]>();

/** The patterns of a lexicon; packs that differ in one lexicon share the others. */
function parsed(sources: readonly string[]): readonly Pattern[] {
  const patterns = lists.get(sources) ?? sources.map((source) => parsePattern(source).pattern);
  lists.set(sources, patterns);
  return patterns;
}

function compilePack(pack: Pack): CompiledPack {
  const compiler = compilerOf(pack.lexicons);
  const asked = new Set<Program>();
  const askedAbout = (sources: readonly string[]): Program[] => {
    const found = sources.map(compiler.program);
    for (const each of found) asked.add(each);
    return found;
  };
  const turns = askedAbout(pack.turns);
  const disowned = askedAbout(pack.disowned);
  const contexts = new Map(
    pack.contexts.map(({ id, reach, cues, except, void: voiding }): [string, CompiledContext] => [
      id,
      { reach, cues: askedAbout(cues), except: askedAbout(except), void: askedAbout(voiding), turns },
    ]),
  );
  const contextsOf = (ids: readonly string[]): CompiledContext[] => ids.flatMap((id) => contexts.get(id) ?? []);
  const prepared = preparedOf(pack);
  const looking = prepared?.looking;
  let prospects: Prospects | undefined;
  const tries = new Tries();
  const detectors = pack.detectors.map((detector) => ({
    detector,
    inside: askedAbout(detector.inside),
    unless: contextsOf(detector.unless),
  }));
  const heardFrom = (speaker: Detector['speaker']): Sought<CompiledDetector> =>
    new Sought(
      detectors.filter(({ detector }) => detector.speaker === speaker),
      ({ detector }) => detector.match,
      compiler,
      looking?.[speaker],
    );
  const edges = pack.edges.map(({ pattern, instead = '' }) => ({ program: compiler.program(pattern), instead }));
  const rules = pack.rules.map((rule) => ({
    rule,
    asksFacts: Object.keys(rule.where.facts).length > 0 || Object.keys(rule.lifted).length > 0,
    needs: askedAbout(rule.needs),
    inside: [...askedAbout(rule.inside), ...disowned],
    when: contextsOf(rule.when),
    unless: contextsOf(rule.unless),
    edges,
  }));
  const evidence = pack.evidence.map(({ fact, value, patterns, unless, inside }) => ({
    fact,
    value,
    match: patterns.map((pattern): Wording => ({ all: [pattern], within: 'sentence' })),
    unless: contextsOf(unless),
    inside: askedAbout(inside),
  }));
  return {
    sought: {
      rules: new Sought(rules, ({ rule }) => rule.match, compiler, looking?.rules),
      evidence: new Sought(evidence, ({ match }) => match, compiler, looking?.evidence),
      agent: heardFrom('agent'),
      party: heardFrom('party'),
      guidance: heardFrom('guidance'),
    },
    asked: [...asked],
    prospects(length) {
      tries.add(asked.size, length);
      if (!prospects && (prepared || tries.areMany)) {
        const all = [...asked];
        prospects = new Prospects(all, new TriggerIndex(whole(prepared?.asked ?? indexOf(all))));
      }
      return prospects;
    },
    latin() {
      const words = new Set<string>();
      if (!isChinese(pack)) return words;
      for (const word of compiler.latin()) words.add(word);
      for (const source of patternsOf(pack)) for (const word of latinWordsIn(source)) words.add(word);
      return words;
    },
  };
}

function indexOf(programs: readonly Program[]): IndexTables {
  return indexTablesOf(programs.map((program) => program.triggers()));
}

/** In a pack for another language every word is Latin, and says nothing about Chinese text. */
function isChinese({ rules, lexicons }: Pack): boolean {
  const hasHan = (source: string): boolean => /[\u4e00-\u9fff]/.test(source.replaceAll(`{${numberSlot}}`, ''));
  return (
    rules.some(({ match }) => match.some(({ all }) => all.some(hasHan))) ||
    Object.values(lexicons).some((sources) => sources.some(hasHan))
  );
}

/** All patterns of a pack but those of its lexicons. */
function* patternsOf({ rules, detectors, evidence, contexts, turns, disowned, edges }: Pack): Generator<string> {
  for (const { match, inside } of [...rules, ...detectors]) {
    for (const { all } of match) yield* all;
    yield* inside;
  }
  for (const { needs } of rules) yield* needs;
  for (const { patterns, inside } of evidence) {
    yield* patterns;
    yield* inside;
  }
  for (const { cues, except, void: voiding } of contexts) {
    yield* cues;
    yield* except;
    yield* voiding;
  }
  yield* turns;
  yield* disowned;
  for (const { pattern } of edges) yield pattern;
}
