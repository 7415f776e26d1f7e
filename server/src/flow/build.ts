import { foldName } from '../base/names.ts';
import type { Steps } from '../base/steps.ts';
import type { Script, TargetReference } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { PackSet } from '../packs/packSet.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import type { Back, Edge, Point, Round, Visit } from './graph.ts';
import { isAnytime, isOneWay } from './openings.ts';

/** So many visits to nodes are linked in one step: a few milliseconds. */
const visitsInStep = 200;

/** Puts a graph together: whoever enters a node gets its points, and `finish` draws the edges between them. */
export interface Builder {
  readonly points: readonly Point[];
  readonly oneWay: boolean;
  enter(visit: Visit): Point;
  /** In small steps. */
  finish(): Steps<void>;
  at(placed: Placed): readonly Point[];
  into(node: ScriptNode): readonly Point[];
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };
type OpenPoint = Writable<Omit<Point, 'edges'>> & { readonly edges: Edge[] };

/** The points of one visit to a node. */
interface Visited {
  readonly visit: Visit;
  /** Where control comes in. */
  readonly entry: OpenPoint;
  readonly lead: readonly OpenPoint[];
  readonly wait?: OpenPoint;
  readonly branches: readonly {
    readonly point: OpenPoint;
    readonly body: readonly OpenPoint[];
    readonly other: boolean;
  }[];
  readonly exit: OpenPoint;
}

/** What a script says about all its lines, looked up once. */
interface Outline {
  readonly references: ReadonlyMap<Placed, TargetReference>;
  /** The node after each, without 【随时】. */
  readonly next: ReadonlyMap<ScriptNode, ScriptNode>;
  readonly anytime?: ScriptNode;
}

export function createBuilder(script: Script, snapshot: Snapshot): Builder {
  const points: OpenPoint[] = [];
  const visits = { passing: newMap(), inserted: newMap(), anytime: newMap() };
  const waiting: Visited[] = [];
  const byLine = new Map<Placed, OpenPoint[]>();
  const byNode = new Map<ScriptNode, OpenPoint[]>();
  const outlines = new Map<Script, Outline>();
  const oneWay = isOneWay(script);
  const packs = snapshot.packs(script).set;

  const point = (
    visit: Visit,
    kind: Point['kind'],
    rest: Partial<Pick<Point, 'placed' | 'ending' | 'leaving'>> = {},
  ): OpenPoint => {
    const { placed, ending, leaving } = rest;
    // All points have the same fields, and each of them always: there are very many, and they are looked at all the time.
    const made: OpenPoint = { index: points.length, visit, kind, placed, ending, leaving, edges: [] };
    points.push(made);
    if (kind === 'line' && placed) append(byLine, placed, made);
    return made;
  };

  /** Steps, too, have the same fields, each of them always. */
  const step = (kind: 'next' | 'jump' | 'taken' | 'passed', from: OpenPoint, to: OpenPoint, round?: Round): void => {
    from.edges.push({ kind, from, to, round });
  };

  const outline = (of: Script): Outline => {
    const known = outlines.get(of) ?? outlineOf(of);
    outlines.set(of, known);
    return known;
  };

  const visited = ({ script: of, node, role }: Visit): Visited => {
    const known = visits[role].get(node);
    if (known) return known;
    const made = pointsOf({ script: of, node, role });
    visits[role].set(node, made);
    waiting.push(made);
    return made;
  };

  const pointsOf = (visit: Visit): Visited => {
    const { node, role } = visit;
    const lineOf = (placed: Placed): OpenPoint => point(visit, 'line', { placed });
    const entry = point(visit, role === 'anytime' ? 'wait' : 'entry');
    append(byNode, node, entry);
    const lead = role === 'anytime' ? [] : node.lead.filter(counts).map(lineOf);
    const wait = role === 'anytime' ? entry : node.branches.length > 0 && !oneWay ? point(visit, 'wait') : undefined;
    const branches = node.branches.map(({ branch, body }) => ({
      point: lineOf(branch),
      body: body.filter(counts).map(lineOf),
      other: isOther(branch.line.category.text, packs),
    }));
    return { visit, entry, lead, ...(wait && { wait }), branches, exit: point(visit, 'exit') };
  };

  const link = (each: Visited): void => {
    const { visit, entry, lead, wait, branches, exit } = each;
    const { script: here, node, role } = visit;
    if (role !== 'anytime') step('next', entry, lead[0] ?? wait ?? exit);
    linkLines(lead, wait ?? exit, each);
    for (const { point: branch, body } of branches) {
      if (wait) {
        const category = categoryOf(branch);
        wait.edges.push({ kind: 'reply', from: wait, to: branch, round: undefined, category });
      }
      linkLine(branch, body[0] ?? exit, each);
      linkLines(body, exit, each);
    }
    if (wait && role !== 'anytime') linkAnytime(wait, each);
    if (role === 'inserted') {
      step('next', exit, point(visit, 'leave', { leaving: 'return' }));
      return;
    }
    const next = oneWay ? undefined : outline(here).next.get(node);
    const to = next
      ? visited({ script: here, node: next, role: 'passing' }).entry
      : point(visit, 'end', { ending: oneWay ? 'sent' : 'ran-out' });
    step('next', exit, to, 'first');
  };

  /** The customer may take an anytime branch here: those of this file, or else of the file that the conversation began in. */
  const linkAnytime = (wait: OpenPoint, each: Visited): void => {
    const home = outline(each.visit.script).anytime ? each.visit.script : script;
    const node = outline(home).anytime;
    if (!node || isAnytime(each.visit.node)) return;
    const to = visited({ script: home, node, role: 'anytime' }).entry;
    const again = repeated(each).map(({ to: next, round }): Back => ({ leaving: 'repeat', to: next, round }));
    wait.edges.push({
      kind: 'call',
      from: wait,
      to,
      backs: [{ leaving: 'return', to: wait }, ...again],
      round: 'first',
    });
  };

  /** Where `重复` leads: twice to the node once more, and then to the branch 其他. */
  const repeated = ({ entry, branches }: Visited): readonly { readonly to: OpenPoint; readonly round: Round }[] => [
    { to: entry, round: 'again' },
    ...branches.flatMap((branch) => (branch.other ? [{ to: branch.point, round: 'other' } as const] : [])),
  ];

  const linkLines = (lines: readonly OpenPoint[], end: OpenPoint, each: Visited): void => {
    for (let index = 0; index < lines.length; index++)
      linkLine(lines[index] as OpenPoint, lines[index + 1] ?? end, each);
  };

  const linkLine = (from: OpenPoint, below: OpenPoint, each: Visited): void => {
    const { placed } = from;
    const line = placed?.line;
    switch (line?.kind) {
      case 'jump':
        go(from, 'jump', each);
        return;
      case 'outcome':
        step('next', from, point(each.visit, 'end', { placed: from.placed as Placed, ending: 'outcome' }));
        return;
      case 'guard':
        go(from, 'taken', each);
        step('passed', from, below);
        return;
      case 'branch':
        if (line.arrow) go(from, 'jump', each);
        else step('next', from, below);
        return;
      case 'insertion': {
        const node = nodeOf(from, each.visit.script);
        if (!node) step('next', from, below);
        else
          from.edges.push({
            kind: 'call',
            from,
            to: visited({ role: 'inserted', ...node }).entry,
            round: 'first',
            backs: [{ leaving: 'return', to: below }],
          });
        return;
      }
      default:
        step('next', from, below);
    }
  };

  const nodeOf = ({ placed }: OpenPoint, here: Script): { script: Script; node: ScriptNode } | undefined => {
    const reference = placed && outline(here).references.get(placed);
    const resolution = reference && snapshot.resolve(here, reference);
    return resolution?.kind === 'node' ? { script: resolution.script, node: resolution.symbol.node } : undefined;
  };

  /** The step to a target; an unknown one leads nowhere. */
  const go = (from: OpenPoint, kind: 'jump' | 'taken', each: Visited): void => {
    const { placed, visit } = from;
    if (!placed) return;
    const reference = outline(visit.script).references.get(placed);
    switch (reference?.builtin) {
      case 'end':
      case 'transfer':
        step(kind, from, point(visit, 'end', { placed, ending: reference.builtin }));
        return;
      case 'return':
        step(kind, from, point(visit, 'leave', { placed, leaving: 'return' }));
        return;
      case 'repeat':
        if (visit.role === 'anytime') step(kind, from, point(visit, 'leave', { placed, leaving: 'repeat' }));
        else {
          for (const { to, round } of repeated(each)) step(kind, from, to, round);
          step(kind, from, point(visit, 'spent', { placed }), 'spent');
        }
        return;
      default: {
        const node = nodeOf(from, visit.script);
        if (node) step(kind, from, visited({ role: 'passing', ...node }).entry, 'first');
      }
    }
  };

  return {
    points,
    oneWay,
    enter: (visit) => visited(visit).entry,
    *finish() {
      let count = 0;
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        link(next);
        if (++count % visitsInStep === 0) yield;
      }
    },
    at: (placed) => byLine.get(placed) ?? [],
    into: (node) => byNode.get(node) ?? [],
  };
}

function outlineOf(script: Script): Outline {
  const { nodes } = script.tree;
  const next = new Map<ScriptNode, ScriptNode>();
  let below: ScriptNode | undefined;
  for (const node of nodes.toReversed()) {
    if (below) next.set(node, below);
    if (!isAnytime(node)) below = node;
  }
  const references = new Map(script.targets.map((reference) => [reference.placed, reference]));
  const anytime = nodes.find(isAnytime);
  return { references, next, ...(anytime && { anytime }) };
}

/** Blank lines, remarks and suppressions are no part of the conversation. */
export function counts({ line: { kind } }: Placed): boolean {
  return kind !== 'blank' && kind !== 'remark' && kind !== 'suppression';
}

function categoryOf({ placed }: OpenPoint): string {
  return placed && isLine(placed, 'branch') ? placed.line.category.text : '';
}

/** Whether a category is 其他, also where no pack says so. */
export function isOther(category: string, packs: PackSet): boolean {
  const reply = packs.reply(category);
  return reply ? reply.id === 'other' : ['其他', 'other'].includes(foldName(category));
}

const newMap = (): Map<ScriptNode, Visited> => new Map();

function append<K>(map: Map<K, OpenPoint[]>, key: K, made: OpenPoint): void {
  const list = map.get(key);
  if (list) list.push(made);
  else map.set(key, [made]);
}
