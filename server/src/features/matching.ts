import { foldWidth } from '../base/names.ts';
import { mostTexts, Recent } from '../base/recent.ts';
import { readingsOf } from '../matcher/sounds.ts';

/**
 * How well names fit what was typed: 0 is best, nothing is no fit. Characters count, and so does pinyin, whole or by its first
 * letters, in any mixture: `确认`, `querenshenfen`, `qrsf` and `qr身份` all find 确认身份. The first name is the one that is shown.
 */
export function fitOf(typed: string, names: readonly string[]): number | undefined {
  const wanted = folded(typed);
  if (wanted === '') return 0;
  let best: number | undefined;
  for (const [index, name] of names.entries()) {
    const fit = fitOfOne(wanted, folded(name), index > 0);
    if (fit !== undefined && (best === undefined || fit < best)) best = fit;
  }
  return best;
}

/** What fits worst of all. */
export const worstFit = 6;

function fitOfOne(typed: string, name: string, isAlias: boolean): number | undefined {
  if (name.startsWith(typed)) return isAlias ? 2 : 0;
  if (spells(typed, name, 0)) return isAlias ? 3 : 1;
  // A single letter is the beginning of too much.
  if (typed.length === 1 && /[a-z]/.test(typed)) return undefined;
  if (name.includes(typed)) return 4;
  for (let at = 1; at < name.length; at++)
    if (begins(typed, name.charAt(at)) && isWordStart(name, at) && spells(typed, name, at)) return 5;
  return typed.length > 1 && isSpread(typed, name) && hasHan(typed) ? worstFit : undefined;
}

/** How a sentence fits what was typed of it: 0 it begins so, 1 a clause of it does, 2 it holds the words somewhere. */
export function sentenceFit(typed: string, sentence: string): number | undefined {
  const [wanted, whole] = [foldTyped(typed), foldTyped(sentence)];
  if (wanted === '') return 0;
  if (wanted === whole) return undefined;
  if (spells(wanted, whole, 0)) return 0;
  for (const { index } of whole.matchAll(/(?<=[，。？！；：,.?!;:])./gu)) if (spells(wanted, whole, index)) return 1;
  return hasHan(wanted) && whole.includes(wanted) ? 2 : undefined;
}

/** Without the blanks and apostrophes that an IME leaves between syllables, and without the bracket that opens a name. */
function foldTyped(text: string): string {
  return foldWidth(text)
    .toLowerCase()
    .replace(/[\s'’`]+/g, '')
    .replace(/^[【[（(]+/, '');
}

/** Names, and what was typed, which each of them is asked about. */
const foldedNames = new Recent<string>(mostTexts);

function folded(name: string): string {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  const made = foldTyped(name);
  foldedNames.set(name, made);
  return made;
}

/** Whether the name, from a place on, can be written as it was typed: each character as it is, or as the beginning of its pinyin. */
function spells(typed: string, name: string, from: number): boolean {
  if (!begins(typed, name.charAt(from))) return false;
  // Of thousands of names most go on for one character or two.
  let reached: readonly number[] = [0];
  for (let at = from; at < name.length && reached.length > 0; at++) {
    const next: number[] = [];
    const char = name.charAt(at);
    const reach = (place: number): void => {
      if (!next.includes(place)) next.push(place);
    };
    for (const place of reached) {
      if (place === typed.length) return true;
      if (typed.charAt(place) === char) reach(place + 1);
      for (const reading of readingsOf(char)) {
        for (
          let length = 1;
          length <= reading.length && typed.charAt(place + length - 1) === reading[length - 1];
          length++
        )
          reach(place + length);
      }
    }
    reached = next;
  }
  return reached.includes(typed.length);
}

/** Whether what was typed can begin with a character: with most it cannot, and that is told in no time. */
function begins(typed: string, char: string): boolean {
  const first = typed.charAt(0);
  return first === char || readingsOf(char).some((reading) => reading.startsWith(first));
}

function isWordStart(name: string, at: number): boolean {
  return !/[a-z0-9]/.test(name.charAt(at)) || !/[a-z0-9]/.test(name.charAt(at - 1));
}

function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Whether the characters occur in their order, the first one first: 确身 is spread over 确认身份. */
function isSpread(typed: string, name: string): boolean {
  if (typed.charAt(0) !== name.charAt(0)) return false;
  let at = 0;
  for (const char of typed) {
    at = name.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
