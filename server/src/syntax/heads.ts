import { Memo } from '../base/memo.ts';
import { foldName } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import type { Cursor } from './cursor.ts';
import type { Word } from './line.ts';
import { findTerm, type KeywordId, keywords, type RoleKind, roles, spellings } from './vocabulary.ts';
import { spanOf } from './words.ts';

/** Names of roles, folded, and what they stand for: the built-in ones and those the front matter declares. */
export type Roles = ReadonlyMap<string, RoleKind>;

export const standardRoles: Roles = new Map(
  roles.flatMap((role) => spellings(role).map((spelling) => [foldName(spelling), role.id] as const)),
);

/** The word that a line begins with, before a colon or a bracket, and all that it can mean there. */
export interface Head {
  readonly word: Word;
  readonly span: Span;
  readonly keyword: KeywordId | undefined;
  readonly role: RoleKind | undefined;
  /** Of `客户说` and its like, whose reply a scenario line gives. */
  readonly says: RoleKind | undefined;
}

/**
 * Nearly all lines begin with one of a few words, and replies are of a few categories: those met last are kept, a word with what it means,
 * and all lines that have it at the same place share it. Half of what is made for a line would be made again for the next one.
 */
export class Heads {
  readonly roles: Roles;
  private readonly heads: (Head | undefined)[] = Array.from({ length: room }, () => undefined);
  private readonly words: (Word | undefined)[] = Array.from({ length: room }, () => undefined);

  constructor(roles: Roles) {
    this.roles = roles;
  }

  /** The word with which a line begins, between two offsets, without the blanks around it. */
  head(line: Cursor, from: number, to: number): Head {
    const place = placeOf(line, from, to);
    const known = this.heads[place];
    if (known && isWritten(known.word, line, from, to)) return known;
    const head = this.headOf(line.word(from, to));
    this.heads[place] = head;
    return head;
  }

  /** Any other word between two offsets. */
  word(line: Cursor, from: number, to: number): Word {
    const place = placeOf(line, from, to);
    const known = this.words[place];
    if (known && isWritten(known, line, from, to)) return known;
    const word = line.word(from, to);
    this.words[place] = word;
    return word;
  }

  private headOf(word: Word): Head {
    const { text } = word;
    const says = speakerWhoSays(text, this.roles);
    return {
      word,
      span: spanOf(word),
      keyword: says ? 'says' : findTerm(keywords, text)?.id,
      role: this.roles.get(foldName(text)),
      says,
    };
  }
}

/** Those of a script with such roles. */
export function headsOf(roles: Roles): Heads {
  const heads = known.get(roles) ?? new Heads(roles);
  known.set(roles, heads);
  return heads;
}

const known = new Memo<Roles, Heads>();

/** How many words are kept of each kind: one for each remainder of a hash. */
const room = 256;

function placeOf(line: Cursor, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (hash * 31 + line.unit(at)) & (room - 1);
  return hash;
}

function isWritten({ text, start, end }: Word, line: Cursor, from: number, to: number): boolean {
  if (start !== from || end !== to) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== line.unit(from + at)) return false;
  return true;
}

/** `客户说`, `第三方说`, `家属说`, `Customer says`: whose reply a scenario line gives. */
function speakerWhoSays(word: string, roles: Roles): RoleKind | undefined {
  const role = /^(.+?)\s*(?:说|says)$/i.exec(word.trim())?.[1];
  const kind = role === undefined ? undefined : roles.get(foldName(role));
  return kind === 'agent' ? undefined : kind;
}
