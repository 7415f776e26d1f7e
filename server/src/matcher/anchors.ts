import type { Program } from './program.ts';

/** Finds, in one pass over a text, the programs that can possibly match it. */
export interface AnchorIndex {
  /** The numbers of the programs that have one of their anchors in the text, and of those without anchors. */
  candidates(text: string): ReadonlySet<number>;
}

interface State {
  readonly next: Map<string, State>;
  fail: State | undefined;
  /** Programs with an anchor that ends here. */
  found: number[];
}

const newState = (): State => ({ next: new Map(), fail: undefined, found: [] });

/**
 * An Aho-Corasick automaton over the most telling anchors of all programs, which are numbered as they stand in the list.
 *
 * @param keysOf how a unit is looked up, what it is usually read as first: units with a key in common are alike
 */
export function indexAnchors(programs: readonly Program[], keysOf: (unit: string) => readonly string[]): AnchorIndex {
  const root = newState();
  const always: number[] = [];
  for (const [number, { anchors }] of programs.entries()) {
    if (anchors.some((way) => way.length === 0)) always.push(number);
    const telling = new Set(anchors.flatMap(([list]) => list ?? []));
    for (const anchor of telling) for (const keys of spellings(anchor, keysOf)) insert(root, keys, number);
  }
  linkFailures(root);
  return {
    candidates(text) {
      const found = new Set(always);
      let state = root;
      for (let i = 0; i < text.length; i++) {
        const unit = keysOf(text.charAt(i))[0] ?? '';
        let next = state.next.get(unit);
        while (!next && state.fail) {
          state = state.fail;
          next = state.next.get(unit);
        }
        state = next ?? root;
        for (const number of state.found) found.add(number);
      }
      return found;
    },
  };
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

function insert(root: State, anchor: string, number: number): void {
  let state = root;
  for (const unit of anchor.split('')) {
    let next = state.next.get(unit);
    if (!next) {
      next = newState();
      state.next.set(unit, next);
    }
    state = next;
  }
  state.found.push(number);
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
