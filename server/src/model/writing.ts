import { Memo } from '../base/memo.ts';
import type { Suppression } from '../syntax/line.ts';
import { chinesePunctuation, englishPunctuation, isInEnglish } from '../syntax/punctuation.ts';
import type { Tree } from '../syntax/tree.ts';
import {
  type KeywordId,
  keywords,
  type RoleKind,
  roles,
  type SuppressionField,
  suppressionFields,
  suppressionScopes,
  type Term,
} from '../syntax/vocabulary.ts';
import type { Script } from './script.ts';

/** How new lines are written so that they look like the author's own. */
export interface Hand {
  readonly english: boolean;
  readonly eol: string;
  /** The preferred spelling of a term. */
  word(term: Term): string;
  keyword(id: KeywordId): string;
  role(kind: RoleKind): string;
  readonly colon: string;
  readonly comma: string;
  readonly arrow: string;
  heading(name: string): string;
  branch(role: string, category: string, examples: readonly string[], target?: string): string;
  /** A suppression with its fields; one that is empty is left open. */
  suppression(scope: Suppression['scope'], rule: string, fields: Suppressing): string;
}

/** What a suppression says for itself. */
export type Suppressing = { readonly [field in SuppressionField]?: string };

/** Writes as the script does: in its language, with its line ends. */
export function handOf(script: Script): Hand {
  const known = hands.get(script) ?? hand(isInEnglish(script.tree) ?? false, hasReturns(script.tree) ? '\r\n' : '\n');
  hands.set(script, known);
  return known;
}

const hands = new Memo<Script, Hand>();

/** Whether any line ends with two signs. */
function hasReturns({ sections, written }: Tree): boolean {
  return sections.some((section) =>
    // With one sign of what stands behind the end of the last line.
    section.once(returns, () => written.slice(section.start, (section.all.at(-1)?.end ?? 0) + 2).includes('\r\n')),
  );
}

const returns = new Memo<object, boolean>();

/** New lines in one of the languages, where there is no script yet to look like. */
export function hand(english: boolean, eol: string): Hand {
  const word = (term: Term): string => (english ? term.en[0] : term.zh[0]);
  const find = <Id extends string>(terms: readonly Term<Id>[], id: Id): string => {
    const term = terms.find((each) => each.id === id);
    return term ? word(term) : id;
  };
  const { colon, comma, arrow, open, close, slash, leftBracket, rightBracket } = english
    ? englishPunctuation
    : chinesePunctuation;
  return {
    english,
    eol,
    word,
    keyword: (id) => find(keywords, id),
    role: (kind) => find(roles, kind),
    colon,
    comma,
    arrow,
    heading: (name) => leftBracket + name + rightBracket,
    branch(role, category, examples, target) {
      const opening = role + open + category + close;
      const said = examples.length > 0 ? colon + examples.join(slash) : '';
      return opening + said + (target === undefined ? '' : ` ${arrow} ${target}`);
    },
    suppression(scope, rule, fields) {
      const about = scope === 'line' ? '' : open + find(suppressionScopes, scope) + close;
      const written = suppressionFields.flatMap((field) => {
        const value = fields[field.id];
        return value === undefined ? [] : [word(field) + colon + value];
      });
      return (find(keywords, 'suppression') + about + colon + [rule, ...written].join(comma)).trimEnd();
    },
  };
}

/** A value as YAML, in quotes unless it is plain words. */
export function scalar(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return /^[\p{L}][\p{L}\p{N} （）()《》、·.-]*$/u.test(plain) &&
    !/^(?:true|false|null|yes|no|on|off|nan)$/i.test(plain)
    ? plain
    : JSON.stringify(plain);
}
