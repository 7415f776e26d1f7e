import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver-protocol';
import type { Edit } from '../base/edit.ts';
import type { Span } from '../base/span.ts';
import { lineAt, type Script } from '../model/script.ts';
import { type Hand, handOf } from '../model/writing.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Placed } from '../syntax/tree.ts';
import { toRange, toTextEdit } from './convert.ts';
import type { Context } from './feature.ts';
import { fitOf } from './matching.ts';

/** Where the cursor is. */
export interface Site extends Context {
  readonly script: Script;
  readonly packs: PackSet;
  readonly write: Hand;
  /** The line with the cursor. */
  readonly placed: Placed;
  /** The line up to the cursor, and from it on. */
  readonly before: string;
  readonly after: string;
  /** Where the line starts, and where the cursor stands, in the file. */
  readonly start: number;
  readonly offset: number;
  /** Suggestions were asked for, or come up while a word is typed; otherwise a mark of punctuation brought them. */
  readonly asked: boolean;
}

/** What there is to know of the place where the cursor is. */
export function siteAt(script: Script, offset: number, context: Context, asked: boolean): Site {
  const placed = lineAt(script, offset);
  return {
    ...context,
    script,
    packs: context.snapshot.packs(script).set,
    write: handOf(script),
    placed,
    before: script.written.slice(placed.start, offset),
    after: script.written.slice(offset, placed.end),
    start: placed.start,
    offset,
    asked,
  };
}

/** The icons by which the editor tells things apart. */
export const kinds = {
  step: 7,
  node: 18,
  keyword: 14,
  role: 9,
  reply: 20,
  variable: 6,
  rule: 24,
  target: 21,
  field: 5,
  value: 12,
  operator: 24,
  phrase: 1,
  template: 15,
} as const satisfies { [name: string]: CompletionItemKind };

/** What an item is about, so that its description can be worked out when somebody looks at it. */
export interface Memory {
  readonly uri: string;
  readonly thing: 'step' | 'reply' | 'rule' | 'category' | 'node' | 'variable';
  readonly name: string;
}

/** What stands above all else in the list. */
export const foremost = '0';

/** One thing to offer, before it is put into the words of the protocol. */
export interface Suggestion {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** A few words that stand beside the label in the list. */
  readonly remark?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What describes it at length, unless the documentation says everything. */
  readonly about?: Pick<Memory, 'thing' | 'name'>;
  readonly insert?: string;
  readonly snippet?: boolean;
  /** The words by which the item is found, the one that is shown first; the label otherwise. */
  readonly names?: readonly string[];
  /** It fits whatever was typed, which somebody has found out already. */
  readonly fits?: boolean;
  /** Items with a smaller rank come first, among those that fit equally well. */
  readonly rank: number;
  readonly more?: readonly Edit[];
  /** Ask for suggestions again behind what was inserted. */
  readonly again?: boolean;
  /** How many characters behind the cursor the item replaces. */
  readonly over?: number;
}

/**
 * The item of the protocol, if it fits what was typed; `from` is where, in the line, what it replaces begins. Editors sift
 * items by characters, and know no pinyin: each item passes as what was typed, and the list is asked for again at every key.
 */
export function* offer(site: Site, from: number, suggestion: Suggestion): Generator<CompletionItem> {
  const { label, kind, detail, remark, documentation, about, rank, more, again, snippet, over = 0 } = suggestion;
  const { insert = label, names = [label], fits } = suggestion;
  const typed = site.before.slice(from);
  const fit = fits ? 0 : fitOf(typed, names);
  if (fit === undefined) return;
  const span: Span = { start: site.start + from, end: site.offset + over };
  // Above longer names that begin so: Enter must not take one of them for a word that is written in full.
  const isWritten = !snippet && insert !== '' && site.script.source.slice(span.start, span.end) === insert;
  const memory: Memory | undefined = about && { uri: site.script.uri, ...about };
  yield {
    label,
    kind,
    ...(remark !== undefined && { labelDetails: { description: remark } }),
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation: { kind: 'markdown', value: documentation } }),
    filterText: typed.trim() === '' ? label : typed,
    sortText: isWritten ? foremost : `${fit + 1}${String(rank).padStart(4, '0')}`,
    insertTextFormat: snippet ? 2 : 1,
    // Lines are not indented: nothing of the line at hand is repeated in those that follow.
    insertTextMode: 1,
    textEdit: { range: toRange(site.script, span), newText: insert },
    ...(more && more.length > 0 && { additionalTextEdits: more.map((edit) => toTextEdit(site.script, edit)) }),
    ...(again && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
    ...(memory && { data: memory }),
  };
}

/** Text for a snippet, in which nothing of it has a meaning. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** How many characters of a closing bracket, which the editor may have put there, stand behind the cursor. */
export function closedBy(brackets: RegExp, { after }: Site): number {
  const found = /^\s*(\S)/.exec(after);
  return found?.[1] !== undefined && brackets.test(found[1]) ? found[0].length : 0;
}

/** Where the word that is being typed starts: behind the last separator, or behind the colon. */
export function lastPart(before: string): number {
  const at = Math.max(...['、', ',', '，', '：', ':', '】', ']', '］'].map((mark) => before.lastIndexOf(mark))) + 1;
  return at + (before.slice(at).length - before.slice(at).trimStart().length);
}
