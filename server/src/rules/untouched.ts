import { type Span, shift } from '../base/span.ts';
import { detached } from '../base/text.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Speech } from '../syntax/line.ts';
import { engineOf } from './engine.ts';
import { isThere } from './sought.ts';

/** How many texts are remembered before all are forgotten; a script of 10,000 lines fits several times. */
const mostRemembered = 50_000;
const remembered = new WeakMap<PackSet, Map<string, boolean>>();

/**
 * Whether no rule about wording has any word in a speech, as is so of many: then nothing can be wrong with how it is worded, whatever is
 * known where it stands. What a line does and how it is worded both ask, at different times.
 */
export function isUntouched(speech: Speech, packs: PackSet): boolean {
  const known = remembered.get(packs) ?? new Map<string, boolean>();
  remembered.set(packs, known);
  const gaps = gapsIn(speech);
  const key = gaps.length === 0 ? speech.text : `${speech.text}\n${gaps.map(({ start }) => start).join(' ')}`;
  let answer = known.get(key);
  if (answer === undefined) {
    const { rules, reading } = engineOf(packs).read(speech.text, gaps);
    answer = !rules.some((each) => isThere(each, reading));
    if (known.size >= mostRemembered) known.clear();
    known.set(gaps.length === 0 ? detached(key) : key, answer);
  }
  return answer;
}

/** Where the text of a speech has its variables, from its beginning. */
export function gapsIn({ start, variables }: Speech): readonly Span[] {
  return variables.length === 0 ? noGaps : variables.map(({ braces }) => shift(braces, -start));
}

const noGaps: readonly Span[] = [];
