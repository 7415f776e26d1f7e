import { placeholder } from './fold.ts';

/**
 * What a program is made of. An instruction is three numbers: what to do and with what, and gates, which tell whether what comes
 * next can begin with a unit. Of two ways to go on one is always the next instruction and the other is told; the first gate is that
 * of the next instruction, the second that of the other. In front of a program stand the number of its instructions and its gate.
 */
export const ops = {
  match: 0,
  /** Reads one unit. */
  unit: 1,
  /** The next instruction, and then the one that is told. */
  nextFirst: 2,
  /** The one that is told, and then the next. */
  thereFirst: 3,
  jump: 4,
  boundary: 5,
  /** Passes over some units, as few as it can. */
  gap: 6,
  /** Reads one word of a list, the longest that it can. */
  words: 7,
  /** Reads what one of the entries of a lexicon matches. */
  lexicon: 8,
  /** Reads up to twelve digits, as many as it can. */
  number: 9,
  clauseStart: 10,
  clauseEnd: 11,
  save: 12,
  /** Reads one unit that a gap of words may pass over. */
  any: 13,
  letter: 14,
  /** Reads one unit, or one that is read alike. */
  alike: 15,
  wordsAlike: 16,
  fail: 17,
  /** One of several instructions, by the unit that comes next. */
  choice: 18,
} as const;

/** How many numbers an instruction is, and how many bits what it does. */
export const [width, opBits] = [3, 5];

/** What a number is written with; a `{变量}` of the script counts as one. */
export const numerals = Array.from('零一二三四五六七八九十百千万亿两几半数多', unitOf);
export const digits: ReadonlySet<number> = new Set([
  ...Array.from('0123456789.%', unitOf),
  ...numerals,
  unitOf(placeholder),
]);

/** The most digits that a number can have. */
export const longestNumber = 12;

/** Whether a unit of a text is a digit; a sound is one that a numeral can be read as. */
export function isDigit(unit: number): boolean {
  return digits.has(unit);
}

function unitOf(char: string): number {
  return char.charCodeAt(0);
}

/** A lower-case Latin letter. */
export function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** No sentence is longer, and what goes on further is given up: so no text makes a match look far behind itself. */
export const longestMatch = 300;
