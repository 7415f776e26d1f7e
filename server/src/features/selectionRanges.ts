import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver-protocol';
import { type Span, shift, touches } from '../base/span.ts';
import { lineAt, type Script } from '../model/script.ts';
import type { Placed } from '../syntax/tree.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';

/** What a selection grows to: a name, the part of the line, the line, the branch, the node, the file. */
export const selectionRanges: Feature<SelectionRangeParams, SelectionRange[] | null> = {
  method: 'textDocument/selectionRange',
  capability: { selectionRangeProvider: true },
  run({ snapshot }, { textDocument, positions }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return null;
    return positions.map((position) => {
      const offset = script.text.offsetAt(position);
      const empty: SelectionRange = { range: { start: position, end: position } };
      return nested(script, spansAt(script, offset)) ?? empty;
    });
  },
};

/** From the largest to the smallest; each holds the next. */
function nested(script: Script, spans: readonly Span[]): SelectionRange | undefined {
  let outer: (Span & { readonly selection: SelectionRange }) | undefined;
  for (const span of [...spans].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    const inside: boolean = !outer || (span.start >= outer.start && span.end <= outer.end);
    if (!inside || (outer && span.start === outer.start && span.end === outer.end)) continue;
    const range = toRange(script, span);
    outer = { start: span.start, end: span.end, selection: { range, ...(outer && { parent: outer.selection }) } };
  }
  return outer?.selection;
}

function spansAt(script: Script, offset: number): Span[] {
  const { tree, source } = script;
  const placed = lineAt(script, offset);
  const { frontMatter } = tree;
  const first = frontMatter.lines && tree.lines[frontMatter.lines.first];
  const last = frontMatter.lines && tree.lines[frontMatter.lines.last];
  const blocks: Span[] = [
    { start: 0, end: source.length },
    ...(first && last ? [{ start: first.start, end: last.end }] : []),
    ...[...tree.nodes, ...tree.scenarios].map(({ span }) => span),
    ...tree.nodes.flatMap(({ branches }) =>
      branches.map(({ branch, body }) => {
        const end = body.findLast(({ line }) => line.kind !== 'blank')?.end ?? branch.end;
        return { start: branch.start, end };
      }),
    ),
    { start: placed.start, end: placed.end },
    { start: placed.start + placed.line.head.start, end: placed.end },
    ...frontMatter.variables.flatMap(({ nameSpan, span }) => [nameSpan, span]),
    ...partsOf(placed),
  ];
  return blocks.filter((span) => touches(span, offset));
}

/** The words of a line, whatever its class: everything in it that knows where it stands. */
function partsOf({ line, start }: Placed): Span[] {
  const found: Span[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      if (isSpan(value)) found.push(shift(value, start));
      Object.values(value).forEach(collect);
    }
  };
  const { flaws, ...parts } = line;
  collect(parts);
  return found;
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
