import type { DocumentSymbol, DocumentSymbolParams, SymbolKind } from 'vscode-languageserver-protocol';
import type { Script } from '../model/script.ts';
import { stepsOf } from '../model/template.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Branch } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { rangeIn, toRange } from './convert.ts';
import type { Feature } from './feature.ts';

const kinds = { node: 5, branch: 22, scenario: 6 } as const satisfies { [name: string]: SymbolKind };

/** The outline, read like a table of contents: nodes with their steps, the replies below them, then the scenarios. */
export const documentSymbols: Feature<DocumentSymbolParams, DocumentSymbol[]> = {
  method: 'textDocument/documentSymbol',
  capability: { documentSymbolProvider: true },
  run({ snapshot, language }, { textDocument }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return [];
    const packs = snapshot.packs(script).set;
    return [
      ...script.tree.nodes.flatMap((node) => nodeSymbol(node, script, packs, language === 'en')),
      ...script.tree.scenarios.map(
        ({ heading, span }): DocumentSymbol => ({
          name: heading.line.name.text || script.written.slice(heading.start, heading.end),
          // Among nodes of the same name a scenario is told by what opens it.
          detail: script.written.slice(heading.start + heading.line.head.start, heading.start + heading.line.head.end),
          kind: kinds.scenario,
          range: toRange(script, span),
          selectionRange: toRange(script, { start: heading.start, end: heading.end }),
        }),
      ),
    ];
  },
};

function nodeSymbol(node: ScriptNode, script: Script, packs: PackSet, english: boolean): DocumentSymbol[] {
  const { heading } = node;
  if (!heading) return [];
  const { name } = heading.line;
  const steps = stepsOf(heading.line, packs).map((step) => (english ? step.name.en : step.name.zh));
  const detail = steps.filter((step) => step !== name.text).join(english ? ', ' : '、');
  return [
    {
      name: name.text || script.written.slice(heading.start, heading.end),
      ...(detail !== '' && { detail }),
      kind: kinds.node,
      range: toRange(script, node.span),
      selectionRange: rangeIn(heading, name),
      children: node.branches.map(({ branch, body }): DocumentSymbol => {
        const { category } = branch.line;
        const leads = leadsTo(branch, body, script);
        const last = body.findLast(({ line }) => line.kind !== 'blank') ?? branch;
        return {
          name: category.text || script.written.slice(branch.start, branch.end),
          ...(leads !== undefined && { detail: leads }),
          kind: kinds.branch,
          range: {
            start: { line: branch.index, character: 0 },
            end: { line: last.index, character: last.end - last.start },
          },
          selectionRange: rangeIn(branch, category),
        };
      }),
    },
  ];
}

/** Where a reply leads: its target, or the jump or outcome at the end of what follows it. */
function leadsTo({ line }: Placed<Branch>, body: readonly Placed[], { written }: Script): string | undefined {
  if (line.target) return `→ ${line.target.text}`;
  const end = body.findLast(({ line: { kind } }) => kind !== 'blank' && kind !== 'remark');
  if (!end) return undefined;
  if (isLine(end, 'jump')) return end.line.target && `→ ${end.line.target.text}`;
  return isLine(end, 'outcome') ? written.slice(end.start, end.end).trim() : undefined;
}
