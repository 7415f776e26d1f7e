import type { Encoding } from '../server/src/lsp/positions.ts';

/** How wide a text is in the units of each encoding, by other means than the server's. */
export const widthOf: { readonly [encoding in Encoding]: (text: string) => number } = {
  'utf-8': (text) => Buffer.byteLength(text),
  'utf-16': (text) => text.length,
  'utf-32': (text) => [...text].length,
};
