import type { CodeLens, CodeLensParams } from 'vscode-languageserver-protocol';
import { isAnytime, isOneWay } from '../flow/openings.ts';
import { rangeIn } from './convert.ts';
import type { Feature } from './feature.ts';

/** What a lens is about; the text is worked out when the lens comes into sight. */
export interface LensMemory {
  readonly uri: string;
  readonly shows: 'references' | 'ends';
}

/** Above every heading: how often the node is named, and how the conversation can end from there. */
export const codeLens: Feature<CodeLensParams, CodeLens[]> = {
  method: 'textDocument/codeLens',
  capability: { codeLensProvider: { resolveProvider: true } },
  run({ snapshot, editor }, { textDocument }) {
    const script = snapshot.script(textDocument.uri);
    if (!script || editor?.codeLens === false) return [];
    return script.tree.nodes.flatMap((node) => {
      const { heading } = node;
      if (!heading || heading.line.name.text === '') return [];
      const range = rangeIn(heading, heading.line.name);
      const lens = (shows: LensMemory['shows']): CodeLens => ({ range, data: { uri: script.uri, shows } });
      return [
        // Nothing names the anytime node, and messages that go one way end where they end.
        ...(isAnytime(node) ? [] : [lens('references')]),
        ...(isOneWay(script) ? [] : [lens('ends')]),
      ];
    });
  },
};
