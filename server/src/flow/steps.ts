import { type Cells, type Valuations, valuationsOf } from './conditions.ts';
import type { Edge, Graph, Point } from './graph.ts';

/** A graph with what its steps do to the values of variables. */
export interface Steps {
  readonly graph: Graph;
  readonly valuations: Valuations;
  /** The steps that lead to a point, calls that come back to it included. */
  into(point: Point): readonly Edge[];
  /** The valuations behind a step, for those before it. */
  post(edge: Edge, cells: Cells): Cells;
  /** The valuations from which a step can lead to these. */
  pre(edge: Edge, cells: Cells): Cells;
}

export function stepsOf(graph: Graph): Steps {
  const valuations = valuationsOf(graph);
  const into = graph.points.map((): Edge[] => []);
  for (const { edges } of graph.points) {
    for (const edge of edges) {
      into[edge.to.index]?.push(edge);
      if (edge.kind !== 'call') continue;
      for (const [index, { to }] of edge.backs.entries())
        if (to !== edge.to && edge.backs.findIndex((back) => back.to === to) === index) into[to.index]?.push(edge);
    }
  }
  const restrict = ({ from, kind }: Edge, cells: Cells): Cells => {
    if (!from.placed || (kind !== 'taken' && kind !== 'passed')) return cells;
    return cells & valuations.guard(from.placed)[kind];
  };
  // To be recorded is the same forwards and backwards: any value may have become any other.
  const record = ({ from }: Edge, cells: Cells): Cells =>
    from.placed?.line.kind === 'record' ? valuations.recorded(from.placed, cells) : cells;
  return {
    graph,
    valuations,
    into: ({ index }) => into[index] ?? [],
    post(edge, cells) {
      // Most steps change nothing, and there are many of them.
      const after = edge.from.placed ? record(edge, restrict(edge, cells)) : cells;
      return edge.round ? valuations.counted(edge.round, after) : after;
    },
    pre: (edge, cells) => restrict(edge, record(edge, valuations.uncounted(edge.round, cells))),
  };
}
