import { Graph, layout } from '@dagrejs/dagre';

/** Something that takes up room. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Where everything lies. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** From the top to the bottom: what lies in one of them has no line to what lies in another. */
  readonly bands: readonly Band[];
  /** The upper left corner of a box. */
  place(id: string): Spot;
  /** Where a link passes between boxes on its way; nothing for one that is too far to be drawn all the time. */
  route(link: Link): readonly Spot[] | undefined;
}

export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** Between boxes of one column, between columns, and between parts that nothing links. */
const gaps = { boxes: 22, columns: 72, parts: 56 } as const;

/**
 * Lays boxes out from left to right, each behind those that lead to it. What leads back, or from far away to a place that many lead
 * to, has no line of its own in the layout: with it, nobody could follow any of them, and the layout would take minutes. What is
 * wider than `widest` goes on below, as a text does in its next line.
 */
export function layOut(boxes: readonly Box[], links: readonly Link[], widest?: number): Layout {
  const key = JSON.stringify([boxes, links, widest]);
  const known = remembered.get(key) ?? layOutAll(boxes, links, widest);
  remembered.delete(key);
  remembered.set(key, known);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return known;
}

/** Most of what is typed changes words, and leaves everything where it lies. */
const remembered = new Map<string, Layout>();
const mostRemembered = 4;

function layOutAll(boxes: readonly Box[], links: readonly Link[], widest: number | undefined): Layout {
  const drawn = linksToDraw(boxes, links);
  const columns = columnsOf(drawn);
  const columnOf = (id: string): number => columns.get(id) ?? 0;
  const keys = new Set(drawn.map(keyOf));
  /** As they stand on the boxes, from the top to the bottom. */
  const inOrder = links.filter((link) => keys.has(keyOf(link)));
  const places = new Map<string, Spot>();
  const routes = new Map<string, readonly Spot[]>();
  const bands: Band[] = [];
  let [width, height] = [0, 0];
  for (const part of partsOf(boxes, drawn)) {
    const laid = layOutPart(part, drawn, columns);
    const { width: wide = 0, height: high = 0 } = laid.graph();
    const middleOf = (id: string): number => (laid.node(id) as { y: number }).y;
    const isUpsideDown = leadsUpwards(
      inOrder.filter(({ from }) => laid.hasNode(from)),
      middleOf,
    );
    const turned = (y: number): number => (isUpsideDown ? high - y : y);
    const placed = part.map((box) => {
      const { x, y } = laid.node(box.id) as { x: number; y: number };
      return { ...box, x: x - box.width / 2, y: turned(y) - box.height / 2 };
    });
    const rows = widest === undefined ? rowsForScreen(placed, wide, high) : rowsOf(placed, widest);
    const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index] as const)));
    const edges: readonly { readonly v: string; readonly w: string }[] = laid.edges();
    const within = edges.filter(({ v, w }) => rowOf.get(v) === rowOf.get(w));
    for (const [index, row] of rows.entries()) {
      // The first and the last lie on the edges of boxes, which our lines leave and meet where they want.
      const lines = within
        .filter(({ v }) => rowOf.get(v) === index)
        .map(({ v, w }) => ({
          key: keyOf({ from: v, to: w }),
          points: (columnOf(w) - columnOf(v) < 2
            ? []
            : (laid.edge(v, w) as unknown as { points: readonly Spot[] }).points.slice(1, -1)
          ).map(({ x, y }) => ({ x, y: turned(y) })),
        }));
      const ys = lines.flatMap(({ points }) => points.map(({ y }) => y));
      const left = Math.min(...row.map(({ x }) => x));
      const above = Math.min(...row.map(({ y }) => y), ...ys);
      const below = Math.max(...row.map((box) => box.y + box.height), ...ys);
      const top = bands.length === 0 ? 0 : height + gaps.parts;
      const move = ({ x, y }: Spot): Spot => ({ x: x - left, y: y - above + top });
      for (const box of row) places.set(box.id, move(box));
      for (const { key, points } of lines) routes.set(key, points.map(move));
      width = Math.max(width, ...row.map((box) => box.x + box.width - left));
      height = top + below - above;
      bands.push({ top, bottom: height });
    }
  }
  return {
    width,
    height,
    bands,
    place: (id) => places.get(id) ?? { x: 0, y: 0 },
    route: (link) => routes.get(keyOf(link)),
  };
}

/**
 * Whether lines that begin lower on a box lead higher more often than not: to the layout, which knows boxes and not where on them lines
 * begin, one way up is as good as the other.
 */
function leadsUpwards(links: readonly Link[], heightOf: (id: string) => number): boolean {
  let upwards = 0;
  for (const [index, { from, to }] of links.entries()) {
    for (let below = index + 1; links[below]?.from === from; below++)
      upwards += Math.sign(heightOf(to) - heightOf(links[below]?.to ?? to));
  }
  return upwards > 0;
}

/** Boxes in rows of columns that fit into a width. */
function rowsOf(boxes: readonly (Box & Spot)[], widest: number): readonly (readonly (Box & Spot)[])[] {
  const placed = [...boxes].sort((a, b) => a.x - b.x);
  const rows: (Box & Spot)[][] = [];
  let left = Number.NEGATIVE_INFINITY;
  let row: (Box & Spot)[] = [];
  for (const box of placed) {
    if (rows.length === 0 || box.x + box.width - left > widest) {
      row = [];
      rows.push(row);
      left = box.x;
    }
    row.push(box);
  }
  return rows;
}

/** What is very much wider than high would be a thread, seen as a whole: it is in so many rows that it has about the shape of a screen. */
function rowsForScreen(
  boxes: readonly (Box & Spot)[],
  width: number,
  height: number,
): readonly (readonly (Box & Spot)[])[] {
  if (width <= longest || width <= 3 * height) return [boxes];
  for (let count = 2; ; count++) {
    const rows = rowsOf(boxes, width / count);
    const high = rows.reduce((sum, row) => sum + heightOf(row) + gaps.parts, 0);
    if (width / count <= 1.8 * high) return rows;
  }
}

function heightOf(row: readonly (Box & Spot)[]): number {
  return Math.max(...row.map(({ y, height }) => y + height)) - Math.min(...row.map(({ y }) => y));
}

/** Some twenty columns, which one can still go along. */
const longest = 6000;

function keyOf({ from, to }: Link): string {
  return `${from}\n${to}`;
}

function layOutPart(part: readonly Box[], links: readonly Link[], columns: ReadonlyMap<string, number>): Graph {
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: gaps.boxes,
    edgesep: 12,
    // The library halves it, and has an empty column between any two, for names of links; we have none, and it would take twice as long.
    ranksep: 2 * gaps.columns,
    ranker(ranked: Graph) {
      for (const id of ranked.nodes()) (ranked.node(id) as { rank: number }).rank = columns.get(id) ?? 0;
      // It counts on every link to pass through such a column.
      for (const edge of ranked.edges()) (ranked.edge(edge) as { points: readonly Spot[] }).points = [{ x: 0, y: 0 }];
    },
  });
  for (const { id, width, height } of part) graph.setNode(id, { width, height });
  for (const { from, to } of links) if (graph.hasNode(from)) graph.setEdge(from, to, {});
  layout(graph, { disableOptimalOrderHeuristic: part.length > mostSorted });
  return graph;
}

/** Of more boxes than these, which nobody sees at once, each column stays in the order of the text: to sort them takes the longest. */
const mostSorted = 200;

/** Boxes that are linked with each other, directly or by others, in the order of their first ones. */
function partsOf(boxes: readonly Box[], links: readonly Link[]): readonly (readonly Box[])[] {
  const next = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  for (const { from, to } of links) {
    next.get(from)?.push(to);
    next.get(to)?.push(from);
  }
  const seen = new Set<string>();
  const among = (first: string): ReadonlySet<string> => {
    const found = new Set([first]);
    for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
    for (const id of found) seen.add(id);
    return found;
  };
  return boxes.flatMap(({ id }) => {
    if (seen.has(id)) return [];
    const found = among(id);
    return [boxes.filter((box) => found.has(box.id))];
  });
}

/** A link over more columns than these is followed by name. */
const farthest = 2;
/** Of a place to which more links lead than these, the others are followed by name. */
const most = 5;

/** The links that lead on and not back, without those that are too far or too many; each box that one leads to keeps one. What comes before comes first. */
export function linksToDraw(boxes: readonly Box[], links: readonly Link[]): readonly Link[] {
  const onward = leadingOn(boxes, links);
  const columns = columnsOf(onward);
  const columnOf = (id: string): number => columns.get(id) ?? 0;
  const into = new Map<string, Link[]>();
  for (const link of onward) {
    const others = into.get(link.to);
    if (others) others.push(link);
    else into.set(link.to, [link]);
  }
  const drawn = new Set<Link>();
  for (const [id, all] of into) {
    const nearest = all.sort((a, b) => columnOf(b.from) - columnOf(a.from));
    for (const [index, link] of nearest.entries())
      if (index === 0 || (index < most && columnOf(id) - columnOf(link.from) <= farthest)) drawn.add(link);
  }
  return onward.filter((link) => drawn.has(link));
}

/** How many steps from a beginning each box lies, on the longest way; nothing for beginnings. What comes before comes first. */
function columnsOf(links: readonly Link[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const { from, to } of links) columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(from) ?? 0) + 1));
  return columns;
}

/** The links to boxes that lie farther from the beginning, or as far and later in the text; sorted so that what comes before comes first. */
function leadingOn(boxes: readonly Box[], links: readonly Link[]): readonly Link[] {
  const order = new Map(boxes.map(({ id }, index) => [id, index]));
  const next = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  for (const { from, to } of links) next.get(from)?.push(to);
  const depth = new Map<string, number>();
  for (const { id: root } of boxes) {
    if (depth.has(root)) continue;
    depth.set(root, 0);
    const waiting = [root];
    for (const id of waiting) {
      for (const to of next.get(id) ?? []) {
        if (depth.has(to)) continue;
        depth.set(to, (depth.get(id) ?? 0) + 1);
        waiting.push(to);
      }
    }
  }
  const compare = (a: string, b: string): number =>
    (depth.get(a) ?? 0) - (depth.get(b) ?? 0) || (order.get(a) ?? 0) - (order.get(b) ?? 0);
  const unique = new Map(links.map((link) => [keyOf(link), link]));
  return [...unique.values()]
    .filter(({ from, to }) => order.has(from) && order.has(to) && compare(from, to) < 0)
    .sort((a, b) => compare(a.from, b.from));
}
