import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver-protocol';
import type { Edit } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import type { Language } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Hand } from '../model/writing.ts';
import type { PackSet } from '../packs/packSet.ts';
import { toRange, toTextEdit } from './convert.ts';

/** Where the cursor is. */
export interface Site {
  readonly script: Script;
  readonly snapshot: Snapshot;
  readonly packs: PackSet;
  readonly language: Language;
  readonly write: Hand;
  /** The line up to the cursor, and from it on. */
  readonly before: string;
  readonly after: string;
  /** Where the line starts, and where the cursor stands, in the file. */
  readonly start: number;
  readonly offset: number;
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
  operator: 24,
} as const satisfies { [name: string]: CompletionItemKind };

/** One thing to offer, before it is put into the words of the protocol. */
export interface Suggestion {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  readonly documentation?: string;
  readonly insert?: string;
  readonly snippet?: boolean;
  /** Other words by which the item is found. */
  readonly aliases?: readonly string[];
  /** Items with a smaller rank come first. */
  readonly rank: number;
  readonly more?: readonly Edit[];
  /** Ask for suggestions again behind what was inserted. */
  readonly again?: boolean;
}

/** The item of the protocol; `from` is where, in the line, what it replaces begins. */
export function item(site: Site, from: number, suggestion: Suggestion): CompletionItem {
  const { label, kind, detail, documentation, insert = label, snippet, aliases = [], rank, more, again } = suggestion;
  const typed = site.before.slice(from);
  // The editor matches what was typed against one text only: that of the alias which it resembles, if any does.
  const alias = typed === '' ? undefined : aliases.find((each) => foldName(each).startsWith(foldName(typed)));
  const span: Span = { start: site.start + from, end: site.offset };
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation: { kind: 'markdown', value: documentation } }),
    filterText: alias ?? label,
    sortText: String(rank).padStart(4, '0'),
    insertTextFormat: snippet ? 2 : 1,
    textEdit: { range: toRange(site.script, span), newText: insert },
    ...(more && more.length > 0 && { additionalTextEdits: more.map((edit) => toTextEdit(site.script, edit)) }),
    ...(again && { command: { title: '', command: 'editor.action.triggerSuggest' } }),
  };
}

/** Text for a snippet, in which nothing of it has a meaning. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
