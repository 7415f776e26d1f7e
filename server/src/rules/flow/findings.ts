import type { Span } from '../../base/span.ts';
import { shift } from '../../base/span.ts';
import { completed, type Steps } from '../../base/steps.ts';
import type { Text } from '../../base/text.ts';
import type { Point } from '../../flow/graph.ts';
import type { Script } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import { type FlowRule, severities } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import { isLine, type ScriptNode } from '../../syntax/tree.ts';
import { type Finding, type Fix, groupedByRule, type Related } from '../finding.ts';
import { branchSpan, lineSpan, namesOn, nodeSpan, stepsOn, wayText } from '../structure/way.ts';
import { type Trial, trialOf } from './fixes/trial.ts';
import { flowFixes } from './fixes.ts';
import { type LimitBreach, limitBreaches } from './limits.ts';
import type { FlowResult, Violation } from './violations.ts';

/** Every rule about the flow that a script breaks, each place once, with a way that leads there. */
export function flowFindings(
  script: Script,
  snapshot: Snapshot,
  packs: PackSet,
  day: string,
  flow: FlowResult,
): Finding[] {
  return withoutEchoes(completed(findingFlow(script, snapshot, packs, day, flow)));
}

/**
 * The same in steps, a violation each, and with those that say less than another one.
 *
 * @param known what is known to be found at some places, if their rules are broken there
 * @param settled the rules of which all is known
 */
export function* findingFlow(
  script: Script,
  snapshot: Snapshot,
  packs: PackSet,
  day: string,
  flow: FlowResult,
  known: readonly Finding[] = [],
  settled: ReadonlySet<string> = new Set(),
): Steps<Finding[]> {
  const { paths, again, watched, violationsOf } = flow;
  const found = new Map<string, Finding>();
  let trial: Trial | undefined;
  const fixes = (violation: Violation, way: readonly Point[]): readonly Fix[] => {
    if (paths.graph.net.size <= mostPoints && flow.violations.length <= mostTried)
      trial ??= trialOf(script, snapshot, (each, world) => flowFindings(each, world, packs, day, again(each, world)));
    return flowFixes(violation, way, script, paths, packs, trial);
  };
  const keyOf = (rule: string, { start, end }: Span): string => `${rule} ${start} ${end}`;
  const add = (finding: Finding): void => {
    const key = keyOf(finding.rule, finding);
    if (!found.has(key)) found.set(key, finding);
  };
  const byRule = groupedByRule(known);
  const told = new Map(
    known.filter(({ rule }) => !settled.has(rule)).map((finding) => [keyOf(finding.rule, finding), finding]),
  );
  for (const { rule } of watched.monitors) {
    if (settled.has(rule.id)) {
      for (const finding of byRule.get(rule.id) ?? []) add(finding);
      continue;
    }
    for (const violation of violationsOf(rule)) {
      const { point } = violation;
      // What is in another file is told where the way leaves this one.
      const before = point.visit.script === script ? told.get(keyOf(rule.id, spanOf(point))) : undefined;
      add(before ?? findingOf(violation, script, packs, day, fixes));
      if (!before) yield;
    }
    yield;
  }
  for (const breach of limitBreaches(script, packs, day, paths)) add(breachFinding(breach, packs, day));
  return [...found.values()];
}

/** The categories that say less than another one does at the same place. */
const echoes: ReadonlyMap<string, string> = new Map([
  ['identity-before-disclosure', 'third-party-disclosure'],
  ['step-order', 'step-missing'],
]);

/** Fixes of more violations, and in larger scripts, are offered without trying them out, which takes a while each. */
const mostTried = 40;
const mostPoints = 4000;

/** Of this category each rule asks for something of its own: a message that lacks its signature may lack the way to opt out as well. */
const apart = 'channel-limits';

/**
 * One place has one finding of a category, the most serious one: whoever mends that looks again. Of the categories about
 * disclosure it has one; that a third party listens is the graver one. What is missing altogether is not out of order, too.
 */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, Finding>();
  const groupOf = ({ category, rule }: Finding): string =>
    category === apart ? rule : (echoes.get(category) ?? category);
  const rank = ({ category, severity }: Finding): number =>
    2 * severities.indexOf(severity) + (echoes.has(category) ? 1 : 0);
  for (const finding of findings) {
    const key = `${groupOf(finding)} ${finding.start} ${finding.end}`;
    const before = told.get(key);
    if (!before || rank(finding) < rank(before)) told.set(key, finding);
  }
  return [...told.values()];
}

function findingOf(
  violation: Violation,
  script: Script,
  packs: PackSet,
  day: string,
  fixes: (violation: Violation, way: readonly Point[]) => readonly Fix[],
): Finding {
  const { rule, point, replies = [] } = violation;
  const way = violation.way();
  const here = placeOf(point, way, script);
  // What is said in another file is quoted from there, wherever it is reported.
  const said = spanOf(point);
  const names = replies.map((id) => packs.reply(id)?.name ?? { zh: id, en: id });
  const values = {
    match: same(short(point.visit.script.written.slice(said.start, said.end))),
    replies: { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') },
  };
  const told = wayText(way);
  const filled = fill(rule.message, values);
  const elsewhere: Related[] =
    here.elsewhere === undefined
      ? []
      : [{ ...spanOf(here.elsewhere), uri: here.elsewhere.visit.script.uri, message: { zh: '在这里', en: 'Here' } }];
  return {
    ...base(rule, packs, day),
    start: here.start,
    end: here.end,
    message: { zh: `${filled.zh}路径：${told.zh}。`, en: `${filled.en} Path: ${told.en}.` },
    path: namesOn(way),
    related: [...stepsOn(way, script), ...elsewhere],
    fixes: () => (here.elsewhere ? noFixes : fixes(violation, way)),
  };
}

const noFixes: readonly Fix[] = [];

function breachFinding(
  { rule, start, end, value, limit, mended, way }: LimitBreach,
  packs: PackSet,
  day: string,
): Finding {
  return {
    ...base(rule, packs, day),
    start,
    end,
    message: fill(rule.message, { value: same(value), limit: same(limit) }),
    related: [],
    ...(way && { path: namesOn(way) }),
    fixes: () =>
      mended === undefined
        ? noFixes
        : [
            {
              title: { zh: `改为 ${mended}`, en: `Change it to ${mended}` },
              safe: false,
              edits: [{ start, end, newText: mended }],
            },
          ],
  };
}

function base(
  rule: FlowRule,
  packs: PackSet,
  day: string,
): Pick<Finding, 'rule' | 'category' | 'severity' | 'sources'> {
  const { id, category, severity } = rule;
  return { rule: id, category, severity, sources: packs.sourcesInForce(rule.sources, day) };
}

/** Where a finding stands in the script: at its point or, where that is in another file, at the line that leads there. */
function placeOf(point: Point, way: readonly Point[], script: Script): Span & { readonly elsewhere?: Point } {
  if (point.visit.script === script) return spanOf(point);
  const at = way.indexOf(point);
  const last = way.slice(0, at < 0 ? way.length : at).findLast((each) => each.visit.script === script && each.placed);
  return { ...(last ? spanOf(last) : nodeSpan(script.tree.nodes[0] as ScriptNode)), elsewhere: point };
}

/** What stands for a point in a finding: the words that are said there, or the name of the node. */
export function spanOf({ kind, placed, visit: { node } }: Point): Span {
  if (kind === 'line' || kind === 'end') {
    if (!placed) return nodeSpan(node);
    if (isLine(placed, 'branch')) return branchSpan(placed);
    return isLine(placed, 'utterance') || isLine(placed, 'guidance')
      ? shift(placed.line.speech, placed.start)
      : lineSpan(placed);
  }
  const spoken =
    kind === 'entry' ? node.lead.find((each) => isLine(each, 'utterance') && each.line.speaker === 'agent') : undefined;
  return spoken && isLine(spoken, 'utterance') ? shift(spoken.line.speech, spoken.start) : nodeSpan(node);
}

const longest = 40;

/** As a quotation within a sentence, which ends where the sentence does. */
function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text.replace(/[。．.]$/, '');
}

const same = (text: string): Text => ({ zh: text, en: text });

function fill(message: Text, values: { readonly [name: string]: Text }): Text {
  const filled = (language: 'zh' | 'en'): string =>
    message[language].replace(/\{(\w+)\}/g, (whole, name: string) => values[name]?.[language] ?? whole);
  return { zh: filled('zh'), en: filled('en') };
}
