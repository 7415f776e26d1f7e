import type { Term } from '../syntax/vocabulary.ts';
import { type KeywordId, keywords, type RoleKind, roles } from '../syntax/vocabulary.ts';
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
}

/** Writes as the script does: in its language, with its line ends. */
export function handOf(script: Script): Hand {
  const known = hands.get(script) ?? hand(isEnglish(script), script.source.includes('\r\n') ? '\r\n' : '\n');
  hands.set(script, known);
  return known;
}

const hands = new WeakMap<Script, Hand>();

/** New lines in one of the languages, where there is no script yet to look like. */
export function hand(english: boolean, eol: string): Hand {
  const word = (term: Term): string => (english ? term.en[0] : term.zh[0]);
  const find = <Id extends string>(terms: readonly Term<Id>[], id: Id): string => {
    const term = terms.find((each) => each.id === id);
    return term ? word(term) : id;
  };
  const colon = english ? ': ' : '：';
  const arrow = english ? '->' : '→';
  return {
    english,
    eol,
    word,
    keyword: (id) => find(keywords, id),
    role: (kind) => find(roles, kind),
    colon,
    comma: english ? ', ' : '，',
    arrow,
    heading: (name) => (english ? `[${name}]` : `【${name}】`),
    branch(role, category, examples, target) {
      const opening = english ? `${role} (${category})` : `${role}（${category}）`;
      const said = examples.length > 0 ? colon + examples.join(english ? ' / ' : '／') : '';
      return opening + said + (target === undefined ? '' : ` ${arrow} ${target}`);
    },
  };
}

/** An author who writes `Agent:` or `title:` gets English keywords. */
function isEnglish(script: Script): boolean {
  let latin = 0;
  let han = 0;
  const count = (word: string): void => {
    if (/^[a-z]/i.test(word)) latin++;
    else if (/^\p{Script=Han}/u.test(word)) han++;
  };
  for (const { key } of script.tree.frontMatter.keys.values()) count(script.source.slice(key.start, key.end));
  for (const { line, start } of script.tree.lines) {
    if (line.kind !== 'unknown') count(script.source.slice(start + line.head.start, start + line.head.end));
  }
  return latin > han;
}
