// Counts work, in a process of its own, and prints it as JSON: what is counted must not hang on what ran before.
import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { Context } from '../../server/src/features/feature.ts';
import { startCounting, workOf } from './count.ts';

startCounting();
const { scriptOfLines } = await import('../bench/generate.ts');
const { longScript } = await import('../bench/scripts.ts');
const { bundledPacks, today, workspaceWith } = await import('../bench/ground.ts');
const { createChecker } = await import('../../server/src/rules/checker.ts');
const { packSetOf } = await import('../../server/src/packs/packSet.ts');
const { checkWording } = await import('../../server/src/rules/wording.ts');
const { parse } = await import('../../server/src/syntax/parse.ts');
const { followFlow } = await import('../../server/src/rules/flow/violations.ts');
const { flowMap } = await import('../../server/src/views/map.ts');
const { codeLens } = await import('../../server/src/features/codeLens.ts');
const { diagnostics } = await import('../../server/src/features/diagnostics.ts');
const { documentLinks } = await import('../../server/src/features/documentLinks.ts');
const { documentSymbols } = await import('../../server/src/features/documentSymbols.ts');
const { folding } = await import('../../server/src/features/folding.ts');
const { inlayHints } = await import('../../server/src/features/inlayHints.ts');
const { semanticTokens } = await import('../../server/src/features/semanticTokens.ts');
const { defaultEditorSettings } = await import('../../server/src/features/editorSettings.ts');
const { stationsScript } = await import('../views/scripts.ts');

const packs = bundledPacks();

/** Lines that were never seen before, when all that is worked out once has been worked out. */
function matching(): number {
  const set = packSetOf(packs);
  const said = (seed: number): string[] =>
    scriptOfLines(300, seed)
      .split('\n')
      .filter((line) => line.startsWith('坐席：'));
  const read = (lines: readonly string[]): void => {
    for (const text of lines) checkWording({ text, variables: [], speaker: 'agent', steps: [], facts: {} }, set, today);
  };
  read(said(51));
  const lines = said(52);
  return workOf(() => read(lines)).blocksIn('matcher') / lines.join('').length;
}

function parsing(): number {
  const text = scriptOfLines(1000);
  return workOf(() => parse(text)).blocksIn('syntax', 'base') / text.length;
}

/** A key in what an agent says, when there have been others. */
function keyIn(lines: number): {
  readonly scanned: number;
  readonly judged: number;
  readonly matcherBlocks: number;
  readonly blocksALine: number;
} {
  const checker = createChecker();
  const workspace = workspaceWith(packs);
  let text = scriptOfLines(lines, 60);
  let version = 0;
  const set = (): void => {
    const script = workspace.set('file:///w/a.huashu', ++version, text);
    checker.check(script, workspace.snapshot());
  };
  set();
  for (const share of [0.2, 0.8]) {
    text = withDigit(text, share);
    set();
  }
  text = withDigit(text, 0.5);
  const work = workOf(set);
  return {
    scanned: work.calls('syntax/scan.ts', 'scanAt'),
    judged: work.calls('rules/wording.ts', 'checkWording'),
    matcherBlocks: work.blocksIn('matcher'),
    blocksALine: work.blocksIn('base', 'syntax', 'model', 'flow', 'rules') / lines,
  };
}

/** One more digit in an amount, which changes nothing of what the line does. */
function withDigit(text: string, share: number): string {
  const line = text.indexOf('坐席：系统里显示您', Math.floor(share * text.length));
  const at = text.indexOf('已经还过', line) + '已经还过'.length;
  return `${text.slice(0, at)}1${text.slice(at)}`;
}

/** What an editor asks about the whole of a script behind a key in what an agent says; and how often a graph is built for it. */
function askedBehindKey(lines: number): { readonly blocksALine: number; readonly graphs: number } {
  const checker = createChecker();
  const workspace = workspaceWith(packs);
  const uri = 'file:///w/a.huashu';
  let text = scriptOfLines(lines, 60);
  let version = 0;
  let told: readonly Diagnostic[] = [];
  const ask = (): void => {
    workspace.set(uri, ++version, text);
    const snapshot = workspace.snapshot();
    const before = told;
    const context: Context = {
      snapshot,
      language: 'zh-CN',
      findings: (script) => checker.check(script, snapshot),
      told: () => before,
    };
    const params = { textDocument: { uri } };
    told = diagnostics.run(context, params).items;
    inlayHints.run(context, {
      ...params,
      range: { start: { line: 10, character: 0 }, end: { line: 60, character: 0 } },
    });
    for (const feature of [semanticTokens, codeLens, documentSymbols, folding, documentLinks])
      feature.run(context, params);
  };
  ask();
  for (const share of [0.2, 0.8]) {
    text = withDigit(text, share);
    ask();
  }
  text = withDigit(text, 0.5);
  const work = workOf(ask);
  return {
    blocksALine: work.blocksIn('base', 'syntax', 'model', 'flow', 'rules', 'features') / lines,
    graphs: work.calls('flow/graph.ts', 'buildingGraph'),
  };
}

/**
 * A key behind which a line does something else, one behind which a reply leads elsewhere, and one in a line that says nothing yet, when
 * there have been others.
 */
function turnIn(lines: number) {
  const checker = createChecker();
  const workspace = workspaceWith(packs);
  const text = scriptOfLines(lines, 61);
  let version = 0;
  const set = (source: string): void => {
    const script = workspace.set('file:///w/b.huashu', ++version, source);
    checker.check(script, workspace.snapshot());
  };
  const at = text.indexOf('\n坐席：', Math.floor(text.length / 2)) + '\n坐席：'.length;
  const saying = (words: string): string => text.slice(0, at) + words + text.slice(text.indexOf('\n', at));
  const arrow = text.indexOf(' → 节', Math.floor(text.length / 2));
  const leading = (to: string): string => `${text.slice(0, arrow)} → ${to}${text.slice(text.indexOf('\n', arrow))}`;
  const words = ['可以为您办理分期。', '我们会联系您的家人。', '请拨打客服热线投诉。'];
  for (const word of words) set(saying(word));
  const act = workOf(() => set(saying('可以为您办理分期。')));
  for (const to of ['节7', '节9']) set(leading(to));
  const jump = workOf(() => set(leading('节8')));
  const writing = (typed: string): string => `${text.slice(0, at)}${typed}\n坐席：${text.slice(at)}`;
  for (const typed of ['', '好']) set(writing(`好的。\n${typed}`));
  const unfinished = workOf(() => set(writing('好的。\n好的')));
  const blocks = ['base', 'syntax', 'model', 'flow', 'rules'];
  return {
    graphs: act.calls('flow/build.ts', 'createBuilder'),
    told: act.calls('rules/flow/findings.ts', 'findingOf'),
    actBlocksALine: act.blocksIn(...blocks) / lines,
    jumpBlocksALine: jump.blocksIn(...blocks) / lines,
    graphsAnew: jump.calls('flow/graph.ts', 'buildingGraph'),
    unfinishedBlocksALine: unfinished.blocksIn(...blocks) / lines,
    followed: unfinished.calls('rules/flow/violations.ts', 'followingFlow'),
  };
}

/** All paths of a conversation, for each of its nodes. */
function flow(nodes: number): number {
  const workspace = workspaceWith(packs);
  const first = workspace.set('file:///w/first.huashu', 0, longScript(20));
  const script = workspace.set('file:///w/flow.huashu', 0, longScript(nodes));
  const snapshot = workspace.snapshot();
  const { set } = snapshot.packs(script);
  // What is worked out once of the packs is no part of it.
  followFlow(first, snapshot, set, today);
  return workOf(() => followFlow(script, snapshot, set, today)).blocksIn('flow', 'rules') / nodes;
}

/** The map of a script, laid out and drawn for the first time when all its paths are known: the work for each node, and what the editor is sent. */
function map(nodes: number): { readonly blocksANode: number; readonly bytesANode: number } {
  const workspace = workspaceWith(packs);
  const script = workspace.set('file:///w/map.huashu', 0, stationsScript(nodes));
  const snapshot = workspace.snapshot();
  const found = createChecker().check(script, snapshot);
  let answer = '';
  const work = workOf(() => {
    const context = { snapshot, language: 'zh-CN', editor: defaultEditorSettings, findings: () => found } as const;
    answer = JSON.stringify(flowMap(script, context));
  });
  return { blocksANode: work.blocksIn('views') / nodes, bytesANode: Buffer.byteLength(answer) / nodes };
}

const measured = {
  matcherBlocksACharacter: matching(),
  syntaxBlocksACharacter: parsing(),
  key: keyIn(400),
  keyInFourTimes: keyIn(1600),
  asked: askedBehindKey(400),
  askedInFourTimes: askedBehindKey(1600),
  turn: turnIn(400),
  turnInFourTimes: turnIn(1600),
  flowBlocksANode: flow(200),
  flowBlocksANodeInFourTimes: flow(800),
  map: map(120),
  mapOfFourTimes: map(480),
};
export type Measured = typeof measured;

console.log(JSON.stringify(measured));
