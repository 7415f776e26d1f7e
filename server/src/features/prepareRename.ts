import type { PrepareRenameParams, Range } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { type Feature, Refusal } from './feature.ts';
import { renamableAt } from './renaming.ts';

/** What would be renamed at the cursor, or why it cannot be. */
export const prepareRename: Feature<
  PrepareRenameParams,
  { readonly range: Range; readonly placeholder: string } | Refusal | null
> = {
  method: 'textDocument/prepareRename',
  // Promised together with the renaming itself.
  capability: {},
  run({ snapshot }, { textDocument, position }) {
    const script = snapshot.script(textDocument.uri);
    const found = script && renamableAt(script, script.text.offsetAt(position), snapshot);
    if (!found || found instanceof Refusal) return found ?? null;
    return { range: toRange(script, found.span), placeholder: script.written.slice(found.span.start, found.span.end) };
  },
};
