import { firstWhere } from '../base/search.ts';
import type { Steps } from '../base/steps.ts';
import { leavePaths, type Paths, pathsOn } from '../flow/paths.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Facts } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Guidance, Speech, Utterance } from '../syntax/line.ts';
import { inCommon, isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { dayOf, type Found, findingWording, wordingFindings } from './check.ts';
import type { Finding, Fix } from './finding.ts';
import { followingAgain, onceMore } from './flow/again.ts';
import { findingFlow } from './flow/findings.ts';
import { appliesTo, languageOf, rulesFor } from './flow/rulesFor.ts';
import { actsOfSpeech, speakerIn } from './flow/speech.ts';
import type { FlowResult } from './flow/violations.ts';
import { changeOf, moved, movedOne } from './moved.ts';
import { inNodesAnew, toldAgain } from './stayed.ts';
import { isReadable } from './structure/encoding.ts';

/** What was found in a state of a script. */
export interface Carried {
  readonly found: Found;
  /** The state whose flow was followed last, line by line the same as this one but for words that do the same, and what it tells. */
  readonly followed: { readonly script: Script; readonly flow: FlowResult };
}

/** The same, and the state. */
export interface Earlier extends Carried {
  readonly script: Script;
}

/**
 * What is found in a script of which nothing has changed since but the words of a few lines. Whatever is not about these words then only
 * moves. Where they do what they did before, nothing is worked out anew but the wording of the lines; else the flow is followed anew
 * along the paths that there were, and what is told of it only where something differs. Nothing where it cannot be told so simply.
 *
 * @param fixes the fixes of a finding of the script; there is no moving those
 */
export function* carrying(
  { script: before, found, followed }: Earlier,
  script: Script,
  snapshot: Snapshot,
  fixes: (finding: Finding) => readonly Fix[],
): Steps<Carried | undefined> {
  if (!found.flow) return undefined;
  const changed = changedLines(before, script);
  if (!changed) return undefined;
  const packs = snapshot.packs(script);
  const { set } = packs;
  const day = dayOf(script, snapshot);
  const change = changeOf(before, script, changed.first, changed.last + 1);
  let isDoneAsBefore = !countsCharacters(script, set, day);
  let isInSameLanguage = true;
  for (let index = changed.first; index <= changed.last; index++) {
    const was = before.tree.line(index) as Placed;
    const is = script.tree.line(index) as Placed;
    if (!standsTheSame(was, before, is, script)) return undefined;
    isInSameLanguage &&= isSpokenAlike(was, is);
    isDoneAsBefore &&= isInSameLanguage && doesTheSame(was, before, is, script, set, day);
  }
  const inLines = moved(found.inLines, change, fixes);
  const structure = moved(found.structure, change, fixes);
  if (!inLines || !structure) return undefined;
  const there = nodesWith(changed, script);
  const nodes = script.tree.nodes.slice(there.from, there.stop);
  // Words lead nowhere: whoever asks for paths is given those that there were.
  leavePaths(followed.flow.paths, script, snapshot);
  const inNodes = inNodesAnew(
    found.inNodes,
    { before, was: there, is: there },
    { script, packs, snapshot },
    change,
    fixes,
  );
  const isChanged = ({ start }: Finding): boolean => isWithin(changed, before, start);
  const kept = moved(
    found.worded.filter((each) => !isChanged(each)),
    change,
    fixes,
  );
  /** What is found in the lines that have changed, and what there is of all others. */
  const wordedAnew = (known: (placed: Placed) => Facts, others: readonly Finding[]): readonly Finding[] => {
    const worded = wordingFindings(script, nodes, set, day, known, () => true);
    const own = worded.filter(({ start }) => isWithin(changed, script, start));
    return [...others, ...own.map((each) => ({ ...each, fixes: () => fixes(each) }))];
  };
  if (isDoneAsBefore) {
    const flowed = moved(found.flowed, change, fixes);
    if (flowed && kept) {
      const known = ({ index }: Placed): Facts => followed.flow.known(followed.script.tree.line(index) as Placed);
      return { found: { ...found, inLines, inNodes, structure, flowed, worded: wordedAnew(known, kept) }, followed };
    }
  }
  const paths = pathsOn(followed.flow.paths.graph.of(script, snapshot), snapshot);
  const rules = isInSameLanguage ? followed.flow.watched.monitors.map(({ rule }) => rule) : rulesFor(script, set, day);
  const { flow, isBrokenAsBefore, makesKnownAsBefore } = isDoneAsBefore
    ? onceMore(followed.flow, paths, snapshot)
    : yield* followingAgain(followed.flow, script, paths, set, day, rules, pointsIn(nodes, paths));
  yield;
  const { told, settled } = toldAgain(found.flowed, flow, isBrokenAsBefore, (each) => movedOne(each, change, fixes));
  const flowed = yield* findingFlow(script, snapshot, set, day, flow, told, settled);
  const worded =
    kept && makesKnownAsBefore
      ? wordedAnew(flow.known, kept)
      : yield* findingWording(script, script.tree.nodes, set, day, flow);
  return { found: { inLines, inNodes, structure, flowed, worded, flow }, followed: { script, flow } };
}

/** The points of some nodes, however they are visited: what a line does can count for other lines of its node. */
function pointsIn(nodes: readonly ScriptNode[], { graph }: Paths): ReadonlySet<number> {
  const { visits, visitScripts, visitNodes, size } = graph.net;
  const numbers = new Set(nodes.map((node) => graph.script.tree.nodes.indexOf(node)));
  const points = new Set<number>();
  for (let point = 0; point < size; point++) {
    const visit = visits[point] as number;
    // The script is the first one of those that the conversation runs through.
    if (visitScripts[visit] === 0 && numbers.has(visitNodes[visit] as number)) points.add(point);
  }
  return points;
}

/** Where messages may only be so long, every word counts. */
function countsCharacters(script: Script, packs: PackSet, day: string): boolean {
  return packs.flow.some(
    (rule) => rule.limits.characters !== undefined && packs.inForce(rule, day) && appliesTo(rule, script),
  );
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

/** The nodes that some of the lines stand in, by their numbers. */
function nodesWith({ first, last }: Lines, { tree }: Script): { readonly from: number; readonly stop: number } {
  const from = firstWhere(tree.nodes, ({ stop }) => stop > first);
  return {
    from,
    stop: Math.max(
      from,
      firstWhere(tree.nodes, ({ index }) => index > last),
    ),
  };
}

function isWithin({ first, last }: Lines, { tree }: Script, offset: number): boolean {
  return (tree.line(first) as Placed).start <= offset && offset <= (tree.line(last) as Placed).end;
}

/** Of more lines than these that have changed, everything is looked at anew. */
const mostChanged = 20;

/** The lines that differ, where there are as many as before and the front matter stays. */
function changedLines({ tree: before }: Script, { tree: now }: Script): Lines | undefined {
  if (before.lineCount !== now.lineCount || before.frontMatter !== now.frontMatter) return undefined;
  const { above, below } = inCommon(before, now);
  const differs = (index: number): boolean => before.line(index)?.line !== now.line(index)?.line;
  let first = above;
  let last = now.lineCount - 1 - below;
  while (first <= last && !differs(first)) first++;
  while (last > first && !differs(last)) last--;
  return first <= last && last - first < mostChanged ? { first, last } : undefined;
}

/** Whether a line is the same to everything but the rules about wording and about the flow. */
function standsTheSame(was: Placed, before: Script, is: Placed, script: Script): boolean {
  if (was.line === is.line) return true;
  if (!isReadable(textOf(was, before)) || !isReadable(textOf(is, script))) return false;
  if (isLine(was, 'remark')) return isLine(is, 'remark');
  if (!isSpoken(was) || !isSpoken(is)) return false;
  const [old, now] = [was.line.speech, is.line.speech];
  return (
    was.line.kind === is.line.kind &&
    was.line.flaws.length === 0 &&
    is.line.flaws.length === 0 &&
    frameOf(was.line) === frameOf(is.line) &&
    old.text !== '' &&
    now.text !== '' &&
    old.variables.map(({ text }) => text).join('\n') === now.variables.map(({ text }) => text).join('\n') &&
    !arrow.test(old.text) &&
    !arrow.test(now.text)
  );
}

/** Whether such a line also does what it did before. */
function doesTheSame(was: Placed, before: Script, is: Placed, script: Script, packs: PackSet, day: string): boolean {
  if (was.line === is.line || !isSpoken(was) || !isSpoken(is)) return true;
  return isSame(
    actsIn(was.line, was.line.speech, before, packs, day),
    actsIn(is.line, is.line.speech, script, packs, day),
  );
}

/** Whether such a line is in the language that it was in, by which rules are chosen. */
function isSpokenAlike(was: Placed, is: Placed): boolean {
  if (was.line === is.line || !isSpoken(was) || !isSpoken(is)) return true;
  return languageOf(was.line.speech.text) === languageOf(is.line.speech.text);
}

function isSpoken(placed: Placed): placed is Placed<Utterance | Guidance> {
  return isLine(placed, 'utterance') || isLine(placed, 'guidance');
}

/** What could be meant as a jump is another rule's business. */
const arrow = /→|[-－–=＝—][>＞》]/;

function textOf({ start, end }: Placed, { written }: Script): string {
  return written.slice(start, end);
}

/** Everything of a line but what is said. */
function frameOf(line: Utterance | Guidance): string {
  const spoken = line.kind === 'utterance' ? [line.role.text, line.speaker, line.tone?.text ?? ''] : [];
  return [line.kind, line.head.start, line.head.end, ...spoken].join('\n');
}

function actsIn(
  line: Utterance | Guidance,
  speech: Speech,
  script: Script,
  packs: PackSet,
  day: string,
): ReadonlySet<string> {
  return actsOfSpeech(speech, speakerIn(line), script, packs, day);
}

function isSame(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  if (some.size !== others.size) return false;
  for (const each of some) if (!others.has(each)) return false;
  return true;
}
