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
import { StringSearch } from './stringSearch.ts';
import { worthOf } from './ways.ts';

/** Finds, in one pass over a folded text, which of many programs can match in it at all. */
export type PossibleIn = (text: string) => ReadonlySet<Program>;

/**
 * The programs that a text can match: those whose needs stand in it, in their order and not too far from each other. Nearly every
 * text is written in characters alone, and then only programs that take homophones have to be looked up by sound; what a text in
 * pinyin or letters needs is built when one comes.
 */
export function possibleAmong(programs: readonly Program[]): PossibleIn {
  const plain = programs.filter(({ disguised }) => !disguised);
  const alike = programs.filter(({ disguised }) => disguised);
  const itself: KeysOf = (unit) => [unit];
  const initialsAlike: KeysOf = (unit) => [...new Set(keysAlike(unit).flatMap(initialKeys))];
  const byUnit = once(() => new NeedIndex(plain, itself, itself, false));
  const bySyllable = once(() => new NeedIndex(plain, syllableKeys, syllableKeys, false));
  const byInitial = once(() => new NeedIndex(plain, initialKeys, initialKeys, false));
  const alikeBySyllable = once(() => new NeedIndex(alike, syllableKeys, keysAlike, true));
  const alikeByInitial = once(() => new NeedIndex(alike, initialKeys, initialsAlike, true));
  return (text) => {
    const found = new Set<Program>();
    if (hasInitials(text)) {
      byInitial().find(text, found);
      alikeByInitial().find(text, found);
    } else {
      (hasSounds(text) ? bySyllable() : byUnit()).find(text, found);
      alikeBySyllable().find(text, found);
    }
    return found;
  };
}

function once<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

type KeysOf = (unit: string) => readonly string[];

/**
 * Looks for the strings of all needs, and then at the ways in which programs can be met. A way is looked at only where its most
 * telling need stands in the text.
 */
class NeedIndex {
  private readonly lookUp: KeysOf;
  private readonly alike: boolean;
  private readonly always: readonly Program[];
  private readonly search: StringSearch;
  private readonly strings: readonly string[];
  /** How long each string of the search is, and those that it stands for or begins: several that are looked up alike are one there. */
  private readonly lookedUp: readonly { readonly length: number; readonly strings: readonly number[] }[];
  /** The class of each key, from 1. */
  private readonly numbers = new Map<string, number>();
  /** For the code of each unit of a text one more than its class, or than 0 if no string has it; 0 until it is asked for. */
  private readonly classes = new Uint16Array(0x10000);
  private readonly programs: readonly Program[];
  /** For each string where the ways begin that it leads to, being one of their most telling need. */
  private readonly waysOf: readonly Int32Array[];
  private readonly standing: Standing;
  private units = new Uint16Array(256);

  /**
   * @param lookUp how a unit of a text is looked up; the first key is the one
   * @param written the keys under which a unit of a text can be looked up that stands for one of a string
   * @param alike whether a string also stands where another one is read alike
   */
  constructor(programs: readonly Program[], lookUp: KeysOf, written: KeysOf, alike: boolean) {
    this.lookUp = lookUp;
    this.alike = alike;
    this.always = programs.filter(({ ways }) => ways.some((way) => way.length === 0));
    const always = new Set(this.always);
    this.programs = programs.filter((program) => !always.has(program));
    const { needs, strings, ways, waysOf } = numbered(this.programs);
    this.strings = strings;
    this.waysOf = waysOf;
    this.standing = new Standing(needs, strings.length, ways);
    const lookedUp = new Map<string, number[]>();
    for (const [number, text] of strings.entries()) {
      for (const keys of spellings(text, written)) {
        const known = lookedUp.get(keys);
        if (known) known.push(number);
        else lookedUp.set(keys, [number]);
      }
    }
    this.lookedUp = Array.from(lookedUp, ([{ length }, all]) => ({ length, strings: all }));
    const keyed = Array.from(lookedUp.keys(), (keys) => Uint16Array.from(keys.split(''), (key) => this.numberOf(key)));
    this.search = new StringSearch(keyed, this.numbers.size);
  }

  /** Adds the programs that a text can match. */
  find(text: string, found: Set<Program>): void {
    for (const program of this.always) found.add(program);
    if (text.length > this.units.length) this.units = new Uint16Array(2 * text.length);
    const { units, standing, lookedUp, strings, alike } = this;
    for (let at = 0; at < text.length; at++) units[at] = this.classOf(text.charCodeAt(at));
    standing.clear();
    this.search.search(units, text.length, (keys, last) => {
      const { length, strings: numbers } = lookedUp[keys] as (typeof lookedUp)[0];
      const start = last + 1 - length;
      for (const number of numbers) {
        const wanted = strings[number] as string;
        // Keys are coarse: what was found by them is compared unit by unit.
        if (standsAt(wanted, text, start, alike)) standing.add(number, start, start + wanted.length);
      }
    });
    for (let index = 0; index < standing.count; index++) {
      const ways = this.waysOf[standing.strings[index] as number] as Int32Array;
      for (let way = 0; way < ways.length; way++) {
        const program = standing.programMet(ways[way] as number);
        if (program >= 0) found.add(this.programs[program] as Program);
      }
    }
  }

  private classOf(code: number): number {
    let known = this.classes[code] as number;
    if (known === 0) {
      const [key = ''] = this.lookUp(String.fromCharCode(code));
      known = (this.numbers.get(key) ?? 0) + 1;
      this.classes[code] = known;
    }
    return known - 1;
  }

  private numberOf(key: string): number {
    const known = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, known);
    return known;
  }
}

/** What is looked for, by number; numbers in a row are quick to come by. */
interface Numbered {
  /** The strings that satisfy each need. */
  readonly needs: readonly Int32Array[];
  readonly strings: readonly string[];
  /** A way after the other: its program, the number of its needs, these by how much they tell, in their order, and their reaches. */
  readonly ways: Int32Array;
  readonly waysOf: readonly Int32Array[];
}

function numbered(programs: readonly Program[]): Numbered {
  const strings = new Map<string, number>();
  const waysOf: number[][] = [];
  const stringOf = (text: string): number => {
    const number = strings.get(text) ?? waysOf.push([]) - 1;
    strings.set(text, number);
    return number;
  };
  const numbers = new Map<string, number>();
  const needs: Int32Array[] = [];
  const needOf = (texts: readonly string[]): number => {
    const key = texts.join('\n');
    const number = numbers.get(key) ?? needs.push(Int32Array.from(new Set(texts), stringOf)) - 1;
    numbers.set(key, number);
    return number;
  };
  const ways: number[] = [];
  for (const [number, program] of programs.entries()) {
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
    needs,
    strings: [...strings.keys()],
    ways: Int32Array.from(ways),
    waysOf: waysOf.map((each) => Int32Array.from(each)),
  };
}

/** With more occurrences of one need than this, a way is taken to be met: looking closer costs more than it saves. */
const fewEnough = 40;

/** Where strings stand in a text, and the needs that these satisfy. */
class Standing {
  /** The strings that stand in it; the first `count` are of this text. */
  readonly strings: Int32Array;
  count = 0;
  private readonly needs: readonly Int32Array[];
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

  constructor(needs: readonly Int32Array[], strings: number, ways: Int32Array) {
    this.needs = needs;
    this.ways = ways;
    this.strings = new Int32Array(strings);
    this.seen = new Int32Array(strings);
    this.last = new Int32Array(strings);
    this.asked = new Int32Array(needs.length);
    this.from = new Int32Array(needs.length);
    this.to = new Int32Array(needs.length);
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
    const strings = this.needs[need] as Int32Array;
    for (let index = 0; index < strings.length; index++) {
      const string = strings[index] as number;
      if (this.seen[string] !== this.text) continue;
      for (let at = this.last[string] as number; at >= 0; at = this.before[at] as number) this.satisfying.push(at);
    }
    this.to[need] = this.satisfying.length;
  }
}

/** Whether a string stands at an offset of folded text, in characters or in sounds; `alike`: or in homophones. */
function standsAt(wanted: string, text: string, start: number, alike: boolean): boolean {
  for (let at = 0; at < wanted.length; at++) {
    if (wanted.charCodeAt(at) === text.charCodeAt(start + at)) continue;
    const [char, unit] = [wanted.charAt(at), text.charAt(start + at)];
    const code = unit.charCodeAt(0);
    if (!(isSound(code) ? soundsLike(char, code) : alike && soundAlike(char, unit))) return false;
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
