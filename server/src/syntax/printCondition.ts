import { foldWidth } from '../base/names.ts';
import { type Span, shift, trimmed } from '../base/span.ts';
import { alike } from './alike.ts';
import { type Condition, parseCondition } from './condition.ts';
import type { Word } from './line.ts';

/** Reads the conditions of one script, equal ones once. */
export function conditionPrinter(variables: readonly string[]): (condition: Word) => readonly Span[] {
  const known = new Map<string, readonly Span[]>();
  return ({ text, start }) => {
    const parts = known.get(text) ?? printCondition({ text, start: 0, end: text.length }, variables);
    known.set(text, parts);
    return parts.map((part) => shift(part, start));
  };
}

/**
 * The words and operators of a condition, in order, to be written with one blank between them. A condition that is not
 * understood, or would be understood differently, stays in one piece.
 */
function printCondition(condition: Word, variables: readonly string[]): readonly Span[] {
  const before = parseCondition(condition, variables);
  if (!before.condition || before.problems.length > 0) return [condition];
  const parts = partsOf(condition, wordsOf(before.condition));
  if (!parts) return [condition];
  const text = parts.map(({ start, end }) => condition.text.slice(start, end)).join(' ');
  if (text === condition.text) return parts;
  const after = parseCondition({ text, start: 0, end: text.length }, variables);
  return after.problems.length === 0 && alike(after.condition, before.condition) ? parts : [condition];
}

function wordsOf(condition: Condition): Word[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...wordsOf(condition.left), ...wordsOf(condition.right)];
    case 'not':
      return wordsOf(condition.operand);
    case 'holds':
      return [condition.variable];
    case 'comparison':
      return [condition.variable, condition.value];
    default:
      return condition satisfies never;
  }
}

const connective = /且|或|非|and|or|not/g;
const closings: { readonly [opening: string]: string } = { '"': '"', '“': '”', '「': '」' };

/** The words, the operators and connectives between them, and nothing else; or nothing when there is something else. */
function partsOf(condition: Word, words: readonly Word[]): Span[] | undefined {
  const folded = foldWidth(condition.text);
  const parts: Span[] = [];
  let from = 0;
  for (const word of [...words, { start: condition.end, end: condition.end }]) {
    const isQuoted =
      word.start > from && word.end > word.start && closings[folded.charAt(word.start - 1)] === folded.charAt(word.end);
    const span = isQuoted ? { start: word.start - 1, end: word.end + 1 } : word;
    const between = signsBetween(folded, { start: from, end: span.start });
    if (!between) return undefined;
    parts.push(...between, ...(span.end > span.start ? [span] : []));
    from = span.end;
  }
  return parts;
}

/** One operator, or any number of connectives. */
function signsBetween(folded: string, gap: Span): Span[] | undefined {
  const { start, end } = trimmed(folded, gap);
  const text = folded.slice(start, end);
  if (text === '') return [];
  if (text.replace(connective, '').trim() === '')
    return [...text.matchAll(connective)].map(({ index, 0: sign }) => ({
      start: start + index,
      end: start + index + sign.length,
    }));
  return /\s/.test(text) ? undefined : [{ start, end }];
}
