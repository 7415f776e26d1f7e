import { frequencyOf } from './frequencies.ts';
import type { Pattern } from './pattern.ts';
import { type Lexicons, longestNumber } from './program.ts';

/** A text that stands in a match, so many units behind its beginning. */
export interface Trigger {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether it may be written with homophones. */
  readonly alike: boolean;
}

/** What every match of a pattern contains one of, and how often these stand in what is said; the fewer times the better. */
export interface Triggers {
  readonly all: readonly Trigger[];
  readonly often: number;
}

/** The best triggers of a pattern; none if a match may contain anything. */
export function triggersOf(pattern: Pattern, lexicons: Lexicons): Triggers | undefined {
  return stretchOf(pattern, lexicons, false).triggers;
}

/** A stretch of a pattern. */
interface Stretch {
  /** The fewest and the most units that it can match. */
  readonly shortest: number;
  readonly longest: number;
  /** All texts that it can match, if these are few. */
  readonly texts: readonly string[] | undefined;
  readonly triggers: Triggers | undefined;
}

/** Words in gaps, and the rest of a word, are as long as they are. */
const endless = 1_000_000;

/** So many texts are written out where stretches stand side by side. */
const mostTexts = 64;

/** What each further text costs, beside standing somewhere: the search has to know it. */
const costOfText = 0.002;

/** A text that is also looked for by its sound is found more often, and takes longer to find. */
const costOfSound = 20;

function stretchOf(pattern: Pattern, lexicons: Lexicons, alike: boolean): Stretch {
  switch (pattern.kind) {
    case 'text':
      return textStretch(pattern.text, alike);
    case 'sequence':
      return rowOf(pattern.items.map((item) => stretchOf(item, lexicons, alike)));
    case 'capture':
      return stretchOf(pattern.item, lexicons, alike);
    case 'disguised':
      return stretchOf(pattern.item, lexicons, true);
    case 'choice':
      return eitherOf(pattern.options.map((option) => stretchOf(option, lexicons, alike)));
    case 'lexicon':
      return lexiconStretch(pattern.name, lexicons, alike);
    case 'optional': {
      const { longest, texts } = stretchOf(pattern.item, lexicons, alike);
      return { shortest: 0, longest, texts: texts && ['', ...texts], triggers: undefined };
    }
    case 'gap':
      return unknown(pattern.min, pattern.over === 'words' ? endless : pattern.max);
    case 'number':
      return unknown(1, longestNumber);
    case 'word-end':
      return unknown(0, endless);
    case 'blank':
      return { shortest: 0, longest: 1, texts: ['', ' '], triggers: undefined };
    case 'clause-start':
    case 'clause-end':
      return { shortest: 0, longest: 0, texts: [''], triggers: undefined };
    default: {
      const never: never = pattern;
      return never;
    }
  }
}

function unknown(shortest: number, longest: number): Stretch {
  return { shortest, longest, texts: undefined, triggers: undefined };
}

function textStretch(text: string, alike: boolean): Stretch {
  return {
    shortest: text.length,
    longest: text.length,
    // What may stand for it in homophones is too much to be written out.
    texts: alike ? undefined : [text],
    triggers: triggersIn([{ text, from: 0, to: 0, alike }]),
  };
}

const lexiconStretches = new WeakMap<Lexicons, Map<string, Stretch>>();

/** A lexicon is the same wherever it stands. */
function lexiconStretch(name: string, lexicons: Lexicons, alike: boolean): Stretch {
  const known = lexiconStretches.get(lexicons) ?? new Map<string, Stretch>();
  lexiconStretches.set(lexicons, known);
  const key = alike ? `~${name}` : name;
  let stretch = known.get(key);
  if (!stretch) {
    stretch = eitherOf((lexicons.get(name) ?? []).map((each) => stretchOf(each, lexicons, alike)));
    known.set(key, stretch);
  }
  return stretch;
}

function triggersIn(all: readonly Trigger[]): Triggers {
  let often = 0;
  for (const { text, alike } of all) often += costOfText + (alike ? costOfSound : 1) * frequencyOf(text);
  return { all, often };
}

function eitherOf(options: readonly Stretch[]): Stretch {
  let [shortest, longest] = [endless, 0];
  let texts: string[] | undefined = [];
  let triggers: Trigger[] | undefined = [];
  for (const option of options) {
    shortest = Math.min(shortest, option.shortest);
    longest = Math.max(longest, option.longest);
    if (!texts || !option.texts || texts.length + option.texts.length > mostTexts) texts = undefined;
    else texts.push(...option.texts);
    if (!triggers || !option.triggers) triggers = undefined;
    else for (const each of option.triggers.all) triggers.push(each);
  }
  return { shortest, longest, texts: texts && [...new Set(texts)], triggers: triggers && triggersIn(united(triggers)) };
}

/** Each text once, wherever it may stand. */
function united(triggers: readonly Trigger[]): readonly Trigger[] {
  const byText = new Map<string, Trigger>();
  for (const trigger of triggers) {
    const { text, from, to, alike } = trigger;
    const key = alike ? `~${text}` : text;
    const other = byText.get(key);
    if (!other) byText.set(key, trigger);
    else byText.set(key, { text, from: Math.min(from, other.from), to: Math.max(to, other.to), alike });
  }
  return [...byText.values()];
}

/** Stretches side by side: the best triggers of one of them, or what some of them in a row can match. */
function rowOf(items: readonly Stretch[]): Stretch {
  let best: Triggers | undefined;
  let [shortest, longest] = [0, 0];
  let whole: readonly string[] | undefined;
  for (let first = 0; first < items.length; first++) {
    const item = items[first] as Stretch;
    const inside = item.triggers;
    if (inside && (!best || inside.often < best.often)) best = moved(inside, shortest, longest);
    let row: readonly string[] | undefined = item.texts;
    for (let last = first + 1; row && last < items.length; last++) {
      row = together(row, (items[last] as Stretch).texts);
      if (!row || row.includes('')) continue;
      const [from, to] = [shortest, Math.min(endless, longest)];
      const found = triggersIn(row.map((text) => ({ text, from, to, alike: false })));
      if (!best || found.often < best.often) best = found;
    }
    if (first === 0) whole = row;
    shortest += item.shortest;
    longest = Math.min(endless, longest + item.longest);
  }
  return { shortest, longest, texts: items.length === 0 ? [''] : whole, triggers: best };
}

function moved({ all, often }: Triggers, by: number, most: number): Triggers {
  if (most === 0) return { all, often };
  const there = all.map((each) => ({ ...each, from: each.from + by, to: Math.min(endless, each.to + most) }));
  return { all: there, often };
}

function together(before: readonly string[], after: readonly string[] | undefined): readonly string[] | undefined {
  if (!after || before.length * after.length > mostTexts) return undefined;
  return [...new Set(before.flatMap((one) => after.map((other) => one + other)))];
}
