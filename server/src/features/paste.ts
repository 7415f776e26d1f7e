import type { Range, TextEdit } from 'vscode-languageserver-types';
import { type Content, importContent, looksLikeDialogue } from '../importing/importing.ts';
import { declareVariables } from '../model/declare.ts';
import type { Script } from '../model/script.ts';
import { toTextEdit } from './convert.ts';
import type { Feature } from './feature.ts';
import { importOptions } from './importedDocument.ts';

/** What is on the clipboard, and where in a script it is to go. */
export interface PasteParams {
  readonly uri: string;
  readonly range: Range;
  readonly html?: string;
  readonly text?: string;
}

export interface PasteResult {
  /** What stands in the place of the range. */
  readonly text: string;
  /** The variables that it needs, declared. */
  readonly edits: readonly TextEdit[];
}

/** `huashu/paste`: the clipboard as a script, or nothing where it does not look like a dialogue from Word or Excel. */
export const paste: Feature<PasteParams, PasteResult | null> = {
  method: 'huashu/paste',
  capability: {},
  run(context, params) {
    const script = context.snapshot.script(params.uri);
    if (!script || !takesLines(script, params.range)) return null;
    const options = { ...importOptions(script, context), taken: script.nodes.map(({ name }) => name) };
    const content = contentOf(params);
    if (!content || !looksLikeDialogue(content, options)) return null;
    const [start, end] = [script.text.offsetAt(params.range.start), script.text.offsetAt(params.range.end)];
    const before = script.written.slice(0, start);
    const after = script.written.slice(end);
    const imported = importContent(content, options);
    const atStart = before.trim() === '' && script.tree.frontMatter.lines === undefined;
    if (atStart) return { text: fitted(imported.script, after), edits: [] };
    const unknown = imported.variables.filter((name) => !script.knows(name));
    return {
      text: fitted(imported.body, after),
      edits: declareVariables(script, unknown, options.packs).map((edit) => toTextEdit(script, edit)),
    };
  },
};

/** A paste that would not come to stand on lines of its own, or that goes into the front matter, is one of words. */
function takesLines({ text, source, tree }: Script, range: Range): boolean {
  const lineStart = text.offsetAt({ line: range.start.line, character: 0 });
  const lineEnd = text.offsetAt({ line: range.end.line + 1, character: 0 });
  const before = source.slice(lineStart, text.offsetAt(range.start));
  const after = source.slice(text.offsetAt(range.end), lineEnd);
  const block = tree.frontMatter.lines;
  return before.trim() === '' && after.trim() === '' && !(block && range.start.line <= block.last);
}

/** HTML tells headings, lists and tables; without any of these the plain text says the same in fewer words. */
function contentOf({ html, text }: PasteParams): Content | undefined {
  if (html !== undefined && /<(?:table|h[1-6]|li|strong|b|u)\b|mso-/i.test(html)) return { kind: 'html', text: html };
  if (text !== undefined && text.trim() !== '') return { kind: 'text', text };
  return html === undefined ? undefined : { kind: 'html', text: html };
}

/** The pasted lines end where the line at hand does, which has a line end already. */
function fitted(text: string, after: string): string {
  return /^[ \t]*(?:\r?\n|$)/.test(after) ? text.replace(/\n$/, '') : text;
}
