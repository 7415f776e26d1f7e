import { isLetter } from './instructions.ts';
import type { Pattern } from './pattern.ts';

export type Side = 'start' | 'end';

type OfLexicon = (name: string, side: Side) => boolean;

/**
 * Whether what a pattern matches surely begins, or ends, with something that is neither a letter nor a digit. There it cuts neither a word
 * nor a number, whatever stands beside it, and nobody has to look.
 *
 * @param ofLexicon the same of a lexicon
 */
export function isBounded(pattern: Pattern, side: Side, ofLexicon: OfLexicon): boolean {
  switch (pattern.kind) {
    case 'text': {
      const unit = pattern.text.charCodeAt(side === 'start' ? 0 : pattern.text.length - 1);
      return !isLetter(unit) && !(unit >= 0x30 && unit <= 0x39);
    }
    case 'sequence':
      return areBounded(pattern.items, side, ofLexicon);
    case 'choice':
      return pattern.options.every((option) => isBounded(option, side, ofLexicon));
    case 'lexicon':
      return ofLexicon(pattern.name, side);
    case 'capture':
      return isBounded(pattern.item, side, ofLexicon);
    default:
      return false;
  }
}

/** The same of what stands in a row, none of which may match nothing at all. */
export function areBounded(items: readonly Pattern[], side: Side, ofLexicon: OfLexicon): boolean {
  const [first, step] = side === 'start' ? [0, 1] : [items.length - 1, -1];
  for (let index = first; ; index += step) {
    const item = items[index];
    if (!item) return false;
    if (item.kind === 'clause-start' || item.kind === 'clause-end') continue;
    if (item.kind !== 'optional') return isBounded(item, side, ofLexicon);
    if (!isBounded(item.item, side, ofLexicon)) return false;
  }
}
