import { lexiconsOf, parsePattern } from '../matcher/pattern.ts';
import { Reading } from '../matcher/reading.ts';
import type { Context, Example, Pack, Wording, WordingRule } from '../packs/pack.ts';
import { type PackSet, packSetOf } from '../packs/packSet.ts';
import { programOf } from './compiledPack.ts';
import { engineOf } from './engine.ts';
import { utteranceOf } from './examples.ts';
import { checkWording } from './wording.ts';

/** A pattern, phrase, exception or context of a pack that could be missing without anybody noticing. */
export interface Unproven {
  /** Where it stands, such as `cn/no-insult › inside`. */
  readonly where: string;
  readonly source: string;
}

/** How far the examples of a pack prove what stands in it. */
export interface Proof {
  readonly parts: number;
  readonly unproven: readonly Unproven[];
  /** Bad examples that say the same as an earlier one of their rule but for the words that are found; they prove nothing. */
  readonly alike: readonly { readonly rule: WordingRule; readonly example: Example }[];
}

interface Part extends Unproven {
  /** The pack without it. */
  readonly without: Pack;
  /** The rules that it can make a difference to. */
  readonly rules: readonly WordingRule[];
  /** Without the pattern in its text an example cannot change. */
  readonly pattern: string | undefined;
}

/** Takes every part of a pack away, one at a time, and sees whether an example of a rule notices. */
export function proofOf(pack: Pack, day: string): Proof {
  const whole = packSetOf([pack]);
  const { fold } = engineOf(whole);
  const alike = pack.rules.flatMap((rule) => alikeExamples(rule, pack, day).map((example) => ({ rule, example })));
  const ignored = new Set(alike.map(({ example }) => example));
  const examples = new Map(
    pack.rules.map((rule) => [
      rule.id,
      [
        ...rule.examples.bad.filter((example) => !ignored.has(example)).map((example) => ({ example, bad: true })),
        ...rule.examples.good.map((example) => ({ example, bad: false })),
      ]
        .map((each) => ({ ...each, reading: new Reading(fold(each.example.text, [])) }))
        .filter(({ example, bad }) => holds(rule, example, bad, alone(pack, rule), day)),
    ]),
  );
  const unproven: Unproven[] = [];
  let parts = 0;
  for (const part of partsOf(pack)) {
    parts++;
    const { where, source, pattern } = part;
    const program = pattern === undefined ? undefined : programOf(pack, pattern);
    const noticed = part.rules.some((rule) => {
      const affected = (examples.get(rule.id) ?? []).filter(({ reading }) => !program || reading.holds(program));
      if (affected.length === 0) return false;
      const mutated = part.without.rules.find(({ id }) => id === rule.id);
      if (!mutated) return true;
      const packs = alone(part.without, mutated);
      return affected.some(({ example, bad }) => !holds(mutated, example, bad, packs, day));
    });
    if (!noticed) unproven.push({ where, source });
  }
  return { parts, unproven, alike };
}

/** A rule with the contexts and the evidence that it asks for: nothing else of its pack can make a difference to it. */
function alone(pack: Pack, rule: WordingRule): PackSet {
  const facts = { ...rule.where.facts, ...rule.lifted };
  const contexts = pack.contexts.filter(({ id }) => rule.unless.includes(id) || rule.when.includes(id));
  const evidence = pack.evidence.filter(({ fact }) => fact in facts);
  // What evidence asks for stands among the contexts as well.
  const asked = evidence.flatMap(({ unless }) => pack.contexts.filter(({ id }) => unless.includes(id)));
  return packSetOf([
    { ...pack, rules: [rule], contexts: [...new Set([...contexts, ...asked])], evidence, detectors: [] },
  ]);
}

/** Whether a rule on its own does with an example what the example says. */
function holds(rule: WordingRule, example: Example, bad: boolean, packs: PackSet, day: string): boolean {
  const hits = checkWording(utteranceOf(example, rule), packs, day);
  if (!bad) return hits.length === 0;
  const { mark } = example;
  return hits.some((hit) => !mark || (hit.start === mark.start && hit.end === mark.end));
}

/** Bad examples whose words around what is found are those of an earlier one. */
function alikeExamples(rule: WordingRule, pack: Pack, day: string): Example[] {
  const packs = alone(pack, { ...rule, report: 'match' });
  const seen = new Set<string>();
  return rule.examples.bad.filter((example) => {
    const [hit] = checkWording(utteranceOf(example, rule), packs, day);
    if (!hit) return false;
    const frame = `${example.text.slice(0, hit.start)}…${example.text.slice(hit.end)}`.replace(/[\s\p{P}]/gu, '');
    // A sentence that is underlined from end to end has no words around it.
    if (frame === '') return false;
    if (seen.has(frame)) return true;
    seen.add(frame);
    return false;
  });
}

/** What only detectors use is proven by their own examples. */
function* partsOf(pack: Pack): Generator<Part> {
  const heard = heardBy(pack);
  for (const rule of pack.rules) yield* partsOfRule(pack, rule);
  for (const context of pack.contexts) {
    const rules = pack.rules.filter(({ unless, when }) => [...unless, ...when].includes(context.id));
    if (rules.length === 0 && heard.contexts.has(context.id)) continue;
    for (const key of ['cues', 'except', 'void'] as const) {
      for (const [index, source] of context[key].entries()) {
        const mutated: Context = { ...context, [key]: leaving(context[key], index) };
        const contexts = pack.contexts.map((each) => (each === context ? mutated : each));
        yield { where: `${context.id} › ${key}`, source, pattern: source, rules, without: { ...pack, contexts } };
      }
    }
  }
  for (const [name, sources] of Object.entries(pack.lexicons)) {
    const rules = pack.rules.filter((rule) => lexiconsUsedBy(pack, rule).has(name));
    if (rules.length === 0 && heard.lexicons.has(name)) continue;
    for (const [index, source] of sources.entries()) {
      const lexicons = { ...pack.lexicons, [name]: leaving(sources, index) };
      yield { where: `{${name}}`, source, pattern: source, rules, without: { ...pack, lexicons } };
    }
  }
  const factual = pack.rules.filter((rule) => Object.keys({ ...rule.where.facts, ...rule.lifted }).length > 0);
  for (const each of pack.evidence) {
    for (const key of ['patterns', 'inside'] as const) {
      for (const [index, source] of each[key].entries()) {
        const mutated = { ...each, [key]: leaving(each[key], index) };
        const evidence = pack.evidence.map((other) => (other === each ? mutated : other));
        const where = `${each.fact}: ${each.value} › ${key}`;
        yield { where, source, pattern: source, rules: factual, without: { ...pack, evidence } };
      }
    }
  }
}

function* partsOfRule(pack: Pack, rule: WordingRule): Generator<Part> {
  const part = (key: string, source: string, changes: Partial<WordingRule>, pattern?: string): Part => {
    const rules = pack.rules.map((each) => (each === rule ? { ...rule, ...changes } : each));
    return { where: `${rule.id} › ${key}`, source, pattern, rules: [rule], without: { ...pack, rules } };
  };
  for (const [index, wording] of rule.match.entries()) {
    const [first, ...others] = wording.all;
    const shown = others.length === 0 ? (first ?? '') : wording.all.join(' + ');
    yield part('match', shown, { match: leaving(rule.match, index) }, first);
    if (others.length === 0) continue;
    for (const [place, source] of wording.all.entries()) {
      const wider: Wording = { ...wording, all: leaving(wording.all, place) };
      const match = rule.match.map((each) => (each === wording ? wider : each));
      yield part('match › all', source, { match });
    }
  }
  for (const [index, source] of rule.inside.entries())
    yield part('inside', source, { inside: leaving(rule.inside, index) }, source);
  // Without its only need a rule finds more, also where the need never stood.
  for (const [index, source] of rule.needs.entries()) {
    const needs = leaving(rule.needs, index);
    yield part('needs', source, { needs }, needs.length === 0 ? undefined : source);
  }
  for (const key of ['unless', 'when'] as const) {
    for (const [index, source] of rule[key].entries()) yield part(key, source, { [key]: leaving(rule[key], index) });
  }
}

function leaving<T>(items: readonly T[], index: number): readonly T[] {
  return items.filter((_, place) => place !== index);
}

const usedLexicons = new WeakMap<WordingRule, ReadonlySet<string>>();

/** The lexicons of a rule's patterns and contexts, and those that they use. */
function lexiconsUsedBy(pack: Pack, rule: WordingRule): ReadonlySet<string> {
  const known = usedLexicons.get(rule);
  if (known) return known;
  const contexts = pack.contexts.filter(({ id }) => rule.unless.includes(id) || rule.when.includes(id));
  const facts = Object.keys({ ...rule.where.facts, ...rule.lifted }).length > 0;
  const waiting = [
    ...rule.match.flatMap(({ all }) => all),
    ...rule.needs,
    ...rule.inside,
    ...contexts.flatMap(({ cues, except, void: voiding }) => [...cues, ...except, ...voiding]),
    ...(facts ? pack.evidence.flatMap(({ patterns, inside }) => [...patterns, ...inside]) : []),
  ];
  const used = lexiconsIn(waiting, pack);
  usedLexicons.set(rule, used);
  return used;
}

/** The contexts and lexicons that detectors use. */
function heardBy(pack: Pack): { readonly contexts: ReadonlySet<string>; readonly lexicons: ReadonlySet<string> } {
  const contexts = new Set(pack.detectors.flatMap(({ unless }) => unless));
  const sources = [
    ...pack.detectors.flatMap(({ match, inside }) => [...match.flatMap(({ all }) => all), ...inside]),
    ...pack.contexts
      .filter(({ id }) => contexts.has(id))
      .flatMap(({ cues, except, void: voiding }) => [...cues, ...except, ...voiding]),
  ];
  return { contexts, lexicons: lexiconsIn(sources, pack) };
}

/** The lexicons that patterns name, and those that these name. */
function lexiconsIn(sources: readonly string[], pack: Pack): ReadonlySet<string> {
  const waiting = [...sources];
  const used = new Set<string>();
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    for (const name of lexiconsOf(parsePattern(source).pattern)) {
      if (used.has(name)) continue;
      used.add(name);
      waiting.push(...(pack.lexicons[name] ?? []));
    }
  }
  return used;
}
