import type { Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import { isLine, type ScriptNode } from '../syntax/tree.ts';
import { targets } from '../syntax/vocabulary.ts';
import type { ChartEnd } from './chart.ts';
import type { Point } from './graph.ts';
import type { Paths } from './paths.ts';

/** How a conversation ends, or goes back to where a node was inserted. */
export type End = Pick<ChartEnd, 'kind' | 'outcome'>;

/** The end that a point is, if it is one. Running off the end of an inserted node is none: it goes on where it was inserted. */
export function endOf({ kind, ending, placed }: Point): End | undefined {
  if (kind === 'leave') return placed ? { kind: 'return' } : undefined;
  if (kind !== 'end' || !ending) return undefined;
  return { kind: ending, ...(placed && isLine(placed, 'outcome') && { outcome: placed.line.name.text }) };
}

export function isSameEnd(a: End, b: End): boolean {
  return a.kind === b.kind && a.outcome === b.outcome;
}

/** What an end is called: the outcome by its name, the others by what they do. */
export function endName({ kind, outcome = '' }: End): Text {
  switch (kind) {
    case 'outcome':
      return { zh: outcome, en: outcome };
    case 'end':
    case 'transfer':
    case 'return': {
      const term = targets.find(({ id }) => id === kind);
      return { zh: term?.zh[0] ?? kind, en: term?.en[0] ?? kind };
    }
    case 'ran-out':
      return { zh: '没有结果', en: 'no outcome' };
    case 'sent':
      return { zh: '发出', en: 'sent' };
    default:
      return kind satisfies never;
  }
}

/** The ends that the conversation can come to from a node, in the order of the text; nothing where no path reaches the node. */
export function endsFrom(
  node: ScriptNode,
  script: Script,
  { graph, isReached, returns }: Paths,
): readonly End[] | undefined {
  const entries = graph.into(node).filter(({ index }) => isReached(index));
  if (entries.length === 0) return undefined;
  const waiting = [...entries];
  const seen = new Set(waiting);
  const come = (point: Point): void => {
    if (seen.has(point) || !isReached(point.index)) return;
    seen.add(point);
    waiting.push(point);
  };
  const ends: { readonly end: End; readonly order: number }[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    // What is inserted further on comes back here; whether the node itself goes back is asked below.
    const end = next.kind === 'leave' ? undefined : endOf(next);
    // An outcome of another file comes behind those of this one.
    const order =
      (next.visit.script === script ? 0 : script.written.length) + (next.placed?.start ?? script.written.length);
    if (end) ends.push({ end, order });
    for (const edge of next.edges) {
      come(edge.to);
      if (edge.kind !== 'call') continue;
      const ways = returns.of(edge.to);
      for (const back of edge.backs) if (ways.some(({ leaving }) => leaving === back.leaving)) come(back.to);
    }
  }
  const goesBack = entries.some((point) => returns.of(point).length > 0);
  const sorted: End[] = ends.sort((a, b) => a.order - b.order).map(({ end }) => end);
  if (goesBack) sorted.push({ kind: 'return' });
  return sorted.filter((end, index) => sorted.findIndex((other) => isSameEnd(end, other)) === index);
}
