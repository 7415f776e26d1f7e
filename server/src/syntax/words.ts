import { type Span, trimmed } from '../base/span.ts';
import { quotes } from './cursor.ts';
import type { Word } from './line.ts';

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
  const closing = quotes[word.text.charAt(0)];
  if (closing === undefined || word.text.length < 2 || !word.text.endsWith(closing)) return word;
  return { text: word.text.slice(1, -1), start: word.start + 1, end: word.end - 1 };
}

export function splitWords(rest: Word, separator: RegExp): Word[] {
  const words: Word[] = [];
  let from = 0;
  for (let i = 0; i <= rest.text.length; i++) {
    if (i < rest.text.length && !separator.test(rest.text.charAt(i))) continue;
    const { start, end } = trimmed(rest.text, { start: from, end: i });
    if (end > start)
      words.push({ text: rest.text.slice(start, end), start: rest.start + start, end: rest.start + end });
    from = i + 1;
  }
  return words;
}

export function spanOf(span: Span): Span {
  return { start: span.start, end: span.end };
}
