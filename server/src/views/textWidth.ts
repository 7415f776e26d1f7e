/** About how wide a text is, in units of the size of its letters: a full-width character is one. Rather too wide than too narrow. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

function widthOfCharacter(character: string): number {
  if (
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\u{1f000}-\u{1faff}\u{20000}-\u{3ffff}]/u.test(
      character,
    )
  )
    return 1;
  if (/[\p{Lu}\d\u2010-\u2bff…“”‘’]/u.test(character)) return /[mw]/i.test(character) ? 0.95 : 0.7;
  return /[ilj.,:;'|! ]/.test(character) ? 0.33 : /[mw]/.test(character) ? 0.9 : 0.58;
}

/** A text in lines of a width, of which there are so many at most. */
export function folded(text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (lines.length + 1 < most && widthOf(rest) > width) {
    let line = '';
    for (const character of rest) {
      if (widthOf(line + character) > width) break;
      line += character;
    }
    // Words of letters stay whole where they can.
    const blank = line.lastIndexOf(' ');
    const end = blank > 0 && /\w/.test(rest.charAt(line.length)) ? blank + 1 : Math.max(1, line.length);
    lines.push(rest.slice(0, end).trim());
    rest = rest.slice(end);
  }
  return [...lines, fitted(rest, width)];
}

/** A text within a width, cut off with `…` where it is longer. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let fits = '';
  let left = width - widthOf('…');
  for (const character of text) {
    left -= widthOfCharacter(character);
    if (left < 0) break;
    fits += character;
  }
  return `${fits.trimEnd()}…`;
}
