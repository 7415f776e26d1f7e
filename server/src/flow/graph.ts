import { completed, type Steps as SmallSteps } from '../base/steps.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { createBuilder } from './build.ts';
import { edgeKinds, endings, leavings, type Net, pointKinds, pointsOfLines, roles, rounds } from './net.ts';
import { isOneWay, type Opening, openingsOf } from './openings.ts';

/** How a node is visited; each way leaves it differently. */
export type Role =
  /** By a jump or from the node above: running off its end continues at the next node. */
  | 'passing'
  /** By `插入`: running off its end goes back to the line below the insertion. */
  | 'inserted'
  /** 【随时】, from wherever a node waits for a reply: only its branches count. */
  | 'anytime';

/** A node that is visited in one of these ways. */
export interface Visit {
  readonly script: Script;
  readonly node: ScriptNode;
  readonly role: Role;
}

/** How a conversation ends. `ran-out` is off the last node, without an outcome; `sent` is the end of a one-way message. */
export type Ending = 'outcome' | 'end' | 'transfer' | 'ran-out' | 'sent';

/** A place in the conversation. */
export interface Point {
  /** Its position in `Graph.points`. */
  readonly index: number;
  readonly visit: Visit;
  /**
   * `line` is a line of the lead or of a branch body, or the branch itself; `wait` is where a reply is awaited. At `leave`
   * control goes back to where an inserted or anytime node was entered; at `spent` `重复` is used up and 其他 says it again.
   */
  readonly kind: 'entry' | 'line' | 'wait' | 'exit' | 'end' | 'leave' | 'spent';
  /** The line; for the end, the way back and the repetition that is used up: the line that led there, where it was one. */
  readonly placed: Placed | undefined;
  readonly ending: Ending | undefined;
  /** Whether the way back leads to the place of entry or, as `重复` of an anytime branch does, to asking again. */
  readonly leaving: Leaving | undefined;
  readonly edges: readonly Edge[];
}

export type Leaving = 'return' | 'repeat';

/**
 * What a step does to the count of repetitions, which belongs to one visit: `first` begins it, `again` is one of two
 * repetitions, after them `other` takes the branch 其他, and what would repeat once more is `spent`.
 */
export type Round = 'first' | 'again' | 'other' | 'spent';

/** Where control goes on when it comes back from an insertion or an anytime branch. */
export interface Back {
  readonly leaving: Leaving;
  readonly to: Point;
  readonly round?: Round;
}

interface EdgeBase {
  readonly from: Point;
  readonly to: Point;
  readonly round: Round | undefined;
}

/** A step from one point to another. */
export type Edge =
  | (EdgeBase & { readonly kind: 'next' | 'jump' })
  /** The customer takes a branch. */
  | (EdgeBase & { readonly kind: 'reply'; readonly category: string })
  /** A guarded jump, taken or not. */
  | (EdgeBase & { readonly kind: 'taken' | 'passed' })
  /** An insertion, or the customer taking an anytime branch. */
  | (EdgeBase & { readonly kind: 'call'; readonly backs: readonly Back[] });

/** The conversation that begins at the first node of a script, across files, and all other nodes of that script. */
export interface Graph {
  readonly script: Script;
  /** The same in numbers: those of points and edges count in it. */
  readonly net: Net;
  /** All of them; who asks for few asks by their numbers. */
  readonly points: readonly Point[];
  point(index: number): Point;
  edge(index: number): Edge;
  /** The visit and the line of a point, where it has one. */
  visitOf(point: number): Visit;
  lineOf(point: number): Placed | undefined;
  /** Where conversations begin; the first node of the script comes first, unless the script is a collection of nodes. */
  readonly entries: readonly { readonly point: Point; readonly opening: Opening }[];
  /** Whether messages go one way, so that nobody replies. */
  readonly oneWay: boolean;
  /** The points of a line, one for each way in which its node is visited. */
  at(placed: Placed): readonly Point[];
  /** The same by their numbers. */
  pointsAt(placed: Placed): readonly number[];
  /** Whether one of them is so. */
  someAt(placed: Placed, is: (point: number) => boolean): boolean;
  /** The points of a node where control enters it. */
  into(node: ScriptNode): readonly Point[];
  /** The same graph in another state of the script, where nothing differs but what is said; or what has become of it. */
  of(script: Script, snapshot: Snapshot, net?: Net): Graph;
}

/** Linear in the size of the scripts that the conversation runs through. */
export function graphOf(script: Script, snapshot: Snapshot): Graph {
  return completed(buildingGraph(script, snapshot));
}

/** The same in small steps, for whoever has other things to do in between. */
export function* buildingGraph(script: Script, snapshot: Snapshot): SmallSteps<Graph> {
  const builder = createBuilder(script, snapshot);
  const openings = openingsOf(script, snapshot);
  const entries = openings.map((opening) => builder.enter(opening));
  for (const node of script.tree.nodes) builder.enter({ script, node, role: 'passing' });
  yield;
  const net = yield* builder.finish(entries);
  return new NetGraph(net, builder.scripts, openings);
}

/** A net as the scripts have it: whoever asks for a point or a step is given it, the same one each time. */
class NetGraph implements Graph {
  readonly net: Net;
  readonly script: Script;
  private readonly scripts: readonly Script[];
  private readonly openings: readonly Opening[];
  private readonly known: {
    readonly points: Point[];
    readonly edges: Edge[];
    readonly visits: Visit[];
    all?: readonly Point[];
    entries?: Graph['entries'];
    into?: ReadonlyMap<ScriptNode, readonly number[]>;
  };

  constructor(net: Net, scripts: readonly Script[], openings: readonly Opening[]) {
    this.net = net;
    this.script = scripts[0] as Script;
    this.scripts = scripts;
    this.openings = openings;
    const { size, to, visitNodes } = net;
    this.known = { points: new Array(size), edges: new Array(to.length), visits: new Array(visitNodes.length) };
  }

  get oneWay(): boolean {
    return isOneWay(this.script);
  }

  get points(): readonly Point[] {
    this.known.all ??= Array.from({ length: this.net.size }, (_, index) => this.point(index));
    return this.known.all;
  }

  get entries(): Graph['entries'] {
    this.known.entries ??= this.openings.map((opening, index) => ({
      point: this.point(this.net.entries[index] as number),
      opening,
    }));
    return this.known.entries;
  }

  // Functions of their own, since they are taken out of a graph.
  readonly point = (index: number): Point => {
    const known = this.known.points[index];
    if (known) return known;
    const { kinds, endings: ends, leavings: leaves } = this.net;
    const made = new NetPoint(
      this,
      index,
      this.visitOf(index),
      pointKinds[kinds[index] as number] as Point['kind'],
      this.lineOf(index),
      endings[ends[index] as number],
      leavings[leaves[index] as number],
    );
    this.known.points[index] = made;
    return made;
  };

  readonly edge = (index: number): Edge => {
    const known = this.known.edges[index];
    if (known) return known;
    const made = this.edgeAt(index);
    this.known.edges[index] = made;
    return made;
  };

  readonly lineOf = (point: number): Placed | undefined => {
    const { lines, visits, visitScripts } = this.net;
    const line = lines[point] as number;
    return line < 0 ? undefined : this.scripts[visitScripts[visits[point] as number] as number]?.tree.line(line);
  };

  readonly at = (placed: Placed): readonly Point[] => this.pointsAt(placed).map(this.point);

  readonly pointsAt = (placed: Placed): readonly number[] => {
    const points: number[] = [];
    this.someAt(placed, (point) => {
      points.push(point);
      return false;
    });
    return points;
  };

  readonly someAt = (placed: Placed, is: (point: number) => boolean): boolean => {
    const { index } = placed;
    // It nearly always is the first one.
    const isFirst = this.script.tree.line(index) === placed;
    const number = isFirst ? 0 : this.scripts.findIndex(({ tree }) => tree.line(index) === placed);
    const script = this.scripts[number];
    if (!script) return false;
    const { first, items } = pointsOfLines(this.net, number, script.tree.lineCount);
    for (let at = first[index] as number; at < (first[index + 1] as number); at++)
      if (is(items[at] as number)) return true;
    return false;
  };

  readonly into = (node: ScriptNode): readonly Point[] => {
    this.known.into ??= this.entered();
    return this.known.into.get(node)?.map(this.point) ?? [];
  };

  readonly visitOf = (point: number): Visit => this.visit(this.net.visits[point] as number);

  readonly of = (script: Script, snapshot: Snapshot, net: Net = this.net): Graph => {
    const scripts = this.scripts.map((each) => (each === this.script ? script : (snapshot.script(each.uri) ?? each)));
    const { visits, visitNodes, visitScripts, entries } = net;
    const openings = this.openings.map((opening, index): Opening => {
      const visit = visits[entries[index] as number] as number;
      const here = scripts[visitScripts[visit] as number] as Script;
      return { ...opening, script: here, node: here.tree.nodes[visitNodes[visit] as number] as ScriptNode };
    });
    return new NetGraph(net, scripts, openings);
  };

  private visit(index: number): Visit {
    const known = this.known.visits[index];
    if (known) return known;
    const { visitScripts, visitNodes, visitRoles } = this.net;
    const script = this.scripts[visitScripts[index] as number] as Script;
    const node = script.tree.nodes[visitNodes[index] as number] as ScriptNode;
    const made: Visit = { script, node, role: roles[visitRoles[index] as number] as Role };
    this.known.visits[index] = made;
    return made;
  }

  private edgeAt(index: number): Edge {
    const { net } = this;
    const from = this.point(net.from[index] as number);
    const to = this.point(net.to[index] as number);
    const round = rounds[net.rounds[index] as number];
    const kind = edgeKinds[net.edges[index] as number] as Edge['kind'];
    if (kind === 'call') return { kind, from, to, round, backs: this.backsAt(net.backsOf[index] as number) };
    if (kind !== 'reply') return { kind, from, to, round };
    const category = to.placed && isLine(to.placed, 'branch') ? to.placed.line.category.text : '';
    return { kind, from, to, round, category };
  }

  private backsAt(index: number): readonly Back[] {
    return (this.net.backs[index] ?? []).map(({ leaving, to, round: again }): Back => {
      const round = rounds[again];
      return { leaving: leavings[leaving] as Leaving, to: this.point(to), ...(round && { round }) };
    });
  }

  private entered(): ReadonlyMap<ScriptNode, readonly number[]> {
    const { visits, visitScripts, visitNodes, size } = this.net;
    const found = new Map<ScriptNode, number[]>();
    let last = -1;
    for (let point = 0; point < size; point++) {
      const visit = visits[point] as number;
      // The first point of a visit is the one at which it is entered, and visits are numbered as they come.
      if (visit <= last) continue;
      last = visit;
      const node = this.scripts[visitScripts[visit] as number]?.tree.nodes[visitNodes[visit] as number];
      if (!node) continue;
      const list = found.get(node);
      if (list) list.push(point);
      else found.set(node, [point]);
    }
    return found;
  }
}

/** All points have the same fields, and each of them always: they are looked at all the time. */
class NetPoint implements Point {
  readonly index: number;
  readonly visit: Visit;
  readonly kind: Point['kind'];
  readonly placed: Placed | undefined;
  readonly ending: Ending | undefined;
  readonly leaving: Leaving | undefined;
  private readonly graph: Graph;
  private leading: readonly Edge[] | undefined;

  constructor(
    graph: Graph,
    index: number,
    visit: Visit,
    kind: Point['kind'],
    placed: Placed | undefined,
    ending: Ending | undefined,
    leaving: Leaving | undefined,
  ) {
    this.graph = graph;
    this.index = index;
    this.visit = visit;
    this.kind = kind;
    this.placed = placed;
    this.ending = ending;
    this.leaving = leaving;
  }

  get edges(): readonly Edge[] {
    if (!this.leading) {
      const { first, stop } = this.graph.net;
      const [from, to] = [first[this.index] as number, stop[this.index] as number];
      this.leading = Array.from({ length: to - from }, (_, index) => this.graph.edge(from + index));
    }
    return this.leading;
  }
}
