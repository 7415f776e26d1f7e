import { type Program, worthOf } from './program.ts';
import { hasInitials, hasSounds, initialKeys, isSound, soundAlike, soundsLike, syllableKeys } from './sounds.ts';

/** What can be looked for: programs that must all match. */
interface Wanted {
  readonly all: readonly Program[];
}

/** Finds, in one pass over a text, what can possibly match in it. */
export interface AnchorIndex<T extends Wanted> {
  /** Those whose programs all have what they need in the text, or need nothing. */
  candidates(text: string): ReadonlySet<T>;
}

/**
 * The index of a set of wordings. Nearly every text is written in characters alone, and then only programs that take
 * homophones have to be looked up by sound; what a text in pinyin or letters needs is built when one comes.
 */
export function indexOf<T extends Wanted>(wordings: readonly T[]): AnchorIndex<T> {
  const isDisguised = ({ all }: T): boolean => all.some(({ disguised }) => disguised);
  const plain = once(() =>
    indexAnchors(
      wordings.filter((each) => !isDisguised(each)),
      (unit) => [unit],
    ),
  );
  const disguised = once(() => indexAnchors(wordings.filter(isDisguised), syllableKeys));
  const bySyllable = once(() => indexAnchors(wordings, syllableKeys));
  const byInitial = once(() => indexAnchors(wordings, initialKeys));
  return {
    candidates(text) {
      if (hasInitials(text)) return byInitial().candidates(text);
      if (hasSounds(text)) return bySyllable().candidates(text);
      return new Set([...plain().candidates(text), ...disguised().candidates(text)]);
    },
  };
}

function once<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

/** A string that some programs need, and the wordings that are looked at when it stands in a text. */
interface Anchor<T> {
  readonly number: number;
  readonly text: string;
  readonly wake: T[];
}

/** For each way in which a program can be met, its lists of anchors, by number. */
type Ways = readonly (readonly (readonly number[])[])[];

interface State<T> {
  readonly next: Map<string, State<T>>;
  fail: State<T> | undefined;
  /** The anchors that end here. */
  found: Anchor<T>[];
}

const newState = <T>(): State<T> => ({ next: new Map(), fail: undefined, found: [] });

/**
 * An Aho-Corasick automaton over the anchors of all programs. A wording wakes by its most telling anchors and is then asked
 * for the others.
 *
 * @param keysOf how a unit is looked up, what it is usually read as first: units with a key in common are alike
 */
function indexAnchors<T extends Wanted>(
  wordings: readonly T[],
  keysOf: (unit: string) => readonly string[],
): AnchorIndex<T> {
  const root = newState<T>();
  const always: T[] = [];
  const anchors = new Map<string, Anchor<T>>();
  const anchorOf = (text: string): Anchor<T> => {
    const anchor = anchors.get(text) ?? { number: anchors.size, text, wake: [] };
    anchors.set(text, anchor);
    return anchor;
  };
  const waysOf = new Map<Program, Ways>();
  for (const wording of wordings) {
    for (const program of wording.all) {
      const { anchors: ways } = program;
      waysOf.set(
        program,
        ways.map((way) => way.map((list) => list.map((text) => anchorOf(text).number))),
      );
    }
    const telling = mostTelling(wording);
    if (!telling) always.push(wording);
    else for (const text of new Set(telling)) anchorOf(text).wake.push(wording);
  }
  for (const anchor of anchors.values()) for (const keys of spellings(anchor.text, keysOf)) insert(root, keys, anchor);
  linkFailures(root);
  const takesAlike = wordings.some(({ all }) => all.some(({ disguised }) => disguised));
  const here = new Uint8Array(anchors.size);
  const firstKeys = new Map<string, string>();
  const firstKey = (unit: string): string => {
    const known = firstKeys.get(unit) ?? keysOf(unit)[0] ?? '';
    firstKeys.set(unit, known);
    return known;
  };
  return {
    candidates(text) {
      here.fill(0);
      const awake = new Set(always);
      let state = root;
      for (let i = 0; i < text.length; i++) {
        const unit = firstKey(text.charAt(i));
        let next = state.next.get(unit);
        while (!next && state.fail) {
          state = state.fail;
          next = state.next.get(unit);
        }
        state = next ?? root;
        for (const { number, text: anchor, wake } of state.found) {
          const before = here[number];
          if (before === itself) continue;
          // Keys are coarse: what was found by them is compared unit by unit.
          const start = i + 1 - anchor.length;
          if (standsAt(anchor, text, start)) here[number] = itself;
          else if (!takesAlike || before === alike || !standsAt(anchor, text, start, true)) continue;
          else here[number] = alike;
          if (before === 0) for (const wording of wake) awake.add(wording);
        }
      }
      const known = new Map<Program, boolean>();
      const isPossible = (program: Program): boolean => {
        let answer = known.get(program);
        if (answer === undefined) {
          const least = program.disguised ? alike : itself;
          answer = (waysOf.get(program) ?? []).some((way) =>
            way.every((list) => list.some((number) => (here[number] ?? 0) >= least)),
          );
          known.set(program, answer);
        }
        return answer;
      };
      for (const wording of awake) if (!wording.all.every(isPossible)) awake.delete(wording);
      return awake;
    },
  };
}

/** How an anchor stands in a text: in characters that are read alike, or as it is. */
const [alike, itself] = [1, 2];

/** The anchors of which every text that a wording matches has one, and few others have any; none where it needs none. */
function mostTelling({ all }: Wanted): readonly string[] | undefined {
  let best: { readonly texts: readonly string[]; readonly worth: number } | undefined;
  for (const { anchors: ways } of all) {
    const firsts = ways.map(([first]) => first);
    if (!firsts.every((first) => first !== undefined)) continue;
    const worth = Math.min(...firsts.map(worthOf));
    if (!best || worth > best.worth) best = { texts: firsts.flat(), worth };
  }
  return best?.texts;
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

function insert<T>(root: State<T>, keys: string, anchor: Anchor<T>): void {
  let state = root;
  for (const unit of keys.split('')) {
    let next = state.next.get(unit);
    if (!next) {
      next = newState<T>();
      state.next.set(unit, next);
    }
    state = next;
  }
  state.found.push(anchor);
}

/** Breadth first, so that the state to fall back to is always finished. */
function linkFailures<T>(root: State<T>): void {
  const waiting = [...root.next.values()];
  for (const state of waiting) state.fail = root;
  for (let i = 0; i < waiting.length; i++) {
    const state = waiting[i] as State<T>;
    for (const [unit, child] of state.next) {
      let fallback = state.fail;
      while (fallback && !fallback.next.has(unit)) fallback = fallback.fail;
      child.fail = fallback?.next.get(unit) ?? root;
      child.found = [...new Set([...child.found, ...child.fail.found])];
      waiting.push(child);
    }
  }
}
