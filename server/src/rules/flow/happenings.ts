import type { Steps } from '../../base/steps.ts';
import type { Graph, Visit } from '../../flow/graph.ts';
import { endings, numbersOf, pointKinds } from '../../flow/net.ts';
import type { Paths } from '../../flow/paths.ts';
import { nowhere, resorted, type Sorting, Spots, sortingOf } from '../../flow/spots.ts';
import { stepsOf } from '../../model/template.ts';
import { type Detector, type Fact, type Facts, factValues, type Happening, type Reply } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Branch, Speech, Utterance } from '../../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import { factsBy, identityStep, isMereAnswer, repliesOf } from './branchReplies.ts';
import { actsOfSpeech, speakerIn } from './speech.ts';

/** What happens at the points of a conversation: what is said, answered, begun and ended there, and what becomes known by it. */
export interface Happenings {
  /** The points at which it happens. */
  of(happening: Happening | undefined): Spots;
  /** The points at which a fact of the happening becomes something else. */
  undoing(happening: Happening | undefined): Spots;
  /** The points at which a fact becomes this, and those at which it becomes something else. */
  fact(fact: Fact, value: string): { readonly becomes: Spots; readonly ceases: Spots };
  /** Where the agent says something. */
  readonly spoken: Spots;
  /** Where a conversation ends. */
  readonly ends: Spots;
  /** The points by what happens at them, and what that is. */
  readonly sorting: Sorting;
  readonly sorts: readonly (readonly Key[])[];
}

type Key =
  | `says ${string}`
  | `performs ${string}`
  | `takes ${string}`
  | `ends ${string}`
  | `${Fact} ${string}`
  | 'spoken';

/** So many points are looked at in one step. */
const pointsAStep = 2000;

/** What is known from another state of the script. */
export interface Before {
  readonly sorts: Happenings['sorts'];
  /** The sort of each point, as points are numbered now; it is written on. */
  readonly of: Int32Array;
  /** The points at which something else may happen now. */
  readonly changed: Iterable<number>;
  /** Where all points have the numbers that they had, how they were sorted. */
  readonly sorting?: Sorting;
}

/**
 * Worked out in small steps. Points at which the same happens are told apart no further: there are many points and few things that
 * happen.
 *
 * @param day such as `2026-06-01`, by whose rules detectors judge
 */
export function* happeningsOf({ graph }: Paths, packs: PackSet, day: string, before?: Before): Steps<Happenings> {
  const { net } = graph;
  const sorts: (readonly Key[])[] = before ? [...before.sorts] : [noKeys];
  const sortOf = new Map(sorts.map((keys, sort) => [keys.join('\n'), sort]));
  const alike = new Map<readonly Key[], number>();
  const of = before?.of ?? new Int32Array(net.size);
  const keysAt = reader(graph, packs, day);
  for (const point of before?.changed ?? net.kinds.keys()) {
    if (point % pointsAStep === 0) yield;
    const keys = keysAt(point);
    let sort = keys.length === 0 ? 0 : alike.get(keys);
    if (sort === undefined) {
      const name = keys.join('\n');
      sort = sortOf.get(name) ?? sorts.push(keys) - 1;
      sortOf.set(name, sort);
      alike.set(keys, sort);
    }
    of[point] = sort;
  }
  const sorting = before?.sorting
    ? resorted(before.sorting, of, sorts.length, before.changed)
    : sortingOf(of, sorts.length);
  const sortsWith = new Map<Key, number[]>();
  for (const [sort, keys] of sorts.entries()) {
    for (const key of keys) {
      const known = sortsWith.get(key);
      if (known) known.push(sort);
      else sortsWith.set(key, [sort]);
    }
  }
  const union = (keys: readonly Key[]): Spots => {
    const ranks = new Uint16Array(sorts.length);
    for (const [index, key] of keys.entries()) for (const sort of sortsWith.get(key) ?? []) ranks[sort] ||= index + 1;
    return new Spots(sorting, ranks);
  };
  const factKeys = (happening: Happening, wanted: boolean): Key[] =>
    (Object.entries(happening.facts) as [Fact, readonly string[]][]).flatMap(([fact, values]) =>
      factValues[fact].filter((value) => values.includes(value) === wanted).map((value): Key => `${fact} ${value}`),
    );
  const said = (ids: readonly string[]): readonly Key[] => ids.map((id): Key => `says ${id}`);
  return {
    of(happening) {
      if (!happening) return nowhere;
      const all = union([
        ...said(happening.says),
        ...happening.performs.map((id): Key => `performs ${id}`),
        ...happening.takes.map((id): Key => `takes ${id}`),
        ...happening.ends.map((ending): Key => `ends ${ending}`),
        ...factKeys(happening, true),
      ]);
      return happening.unless ? all.without(union(said(happening.unless))) : all;
    },
    undoing(happening) {
      if (!happening) return nowhere;
      // Whoever turns out to be the debtor is no guarantor, and is confirmed all the same.
      return union(factKeys(happening, false)).without(union(factKeys(happening, true)));
    },
    fact: (fact, value) => ({
      becomes: union([`${fact} ${value}`]),
      ceases: union(factValues[fact].filter((each) => each !== value).map((each): Key => `${fact} ${each}`)),
    }),
    sorting,
    sorts,
    spoken: union(['spoken']),
    ends: new Spots(
      sorting,
      Uint16Array.from(sorts, (keys) => (keys.some((key) => key.startsWith('ends ')) ? 1 : 0)),
    ),
  };
}

/** Tells of each happening whether it happens where it did, as far as its keys say, if only at some points something else happens. */
export function stayingIn(
  now: Happenings,
  before: Happenings,
  points: readonly number[],
): (each: Happening) => boolean {
  const differing = new Set<Key>();
  const seen = new Set<string>();
  for (const point of points) {
    const [was, is] = [before.sorting.of[point] as number, now.sorting.of[point] as number];
    if (seen.has(`${was} ${is}`)) continue;
    seen.add(`${was} ${is}`);
    const [some, others] = [before.sorts[was] ?? noKeys, now.sorts[is] ?? noKeys];
    for (const key of some) if (!others.includes(key)) differing.add(key);
    for (const key of others) if (!some.includes(key)) differing.add(key);
  }
  const facts = new Set([...differing].map((key) => key.split(' ')[0]));
  return ({ says, performs, takes, ends, facts: asked, unless = [] }) =>
    !differing.has('spoken') &&
    ![...says, ...unless].some((id) => differing.has(`says ${id}`)) &&
    !performs.some((id) => differing.has(`performs ${id}`)) &&
    !takes.some((id) => differing.has(`takes ${id}`)) &&
    !ends.some((ending) => differing.has(`ends ${ending}`)) &&
    !Object.keys(asked).some((fact) => facts.has(fact));
}

/** Whether the same happens at some points of a graph as did before in one with the same points. */
export function happensAsBefore(
  graph: Graph,
  packs: PackSet,
  day: string,
  { sorts, sorting }: Happenings,
  points: readonly number[],
): boolean {
  const keysAt = reader(graph, packs, day);
  return points.every((point) => keysAt(point).join('\n') === sorts[sorting.of[point] as number]?.join('\n'));
}

const noKeys: readonly Key[] = [];

/** Tells what happens at each point; where the same happens it mostly is the same list. */
function reader({ net, visitOf, lineOf }: Graph, packs: PackSet, day: string): (index: number) => readonly Key[] {
  const alike = new Map<string, readonly Key[]>();
  /** What comes often is one list. */
  const once = (keys: readonly Key[]): readonly Key[] => {
    if (keys.length === 0) return noKeys;
    const name = keys.join('\n');
    const known = alike.get(name) ?? keys;
    alike.set(name, known);
    return known;
  };
  const ended = endings.map((ending) => once(ending ? [`ends ${ending}`] : []));
  /** Of branches about which their category and who replies tell all. */
  const taken = {
    agent: new Map<string, readonly Key[]>(),
    customer: new Map<string, readonly Key[]>(),
    'third-party': new Map<string, readonly Key[]>(),
  };
  /** A node is visited in several ways, and its branches mean the same in each. */
  const heard = new Map<Branch, readonly Key[]>();
  const branchKeys = (branch: Branch, visit: Visit): readonly Key[] => {
    const known = heard.get(branch);
    if (known) return known;
    const { category, speaker, examples } = branch;
    const named = packs.reply(category.text);
    const isPlain = named && (examples.length === 0 || named.id !== 'other') && !isMereAnswer(category.text, named);
    const plain = isPlain && taken[speaker].get(category.text);
    if (plain) return plain;
    const keys = once(replyKeys(repliesOf(branch, visit, packs, day), speaker));
    if (isPlain) taken[speaker].set(category.text, keys);
    else heard.set(branch, keys);
    return keys;
  };
  return (index) => {
    switch (net.kinds[index]) {
      case kindOf.entry:
        return once(entryKeys(visitOf(index).node, packs));
      case kindOf.end:
        return ended[net.endings[index] as number] ?? noKeys;
      case kindOf.line: {
        const placed = lineOf(index);
        if (!placed) return noKeys;
        if (isLine(placed, 'branch')) return branchKeys(placed.line, visitOf(index));
        return lineKeys(visitOf(index), placed, packs, day, once);
      }
      default:
        return noKeys;
    }
  };
}

const kindOf = numbersOf(pointKinds);

/** A node in which nobody says anything performs nothing. */
function entryKeys(node: ScriptNode, packs: PackSet): readonly Key[] {
  if (!node.heading) return noKeys;
  const steps = stepsOf(node.heading.line, packs);
  if (steps.length === 0 || !node.lines.some(isSaid)) return noKeys;
  return steps.flatMap(({ id, sets }): Key[] => [`performs ${id}`, ...factKeysOf(sets)]);
}

function isSaid({ line }: Placed): boolean {
  return line.kind === 'insertion' || (line.kind === 'utterance' && line.speaker === 'agent');
}

function lineKeys(
  visit: Visit,
  placed: Placed,
  packs: PackSet,
  day: string,
  once: (keys: readonly Key[]) => readonly Key[],
): readonly Key[] {
  if (isLine(placed, 'guidance')) return saidKeys(actsIn(placed.line.speech, 'guidance', visit, packs, day));
  if (!isLine(placed, 'utterance') || placed.line.speech.text === '') return noKeys;
  const { line } = placed;
  const acts = actsIn(line.speech, speakerIn(line), visit, packs, day);
  if (line.speaker === 'agent') return spokenKeys(acts);
  const heard = packs.replies.filter((reply) => reply.heard.some((id) => acts.has(id)));
  const replies = heard.length > 0 ? heard : confirming(line, visit, packs);
  return once([...saidKeys(acts), ...replyKeys(replies, line.speaker)]);
}

/** What lines that do the same have in common is made once: there are many more lines than things to do. */
const saidKeys = remembering((acts: ReadonlySet<string>) => [...acts].map((id): Key => `says ${id}`));
const spokenKeys = remembering((acts: ReadonlySet<string>): readonly Key[] => ['spoken', ...saidKeys(acts)]);

function remembering<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}

/** A line of the customer’s on the happy path confirms the identity where the node asks for it and awaits no reply. */
function confirming({ speaker }: Utterance, { node }: Visit, packs: PackSet): readonly Reply[] {
  const { heading, branches } = node;
  if (speaker !== 'customer' || !heading || branches.length > 0) return [];
  const asks = stepsOf(heading.line, packs).some(({ id }) => id === identityStep);
  return asks ? (packs.reply('self') ? [packs.reply('self') as Reply] : []) : [];
}

function replyKeys(replies: readonly Reply[], speaker: Branch['speaker']): readonly Key[] {
  const sets = Object.assign({}, ...replies.toReversed().map((reply) => reply.sets)) as Facts;
  return [...replies.map(({ id }): Key => `takes ${id}`), ...factKeysOf(factsBy(speaker, sets))];
}

/** Whoever turns out to be somebody else is not confirmed; whoever is confirmed is the debtor. */
function factKeysOf(facts: Facts): readonly Key[] {
  const { listener, identity } = facts;
  const implied: Facts =
    identity === undefined && (listener === 'third-party' || listener === 'minor')
      ? { identity: 'unconfirmed' }
      : identity === 'confirmed' && listener === undefined
        ? { listener: 'debtor' }
        : {};
  return (Object.entries(Object.assign({}, facts, implied)) as [Fact, string][]).map(
    ([fact, value]): Key => `${fact} ${value}`,
  );
}

function actsIn(
  speech: Speech,
  speaker: Detector['speaker'],
  { script }: Visit,
  packs: PackSet,
  day: string,
): ReadonlySet<string> {
  return actsOfSpeech(speech, speaker, script, packs, day);
}
