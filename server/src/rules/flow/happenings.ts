import { Memo } from '../../base/memo.ts';
import { foldName } from '../../base/names.ts';
import type { Steps } from '../../base/steps.ts';
import type { Point } from '../../flow/graph.ts';
import type { Paths } from '../../flow/paths.ts';
import type { Script } from '../../model/script.ts';
import { stepsOf } from '../../model/template.ts';
import { type Detector, type Fact, type Facts, factValues, type Happening, type Reply } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Branch, Guidance, Speech, Utterance } from '../../syntax/line.ts';
import { scanLine } from '../../syntax/scan.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import type { VariableType } from '../../syntax/vocabulary.ts';
import { actsOf } from '../acts.ts';

/** What happens at the points of a conversation: what is said, answered, begun and ended there, and what becomes known by it. */
export interface Happenings {
  /** The points at which it happens. */
  of(happening: Happening | undefined): ReadonlySet<Point>;
  /** The points at which a fact of the happening becomes something else. */
  undoing(happening: Happening | undefined): ReadonlySet<Point>;
  /** The points at which a fact becomes this, and those at which it becomes something else. */
  fact(fact: Fact, value: string): { readonly becomes: ReadonlySet<Point>; readonly ceases: ReadonlySet<Point> };
  /** Where the agent says something. */
  readonly spoken: ReadonlySet<Point>;
}

type Key =
  | `says ${string}`
  | `performs ${string}`
  | `takes ${string}`
  | `ends ${string}`
  | `${Fact} ${string}`
  | 'spoken';

/** So many points are looked at in one step. */
const pointsAStep = 500;

/**
 * Worked out in small steps.
 *
 * @param day such as `2026-06-01`, by whose rules detectors judge
 */
export function* happeningsOf({ graph }: Paths, packs: PackSet, day: string): Steps<Happenings> {
  const points = new Map<Key, Set<Point>>();
  const seen = new Map<Placed, readonly Key[]>();
  for (const point of graph.points) {
    if (point.index % pointsAStep === 0) yield;
    for (const key of keysAt(point, packs, day, seen)) {
      const known = points.get(key);
      if (known) known.add(point);
      else points.set(key, new Set([point]));
    }
  }
  const union = (keys: readonly Key[]): ReadonlySet<Point> => {
    const [first, ...more] = keys.flatMap((key) => points.get(key) ?? []);
    return more.length === 0
      ? (first ?? nowhere)
      : new Set([...(first ?? nowhere), ...more.flatMap((each) => [...each])]);
  };
  const factKeys = (happening: Happening, wanted: boolean): Key[] =>
    (Object.entries(happening.facts) as [Fact, readonly string[]][]).flatMap(([fact, values]) =>
      factValues[fact].filter((value) => values.includes(value) === wanted).map((value): Key => `${fact} ${value}`),
    );
  return {
    of: (happening) =>
      happening
        ? union([
            ...happening.says.map((id): Key => `says ${id}`),
            ...happening.performs.map((id): Key => `performs ${id}`),
            ...happening.takes.map((id): Key => `takes ${id}`),
            ...happening.ends.map((ending): Key => `ends ${ending}`),
            ...factKeys(happening, true),
          ])
        : nowhere,
    undoing(happening) {
      if (!happening) return nowhere;
      // Whoever turns out to be the debtor is no guarantor, and is confirmed all the same.
      const made = union(factKeys(happening, true));
      return new Set([...union(factKeys(happening, false))].filter((point) => !made.has(point)));
    },
    fact: (fact, value) => ({
      becomes: union([`${fact} ${value}`]),
      ceases: union(factValues[fact].filter((each) => each !== value).map((each): Key => `${fact} ${each}`)),
    }),
    spoken: union(['spoken']),
  };
}

const nowhere: ReadonlySet<Point> = new Set();
const nothing: ReadonlySet<string> = new Set();

function keysAt(point: Point, packs: PackSet, day: string, seen: Map<Placed, readonly Key[]>): readonly Key[] {
  const { kind, placed, visit, ending } = point;
  switch (kind) {
    case 'entry':
      return entryKeys(visit.node, packs);
    case 'end':
      return ending ? [`ends ${ending}`] : [];
    case 'line': {
      if (!placed) return [];
      // A node is visited in several ways, and its lines say the same in each.
      const keys = seen.get(placed) ?? lineKeys(point, placed, packs, day);
      seen.set(placed, keys);
      return keys;
    }
    default:
      return [];
  }
}

/** A node in which nobody says anything performs nothing. */
function entryKeys(node: ScriptNode, packs: PackSet): readonly Key[] {
  if (!node.heading) return [];
  const steps = stepsOf(node.heading.line, packs);
  if (steps.length === 0 || !node.lines.some(isSaid)) return [];
  return steps.flatMap(({ id, sets }): Key[] => [`performs ${id}`, ...factKeysOf(sets)]);
}

function isSaid({ line }: Placed): boolean {
  return line.kind === 'insertion' || (line.kind === 'utterance' && line.speaker === 'agent');
}

function lineKeys(point: Point, placed: Placed, packs: PackSet, day: string): readonly Key[] {
  if (isLine(placed, 'branch')) return branchKeys(placed.line, point, packs, day);
  if (isLine(placed, 'guidance')) return saidKeys(actsIn(placed.line.speech, 'guidance', point, packs, day));
  if (!isLine(placed, 'utterance') || placed.line.speech.text === '') return [];
  const { line } = placed;
  const acts = actsIn(line.speech, speakerIn(line), point, packs, day);
  if (line.speaker === 'agent') return spokenKeys(acts);
  const heard = packs.replies.filter((reply) => reply.heard.some((id) => acts.has(id)));
  return [...saidKeys(acts), ...replyKeys(heard.length > 0 ? heard : confirming(line, point, packs), line.speaker)];
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
function confirming({ speaker }: Utterance, { visit }: Point, packs: PackSet): readonly Reply[] {
  const { heading, branches } = visit.node;
  if (speaker !== 'customer' || !heading || branches.length > 0) return [];
  const asks = stepsOf(heading.line, packs).some(({ id }) => id === 'confirm-identity');
  return asks ? (packs.reply('self') ? [packs.reply('self') as Reply] : []) : [];
}

/** What category a branch has, and where that says little, what its examples or its own name say. */
function branchKeys(branch: Branch, point: Point, packs: PackSet, day: string): readonly Key[] {
  const named = packs.reply(branch.category.text);
  const says = named && named.id !== 'other' ? [] : heardIn(branch, point, packs, day);
  return replyKeys([...(named ? [named] : []), ...says], branch.speaker);
}

/** The categories by which all examples of a branch are recognised, or what its author calls it: 客户（说没钱）. */
function heardIn(branch: Branch, point: Point, packs: PackSet, day: string): readonly Reply[] {
  const { examples, category } = branch;
  // Nothing is written out that could say more than the category does.
  if (examples.length === 0 && packs.reply(category.text)) return [];
  const actsOfWords = (text: string): ReadonlySet<string> => {
    const line = scanLine(`客户：${text}`);
    return line.kind === 'utterance' ? actsIn(line.speech, 'party', point, packs, day) : nothing;
  };
  const asked = askedIn(point.visit.node, point, packs, day);
  const recognised = (texts: readonly string[]): readonly Reply[] => {
    const acts = texts.map(actsOfWords);
    return packs.replies.filter((reply) => {
      const by = detectorsOf(reply, asked);
      return by.length > 0 && acts.every((each) => by.some((id) => each.has(id)));
    });
  };
  const said = examples.length > 0 ? recognised(examples.map(({ text }) => text)) : [];
  return said.length > 0 || packs.reply(category.text) ? said : recognised([category.text]);
}

/** The detectors whose words are such a reply, where a node asks this. */
function detectorsOf({ heard, answers }: Reply, asked: ReadonlySet<string>): readonly string[] {
  return answers?.to.some((id) => asked.has(id)) ? [...heard, ...answers.by] : heard;
}

/** What the agent does in a node before the customer answers. */
function askedIn({ lead }: ScriptNode, point: Point, packs: PackSet, day: string): ReadonlySet<string> {
  return new Set(
    lead.flatMap((placed) =>
      isLine(placed, 'utterance') && placed.line.speaker === 'agent'
        ? [...actsIn(placed.line.speech, 'agent', point, packs, day)]
        : [],
    ),
  );
}

function replyKeys(replies: readonly Reply[], speaker: Branch['speaker']): readonly Key[] {
  const sets = Object.assign({}, ...replies.toReversed().map((reply) => reply.sets)) as Facts;
  const listener: Facts = speaker === 'third-party' && !sets.listener ? { listener: 'third-party' } : {};
  return [...replies.map(({ id }): Key => `takes ${id}`), ...factKeysOf(Object.assign({}, sets, listener))];
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

/** By the words that authors have for what a customer promises: 哪天, 还款日, 多少, 数目. */
const recordedTypes: readonly (readonly [RegExp, VariableType])[] = [
  [/日|天|号|时候|日程|date|day|when/i, 'date'],
  [/额|钱|多少|数|款|amount|sum|how much/i, 'money'],
];

const recorded = new Memo<Script, ReadonlyMap<string, Placed>>();

/** Where a script records each of its variables first, by their folded names. */
function recordsOf(script: Script): ReadonlyMap<string, Placed> {
  const known = recorded.get(script);
  if (known) return known;
  const found = new Map<string, Placed>();
  for (const { use, text, placed } of script.variables) {
    const name = foldName(text);
    if (use === 'record' && !found.has(name)) found.set(name, placed);
  }
  recorded.set(script, found);
  return found;
}

/** What a recorded variable holds, by what is recorded: `客户所述日期`. */
function recordedType(script: Script, name: string): VariableType | undefined {
  const placed = recordsOf(script).get(foldName(name));
  if (!placed || !isLine(placed, 'record')) return undefined;
  const told = `${placed.line.value.text} ${name}`;
  return recordedTypes.find(([pattern]) => pattern.test(told))?.[1];
}

function actsIn(
  speech: Speech,
  speaker: Detector['speaker'],
  { visit }: Point,
  packs: PackSet,
  day: string,
): ReadonlySet<string> {
  return actsOfSpeech(speech, speaker, visit.script, packs, day);
}

/** Who says a line, as detectors see it. */
export function speakerIn(line: Utterance | Guidance): Detector['speaker'] {
  return line.kind === 'guidance' ? 'guidance' : line.speaker === 'agent' ? 'agent' : 'party';
}

/** What words do in a script, by the types that its variables have there. */
export function actsOfSpeech(
  speech: Speech,
  speaker: Detector['speaker'],
  script: Script,
  packs: PackSet,
  day: string,
): ReadonlySet<string> {
  const channel = script.tree.frontMatter.channel?.value;
  return actsOf(
    {
      speech,
      speaker,
      ...(channel && { channel }),
      typeOf: (name) => script.declaration(name)?.type ?? recordedType(script, name),
      recordedType: (name) => recordedType(script, name),
    },
    packs,
    day,
  );
}
