import type { Range } from 'vscode-languageserver-types';
import { inLanguage } from '../base/text.ts';
import type { Step } from '../flow/conversation.ts';
import { type Coverage, coverageOf } from '../flow/coverage.ts';
import type { Said } from '../flow/said.ts';
import { runScenario, type ScenarioResult } from '../flow/scenario.ts';
import type { Script } from '../model/script.ts';
import type { Placed } from '../syntax/tree.ts';
import { toRange } from './convert.ts';
import type { Context, Feature } from './feature.ts';
import { namedScenarios } from './scenarios.ts';
import { type Spoken, spokenText } from './transcript.ts';

/** Which scenarios to run: all, or those of some scripts, or some of these by the ids of `huashu/scenarios`. */
export interface RunParams {
  readonly scripts?: readonly { readonly uri: string; readonly ids?: readonly string[] }[];
}

export interface RunResult {
  readonly results: readonly RanScenario[];
  /** Of every script that was run, or that a conversation came to. */
  readonly coverage: readonly CoveredScript[];
}

export interface RanScenario {
  readonly uri: string;
  readonly id: string;
  readonly passed: boolean;
  readonly failures: readonly {
    readonly message: string;
    readonly range: Range;
    /** The conversation up to there. */
    readonly transcript: readonly RanLine[];
    readonly related: { readonly uri: string; readonly range: Range } | null;
  }[];
  readonly transcript: readonly RanLine[];
}

/** Something that was said; `label` is all of it in the language of the editor. */
export interface RanLine extends Spoken {
  readonly label: string;
  readonly uri: string;
  readonly range: Range;
}

/** How often each part of a script was come to. */
export interface CoveredScript {
  readonly uri: string;
  readonly nodes: readonly { readonly name: string; readonly range: Range; readonly count: number }[];
  readonly lines: readonly {
    readonly range: Range;
    readonly count: number;
    /** Where the line leads to different places: each of them. */
    readonly branches: readonly { readonly label: string; readonly range: Range; readonly count: number }[];
  }[];
}

/** `huashu/runScenarios`: runs scenarios as the texts are at this moment. */
export const runScenarios: Feature<RunParams | null, RunResult> = {
  method: 'huashu/runScenarios',
  capability: {},
  everywhere: true,
  run(context, params) {
    const { snapshot } = context;
    const wanted: readonly { readonly uri: string; readonly ids?: readonly string[] }[] =
      params?.scripts ?? snapshot.scripts.filter(({ hasScenarios }) => hasScenarios);
    const ran = wanted.flatMap(({ uri, ids }) => {
      const script = snapshot.script(uri);
      if (!script) return [];
      return namedScenarios(script)
        .filter(({ id }) => ids === undefined || ids.includes(id))
        .map(({ id, scenario }) => ({ id, result: runScenario(scenario, script, snapshot) }));
    });
    const scripts = new Set(ran.flatMap(({ result }) => [result.script, ...result.steps.map(scriptAt)]));
    const coverage = coverageOf(
      ran.map(({ result }) => result),
      [...scripts],
    );
    return {
      results: ran.map(({ id, result }) => ranScenario(id, result, context)),
      coverage: coverage.map((each) => coveredScript(each, context)),
    };
  },
};

function scriptAt({ point }: Step): Script {
  return point.visit.script;
}

function ranScenario(id: string, { script, failures, said }: ScenarioResult, { language }: Context): RanScenario {
  const transcript = (lines: readonly Said[]): RanLine[] =>
    lines.map(({ node, speaker, category, text, script: of, placed }) => {
      const spoken: Spoken = { node: node === '' ? null : node, speaker, reply: category ?? null, text };
      return { ...spoken, label: spokenText(spoken, language), uri: of.uri, range: lineRange(of, placed) };
    });
  return {
    uri: script.uri,
    id,
    passed: failures.length === 0,
    failures: failures.map(({ message, related, said: before, ...span }) => ({
      message: inLanguage(message, language),
      range: toRange(script, span),
      transcript: transcript(before),
      related: related ? { uri: related.script.uri, range: lineRange(related.script, related.placed) } : null,
    })),
    transcript: transcript(said),
  };
}

function coveredScript({ script, nodes, branches, guards, lines }: Coverage, { language }: Context): CoveredScript {
  const zh = language === 'zh-CN';
  const ways = new Map<Placed, CoveredScript['lines'][number]['branches']>();
  for (const { guard, taken, passed } of guards) {
    const range = lineRange(script, guard);
    ways.set(guard, [
      { label: zh ? '成立' : 'it holds', range, count: taken },
      { label: zh ? '不成立' : 'it does not hold', range, count: passed },
    ]);
  }
  const headings = nodes.flatMap(({ node, count }) => {
    const alternatives = branches.filter((each) => each.node === node);
    const line = node.heading ?? alternatives[0]?.branch;
    if (!line) return [];
    return [
      {
        range: lineRange(script, line),
        count,
        branches: alternatives.map(({ branch, count: times }) => ({
          label: branch.line.category.text,
          range: lineRange(script, branch),
          count: times,
        })),
      },
    ];
  });
  return {
    uri: script.uri,
    nodes: nodes.map(({ node, count }) => ({
      name: node.heading?.line.name.text ?? (zh ? '（开头）' : '(beginning)'),
      range: node.heading ? lineRange(script, node.heading) : toRange(script, node.span),
      count,
    })),
    lines: [
      ...headings,
      ...lines.map(({ placed, count }) => ({
        range: lineRange(script, placed),
        count,
        branches: ways.get(placed) ?? [],
      })),
    ],
  };
}

function lineRange(script: Script, { start, end }: Placed): Range {
  return toRange(script, { start, end });
}
