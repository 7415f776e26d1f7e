import { whole } from '../base/bytes.ts';
import { type Lists, listsOf } from '../base/lists.ts';
import type { Program } from './program.ts';
import {
  hasInitials,
  hasSounds,
  initialKeys,
  isSound,
  keysAlike,
  soundAlike,
  soundsLike,
  syllableKeys,
} from './sounds.ts';
import { type Automaton, automatonOf, search } from './stringSearch.ts';
import { worthOf } from './ways.ts';

/** Tells, in one pass over a folded text, which of many programs can match in it at all: it adds them to what was found. */
export type AddPossible = (text: string, found: Set<Program>) => void;

/**
 * What many programs need, in arrays: it depends on nothing but the programs, so that it can be worked out beforehand and
 * kept.
 */
export interface NeedIndex {
  readonly plain: Needs;
  /** What those need that also match what is read alike. */
  readonly alike: Needs;
  /** How their strings are looked up; what is missing is built when a text comes that needs it. */
  readonly lookUps: { readonly [name in LookUpName]?: LookUp };
}

/**
 * Nearly every text is written in characters alone, and then only programs that take homophones have to be looked up by
 * sound.
 */
export const lookUpNames = ['byUnit', 'bySyllable', 'byInitial', 'alikeBySyllable', 'alikeByInitial'] as const;
type LookUpName = (typeof lookUpNames)[number];

export function needIndexOf(programs: readonly Program[]): NeedIndex {
  return {
    plain: needsOf(programs, (program) => !program.disguised),
    alike: needsOf(programs, (program) => program.disguised),
    lookUps: {},
  };
}

/** The same with everything that any text can ask for. */
export function completed(index: NeedIndex): NeedIndex {
  return {
    ...index,
    lookUps: Object.fromEntries(lookUpNames.map((name) => [name, index.lookUps[name] ?? lookUpOf(name, index)])),
  };
}

/**
 * The programs that a text can match: those whose needs stand in it, in their order and not too far from each other.
 *
 * @param index what was worked out of these programs
 */
export function possibleAmong(programs: readonly Program[], index: NeedIndex): AddPossible {
  const { plain, alike, lookUps } = index;
  const seekerFor = (name: LookUpName): (() => Seeker) => {
    let made: Seeker | undefined;
    return () => {
      made ??= new Seeker(programs, isAlike(name) ? alike : plain, lookUps[name] ?? lookUpOf(name, index), name);
      return made;
    };
  };
  const byUnit = seekerFor('byUnit');
  const bySyllable = seekerFor('bySyllable');
  const byInitial = seekerFor('byInitial');
  const alikeBySyllable = seekerFor('alikeBySyllable');
  const alikeByInitial = seekerFor('alikeByInitial');
  return (text, found) => {
    if (hasInitials(text)) {
      byInitial().find(text, found);
      alikeByInitial().find(text, found);
    } else {
      (hasSounds(text) ? bySyllable() : byUnit()).find(text, found);
      alikeBySyllable().find(text, found);
    }
  };
}

/** What some programs need; numbers in a row are quick to come by. */
export interface Needs {
  /** The programs that every text can match, by their numbers. */
  readonly always: Int32Array;
  /** The units of each string that is looked for. */
  readonly strings: Lists;
  /** The strings that satisfy each need. */
  readonly needs: Lists;
  /** A way after the other: its program, the number of its needs, these by how much they tell, in their order, and their reaches. */
  readonly ways: Int32Array;
  /** For each string where the ways begin that it leads to, being one of their most telling need. */
  readonly waysOf: Lists;
}

function needsOf(programs: readonly Program[], isMine: (program: Program) => boolean): Needs {
  const always: number[] = [];
  const strings = new Map<string, number>();
  const waysOf: number[][] = [];
  const stringOf = (text: string): number => {
    const number = strings.get(text) ?? waysOf.push([]) - 1;
    strings.set(text, number);
    return number;
  };
  const numbers = new Map<string, number>();
  const needs: number[][] = [];
  const needOf = (texts: readonly string[]): number => {
    const key = texts.join('\n');
    const number = numbers.get(key) ?? needs.push(Array.from(new Set(texts), stringOf)) - 1;
    numbers.set(key, number);
    return number;
  };
  const ways: number[] = [];
  for (const [number, program] of programs.entries()) {
    if (!isMine(program)) continue;
    if (program.ways.some((way) => way.length === 0)) {
      always.push(number);
      continue;
    }
    for (const way of program.ways) {
      const inOrder = way.map(({ texts, reach }) => ({ need: needOf(texts), worth: worthOf(texts), reach }));
      const byWorth = [...inOrder].sort((one, other) => other.worth - one.worth);
      const [telling] = byWorth;
      for (const string of needs[telling?.need ?? 0] ?? []) waysOf[string]?.push(ways.length);
      ways.push(number, way.length, ...byWorth.map(({ need }) => need));
      ways.push(...inOrder.map(({ need }) => need), ...inOrder.map(({ reach }) => reach));
    }
  }
  return {
    always: Int32Array.from(always),
    strings: listsOf(Array.from(strings.keys(), (text) => text.split('').map((unit) => unit.charCodeAt(0)))),
    needs: listsOf(needs),
    ways: Int32Array.from(ways),
    waysOf: listsOf(waysOf),
  };
}

/** How strings are looked up. */
interface LookUp {
  /** The class of each key is its place here, from 1. */
  readonly keys: Uint16Array;
  readonly automaton: Automaton;
  /** How long each string of the automaton is, and those that it stands for or begins: several that are looked up alike are one there. */
  readonly lengths: Uint16Array;
  readonly strings: Lists;
}

type KeysOf = (unit: string) => readonly string[];

const itself: KeysOf = (unit) => [unit];
const initialsAlike: KeysOf = (unit) => [...new Set(keysAlike(unit).flatMap(initialKeys))];

/**
 * How a unit of a text is looked up, the first key being the one; and the keys under which a unit of a text can be looked up that
 * stands for one of a string.
 */
const keyings: { readonly [name in LookUpName]: { readonly lookUp: KeysOf; readonly written: KeysOf } } = {
  byUnit: { lookUp: itself, written: itself },
  bySyllable: { lookUp: syllableKeys, written: syllableKeys },
  byInitial: { lookUp: initialKeys, written: initialKeys },
  alikeBySyllable: { lookUp: syllableKeys, written: keysAlike },
  alikeByInitial: { lookUp: initialKeys, written: initialsAlike },
};

/** Whether a string also stands where another one is read alike. */
function isAlike(name: LookUpName): boolean {
  return name === 'alikeBySyllable' || name === 'alikeByInitial';
}

function lookUpOf(name: LookUpName, { plain, alike }: NeedIndex): LookUp {
  const { items, starts } = (isAlike(name) ? alike : plain).strings;
  const { written } = keyings[name];
  const lookedUp = new Map<string, number[]>();
  for (let number = 0; number < starts.length - 1; number++) {
    const text = String.fromCharCode(...items.subarray(starts[number], starts[number + 1]));
    for (const keys of spellings(text, written)) {
      const known = lookedUp.get(keys);
      if (known) known.push(number);
      else lookedUp.set(keys, [number]);
    }
  }
  const classes = new Map<string, number>();
  const classOf = (key: string): number => {
    const known = classes.get(key) ?? classes.size + 1;
    classes.set(key, known);
    return known;
  };
  const keyed = Array.from(lookedUp.keys(), (keys) => Uint16Array.from(keys.split(''), classOf));
  return {
    automaton: automatonOf(keyed, classes.size),
    keys: Uint16Array.from(classes.keys(), (key) => key.charCodeAt(0)),
    lengths: Uint16Array.from(keyed, ({ length }) => length),
    strings: listsOf([...lookedUp.values()]),
  };
}

/**
 * Looks for the strings of all needs, and then at the ways in which programs can be met. A way is looked at only where its most
 * telling need stands in the text.
 */
class Seeker {
  private readonly programs: readonly Program[];
  private readonly needs: Needs;
  private readonly by: LookUp;
  private readonly lookUp: KeysOf;
  private readonly alike: boolean;
  private readonly numbers: ReadonlyMap<number, number>;
  /** For the code of each unit of a text one more than its class, or than 0 if no string has it; 0 until it is asked for. */
  private readonly classes = new Uint16Array(0x10000);
  private readonly standing: Standing;
  private units = new Uint16Array(256);

  constructor(programs: readonly Program[], needs: Needs, by: LookUp, name: LookUpName) {
    this.programs = programs;
    this.needs = whole(needs);
    this.by = whole(by);
    this.lookUp = keyings[name].lookUp;
    this.alike = isAlike(name);
    this.numbers = new Map(Array.from(by.keys, (key, index) => [key, index + 1]));
    this.standing = new Standing(this.needs);
  }

  /** Adds the programs that a text can match. */
  find(text: string, found: Set<Program>): void {
    const { programs, standing, alike } = this;
    const { always, strings: wanted, waysOf } = this.needs;
    const { automaton, lengths, strings } = this.by;
    for (let index = 0; index < always.length; index++) found.add(programs[always[index] as number] as Program);
    if (text.length > this.units.length) this.units = new Uint16Array(2 * text.length);
    const { units } = this;
    for (let at = 0; at < text.length; at++) units[at] = this.classOf(text.charCodeAt(at));
    standing.clear();
    search(automaton, units, text.length, (keys, last) => {
      const start = last + 1 - (lengths[keys] as number);
      const end = strings.starts[keys + 1] as number;
      for (let index = strings.starts[keys] as number; index < end; index++) {
        const number = strings.items[index] as number;
        // Keys are coarse: what was found by them is compared unit by unit.
        if (standsAt(wanted, number, text, start, alike))
          standing.add(
            number,
            start,
            start + (wanted.starts[number + 1] as number) - (wanted.starts[number] as number),
          );
      }
    });
    for (let index = 0; index < standing.count; index++) {
      const string = standing.strings[index] as number;
      const end = waysOf.starts[string + 1] as number;
      for (let way = waysOf.starts[string] as number; way < end; way++) {
        const program = standing.programMet(waysOf.items[way] as number);
        if (program >= 0) found.add(programs[program] as Program);
      }
    }
  }

  private classOf(code: number): number {
    let known = this.classes[code] as number;
    if (known === 0) {
      const [key = ''] = this.lookUp(String.fromCharCode(code));
      known = (this.numbers.get(key.charCodeAt(0)) ?? 0) + 1;
      this.classes[code] = known;
    }
    return known - 1;
  }
}

/** With more occurrences of one need than this, a way is taken to be met: looking closer costs more than it saves. */
const fewEnough = 40;

/** Where strings stand in a text, and the needs that these satisfy. */
class Standing {
  /** The strings that stand in it; the first `count` are of this text. */
  readonly strings: Int32Array;
  count = 0;
  private readonly needs: Lists;
  private readonly ways: Int32Array;
  /** For each string the text in which it stood last, and its last occurrence there. */
  private readonly seen: Int32Array;
  private readonly last: Int32Array;
  /** For each need the text that it was looked for in last, and its occurrences there: from, to in `satisfying`. */
  private readonly asked: Int32Array;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private satisfying: number[] = [];
  private text = 0;
  /** Each occurrence, and the one before of its string. */
  private starts: number[] = [];
  private ends: number[] = [];
  private before: number[] = [];
  /** The occurrences that the way at hand has come to. */
  private come: number[] = [];

  constructor({ needs, ways, strings }: Needs) {
    const [stringCount, needCount] = [strings.starts.length - 1, needs.starts.length - 1];
    this.needs = needs;
    this.ways = ways;
    this.strings = new Int32Array(stringCount);
    this.seen = new Int32Array(stringCount);
    this.last = new Int32Array(stringCount);
    this.asked = new Int32Array(needCount);
    this.from = new Int32Array(needCount);
    this.to = new Int32Array(needCount);
  }

  clear(): void {
    this.text++;
    this.count = 0;
    this.satisfying.length = 0;
    this.starts.length = 0;
    this.ends.length = 0;
    this.before.length = 0;
  }

  add(string: number, start: number, end: number): void {
    const stood = this.seen[string] === this.text;
    if (!stood) this.strings[this.count++] = string;
    this.before.push(stood ? (this.last[string] as number) : -1);
    this.seen[string] = this.text;
    this.last[string] = this.starts.length;
    this.starts.push(start);
    this.ends.push(end);
  }

  /** The program of a way all of whose needs stand in the text, one behind the other and within reach; otherwise -1. */
  programMet(way: number): number {
    const { ways, asked, from, to, text, satisfying } = this;
    const program = ways[way] as number;
    const count = ways[way + 1] as number;
    const first = way + 2;
    let many = false;
    for (let at = first; at < first + count; at++) {
      const need = ways[at] as number;
      if (asked[need] !== text) this.ask(need);
      const occurrences = (to[need] as number) - (from[need] as number);
      if (occurrences === 0) return -1;
      many ||= occurrences > fewEnough;
    }
    if (many) return program;
    const inOrder = first + count;
    if (count === 1) return program;
    const begin = ways[inOrder] as number;
    this.come = satisfying.slice(from[begin], to[begin]);
    for (let step = 1; step < count; step++) {
      if (!this.goesOn(ways[inOrder + step] as number, ways[inOrder + count + step] as number)) return -1;
    }
    return program;
  }

  /** Goes on to the occurrences of a need that stand behind those that were come to, and within reach of them. */
  private goesOn(need: number, reach: number): boolean {
    const { starts, ends, come } = this;
    const next: number[] = [];
    for (let index = this.from[need] as number; index < (this.to[need] as number); index++) {
      const here = this.satisfying[index] as number;
      const start = starts[here] as number;
      for (let other = 0; other < come.length; other++) {
        const before = come[other] as number;
        if ((ends[before] as number) > start || start - (starts[before] as number) > reach) continue;
        next.push(here);
        break;
      }
    }
    this.come = next;
    return next.length > 0;
  }

  private ask(need: number): void {
    this.asked[need] = this.text;
    this.from[need] = this.satisfying.length;
    const { items, starts } = this.needs;
    const end = starts[need + 1] as number;
    for (let index = starts[need] as number; index < end; index++) {
      const string = items[index] as number;
      if (this.seen[string] !== this.text) continue;
      for (let at = this.last[string] as number; at >= 0; at = this.before[at] as number) this.satisfying.push(at);
    }
    this.to[need] = this.satisfying.length;
  }
}

/** Whether a string stands at an offset of folded text, in characters or in sounds; `alike`: or in homophones. */
function standsAt({ items, starts }: Lists, string: number, text: string, start: number, alike: boolean): boolean {
  const begin = starts[string] as number;
  const length = (starts[string + 1] as number) - begin;
  for (let at = 0; at < length; at++) {
    const wanted = items[begin + at] as number;
    const code = text.charCodeAt(start + at);
    if (wanted === code) continue;
    const char = String.fromCharCode(wanted);
    if (!(isSound(code) ? soundsLike(char, code) : alike && soundAlike(char, text.charAt(start + at)))) return false;
  }
  return true;
}

/** A string that could be looked up in more ways is looked up by its beginning. */
const mostSpellings = 32;

/** Every way in which a text with this string in it may be looked up, by the whole of it or as many units as there is room for. */
function spellings(text: string, written: KeysOf): readonly string[] {
  let all = [''];
  for (const [at, unit] of text.split('').entries()) {
    const keys = written(unit);
    if (at > 0 && all.length * keys.length > mostSpellings) break;
    all = all.flatMap((start) => keys.map((key) => start + key));
  }
  return all;
}
