import type { Pattern } from './pattern.ts';
import type { Lexicons } from './program.ts';

/** One of some strings, which every match contains at this place. */
export interface Need {
  readonly texts: readonly string[];
  /** How far behind the beginning of the need before it can begin, in units. */
  readonly reach: number;
}

/**
 * What a match contains, in this order and without overlap: the strings that rule out most texts. With nothing in it, every
 * text has to be looked at.
 */
export type Way = readonly Need[];

/** The ways in which a pattern can be met: of alternatives each is one. */
export function waysOf(pattern: Pattern, lexicons: Lexicons): readonly Way[] {
  if (pattern.kind === 'choice') return pattern.options.flatMap((option) => waysOf(option, lexicons));
  if (pattern.kind === 'lexicon') return (lexicons.get(pattern.name) ?? []).flatMap((each) => waysOf(each, lexicons));
  if (pattern.kind === 'capture' || pattern.kind === 'disguised') return waysOf(pattern.item, lexicons);
  return [wayOf(piecesOf(pattern, lexicons))];
}

/** A stretch of a pattern. */
interface Piece {
  /** A match of the stretch contains one of these; with none, they are not known. */
  readonly texts: readonly string[];
  /** The most units that it can match. */
  readonly longest: number;
  /** How far inside it its text can begin. */
  readonly slack: number;
}

/** So many needs are looked for; more of them rule out little more. */
const mostNeeds = 4;

function wayOf(pieces: readonly Piece[]): Way {
  const chosen = pieces
    .map((piece, index) => ({ piece, index }))
    .filter(({ piece }) => piece.texts.length > 0)
    .sort((one, other) => worthOf(other.piece.texts) - worthOf(one.piece.texts))
    .slice(0, mostNeeds)
    .sort((one, other) => one.index - other.index);
  return chosen.map(({ piece, index }, place) => {
    const before = chosen[place - 1];
    const between = before ? pieces.slice(before.index, index).reduce((sum, { longest }) => sum + longest, 0) : 0;
    return { texts: piece.texts, reach: between + piece.slack };
  });
}

/** Words in gaps, and the rest of a word, are as long as they are. */
const endless = 1_000_000;

function piecesOf(pattern: Pattern, lexicons: Lexicons): readonly Piece[] {
  switch (pattern.kind) {
    case 'text':
      return [{ texts: [pattern.text], longest: pattern.text.length, slack: 0 }];
    case 'sequence':
      return pattern.items.flatMap((item) => piecesOf(item, lexicons));
    case 'capture':
    case 'disguised':
      return piecesOf(pattern.item, lexicons);
    case 'choice':
      return [eitherOf(pattern.options, lexicons)];
    case 'lexicon':
      return [lexiconPiece(pattern.name, lexicons)];
    case 'optional':
      return [unknown(longestOf(piecesOf(pattern.item, lexicons)))];
    case 'gap':
      return [unknown(pattern.over === 'words' ? endless : pattern.max)];
    case 'number':
      return [unknown(longestNumber)];
    case 'word-end':
      return [unknown(endless)];
    case 'blank':
      return [unknown(1)];
    case 'clause-start':
    case 'clause-end':
      return [];
    default: {
      const never: never = pattern;
      return never;
    }
  }
}

const lexiconPieces = new WeakMap<Lexicons, Map<string, Piece>>();

/** A lexicon is the same wherever it stands. */
function lexiconPiece(name: string, lexicons: Lexicons): Piece {
  const known = lexiconPieces.get(lexicons) ?? new Map<string, Piece>();
  lexiconPieces.set(lexicons, known);
  let piece = known.get(name);
  if (!piece) {
    piece = eitherOf(lexicons.get(name) ?? [], lexicons);
    known.set(name, piece);
  }
  return piece;
}

/** The most digits that a number can have. */
export const longestNumber = 12;

function unknown(longest: number): Piece {
  return { texts: [], longest, slack: longest };
}

function longestOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { longest }) => sum + longest, 0);
}

/** One piece with the best texts of every option, or none where an option has none. */
function eitherOf(options: readonly Pattern[], lexicons: Lexicons): Piece {
  const texts: string[] = [];
  let [longest, slack, known] = [0, 0, true];
  for (const option of options) {
    const pieces = piecesOf(option, lexicons);
    longest = Math.max(longest, longestOf(pieces));
    const [best] = [...pieces]
      .filter((piece) => piece.texts.length > 0)
      .sort((a, b) => worthOf(b.texts) - worthOf(a.texts));
    if (best) texts.push(...best.texts);
    else known = false;
    slack = Math.max(slack, pieces.length === 1 ? (best?.slack ?? 0) : longest);
  }
  return { texts: known ? texts : [], longest, slack };
}

/** Long, rare and few strings rule out more texts. */
export function worthOf(texts: readonly string[]): number {
  const rarest = Math.min(...texts.map((text) => (commonest.has(text) ? 0 : text.length)));
  return rarest * 100 - texts.length;
}

/** Characters that stand in nearly every sentence. */
export const commonest: ReadonlySet<string> = new Set(
  '你您我他她们的了是不就会要有在一个这那到去来给让说人也都还没把好看家里上下',
);
