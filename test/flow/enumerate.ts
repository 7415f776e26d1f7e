import type { Script } from '../../server/src/model/script.ts';
import type { Condition } from '../../server/src/syntax/condition.ts';
import type { Placed, ScriptNode } from '../../server/src/syntax/tree.ts';

/**
 * Plays a script by brute force, with real values and a real stack, as the language reference tells it. It shares nothing with
 * `flow/` but the tree, and is meant to be obviously right rather than fast.
 */
export interface Play {
  /** The numbers of all lines that some conversation comes to. */
  readonly lines: ReadonlySet<number>;
  readonly nodes: ReadonlySet<number>;
  /** The lines, or `node` and a number for a node without any, after which a conversation runs out without an outcome. */
  readonly ranOut: ReadonlySet<string>;
  /** The lines where `重复` is used up and 其他 is `重复` again. */
  readonly spent: ReadonlySet<number>;
  /** The lines where `返回` has nowhere to go back to. */
  readonly stray: ReadonlySet<number>;
  readonly endless: boolean;
  /** Whether there was more than could be played. */
  readonly cut: boolean;
}

type Place = 'wait' | 'as-other' | { readonly branch: number; readonly line: number };

interface Situation {
  readonly node: number;
  readonly as: 'passing' | 'inserted' | 'anytime';
  readonly rounds: number;
  /** The reply counts as 其他, after two repetitions. */
  readonly spent: boolean;
  readonly place: Place;
  /** The line that was spoken last in this visit. */
  readonly last: string;
}

interface Run {
  readonly values: readonly number[];
  readonly stack: readonly Situation[];
}

export type Config = Situation & Run;

type Result = Config | 'end' | 'ran-out' | 'spent' | 'stray' | 'nowhere';
export interface Move {
  /** The line that this step comes to. */
  readonly line?: number;
  readonly to: Result;
}

/** A variable of the small scripts: what it can be, and how its values are written. */
export interface Domain {
  readonly name: string;
  readonly values: readonly string[];
}

const silent = new Set(['blank', 'remark', 'suppression']);

export function player(
  script: Script,
  domains: readonly Domain[],
): { starts: Config[]; moves(config: Config): Move[] } {
  const { nodes } = script.tree;
  const isAnytime = (node: ScriptNode): boolean => node.heading?.line.name.text === '随时';
  const anytime = nodes.findIndex(isAnytime);
  const channel = script.tree.frontMatter.channel?.value;
  const oneWay = channel === 'sms' || channel === 'letter';

  const enter = ({ values, stack }: Run, node: number, as: Situation['as'], rounds = 0): Config => ({
    values,
    stack,
    node,
    as,
    rounds,
    spent: false,
    place: { branch: -1, line: 0 },
    last: `node ${node}`,
  });

  const comeBack = (config: Config, then: (config: Config) => Move[] = (to) => [{ to }]): Move[] => {
    const frame = config.stack.at(-1);
    if (!frame) return [{ to: 'stray' }];
    return then({ ...frame, values: config.values, stack: config.stack.slice(0, -1) });
  };

  const runOff = (config: Config): Move[] => {
    if (config.as === 'inserted') return comeBack(config);
    if (oneWay) return [{ to: 'end' }];
    const next = nodes.findIndex((node, index) => index > config.node && !isAnytime(node));
    return [{ to: next < 0 ? 'ran-out' : enter(config, next, 'passing') }];
  };

  const repeat = (config: Config): Move[] => {
    if (config.as === 'anytime') return comeBack(config, repeat);
    if (config.spent) return [{ to: 'spent' }];
    if (config.rounds < 2) return [{ to: enter(config, config.node, config.as, config.rounds + 1) }];
    return [{ to: { ...config, spent: true, place: 'as-other' } }];
  };

  const go = (config: Config, placed: Placed): Move[] => {
    const name = 'target' in placed.line ? placed.line.target?.text : undefined;
    switch (name) {
      case undefined:
        return [{ to: 'nowhere' }];
      case '结束':
      case '转人工':
        return [{ to: 'end' }];
      case '返回':
        return comeBack(config);
      case '重复':
        return repeat(config);
      default: {
        const node = nodes.findIndex(({ heading }) => heading?.line.name.text === name);
        return [{ to: node < 0 ? 'nowhere' : enter(config, node, 'passing') }];
      }
    }
  };

  const takeBranch = (config: Config, index: number): Move[] => {
    const { branch } = nodes[config.node]!.branches[index]!;
    // The branch line is a place of its own: what it does is told by the move after.
    const to = { ...config, place: { branch: index, line: -1 }, last: String(branch.index) };
    return [{ line: branch.index, to }];
  };

  const wait = (config: Config): Move[] => {
    const own = nodes[config.node]!.branches.flatMap((_, index) => takeBranch(config, index));
    if (anytime < 0 || config.as === 'anytime' || config.node === anytime) return own;
    const { values: _values, stack, ...frame } = config;
    const visit: Config = { ...enter(config, anytime, 'anytime'), stack: [...stack, frame] };
    return [...own, ...nodes[anytime]!.branches.flatMap((_, index) => takeBranch(visit, index))];
  };

  const execute = (config: Config, placed: Placed, below: Config): Move[] => {
    const { line } = placed;
    switch (line.kind) {
      case 'jump':
        return go(config, placed);
      case 'outcome':
        return [{ to: 'end' }];
      case 'guard': {
        const condition = script.conditions.get(placed.index)?.condition;
        return condition && holds(condition, config.values, domains) ? go(config, placed) : [{ to: below }];
      }
      case 'branch':
        return line.target ? go(config, placed) : [{ to: below }];
      case 'insertion': {
        const node = nodes.findIndex(({ heading }) => heading?.line.name.text === line.target?.text);
        if (node < 0) return [{ to: below }];
        const { values: _values, stack, ...frame } = below;
        return [{ to: enter({ ...config, stack: [...stack, frame] }, node, 'inserted') }];
      }
      case 'record': {
        const variable = domains.findIndex(({ name }) => name === line.variable.text);
        if (variable < 0) return [{ to: below }];
        return domains[variable]!.values.map((_, value) => ({
          to: { ...below, values: below.values.map((each, index) => (index === variable ? value : each)) },
        }));
      }
      default:
        return [{ to: below }];
    }
  };

  return {
    starts: startsOf(nodes, isAnytime, oneWay).flatMap((node) =>
      combinations(domains).map((values) => enter({ values, stack: [] }, node, 'passing')),
    ),
    moves(config) {
      const node = nodes[config.node]!;
      if (config.place === 'wait') return wait(config);
      if (config.place === 'as-other')
        return node.branches.flatMap(({ branch }, index) =>
          branch.line.category.text === '其他' ? takeBranch(config, index) : [],
        );
      const { branch, line } = config.place;
      const lines = branch < 0 ? node.lead : node.branches[branch]!.body;
      if (line < 0) {
        const place = { branch, line: 0 };
        return execute(config, node.branches[branch]!.branch, { ...config, place });
      }
      const placed = lines[line];
      if (!placed)
        return branch < 0 && node.branches.length > 0 && !oneWay
          ? [{ to: { ...config, place: 'wait' } }]
          : runOff(config);
      const below = { ...config, place: { branch, line: line + 1 } };
      if (silent.has(placed.line.kind)) return [{ to: below }];
      const last = String(placed.index);
      return execute({ ...config, last }, placed, { ...below, last }).map((move) => ({ line: placed.index, ...move }));
    },
  };
}

function startsOf(nodes: readonly ScriptNode[], isAnytime: (node: ScriptNode) => boolean, oneWay: boolean): number[] {
  const starts = nodes.flatMap((node, index) => (isAnytime(node) ? [] : [index]));
  return oneWay ? starts : starts.slice(0, 1);
}

function combinations(domains: readonly Domain[]): number[][] {
  return domains.reduce<number[][]>(
    (sum, { values }) => sum.flatMap((before) => values.map((_, value) => [...before, value])),
    [[]],
  );
}

function holds(condition: Condition, values: readonly number[], domains: readonly Domain[]): boolean {
  if ('left' in condition) {
    const [left, right] = [condition.left, condition.right].map((each) => holds(each, values, domains));
    return Boolean(condition.kind === 'and' ? left && right : left || right);
  }
  if (condition.kind === 'not') return !holds(condition.operand, values, domains);
  const index = domains.findIndex(({ name }) => name === condition.variable.text);
  const actual = domains[index]!.values[values[index]!]!;
  if (condition.kind === 'holds') return actual === '是';
  const wanted = condition.value.text;
  switch (condition.operator) {
    case '==':
      return actual === wanted;
    case '!=':
      return actual !== wanted;
    case '>':
      return Number(actual) > Number(wanted);
    case '>=':
      return Number(actual) >= Number(wanted);
    case '<':
      return Number(actual) < Number(wanted);
    case '<=':
      return Number(actual) <= Number(wanted);
    default:
      return condition.operator satisfies never;
  }
}

/** Plays everything, with a stack of at most `deepest` and no more than `most` situations. */
export function play(script: Script, domains: readonly Domain[], deepest = 3, most = 1500): Play {
  const { starts, moves } = player(script, domains);
  const lines = new Set<number>();
  const nodes = new Set<number>();
  const ranOut = new Set<string>();
  const spent = new Set<number>();
  const stray = new Set<number>();
  const ids = new Map<string, number>();
  const all: Config[] = [];
  const after: (readonly number[])[] = [];
  /** Situations from which an end is certain to be reachable, or nothing is known. */
  const open: number[] = [];
  let cut = false;
  const idOf = (config: Config): number => {
    const key = keyOf(config);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, all.length);
    return all.push(config) - 1;
  };
  for (const start of starts) idOf(start);
  for (let id = 0; id < all.length; id++) {
    const config = all[id]!;
    nodes.add(config.node);
    if (config.stack.length > deepest || id >= most) {
      cut = true;
      open.push(id);
      after.push([]);
      continue;
    }
    const next: number[] = [];
    for (const { line, to } of moves(config)) {
      if (line !== undefined) lines.add(line);
      const at = line ?? Number(config.last);
      if (typeof to !== 'string') next.push(idOf(to));
      else if (to === 'end') open.push(id);
      else if (to === 'ran-out') {
        open.push(id);
        ranOut.add(config.last);
      } else if (to === 'spent') spent.add(at);
      else if (to === 'stray') stray.add(at);
    }
    after.push(next);
  }
  return { lines, nodes, ranOut, spent, stray, endless: hasTrap(after, open), cut };
}

/** Whether some situation leads to no end and can go on for ever. */
function hasTrap(after: readonly (readonly number[])[], open: readonly number[]): boolean {
  const before = after.map((): number[] => []);
  for (const [id, next] of after.entries()) for (const each of next) before[each]!.push(id);
  const free = new Set(open);
  for (const id of free) for (const each of before[id]!) free.add(each);
  // Of the others those that lead to none of the others come to a halt, one after another.
  const left = new Map(after.flatMap((next, id) => (free.has(id) ? [] : [[id, next.length] as const])));
  const halted = [...left].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (let id = halted.pop(); id !== undefined; id = halted.pop()) {
    left.delete(id);
    for (const each of before[id]!) {
      const count = left.get(each);
      if (count === undefined) continue;
      left.set(each, count - 1);
      if (count === 1) halted.push(each);
    }
  }
  return left.size > 0;
}

/** Says whether some conversation comes to exactly these lines, in this order. */
export function replayer(script: Script, domains: readonly Domain[]): (trace: readonly number[]) => boolean {
  const { starts, moves } = player(script, domains);
  /** Where the conversations that came to these lines can be; ways have their beginnings in common. */
  const known = new Map<string, { readonly come: boolean; readonly at: readonly Config[] }>([
    ['', { come: true, at: starts }],
  ]);
  const after = (trace: readonly number[]): { readonly come: boolean; readonly at: readonly Config[] } => {
    const key = trace.join(' ');
    const found = known.get(key) ?? follow(after(trace.slice(0, -1)).at, trace.at(-1));
    known.set(key, found);
    return found;
  };
  const follow = (from: readonly Config[], wanted: number | undefined): { come: boolean; at: readonly Config[] } => {
    const behind = new Map<string, Config>();
    const current = [...from];
    const seen = new Set<string>();
    let come = false;
    for (let at = 0; at < current.length; at++) {
      for (const { line, to } of moves(current[at]!)) {
        if (line !== undefined && line !== wanted) continue;
        come ||= line === wanted;
        if (typeof to === 'string') continue;
        const key = keyOf(to);
        if (line === wanted) behind.set(key, to);
        else if (!seen.has(key)) {
          seen.add(key);
          current.push(to);
        }
      }
    }
    return { come, at: [...behind.values()] };
  };
  return (trace) => after(trace).come;
}

export function keyOf({ stack, values, ...situation }: Config): string {
  return `${values.join()} ${[situation, ...stack].map(situationKey).join('|')}`;
}

function situationKey({ node, as, rounds, spent, place, last }: Situation): string {
  return `${node} ${as} ${rounds} ${spent} ${typeof place === 'string' ? place : `${place.branch},${place.line}`} ${last}`;
}
