import type { InlineCompletionItem, InlineCompletionParams } from 'vscode-languageserver-protocol';
import { siteAt } from './completionItem.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { nextLine } from './nextLine.ts';

/**
 * On a new line, greyed, what most likely comes next: the other speaker, the next reply, the next node. It is not in the text: the Tab
 * key takes it, whatever else is typed goes over it, and Enter leaves the line empty.
 */
export const inlineCompletion: Feature<InlineCompletionParams, InlineCompletionItem[] | null> = {
  method: 'textDocument/inlineCompletion',
  capability: { inlineCompletionProvider: true },
  run(context, { textDocument, position }) {
    const script = context.snapshot.script(textDocument.uri);
    if (!script || context.editor?.nextLine === false) return null;
    const offset = script.text.offsetAt(position);
    const next = nextLine(siteAt(script, offset, context, true));
    if (!next) return null;
    const { text, open } = next;
    return [
      {
        insertText: text,
        range: toRange(script, { start: offset, end: offset }),
        // What is left open goes on with the list of what can stand there, as if it had come by itself: it leaves Enter alone once a
        // word is written in full.
        ...(open && { command: { title: '', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] } }),
      },
    ];
  },
};
