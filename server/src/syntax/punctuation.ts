import type { Tree } from './tree.ts';

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
export function isInEnglish({ source, frontMatter, lines }: Tree): boolean | undefined {
  let latin = 0;
  let han = 0;
  const count = (start: number): void => {
    const unit = source.charCodeAt(start);
    // Nearly every line begins with one of these.
    if (unit >= 0x4e00 && unit <= 0x9fff) han++;
    else if (/^\p{Script=Latin}/u.test(source.charAt(start))) latin++;
    else if (/^\p{Script=Han}/u.test(source.charAt(start))) han++;
  };
  for (const { key } of frontMatter.keys.values()) count(key.start);
  for (const { line, start } of lines) if (line.kind !== 'unknown') count(start + line.head.start);
  return latin + han === 0 ? undefined : latin > han;
}
