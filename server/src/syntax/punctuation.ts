import { Memo } from '../base/memo.ts';
import type { Source } from '../base/source.ts';
import type { Placed, Tree } from './tree.ts';

/** How the signs that structure a line are written in one language, with the blanks that belong to them. */
export interface Punctuation {
  readonly colon: string;
  /** Between fields and values. */
  readonly comma: string;
  /** Between the names of a list. */
  readonly pause: string;
  /** Between the examples of a branch. */
  readonly slash: string;
  readonly arrow: string;
  readonly open: string;
  readonly close: string;
  readonly leftBracket: string;
  readonly rightBracket: string;
}

export const chinesePunctuation: Punctuation = {
  colon: '：',
  comma: '，',
  pause: '、',
  slash: '／',
  arrow: '→',
  open: '（',
  close: '）',
  leftBracket: '【',
  rightBracket: '】',
};

export const englishPunctuation: Punctuation = {
  colon: ': ',
  comma: ', ',
  pause: ', ',
  slash: ' / ',
  arrow: '->',
  open: ' (',
  close: ')',
  leftBracket: '[',
  rightBracket: ']',
};

/** An author who writes `Agent:` or `title:` writes in English. Nothing where no word tells. */
export function isInEnglish({ written, frontMatter, sections }: Tree): boolean | undefined {
  const all = countsOf(
    [...frontMatter.keys.values()].map(({ key }) => key.start),
    written,
  );
  for (const section of sections) {
    const { latin, han } = section.once(counts, () => countsOf(section.all.flatMap(headIn), written));
    all.latin += latin;
    all.han += han;
  }
  return all.latin + all.han === 0 ? undefined : all.latin > all.han;
}

/** How many words are in which script, by the characters with which they begin. */
interface Counts {
  latin: number;
  han: number;
}

const counts = new Memo<object, Counts>();

function headIn({ line, start }: Placed): readonly number[] {
  return line.kind === 'unknown' ? [] : [start + line.head.start];
}

function countsOf(starts: readonly number[], written: Source): Counts {
  const found: Counts = { latin: 0, han: 0 };
  for (const start of starts) {
    const first = written.slice(start, start + 1);
    const unit = first.charCodeAt(0);
    // Nearly every line begins with one of these.
    if (unit >= 0x4e00 && unit <= 0x9fff) found.han++;
    else if (/^\p{Script=Latin}/u.test(first)) found.latin++;
    else if (/^\p{Script=Han}/u.test(first)) found.han++;
  }
  return found;
}
