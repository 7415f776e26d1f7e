import { type Edit, insertion } from '../../base/edit.ts';
import { shift, touches } from '../../base/span.ts';
import { counts } from '../../flow/build.ts';
import { isAnytime, isOneWay, openingsOf } from '../../flow/openings.ts';
import type { NodeSymbol } from '../../model/script.ts';
import { handOf } from '../../model/writing.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import { nodeReferences } from '../occurrences.ts';
import {
  branchFallsOff,
  comesBack,
  fallsOff,
  type Ground,
  isSuppressed,
  leadsTo,
  mayReturnElsewhere,
  nodeBelow,
  nodeFallsOff,
  nodeOf,
  placedAt,
  type Run,
  repeatsAnytime,
  runOf,
  runsOffEnd,
  stepNames,
  stepsIn,
  suppressesRest,
  tells,
  uses,
  why,
} from './ground.ts';
import type { Refactoring } from './refactoring.ts';

/** The one line that calls a node, and what of its own node it can stand for. */
interface Call {
  readonly placed: Placed;
  readonly node: ScriptNode;
  /** Missing for a branch that jumps: its body takes the lines. */
  readonly run?: Run;
}

/** A node that is inserted, or jumped to, at one place only gives its lines to that place. */
export function inline(ground: Ground): readonly Refactoring[] {
  const { script } = ground;
  const symbol = symbolAt(ground);
  if (!symbol || isAnytime(symbol.node)) return [];
  const call = onlyCall(symbol, ground);
  if (!call) return [];
  const { name, node } = symbol;
  const title = { zh: `把“${name}”并入用到它的地方`, en: `Inline “${name}” where it is used` };
  const refused = refusal(node, call, ground);
  if (refused) return [{ kind: 'refactor.inline', title, refused }];
  const taken = takenIn(node, call, ground);
  if ('refused' in taken) return [{ kind: 'refactor.inline', title, refused: taken.refused }];
  return [
    {
      kind: 'refactor.inline',
      title,
      edits: [...taken.edits, ...addSteps(node, call, ground), removal(node, script.tree.nodes, ground)],
    },
  ];
}

/** The node whose heading is at the cursor, or to which the line there leads. */
function symbolAt(ground: Ground): NodeSymbol | undefined {
  const { script, snapshot, span } = ground;
  const placed = placedAt(ground, span.start);
  const heading = script.nodes.find(({ node }) => node.heading === placed);
  if (heading) return heading;
  const reference = script.targets.find((each) => each.placed === placed);
  if (!reference || (placed.line.kind === 'branch' && !touches(reference.span, span.start))) return undefined;
  return script.nodes.find(({ node }) => leadsTo(reference, node, script, snapshot));
}

function onlyCall(symbol: NodeSymbol, ground: Ground): Call | undefined {
  const { script, snapshot, nodes } = ground;
  const [only, ...more] = nodeReferences(symbol, script, snapshot);
  if (!only || more.length > 0 || only.script !== script) return undefined;
  const placed = placedAt(ground, only.span.start);
  const node = nodeOf(placed, script);
  const index = nodes.indexOf(symbol.node);
  const above = nodes[index - 1];
  // It is where the conversation begins, or something runs on into it: that is a second way in.
  if (!node || node === symbol.node || !above || nodeFallsOff(above)) return undefined;
  if (openingsOf(script, snapshot).some((opening) => opening.node === symbol.node)) return undefined;
  if (placed.line.kind === 'branch') return { placed, node };
  const run = runOf(placed, ground);
  return run && (placed.line.kind === 'insertion' || placed.line.kind === 'jump') ? { placed, node, run } : undefined;
}

function refusal(node: ScriptNode, { placed, node: home, run }: Call, ground: Ground): Refactoring['refused'] {
  const { script } = ground;
  if (isOneWay(script)) return why.oneWay;
  const below = run ? run.lines.slice(run.lines.indexOf(placed) + 1) : bodyOf(placed, home);
  const last = !below.some(counts);
  if (node.branches.length > 0 && (!last || !run || run.branch || home.branches.length > 0)) return why.branches;
  if (placed.line.kind !== 'insertion' && !last) return why.below;
  const waits = node.branches.length > 0;
  if (uses('repeat', node.lines, ground) || (waits && repeatsAnytime(ground))) return why.repeat;
  const suppressed =
    suppressesRest(node.lines) ||
    suppressesRest(home.lines) ||
    isSuppressed(placed.index, script) ||
    (node.heading && isSuppressed(node.heading.index, script));
  if (suppressed) return why.suppressed;
  if (placed.line.kind === 'insertion') {
    const tail = tailReturn(node, ground);
    if (
      uses(
        'return',
        node.lines.filter((line) => line !== tail),
        ground,
      )
    )
      return why.returns;
    if (mayReturnElsewhere(node.lines, ground)) return why.returns;
  }
  // What is known in one of them is not known in the other.
  const [inner, outer] = [stepsIn(node, ground), stepsIn(home, ground)];
  const apart = [...inner.filter((step) => !outer.includes(step)), ...outer.filter((step) => !inner.includes(step))];
  if (apart.some(tells) || (!home.heading && inner.length > 0)) return why.steps;
  return undefined;
}

function bodyOf(placed: Placed, { branches }: ScriptNode): readonly Placed[] {
  return branches.find(({ branch }) => branch === placed)?.body ?? [];
}

/** `→ 返回` at the very end of an inserted node says what would happen anyway. */
function tailReturn(node: ScriptNode, ground: Ground): Placed | undefined {
  const last = node.branches.length === 0 ? node.lead.findLast(counts) : undefined;
  return last && isLine(last, 'jump') && uses('return', [last], ground) ? last : undefined;
}

/** The lines in the place of the call; where the node ran on into another one, they now say so. */
function takenIn(
  node: ScriptNode,
  { placed, node: home }: Call,
  ground: Ground,
): { readonly edits: readonly Edit[] } | { readonly refused: Refactoring['refused'] } {
  const { script } = ground;
  const write = handOf(script);
  const inserted = placed.line.kind === 'insertion';
  const dropped = inserted ? tailReturn(node, ground) : undefined;
  let onward: string | undefined;
  if (!inserted && nodeFallsOff(node)) {
    const below = nodeBelow(node, ground);
    const after = nodeBelow(home, ground);
    const same = !comesBack(home, ground) && below === (after === node ? below : after);
    const name = below?.heading?.line.name.text;
    if (!same) {
      if (name === undefined || script.node(name)?.node !== below) return { refused: why.onward };
      onward = `${write.arrow} ${name}`;
    }
  }
  const lines: string[] = [];
  const push = (all: readonly Placed[]): void => {
    for (const each of all) if (each !== dropped) lines.push(script.written.slice(each.start, each.end));
  };
  const pushRun = (all: readonly Placed[], falls: boolean): void => {
    push(withoutBlanks(all));
    if (onward !== undefined && falls && runsOffEnd(all, ground)) lines.push(onward);
  };
  pushRun(node.lead, node.branches.length === 0 && fallsOff(node.lead));
  for (const each of node.branches) {
    push([each.branch]);
    pushRun(each.body, branchFallsOff(each));
  }
  const text = lines.join(write.eol);
  if (isLine(placed, 'branch')) {
    const { arrow } = placed.line;
    const head = script.written.slice(placed.start, placed.start + (arrow?.start ?? 0)).trimEnd();
    const start = placed.start + head.length;
    return { edits: [{ start, end: placed.end, newText: text === '' ? '' : write.eol + text }] };
  }
  return { edits: [{ start: placed.start, end: placed.end, newText: text }] };
}

function withoutBlanks(lines: readonly Placed[]): readonly Placed[] {
  const last = lines.findLastIndex(({ line }) => line.kind !== 'blank');
  const first = lines.findIndex(({ line }) => line.kind !== 'blank');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

/** The node that takes the lines goes on performing their steps. */
function addSteps(node: ScriptNode, { node: home }: Call, ground: Ground): readonly Edit[] {
  const { heading } = home;
  const performed = stepsIn(home, ground);
  const missing = stepNames(node, ground).filter((name) => {
    const step = ground.packs.step(name);
    return step && !performed.includes(step);
  });
  if (!heading || missing.length === 0) return [];
  const pause = handOf(ground.script).english ? ', ' : '、';
  const last = heading.line.steps.at(-1);
  const at = last
    ? shift(last, heading.start).end
    : heading.start + ground.script.written.slice(heading.start, heading.end).trimEnd().length;
  return [insertion(at, (last ? pause : ' ') + missing.join(pause))];
}

/** The node with its heading, and the blank lines between it and the next. */
function removal(node: ScriptNode, all: readonly ScriptNode[], { script }: Ground): Edit {
  const index = all.indexOf(node);
  const next = all[index + 1]?.span.start ?? script.tree.scenarios[0]?.span.start;
  if (next !== undefined) return { start: node.span.start, end: next, newText: '' };
  return { start: all[index - 1]?.span.end ?? node.span.start, end: node.span.end, newText: '' };
}
