/**
 * A line of JSON as most programs write it: one object of strings without escapes, of whole numbers and of objects that hold no
 * other. It is read where it stands, and nothing is made of what nobody asks for, which takes a third of the time. What looks
 * otherwise in any way is left to `JSON.parse`, which says what it is or what is wrong with it.
 */
export class PlainLine {
  /** As JSON has them: a string or a number, and an object. */
  id: string | undefined;
  context: string | undefined;
  speaker: string | undefined;
  text: string | undefined;
  /** The other keys. */
  readonly others: string[] = [];

  #source = '';
  /** From here on the next character that strings cannot hold as it is, or that stands for something else, is at `#odd`. */
  #from = 0;
  #odd = -1;

  /** Reads such a line, a stretch of a longer text; answers whether it is one. */
  read(source: string, start: number, end: number): boolean {
    this.#lookAt(source, start);
    const last = source.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    if (this.#odd < last || source.charCodeAt(start) !== openingBrace) return false;
    this.id = undefined;
    this.speaker = undefined;
    this.text = undefined;
    this.context = undefined;
    this.others.length = 0;
    for (let at = start + 1; ; ) {
      if (source.charCodeAt(at) !== quote) return false;
      const keyEnd = source.indexOf('"', at + 1);
      if (keyEnd < 0 || source.charCodeAt(keyEnd + 1) !== colon) return false;
      const value = source.charCodeAt(keyEnd + 2) === blank ? keyEnd + 3 : keyEnd + 2;
      const after = this.#value(at + 1, keyEnd, value);
      if (after < 0 || after >= last) return false;
      const unit = source.charCodeAt(after);
      if (unit === closingBrace) return after === last - 1;
      if (unit !== comma) return false;
      at = source.charCodeAt(after + 1) === blank ? after + 2 : after + 1;
    }
  }

  /** Takes a value with its key, and answers where it ends; less than nothing where it is of another kind. */
  #value(key: number, keyEnd: number, at: number): number {
    const source = this.#source;
    const unit = source.charCodeAt(at);
    const isString = unit === quote;
    const isObject = unit === openingBrace;
    let end: number;
    if (isString) end = source.indexOf('"', at + 1) + 1;
    else if (isObject) end = source.indexOf('}', at + 1) + 1;
    else end = endOfNumber(source, at);
    if (end <= at) return -1;
    const length = keyEnd - key;
    if (length === 2 && source.startsWith('id', key)) {
      if (isObject) return -1;
      this.id = source.slice(at, end);
    } else if (length === 4 && source.startsWith('text', key)) {
      if (!isString) return -1;
      this.text = source.slice(at + 1, end - 1);
    } else if (length === 7 && source.startsWith('speaker', key)) {
      if (!isString) return -1;
      this.speaker = source.slice(at + 1, end - 1);
    } else if (length === 7 && source.startsWith('context', key)) {
      // Of two only the last would be looked at.
      if (!isObject || this.context !== undefined) return -1;
      this.context = source.slice(at, end);
    } else {
      if (isObject) return -1;
      this.others.push(source.slice(key, keyEnd));
    }
    return end;
  }

  /** Lines of one text come in their order, but the same text may come again. */
  #lookAt(source: string, start: number): void {
    if (source === this.#source && this.#from <= start && start <= this.#odd) return;
    this.#source = source;
    this.#from = start;
    odd.lastIndex = start;
    this.#odd = odd.exec(source)?.index ?? source.length;
  }
}

/** Behind a whole number as JSON writes it back. */
function endOfNumber(source: string, start: number): number {
  let at = start;
  while (source.charCodeAt(at) >= zero && source.charCodeAt(at) <= nine) at++;
  const digits = at - start;
  return digits > mostDigits || (digits > 1 && source.charCodeAt(start) === zero) ? -1 : at;
}

/** Numbers with more digits are not exact. */
const mostDigits = 15;

/** But for the line feed, which ends a line before it could be found in one. */
const odd = /[\\\u0000-\u0009\u000b-\u001f]/g;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const blank = 0x20;
const carriageReturn = 0x0d;
const zero = 0x30;
const nine = 0x39;
