import { firstReadings, otherReadings } from './characters.ts';

/**
 * In folded text a syllable written in pinyin is one unit, and so is a single letter that stands for a character; they
 * use Unicode's private area. A pattern's character matches them by how it is read.
 */
const syllableBase = 0xe100;
const initialBase = 0xe400;
const soundEnd = 0xe41a;

/** Whether a unit of folded text stands for a sound. */
export function isSound(unit: number): boolean {
  return unit >= syllableBase && unit < soundEnd;
}

/** Whether such a unit stands for the beginning of a sound only. */
export function isInitial(unit: number): boolean {
  return unit >= initialBase && unit < soundEnd;
}

/** The unit for a lower-case letter with which a syllable begins. */
export function initialOf(letter: number): number {
  return initialBase + letter - letterA;
}

const letterA = 0x61;

interface Readings {
  /** Pinyin without tones; a syllable's number is its place here. */
  readonly syllables: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  /** How each character is read: the numbers of its syllables, the usual one first. */
  readonly ofUnit: ReadonlyMap<number, readonly number[]>;
  /** The characters that can be read as each syllable. */
  readonly unitsOf: readonly (readonly number[])[];
}

let known: Readings | undefined;

/** Most texts ask for no sound. */
function readings(): Readings {
  known ??= readTables();
  return known;
}

function readTables(): Readings {
  const syllables: string[] = [];
  const numbers = new Map<string, number>();
  const ofUnit = new Map<number, number[]>();
  const unitsOf: number[][] = [];
  for (const entry of `${firstReadings} ${otherReadings}`.split(' ')) {
    const syllable = /^[a-z]+/.exec(entry)?.[0] ?? '';
    const number = numbers.get(syllable) ?? syllables.push(syllable) - 1;
    numbers.set(syllable, number);
    const units = unitsOf[number] ?? [];
    unitsOf[number] = units;
    for (let at = syllable.length; at < entry.length; at++) {
      const unit = entry.charCodeAt(at);
      const all = ofUnit.get(unit);
      if (all) all.push(number);
      else ofUnit.set(unit, [number]);
      units.push(unit);
    }
  }
  return { syllables, numbers, ofUnit, unitsOf };
}

/** No syllable has more letters: `zhuang`. */
const longestSyllable = 6;

/** The units for a run of Latin letters that is pinyin from end to end, with the fewest syllables; else nothing. */
export function syllablesIn(
  letters: string,
): readonly { readonly unit: number; readonly length: number }[] | undefined {
  const { numbers } = readings();
  // The best way to read the letters from each place to the end.
  const best: ({ readonly length: number; readonly count: number } | undefined)[] = [];
  best[letters.length] = { length: 0, count: 0 };
  for (let at = letters.length - 1; at >= 0; at--) {
    for (let length = Math.min(longestSyllable, letters.length - at); length > 0; length--) {
      const rest = best[at + length];
      if (!rest || !numbers.has(letters.slice(at, at + length))) continue;
      const better = best[at];
      if (!better || rest.count + 1 < better.count) best[at] = { length, count: rest.count + 1 };
    }
  }
  if (!best[0]) return undefined;
  const found: { readonly unit: number; readonly length: number }[] = [];
  for (let at = 0; at < letters.length; at += best[at]?.length ?? 1) {
    const length = best[at]?.length ?? 1;
    found.push({ unit: syllableBase + (numbers.get(letters.slice(at, at + length)) ?? 0), length });
  }
  return found;
}

/** Whether a character, or a letter, can be what a sound of the text stands for. */
export function soundsLike(unit: number, sound: number): boolean {
  const { ofUnit, syllables } = readings();
  const all = ofUnit.get(unit);
  if (!all) return sound === initialOf(unit);
  if (sound < initialBase) return all.includes(sound - syllableBase);
  return all.some((number) => syllables[number]?.charCodeAt(0) === sound - initialBase + letterA);
}

/** Whether two characters can be read alike. */
export function soundAlike(one: number, other: number): boolean {
  const { ofUnit } = readings();
  const first = ofUnit.get(one);
  const second = first && ofUnit.get(other);
  if (!second) return false;
  for (let index = 0; index < first.length; index++) if (second.includes(first[index] as number)) return true;
  return false;
}

const spokenAs = new Map<number, readonly number[]>();

/** Every unit of a pattern that a unit of a text can stand for: for a sound whatever is read so, for a character its homophones and itself. */
export function spokenLike(unit: number): readonly number[] {
  let all = spokenAs.get(unit);
  if (!all) {
    const { ofUnit, unitsOf, syllables } = readings();
    if (isInitial(unit)) {
      const letter = unit - initialBase + letterA;
      all = [
        letter,
        ...syllables.flatMap((each, number) => (each.charCodeAt(0) === letter ? (unitsOf[number] ?? []) : [])),
      ];
    } else if (isSound(unit)) all = unitsOf[unit - syllableBase] ?? [];
    else all = [unit, ...(ofUnit.get(unit) ?? []).flatMap((number) => unitsOf[number] ?? [])];
    all = [...new Set(all)];
    spokenAs.set(unit, all);
  }
  return all;
}

/** Every way in which a character is read, without tones, the usual one first. */
export function readingsOf(char: string): readonly string[] {
  const { ofUnit, syllables } = readings();
  return ofUnit.get(char.charCodeAt(0))?.map((number) => syllables[number] ?? '') ?? [];
}

/** How a character is usually read, without its tone. */
export function pinyinOf(char: string): string | undefined {
  return readingsOf(char)[0];
}
