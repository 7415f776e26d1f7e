import { isBlank, type Span } from '../base/span.ts';
import { traditional } from './characters.ts';
import { contractions } from './contractions.ts';
import { initialOf, isSound, syllablesIn } from './sounds.ts';
import { composed } from './splitCharacters.ts';

/** What stands in folded text for a `{变量}` of the script. */
export const placeholder = '\ue000';

/** Text in the form in which patterns are compared, with the way back to what was written. */
export interface FoldedText {
  readonly text: string;
  /** The source range of a range of the folded text. */
  toSource(span: Span): Span;
}

/** Latin words that mean themselves and are not read as pinyin. */
export type LatinWords = ReadonlySet<string>;

/**
 * Folds what does not change the meaning: width, case, traditional characters, accents; invisible characters, blanks and
 * marks between Chinese characters (`打 断`, `起.诉`); characters written in two halves (`氵去`) or many times over;
 * syllables in pinyin and letters that stand for a character become units that patterns compare by sound; English
 * contractions are written out. Nothing is folded across the end of a sentence.
 *
 * @param variables the ranges of `{变量}`; each becomes one placeholder
 * @param latin words of the rule packs, which are not taken for pinyin
 */
export function fold(source: string, variables: readonly Span[] = [], latin: LatinWords = noWords): FoldedText {
  const plain = foldUnits(source, variables);
  const { units, starts, ends } = plain.hasLetters ? foldWords(plain, latin) : plain;
  return {
    text: units.join(''),
    toSource: ({ start, end }) => ({
      start: starts[start] ?? source.length,
      end: end > start ? (ends[end - 1] ?? source.length) : (starts[start] ?? source.length),
    }),
  };
}

/** Folds the text of a pattern, which is plain from the start: letters in it mean themselves. */
export function foldPattern(source: string): string {
  return isFolded(source) ? source : foldUnits(source, []).units.join('');
}

/** Whether a text is nothing but characters that folding leaves as they are. */
function isFolded(source: string): boolean {
  for (let at = 0; at < source.length; at++) {
    const [unit, before] = [source.charAt(at), source.charAt(at - 1)];
    const code = source.charCodeAt(at);
    if (code < 0x3400 || code > 0x9fff || simplified.has(unit)) return false;
    if (unit === before || composed(before, unit) !== undefined) return false;
  }
  return true;
}

const hanAnywhere = /[\u4e00-\u9fff]/;

const noWords: LatinWords = new Set();

interface Units {
  readonly units: string[];
  /** Where each unit begins and ends in the source. */
  readonly starts: number[];
  readonly ends: number[];
}

/** Unit by unit; blanks are left only between Latin words. */
function foldUnits(source: string, variables: readonly Span[]): Units & { readonly hasLetters: boolean } {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let hasLetters = false;
  const chinese = hanAnywhere.test(source);
  // Where a letter stands alone although another one comes before it: `s b`, `t_o_u`.
  let parted = -1;
  const emit = (unit: string, start: number, end: number): void => {
    units.push(unit);
    starts.push(start);
    ends.push(end);
  };
  let nextVariable = 0;
  for (let i = 0; i < source.length; i++) {
    const variable = variables[nextVariable];
    if (variable && i === variable.start) {
      emit(placeholder, variable.start, variable.end);
      nextVariable++;
      i = variable.end - 1;
      continue;
    }
    const code = source.charCodeAt(i);
    if (isLineEnd(code)) {
      emit('\n', i, i + 1);
      continue;
    }
    if (isInvisible(code) && !isBlank(code)) continue;
    const unit = foldUnit(source.charAt(i));
    const previous = units.at(-1) ?? '';
    if (isBlank(code) || isMark(unit)) {
      const end = endOfMarks(source, i);
      const next = foldUnit(source.charAt(end));
      if (isBetweenCharacters(previous, next)) {
        i = end - 1;
        continue;
      }
      if (chinese && isLetter(previous) && isLetter(next)) {
        const alone = !isLetter(units.at(-2)) || parted === units.length - 1;
        const nextAlone = !isLetter(foldUnit(source.charAt(end + 1)));
        if ((alone && nextAlone) || '·•・*~|'.includes(unit)) {
          parted = units.length;
          i = end - 1;
          continue;
        }
      }
      if (isBlank(code)) {
        const after = endOfBlanks(source, i);
        if (isWordly(previous) && isWordly(foldUnit(source.charAt(after))) && !(isDigit(previous) && isDigit(next)))
          emit(' ', i, after);
        i = after - 1;
        continue;
      }
    }
    if (isComma(unit) && isSpelledOut(source, i)) continue;
    if (unit === ',' && isDigit(previous) && /^[0-9０-９]{3}(?![0-9０-９])/.test(source.slice(i + 1, i + 5))) continue;
    if (isHan(unit) && unit === previous && unit === units.at(-2)) {
      units.pop();
      starts.pop();
      ends.pop();
      ends[ends.length - 1] = i + 1;
      continue;
    }
    if (unit === previous && ends.at(-1) === i && i - (starts.at(-1) ?? i) > 1 && isHan(unit)) {
      ends[ends.length - 1] = i + 1;
      continue;
    }
    const whole = composed(unit, foldUnit(source.charAt(i + 1)));
    if (whole !== undefined) {
      emit(whole, i, i + 2);
      i++;
      continue;
    }
    hasLetters ||= isLetter(unit);
    emit(unit, i, i + 1);
  }
  return { units, starts, ends, hasLetters };
}

/** Word by word: pinyin and letters for characters in Chinese text, contractions in English text. */
function foldWords({ units, starts, ends }: Units, latin: LatinWords): Units {
  const words = wordsIn(units);
  const chinese = units.some(isHan) || isAllPinyin(units, words);
  const out: Units = { units: [], starts: [], ends: [] };
  const copy = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      // Between a syllable and whatever comes next a blank means nothing.
      if (units[i] === ' ' && isSound(out.units.at(-1)?.charCodeAt(0) ?? 0)) continue;
      emit(units[i] ?? '', i, i + 1);
    }
  };
  const emit = (unit: string, from: number, to: number): void => {
    out.units.push(unit);
    out.starts.push(starts[from] ?? 0);
    out.ends.push(ends[to - 1] ?? 0);
  };
  let done = 0;
  for (const { start, end } of words) {
    copy(done, start);
    done = end;
    const word = units.slice(start, end).join('');
    if (!chinese) {
      spell(contractions(word) ?? word, start, end);
      continue;
    }
    const read =
      latin.has(word) || isAddress(units, start, end) ? undefined : readAsPinyin(word, units[start - 1], units[end]);
    if (!read) {
      copy(start, end);
      continue;
    }
    if (out.units.at(-1) === ' ') {
      out.units.pop();
      out.starts.pop();
      out.ends.pop();
    }
    let at = start;
    for (const { unit, length } of read) {
      emit(unit, at, at + length);
      at += length;
    }
  }
  copy(done, units.length);
  return out;

  /** Other letters in the place of a word: as many as there are get their own place, the rest share the last. */
  function spell(text: string, start: number, end: number): void {
    for (let i = 0; i < text.length; i++) {
      const at = Math.min(start + i, end - 1);
      emit(text.charAt(i), at, i === text.length - 1 ? end : at + 1);
    }
  }
}

/** Runs of letters, with apostrophes inside. */
function wordsIn(units: readonly string[]): Span[] {
  const words: Span[] = [];
  for (let i = 0; i < units.length; i++) {
    if (!isLetter(units[i])) continue;
    const start = i;
    while (isLetter(units[i]) || (isApostrophe(units[i]) && isLetter(units[i + 1]))) i++;
    words.push({ start, end: i });
  }
  return words;
}

function isAllPinyin(units: readonly string[], words: readonly Span[]): boolean {
  const texts = words.map(({ start, end }) => units.slice(start, end).join(''));
  return texts.length > 0 && texts.every((text) => syllablesIn(text)) && texts.join('').length >= fewestPinyinLetters;
}

/** A text of Latin letters alone is taken for pinyin from this length. */
const fewestPinyinLetters = 6;

/** Whether a word is part of a web address, a code or a quantity. */
function isAddress(units: readonly string[], start: number, end: number): boolean {
  return isCode(units[start - 1]) || isCode(units[end]);
}

function isCode(unit: string | undefined): boolean {
  return isDigit(unit) || (unit !== undefined && '/@_-:.=&#%+~[]'.includes(unit));
}

function readAsPinyin(
  word: string,
  before: string | undefined,
  after: string | undefined,
): readonly { readonly unit: string; readonly length: number }[] | undefined {
  const read = syllablesIn(word);
  if (read) return read;
  // A single letter stands for the character with whose syllable it begins; none begins with i, u or v.
  if (!/^[a-hj-tw-z]$/.test(word) || !(isHan(before) || isHan(after))) return undefined;
  return [{ unit: initialOf(word), length: 1 }];
}

const simplified = new Map<string, string>();
for (let i = 0; i < traditional.length; i += 2) simplified.set(traditional.charAt(i), traditional.charAt(i + 1));

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? unit.toLowerCase() : unit;
  if (code >= 0x3400 && code <= 0x9fff) return simplified.get(unit) ?? unit;
  // Letters with accents are pinyin with its tones.
  if (code >= 0xc0 && code <= 0x24f) return unit.normalize('NFD').charAt(0).toLowerCase();
  if (isApostrophe(unit)) return "'";
  const folded = unit.normalize('NFKC').toLowerCase();
  return folded.length === 1 ? folded : unit;
}

function isHan(unit: string | undefined): boolean {
  const code = unit?.charCodeAt(0) ?? 0;
  return code >= 0x3400 && code <= 0x9fff;
}

function isLetter(unit: string | undefined): boolean {
  const code = unit?.charCodeAt(0) ?? 0;
  return code >= 0x61 && code <= 0x7a;
}

function isDigit(unit: string | undefined): boolean {
  const code = unit?.charCodeAt(0) ?? 0;
  return code >= 0x30 && code <= 0x39;
}

function isApostrophe(unit: string | undefined): boolean {
  return unit === "'" || unit === '’';
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Between these a blank separates words. */
function isWordly(unit: string): boolean {
  return /^[a-z0-9'.,!?;:]$/.test(unit);
}

/** Marks and emoji that say nothing between two characters; what ends a clause or a sentence is not among them. */
function isMark(unit: string): boolean {
  return (unit >= '\ud800' && unit <= '\udfff') || (unit !== '' && '·•・.*-_/|~+^=#&@`\\<>[]'.includes(unit));
}

function isComma(unit: string): boolean {
  return unit === ',' || unit === '、';
}

/** Whether a comma stands among single characters, two of them at least on its way: 打，断，你，的，腿. */
function isSpelledOut(source: string, comma: number): boolean {
  const isPair = (at: number): boolean => isHan(source.charAt(at)) && isComma(foldUnit(source.charAt(at + 1)));
  if (!isHan(source.charAt(comma - 1)) || !isHan(source.charAt(comma + 1))) return false;
  let count = 1;
  for (let at = comma - 1; count < fewestSpelledOut && isPair(at - 2); at -= 2) count++;
  for (let at = comma - 1; count < fewestSpelledOut && isPair(at); at += 2) count++;
  return count >= fewestSpelledOut;
}

/** So many single characters in a row are a word taken apart, and no list. */
const fewestSpelledOut = 4;

/** The longest run of blanks and marks that can stand inside a word. */
const mostMarks = 3;

/** After a run of marks and blanks, as far as it can stand inside a word. */
function endOfMarks(source: string, from: number): number {
  let seen = 0;
  let at = from;
  for (; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (isLineEnd(code)) break;
    if (isInvisible(code) && !isBlank(code)) continue;
    if (!isBlank(code) && !isMark(foldUnit(source.charAt(at)))) break;
    if (!isBlank(code) && ++seen > mostMarks) break;
  }
  return at;
}

function endOfBlanks(source: string, from: number): number {
  let at = from;
  for (; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (isLineEnd(code) || !(isBlank(code) || isInvisible(code))) break;
  }
  return at;
}

/** Marks between Chinese characters, or between one and a letter, break a word apart for the eye only. */
function isBetweenCharacters(previous: string, next: string): boolean {
  return (isHan(previous) && (isHan(next) || isLetter(next))) || (isLetter(previous) && isHan(next));
}

/** Characters that nobody sees: ignorable ones, and those that turn the direction of writing. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\ufff0-\ufffb]/u;

function isInvisible(unit: number): boolean {
  if (unit < 0xad) return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
  if (unit >= 0x3400 && unit < 0xd800) return false;
  return invisible.test(String.fromCharCode(unit));
}
