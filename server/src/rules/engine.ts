import { indexAnchors } from '../matcher/anchors.ts';
import type { CompiledContext } from '../matcher/contexts.ts';
import { type Pattern, parsePattern } from '../matcher/pattern.ts';
import { compile, type Lexicons, occurs, type Program } from '../matcher/program.ts';
import type { Fact, Facts, Pack, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';

/** A wording rule with its patterns compiled. */
export interface CompiledRule {
  readonly rule: WordingRule;
  readonly match: readonly Program[];
  readonly needs: readonly Program[];
  readonly inside: readonly Program[];
  readonly unless: readonly CompiledContext[];
}

/** The wording rules of a set of packs, ready to run on folded text. */
export interface Engine {
  readonly rules: readonly CompiledRule[];
  /** The programs that can match a text at all; most of them cannot. */
  candidates(text: string): ReadonlySet<Program>;
  /** What a line itself says about the situation. */
  evidence(text: string, candidates: ReadonlySet<Program>): Facts;
}

const engines = new WeakMap<PackSet, Engine>();
const compiledPacks = new WeakMap<Pack, CompiledPack>();

interface CompiledPack {
  readonly rules: readonly CompiledRule[];
  readonly evidence: readonly { readonly fact: Fact; readonly value: string; readonly patterns: readonly Program[] }[];
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
  // Where two packs define a rule of one name, the set knows only the later one.
  const rules = parts.flatMap((part) => part.rules).filter(({ rule }) => packs.rule(rule.id) === rule);
  const evidence = parts.flatMap((part) => part.evidence);
  const programs = [...rules.flatMap(({ match }) => match), ...evidence.flatMap(({ patterns }) => patterns)];
  const index = indexAnchors(programs);
  return {
    rules,
    candidates: (text) => new Set([...index.candidates(text)].flatMap((number) => programs[number] ?? [])),
    evidence(text, candidates) {
      const facts: { [fact in Fact]?: string } = {};
      for (const { fact, value, patterns } of evidence) {
        if (facts[fact] !== undefined) continue;
        if (patterns.some((program) => candidates.has(program) && occurs(program, text))) facts[fact] = value;
      }
      return facts;
    },
  };
}

function compilePack(pack: Pack): CompiledPack {
  const parsed = (source: string): Pattern => parsePattern(source).pattern;
  const lexicons: Lexicons = new Map(
    Object.entries(pack.lexicons).map(([name, sources]) => [name, sources.map(parsed)] as const),
  );
  const programs = (sources: readonly string[]): Program[] =>
    sources.flatMap((source) => compile(parsed(source), lexicons) ?? []);
  const contexts = new Map(
    pack.contexts.map(({ id, reach, cues, except, void: voiding }): [string, CompiledContext] => [
      id,
      { reach, cues: programs(cues), except: programs(except), void: programs(voiding) },
    ]),
  );
  return {
    rules: pack.rules.map((rule) => ({
      rule,
      match: programs(rule.match),
      needs: programs(rule.needs),
      inside: programs(rule.inside),
      unless: rule.unless.flatMap((id) => contexts.get(id) ?? []),
    })),
    evidence: pack.evidence.map(({ fact, value, patterns }) => ({ fact, value, patterns: programs(patterns) })),
  };
}
