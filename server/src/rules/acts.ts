import { Memo } from '../base/memo.ts';
import { mostTexts, Recent, RecentOf } from '../base/recent.ts';
import type { Span } from '../base/span.ts';
import { guessOf } from '../model/declare.ts';
import type { Detector } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Speech } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import { builtinVariables, type Channel, findTerm, type VariableType, variableTypes } from '../syntax/vocabulary.ts';
import { engineOf } from './engine.ts';
import { gapsIn, suspicionOf } from './suspicion.ts';
import { breaks } from './wording.ts';

/** A line as detectors see it. */
export interface Said {
  readonly speech: Speech;
  readonly speaker: Detector['speaker'];
  readonly setting: Setting;
}

/** What a whole script tells of its lines. */
export interface Setting {
  readonly channel?: Channel;
  /** The type of a variable, where it is declared; of others it is guessed by the name. */
  typeOf(variable: string): VariableType | undefined;
  /** The type of what `记录` put into a variable; nothing for others. */
  recordedType(variable: string): VariableType | undefined;
}

const alone: Setting = { typeOf: () => undefined, recordedType: () => undefined };

/** A line as an example quotes it, without a script around it; its variables are of no known type. */
export function saidBy(speaker: Detector['speaker'], text: string): Said | undefined {
  const line = scanLine(`${{ agent: '坐席', party: '客户', guidance: '提示' }[speaker]}：${text}`);
  return 'speech' in line ? { speech: line.speech, speaker, setting: alone } : undefined;
}

const remembered = new RecentOf<PackSet, ReadonlySet<string>>(mostTexts);

/** What a line did when it was asked for last: a script that is edited asks for the same lines again and again. */
interface Last {
  readonly packs: PackSet;
  readonly day: string;
  readonly speaker: Detector['speaker'];
  readonly channel: Channel | undefined;
  /** The types of its variables. */
  readonly types: string;
  readonly acts: ReadonlySet<string>;
}

const lasts = new Memo<Speech, Last>();

/** What a line does: the ids of the detectors that recognise it. Equal lines are looked at once, and lines that do the same share the answer. */
export function actsOf(said: Said, packs: PackSet, day: string): ReadonlySet<string> {
  if (packs.detectors.length === 0) return nothing;
  const { speech, speaker, setting } = said;
  const { channel } = setting;
  const types = typesOf(said);
  const last = lasts.get(speech);
  if (
    last?.packs === packs &&
    last.day === day &&
    last.speaker === speaker &&
    last.channel === channel &&
    last.types === types
  )
    return last.acts;
  const known = remembered.of(packs);
  const key = [speaker, channel, day, types, speech.text].join('\n');
  let acts = known.get(key);
  if (!acts) {
    acts = shared(detect(said, packs, day));
    known.set(key, acts);
  }
  lasts.set(speech, { packs, day, speaker, channel, types, acts });
  return acts;
}

function typesOf(said: Said): string {
  const { speech, setting } = said;
  const { variables } = speech;
  if (variables.length === 0) return '';
  const types = variables.map(({ text }) => typeOf(text, setting));
  const repeated = variables.flatMap(({ text }) => setting.recordedType(text) ?? []);
  return [...types, '', ...repeated].join(' ');
}

const nothing: ReadonlySet<string> = new Set();

const sharing = new Recent<ReadonlySet<string>>(mostTexts);

function shared(detectors: readonly Detector[]): ReadonlySet<string> {
  if (detectors.length === 0) return nothing;
  const ids = detectors.map(({ id }) => id);
  const key = ids.join('\n');
  const known = sharing.get(key);
  if (known) return known;
  const acts = new Set(ids);
  sharing.set(key, acts);
  return acts;
}

/** A name like `{哪天}` or `{该还多少}` would make a statement a question. */
const asks = /[哪几啥谁]|多少|什么|何时/u;

/** The types whose name says something that patterns look for. */
const labelled: ReadonlySet<VariableType | undefined> = new Set(['date', 'money', 'time', 'phone']);

/** The detectors that recognise a line, in the order of the packs. */
function detect(said: Said, packs: PackSet, day: string): readonly Detector[] {
  const { speech, speaker, setting } = said;
  const { channel } = setting;
  const types = speech.variables.map(({ text }) => typeOf(text, setting));
  const repeated = speech.variables.flatMap(({ text }) => setting.recordedType(text) ?? []);
  const engine = engineOf(packs);
  const named = spelledOut(speech, types);
  const heard = engine.read(named.text, named.gaps).detectors(speaker);
  const others = engine.listening(speaker).filter(({ detector, rules }) => {
    if (heard.includes(detector)) return false;
    if (detector.variables.some((type) => types.includes(type))) return true;
    if (detector.repeats.some((type) => repeated.includes(type))) return true;
    if (rules.size === 0 || !suspicionOf(speech, packs).rules.some(({ rule }) => rules.has(rule.id))) return false;
    const place = { speaker: 'agent', steps: [], facts: detector.facts, ...(channel && { channel }) } as const;
    return breaks(rules, { text: speech.text, variables: gapsIn(speech), ...place }, packs, day);
  });
  if (others.length === 0) return heard;
  const found = new Set([...heard, ...others.map(({ detector }) => detector)]);
  return packs.detectors.filter((detector) => found.has(detector));
}

function typeOf(variable: string, { typeOf: declared }: Setting): VariableType | undefined {
  return declared(variable) ?? usualType(variable);
}

const usualTypes = new Recent<{ readonly type: VariableType | undefined }>(mostTexts);

/** What a variable is by its name alone. */
function usualType(variable: string): VariableType | undefined {
  let known = usualTypes.get(variable);
  if (!known) {
    const id = findTerm(builtinVariables, variable)?.id;
    known = { type: builtinVariables.find((each) => each.id === id)?.type ?? guessOf(variable)?.type };
    usualTypes.set(variable, known);
  }
  return known.type;
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
