import { frequencyOf } from './frequencies.ts';
import { digits, longestNumber } from './instructions.ts';
import type { Lexicons, Pattern } from './pattern.ts';
import { spokenLike } from './sounds.ts';

/** A text that stands in a match, so many units behind its beginning. */
export interface Trigger {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether it may be written with homophones. */
  readonly alike: boolean;
  readonly witness: Witness | undefined;
  readonly companion: Companion | undefined;
}

/** What else stands in such a match: one of some units, so many behind the beginning of the text, or before it. */
export interface Witness {
  readonly units: ReadonlySet<number>;
  readonly from: number;
  readonly to: number;
  /** How probable it is that one stands there anyway. */
  readonly chance: number;
}

/** Texts of which one begins in such a match as well, so many units behind the beginning of the text, or before it. */
export interface Companion {
  readonly texts: ReadonlySet<string>;
  readonly from: number;
  readonly to: number;
  /** How probable it is that one stands in a line anyway. */
  readonly chance: number;
}

/** What every match of a pattern contains one of. */
export class Triggers {
  readonly all: readonly Trigger[];
  private known: number | undefined = undefined;

  constructor(all: readonly Trigger[]) {
    this.all = all;
  }

  /** How often these stand in what is said, the fewer times the better; most are never compared with others. */
  get often(): number {
    if (this.known === undefined) {
      this.known = 0;
      for (const { text, alike } of this.all) this.known += costOfText + (alike ? costOfSound : 1) * frequencyOf(text);
    }
    return this.known;
  }
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
  /** The units with which it can begin, if it matches any and these are known. */
  readonly openings: ReadonlySet<number> | undefined;
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
      const { longest, openings, texts } = stretchOf(pattern.item, lexicons, alike);
      return { shortest: 0, longest, openings, texts: texts && ['', ...texts], triggers: undefined };
    }
    case 'gap':
      return unknown(pattern.min, pattern.over === 'words' ? endless : pattern.max);
    case 'number':
      return { ...unknown(1, longestNumber), openings: digits };
    case 'word-end':
      return unknown(0, endless);
    case 'blank':
      return { shortest: 0, longest: 1, openings: blank, texts: ['', ' '], triggers: undefined };
    case 'clause-start':
    case 'clause-end':
      return { shortest: 0, longest: 0, openings: nothing, texts: [''], triggers: undefined };
    default: {
      const never: never = pattern;
      return never;
    }
  }
}

const blank: ReadonlySet<number> = new Set([0x20]);
const nothing: ReadonlySet<number> = new Set();

function unknown(shortest: number, longest: number): Stretch {
  return { shortest, longest, openings: undefined, texts: undefined, triggers: undefined };
}

function textStretch(text: string, alike: boolean): Stretch {
  const first = text.charCodeAt(0);
  return {
    shortest: text.length,
    longest: text.length,
    openings: new Set(alike ? spokenLike(first) : [first]),
    // What may stand for it in homophones is too much to be written out.
    texts: alike ? undefined : [text],
    triggers: new Triggers([alone(text, alike)]),
  };
}

function alone(text: string, alike: boolean): Trigger {
  return { text, from: 0, to: 0, alike, witness: undefined, companion: undefined };
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

function eitherOf(options: readonly Stretch[]): Stretch {
  let [shortest, longest] = [endless, 0];
  let openings: Set<number> | undefined = new Set();
  let texts: string[] | undefined = [];
  let triggers: Trigger[] | undefined = [];
  for (const option of options) {
    shortest = Math.min(shortest, option.shortest);
    longest = Math.max(longest, option.longest);
    if (!openings || !option.openings) openings = undefined;
    else for (const unit of option.openings) openings.add(unit);
    if (!texts || !option.texts || texts.length + option.texts.length > mostTexts) texts = undefined;
    else texts.push(...option.texts);
    if (!triggers || !option.triggers) triggers = undefined;
    else for (const each of option.triggers.all) triggers.push(each);
  }
  return {
    shortest,
    longest,
    openings,
    texts: texts && [...new Set(texts)],
    triggers: triggers && new Triggers(united(triggers)),
  };
}

/** Each text once, wherever it may stand, if the same goes with it. */
function united(triggers: readonly Trigger[]): readonly Trigger[] {
  const byText = new Map<string, Trigger[]>();
  for (const trigger of triggers) {
    const key = trigger.alike ? `~${trigger.text}` : trigger.text;
    const known = byText.get(key);
    if (!known) {
      byText.set(key, [trigger]);
      continue;
    }
    const index = known.findIndex(
      ({ witness, companion }) => witness === trigger.witness && companion === trigger.companion,
    );
    const other = known[index];
    if (!other) known.push(trigger);
    else known[index] = { ...other, from: Math.min(trigger.from, other.from), to: Math.max(trigger.to, other.to) };
  }
  return [...byText.values()].flat();
}

/** Triggers of some stretches side by side, from the first to the last. */
interface Chosen {
  readonly triggers: Triggers;
  readonly first: number;
  readonly last: number;
}

/** Stretches side by side: the best triggers of one of them, or what some of them in a row can match. */
function rowOf(items: readonly Stretch[]): Stretch {
  let best: Chosen | undefined;
  let whole: readonly string[] | undefined;
  for (let first = 0; first < items.length; first++) {
    const item = items[first] as Stretch;
    if (item.triggers && (!best || item.triggers.often < best.triggers.often))
      best = { triggers: item.triggers, first, last: first };
    let row: readonly string[] | undefined = item.texts;
    for (let last = first + 1; row && last < items.length; last++) {
      row = together(row, (items[last] as Stretch).texts);
      if (!row || row.includes('')) continue;
      const triggers = new Triggers(row.map((text) => alone(text, false)));
      if (!best || triggers.often < best.triggers.often) best = { triggers, first, last };
    }
    if (first === 0) whole = row;
  }
  const { shortest, longest } = span(items, 0, items.length);
  return {
    shortest,
    longest,
    openings: openingsOf(items),
    texts: items.length === 0 ? [''] : whole,
    triggers: best && placed(best, items),
  };
}

/** The fewest and the most units that some of the stretches match together. */
function span(
  items: readonly Stretch[],
  from: number,
  to: number,
): { readonly shortest: number; readonly longest: number } {
  let [shortest, longest] = [0, 0];
  for (let index = from; index < to; index++) {
    const item = items[index] as Stretch;
    shortest = Math.min(endless, shortest + item.shortest);
    longest = Math.min(endless, longest + item.longest);
  }
  return { shortest, longest };
}

function openingsOf(items: readonly Stretch[]): ReadonlySet<number> | undefined {
  const units = new Set<number>();
  for (const { shortest, openings } of items) {
    if (!openings) return undefined;
    for (const unit of openings) units.add(unit);
    if (shortest > 0) break;
  }
  return units;
}

/** Triggers of some stretches as those of the whole row, with the most telling of the others beside them. */
function placed({ triggers, first, last }: Chosen, items: readonly Stretch[]): Triggers {
  const before = span(items, 0, first);
  const known = new Map<string, Pick<Trigger, 'witness' | 'companion'>>();
  return new Triggers(
    triggers.all.map((trigger) => {
      const key = `${trigger.from} ${trigger.to}`;
      const outside = known.get(key) ?? {
        witness: witnessFor(trigger, first, last, items),
        companion: companionFor(trigger, first, last, items),
      };
      known.set(key, outside);
      return {
        text: trigger.text,
        from: Math.min(endless, before.shortest + trigger.from),
        to: Math.min(endless, before.longest + trigger.to),
        alike: trigger.alike,
        witness: rarer(trigger.witness, outside.witness),
        companion: rarer(trigger.companion, outside.companion),
      };
    }),
  );
}

function rarer<T extends { readonly chance: number }>(inside: T | undefined, outside: T | undefined): T | undefined {
  return inside && (!outside || inside.chance <= outside.chance) ? inside : outside;
}

/** What stands further away than this is no witness, nor what may stand in so many places. */
const furthest = 60;

function witnessFor(trigger: Trigger, first: number, last: number, items: readonly Stretch[]): Witness | undefined {
  let best: Witness | undefined;
  for (const [index, { shortest, openings }] of items.entries()) {
    if (shortest === 0 || !openings || (index >= first && index <= last)) continue;
    const [from, to] = behind(trigger, first, index, items);
    if (from < -furthest || to > furthest) continue;
    let often = 0;
    for (const unit of openings) often += frequencyOf(String.fromCharCode(unit));
    const chance = (often * (to - from + 1)) / 1000;
    if (chance < (best?.chance ?? leastTelling.witness)) best = { units: openings, from, to, chance };
  }
  return best;
}

/** So long are lines, more or less. */
const unitsOfLine = 40;

/** So many texts are looked for beside others: each has to be known to the search. */
const mostCompanions = 400;

function companionFor(trigger: Trigger, first: number, last: number, items: readonly Stretch[]): Companion | undefined {
  let best: Companion | undefined;
  for (const [index, { triggers }] of items.entries()) {
    if (!triggers || (index >= first && index <= last) || triggers.all.length > mostCompanions) continue;
    const chance = (triggers.often * unitsOfLine) / 1000;
    if (chance >= (best?.chance ?? leastTelling.companion) || triggers.all.some(({ alike }) => alike)) continue;
    const [from, to] = behind(trigger, first, index, items);
    const least = Math.min(...triggers.all.map((each) => each.from));
    const most = Math.max(...triggers.all.map((each) => each.to));
    best = { texts: new Set(triggers.all.map(({ text }) => text)), from: from + least, to: to + most, chance };
  }
  return best;
}

/** How far behind the beginning of a trigger another stretch can begin, at least and at most. */
function behind(
  trigger: Trigger,
  first: number,
  index: number,
  items: readonly Stretch[],
): readonly [from: number, to: number] {
  if (index < first) {
    const between = span(items, index, first);
    return [-between.longest - trigger.to, -between.shortest - trigger.from];
  }
  const between = span(items, first, index);
  return [between.shortest - trigger.to, between.longest - trigger.from];
}

/** What stands nearly everywhere tells nothing. */
const leastTelling = { witness: 1, companion: 0.8 };

function together(before: readonly string[], after: readonly string[] | undefined): readonly string[] | undefined {
  if (!after || before.length * after.length > mostTexts) return undefined;
  return [...new Set(before.flatMap((one) => after.map((other) => one + other)))];
}
