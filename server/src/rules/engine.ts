import { whole } from '../base/bytes.ts';
import type { Span } from '../base/span.ts';
import { type CompiledContext, inContext, isInside } from '../matcher/contexts.ts';
import { type FoldedText, fold, foldPlain, type LatinWords } from '../matcher/fold.ts';
import { type Lexicons, latinWordsOf, numberSlot, type Pattern, parsePattern } from '../matcher/pattern.ts';
import { Program } from '../matcher/program.ts';
import { Prospects } from '../matcher/prospects.ts';
import { Reading } from '../matcher/reading.ts';
import { type IndexTables, indexTablesOf, TriggerIndex } from '../matcher/triggerIndex.ts';
import { find } from '../matcher/wordings.ts';
import type { Detector, Fact, Facts, Pack, Wording, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { type Candidate, type Looking, type Sifted, Sought, triesForAnIndex } from './sought.ts';

/** A wording rule with its patterns compiled. */
export interface CompiledRule {
  readonly rule: WordingRule;
  /** Whether what is known makes a difference to it. */
  readonly asksFacts: boolean;
  readonly needs: readonly Program[];
  readonly inside: readonly Program[];
  readonly when: readonly CompiledContext[];
  readonly unless: readonly CompiledContext[];
}

/** A detector with its patterns compiled. */
export interface CompiledDetector {
  readonly detector: Detector;
  readonly inside: readonly Program[];
  readonly unless: readonly CompiledContext[];
}

/** The wording rules and detectors of a set of packs, ready to run. */
export interface Engine {
  fold(text: string, variables: readonly Span[]): FoldedText;
  /** What a text has to say to the rules and detectors; the last text is remembered, since several ask about it. */
  read(text: string, variables: readonly Span[]): TextRead;
  /** The detectors for a speaker, in the order of the packs. */
  listening(speaker: Detector['speaker']): readonly Listening[];
}

/** A detector, and what besides its patterns can make it recognise a line. */
export interface Listening {
  readonly detector: Detector;
  /** Whether that hangs on the variables of the line. */
  readonly asksVariables: boolean;
  /** The wording rules that it goes by. */
  readonly rules: ReadonlySet<string>;
}

/** A text as an engine reads it; each answer is worked out when it is first asked for. */
export interface TextRead {
  readonly folded: FoldedText;
  readonly reading: Reading;
  /** The rules that may have a wording in it. */
  readonly rules: readonly Candidate<CompiledRule>[];
  /** What it says itself about the situation. */
  readonly evidence: Facts;
  /** The detectors for a speaker that recognise it by its words. */
  detectors(speaker: Detector['speaker']): readonly Detector[];
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

const engines = new WeakMap<PackSet, Engine>();
const compiledPacks = new WeakMap<Pack, CompiledPack>();

/** A pack with everything compiled; what it looks for is put together when a text first comes. */
interface CompiledPack {
  readonly sought: {
    readonly rules: Sought<CompiledRule>;
    readonly evidence: Sought<CompiledEvidence>;
  } & { readonly [speaker in Detector['speaker']]: Sought<CompiledDetector> };
  /** The programs that are asked about where a wording stands. */
  readonly asked: readonly Program[];
  prospects(): Prospects | undefined;
  latin(): LatinWords;
}

interface CompiledEvidence {
  readonly fact: Fact;
  readonly value: string;
  readonly match: readonly Wording[];
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

function combine(parts: readonly CompiledPack[], packs: PackSet): Engine {
  const latin = new Set(
    packs.packs.flatMap((pack, index) => preparedOf(pack)?.latin ?? [...(parts[index]?.latin() ?? [])]),
  );
  // Where two packs define a rule of one name, the set knows only the later one.
  const rules = new Set(packs.rules);
  const detectors = new Set(packs.detectors);
  const asked = new Set(packs.rules.flatMap((rule) => Object.keys({ ...rule.where.facts, ...rule.lifted })));
  const sought = parts.map((part) => part.sought);
  const all = {
    rules: sought.map((each) => each.rules),
    evidence: sought.map((each) => each.evidence),
    agent: sought.map(({ agent }) => agent),
    party: sought.map(({ party }) => party),
    guidance: sought.map(({ guidance }) => guidance),
  };
  let known: readonly Prospects[] = none;
  const prospects = (): readonly Prospects[] => {
    if (known.length < parts.length) known = parts.flatMap((part) => part.prospects() ?? []);
    return known;
  };
  const seeking: Seeking = {
    latin,
    prospects,
    rules: (text) => candidatesIn(text, all.rules, ({ rule }) => rules.has(rule)),
    evidence: (text) => candidatesIn(text, all.evidence, ({ fact }) => asked.has(fact)),
    detectors: (text, speaker) => candidatesIn(text, all[speaker], ({ detector }) => detectors.has(detector)),
  };
  let last: ReadBy | undefined;
  const listening = (speaker: Detector['speaker']): readonly Listening[] =>
    packs.detectors
      .filter((detector) => detector.speaker === speaker)
      .map((detector) => ({
        detector,
        asksVariables: detector.variables.length > 0 || detector.repeats.length > 0,
        rules: new Set(detector.rules),
      }));
  const speakers = { agent: listening('agent'), party: listening('party'), guidance: listening('guidance') };
  return {
    fold: (text, variables) => fold(text, variables, latin),
    read(text, variables) {
      if (!last?.isOf(text, variables)) last = new ReadBy(seeking, text, variables);
      return last;
    },
    listening: (speaker) => speakers[speaker],
  };
}

/** What engines of several packs look for. */
interface Seeking {
  readonly latin: LatinWords;
  prospects(): readonly Prospects[];
  rules(text: Sifted): readonly Candidate<CompiledRule>[];
  evidence(text: Sifted): readonly Candidate<CompiledEvidence>[];
  detectors(text: Sifted, speaker: Detector['speaker']): readonly Candidate<CompiledDetector>[];
}

class ReadBy implements TextRead, Sifted {
  readonly source: string;
  readonly variables: readonly Span[];
  isPlain = false;
  private readonly seeking: Seeking;
  // One is made for every line that is looked at, and most are never asked for any of these.
  private knownFolded: FoldedText | undefined = undefined;
  private knownReading: Reading | undefined = undefined;
  private knownRules: readonly Candidate<CompiledRule>[] | undefined = undefined;
  private knownEvidence: Facts | undefined = undefined;
  private heard: { [speaker in Detector['speaker']]?: readonly Detector[] } | undefined = undefined;

  constructor(seeking: Seeking, source: string, variables: readonly Span[]) {
    this.seeking = seeking;
    this.source = source;
    this.variables = variables;
  }

  isOf(source: string, variables: readonly Span[]): boolean {
    return (
      this.source === source &&
      this.variables.length === variables.length &&
      this.variables.every(
        ({ start, end }, index) => start === variables[index]?.start && end === variables[index]?.end,
      )
    );
  }

  /** It has been folded, or it has variables. */
  get isFolded(): boolean {
    return !this.isPlain && (this.knownFolded !== undefined || this.variables.length > 0);
  }

  get folded(): FoldedText {
    this.knownFolded ??= this.isPlain ? foldPlain(this.source) : fold(this.source, this.variables, this.seeking.latin);
    return this.knownFolded;
  }

  get reading(): Reading {
    this.knownReading ??= new Reading(this.folded, this.seeking.prospects());
    return this.knownReading;
  }

  get rules(): readonly Candidate<CompiledRule>[] {
    this.knownRules ??= this.seeking.rules(this);
    return this.knownRules;
  }

  get evidence(): Facts {
    if (!this.knownEvidence) {
      const facts: { [fact in Fact]?: string } = {};
      for (const each of this.seeking.evidence(this)) {
        const { fact, value } = each.of;
        if (facts[fact] === undefined && recognises(each, this.reading)) facts[fact] = value;
      }
      this.knownEvidence = facts;
    }
    return this.knownEvidence;
  }

  detectors(speaker: Detector['speaker']): readonly Detector[] {
    this.heard ??= {};
    this.heard[speaker] ??= this.seeking
      .detectors(this, speaker)
      .filter((each) => recognises(each, this.reading))
      .map(({ of }) => of.detector);
    return this.heard[speaker];
  }
}

/** What may have a wording in a text, of several packs. */
function candidatesIn<T>(
  text: Sifted,
  packs: readonly Sought<T>[],
  isWanted: (each: T) => boolean,
): readonly Candidate<T>[] {
  let found: readonly Candidate<T>[] = none;
  for (const sought of packs) {
    const here = sought.candidatesIn(text);
    if (here.length > 0) found = [...found, ...here.filter(({ of }) => isWanted(of))];
  }
  return found;
}

const none: readonly never[] = [];

function recognises({ of, possible }: Candidate<Recognising>, reading: Reading): boolean {
  const { unless, inside } = of;
  for (const each of possible) {
    if (!each.stands) continue;
    for (const found of find(each.wording, reading)) {
      if (!isInside(inside, reading, found) && !unless.some((context) => inContext(context, reading, found)))
        return true;
    }
  }
  return false;
}

type Recognising = Pick<CompiledDetector, 'inside' | 'unless'>;

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
  const lexicons: Lexicons = {
    get(name) {
      const sources = Object.hasOwn(written, name) ? written[name] : undefined;
      return sources && parsed(sources);
    },
  };
  const programs = new Map<string, Program>();
  const compiler: Compiler = {
    latin: () => Object.values(written).flatMap((sources) => sources.flatMap(latinWordsIn)),
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
  let tries = 0;
  const detectors = pack.detectors.map((detector) => ({
    detector,
    inside: askedAbout(detector.inside),
    unless: contextsOf(detector.unless),
  }));
  const heardFrom = (speaker: Detector['speaker']): Sought<CompiledDetector> =>
    new Sought(
      detectors.filter(({ detector }) => detector.speaker === speaker),
      ({ detector }) => detector.match,
      compiler.program,
      looking?.[speaker],
    );
  const rules = pack.rules.map((rule) => ({
    rule,
    asksFacts: Object.keys(rule.where.facts).length > 0 || Object.keys(rule.lifted).length > 0,
    needs: askedAbout(rule.needs),
    inside: askedAbout(rule.inside),
    when: contextsOf(rule.when),
    unless: contextsOf(rule.unless),
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
      rules: new Sought(rules, ({ rule }) => rule.match, compiler.program, looking?.rules),
      evidence: new Sought(evidence, ({ match }) => match, compiler.program, looking?.evidence),
      agent: heardFrom('agent'),
      party: heardFrom('party'),
      guidance: heardFrom('guidance'),
    },
    asked: [...asked],
    prospects() {
      tries += asked.size;
      if (!prospects && (prepared || tries > triesForAnIndex)) {
        const all = [...asked];
        prospects = new Prospects(all, new TriggerIndex(whole(prepared?.asked ?? indexOf(all))));
      }
      return prospects;
    },
    latin: () => new Set(isChinese(pack) ? [...compiler.latin(), ...patternsOf(pack).flatMap(latinWordsIn)] : []),
  };
}

function indexOf(programs: readonly Program[]): IndexTables {
  return indexTablesOf(programs.map((program) => program.triggers()));
}

/** In a pack for another language every word is Latin, and says nothing about Chinese text. */
function isChinese(pack: Pack): boolean {
  const wordings = pack.rules.flatMap(({ match }) => match.flatMap(({ all }) => all));
  return [...wordings, ...Object.values(pack.lexicons).flat()].some((source) =>
    /[\u4e00-\u9fff]/.test(source.replaceAll(`{${numberSlot}}`, '')),
  );
}

/** All patterns of a pack but those of its lexicons. */
function patternsOf({ rules, detectors, evidence, contexts, turns }: Pack): readonly string[] {
  const said = (wordings: readonly Wording[]): string[] => wordings.flatMap(({ all }) => all);
  return [
    ...rules.flatMap(({ match, needs, inside }) => [...said(match), ...needs, ...inside]),
    ...detectors.flatMap(({ match, inside }) => [...said(match), ...inside]),
    ...evidence.flatMap(({ patterns, inside }) => [...patterns, ...inside]),
    ...contexts.flatMap(({ cues, except, void: voiding }) => [...cues, ...except, ...voiding]),
    ...turns,
  ];
}
