import type { Span } from '../base/span.ts';
import { inContext, isInside } from '../matcher/contexts.ts';
import { type FoldedText, fold, foldPlain, type LatinWords } from '../matcher/fold.ts';
import type { Prospects } from '../matcher/prospects.ts';
import { Reading } from '../matcher/reading.ts';
import type { Detector, Fact, Facts } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import {
  type CompiledDetector,
  type CompiledEvidence,
  type CompiledPack,
  type CompiledRule,
  compiledPackOf,
  preparedOf,
} from './compiledPack.ts';
import { type Candidate, isWhere, type Sifted, type Sought } from './sought.ts';

/** The wording rules and detectors of a set of packs, ready to run. */
export interface Engine {
  fold(text: string, variables: readonly Span[]): FoldedText;
  /** What a text has to say to the rules and detectors; the last text is remembered, since several ask about it. */
  read(text: string, variables: readonly Span[]): TextRead;
  /** The detectors for a speaker that may recognise a line by more than their patterns, in the order of the packs. */
  listening(speaker: Detector['speaker']): readonly Listening[];
}

/** A detector, and the wording rules that it goes by besides its patterns and the variables of a line. */
export interface Listening {
  readonly detector: Detector;
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

const engines = new WeakMap<PackSet, Engine>();

/** The engine of a set of packs, compiled when it is first used. */
export function engineOf(packs: PackSet): Engine {
  let engine = engines.get(packs);
  if (!engine) {
    engine = combine(packs.packs.map(compiledPackOf), packs);
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
  const asking = parts.filter((part) => part.asked.length > 0);
  const prospects = (length: number): readonly Prospects[] => {
    if (known.length < asking.length) known = asking.flatMap((part) => part.prospects(length) ?? []);
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
      .filter(({ variables, repeats, rules }) => variables.length + repeats.length + rules.length > 0)
      .map((detector) => ({ detector, rules: new Set(detector.rules) }));
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
  prospects(length: number): readonly Prospects[];
  rules(text: Sifted): readonly Candidate<CompiledRule>[];
  evidence(text: Sifted): readonly Candidate<CompiledEvidence>[];
  detectors(text: Sifted, speaker: Detector['speaker']): readonly Candidate<CompiledDetector>[];
}

export const noFacts: Facts = {};

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
    this.knownReading ??= new Reading(this.folded, this.seeking.prospects(this.source.length));
    return this.knownReading;
  }

  get rules(): readonly Candidate<CompiledRule>[] {
    this.knownRules ??= this.seeking.rules(this);
    return this.knownRules;
  }

  get evidence(): Facts {
    if (!this.knownEvidence) {
      let facts: { [fact in Fact]?: string } | undefined;
      for (const each of this.seeking.evidence(this)) {
        const { fact, value } = each.of;
        if (facts?.[fact] !== undefined || !recognises(each, this.reading)) continue;
        facts ??= {};
        facts[fact] = value;
      }
      this.knownEvidence = facts ?? noFacts;
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
  const [only] = packs;
  const found = only && packs.length === 1 ? only.candidatesIn(text) : packs.flatMap((each) => each.candidatesIn(text));
  return found.every((each) => isWanted(each.of)) ? found : found.filter((each) => isWanted(each.of));
}

const none: readonly never[] = [];

function recognises(candidate: Candidate<Recognising>, reading: Reading): boolean {
  const { unless, inside } = candidate.of;
  return isWhere(
    candidate,
    reading,
    (found) => !isInside(inside, reading, found) && !unless.some((context) => inContext(context, reading, found)),
  );
}

type Recognising = Pick<CompiledDetector, 'inside' | 'unless'>;
