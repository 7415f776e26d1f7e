import { foldName } from '../base/names.ts';
import type { Steps } from '../base/steps.ts';
import { type Paths, pathsOn } from '../flow/paths.ts';
import type { Range } from '../flow/place.ts';
import { scenarioLines } from '../flow/scenario.ts';
import { type Replaced, type Spliced, spliced } from '../flow/splice.ts';
import { lineAt, type Script, targetOf } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Line } from '../syntax/line.ts';
import { inCommon, isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import type { Carried, Earlier } from './carried.ts';
import { dayOf, findingsAround, findingsInLines, findingWording, wordingFindings } from './check.ts';
import { type Finding, type Fix, groupedByRule, type StructureCategory } from './finding.ts';
import { type FlowAgain, followingAgain, onceMore } from './flow/again.ts';
import { findingFlow } from './flow/findings.ts';
import { type Before, happensAsBefore } from './flow/happenings.ts';
import { rulesFor } from './flow/rulesFor.ts';
import { type FlowResult, followingFlow } from './flow/violations.ts';
import { type Change, moved, movedOne } from './moved.ts';
import { type ChangedNodes, inNodesAnew, toldAgain, wasIn } from './stayed.ts';
import { isReadable } from './structure/encoding.ts';
import { structureRules } from './structure/index.ts';
import type { Subject } from './structure/rule.ts';
import { mayJump } from './structure/unknownLine.ts';

/**
 * What is found in a script in which some lines have been replaced by others, or have come or gone. Nodes that they stand in are drawn anew,
 * all paths are followed, and the rest only moves where it follows from something that has stayed: from other lines by themselves, from
 * the names of nodes, from what paths make known. Nothing where that cannot be told so simply.
 */
export function* reshaping(
  { script: before, found, followed }: Earlier,
  script: Script,
  snapshot: Snapshot,
  fixes: (finding: Finding) => readonly Fix[],
): Steps<Carried | undefined> {
  const replaced = replacedLines(before, script);
  if (!replaced) return undefined;
  const gone = before.tree.lines.slice(replaced.first, replaced.was);
  const come = script.tree.lines.slice(replaced.first, replaced.is);
  if (!gone.every((placed) => isSimple(placed, before)) || !come.every((placed) => isSimple(placed, script)))
    return undefined;
  const drawn = spliced(followed.flow.paths.graph, script, snapshot, replaced);
  if (!drawn) return undefined;
  yield;
  const packs = snapshot.packs(script);
  const { set } = packs;
  const day = dayOf(script, snapshot);
  const change = changeOfLines(before, script, replaced);
  const paths = pathsOn(drawn.graph, snapshot);
  const { flow, isBrokenAsBefore, makesKnownAsBefore } = yield* followingDrawn(
    followed.flow,
    drawn,
    paths,
    snapshot,
    set,
    day,
  );
  const subject: Subject = { script, packs, snapshot };
  const renamed = new Set(
    [...gone, ...come].flatMap(({ line }) => (line.kind === 'heading' ? [foldName(line.name.text)] : [])),
  );
  const isRenamed = renamed.size > 0;
  // What is found goes by points and steps, and only how it is told by words.
  const isToldAlike = drawn.isSame && !isRenamed && tellsAlike(followed.flow, drawn);
  const inLines: Finding[] = [];
  const structure: Finding[] = [];
  const nodes = script.tree.nodes.slice(drawn.nodes.from, drawn.nodes.stop);
  const naming = isRenamed
    ? [...script.tree.lines.filter((placed) => mayName(placed, renamed)), ...nodes.flatMap((node) => node.lines)]
    : [];
  const lines = linesAnew(found.inLines, before, script, replaced, naming);
  const known = groupedByRule(found.structure);
  const isBare = script.tree.scenarios.length === 0;
  for (const rule of structureRules) {
    inLines.push(...findingsInLines(rule, lines, subject));
    const before = known.get(rule.id) ?? [];
    const stays =
      staysOf[rule.id]?.([...gone, ...come]) ??
      (drawn.isSame && (isToldAlike || before.length === 0) && (rule.id !== 'scenario' || isBare));
    structure.push(...((stays && moved(before, change, fixes)) || findingsAround(rule, subject)));
    yield;
  }
  const changed: ChangedNodes = { before, was: drawn.before, is: drawn.nodes };
  const all = { before, was: everyNode(before), is: everyNode(script) };
  const inNodes = inNodesAnew(found.inNodes, isToldAlike ? changed : all, subject, change, fixes);

  const isTold = isToldAlike ? (): boolean => true : passesBy(before, script, drawn);
  const { told, settled } = toldAgain(found.flowed, flow, isBrokenAsBefore, (each) =>
    isTold(each) ? movedOne(each, change, fixes) : undefined,
  );
  const flowed = yield* findingFlow(script, snapshot, set, day, flow, told, settled);
  const kept = makesKnownAsBefore
    ? moved(
        found.worded.filter(({ start }) => !wasIn(changed, start)),
        change,
        fixes,
      )
    : undefined;
  const worded = kept
    ? [...kept, ...wordingOf(script, nodes, set, day, flow, fixes)]
    : yield* findingWording(script, script.tree.nodes, set, day, flow);
  return { found: { inLines, inNodes, structure, flowed, worded, flow }, followed: { script, flow } };
}

/** What the rules about the flow say now, and what of it they said before: nothing needs to be followed as far as the same is done and leads to the same. */
function* followingDrawn(
  before: FlowResult,
  drawn: Spliced,
  paths: Paths,
  snapshot: Snapshot,
  packs: PackSet,
  day: string,
): Steps<FlowAgain> {
  const { script } = paths.graph;
  if (!drawn.isSame) {
    const flow = yield* followingFlow(script, snapshot, packs, day, packs.flow, happened(before, drawn));
    const isBrokenAsBefore = (): boolean => false;
    return { flow, isBrokenAsBefore, makesKnownAsBefore: makesKnownTheSame(before, flow, drawn) };
  }
  if (happensTheSame(before, script, drawn, packs, day)) return onceMore(before, paths, snapshot);
  return yield* followingAgain(before, script, paths, packs, day, rulesFor(script, packs, day), new Set(drawn.drawn));
}

function everyNode({ tree }: Script): Range {
  return { from: 0, stop: tree.nodes.length };
}

/** Of more lines than these that have changed, everything is looked at anew. */
const mostReplaced = 60;

/** The lines that differ, as long as the front matter and the scenarios stay. */
function replacedLines({ tree: before, written: old }: Script, { tree: now, written }: Script): Replaced | undefined {
  if (before.frontMatter !== now.frontMatter || before.scenarios.length !== now.scenarios.length) return undefined;
  const { above, below } = inCommon(before, now);
  const most = Math.min(before.lineCount, now.lineCount);
  // A line in which an edit begins or ends is another object that can say the same.
  const isSame = (was: Placed | undefined, is: Placed | undefined): boolean =>
    was !== undefined &&
    is !== undefined &&
    (was.line === is.line || old.slice(was.start, was.end) === written.slice(is.start, is.end));
  let first = above;
  while (first < most && isSame(before.line(first), now.line(first))) first++;
  let last = Math.min(below, most - first);
  while (last < most - first && isSame(before.line(before.lineCount - 1 - last), now.line(now.lineCount - 1 - last)))
    last++;
  const replaced = { first, was: before.lineCount - last, is: now.lineCount - last };
  const isIn = (stop: number, scenario: number | undefined): boolean => scenario !== undefined && stop > scenario;
  return Math.max(replaced.was, replaced.is) - first > mostReplaced ||
    isIn(replaced.was, before.scenarios[0]?.heading.index) ||
    isIn(replaced.is, now.scenarios[0]?.heading.index)
    ? undefined
    : replaced;
}

/** What is recorded decides what other lines do and what conditions may name; scenarios and front matter are read as a whole. */
const farReaching: ReadonlySet<Line['kind']> = new Set(['record', 'case', ...scenarioLines, 'fence', 'front-matter']);

function isSimple({ line, start, end }: Placed, { written }: Script): boolean {
  return !farReaching.has(line.kind) && isReadable(written.slice(start, end));
}

/** Whole lines that have been replaced, as a change of the text. */
function changeOfLines({ tree, written: before }: Script, { written }: Script, { first, was }: Replaced): Change {
  const startOf = (line: number): number => tree.line(line)?.start ?? before.length + 1;
  const start = startOf(first);
  return { start, stop: startOf(was) - 1, by: written.length - before.length, from: start };
}

/** When what a rule finds apart from single lines stays as it is, by the lines that have come and gone; that of others goes by paths. */
const staysOf: { readonly [rule in StructureCategory]?: (lines: readonly Placed[]) => boolean } = {
  // Lines that cannot be read are looked at with all others.
  encoding: () => true,
  'rule-pack': () => true,
  'front-matter': () => true,
  insertion: (lines) => !lines.some(({ line }) => line.kind === 'insertion' || line.kind === 'heading'),
  'duplicate-node': (lines) => !lines.some(({ line }) => line.kind === 'heading'),
  'undefined-variable': (lines) => !lines.some(usesVariables),
  'unused-variable': (lines) => !lines.some(usesVariables),
};

function usesVariables({ line }: Placed): boolean {
  return line.kind === 'guard' || ('speech' in line && line.speech.variables.length > 0);
}

/**
 * The lines that have come, and those in which something was found: what is told of them can go by how others are written, and by the names of
 * nodes.
 *
 * @param others more of them
 */
function linesAnew(
  found: readonly Finding[],
  before: Script,
  { tree: now }: Script,
  { first, was, is }: Replaced,
  others: readonly Placed[],
): readonly Placed[] {
  const numbers = new Set([...now.lines.slice(first, is), ...others].map(({ index }) => index));
  for (const { start } of found) {
    const line = lineAt(before, start).index;
    if (line < first || line >= was) numbers.add(line < first ? line : line + is - was);
  }
  return [...numbers].sort((a, b) => a - b).map((index) => now.lines[index] as Placed);
}

/**
 * Whether one of some nodes is meant, or a node could be in what is said. Where others lead to what is no longer there, or lead somewhere now,
 * all is drawn anew; but no conversation comes to some of them.
 */
function mayName(placed: Placed, names: ReadonlySet<string>): boolean {
  const target = targetOf(placed);
  return target ? names.has(foldName(target.node.text)) : isLine(placed, 'utterance') && mayJump(placed.line.speech);
}

/** What happens at the points that have stayed. */
function happened({ happenings: { sorts, sorting } }: FlowResult, { now, drawn, graph }: Spliced): Before {
  const of = new Int32Array(graph.net.size);
  for (let point = 0; point < now.length; point++) {
    const at = now[point] as number;
    if (at >= 0) of[at] = sorting.of[point] as number;
  }
  return { sorts, of, changed: drawn };
}

/** Whether what is done by the lines that have come is what those did that have gone, and the same rules look at the script. */
function happensTheSame(
  { happenings, watched: { monitors } }: FlowResult,
  script: Script,
  { graph, drawn }: Spliced,
  packs: PackSet,
  day: string,
): boolean {
  const rules = rulesFor(script, packs, day);
  return (
    rules.length === monitors.length &&
    rules.every((rule, index) => rule === monitors[index]?.rule && rule.limits.characters === undefined) &&
    happensAsBefore(graph, packs, day, happenings, drawn)
  );
}

/** Whether ways over the points that were drawn anew are told alike: they name replies, and show what leads on and what is said first. */
function tellsAlike({ paths }: FlowResult, { graph, drawn }: Spliced): boolean {
  return drawn.every((point) => {
    const [was, is] = [paths.graph.lineOf(point)?.line, graph.lineOf(point)?.line];
    if (was === is || !was || !is) return was === is;
    if (was.kind === 'branch' && is.kind === 'branch') return was.category.text === is.category.text;
    if (was.kind === 'utterance' && is.kind === 'utterance')
      return was.speaker === is.speaker && (was.speech.text === '') === (is.speech.text === '');
    return was.kind === is.kind || (silent.has(was.kind) && silent.has(is.kind));
  });
}

/** The findings whose ways do not lead through the nodes that were drawn anew. */
function passesBy({ tree: was }: Script, { tree: is }: Script, { before, nodes }: Spliced): (each: Finding) => boolean {
  const drawn = [...was.nodes.slice(before.from, before.stop), ...is.nodes.slice(nodes.from, nodes.stop)];
  const names = new Set(drawn.map(({ heading }) => heading?.line.name.text ?? ''));
  return ({ path }) => path !== undefined && !names.has('') && !path.some((name) => names.has(name));
}

/** Lines of the conversation that no way shows. */
const silent: ReadonlySet<Line['kind']> = new Set(['unknown', 'guidance']);

/** Whether what wording rules ask of the paths is the same at every point that has stayed. */
function makesKnownTheSame({ telling: before }: FlowResult, { telling }: FlowResult, { now }: Spliced): boolean {
  const { words, each, mask } = telling;
  // What is followed stands elsewhere where more rules are about the script now.
  if (before.mask.join() !== mask.join()) return false;
  for (let point = 0; point < now.length; point++) {
    const at = now[point] as number;
    if (at < 0) continue;
    for (let word = 0; word < each; word++) {
      const differs = (before.words[point * each + word] as number) ^ (words[at * each + word] as number);
      if ((differs & (mask[word] as number)) !== 0) return false;
    }
  }
  return true;
}

function wordingOf(
  script: Script,
  nodes: readonly ScriptNode[],
  packs: PackSet,
  day: string,
  flow: FlowResult,
  fixes: (finding: Finding) => readonly Fix[],
): readonly Finding[] {
  return wordingFindings(script, nodes, packs, day, flow.known, () => true).map((each) => ({
    ...each,
    fixes: () => fixes(each),
  }));
}
