import { foldName } from '../base/names.ts';
import { Numbers } from '../base/numbers.ts';
import type { Steps } from '../base/steps.ts';
import type { Script, TargetReference } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Placed, ScriptNode } from '../syntax/tree.ts';
import type { Visit } from './graph.ts';
import {
  edgeKinds,
  endings,
  leavings,
  type Net,
  type NumberedBack,
  numbersOf,
  pointKinds,
  roles,
  rounds,
} from './net.ts';
import { isAnytime, isOneWay } from './openings.ts';

/** So many visits to nodes are linked in one step: a few milliseconds. */
const visitsInStep = 400;

/** Puts a graph together: whoever enters a node gets its first point, and `finish` draws the steps between all. */
export interface Builder {
  /** The scripts that it runs through, as the net numbers them; the one that it begins in comes first. */
  readonly scripts: readonly Script[];
  enter(visit: Visit): number;
  /** In small steps. */
  finish(entries: readonly number[]): Steps<Net>;
}

const kindOf = numbersOf(pointKinds);
const edgeOf = numbersOf(edgeKinds);
const roleOf = numbersOf(roles);
const endingOf = numbersOf(endings);
const leavingOf = numbersOf(leavings);
const roundOf = numbersOf(rounds);

/** No point. */
const none = -1;

/** What a script says about all its lines and nodes, looked up once. */
export interface Outline {
  readonly script: Script;
  readonly number: number;
  numberOf(node: ScriptNode): number | undefined;
  /** By the numbers of their lines. */
  readonly references: { readonly [line: number]: TargetReference | undefined };
  /** The node after each, without 【随时】; -1 for none. */
  readonly next: Int32Array;
  readonly anytime: number;
  readonly isAnytime: Uint8Array;
  /** Of each role the visit to each node, and one more; 0 for none. */
  readonly visits: readonly Int32Array[];
}

/** What there is already around the nodes that are drawn: then the numbers of points and visits count from theirs. */
export interface Surroundings {
  /** What the script says about its lines and nodes, as far as it is asked for. */
  readonly outline: Outline;
  /** The first point of a visit to a node that is not drawn, as a number below -1; nothing where the visit is to be made. */
  first(script: Script, node: number, role: number): number | undefined;
}

export function createBuilder(script: Script, snapshot: Snapshot, around?: Surroundings): Builder {
  // Nearly every line is a point, and most points lead to one other.
  const room = around ? 64 : script.tree.lineCount + 4 * script.tree.nodes.length;
  const kinds = new Numbers(room);
  const visits = new Numbers(room);
  const lines = new Numbers(room);
  const ends = new Numbers(room);
  const leaves = new Numbers(room);
  const nodes = around ? 4 : script.tree.nodes.length;
  const visitScripts = new Numbers(nodes);
  const visitNodes = new Numbers(nodes);
  const visitRoles = new Numbers(nodes);
  const visitBranches = new Numbers(nodes);
  /** The first point of each visit; its others follow in the order of the text. */
  const firsts = new Numbers(nodes);
  /** How many points there were when its steps were drawn: those that come with these follow. */
  const linked = new Numbers(nodes);
  const from = new Numbers(2 * room);
  const to = new Numbers(2 * room);
  const edges = new Numbers(2 * room);
  const again = new Numbers(2 * room);
  const backsOf = new Numbers(2 * room);
  const backs: (readonly NumberedBack[])[] = [];
  const asking: number[] = [];
  /** The first step of each point; those of a point are drawn side by side. */
  const first = new Numbers(room);
  const stop = new Numbers(room);
  const waiting: number[] = [];
  const outlines: Outline[] = [];
  const byScript = new Map<Script, Outline>();
  const others = new Map<string, boolean>();
  const oneWay = isOneWay(script);
  const packs = snapshot.packs(script).set;

  const point = (visit: number, kind: number, line = -1, ending = 0, leaving = 0): number => {
    visits.push(visit);
    kinds.push(kind);
    lines.push(line);
    ends.push(ending);
    leaves.push(leaving);
    first.push(0);
    stop.push(0);
    return kinds.length - 1;
  };

  const step = (kind: number, start: number, target: number, round = 0, call = -1): void => {
    if (stop.at(start) === 0) first.set(start, from.length);
    stop.set(start, from.length + 1);
    from.push(start);
    to.push(target);
    edges.push(kind);
    again.push(round);
    backsOf.push(call);
  };

  const call = (start: number, target: number, back: readonly NumberedBack[]): void =>
    step(edgeOf.call, start, target, roundOf.first, backs.push(back) - 1);

  const outline = (of: Script): Outline => {
    const known = byScript.get(of);
    if (known) return known;
    const made = around && of === script ? around.outline : outlineOf(of, outlines.length);
    outlines.push(made);
    byScript.set(of, made);
    return made;
  };

  /** The first point of a visit. */
  const visited = ({ number, visits: numbers, script: of }: Outline, node: number, role: number): number => {
    const outside = around?.first(of, node, role);
    if (outside !== undefined) return outside;
    const visitOf = numbers[role] as Int32Array;
    const known = visitOf[node] as number;
    if (known > 0) return firsts.at(known - 1);
    const visit = visitNodes.length;
    visitOf[node] = visit + 1;
    visitScripts.push(number);
    visitNodes.push(node);
    visitRoles.push(role);
    const anytime = role === roleOf.anytime;
    const { lead, branches } = of.tree.nodes[node] as ScriptNode;
    visitBranches.push(anytime ? 0 : (branches[0]?.branch.index ?? of.tree.lineCount));
    const entry = point(visit, anytime ? kindOf.wait : kindOf.entry);
    firsts.push(entry);
    linked.push(0);
    if (!anytime) {
      for (const placed of lead) if (counts(placed)) point(visit, kindOf.line, placed.index);
      if (branches.length > 0 && !oneWay) point(visit, kindOf.wait);
    }
    for (const { branch, body } of branches) {
      point(visit, kindOf.line, branch.index);
      for (const placed of body) if (counts(placed)) point(visit, kindOf.line, placed.index);
    }
    point(visit, kindOf.exit);
    waiting.push(visit);
    return entry;
  };

  const link = (visit: number): void => {
    const here = outlines[visitScripts.at(visit)] as Outline;
    const number = visitNodes.at(visit);
    const role = visitRoles.at(visit);
    const node = here.script.tree.nodes[number] as ScriptNode;
    const anytime = role === roleOf.anytime;
    const entry = firsts.at(visit);
    linked.set(visit, kinds.length);
    // The points stand one behind the other: entry, lead, wait, each branch with its body, exit.
    let at = entry + 1;
    if (!anytime) for (const placed of node.lead) if (counts(placed)) at++;
    const leadEnd = at;
    let wait = -1;
    if (anytime) wait = entry;
    else if (node.branches.length > 0 && !oneWay) wait = at++;
    const branches: { readonly point: number; readonly end: number }[] = [];
    for (const { body } of node.branches) {
      const begin = at++;
      for (const placed of body) if (counts(placed)) at++;
      branches.push({ point: begin, end: at });
    }
    const exit = at;
    const self: Linked = { visit, here, node, role, entry, branches };
    const afterLead = wait >= 0 ? wait : exit;
    if (!anytime) step(edgeOf.next, entry, leadEnd > entry + 1 ? entry + 1 : afterLead);
    linkLines(entry + 1, leadEnd, afterLead, self);
    for (const { point: branch, end } of branches) linkLines(branch, end, exit, self);
    if (wait >= 0) for (const { point: branch } of branches) step(edgeOf.reply, wait, branch);
    if (wait >= 0 && !anytime) linkAnytime(wait, self, number);
    if (role === roleOf.inserted) {
      step(edgeOf.next, exit, point(visit, kindOf.leave, -1, 0, leavingOf.return));
      return;
    }
    const next = oneWay ? -1 : (here.next[number] as number);
    const goal =
      next >= 0
        ? visited(here, next, roleOf.passing)
        : point(visit, kindOf.end, -1, oneWay ? endingOf.sent : endingOf['ran-out']);
    step(edgeOf.next, exit, goal, roundOf.first);
  };

  /** The customer may take an anytime branch here: those of this file, or else of the file that the conversation began in. */
  const linkAnytime = (wait: number, self: Linked, number: number): void => {
    const home = self.here.anytime >= 0 ? self.here : outline(script);
    if (home.anytime < 0 || self.here.isAnytime[number] === 1) return;
    const target = visited(home, home.anytime, roleOf.anytime);
    const back: NumberedBack[] = [{ leaving: leavingOf.return, to: wait, round: 0 }];
    eachRepeated(self, (goal, round) => back.push({ leaving: leavingOf.repeat, to: goal, round }));
    call(wait, target, back);
  };

  /** Where `重复` leads: twice to the node once more, and then to the branch 其他. */
  const eachRepeated = ({ entry, node, branches }: Linked, take: (goal: number, round: number) => void): void => {
    take(entry, roundOf.again);
    for (const [index, { branch }] of node.branches.entries())
      if (isOtherHere(branch.line.category.text)) take(branches[index]?.point ?? entry, roundOf.other);
  };

  const isOtherHere = (category: string): boolean => {
    let known = others.get(category);
    if (known === undefined) {
      known = isOther(category, packs);
      others.set(category, known);
    }
    return known;
  };

  const linkLines = (begin: number, end: number, behind: number, self: Linked): void => {
    for (let at = begin; at < end; at++) linkLine(at, at + 1 < end ? at + 1 : behind, self);
  };

  const linkLine = (start: number, below: number, self: Linked): void => {
    const index = lines.at(start);
    const { line } = self.here.script.tree.line(index) as Placed;
    switch (line.kind) {
      case 'jump':
        go(start, index, edgeOf.jump, self);
        return;
      case 'outcome':
        step(edgeOf.next, start, point(self.visit, kindOf.end, index, endingOf.outcome));
        return;
      case 'record':
        asking.push(start);
        step(edgeOf.next, start, below);
        return;
      case 'guard':
        asking.push(start);
        go(start, index, edgeOf.taken, self);
        step(edgeOf.passed, start, below);
        return;
      case 'branch':
        if (line.arrow) go(start, index, edgeOf.jump, self);
        else step(edgeOf.next, start, below);
        return;
      case 'insertion': {
        const target = nodeAt(index, self.here, roleOf.inserted);
        if (target === none) step(edgeOf.next, start, below);
        else call(start, target, [{ leaving: leavingOf.return, to: below, round: 0 }]);
        return;
      }
      default:
        step(edgeOf.next, start, below);
    }
  };

  /** The first point of the node that a line names, visited so; nothing where there is no such node. */
  const nodeAt = (index: number, here: Outline, role: number): number => {
    const reference = here.references[index];
    const resolution = reference && snapshot.resolve(here.script, reference);
    if (resolution?.kind !== 'node') return none;
    const there = outline(resolution.script);
    return visited(there, there.numberOf(resolution.symbol.node) ?? 0, role);
  };

  /** The step to a target; an unknown one leads nowhere. */
  const go = (start: number, index: number, kind: number, self: Linked): void => {
    const { visit, here } = self;
    const builtin = here.references[index]?.builtin;
    switch (builtin) {
      case 'end':
      case 'transfer':
        step(kind, start, point(visit, kindOf.end, index, endingOf[builtin]));
        return;
      case 'return':
        step(kind, start, point(visit, kindOf.leave, index, 0, leavingOf.return));
        return;
      case 'repeat':
        if (self.role === roleOf.anytime) step(kind, start, point(visit, kindOf.leave, index, 0, leavingOf.repeat));
        else {
          eachRepeated(self, (goal, round) => step(kind, start, goal, round));
          step(kind, start, point(visit, kindOf.spent, index), roundOf.spent);
        }
        return;
      default: {
        const target = nodeAt(index, here, roleOf.passing);
        if (target !== none) step(kind, start, target, roundOf.first);
      }
    }
  };

  outline(script);
  return {
    get scripts() {
      return outlines.map((each) => each.script);
    },
    enter: ({ script: of, node, role }) => {
      const here = outline(of);
      return visited(here, here.numberOf(node) ?? 0, roleOf[role]);
    },
    *finish(entries) {
      let count = 0;
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        link(next);
        if (++count % visitsInStep === 0) yield;
      }
      return {
        shape: {},
        size: kinds.length,
        kinds: kinds.all(),
        visits: visits.all(),
        lines: lines.all(),
        endings: ends.all(),
        leavings: leaves.all(),
        visitScripts: visitScripts.all(),
        visitNodes: visitNodes.all(),
        visitRoles: visitRoles.all(),
        visitBranches: visitBranches.all(),
        visitFirsts: firsts.all(),
        visitLinked: linked.all(),
        first: first.all(),
        stop: stop.all(),
        from: from.all(),
        to: to.all(),
        edges: edges.all(),
        rounds: again.all(),
        backsOf: backsOf.all(),
        backs,
        // Nodes are linked in another order.
        asking: asking.sort((a, b) => a - b),
        entries,
      };
    },
  };
}

/** A visit whose points are being linked. */
interface Linked {
  readonly visit: number;
  readonly here: Outline;
  readonly node: ScriptNode;
  readonly role: number;
  readonly entry: number;
  readonly branches: readonly { readonly point: number; readonly end: number }[];
}

function outlineOf(script: Script, number: number): Outline {
  const { nodes, lines } = script.tree;
  const next = new Int32Array(nodes.length).fill(-1);
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  const anytimes = Uint8Array.from(nodes, (node) => (isAnytime(node) ? 1 : 0));
  let below = -1;
  for (let index = nodes.length - 1; index >= 0; index--) {
    next[index] = below;
    if (anytimes[index] === 0) below = index;
  }
  const references = new Array<TargetReference | undefined>(lines.length).fill(undefined);
  for (const reference of script.targets) references[reference.placed.index] = reference;
  return {
    script,
    number,
    numberOf: (node) => numbers.get(node),
    references,
    next,
    anytime: anytimes.indexOf(1),
    isAnytime: anytimes,
    visits: roles.map(() => new Int32Array(nodes.length)),
  };
}

/** Blank lines, remarks and suppressions are no part of the conversation. */
export function counts({ line: { kind } }: Placed): boolean {
  return kind !== 'blank' && kind !== 'remark' && kind !== 'suppression';
}

/** Whether a category is 其他, also where no pack says so. */
export function isOther(category: string, packs: PackSet): boolean {
  const reply = packs.reply(category);
  return reply ? reply.id === 'other' : ['其他', 'other'].includes(foldName(category));
}
