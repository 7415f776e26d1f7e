import { applyEdits } from '../base/edit.ts';
import type { Text } from '../base/text.ts';
import { disguisedTextsOf, parsePattern } from '../matcher/pattern.ts';
import { type Respelling, respell } from '../matcher/respell.ts';
import type { Detector, Example, FactSets, Facts, Quoted, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { scanLine } from '../syntax/scan.ts';
import { actsOf, saidBy } from './acts.ts';
import { checkWording, type Utterance } from './wording.ts';
import type { WordingHit } from './wordingHit.ts';

/** An example of a rule that does not behave as the pack says. */
export interface ExampleFailure {
  /** The rule or detector. */
  readonly rule: { readonly id: string };
  readonly example: Quoted;
  readonly message: Text;
}

/** Runs the examples of a detector. */
export function* runDetector(detector: Detector, packs: PackSet, day: string): Generator<ExampleFailure> {
  const heard = (text: string): boolean => {
    const said = saidBy(detector.speaker, text);
    return said !== undefined && actsOf(said, packs, day).has(detector.id);
  };
  for (const example of detector.examples.does) {
    const { text } = example;
    if (!heard(text))
      yield { rule: detector, example, message: { zh: `没有认出：${text}`, en: `Not recognised: ${text}` } };
  }
  for (const example of detector.examples.not) {
    const { text } = example;
    if (heard(text))
      yield { rule: detector, example, message: { zh: `误认：${text}`, en: `Wrongly recognised: ${text}` } };
  }
}

/**
 * Runs the examples of a rule among all rules of its packs: bad ones are found where they are marked, and as well when they
 * are spelled otherwise; good ones are clean; and no fix leaves anything to find.
 */
export function* runExamples(rule: WordingRule, packs: PackSet, day: string): Generator<ExampleFailure> {
  for (const example of rule.examples.bad) {
    const hits = checkWording(utteranceOf(example, rule), packs, day);
    const hit = hits.find((each) => each.rule === rule);
    if (!hit) {
      yield {
        rule,
        example,
        message: { zh: `没有发现：${example.text}${others(hits)}`, en: `Not found: ${example.text}${others(hits)}` },
      };
      continue;
    }
    const { mark } = example;
    if (mark && (mark.start !== hit.start || mark.end !== hit.end)) {
      const shown = example.text.slice(hit.start, hit.end);
      yield {
        rule,
        example,
        message: { zh: `划线的是“${shown}”：${example.text}`, en: `“${shown}” is underlined: ${example.text}` },
      };
    }
    yield* runSpellings(rule, example, hit, packs, day);
    yield* runFixes(rule, example, packs, day);
  }
  for (const example of rule.examples.good) {
    const [hit] = checkWording(utteranceOf(example, rule), packs, day);
    if (!hit) continue;
    const shown = example.text.slice(hit.start, hit.end);
    yield {
      rule,
      example,
      message: {
        zh: `误报 ${hit.rule.id}“${shown}”：${example.text}`,
        en: `Wrongly flagged by ${hit.rule.id}, “${shown}”: ${example.text}`,
      },
    };
  }
}

const spellingNames: { readonly [kind in Respelling['kind']]: Text } = {
  separators: { zh: '夹入符号', en: 'with separators' },
  'zero-width': { zh: '夹入零宽字符', en: 'with zero-width characters' },
  traditional: { zh: '改为繁体', en: 'in traditional script' },
  'full-width': { zh: '改为全角', en: 'in full width' },
  pinyin: { zh: '一个字改为拼音', en: 'with pinyin for one character' },
  repeated: { zh: '一个字重复书写', en: 'with a character written many times' },
  split: { zh: '拆开偏旁', en: 'with characters in halves' },
  homophone: { zh: '换成同音字', en: 'with another character of the same sound' },
};

function* runSpellings(
  rule: WordingRule,
  example: Example,
  hit: WordingHit,
  packs: PackSet,
  day: string,
): Generator<ExampleFailure> {
  for (const { kind, text, span } of respell(example.text, hit, disguisedWords(rule, packs))) {
    const hits = checkWording({ ...utteranceOf(example, rule), ...speechOf(text) }, packs, day);
    if (hits.some((each) => each.rule === rule && each.start === span.start && each.end === span.end)) continue;
    const { zh, en } = spellingNames[kind];
    yield {
      rule,
      example,
      message: { zh: `${zh}之后没有在原处发现：${text}`, en: `Not found in its place ${en}: ${text}` },
    };
  }
}

/** The words that the rule finds as well when they are written with other characters of the same sound. */
function* disguisedWords(rule: WordingRule, packs: PackSet): Generator<string> {
  const lexicons = packs.packs.find(({ rules }) => rules.includes(rule))?.lexicons ?? {};
  for (const source of rule.match.flatMap(({ all }) => all))
    yield* disguisedTextsOf(parsePattern(source).pattern, lexicons);
}

/** Every fix is tried in every channel and situation in which it is offered. */
function* runFixes(rule: WordingRule, example: Example, packs: PackSet, day: string): Generator<ExampleFailure> {
  const place = utteranceOf(example, rule);
  const open = example.channel === undefined && !rule.where.channels;
  const named = open ? [...new Set(rule.fixes.flatMap((fix) => fix.channels ?? []))] : [];
  const meant = rule.fixes.flatMap(({ facts, channels: [channel] = [] }) =>
    situationsOf(facts).map((each) => ({ ...(open && channel && { channel }), facts: each })),
  );
  const elsewhere = named.map((channel): Partial<Utterance> => ({ channel }));
  for (const other of [{}, ...elsewhere, ...meant]) {
    const there: Utterance = { ...place, ...other, facts: { ...place.facts, ...other.facts } };
    const hit = checkWording(there, packs, day).find((each) => each.rule === rule);
    for (const fix of hit?.fixes() ?? []) {
      const mended = applyEdits(example.text, fix.edits);
      const [left] = checkWording({ ...there, ...speechOf(mended) }, packs, day);
      if (!left) continue;
      yield {
        rule,
        example,
        message: { zh: `改写之后仍有 ${left.rule.id}：${mended}`, en: `The fix leaves ${left.rule.id}: ${mended}` },
      };
    }
  }
}

/** A situation for each value that a fix may ask for. */
function situationsOf(asked: FactSets): Facts[] {
  return Object.entries(asked).flatMap(([fact, values]) => values.map((value): Facts => ({ [fact]: value })));
}

function others(hits: readonly WordingHit[]): string {
  return hits.length === 0 ? '' : ` (${hits.map((hit) => hit.rule.id).join(', ')})`;
}

/** The situation of an example: where the rule asks for a channel, stage or step, it is in the first of them. */
export function utteranceOf(example: Example, { where }: WordingRule): Utterance {
  const channel = example.channel ?? where.channels?.[0];
  const stage = example.stage ?? where.stages?.[0];
  const step = example.step ?? where.steps?.[0];
  return {
    ...speechOf(example.text),
    speaker: where.speakers.includes('agent') ? 'agent' : 'guidance',
    ...(channel && { channel }),
    ...(stage && { stage }),
    steps: step === undefined ? [] : [step],
    facts: example.facts,
  };
}

function speechOf(text: string): Pick<Utterance, 'text' | 'variables'> {
  const prefix = '坐席：';
  const line = scanLine(prefix + text);
  if (!('speech' in line)) return { text, variables: [] };
  return {
    text,
    variables: line.speech.variables.map(({ braces }) => ({
      start: braces.start - prefix.length,
      end: braces.end - prefix.length,
    })),
  };
}
