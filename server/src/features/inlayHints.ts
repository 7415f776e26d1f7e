import type { InlayHint, InlayHintParams } from 'vscode-languageserver-protocol';
import { inLanguage, type Language } from '../base/text.ts';
import { isAnytime, isOneWay } from '../flow/openings.ts';
import { type Known, knowledgeIn } from '../rules/flow/knowledge.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { knownText } from './known.ts';

/** Beside every heading: what is known where the node begins, on the paths that lead there. */
export const inlayHints: Feature<InlayHintParams, InlayHint[]> = {
  method: 'textDocument/inlayHint',
  capability: { inlayHintProvider: true },
  run({ snapshot, language, editor }, { textDocument, range }) {
    const script = snapshot.script(textDocument.uri);
    if (!script || editor?.inlayHints === false || isOneWay(script)) return [];
    const [from, to] = [script.text.offsetAt(range.start), script.text.offsetAt(range.end)];
    const known = knowledgeIn(script, snapshot);
    return script.tree.nodes.flatMap((node): InlayHint[] => {
      const { heading } = node;
      if (!heading || heading.start < from || heading.start > to || isAnytime(node)) return [];
      const shown = known(node).filter(
        ({ of, state }) => of.hint === 'always' || (of.hint === 'where-so' && state !== 'no'),
      );
      if (shown.length === 0) return [];
      const label = labelOf(shown, language);
      return [{ position: toRange(script, heading).end, label, paddingLeft: true }];
    });
  },
};

/** What is certain, each for itself, and then together what depends on the path: at a node for many it is nearly everything. */
function labelOf(shown: readonly Known[], language: Language): string {
  const [colon, comma, and] = language === 'en' ? [': ', ', ', ', '] : ['：', '，', '、'];
  const title = ({ of }: Known): string => inLanguage(of.title, language);
  const certain = shown.filter(({ state }) => state !== 'depends');
  const [first, ...others] = shown.filter(({ state }) => state === 'depends');
  return [
    ...certain.map((each) => `${title(each)}${colon}${knownText(each, language)}`),
    ...(first ? [`${[first, ...others].map(title).join(and)}${colon}${knownText(first, language)}`] : []),
  ].join(comma);
}
