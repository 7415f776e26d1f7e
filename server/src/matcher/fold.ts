import { isBlank, type Span } from '../base/span.ts';
import { traditional } from './characters.ts';
import { contractions } from './contractions.ts';
import { initialOf, isSound, syllablesIn } from './sounds.ts';
import { composed, isHalf } from './splitCharacters.ts';

/** What stands in folded text for a `{变量}` of the script. */
export const placeholder = '\ue000';

/** Text in the form in which patterns are compared, with the way back to what was written. */
export interface FoldedText {
  readonly units: readonly number[];
  readonly length: number;
  readonly text: string;
  /** Whether a unit stands for a sound. */
  readonly hasSounds: boolean;
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
  if (variables.length === 0 && isPlain(source)) return foldPlain(source);
  const plain = foldUnits(source, variables);
  return plain.hasLetters ? foldWords(plain, latin) : plain;
}

const noWords: LatinWords = new Set();

/** Folds a text that is plain. */
export function foldPlain(source: string): FoldedText {
  return new UnitForUnit(source);
}

/** Folds the text of a pattern, which is plain from the start: letters in it mean themselves. */
export function foldPattern(source: string): string {
  return isFolded(source) ? source : foldUnits(source, []).text;
}

/** Whether a text is nothing but characters that folding leaves as they are. */
function isFolded(source: string): boolean {
  let before = 0;
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at);
    if (!isHan(unit) || foldUnit(unit) !== unit || isHalf(unit) || unit === before) return false;
    before = unit;
  }
  return true;
}

/**
 * What a unit of a source is to folding: it becomes one unit whatever stands beside it; or it does so unless `isPlainAt` says no, and
 * then it is left out; or it may be left out, by what stands around it; or it may become anything.
 */
export const shapes = { plain: 0, look: 1, slight: 2, fold: 3 } as const;

export function shapeOf(unit: number): number {
  if (isLineEnd(unit)) return shapes.plain;
  if (isBlank(unit) || isInvisible(unit) || isSurrogate(unit)) return shapes.slight;
  const folded = foldUnit(unit);
  if (isSound(unit) || isLetter(folded) || isHalf(folded)) return shapes.fold;
  // A traditional character may be the third of three.
  if (isHan(folded)) return folded === unit ? shapes.plain : shapes.fold;
  return isMark(folded) || isComma(folded) ? shapes.look : shapes.plain;
}

/** For each unit one more than its shape, so that 0 is one that nobody asked for yet. */
const shapeTable = new Uint8Array(0x10000);

function knownShapeOf(unit: number): number {
  const known = shapeTable[unit] as number;
  if (known !== 0) return known - 1;
  const shape = shapeOf(unit);
  shapeTable[unit] = shape + 1;
  return shape;
}

/** Whether a unit whose shape says that one has to look becomes one unit where it stands, all before it being plain. */
export function isPlainAt(source: string, at: number): boolean {
  const unit = foldUnit(source.charCodeAt(at));
  const previous = at > 0 ? foldUnit(source.charCodeAt(at - 1)) : 0;
  if (!isComma(unit)) return !isHan(previous);
  return !isSpelledOut(source, at) && !(unit === comma && isDigit(previous) && isThousands(source, at));
}

/** Whether every unit of a text becomes one unit of the folded text. */
function isPlain(source: string): boolean {
  let before = 0;
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at);
    const shape = knownShapeOf(unit);
    if (shape >= shapes.slight || (shape === shapes.look && !isPlainAt(source, at))) return false;
    if (unit === before && at > 1 && source.charCodeAt(at - 2) === unit && isHan(unit)) return false;
    before = unit;
  }
  return true;
}

/** The units of a text as it is folded, before a copy is made that takes no more room than it needs. */
const unitsSoFar: number[] = [];

/** Folded text each of whose units comes from the unit at the same place. Where nothing but phrases were found nobody asks for the units. */
class UnitForUnit implements FoldedText {
  readonly hasSounds = false;
  readonly length: number;
  private readonly source: string;
  private known: readonly number[] | undefined = undefined;

  constructor(source: string) {
    this.source = source;
    this.length = source.length;
  }

  get units(): readonly number[] {
    if (!this.known) {
      for (let at = 0; at < this.length; at++) unitsSoFar[at] = foldUnit(this.source.charCodeAt(at));
      this.known = unitsSoFar.slice(0, this.length);
    }
    return this.known;
  }

  get text(): string {
    return textOf(this.units);
  }

  toSource({ start, end }: Span): Span {
    return { start, end };
  }
}

/** Folded text whose units come from anywhere. */
class Units implements FoldedText {
  hasSounds = false;
  hasLetters = false;
  readonly units: number[] = [];
  /** Where each unit begins and ends in the source. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly sourceLength: number;

  constructor(sourceLength: number) {
    this.sourceLength = sourceLength;
  }

  get length(): number {
    return this.units.length;
  }

  get text(): string {
    return textOf(this.units);
  }

  add(unit: number, start: number, end: number): void {
    this.units.push(unit);
    this.starts.push(start);
    this.ends.push(end);
  }

  takeBack(): void {
    this.units.pop();
    this.starts.pop();
    this.ends.pop();
  }

  /** The unit that is so far behind the last one; 0 for none. */
  last(before = 0): number {
    return this.length > before ? (this.units[this.length - 1 - before] as number) : 0;
  }

  toSource({ start, end }: Span): Span {
    const from = start < this.length ? (this.starts[start] as number) : this.sourceLength;
    if (end <= start) return { start: from, end: from };
    return { start: from, end: end <= this.length ? (this.ends[end - 1] as number) : this.sourceLength };
  }
}

function textOf(units: readonly number[]): string {
  let text = '';
  // A call takes so many arguments and no more.
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.slice(at, at + 8192));
  return text;
}

const hanAnywhere = /[\u4e00-\u9fff]/;
const variable = placeholder.charCodeAt(0);

/** Unit by unit; blanks are left only between Latin words. */
function foldUnits(source: string, variables: readonly Span[]): Units {
  const found = new Units(source.length);
  const chinese = hanAnywhere.test(source);
  const unitAt = (at: number): number => (at < source.length ? foldUnit(source.charCodeAt(at)) : 0);
  // Where a letter stands alone although another one comes before it: `s b`, `t_o_u`.
  let parted = -1;
  let nextVariable = 0;
  for (let i = 0; i < source.length; i++) {
    const braces = variables[nextVariable];
    if (braces && i === braces.start) {
      found.add(variable, braces.start, braces.end);
      nextVariable++;
      i = braces.end - 1;
      continue;
    }
    const code = source.charCodeAt(i);
    if (isLineEnd(code)) {
      found.add(lineFeed, i, i + 1);
      continue;
    }
    const blank = isBlank(code);
    if (!blank && isInvisible(code)) continue;
    const unit = foldUnit(code);
    const previous = found.last();
    if (blank || isMark(unit)) {
      const end = endOfMarks(source, i);
      const next = unitAt(end);
      if (isBetweenCharacters(previous, next)) {
        i = end - 1;
        continue;
      }
      if (chinese && isLetter(previous) && isLetter(next)) {
        const alone = !isLetter(found.last(1)) || parted === found.length - 1;
        const nextAlone = !isLetter(unitAt(end + 1));
        if ((alone && nextAlone) || isPartingMark(unit)) {
          parted = found.length;
          i = end - 1;
          continue;
        }
      }
      if (blank) {
        const after = endOfBlanks(source, i);
        if (isWordly(previous) && isWordly(unitAt(after)) && !(isDigit(previous) && isDigit(next)))
          found.add(space, i, after);
        i = after - 1;
        continue;
      }
    }
    if (isComma(unit) && (isSpelledOut(source, i) || (unit === comma && isDigit(previous) && isThousands(source, i))))
      continue;
    if (isHan(unit) && unit === previous) {
      const last = found.length - 1;
      if (unit === found.last(1)) {
        found.takeBack();
        found.ends[last - 1] = i + 1;
        continue;
      }
      if (found.ends[last] === i && i - (found.starts[last] as number) > 1) {
        found.ends[last] = i + 1;
        continue;
      }
    }
    const whole = composed(unit, unitAt(i + 1));
    if (whole !== 0) {
      found.add(whole, i, i + 2);
      i++;
      continue;
    }
    found.hasLetters ||= isLetter(unit);
    found.hasSounds ||= isSound(unit);
    found.add(unit, i, i + 1);
  }
  return found;
}

/** Word by word: pinyin and letters for characters in Chinese text, contractions in English text. */
function foldWords(plain: Units, latin: LatinWords): Units {
  const { units, length, starts, ends } = plain;
  const words = wordsIn(plain);
  const chinese = hasHan(plain) || isAllPinyin(plain, words);
  const out = new Units(plain.sourceLength);
  out.hasSounds = plain.hasSounds;
  const copy = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      // Between a syllable and whatever comes next a blank means nothing.
      if (units[i] === space && isSound(out.last())) continue;
      add(units[i] as number, i, i + 1);
    }
  };
  const add = (unit: number, from: number, to: number): void =>
    out.add(unit, from < length ? (starts[from] as number) : 0, to <= length ? (ends[to - 1] as number) : 0);
  let done = 0;
  for (const { start, end } of words) {
    copy(done, start);
    done = end;
    const word = wordOf(plain, start, end);
    if (!chinese) {
      spell(contractions(word) ?? word, start, end);
      continue;
    }
    const before = start > 0 ? (units[start - 1] as number) : 0;
    const after = end < length ? (units[end] as number) : 0;
    // Nor is one read that is part of a web address, a code or a quantity.
    const read = latin.has(word) || isCode(before) || isCode(after) ? undefined : readAsPinyin(word, before, after);
    if (!read) {
      copy(start, end);
      continue;
    }
    out.hasSounds = true;
    if (out.last() === space) out.takeBack();
    let at = start;
    for (const { unit, length } of read) {
      add(unit, at, at + length);
      at += length;
    }
  }
  copy(done, length);
  return out;

  /** Other letters in the place of a word: as many as there are get their own place, the rest share the last. */
  function spell(text: string, start: number, end: number): void {
    for (let i = 0; i < text.length; i++) {
      const at = Math.min(start + i, end - 1);
      add(text.charCodeAt(i), at, i === text.length - 1 ? end : at + 1);
    }
  }
}

function wordOf({ units }: Units, start: number, end: number): string {
  return String.fromCharCode(...units.slice(start, end));
}

/** Runs of letters, with apostrophes inside. */
function wordsIn({ units, length }: Units): Span[] {
  const words: Span[] = [];
  const isLetterAt = (at: number): boolean => at < length && isLetter(units[at] as number);
  for (let i = 0; i < length; i++) {
    if (!isLetterAt(i)) continue;
    const start = i;
    while (isLetterAt(i) || (i < length && isApostrophe(units[i] as number) && isLetterAt(i + 1))) i++;
    words.push({ start, end: i });
  }
  return words;
}

function hasHan({ units, length }: Units): boolean {
  for (let at = 0; at < length; at++) if (isHan(units[at] as number)) return true;
  return false;
}

function isAllPinyin(plain: Units, words: readonly Span[]): boolean {
  const texts = words.map(({ start, end }) => wordOf(plain, start, end));
  return texts.length > 0 && texts.every((text) => syllablesIn(text)) && texts.join('').length >= fewestPinyinLetters;
}

/** A text of Latin letters alone is taken for pinyin from this length. */
const fewestPinyinLetters = 6;

function readAsPinyin(
  word: string,
  before: number,
  after: number,
): readonly { readonly unit: number; readonly length: number }[] | undefined {
  const read = syllablesIn(word);
  if (read) return read;
  // A single letter stands for the character with whose syllable it begins; none begins with i, u or v.
  if (!/^[a-hj-tw-z]$/.test(word) || !(isHan(before) || isHan(after))) return undefined;
  return [{ unit: initialOf(word.charCodeAt(0)), length: 1 }];
}

/** What each unit becomes; 0 for one that nobody asked for yet. */
const foldTable = new Uint16Array(0x10000);
let simplified: ReadonlyMap<number, number> | undefined;

/** What a unit becomes, whatever stands beside it. */
export function foldUnit(unit: number): number {
  const known = foldTable[unit] as number;
  if (known !== 0) return known;
  const folded = foldAnew(unit);
  foldTable[unit] = folded;
  return folded;
}

function foldAnew(unit: number): number {
  if (isLineEnd(unit)) return lineFeed;
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
  if (isHan(unit)) {
    simplified ??= pairsIn(traditional);
    return simplified.get(unit) ?? unit;
  }
  const char = String.fromCharCode(unit);
  // Letters with accents are pinyin with its tones.
  if (unit >= 0xc0 && unit <= 0x24f) return char.normalize('NFD').charAt(0).toLowerCase().charCodeAt(0);
  if (isApostrophe(unit)) return apostrophe;
  const folded = char.normalize('NFKC').toLowerCase();
  return folded.length === 1 ? folded.charCodeAt(0) : unit;
}

function pairsIn(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  for (let at = 0; at < text.length; at += 2) pairs.set(text.charCodeAt(at), text.charCodeAt(at + 1));
  return pairs;
}

const [lineFeed, space, apostrophe, comma] = [0x0a, 0x20, 0x27, 0x2c];

export function isHan(unit: number): boolean {
  return unit >= 0x3400 && unit <= 0x9fff;
}

function isLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isApostrophe(unit: number): boolean {
  return unit === apostrophe || unit === 0x2019;
}

function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function unitsOf(text: string): ReadonlySet<number> {
  return new Set(Array.from(text, (char) => char.charCodeAt(0)));
}

const [wordly, theMarks, partingMarks, codes] = [
  "abcdefghijklmnopqrstuvwxyz0123456789'.,!?;:",
  '·•・.*-_/|~+^=#&@`\\<>[]',
  '·•・*~|',
  '0123456789/@_-:.=&#%+~[]',
].map(unitsOf) as [ReadonlySet<number>, ReadonlySet<number>, ReadonlySet<number>, ReadonlySet<number>];

/** Between these a blank separates words. */
function isWordly(unit: number): boolean {
  return wordly.has(unit);
}

/** Marks and emoji that say nothing between two characters; what ends a clause or a sentence is not among them. */
function isMark(unit: number): boolean {
  return theMarks.has(unit) || isSurrogate(unit);
}

/** Marks between letters that belong together all the same. */
function isPartingMark(unit: number): boolean {
  return partingMarks.has(unit);
}

function isCode(unit: number): boolean {
  return codes.has(unit);
}

function isComma(unit: number): boolean {
  return unit === comma || unit === 0x3001;
}

/** Whether a comma between digits only makes a number easier to read: 12,500. */
function isThousands(source: string, at: number): boolean {
  return /^[0-9０-９]{3}(?![0-9０-９])/.test(source.slice(at + 1, at + 5));
}

function isCommaAt(source: string, at: number): boolean {
  return at >= 0 && at < source.length && isComma(foldUnit(source.charCodeAt(at)));
}

/** Whether a comma stands among single characters, two of them at least on its way: 打，断，你，的，腿. */
function isSpelledOut(source: string, at: number): boolean {
  // A comma with no other one beside its neighbours ends the search for nearly all: they are many.
  if (!isCommaAt(source, at - 2) && !isCommaAt(source, at + 2)) return false;
  const isHanAt = (place: number): boolean => place >= 0 && place < source.length && isHan(source.charCodeAt(place));
  const isPair = (place: number): boolean => isHanAt(place) && isCommaAt(source, place + 1);
  if (!isHanAt(at - 1) || !isHanAt(at + 1)) return false;
  let count = 1;
  for (let place = at - 1; count < fewestSpelledOut && isPair(place - 2); place -= 2) count++;
  for (let place = at - 1; count < fewestSpelledOut && isPair(place); place += 2) count++;
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
    if (isBlank(code)) continue;
    if (isInvisible(code)) continue;
    if (!isMark(foldUnit(code))) break;
    if (++seen > mostMarks) break;
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
function isBetweenCharacters(previous: number, next: number): boolean {
  return (isHan(previous) && (isHan(next) || isLetter(next))) || (isLetter(previous) && isHan(next));
}

/** Characters that nobody sees: ignorable ones, and those that turn the direction of writing. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\ufff0-\ufffb]/u;

function isInvisible(unit: number): boolean {
  if (unit < 0xad) return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
  if (unit >= 0x3400 && unit < 0xd800) return false;
  return invisible.test(String.fromCharCode(unit));
}
