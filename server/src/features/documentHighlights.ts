import type { DocumentHighlight, DocumentHighlightParams } from 'vscode-languageserver-protocol';
import { toRange } from './convert.ts';
import { entityAt } from './entity.ts';
import type { Feature } from './feature.ts';
import { occurrencesOf } from './occurrences.ts';

const [read, write] = [2, 3] as const;

/** Where else in this file the node, variable or role at the cursor is named, and where it gets what it is. */
export const documentHighlights: Feature<DocumentHighlightParams, DocumentHighlight[] | null> = {
  method: 'textDocument/documentHighlight',
  capability: { documentHighlightProvider: true },
  run({ snapshot }, { textDocument, position }) {
    const script = snapshot.script(textDocument.uri);
    const entity = script && entityAt(script, script.text.offsetAt(position), snapshot);
    if (!entity) return null;
    const here = occurrencesOf(entity, script, snapshot).filter((each) => each.script === script);
    return here.map(({ span, use }) => ({ range: toRange(script, span), kind: use === 'read' ? read : write }));
  },
};
