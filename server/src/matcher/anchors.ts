import type { Program } from './program.ts';
import { isSound, soundAlike, soundsLike } from './sounds.ts';

/** Finds, in one pass over a text, the programs that can possibly match it. */
export interface AnchorIndex {
  /** The numbers of the programs that have what they need in the text, and of those that need nothing. */
  candidates(text: string): ReadonlySet<number>;
}

/** Where an anchor is wanted: a way in which a program can be met, and which of the way's lists it is on. */
interface Want {
  readonly way: number;
  readonly list: number;
}

/** A string that some programs need. */
interface Anchor {
  readonly text: string;
  readonly wants: Want[];
  /** Those of programs that take characters which are read alike for it as well. */
  readonly disguised: Want[];
}

interface State {
  readonly next: Map<string, State>;
  fail: State | undefined;
  /** The anchors that end here. */
  found: Anchor[];
}

const newState = (): State => ({ next: new Map(), fail: undefined, found: [] });

/**
 * An Aho-Corasick automaton over the anchors of all programs, which are numbered as they stand in the list.
 *
 * @param keysOf how a unit is looked up, what it is usually read as first: units with a key in common are alike
 */
export function indexAnchors(programs: readonly Program[], keysOf: (unit: string) => readonly string[]): AnchorIndex {
  const root = newState();
  const always: number[] = [];
  const anchors = new Map<string, Anchor>();
  /** For each way, whose it is and all of its lists as bits. */
  const owners: number[] = [];
  const needed: number[] = [];
  for (const [number, { anchors: ways, disguised }] of programs.entries()) {
    if (ways.some((way) => way.length === 0)) always.push(number);
    for (const way of ways) {
      for (const [list, texts] of way.entries()) {
        for (const text of new Set(texts)) {
          const anchor = anchors.get(text) ?? { text, wants: [], disguised: [] };
          anchors.set(text, anchor);
          (disguised ? anchor.disguised : anchor.wants).push({ way: owners.length, list: 1 << list });
        }
      }
      owners.push(number);
      needed.push((1 << way.length) - 1);
    }
  }
  for (const anchor of anchors.values()) for (const keys of spellings(anchor.text, keysOf)) insert(root, keys, anchor);
  linkFailures(root);
  const seen = new Uint8Array(owners.length);
  const firstKeys = new Map<string, string>();
  const firstKey = (unit: string): string => {
    const known = firstKeys.get(unit) ?? keysOf(unit)[0] ?? '';
    firstKeys.set(unit, known);
    return known;
  };
  return {
    candidates(text) {
      const found = new Set(always);
      const touched: number[] = [];
      const take = (wants: readonly Want[]): void => {
        for (const { way, list } of wants) {
          const before = seen[way] ?? 0;
          if (before === 0) touched.push(way);
          seen[way] = before | list;
        }
      };
      const here = new Set<Anchor>();
      let state = root;
      for (let i = 0; i < text.length; i++) {
        const unit = firstKey(text.charAt(i));
        let next = state.next.get(unit);
        while (!next && state.fail) {
          state = state.fail;
          next = state.next.get(unit);
        }
        state = next ?? root;
        for (const anchor of state.found) {
          if (here.has(anchor)) continue;
          // Keys are coarse: what was found by them is compared unit by unit.
          const start = i + 1 - anchor.text.length;
          const stands = standsAt(anchor.text, text, start);
          if (stands) take(anchor.wants);
          if (anchor.disguised.length > 0 && (stands || standsAt(anchor.text, text, start, true)))
            take(anchor.disguised);
          if (stands) here.add(anchor);
        }
      }
      for (const way of touched) {
        if (seen[way] === needed[way]) found.add(owners[way] ?? 0);
        seen[way] = 0;
      }
      return found;
    },
  };
}

/** Whether an anchor stands at an offset of folded text, in characters or in sounds; `alike`: or in homophones. */
function standsAt(anchor: string, text: string, start: number, alike = false): boolean {
  for (let i = 0; i < anchor.length; i++) {
    const [wanted, unit] = [anchor.charAt(i), text.charAt(start + i)];
    if (wanted === unit) continue;
    const code = unit.charCodeAt(0);
    if (!(isSound(code) ? soundsLike(wanted, code) : alike && soundAlike(wanted, unit))) return false;
  }
  return true;
}

/** More readings than this are not worth their room. */
const mostSpellings = 16;

/** Every way in which a text with this anchor in it may be looked up. */
function spellings(anchor: string, keysOf: (unit: string) => readonly string[]): readonly string[] {
  let all = [''];
  for (const unit of anchor.split('')) {
    const keys = keysOf(unit);
    const chosen = all.length * keys.length > mostSpellings ? keys.slice(0, 1) : keys;
    all = all.flatMap((start) => chosen.map((key) => start + key));
  }
  return all;
}

function insert(root: State, keys: string, anchor: Anchor): void {
  let state = root;
  for (const unit of keys.split('')) {
    let next = state.next.get(unit);
    if (!next) {
      next = newState();
      state.next.set(unit, next);
    }
    state = next;
  }
  state.found.push(anchor);
}

/** Breadth first, so that the state to fall back to is always finished. */
function linkFailures(root: State): void {
  const waiting = [...root.next.values()];
  for (const state of waiting) state.fail = root;
  for (let i = 0; i < waiting.length; i++) {
    const state = waiting[i] as State;
    for (const [unit, child] of state.next) {
      let fallback = state.fail;
      while (fallback && !fallback.next.has(unit)) fallback = fallback.fail;
      child.fail = fallback?.next.get(unit) ?? root;
      child.found = [...new Set([...child.found, ...child.fail.found])];
      waiting.push(child);
    }
  }
}
