import { isBlank, type Span, trimmed } from '../base/span.ts';
import type { Word } from './line.ts';
import { isAny, quotes, signs } from './signs.ts';

/** `→ 【目标】` means the same as `→ 目标`. */
export function unbracketed(word: Word): Word {
  return within(word, '【[［', '】]］');
}

export function unbraced(word: Word): Word {
  return within(word, '{｛', '}｝');
}

/** What stands inside the brackets that enclose the whole word, or the word itself. */
function within(word: Word, opening: string, closing: string): Word {
  if (word.text.length < 2 || !opening.includes(word.text.charAt(0))) return word;
  if (!closing.includes(word.text.charAt(word.text.length - 1))) return word;
  const { start, end } = trimmed(word.text, { start: 1, end: word.text.length - 1 });
  return { text: word.text.slice(start, end), start: word.start + start, end: word.start + end };
}

export function unquoted(word: Word): Word {
  const { text, start, end } = word;
  if (text.length < 2 || !isAny(signs.quote, text.charCodeAt(0))) return word;
  const closing = quotes[text.charAt(0)];
  if (closing === undefined || !text.endsWith(closing)) return word;
  return { text: text.slice(1, -1), start: start + 1, end: end - 1 };
}

/** @param separator the kind of signs between words; see signs.ts */
export function splitWords({ text, start }: Word, separator: number): Word[] {
  const words: Word[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isAny(separator, text.charCodeAt(at))) continue;
    let first = from;
    let last = at;
    while (first < last && isBlank(text.charCodeAt(first))) first++;
    while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
    if (last > first) words.push({ text: text.slice(first, last), start: start + first, end: start + last });
    from = at + 1;
  }
  return words;
}

export function spanOf(span: Span): Span {
  return { start: span.start, end: span.end };
}
