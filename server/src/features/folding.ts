import type { FoldingRange, FoldingRangeParams } from 'vscode-languageserver-protocol';
import type { Feature } from './feature.ts';

/** Front matter, nodes, branches with a body, and scenarios. */
export const folding: Feature<FoldingRangeParams, FoldingRange[]> = {
  method: 'textDocument/foldingRange',
  capability: { foldingRangeProvider: true },
  run({ snapshot }, { textDocument }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return [];
    const { frontMatter, nodes, scenarios } = script.tree;
    const lineOf = (offset: number): number => script.text.positionAt(offset).line;
    const ranges: FoldingRange[] = [];
    const add = (startLine: number, endLine: number, kind?: string): void => {
      if (endLine > startLine) ranges.push({ startLine, endLine, ...(kind && { kind }) });
    };
    if (frontMatter.lines) add(frontMatter.lines.first, frontMatter.lines.last, 'imports');
    for (const { heading, span, branches } of nodes) {
      if (heading) add(heading.index, lineOf(span.end));
      for (const { branch, body } of branches)
        add(branch.index, body.findLast(({ line }) => line.kind !== 'blank')?.index ?? branch.index);
    }
    for (const { heading, span } of scenarios) add(heading.index, lineOf(span.end));
    return ranges;
  },
};
