import type { Span } from '../base/span.ts';
import { indexOf } from '../matcher/anchors.ts';
import { occursIn } from '../matcher/automaton.ts';
import { type CompiledContext, inContext, isInside } from '../matcher/contexts.ts';
import { type FoldedText, fold, type LatinWords } from '../matcher/fold.ts';
import { numberSlot, type Pattern, parsePattern } from '../matcher/pattern.ts';
import { compile, type Lexicons, latinWordsOf, type Program } from '../matcher/program.ts';
import { type CompiledWording, find } from '../matcher/wordings.ts';
import type { Detector, Fact, Facts, Pack, Wording, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';

/** A wording rule with its patterns compiled. */
export interface CompiledRule {
  readonly rule: WordingRule;
  readonly match: readonly CompiledWording[];
  readonly needs: readonly Program[];
  readonly inside: readonly Program[];
  readonly when: readonly CompiledContext[];
  readonly unless: readonly CompiledContext[];
}

/** A detector with its patterns compiled. */
export interface CompiledDetector {
  readonly detector: Detector;
  readonly match: readonly CompiledWording[];
  readonly inside: readonly Program[];
  readonly unless: readonly CompiledContext[];
}

/** The wording rules and detectors of a set of packs, ready to run. */
export interface Engine {
  readonly rules: readonly CompiledRule[];
  /** The detectors that recognise a folded text by its words. */
  heard(text: string): readonly Detector[];
  fold(text: string, variables: readonly Span[]): FoldedText;
  /** The wordings of rules and evidence that can be in a folded text at all; most of them cannot. */
  candidates(text: string): ReadonlySet<CompiledWording>;
  /** What a line itself says about the situation, by the candidates that it has. */
  evidence(text: string, candidates: ReadonlySet<CompiledWording>): Facts;
}

const engines = new WeakMap<PackSet, Engine>();
const compiledPacks = new WeakMap<Pack, CompiledPack>();

interface CompiledPack {
  readonly detectors: readonly CompiledDetector[];
  readonly rules: readonly CompiledRule[];
  readonly evidence: readonly CompiledEvidence[];
  readonly latin: LatinWords;
}

interface CompiledEvidence {
  readonly fact: Fact;
  readonly value: string;
  readonly match: readonly CompiledWording[];
  readonly unless: readonly CompiledContext[];
  readonly inside: readonly Program[];
}

/** The engine of a set of packs, compiled when it is first used. */
export function engineOf(packs: PackSet): Engine {
  let engine = engines.get(packs);
  if (!engine) {
    const parts = packs.packs.map((pack) => {
      const known = compiledPacks.get(pack) ?? compilePack(pack);
      compiledPacks.set(pack, known);
      return known;
    });
    engine = combine(parts, packs);
    engines.set(packs, engine);
  }
  return engine;
}

/** So many wordings are tried sooner than looked up. */
const tooFewForAnIndex = 100;

function combine(parts: readonly CompiledPack[], packs: PackSet): Engine {
  // Where two packs define a rule of one name, the set knows only the later one.
  const rules = parts.flatMap((part) => part.rules).filter(({ rule }) => packs.rule(rule.id) === rule);
  const asked = new Set(rules.flatMap(({ rule }) => Object.keys({ ...rule.where.facts, ...rule.lifted })));
  const evidence = parts.flatMap((part) => part.evidence).filter(({ fact }) => asked.has(fact));
  const latin = new Set(parts.flatMap((part) => [...part.latin]));
  const detectors = parts
    .flatMap((part) => part.detectors)
    .filter(({ detector }) => packs.detectors.includes(detector));
  const detecting = detectors.flatMap(({ match }) => match);
  const detections = indexOf(detecting);
  const wordings = [...rules.flatMap(({ match }) => match), ...evidence.flatMap(({ match }) => match)];
  const everything = new Set(wordings);
  const index = indexOf(wordings);
  return {
    rules,
    heard(text) {
      const candidates = detecting.length <= tooFewForAnIndex ? new Set(detecting) : detections.candidates(text);
      return detectors.filter((each) => recognises(each, text, candidates)).map(({ detector }) => detector);
    },
    fold: (text, variables) => fold(text, variables, latin),
    candidates: (text) => (wordings.length <= tooFewForAnIndex ? everything : index.candidates(text)),
    evidence(text, candidates) {
      const facts: { [fact in Fact]?: string } = {};
      for (const each of evidence) {
        if (facts[each.fact] === undefined && recognises(each, text, candidates)) facts[each.fact] = each.value;
      }
      return facts;
    },
  };
}

function recognises(
  { match, unless, inside }: Omit<CompiledDetector, 'detector'>,
  text: string,
  candidates: ReadonlySet<CompiledWording>,
): boolean {
  for (const pattern of match) {
    if (!candidates.has(pattern) || !stands(pattern, text)) continue;
    for (const found of find(pattern, text)) {
      if (!isInside(inside, text, found) && !unless.some((context) => inContext(context, text, found))) return true;
    }
  }
  return false;
}

/** Whether all parts of a wording occur in a text. */
export function stands({ all }: CompiledWording, text: string): boolean {
  return all.every((program) => occursIn(program, text));
}

/** A pattern against the lexicons of its pack. */
interface CompiledPattern {
  /** Missing where the pack's loader would refuse it. */
  readonly program: Program | undefined;
  readonly latin: readonly string[];
}

interface Compiler {
  /** Each pattern is compiled once, however many rules and packs with these lexicons have it. */
  pattern(source: string): CompiledPattern;
  /** The Latin words of the lexicons themselves. */
  readonly latin: readonly string[];
}

const compilers = new WeakMap<Pack['lexicons'], Compiler>();

/** The program of a pattern of a pack; nothing for one that the pack's loader would refuse. */
export function programOf({ lexicons }: Pack, source: string): Program | undefined {
  return compilerOf(lexicons).pattern(source).program;
}

function compilerOf(written: Pack['lexicons']): Compiler {
  const known = compilers.get(written);
  if (known) return known;
  const lexicons: Lexicons = new Map(Object.entries(written).map(([name, sources]) => [name, parsed(sources)]));
  const patterns = new Map<string, CompiledPattern>();
  const compiler: Compiler = {
    latin: [...lexicons.values()].flatMap((all) => all.flatMap((pattern) => [...latinWordsOf(pattern)])),
    pattern(source) {
      let compiled = patterns.get(source);
      if (!compiled) {
        const { pattern } = parsePattern(source);
        compiled = { program: compile(pattern, lexicons), latin: [...latinWordsOf(pattern)] };
        patterns.set(source, compiled);
      }
      return compiled;
    },
  };
  compilers.set(written, compiler);
  return compiler;
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
  const latin = new Set(compiler.latin);
  const programs = (sources: readonly string[]): Program[] =>
    sources.flatMap((source) => {
      const compiled = compiler.pattern(source);
      for (const word of compiled.latin) latin.add(word);
      return compiled.program ?? [];
    });
  const wordings = (all: readonly Wording[]): CompiledWording[] =>
    all.map((wording) => ({ all: programs(wording.all), within: wording.within }));
  const contexts = new Map(
    pack.contexts.map(({ id, reach, cues, except, void: voiding }): [string, CompiledContext] => [
      id,
      { reach, cues: programs(cues), except: programs(except), void: programs(voiding) },
    ]),
  );
  const contextsOf = (ids: readonly string[]): CompiledContext[] => ids.flatMap((id) => contexts.get(id) ?? []);
  return {
    detectors: pack.detectors.map((detector) => ({
      detector,
      match: wordings(detector.match),
      inside: programs(detector.inside),
      unless: contextsOf(detector.unless),
    })),
    rules: pack.rules.map((rule) => ({
      rule,
      match: wordings(rule.match),
      needs: programs(rule.needs),
      inside: programs(rule.inside),
      when: contextsOf(rule.when),
      unless: contextsOf(rule.unless),
    })),
    evidence: pack.evidence.map(({ fact, value, patterns, unless, inside }) => ({
      fact,
      value,
      match: wordings(patterns.map((pattern) => ({ all: [pattern], within: 'sentence' }))),
      unless: contextsOf(unless),
      inside: programs(inside),
    })),
    latin: isChinese(pack) ? latin : new Set(),
  };
}

/** In a pack for another language every word is Latin, and says nothing about Chinese text. */
function isChinese(pack: Pack): boolean {
  const wordings = pack.rules.flatMap(({ match }) => match.flatMap(({ all }) => all));
  return [...wordings, ...Object.values(pack.lexicons).flat()].some((source) =>
    /[\u4e00-\u9fff]/.test(source.replaceAll(`{${numberSlot}}`, '')),
  );
}
