import { firstReadings, otherReadings } from './characters.ts';

/**
 * In folded text a syllable written in pinyin is one unit, and so is a single letter that stands for a character; they
 * use Unicode's private area. A pattern's character matches them by how it is read.
 */
const syllableBase = 0xe100;
const initialBase = 0xe400;
const soundEnd = 0xe41a;

/** Pinyin without tones, in alphabetical order; a syllable's number is its place here. */
const syllables: string[] = [];
const numbers = new Map<string, number>();
/** How a character is read: the numbers of its syllables, the usual one first. */
const readings = new Map<string, number[]>();

for (const entry of `${firstReadings} ${otherReadings}`.split(' ')) {
  const syllable = /^[a-z]+/.exec(entry)?.[0] ?? '';
  const number = numbers.get(syllable) ?? syllables.push(syllable) - 1;
  numbers.set(syllable, number);
  for (const char of entry.slice(syllable.length)) {
    const known = readings.get(char);
    if (known) known.push(number);
    else readings.set(char, [number]);
  }
}

const longestSyllable = Math.max(...syllables.map((syllable) => syllable.length));

/** Whether a unit of folded text stands for a sound. */
export function isSound(code: number): boolean {
  return code >= syllableBase && code < soundEnd;
}

/** Whether such a unit stands for the beginning of a sound only. */
export function isInitial(code: number): boolean {
  return code >= initialBase && code < soundEnd;
}

/** The units for a run of Latin letters that is pinyin from end to end, with the fewest syllables; else nothing. */
export function syllablesIn(
  letters: string,
): readonly { readonly unit: string; readonly length: number }[] | undefined {
  // The best way to read the letters from each place to the end.
  const best: ({ readonly length: number; readonly count: number } | undefined)[] = [];
  best[letters.length] = { length: 0, count: 0 };
  for (let at = letters.length - 1; at >= 0; at--) {
    for (let length = Math.min(longestSyllable, letters.length - at); length > 0; length--) {
      const rest = best[at + length];
      if (!rest || !numbers.has(letters.slice(at, at + length))) continue;
      const known = best[at];
      if (!known || rest.count + 1 < known.count) best[at] = { length, count: rest.count + 1 };
    }
  }
  if (!best[0]) return undefined;
  const found: { readonly unit: string; readonly length: number }[] = [];
  for (let at = 0; at < letters.length; at += best[at]?.length ?? 1) {
    const length = best[at]?.length ?? 1;
    const number = numbers.get(letters.slice(at, at + length)) ?? 0;
    found.push({ unit: String.fromCharCode(syllableBase + number), length });
  }
  return found;
}

/** The unit for a letter with which a syllable begins. */
export function initialOf(letter: string): string {
  return String.fromCharCode(initialBase + letter.charCodeAt(0) - 0x61);
}

/** Whether a character, or a letter, can be what a sound of the text stands for. */
export function soundsLike(char: string, sound: number): boolean {
  const known = readings.get(char);
  if (!known) return sound === initialBase + char.charCodeAt(0) - 0x61;
  if (sound < initialBase) return known.includes(sound - syllableBase);
  const letter = sound - initialBase + 0x61;
  return known.some((number) => syllables[number]?.charCodeAt(0) === letter);
}

/** Whether two characters can be read alike. */
export function soundAlike(a: string, b: string): boolean {
  const first = readings.get(a);
  const second = first && readings.get(b);
  if (!second) return false;
  for (let index = 0; index < first.length; index++) if (second.includes(first[index] as number)) return true;
  return false;
}

/** Every character that can be read like this one. */
export function* homophones(char: string): Generator<string> {
  for (const [other] of readings) if (soundAlike(char, other)) yield other;
}

/** The keys under which a unit of text is looked up: its syllable, its usual one first, or the unit itself. */
export function syllableKeys(unit: string): readonly string[] {
  return readings.get(unit)?.map((number) => String.fromCharCode(syllableBase + number)) ?? [unit];
}

/** How characters that can be read as a syllable are usually read. */
let usualReadings: Map<number, Set<number>> | undefined;

/** The keys under which any unit is looked up that can be read like this one: 还 is looked up as hai, and can be 换 all the same. */
export function keysAlike(unit: string): readonly string[] {
  if (!usualReadings) {
    usualReadings = new Map();
    for (const numbers of readings.values()) {
      for (const number of numbers) {
        const usual = usualReadings.get(number);
        if (usual) usual.add(numbers[0] as number);
        else usualReadings.set(number, new Set(numbers.slice(0, 1)));
      }
    }
  }
  const keys = new Set<number>();
  for (const number of readings.get(unit) ?? []) {
    keys.add(number);
    for (const usual of usualReadings.get(number) ?? []) keys.add(usual);
  }
  return keys.size === 0 ? [unit] : Array.from(keys, (number) => String.fromCharCode(syllableBase + number));
}

/** The same by the letter with which the syllable begins. */
export function initialKeys(unit: string): readonly string[] {
  const code = unit.charCodeAt(0);
  if (code >= 0x61 && code <= 0x7a) return [initialOf(unit)];
  const numbersOf = code >= syllableBase && code < initialBase ? [code - syllableBase] : readings.get(unit);
  if (!numbersOf) return [unit];
  return [...new Set(numbersOf.map((number) => initialOf(syllables[number]?.charAt(0) ?? 'a')))];
}

/** Whether folded text has syllables in pinyin, or letters that stand for characters. */
export function hasSounds(text: string): boolean {
  return /[\ue100-\ue419]/.test(text);
}

/** Whether folded text has letters that stand for characters. */
export function hasInitials(text: string): boolean {
  return /[\ue400-\ue419]/.test(text);
}

/** Every way in which a character is read, without tones, the usual one first. */
export function readingsOf(char: string): readonly string[] {
  return readings.get(char)?.map((number) => syllables[number] ?? '') ?? [];
}

/** How a character is usually read, without its tone. */
export function pinyinOf(char: string): string | undefined {
  const [first] = readings.get(char) ?? [];
  return first === undefined ? undefined : syllables[first];
}
