/** What every source becomes first: paragraphs and tables, without the way in which they were written. */
export type Block = Paragraph | Table;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
  /** Of a heading: 1 is the highest. */
  readonly level?: number;
  /** An item of a list whose number or dot is not part of the text. */
  readonly item?: { readonly ordered: boolean; readonly number: number };
  /** So many characters at the start are bold, and what follows is not. */
  readonly bold?: number;
}

export interface Table {
  readonly kind: 'table';
  readonly rows: readonly (readonly string[])[];
}

/** A source is read up to this many characters of text; a script longer than this is none. */
export const longestSource = 2_000_000;

/** The white space of typesetting is one blank; characters that nobody sees are dropped. */
export function tidied(text: string): string {
  return text
    .replace(/\u200d|[\u200b\u200c\u2060\ufeff\u00ad\u0000-\u0008\u000e-\u001f]/g, '')
    .replace(/[\t\u000b\u000c\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000 ]+/g, ' ')
    .trim();
}
