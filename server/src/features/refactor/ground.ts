import { applyEdits, insertion } from '../../base/edit.ts';
import type { Span } from '../../base/span.ts';
import type { Text } from '../../base/text.ts';
import { counts } from '../../flow/build.ts';
import { isAnytime, isAnytimeName, isOneWay, openingsOf } from '../../flow/openings.ts';
import { pathsOf } from '../../flow/paths.ts';
import { lineAt, type Script, type TargetReference } from '../../model/script.ts';
import { stepsOf } from '../../model/template.ts';
import type { Snapshot } from '../../model/workspace.ts';
import { handOf } from '../../model/writing.ts';
import type { Step } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Branch } from '../../syntax/line.ts';
import { type BranchBody, isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import type { TargetId } from '../../syntax/vocabulary.ts';

/** The script that a refactoring works on, and what it asks of it. */
export interface Ground {
  readonly script: Script;
  readonly snapshot: Snapshot;
  readonly packs: PackSet;
  /** Where the cursor is, or what is selected. */
  readonly span: Span;
  /** The nodes that one can run into: all but 【随时】. */
  readonly nodes: readonly ScriptNode[];
}

export function groundOf(script: Script, snapshot: Snapshot, span: Span): Ground {
  const nodes = script.tree.nodes.filter((node) => !isAnytime(node));
  return { script, snapshot, span, packs: snapshot.packs(script).set, nodes };
}

/** The lines of a node that follow each other: those before its branches, or those of one branch. */
export interface Run {
  readonly node: ScriptNode;
  readonly branch?: BranchBody;
  readonly lines: readonly Placed[];
}

/** The run that a line belongs to; a branch line belongs to none, nor does a heading. */
export function runOf(placed: Placed, { script }: Ground): Run | undefined {
  const node = nodeOf(placed, script);
  if (!node) return undefined;
  if (node.lead.includes(placed)) return { node, lines: node.lead };
  const branch = node.branches.find(({ body }) => body.includes(placed));
  return branch && { node, branch, lines: branch.body };
}

/** The node of a line, its heading included. */
export function nodeOf(placed: Placed, { tree }: Script): ScriptNode | undefined {
  return tree.nodes.find(({ heading, lines }) => {
    const first = heading?.index ?? lines[0]?.index ?? 0;
    const last = lines.at(-1)?.index ?? first;
    return first <= placed.index && placed.index <= last;
  });
}

export function placedAt({ script }: Ground, offset: number): Placed {
  return lineAt(script, offset);
}

/** Whether control can run off the end of these lines. */
export function fallsOff(lines: readonly Placed[]): boolean {
  const last = lines.findLast(counts);
  return !last || (last.line.kind !== 'jump' && last.line.kind !== 'outcome');
}

export function branchFallsOff({ branch, body }: BranchBody): boolean {
  return branch.line.arrow === undefined && fallsOff(body);
}

export function nodeFallsOff({ lead, branches }: ScriptNode): boolean {
  return branches.length > 0 ? branches.some(branchFallsOff) : fallsOff(lead);
}

/** The node that control comes to when it runs off another one. */
export function nodeBelow(node: ScriptNode, { nodes }: Ground): ScriptNode | undefined {
  return nodes[nodes.indexOf(node) + 1];
}

/** Whether running off the node can lead back to where it was inserted. */
export function comesBack(node: ScriptNode, { script, snapshot }: Ground): boolean {
  if (isAnytime(node)) return true;
  const inserting = script.targets.filter(({ placed }) => placed.line.kind === 'insertion');
  return (
    inserting.some((reference) => leadsTo(reference, node, script, snapshot)) ||
    openingsOf(script, snapshot).some((opening) => opening.node === node && opening.role === 'inserted')
  );
}

export function leadsTo(reference: TargetReference, node: ScriptNode, from: Script, snapshot: Snapshot): boolean {
  const resolution = snapshot.resolve(from, reference);
  return resolution.kind === 'node' && resolution.symbol.node === node;
}

/** The targets in some lines. */
export function targetsIn(lines: readonly Placed[], { script }: Ground): readonly TargetReference[] {
  const within = new Set(lines);
  return script.targets.filter(({ placed }) => within.has(placed));
}

export function uses(id: TargetId, lines: readonly Placed[], ground: Ground): boolean {
  return targetsIn(lines, ground).some(({ builtin }) => builtin === id);
}

/** Whether the customer can have the node repeated that waits: of one that is cut otherwise, something else would be said again. */
export function repeatsAnytime({ snapshot }: Ground): boolean {
  return snapshot.scripts.some((script) => {
    if (!script.names.some(isAnytimeName)) return false;
    const { tree, targets } = script;
    const lines = new Set(tree.nodes.filter(isAnytime).flatMap((node) => node.lines));
    return lines.size > 0 && targets.some(({ builtin, placed }) => builtin === 'repeat' && lines.has(placed));
  });
}

/**
 * Whether 返回, behind these lines, could go back to another place when the lines are inserted, or are no longer: they go to
 * nodes that may return.
 */
export function mayReturnElsewhere(lines: readonly Placed[], ground: Ground): boolean {
  const leaving = targetsIn(lines, ground).filter(
    ({ builtin, placed }) => builtin === undefined && placed.line.kind !== 'insertion',
  );
  if (leaving.length === 0) return false;
  return (
    leaving.some(({ file }) => file !== undefined) || ground.script.targets.some((each) => each.builtin === 'return')
  );
}

/** Whether a suppression for the rest of the node stands in these lines: what it covers would change. */
export function suppressesRest(lines: readonly Placed[]): boolean {
  return lines.some((placed) => isLine(placed, 'suppression') && placed.line.scope === 'node');
}

/** Whether the line above is a suppression of what follows it. */
export function isSuppressed(index: number, { tree }: Script): boolean {
  let above = tree.lines[index - 1];
  while (above && (above.line.kind === 'blank' || above.line.kind === 'remark')) above = tree.lines[above.index - 1];
  return above !== undefined && isLine(above, 'suppression') && above.line.scope === 'line';
}

export function stepsIn(node: ScriptNode, { packs }: Ground): readonly Step[] {
  return node.heading ? stepsOf(node.heading.line, packs) : [];
}

/** Whether a step tells something that is known from then on, so that its lines are judged by it. */
export function tells({ sets }: Step): boolean {
  return Object.keys(sets).length > 0;
}

/** The names under which a node performs its steps, as its heading has them. */
export function stepNames(node: ScriptNode, { packs }: Ground): readonly string[] {
  if (!node.heading) return [];
  const { name, steps } = node.heading.line;
  const listed = steps.map(({ text }) => text);
  const own = packs.step(name.text);
  return own && !listed.some((each) => packs.step(each) === own) ? [name.text, ...listed] : listed;
}

/** Whether some conversation comes to a line. */
export function isReached(placed: Placed, { script, snapshot }: Ground): boolean {
  const paths = pathsOf(script, snapshot);
  return paths.graph.someAt(placed, paths.isReached);
}

/**
 * Whether some conversation runs off the end of these lines. What is inserted may never come back, and a guard may always hold: then
 * a line below is tried out.
 */
export function runsOffEnd(lines: readonly Placed[], ground: Ground): boolean {
  const last = lines.findLast(counts);
  if (!last || !fallsOff(lines)) return !last;
  if (!isReached(last, ground)) return false;
  if (last.line.kind !== 'insertion' && last.line.kind !== 'guard') return true;
  const { script, snapshot } = ground;
  const { eol, keyword, colon } = handOf(script);
  const text = applyEdits(script.source, [insertion(last.end, `${eol}${keyword('guidance')}${colon}?`)]);
  const after = snapshot.edited(new Map([[script.uri, text]]));
  const edited = after.script(script.uri);
  const below = edited?.tree.lines[last.index + 1];
  return !edited || !below || isReached(below, groundOf(edited, after, ground.span));
}

/** A place behind a node where a new one can stand, so that nothing runs into it that did not before. */
export function placeForNode(
  node: ScriptNode,
  /** Whether control can run off the node when the refactoring is done. */
  falls: boolean,
  { nodes, script }: Ground,
): number | undefined {
  const off = (each: ScriptNode): boolean => (each === node ? falls : nodeFallsOff(each));
  if (isOneWay(script)) return undefined;
  if (!isAnytime(node) && !off(node)) return node.span.end;
  const last = nodes.at(-1);
  // Above 【随时】, should that come last: what runs off its branches would run into a node below.
  if (last && !off(last)) return last.span.end;
  const from = nodes.indexOf(node);
  return [...nodes.slice(from + 1), ...nodes.slice(0, Math.max(from, 0))].find((each) => !off(each))?.span.end;
}

export function isBranch(placed: Placed): placed is Placed<Branch> {
  return placed.line.kind === 'branch';
}

/** Why something cannot be done. */
export const why = {
  oneWay: {
    zh: '短信和信函的每一节都是单独的一条消息，不能拆分或合并',
    en: 'every node of a text message or letter is a message of its own',
  },
  repeat: {
    zh: '这些行里有“重复”，换了地方，重问的就不是原来的内容',
    en: 'these lines repeat their node, and elsewhere something else would be asked again',
  },
  returns: {
    zh: '这些行会“返回”，换了地方，就不会回到原来的地方',
    en: 'these lines return, and from elsewhere they would come back to another place',
  },
  suppressed: {
    zh: '这里有豁免，换了地方，豁免的内容会改变',
    en: 'a suppression stands here, and would cover something else',
  },
  branches: { zh: '不能跨越回复分支', en: 'it goes across reply branches' },
  unreached: {
    zh: '没有一条路径走到这里，请先处理',
    en: 'no path comes here; mend that first',
  },
  room: {
    zh: '每一节说完都会接着往下走，没有地方放新的一节；请先写明最后一节的去向',
    en: 'every node runs on into the next, so that there is no room for a new one; say first where the last one leads',
  },
  back: {
    zh: '这一节说完要回到插入它的地方，移出去的内容回不去',
    en: 'this node comes back to where it was entered, and what is moved out would not',
  },
  below: {
    zh: '跳转下面还有走不到的行，请先处理',
    en: 'lines stand below the jump that are never reached; mend that first',
  },
  onward: {
    zh: '说完之后走到的地方没有名称，写不出跳转',
    en: 'what comes afterwards has no name to jump to',
  },
  steps: {
    zh: '两节的标准步骤不同，合并后检查的依据会改变',
    en: 'the two perform different steps, by which their lines are judged',
  },
} satisfies { readonly [reason: string]: Text };
