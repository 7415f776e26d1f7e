import { Memo } from '../base/memo.ts';

/** What a point of a graph can be, each by its number in a net. */
export const pointKinds = ['entry', 'line', 'wait', 'exit', 'end', 'leave', 'spent'] as const;
export const edgeKinds = ['next', 'jump', 'reply', 'taken', 'passed', 'call'] as const;
export const roles = ['passing', 'inserted', 'anytime'] as const;
/** What a point or step may have; nothing is 0. */
export const endings = [undefined, 'outcome', 'end', 'transfer', 'ran-out', 'sent'] as const;
export const leavings = [undefined, 'return', 'repeat'] as const;
export const rounds = [undefined, 'first', 'again', 'other', 'spent'] as const;

/** The numbers of names. */
export function numbersOf<K extends string>(names: readonly (K | undefined)[]): { readonly [name in K]: number } {
  const numbers = names.flatMap((name, index) => (name === undefined ? [] : [[name, index]]));
  return Object.fromEntries(numbers) as { readonly [name in K]: number };
}

/** Where control goes on when it comes back; all by their numbers. */
export interface NumberedBack {
  readonly leaving: number;
  readonly to: number;
  readonly round: number;
}

/**
 * A graph in numbers, which is what everything that goes through all of it works on: objects for each point and step take many times
 * as long. It names scripts, nodes and lines by where they come in their order, and knows nothing of what is said in them: as long as only
 * that changes, it stays, and with it whatever is worked out of it alone.
 */
export interface Net {
  /** What follows from points and steps alone is remembered with this: a net in which only the lines have other numbers has the same. */
  readonly shape: object;
  /** The number of points. */
  readonly size: number;
  /** Of each point what it is, its visit, its line in the script of the visit or -1, and the way it ends or leaves. */
  readonly kinds: Int32Array;
  readonly visits: Int32Array;
  readonly lines: Int32Array;
  readonly endings: Int32Array;
  readonly leavings: Int32Array;
  /** Of each visit the script, the node of the script, and the role. */
  readonly visitScripts: Int32Array;
  readonly visitNodes: Int32Array;
  readonly visitRoles: Int32Array;
  /** The line of its first branch, before which a reply is awaited; behind all lines, where there is none. */
  readonly visitBranches: Int32Array;
  /** Its first point, and how many points there were when its steps were drawn: other nodes first, those below before those above. */
  readonly visitFirsts: Int32Array;
  readonly visitLinked: Int32Array;
  /** The steps of a point are those from `first[point]` up to `stop[point]`. */
  readonly first: Int32Array;
  readonly stop: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly edges: Int32Array;
  readonly rounds: Int32Array;
  /** The ways back of each step that is a call, by `backsOf` of the step; -1 for others. */
  readonly backsOf: Int32Array;
  readonly backs: readonly (readonly NumberedBack[])[];
  /** The points of guarded jumps and of `记录`, in their order. */
  readonly asking: readonly number[];
  /** Where conversations begin, in the order of the openings. */
  readonly entries: readonly number[];
}

/** Lists of numbers by a number: those of `of` are `items` from `first[of]` up to `first[of + 1]`. */
export interface Lists {
  readonly first: Int32Array;
  readonly items: Int32Array;
}

/** Lists of so many things; `each` tells all pairs, twice, in the order that the lists have. */
export function listsOf(count: number, each: (add: (of: number, item: number) => void) => void): Lists {
  const first = new Int32Array(count + 1);
  each((of) => {
    first[of + 1] = (first[of + 1] as number) + 1;
  });
  for (let at = 0; at < count; at++) first[at + 1] = (first[at + 1] as number) + (first[at] as number);
  const items = new Int32Array(first[count] as number);
  const next = first.slice(0, count);
  each((of, item) => {
    const at = next[of] as number;
    items[at] = item;
    next[of] = at + 1;
  });
  return { first, items };
}

const knownInto = new Memo<Net['shape'], Lists>();

/** The steps that lead to each point, calls that come back to it included. */
export function stepsInto(net: Net): Lists {
  const known = knownInto.get(net.shape);
  if (known) return known;
  const { size, first, stop, to, backsOf } = net;
  // At each key of an edit that changes the flow: without the pairs of `listsOf` it takes a third of the time.
  const begin = new Int32Array(size + 1);
  const count = (target: number): void => {
    begin[target + 1] = (begin[target + 1] as number) + 1;
  };
  for (let edge = 0; edge < to.length; edge++) {
    const target = to[edge] as number;
    begin[target + 1] = (begin[target + 1] as number) + 1;
    if ((backsOf[edge] as number) >= 0) eachComingBack(edge, net, count);
  }
  for (let point = 0; point < size; point++) begin[point + 1] = (begin[point + 1] as number) + (begin[point] as number);
  const items = new Int32Array(begin[size] as number);
  const next = begin.slice(0, size);
  for (let point = 0; point < size; point++) {
    for (let edge = first[point] as number; edge < (stop[point] as number); edge++) {
      const add = (target: number): void => {
        const at = next[target] as number;
        items[at] = edge;
        next[target] = at + 1;
      };
      add(to[edge] as number);
      if ((backsOf[edge] as number) >= 0) eachComingBack(edge, net, add);
    }
  }
  const into = { first: begin, items };
  knownInto.set(net.shape, into);
  return into;
}

/** Where else than to its target a call leads: each place to which it comes back, once. */
function eachComingBack(edge: number, { to, backs, backsOf }: Net, take: (target: number) => void): void {
  const list = backs[backsOf[edge] as number] ?? [];
  for (const [index, back] of list.entries())
    if (back.to !== to[edge] && list.findIndex((each) => each.to === back.to) === index) take(back.to);
}

const knownLines = new Memo<Net, Lists[]>();

/** The points of each line of a script. */
export function pointsOfLines(net: Net, script: number, lines: number): Lists {
  const all = knownLines.get(net) ?? [];
  const known = all[script];
  if (known) return known;
  const { kinds, visits, visitScripts, lines: lineOf, size } = net;
  const line = pointKinds.indexOf('line');
  const made = listsOf(lines, (add) => {
    for (let point = 0; point < size; point++)
      if (kinds[point] === line && visitScripts[visits[point] as number] === script)
        add(lineOf[point] as number, point);
  });
  all[script] = made;
  knownLines.set(net, all);
  return made;
}
