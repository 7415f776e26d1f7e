/** What a unit of folded text is to a pattern, apart from being itself. */
export const kinds = { other: 0, letter: 1, digit: 2, blank: 3, clauseEnd: 4, sentenceEnd: 5, edge: 6 } as const;

/** The kinds of all units of a text, with its edges around them. */
export function kindsIn(units: readonly number[]): readonly number[] {
  let before: number = kinds.other;
  for (let at = 0; at < units.length; at++) {
    let kind = kindAt(units, at);
    // The blank behind a comma or a full stop is a part of it: a clause begins with its first word.
    if (kind === kinds.blank && before >= kinds.clauseEnd) kind = before;
    found[at + 1] = kind;
    before = kind;
  }
  found[units.length + 1] = kinds.edge;
  return found.slice(0, units.length + 2);
}

/** The kinds of a text as they are found out, before a copy is made that takes no more room than it needs. */
const found: number[] = [kinds.edge];

/** A sentence ends at a full stop and the like, a clause also at a comma, a colon or a dash. */
function kindAt(units: readonly number[], at: number): number {
  const unit = units[at] as number;
  if (unit >= 0x3400) return kinds.other;
  if (unit >= 0x61 && unit <= 0x7a) return kinds.letter;
  if (isDigit(unit)) return kinds.digit;
  if (unit === space) return kinds.blank;
  if (sentenceEnds.has(unit)) return kinds.sentenceEnd;
  if (unit === fullStop) return endsSentence(units, at) ? kinds.sentenceEnd : kinds.other;
  // Not the colon of a time, as in `8:30`.
  if (
    unit === colon &&
    at > 0 &&
    at + 1 < units.length &&
    isDigit(units[at - 1] as number) &&
    isDigit(units[at + 1] as number)
  )
    return kinds.other;
  return clauseEnds.has(unit) ? kinds.clauseEnd : kinds.other;
}

function unitsOf(text: string): ReadonlySet<number> {
  return new Set(Array.from(text, (char) => char.charCodeAt(0)));
}

const [sentenceEnds, clauseEnds] = [unitsOf('。!?;…\n\r'), unitsOf(',:—')];
const [space, fullStop, colon] = [0x20, 0x2e, 0x3a];

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function endsSentence(units: readonly number[], at: number): boolean {
  if (at + 1 >= units.length) return true;
  return units[at + 1] === space && !abbreviation.test(String.fromCharCode(...units.slice(Math.max(0, at - 5), at)));
}

/** Words that nobody ends a sentence with, and letters as in `U.S.` and `p.m.`. */
const abbreviation = /(?:^|[^a-z])(?:mr|mrs|ms|dr|jr|sr|vs|[a-z]\.[a-z])$/;
