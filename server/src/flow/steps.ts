import { type Cells, type Valuations, valuationsOf } from './conditions.ts';
import type { Edge, Graph, Point } from './graph.ts';
import { stepsInto } from './net.ts';
import { type Blocks, blocksOf, type Track } from './tracks.ts';

/** A graph with what its steps do to the values of variables, and to tracks where some are followed. */
export interface Steps {
  readonly graph: Graph;
  readonly valuations: Valuations;
  readonly blocks: Blocks;
  /** The steps that lead to a point, calls that come back to it included. */
  into(point: Point): readonly Edge[];
  /** The valuations behind a step, for those before it. */
  post(edge: Edge, cells: Cells): Cells;
  /** The valuations from which a step can lead to these. */
  pre(edge: Edge, cells: Cells): Cells;
  /** The same without what the point that is left does to tracks. */
  pull(edge: Edge, cells: Cells): Cells;
  /** What a point does to tracks when control leaves it, and from what that can come. */
  leave(point: Point, cells: Cells): Cells;
  unleave(point: Point, cells: Cells): Cells;
}

export function stepsOf(graph: Graph, tracks: readonly Track[] = []): Steps {
  const valuations = valuationsOf(graph, tracks.length + 1);
  const blocks = blocksOf(tracks, valuations.width);
  const restrict = ({ from, kind }: Edge, cells: Cells): Cells => {
    if (!from.placed || (kind !== 'taken' && kind !== 'passed')) return cells;
    return cells & valuations.guard(from.placed)[kind];
  };
  // To be recorded is the same forwards and backwards: any value may have become any other.
  const record = ({ from }: Edge, cells: Cells): Cells =>
    from.placed?.line.kind === 'record' ? valuations.recorded(from.placed, cells) : cells;
  const leave = ({ index }: Point, cells: Cells): Cells => {
    const gained = blocks.gains(index);
    const lost = blocks.losses(index);
    const kept = lost === undefined ? cells : cells & ~lost;
    return gained === undefined ? kept : kept | (blocks.spread(cells) & gained);
  };
  const unleave = ({ index }: Point, cells: Cells): Cells => {
    const gained = blocks.gains(index);
    const lost = blocks.losses(index);
    const kept = lost === undefined ? cells : cells & ~(lost & ~(gained ?? 0n));
    return gained === undefined ? kept : kept | blocks.fold(cells & gained);
  };
  const pull = (edge: Edge, cells: Cells): Cells =>
    restrict(edge, record(edge, valuations.uncounted(edge.round, cells)));
  return {
    graph,
    valuations,
    blocks,
    into({ index }) {
      const { first, items } = stepsInto(graph.net);
      return Array.from(items.subarray(first[index], first[index + 1]), graph.edge);
    },
    leave,
    unleave,
    post: (edge, cells) => valuations.counted(edge.round, leave(edge.from, record(edge, restrict(edge, cells)))),
    pull,
    pre: (edge, cells) => unleave(edge.from, pull(edge, cells)),
  };
}
