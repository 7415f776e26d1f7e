import { insertion } from '../../base/edit.ts';
import { counts } from '../../flow/build.ts';
import { isAnytime, isOneWay } from '../../flow/openings.ts';
import { nodeBehind } from '../../model/newNode.ts';
import { handOf } from '../../model/writing.ts';
import { isLine, type Placed } from '../../syntax/tree.ts';
import {
  branchFallsOff,
  comesBack,
  fallsOff,
  type Ground,
  isReached,
  isSuppressed,
  mayReturnElsewhere,
  placedAt,
  placeForNode,
  type Run,
  repeatsAnytime,
  runOf,
  suppressesRest,
  uses,
  why,
} from './ground.ts';
import { headingFor } from './naming.ts';
import type { Refactoring } from './refactoring.ts';

/**
 * The selected lines become a node of their own. Where control comes back to the lines below, or may run on, the node is
 * inserted; where the lines lead away, it is jumped to.
 */
export function extract(ground: Ground): readonly Refactoring[] {
  const { script, span } = ground;
  if (span.start === span.end) return [];
  const selected = selectedLines(ground);
  const first = selected.find(counts);
  if (!first) return [];
  const title = { zh: '把选中的行移到新的一节', en: 'Extract the selected lines to a node' };
  const no = (refused: Refactoring['refused']): readonly Refactoring[] => [
    { kind: 'refactor.extract', title, refused },
  ];
  const run = runOf(first, ground);
  // Front matter, scenarios and headings alone are no lines of a conversation.
  if (!run) return first.line.kind === 'branch' ? no(why.branches) : [];
  if (isOneWay(script)) return no(why.oneWay);
  if (selected.some((placed) => counts(placed) && !run.lines.includes(placed))) return no(why.branches);
  if (isAnytime(run.node) && !run.branch) return [];
  const lines = ownLines(selected, run, ground);
  const [top = first] = lines;
  const bottom = lines.at(-1) ?? first;
  if (suppressesRest(run.node.lines.filter(({ index }) => index <= bottom.index))) return no(why.suppressed);
  if (uses('repeat', lines, ground)) return no(why.repeat);
  if (!lines.filter(counts).every((each) => isReached(each, ground))) return no(why.unreached);
  const below = run.lines.slice(run.lines.indexOf(bottom) + 1);
  const tail = !below.some(counts) && (run.branch !== undefined || run.node.branches.length === 0);
  const leadsAway = !fallsOff(lines);
  const runsOn = tail && !leadsAway && !run.branch && !comesBack(run.node, ground);
  const jumps = (tail && leadsAway) || runsOn;
  if (!jumps && (uses('return', lines, ground) || mayReturnElsewhere(lines, ground))) return no(why.returns);
  const falls = run.node.branches.some((each) => (each === run.branch && jumps ? false : branchFallsOff(each)));
  const remains = run.node.branches.length > 0 ? falls : !jumps && fallsOff([bottom, ...below]);
  const inserted = !jumps && run.branch === undefined && !below.some(counts) && run.node.branches.length === 0;
  const place = placeForNode(run.node, remains || inserted, ground);
  if (place === undefined) return no(why.room);
  const write = handOf(script);
  const { name, heading } = headingFor(lines, run.node, ground);
  const call = jumps ? `${write.arrow} ${name}` : `${write.keyword('insertion')}${write.colon}${name}`;
  const text = script.written.slice(top.start, bottom.end);
  const [indent = ''] = /^[^\S\r\n]*/.exec(script.written.slice(first.start)) ?? [];
  return [
    {
      kind: 'refactor.extract',
      title: jumps
        ? { zh: `移到新的一节“${name}”，并跳转过去`, en: `Extract to a node “${name}” and jump there` }
        : { zh: `移到新的一节“${name}”，并在这里插入`, en: `Extract to a node “${name}” and insert it here` },
      edits: [
        { start: top.start, end: bottom.end, newText: indent + call },
        nodeBehind(place, heading, [text], script),
      ],
    },
  ];
}

/** The lines that a selection touches; a line at whose start it ends is none of them. */
function selectedLines(ground: Ground): readonly Placed[] {
  const { script, span } = ground;
  const first = placedAt(ground, span.start);
  const end = placedAt(ground, span.end);
  const last = end.start === span.end && end.index > first.index ? end.index - 1 : end.index;
  return script.tree.lines.slice(first.index, last + 1);
}

/** Without blanks at the ends; a suppression goes along with the line that it is about, and stays with one that stays. */
function ownLines(selected: readonly Placed[], run: Run, { script }: Ground): readonly Placed[] {
  const first = selected.find(counts);
  const last = selected.findLast(counts);
  if (!first || !last) return [];
  let from = first.index;
  while (isSuppressed(from, script)) from = aboveSuppression(from, script.tree.lines);
  const to = last.index;
  return run.lines.filter(({ index }) => from <= index && index <= to);
}

function aboveSuppression(index: number, lines: readonly Placed[]): number {
  let at = index - 1;
  while (lines[at] && !isLine(lines[at] as Placed, 'suppression')) at--;
  return at;
}

/** The node is parted at the cursor: what stands below becomes a node of its own, into which the first half runs on. */
export function split(ground: Ground): readonly Refactoring[] {
  const { script, span } = ground;
  if (span.start !== span.end) return [];
  const placed = placedAt(ground, span.start);
  const run = counts(placed) ? runOf(placed, ground) : undefined;
  if (!run || run.branch || isAnytime(run.node)) return [];
  const at = run.lines.indexOf(placed);
  const above = run.lines.slice(0, at);
  if (!above.some(counts)) return [];
  const title = { zh: '从这一行起拆成新的一节', en: 'Split the node here' };
  const no = (refused: Refactoring['refused']): readonly Refactoring[] => [
    { kind: 'refactor.extract', title, refused },
  ];
  if (isOneWay(script)) return no(why.oneWay);
  if (!fallsOff(above)) return [];
  if (suppressesRest(run.node.lines)) return no(why.suppressed);
  const waits = run.node.branches.length > 0;
  if (uses('repeat', run.node.lines, ground) || (waits && repeatsAnytime(ground))) return no(why.repeat);
  if (!isReached(placed, ground)) return no(why.unreached);
  const below = [...run.lines.slice(at), ...run.node.branches.flatMap(({ branch, body }) => [branch, ...body])];
  const runsOff = run.node.branches.length > 0 ? run.node.branches.some(branchFallsOff) : fallsOff(run.lines);
  const back = comesBack(run.node, ground);
  if (back && runsOff) return no(why.back);
  let from = placed.index;
  while (isSuppressed(from, script)) from = aboveSuppression(from, script.tree.lines);
  const write = handOf(script);
  const { name, heading } = headingFor(below, run.node, ground);
  const start = script.tree.lines[from]?.start ?? placed.start;
  const jump = back ? `${write.arrow} ${name}${write.eol}` : '';
  const apart = script.tree.lines[from - 1]?.line.kind === 'blank' && !back ? '' : write.eol;
  return [
    {
      kind: 'refactor.extract',
      title: { zh: `从这一行起拆成新的一节“${name}”`, en: `Split the node here, into “${name}”` },
      edits: [insertion(start, `${jump}${apart}${heading}${write.eol}`)],
    },
  ];
}
