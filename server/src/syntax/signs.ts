/** Quotation marks that protect what stands between them, by the opening one. */
export const quotes: { readonly [opening: string]: string } = {
  '“': '”',
  '"': '"',
  '「': '」',
  '『': '』',
  '＂': '＂',
};

/** The kinds of signs that give a line its parts; each is a bit, so that several can be looked for at once. */
export const signs = {
  colon: 1,
  open: 2,
  close: 4,
  listSeparator: 8,
  exampleSeparator: 16,
  /** What an arrow begins with. */
  arrow: 32,
  /** What a quotation begins with. */
  quote: 64,
  headingEnd: 128,
  comma: 256,
  lineEnd: 512,
  brace: 1024,
  heading: 2048,
  /** What an arrow ends with. */
  arrowHead: 4096,
  remark: 8192,
  equals: 16384,
  braceEnd: 32768,
} as const;

const members: readonly (readonly [kind: number, units: string])[] = [
  [signs.colon, '：:'],
  [signs.open, '（('],
  [signs.close, '）)'],
  [signs.listSeparator, '、,，'],
  [signs.exampleSeparator, '／/'],
  [signs.arrow, '→—-－–=＝'],
  [signs.quote, Object.keys(quotes).join('')],
  [signs.headingEnd, '】]］'],
  [signs.comma, ',，'],
  [signs.lineEnd, '\n\r'],
  [signs.brace, '{｛'],
  [signs.heading, '【[［'],
  [signs.arrowHead, '→>＞》'],
  [signs.remark, '#＃'],
  [signs.equals, '=＝'],
  [signs.braceEnd, '}｝'],
];

const kindsOf = new Uint16Array(0x10000);
for (const [kind, units] of members) {
  for (const unit of units) kindsOf[unit.charCodeAt(0)] = (kindsOf[unit.charCodeAt(0)] ?? 0) | kind;
}

/** The kinds of signs that a unit is one of. */
export function signsOf(unit: number): number {
  return kindsOf[unit] as number;
}

/** Whether a unit is a sign of one of these kinds. */
export function isAny(kinds: number, unit: number): boolean {
  return (signsOf(unit) & kinds) !== 0;
}

/** The kinds of all signs in a stretch of a text. */
export function signsIn(text: string, start: number, end: number): number {
  let kinds = 0;
  for (let at = start; at < end; at++) kinds |= signsOf(text.charCodeAt(at));
  return kinds;
}
