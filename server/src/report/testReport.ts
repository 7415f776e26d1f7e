import { inLanguage, type Language } from '../base/text.ts';
import type { Spoken } from '../features/transcript.ts';
import { counts } from '../flow/build.ts';
import type { Standing } from '../flow/conversation.ts';
import { type Coverage, type Shares, sharesOf, wayTo } from '../flow/coverage.ts';
import type { Ending } from '../flow/graph.ts';
import type { Said } from '../flow/said.ts';
import type { Failure, ScenarioResult } from '../flow/scenario.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Range } from '../report/report.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';

/** The shape of `huashu test --format json`, which users' pipelines rely on. Lines and characters count from 0. */
export interface TestReport {
  readonly files: readonly TestedFile[];
  readonly summary: {
    readonly files: number;
    readonly scenarios: number;
    readonly passed: number;
    readonly failed: number;
    /** Scripts in which there is no scenario. */
    readonly untested: number;
    /** Of the scripts that have scenarios, or that scenarios come to. */
    readonly coverage: Shares;
  };
}

export interface TestedFile {
  readonly path: string;
  readonly scenarios: readonly TestedScenario[];
  readonly coverage: Shares & { readonly uncovered: readonly Uncovered[] };
}

export interface TestedScenario {
  readonly name: string;
  readonly range: Range;
  readonly passed: boolean;
  readonly failures: readonly TestFailure[];
  readonly transcript: readonly TranscriptLine[];
  /** How the conversation ended; `null` where it waits for a reply or has come to a halt. */
  readonly end: { readonly kind: Ending | 'return'; readonly outcome: string | null } | null;
}

export interface TestFailure {
  readonly message: string;
  readonly range: Range;
  /** The line of a script that it has to do with; the line counts from 0. */
  readonly related: { readonly path: string; readonly line: number } | null;
  /** The conversation up to there. */
  readonly transcript: readonly TranscriptLine[];
}

/** Something that was said, and the line of the script that said it; the line counts from 0. */
export interface TranscriptLine extends Spoken {
  readonly path: string;
  readonly line: number;
}

/** Something that no scenario comes to. */
export interface Uncovered {
  readonly kind: 'node' | 'branch' | 'condition';
  readonly node: string | null;
  /** The category of a branch, the condition of a guarded jump. */
  readonly name: string | null;
  /** What of a condition was never so: that it holds, or that it does not. */
  readonly missing: 'taken' | 'passed' | null;
  readonly range: Range;
  /** Replies, and conditions that have to hold or not to, that lead there; `null` where no conversation of a bearable length does. */
  readonly way: {
    readonly replies: readonly string[];
    readonly conditions: readonly { readonly condition: string; readonly holds: boolean }[];
  } | null;
}

/** A scenario with more replies than these is nothing that anybody would write. */
const longestWay = 100;

/** Puts results together for all formats; `fileOf` says how files are called. */
export function testReport(
  results: ReadonlyMap<Script, readonly ScenarioResult[]>,
  coverage: readonly Coverage[],
  snapshot: Snapshot,
  language: Language,
  fileOf: (uri: string) => string,
): TestReport {
  const files = coverage.map((each): TestedFile => {
    const { script } = each;
    return {
      path: fileOf(script.uri),
      scenarios: (results.get(script) ?? []).map((result) => scenarioReport(result, language, fileOf)),
      coverage: { ...sharesOf([each]), uncovered: isTested(each) ? uncoveredIn(each, snapshot) : [] },
    };
  });
  const scenarios = files.flatMap((file) => file.scenarios);
  const passed = scenarios.filter((scenario) => scenario.passed).length;
  return {
    files,
    summary: {
      files: files.length,
      scenarios: scenarios.length,
      passed,
      failed: scenarios.length - passed,
      untested: files.filter((file) => file.scenarios.length === 0).length,
      coverage: sharesOf(coverage.filter(isTested)),
    },
  };
}

function isTested({ script, lines }: Coverage): boolean {
  return script.tree.scenarios.length > 0 || lines.some(({ count }) => count > 0);
}

function scenarioReport(
  { script, scenario, failures, said, standing }: ScenarioResult,
  language: Language,
  fileOf: (uri: string) => string,
): TestedScenario {
  const { heading } = scenario;
  const { name } = heading.line;
  const transcript = (lines: readonly Said[]): TranscriptLine[] => lines.map((line) => transcriptLine(line, fileOf));
  const failure = ({ message, start, end, related, said: before }: Failure): TestFailure => ({
    message: inLanguage(message, language),
    range: rangeOf(script, start, end),
    related: related ? { path: fileOf(related.script.uri), line: related.placed.index } : null,
    transcript: transcript(before),
  });
  return {
    name: name.text,
    range: rangeOf(script, heading.start + name.start, heading.start + name.end),
    passed: failures.length === 0,
    failures: failures.map(failure),
    transcript: transcript(said),
    end: standing ? endOf(standing) : null,
  };
}

function transcriptLine(
  { speaker, text, category, node, script, placed }: Said,
  fileOf: (uri: string) => string,
): TranscriptLine {
  return {
    node: node === '' ? null : node,
    speaker,
    reply: category ?? null,
    text,
    path: fileOf(script.uri),
    line: placed.index,
  };
}

function endOf({ kind, point: { ending, placed } }: Standing): TestedScenario['end'] {
  if (kind !== 'ended') return null;
  const outcome = ending === 'outcome' && placed && isLine(placed, 'outcome') ? placed.line.name.text : null;
  return { kind: ending ?? 'return', outcome };
}

function uncoveredIn({ script, nodes, branches, guards }: Coverage, snapshot: Snapshot): Uncovered[] {
  const nameOf = ({ heading }: ScriptNode): string | null => heading?.line.name.text ?? null;
  const lineOf = ({ start, end }: Placed): Range => rangeOf(script, start, end);
  const way = (placed: Placed | undefined): Uncovered['way'] => {
    const walk = placed && wayTo(placed, script, snapshot);
    if (!walk || walk.replies.length > longestWay) return null;
    return {
      replies: walk.replies.map(({ line }) => line.category.text),
      conditions: walk.guards.map(({ guard, taken }) => ({ condition: guard.line.condition.text, holds: taken })),
    };
  };
  const found: Uncovered[] = [];
  for (const { node, count } of nodes) {
    if (count > 0) continue;
    const first = node.heading ?? node.lines[0];
    const range = first ? lineOf(first) : rangeOf(script, node.span.start, node.span.start);
    const inside = node.lines.find(counts);
    found.push({ kind: 'node', node: nameOf(node), name: null, missing: null, range, way: way(inside) });
  }
  for (const { node, branch, count } of branches) {
    if (count > 0) continue;
    const name = branch.line.category.text;
    found.push({ kind: 'branch', node: nameOf(node), name, missing: null, range: lineOf(branch), way: way(branch) });
  }
  for (const { node, guard, taken, passed } of guards) {
    const name = guard.line.condition.text;
    const at = { kind: 'condition', node: nameOf(node), name, range: lineOf(guard), way: way(guard) } as const;
    if (taken === 0) found.push({ ...at, missing: 'taken' });
    if (passed === 0) found.push({ ...at, missing: 'passed' });
  }
  return found.sort((a, b) => a.range.start.line - b.range.start.line);
}

function rangeOf(script: Script, start: number, end: number): Range {
  return { start: script.text.positionAt(start), end: script.text.positionAt(end) };
}
