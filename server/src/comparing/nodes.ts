import { foldName } from '../base/names.ts';
import { pathsOf } from '../flow/paths.ts';
import { cellsOf } from '../handover/cells.ts';
import { wordsOf } from '../handover/header.ts';
import type { Script } from '../model/script.ts';
import { knowledgeIn } from '../rules/flow/knowledge.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { align, likeness, type Pair } from './align.ts';
import type { KnownDifference, LineDifference, NodeDifference, ReplyDifference, Side } from './changes.ts';

export type NodePair = Pair<ScriptNode>;

export function nameOf(node: ScriptNode | undefined): string {
  return node?.heading?.line.name.text ?? '';
}

/** Nodes of one name stand for each other; of the others those that say mostly the same. */
export function pairsOfNodes(before: Script, after: Script): NodePair[] {
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

export function nodeDifference(pair: NodePair, before: Side, after: Side): NodeDifference | undefined {
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
export function replyKey({ line }: ScriptNode['branches'][number]['branch'], { script, snapshot }: Side): string {
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
export function withMoves(nodes: readonly NodeDifference[]): readonly NodeDifference[] {
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
