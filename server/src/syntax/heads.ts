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

/** Nearly all lines begin with one of a few words, so that those met last are kept with what they mean, and all lines share them. */
export class Heads {
  readonly roles: Roles;
  private readonly met: (Head | undefined)[] = Array.from({ length: places }, () => undefined);

  constructor(roles: Roles) {
    this.roles = roles;
  }

  /** The word of a line between two offsets, blanks around it left out. */
  at(line: Cursor, from: number, to: number): Head {
    let hash = 0;
    for (let at = from; at < to; at++) hash = (hash * 31 + line.unit(at)) & (places - 1);
    const known = this.met[hash];
    if (known && known.span.start === from && isWritten(known.word, line, to)) return known;
    const head = this.headOf(line.word(from, to));
    this.met[hash] = head;
    return head;
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

/** How many words are kept: one for each remainder of a hash. */
const places = 256;

function isWritten({ text, start, end }: Word, line: Cursor, to: number): boolean {
  if (end !== to) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== line.unit(start + at)) return false;
  return true;
}

/** `客户说`, `第三方说`, `家属说`, `Customer says`: whose reply a scenario line gives. */
function speakerWhoSays(word: string, roles: Roles): RoleKind | undefined {
  const role = /^(.+?)\s*(?:说|says)$/i.exec(word.trim())?.[1];
  const kind = role === undefined ? undefined : roles.get(foldName(role));
  return kind === 'agent' ? undefined : kind;
}
