/**
 * The SHA-256 of a text in UTF-8, in hexadecimal. Node and browsers each have one of their own, the latter only as a promise and only
 * over a secure connection; what names things and vouches for them should be the same everywhere.
 */
export function sha256(text: string): string {
  const { words, count } = paddedWords(text);
  const hash = Uint32Array.from(firstHash);
  const schedule = new Uint32Array(64);
  for (let block = 0; block < count; block += 16) {
    for (let i = 0; i < 64; i++) {
      schedule[i] =
        i < 16
          ? (words[block + i] as number)
          : (at(schedule, i - 16) +
              small0(at(schedule, i - 15)) +
              at(schedule, i - 7) +
              small1(at(schedule, i - 2))) >>>
            0;
    }
    compress(hash, schedule);
  }
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The text, a one, zeros, and its length in bits, as words of 32 bits. */
function paddedWords(text: string): { readonly words: Uint32Array; readonly count: number } {
  const bytes = utf8(text);
  const count = (((bytes.length + 8) >> 6) + 1) * 16;
  const words = new Uint32Array(count);
  bytes.push(0x80);
  for (const [index, byte] of bytes.entries())
    words[index >> 2] = at(words, index >> 2) | (byte << (24 - (index % 4) * 8));
  const length = bytes.length - 1;
  words[count - 2] = Math.floor(length / 0x20000000);
  words[count - 1] = length * 8;
  return { words, count };
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    // Half of a pair stands for nothing.
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

function compress(hash: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + at(constants, i) + at(schedule, i)) >>> 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) hash[index] = at(hash, index) + word;
}

function at(words: Uint32Array, index: number): number {
  return words[index] as number;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function small0(word: number): number {
  return turned(word, 7) ^ turned(word, 18) ^ (word >>> 3);
}

function small1(word: number): number {
  return turned(word, 17) ^ turned(word, 19) ^ (word >>> 10);
}

/** The fractions of the roots of the first primes, as the standard has it: square roots to begin with, cube roots for the rounds. */
const firstHash = fractions(8, 1 / 2);
const constants = fractions(64, 1 / 3);

function fractions(count: number, power: number): Uint32Array {
  const words: number[] = [];
  for (let number = 2; words.length < count; number++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) prime = false;
    if (prime) words.push(Math.floor((number ** power % 1) * 0x100000000));
  }
  return Uint32Array.from(words);
}
