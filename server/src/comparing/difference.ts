import { foldName } from '../base/names.ts';
import { type Chart, type ChartEdge, type ChartEnd, chartOf } from '../flow/chart.ts';
import { pathsOf } from '../flow/paths.ts';
import { cellsOf } from '../handover/cells.ts';
import { headerOf, wordsOf } from '../handover/header.ts';
import { scriptName } from '../model/fileNames.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Knowledge } from '../packs/pack.ts';
import { check } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { type Known, knowledgeIn } from '../rules/flow/knowledge.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import type { FrontMatterKey, RoleKind } from '../syntax/vocabulary.ts';
import { align, likeness, type Pair } from './align.ts';

/** A script in the world in which it is judged. */
export interface Side {
  readonly script: Script;
  readonly snapshot: Snapshot;
}

/** What two texts of a script differ in for the customer, and for whoever answers for it. Remarks and layout are nothing of that. */
export interface Difference {
  /** What the front matter says. */
  readonly header: readonly Change<string, { readonly key: FrontMatterKey | 'variable'; readonly name: string }>[];
  /** The nodes that are new, gone, or differ, in the order of the new script. */
  readonly nodes: readonly NodeDifference[];
  /** Ways that are open now, or no longer, between nodes that are there on both sides. */
  readonly ways: readonly WayDifference[];
  /** How the conversation can end now, or no longer. */
  readonly ends: readonly (Change<ChartEnd, unknown> & { readonly kind: 'new' | 'gone' })[];
  readonly findings: readonly FindingDifference[];
}

/** Something that was not there before, is no longer, or says something else. */
export type Change<T, Rest> = Rest & {
  readonly kind: 'new' | 'gone' | 'changed';
  readonly before?: T;
  readonly after?: T;
};

export interface NodeDifference {
  readonly kind: 'new' | 'gone' | 'changed';
  /** The name it has now, or had; empty for the lines above the first heading. */
  readonly name: string;
  /** The name it had, where that was another one. */
  readonly formerly?: string;
  readonly steps?: Change<readonly string[], unknown>;
  /** Whether a conversation comes there. */
  readonly reached?: { readonly before: boolean; readonly after: boolean };
  readonly replies: readonly ReplyDifference[];
  readonly lines: readonly LineDifference[];
  readonly known: readonly KnownDifference[];
  readonly before?: ScriptNode;
  readonly after?: ScriptNode;
}

export interface ReplyDifference {
  readonly kind: 'new' | 'gone' | 'changed';
  readonly speaker: string;
  readonly category: string;
  /** The examples that are new, and those that are gone. */
  readonly examples: { readonly more: readonly string[]; readonly less: readonly string[] };
  readonly placed: Placed;
}

/** Something that is said to the customer, or to the agent. */
export interface LineDifference {
  readonly kind: 'new' | 'gone' | 'changed';
  /** The category of the reply below which it stands. */
  readonly below?: string;
  readonly before?: Placed;
  readonly after?: Placed;
  /** The node that it stood in before, or stands in now, word for word. */
  readonly moved?: string;
}

export interface WayDifference {
  readonly kind: 'opened' | 'closed' | 'moved';
  readonly from: string;
  readonly reply?: string;
  /** Who replies so. */
  readonly speaker?: RoleKind;
  readonly condition?: string;
  /** Where it leads; `before` of one that is open now is missing. */
  readonly before?: Destination;
  readonly after?: Destination;
  readonly line?: Placed;
}

/** A node by its name, with its file where that is another one, or an end. */
export type Destination = { readonly node: string } | { readonly end: ChartEnd };

export interface KnownDifference {
  readonly of: Knowledge;
  readonly before: Known['state'];
  readonly after: Known['state'];
}

export interface FindingDifference {
  /** `excused` is suppressed now, `counting` no longer. */
  readonly kind: 'new' | 'gone' | 'excused' | 'counting';
  readonly finding: Finding;
}

export function differenceOf(before: Side, after: Side): Difference {
  const nodes = pairsOfNodes(before.script, after.script);
  const told = nodes.map((pair) => nodeDifference(pair, before, after));
  const all = withMoves(told.flatMap((each) => each ?? []));
  const charts = {
    before: chartOf(pathsOf(before.script, before.snapshot)),
    after: chartOf(pathsOf(after.script, after.snapshot)),
  };
  return {
    header: headerDifference(before.script, after.script),
    nodes: all,
    ways: wayDifferences(charts, nodes, before, after),
    ends: endDifferences(charts, before, after),
    findings: findingDifferences(before, after),
  };
}

/** Whether there is nothing to tell. */
export function isSame({ header, nodes, ways, ends, findings }: Difference): boolean {
  return [header, nodes, ways, ends, findings].every((list) => list.length === 0);
}

type NodePair = Pair<ScriptNode>;

function nameOf(node: ScriptNode | undefined): string {
  return node?.heading?.line.name.text ?? '';
}

/** Nodes of one name stand for each other; of the others those that say mostly the same. */
function pairsOfNodes(before: Script, after: Script): NodePair[] {
  const pairs = new Map<ScriptNode, ScriptNode>();
  const left = new Set(before.tree.nodes);
  for (const node of after.tree.nodes) {
    const same = [...left].find((each) => foldName(nameOf(each)) === foldName(nameOf(node)));
    if (!same) continue;
    pairs.set(node, same);
    left.delete(same);
  }
  for (const node of after.tree.nodes) {
    if (pairs.has(node)) continue;
    const text = textOf(node, after);
    const [best] = [...left]
      .map((each) => ({ each, like: likeness(textOf(each, before), text) }))
      .filter(({ like }) => like >= mostlySame)
      .sort((a, b) => b.like - a.like);
    if (!best) continue;
    pairs.set(node, best.each);
    left.delete(best.each);
  }
  const list = after.tree.nodes.map((node): NodePair => {
    const old = pairs.get(node);
    return old ? { before: old, after: node } : { after: node };
  });
  // What is gone is told where it stood.
  for (const node of left) {
    const above = before.tree.nodes.slice(0, before.tree.nodes.indexOf(node)).findLast((each) => !left.has(each));
    const at = above ? list.findIndex((pair) => pair.before === above) + 1 : 0;
    list.splice(at + list.slice(at).findIndex((pair) => pair.after !== undefined), 0, { before: node });
  }
  return list;
}

const mostlySame = 0.5;

function textOf(node: ScriptNode, { source }: Script): string {
  return source.slice(node.heading?.end ?? node.span.start, node.span.end);
}

function nodeDifference(pair: NodePair, before: Side, after: Side): NodeDifference | undefined {
  const kind = pair.before ? (pair.after ? 'changed' : 'gone') : 'new';
  const [name, was] = [nameOf(pair.after ?? pair.before), nameOf(pair.before)];
  const replies = replyDifferences(pair, before, after);
  const lines = lineDifferences(pair, before, after);
  const steps = stepsDifference(pair);
  const reach = [reachedIn(pair.before, before), reachedIn(pair.after, after)] as const;
  const reached = kind === 'changed' && reach[0] !== reach[1] ? { before: reach[0], after: reach[1] } : undefined;
  const known = knownDifferences(pair, before, after);
  const formerly = kind === 'changed' && foldName(was) !== foldName(name) ? was : undefined;
  if (
    kind === 'changed' &&
    [replies, lines, known].every((list) => list.length === 0) &&
    !steps &&
    !reached &&
    formerly === undefined
  )
    return undefined;
  return {
    kind,
    name,
    ...(formerly !== undefined && { formerly }),
    ...(steps && { steps }),
    ...(reached && { reached }),
    replies,
    lines,
    known,
    ...(pair.before && { before: pair.before }),
    ...(pair.after && { after: pair.after }),
  };
}

function stepsDifference({ before, after }: NodePair): NodeDifference['steps'] {
  if (!before || !after) return undefined;
  const [was, is] = [before, after].map((node) => node.heading?.line.steps.map(({ text }) => text) ?? []) as [
    string[],
    string[],
  ];
  const same = JSON.stringify(was.map(foldName)) === JSON.stringify(is.map(foldName));
  return same ? undefined : { kind: 'changed', before: was, after: is };
}

function reachedIn(node: ScriptNode | undefined, { script, snapshot }: Side): boolean {
  if (!node) return false;
  const paths = pathsOf(script, snapshot);
  return paths.graph.into(node).some(({ index }) => paths.isReached(index));
}

/** What a reply is, whatever alias of its category the script has. */
function replyKey({ line }: ScriptNode['branches'][number]['branch'], { script, snapshot }: Side): string {
  const { set } = snapshot.packs(script);
  return `${line.speaker} ${set.reply(line.category.text)?.id ?? foldName(line.category.text)}`;
}

function replyDifferences(pair: NodePair, before: Side, after: Side): ReplyDifference[] {
  const [old, now] = [branchesOf(pair.before, before), branchesOf(pair.after, after)];
  return align(
    old,
    now,
    ({ key }) => key,
    () => false,
  ).flatMap((each): ReplyDifference[] => {
    const branch = (each.after ?? each.before).branch;
    const [was, is] = [each.before, each.after].map(
      (side) => side?.branch.line.examples.map(({ text }) => text) ?? [],
    ) as [string[], string[]];
    const examples = { more: is.filter((text) => !was.includes(text)), less: was.filter((text) => !is.includes(text)) };
    const kind = each.before ? (each.after ? 'changed' : 'gone') : 'new';
    if (kind === 'changed' && examples.more.length + examples.less.length === 0) return [];
    const { speaker, category } = branch.line;
    return [{ kind, speaker, category: category.text, examples, placed: branch }];
  });
}

interface KeyedBranch {
  readonly key: string;
  readonly branch: ScriptNode['branches'][number]['branch'];
}

/** In one order on both sides: that of replies means nothing. */
function branchesOf(node: ScriptNode | undefined, side: Side): readonly KeyedBranch[] {
  const keyed = (node?.branches ?? []).map(({ branch }) => ({ key: replyKey(branch, side), branch }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** What is said in a node, to whomever; where it leads is told by the ways. */
function lineDifferences(pair: NodePair, before: Side, after: Side): LineDifference[] {
  const parts = new Map<string, { before: readonly Placed[]; after: readonly Placed[]; below?: string }>();
  const put = (side: 'before' | 'after', node: ScriptNode | undefined, world: Side): void => {
    const add = (key: string, lines: readonly Placed[], below?: string): void => {
      const known = parts.get(key) ?? { before: [], after: [], ...(below !== undefined && { below }) };
      parts.set(key, { ...known, [side]: [...known[side], ...lines.filter(isTold)] });
    };
    if (!node) return;
    add('', node.lead);
    for (const { branch, body } of node.branches) add(replyKey(branch, world), body, branch.line.category.text);
  };
  put('after', pair.after, after);
  put('before', pair.before, before);
  const sourceOf = new Map<Placed, Script>();
  for (const each of parts.values()) {
    for (const placed of each.before) sourceOf.set(placed, before.script);
    for (const placed of each.after) sourceOf.set(placed, after.script);
  }
  const words = (placed: Placed): string => wordsIn(placed, sourceOf.get(placed) as Script);
  return [...parts.values()].flatMap(({ before: old, after: now, below }) =>
    align(
      old,
      now,
      words,
      (one, other) => one.line.kind === other.line.kind && likeness(words(one), words(other)) >= stillTheSame,
    )
      .filter((each) => !each.before || !each.after || words(each.before) !== words(each.after))
      .map((each) => ({
        kind: each.before ? (each.after ? ('changed' as const) : ('gone' as const)) : ('new' as const),
        ...(below !== undefined && { below }),
        ...(each.before && { before: each.before }),
        ...(each.after && { after: each.after }),
      })),
  );
}

/** Lines that have less in common are a new one and one that is gone. */
const stillTheSame = 0.35;

const told: ReadonlySet<string> = new Set(['utterance', 'guidance', 'record', 'suppression']);

function isTold({ line }: Placed): boolean {
  return told.has(line.kind);
}

/** A line in words, however it is laid out. */
export function wordsIn(placed: Placed, { tree, source }: Script): string {
  const { type, speaker, text } = cellsOf(placed.line, source.slice(placed.start, placed.end), wordsOf(tree));
  return isLine(placed, 'utterance') ? `${speaker}：${text}` : `${type}：${text}`;
}

/** What has gone in one node and come up in another, word for word, was moved. */
function withMoves(nodes: readonly NodeDifference[]): readonly NodeDifference[] {
  const spoken = (placed: Placed | undefined): string | undefined =>
    placed && isLine(placed, 'utterance') ? placed.line.speech.text : undefined;
  const places = (kind: 'new' | 'gone', side: 'before' | 'after'): ReadonlyMap<string, string> =>
    new Map(
      nodes.flatMap(({ name, lines }) =>
        lines.flatMap((each): [string, string][] => {
          const text = each.kind === kind ? spoken(each[side]) : undefined;
          return text === undefined ? [] : [[text, name]];
        }),
      ),
    );
  const [gone, come] = [places('gone', 'before'), places('new', 'after')];
  return nodes.map((node) => ({
    ...node,
    lines: node.lines.map((each): LineDifference => {
      const text = spoken(each.before ?? each.after) ?? '';
      const moved = each.kind === 'new' ? gone.get(text) : each.kind === 'gone' ? come.get(text) : undefined;
      return moved === undefined ? each : { ...each, moved };
    }),
  }));
}

function knownDifferences({ before: old, after: now }: NodePair, before: Side, after: Side): KnownDifference[] {
  if (!old || !now) return [];
  const was = knowledgeIn(before.script, before.snapshot)(old);
  return knowledgeIn(
    after.script,
    after.snapshot,
  )(now).flatMap(({ of, state }) => {
    const earlier = was.find((each) => each.of.id === of.id);
    return earlier && earlier.state !== state ? [{ of, before: earlier.state, after: state }] : [];
  });
}

function headerDifference(before: Script, after: Script): Difference['header'] {
  const [old, now] = [before, after].map(({ tree }) => headerOf(tree, wordsOf(after.tree))) as [
    ReturnType<typeof headerOf>,
    ReturnType<typeof headerOf>,
  ];
  const entries = keyed(
    old.entries.map(({ key, value }) => [key, value] as const),
    now.entries.map(({ key, value }) => [key, value] as const),
  ).map(({ name, ...rest }) => ({ key: name as FrontMatterKey, name, ...rest }));
  const inWords = ({ type, range, values, sample, note }: (typeof now.variables)[number]): string =>
    [type, range, values, sample, note].filter((field) => field !== '').join(' · ');
  const variables = keyed(
    old.variables.map((each) => [each.name, inWords(each)] as const),
    now.variables.map((each) => [each.name, inWords(each)] as const),
  ).map((change) => ({ key: 'variable' as const, ...change }));
  return [...entries, ...variables];
}

function keyed(
  before: readonly (readonly [string, string])[],
  after: readonly (readonly [string, string])[],
): Change<string, { readonly name: string }>[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): Change<string, { readonly name: string }>[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    if (was === undefined) return [{ kind: 'new', name, ...(is !== undefined && { after: is }) }];
    return is === undefined
      ? [{ kind: 'gone', name, before: was }]
      : [{ kind: 'changed', name, before: was, after: is }];
  });
}

interface Charts {
  readonly before: Chart;
  readonly after: Chart;
}

interface Way {
  readonly from: string;
  readonly reply?: string;
  readonly speaker?: RoleKind;
  readonly condition?: string;
  readonly to: Destination;
  readonly toKey: string;
  readonly line?: Placed;
}

function wayDifferences(
  { before: old, after: now }: Charts,
  nodes: readonly NodePair[],
  before: Side,
  after: Side,
): WayDifference[] {
  // On both sides a node is called as the new script calls it.
  const called = new Map(
    nodes.flatMap(({ before: was, after: is }) => (was && is ? [[was, nameOf(is)] as const] : [])),
  );
  const both = new Set(nodes.flatMap((pair) => (pair.before && pair.after ? [pair.before, pair.after] : [])));
  const [was, is] = [waysIn(old, before, both, called), waysIn(now, after, both, called)];
  const found: WayDifference[] = [];
  for (const key of new Set([...is.keys(), ...was.keys()])) {
    const [ours, theirs] = [was.get(key) ?? [], is.get(key) ?? []];
    const less = ours.filter((each) => !theirs.some((other) => other.toKey === each.toKey));
    const more = theirs.filter((each) => !ours.some((other) => other.toKey === each.toKey));
    const about = ({ from, reply, speaker, condition }: Way) => ({
      from,
      ...(reply !== undefined && { reply }),
      ...(speaker && { speaker }),
      ...(condition !== undefined && { condition }),
    });
    while (less.length > 0 && more.length > 0) {
      const [one, other] = [less.shift() as Way, more.shift() as Way];
      found.push({
        kind: 'moved',
        ...about(other),
        before: one.to,
        after: other.to,
        ...(other.line && { line: other.line }),
      });
    }
    for (const each of less) found.push({ kind: 'closed', ...about(each), before: each.to });
    for (const each of more)
      found.push({ kind: 'opened', ...about(each), after: each.to, ...(each.line && { line: each.line }) });
  }
  return found;
}

/** The ways from nodes that are there on both sides, by what leads there. */
function waysIn(
  { nodes, ends, edges }: Chart,
  side: Side,
  both: ReadonlySet<ScriptNode>,
  called: ReadonlyMap<ScriptNode, string>,
): ReadonlyMap<string, readonly Way[]> {
  const { set } = side.snapshot.packs(side.script);
  const nodesById = new Map(nodes.map((each) => [each.id, each]));
  const endsById = new Map(ends.map((each) => [each.id, each]));
  const ways = new Map<string, Way[]>();
  const nameIn = (id: string): string => {
    const each = nodesById.get(id);
    if (!each) return '';
    const name = called.get(each.node) ?? nameOf(each.node);
    return each.script === side.script ? name : `${scriptName(each.script.uri)}/${name}`;
  };
  const destination = ({ to }: ChartEdge): Destination => {
    const end = endsById.get(to);
    return end ? { end } : { node: nameIn(to) };
  };
  for (const edge of edges) {
    const start = nodesById.get(edge.from);
    if (!start || !both.has(start.node)) continue;
    const { reply, condition, line, branch } = edge;
    const to = destination(edge);
    const key = JSON.stringify([
      foldName(nameIn(edge.from)),
      reply === undefined ? null : (set.reply(reply)?.id ?? foldName(reply)),
      condition === undefined ? null : condition.replace(/\s+/g, ''),
    ]);
    const way: Way = {
      from: nameIn(edge.from),
      ...(reply !== undefined && { reply }),
      ...(branch && { speaker: branch.line.speaker }),
      ...(condition !== undefined && { condition }),
      to,
      toKey:
        'end' in to
          ? `${edge.kind} ${to.end.kind} ${to.end.outcome ?? ''}`
          : `${edge.kind === 'next' ? 'jump' : edge.kind} ${foldName(to.node)}`,
      ...(line && { line }),
    };
    const known = ways.get(key);
    if (known) known.push(way);
    else ways.set(key, [way]);
  }
  return ways;
}

function endDifferences({ before: old, after: now }: Charts, before: Side, after: Side): Difference['ends'] {
  const keyOf = ({ kind, outcome = '' }: ChartEnd): string => `${kind} ${foldName(outcome)}`;
  const reachable = (chart: Chart, { script, snapshot }: Side): readonly ChartEnd[] => {
    const paths = pathsOf(script, snapshot);
    const reached = new Set(
      paths.graph.points
        .filter((point) => (point.kind === 'end' || point.kind === 'leave') && paths.isReached(point.index))
        .map(({ ending, placed }) =>
          keyOf({
            id: '',
            kind: ending ?? 'return',
            ...(placed && isLine(placed, 'outcome') && { outcome: placed.line.name.text }),
          }),
        ),
    );
    return chart.ends.filter((end) => reached.has(keyOf(end)));
  };
  const [was, is] = [reachable(old, before), reachable(now, after)];
  const missing = (ends: readonly ChartEnd[], from: readonly ChartEnd[]): readonly ChartEnd[] =>
    ends.filter((end) => !from.some((other) => keyOf(other) === keyOf(end)));
  return [
    ...missing(is, was).map((end) => ({ kind: 'new' as const, after: end })),
    ...missing(was, is).map((end) => ({ kind: 'gone' as const, before: end })),
  ];
}

/** Findings are known by rule and words, as in a baseline: lines around them come and go. */
function findingDifferences(before: Side, after: Side): FindingDifference[] {
  const [was, is] = [before, after].map(({ script, snapshot }) => byWords(script, check(script, snapshot))) as [
    ReadonlyMap<string, Finding>,
    ReadonlyMap<string, Finding>,
  ];
  const found: FindingDifference[] = [];
  for (const [key, finding] of is) {
    const old = was.get(key);
    if (finding.suppressed) {
      if (old && !old.suppressed) found.push({ kind: 'excused', finding });
    } else if (!old) found.push({ kind: 'new', finding });
    else if (old.suppressed) found.push({ kind: 'counting', finding });
  }
  for (const [key, finding] of was) if (!is.has(key) && !finding.suppressed) found.push({ kind: 'gone', finding });
  return found;
}

function byWords({ source }: Script, findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const key = JSON.stringify([finding.rule, source.slice(finding.start, finding.end)]);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [`${key}${count}`, finding];
    }),
  );
}
