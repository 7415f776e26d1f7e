import type { InlayHint, InlayHintParams } from 'vscode-languageserver-protocol';
import { isAnytime, isOneWay } from '../flow/openings.ts';
import { knowledgeIn } from '../rules/flow/knowledge.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { knownHint } from './known.ts';

/** Beside every heading: what is known where the node begins, on the paths that lead there. */
export const inlayHints: Feature<InlayHintParams, InlayHint[]> = {
  method: 'textDocument/inlayHint',
  capability: { inlayHintProvider: true },
  // Not at the findings, but at the paths that are followed for them.
  looksAtFindings: true,
  run({ snapshot, language, editor }, { textDocument, range }) {
    const script = snapshot.script(textDocument.uri);
    if (!script || editor?.inlayHints === false || isOneWay(script)) return [];
    const [from, to] = [script.text.offsetAt(range.start), script.text.offsetAt(range.end)];
    const known = knowledgeIn(script, snapshot);
    return script.tree.nodes.flatMap((node): InlayHint[] => {
      const { heading } = node;
      if (!heading || heading.start < from || heading.start > to || isAnytime(node)) return [];
      const label = knownHint(known(node), language);
      return label === '' ? [] : [{ position: toRange(script, heading).end, label, paddingLeft: true }];
    });
  },
};
