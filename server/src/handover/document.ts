import type { Language } from '../base/text.ts';

/** Something to read and to print: what a page in HTML and a document in Word have in common. */
export interface Document {
  readonly language: Language;
  readonly title: string;
  /** Below the title. */
  readonly subtitle?: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2;
      readonly text: string;
      readonly id?: string;
      readonly note?: string;
      /** The line of the script that this is about, from 0. */
      readonly line?: number;
    }
  | { readonly kind: 'paragraph'; readonly text: Inline; readonly tone?: Tone }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | Table
  | (Picture & { readonly kind: 'picture'; readonly about: string });

/** A drawing as an SVG file, and how large it is. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** What stands in a list. */
export interface Item {
  readonly text: Inline;
  /** The line of the script that it is about, from 0. */
  readonly line?: number;
}

export interface Table {
  readonly kind: 'table';
  /** Without titles the first column is one of names. */
  readonly titles?: readonly string[];
  /** Parts of the whole width, one a column. */
  readonly widths: readonly number[];
  /** Each cell has some paragraphs. */
  readonly rows: readonly { readonly cells: readonly (readonly Inline[])[]; readonly tone?: Tone }[];
  /** `tall` rows are there to be written into, as high as a signature; `dense` ones are many. */
  readonly rowsAre?: 'tall' | 'dense';
}

/** Text in pieces; a line end alone begins a new line. */
export type Inline = readonly (string | Piece)[];

export interface Piece {
  readonly text: string;
  readonly look?: 'strong' | 'quiet' | 'code' | 'new' | 'gone';
  readonly tone?: Tone;
  /** The id of something in the same document, where this leads. */
  readonly to?: string;
  /** An id by which other pieces lead here. */
  readonly id?: string;
}

/** What something means: colours tell it, and never they alone. */
export type Tone = 'bad' | 'warning' | 'good' | 'quiet' | 'note';

export const heading = (level: 1 | 2, text: string, id?: string, note?: string): Block => ({
  kind: 'heading',
  level,
  text,
  ...(id !== undefined && { id }),
  ...(note !== undefined && note !== '' && { note }),
});
export const paragraph = (text: Inline | string, tone?: Tone): Block => ({
  kind: 'paragraph',
  text: inline(text),
  ...(tone && { tone }),
});
/** Pictures of one thing, numbered where there are several; a wide one in front of them shows the whole. */
export function pictures(all: readonly Picture[], about: string, language: Language): readonly Block[] {
  const parts = all.filter((picture) => !isWide(picture));
  const more = (picture: Picture): string => {
    if (all.length === 1) return '';
    const index = parts.indexOf(picture) + 1;
    const number = `${index}/${parts.length}`;
    if (language === 'en') return index === 0 ? ' (the whole)' : ` (${number})`;
    return index === 0 ? '（全图）' : `（${number}）`;
  };
  return all.map((picture) => ({ kind: 'picture', ...picture, about: about + more(picture) }));
}

/** Pictures that go across a page are as wide as this; narrower ones keep the size of their letters. */
export const widestPicture = 1218;

/** Whether a picture is so wide that a page lies on its side for it. */
export function isWide({ width, height }: Picture): boolean {
  return width > widestPicture + 1 && width > 1.2 * height;
}

export const strong = (text: string): Piece => ({ text, look: 'strong' });
export const quiet = (text: string): Piece => ({ text, look: 'quiet' });

export function inline(text: Inline | string): Inline {
  return typeof text === 'string' ? [text] : text;
}

/** A table of names and what they stand for; what stands for nothing is left out. */
export function facts(rows: readonly (readonly [name: string, value: Inline | string])[]): readonly Block[] {
  const told = rows.filter(([, value]) => value.length > 0);
  if (told.length === 0) return [];
  return [
    {
      kind: 'table',
      widths: [22, 78],
      rows: told.map(([name, value]) => ({ cells: [[[name]], [inline(value)]] })),
    },
  ];
}

/** A table of texts below titles. */
export function grid(
  titles: readonly string[],
  widths: readonly number[],
  rows: readonly { readonly cells: readonly (string | Inline | readonly Inline[])[]; readonly tone?: Tone }[],
): Table {
  return {
    kind: 'table',
    titles,
    widths,
    rows: rows.map(({ cells, tone }) => ({ cells: cells.map(paragraphsOf), ...(tone && { tone }) })),
  };
}

function paragraphsOf(cell: string | Inline | readonly Inline[]): readonly Inline[] {
  if (typeof cell === 'string') return [[cell]];
  const isParagraphs = cell.length > 0 && cell.every((each) => Array.isArray(each));
  return isParagraphs ? (cell as readonly Inline[]) : [cell as Inline];
}
