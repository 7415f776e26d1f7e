import type { Span } from '../base/span.ts';
import { guessOf } from '../model/declare.ts';
import type { Detector } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Speech } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import { builtinVariables, type Channel, findTerm, type VariableType, variableTypes } from '../syntax/vocabulary.ts';
import { engineOf } from './engine.ts';
import { gapsIn, isUntouched } from './untouched.ts';
import { breaks } from './wording.ts';

/** A line as detectors see it. */
export interface Said {
  readonly speech: Speech;
  readonly speaker: Detector['speaker'];
  readonly channel?: Channel;
  /** The type of a variable, where it is declared; of others it is guessed by the name. */
  typeOf(variable: string): VariableType | undefined;
  /** The type of what `记录` put into a variable; nothing for others. */
  recordedType(variable: string): VariableType | undefined;
}

/** A line as an example quotes it, without a script around it; its variables are of no known type. */
export function saidBy(speaker: Detector['speaker'], text: string): Said | undefined {
  const line = scanLine(`${{ agent: '坐席', party: '客户', guidance: '提示' }[speaker]}：${text}`);
  return 'speech' in line
    ? { speech: line.speech, speaker, typeOf: () => undefined, recordedType: () => undefined }
    : undefined;
}

const remembered = new WeakMap<PackSet, Map<string, ReadonlySet<string>>>();
const mostRemembered = 50_000;

/** What a line does: the ids of the detectors that recognise it. Equal lines are looked at once. */
export function actsOf(said: Said, packs: PackSet, day: string): ReadonlySet<string> {
  if (packs.detectors.length === 0) return nothing;
  const known = remembered.get(packs) ?? new Map<string, ReadonlySet<string>>();
  remembered.set(packs, known);
  const types = said.speech.variables.map(({ text }) => typeOf(text, said));
  const repeated = said.speech.variables.flatMap(({ text }) => said.recordedType(text) ?? []);
  const key = [said.speaker, said.channel, day, ...types, '', ...repeated, said.speech.text].join('\n');
  let acts = known.get(key);
  if (!acts) {
    acts = detect(said, types, repeated, packs, day);
    if (known.size >= mostRemembered) known.clear();
    known.set(key, acts);
  }
  return acts;
}

const nothing: ReadonlySet<string> = new Set();

/** A name like `{哪天}` or `{该还多少}` would make a statement a question. */
const asks = /[哪几啥谁]|多少|什么|何时/u;

/** The types whose name says something that patterns look for. */
const labelled: ReadonlySet<VariableType | undefined> = new Set(['date', 'money', 'time', 'phone']);

function detect(
  { speech, speaker, channel }: Said,
  types: readonly (VariableType | undefined)[],
  repeated: readonly VariableType[],
  packs: PackSet,
  day: string,
): ReadonlySet<string> {
  const engine = engineOf(packs);
  const named = spelledOut(speech, types);
  const heard = engine.read(named.text, named.gaps).detectors(speaker);
  const variables = gapsIn(speech);
  const mayBreak = !isUntouched(speech, packs);
  const found = new Set<string>();
  for (const { detector, asksVariables, rules } of engine.listening(speaker)) {
    const isHeard =
      heard.includes(detector) ||
      (asksVariables &&
        (detector.variables.some((type) => types.includes(type)) ||
          detector.repeats.some((type) => repeated.includes(type))));
    if (isHeard) found.add(detector.id);
    else if (mayBreak && rules.size > 0) {
      const place = { text: speech.text, variables, steps: [], facts: detector.facts, ...(channel && { channel }) };
      if (breaks(rules, { speaker: 'agent', ...place }, packs, day)) found.add(detector.id);
    }
  }
  return found;
}

function typeOf(variable: string, { typeOf: declared }: Said): VariableType | undefined {
  const id = findTerm(builtinVariables, variable)?.id;
  return declared(variable) ?? builtinVariables.find((each) => each.id === id)?.type ?? guessOf(variable)?.type;
}

/**
 * The text with what its variables are called, so that patterns can go by it: `应还{应还金额}元` reads 应还应还金额…元, and `{日子}`, a
 * date, reads 日子日期…. Behind the name stays a gap, which counts as a number. A name in Latin letters is no help; there the type
 * alone stands for it; nor is one that asks.
 */
function spelledOut(
  { text, start, variables }: Speech,
  types: readonly (VariableType | undefined)[],
): { readonly text: string; readonly gaps: readonly Span[] } {
  let written = '';
  let from = 0;
  const gaps: Span[] = [];
  for (const [index, { braces, text: name }] of variables.entries()) {
    const label = labelled.has(types[index]) ? variableTypes.find(({ id }) => id === types[index])?.zh[0] : undefined;
    const spoken = /\p{Script=Han}/u.test(name) && !asks.test(name) ? name : '';
    written += text.slice(from, braces.start - start) + spoken + (label && !spoken.includes(label) ? label : '');
    gaps.push({ start: written.length, end: written.length + 1 });
    written += '…';
    from = braces.end - start;
  }
  return { text: written + text.slice(from), gaps };
}
