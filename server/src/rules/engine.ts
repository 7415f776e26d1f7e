import type { Span } from '../base/span.ts';
import { type CompiledContext, inContext, isInside } from '../matcher/contexts.ts';
import { type FoldedText, fold, type LatinWords } from '../matcher/fold.ts';
import { completed, type NeedIndex, needIndexOf, possibleAmong } from '../matcher/needs.ts';
import { latinWordsOf, numberSlot, type Pattern, parsePattern } from '../matcher/pattern.ts';
import { type Lexicons, Program } from '../matcher/program.ts';
import { Reading } from '../matcher/reading.ts';
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
  fold(text: string, variables: readonly Span[]): FoldedText;
  /** What a folded text has to say to the rules and detectors; the last text is remembered, since several ask about it. */
  read(text: string): TextRead;
}

/** A folded text as an engine reads it; each answer is worked out when it is first asked for. */
export interface TextRead {
  readonly reading: Reading;
  /** The rules that have a wording in it, each with those wordings alone. */
  readonly rules: readonly CompiledRule[];
  /** What it says itself about the situation. */
  readonly evidence: Facts;
  /** The detectors that recognise it by its words. */
  readonly detectors: readonly Detector[];
}

/** What takes long to work out of the patterns of a pack: plain data, which of bundled packs comes along. */
export interface Prepared {
  /** The Latin words that mean themselves. */
  readonly latin: readonly string[];
  readonly needs: NeedIndex;
}

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
  const { latin, programs } = compilePack(pack);
  return { latin: [...latin()], needs: completed(needIndexOf(programs)) };
}

const engines = new WeakMap<PackSet, Engine>();
const compiledPacks = new WeakMap<Pack, CompiledPack>();

interface CompiledPack {
  readonly detectors: readonly CompiledDetector[];
  readonly rules: readonly CompiledRule[];
  readonly evidence: readonly CompiledEvidence[];
  /** Every program of these, in the order in which they stand in the pack. */
  readonly programs: readonly Program[];
  latin(): LatinWords;
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
  const detectors = parts
    .flatMap((part) => part.detectors)
    .filter(({ detector }) => packs.detectors.includes(detector));
  const wordings = [...rules, ...evidence, ...detectors].reduce((sum, { match }) => sum + match.length, 0);
  // Of each pack on its own, so that what is worked out of one serves in every set.
  const indexes =
    wordings <= tooFewForAnIndex
      ? undefined
      : packs.packs.map((pack, index) => {
          const { programs } = parts[index] as CompiledPack;
          return possibleAmong(programs, preparedOf(pack)?.needs ?? needIndexOf(programs));
        });
  const possibleIn = (text: string): ReadonlySet<Program> | undefined => {
    if (!indexes) return undefined;
    const possible = new Set<Program>();
    for (const add of indexes) add(text, possible);
    return possible;
  };
  const sought = { rules: new Sought(rules), evidence: new Sought(evidence), detectors: new Sought(detectors) };
  const latin = new Set(
    packs.packs.flatMap((pack, index) => preparedOf(pack)?.latin ?? [...(parts[index]?.latin() ?? [])]),
  );
  let last: TextRead | undefined;
  return {
    fold: (text, variables) => fold(text, variables, latin),
    read(text) {
      if (last?.reading.text !== text) last = new ReadBy(sought, new Reading(text, possibleIn(text)));
      return last;
    },
  };
}

class ReadBy implements TextRead {
  readonly reading: Reading;
  private readonly sought: {
    readonly rules: Sought<CompiledRule>;
    readonly evidence: Sought<CompiledEvidence>;
    readonly detectors: Sought<CompiledDetector>;
  };
  private known: { -readonly [key in keyof Omit<TextRead, 'reading'>]?: TextRead[key] } = {};

  constructor(sought: ReadBy['sought'], reading: Reading) {
    this.sought = sought;
    this.reading = reading;
  }

  get rules(): readonly CompiledRule[] {
    this.known.rules ??= this.sought.rules.standingIn(this.reading);
    return this.known.rules;
  }

  get evidence(): Facts {
    if (!this.known.evidence) {
      const facts: { [fact in Fact]?: string } = {};
      for (const each of this.sought.evidence.standingIn(this.reading)) {
        if (facts[each.fact] === undefined && recognises(each, this.reading)) facts[each.fact] = each.value;
      }
      this.known.evidence = facts;
    }
    return this.known.evidence;
  }

  get detectors(): readonly Detector[] {
    this.known.detectors ??= this.sought.detectors
      .standingIn(this.reading)
      .filter((each) => recognises(each, this.reading))
      .map(({ detector }) => detector);
    return this.known.detectors;
  }
}

/** What has wordings to be looked for, and finds those of it that stand in a text without asking each. */
class Sought<T extends { readonly match: readonly CompiledWording[] }> {
  private readonly all: readonly T[];
  /** Each wording with its owner, in their order. */
  private readonly places: readonly { readonly owner: number; readonly wording: CompiledWording }[];
  /** The places of the wordings that begin with a program. */
  private readonly byProgram = new Map<Program, number[]>();

  constructor(all: readonly T[]) {
    this.all = all;
    this.places = all.flatMap(({ match }, owner) => match.map((wording) => ({ owner, wording })));
    for (const [place, { wording }] of this.places.entries()) {
      const [first] = wording.all;
      if (!first) continue;
      const known = this.byProgram.get(first);
      if (known) known.push(place);
      else this.byProgram.set(first, [place]);
    }
  }

  /** Those with a wording in a text, in their order, each with those wordings alone. */
  standingIn(reading: Reading): readonly T[] {
    const standing: number[] = [];
    for (const program of reading.candidates ?? this.byProgram.keys()) {
      for (const place of this.byProgram.get(program) ?? []) {
        if (this.places[place]?.wording.all.every((each) => reading.holds(each))) standing.push(place);
      }
    }
    const matches = new Map<number, CompiledWording[]>();
    for (const place of standing.sort((a, b) => a - b)) {
      const { owner, wording } = this.places[place] as (typeof this.places)[0];
      const known = matches.get(owner);
      if (known) known.push(wording);
      else matches.set(owner, [wording]);
    }
    return Array.from(matches, ([owner, match]) => ({ ...(this.all[owner] as T), match }));
  }
}

type Recognising = Pick<CompiledDetector, 'match' | 'inside' | 'unless'>;

function recognises({ match, unless, inside }: Recognising, reading: Reading): boolean {
  for (const wording of match) {
    for (const found of find(wording, reading)) {
      if (!isInside(inside, reading, found) && !unless.some((context) => inContext(context, reading, found)))
        return true;
    }
  }
  return false;
}

interface Compiler {
  /** Each pattern is compiled once, however many rules and packs with these lexicons have it. */
  program(source: string): Program;
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
  const names = new Map(Object.entries(written));
  const lexicons: Lexicons = {
    get(name) {
      const sources = names.get(name);
      return sources && parsed(sources);
    },
  };
  const programs = new Map<string, Program>();
  const compiler: Compiler = {
    latin: () =>
      Object.values(written).flatMap((sources) => parsed(sources).flatMap((each) => [...latinWordsOf(each)])),
    program(source) {
      const program = programs.get(source) ?? new Program(source, lexicons);
      programs.set(source, program);
      return program;
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
  const all = new Set<Program>();
  const programs = (sources: readonly string[]): Program[] =>
    sources.map((source) => {
      const program = compiler.program(source);
      all.add(program);
      return program;
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
  const compiled = {
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
  };
  return {
    ...compiled,
    programs: [...all],
    latin: () =>
      new Set(
        isChinese(pack) ? [...compiler.latin(), ...[...all].flatMap(({ pattern }) => [...latinWordsOf(pattern)])] : [],
      ),
  };
}

/** In a pack for another language every word is Latin, and says nothing about Chinese text. */
function isChinese(pack: Pack): boolean {
  const wordings = pack.rules.flatMap(({ match }) => match.flatMap(({ all }) => all));
  return [...wordings, ...Object.values(pack.lexicons).flat()].some((source) =>
    /[\u4e00-\u9fff]/.test(source.replaceAll(`{${numberSlot}}`, '')),
  );
}
