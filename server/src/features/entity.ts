import { foldName } from '../base/names.ts';
import { type Span, shift, touches } from '../base/span.ts';
import { lineAt, type NodeSymbol, type Script, type TargetReference, type VariableReference } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Reply, Step } from '../packs/pack.ts';
import type { VariableDeclaration } from '../syntax/frontMatter.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import {
  anytime,
  builtinVariables,
  findTerm,
  frontMatterKeys,
  keywords,
  roles,
  type Term,
  targets,
} from '../syntax/vocabulary.ts';

/** What stands at a place of a script. Spans count from the start of the file. */
export type Entity = Span &
  (
    | {
        readonly kind: 'node';
        readonly name: string;
        readonly script: Script;
        readonly symbol: NodeSymbol;
        readonly step: Step | undefined;
      }
    | { readonly kind: 'step'; readonly step: Step }
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'variable'; readonly name: string; readonly declaration: VariableDeclaration | undefined }
    | { readonly kind: 'rule'; readonly id: string }
    | { readonly kind: 'term'; readonly term: Term }
  );

/** The most specific thing at an offset. */
export function entityAt(script: Script, offset: number, snapshot: Snapshot): Entity | undefined {
  return (
    variableAt(script, offset) ??
    targetAt(script, offset, snapshot) ??
    frontMatterAt(script, offset) ??
    lineEntityAt(script, offset, snapshot)
  );
}

function variableAt(script: Script, offset: number): Entity | undefined {
  const used = script.variables.find(({ whole }) => touches(whole, offset));
  if (used) return variable(script, used.text, used);
  const declared = script.tree.frontMatter.variables.find(({ nameSpan }) => touches(nameSpan, offset));
  return declared && variable(script, declared.name, declared.nameSpan);
}

function variable(script: Script, name: string, { start, end }: Span): Entity | undefined {
  const declaration = script.declaration(name);
  return name === '' ? undefined : { kind: 'variable', name, declaration, start, end };
}

function targetAt(script: Script, offset: number, snapshot: Snapshot): Entity | undefined {
  const reference = script.targets.find(({ span }) => touches(span, offset));
  return reference && targetEntity(script, reference, snapshot);
}

function targetEntity(script: Script, reference: TargetReference, snapshot: Snapshot): Entity | undefined {
  const { start, end } = reference.span;
  const builtin = reference.builtin && targets.find(({ id }) => id === reference.builtin);
  if (builtin) return { kind: 'term', term: builtin, start, end };
  const resolution = snapshot.resolve(script, reference);
  if (resolution.kind !== 'node') return undefined;
  const step = snapshot.packs(script).set.step(resolution.symbol.name);
  return {
    kind: 'node',
    name: resolution.symbol.name,
    script: resolution.script,
    symbol: resolution.symbol,
    step,
    start,
    end,
  };
}

function frontMatterAt(script: Script, offset: number): Entity | undefined {
  for (const [id, { key }] of script.tree.frontMatter.keys) {
    const term = frontMatterKeys.find((each) => each.id === id);
    if (term && touches(key, offset)) return { kind: 'term', term, ...key };
  }
  return undefined;
}

function lineEntityAt(script: Script, offset: number, snapshot: Snapshot): Entity | undefined {
  const placed = lineAt(script, offset);
  const { line, start } = placed;
  const packs = snapshot.packs(script).set;
  const at = offset - start;
  const place = (span: Span): Span => shift({ start: span.start, end: span.end }, start);
  switch (line.kind) {
    case 'heading': {
      const word = line.steps.find((each) => touches(each, at));
      const step = word && packs.step(word.text);
      if (word && step) return { kind: 'step', step, ...place(word) };
      const symbol = touches(line.name, at)
        ? script.nodes.find(({ span }) => span.start === start + line.name.start)
        : undefined;
      if (!symbol) return undefined;
      if (foldName(symbol.name) === foldName(anytime.zh[0]) || foldName(symbol.name) === foldName(anytime.en[0])) {
        return { kind: 'term', term: anytime, ...place(line.name) };
      }
      return { kind: 'node', name: symbol.name, script, symbol, step: packs.step(symbol.name), ...place(line.name) };
    }
    case 'branch': {
      const reply = touches(line.category, at) ? packs.reply(line.category.text) : undefined;
      if (reply) return { kind: 'reply', reply, ...place(line.category) };
      break;
    }
    case 'says': {
      const reply = touches(line.reply, at) ? packs.reply(line.reply.text) : undefined;
      if (reply) return { kind: 'reply', reply, ...place(line.reply) };
      break;
    }
    case 'expect': {
      const expected = expectedNodes(script, placed, snapshot).find(({ span }) => touches(span, offset));
      if (!expected) break;
      const { script: home, symbol, span } = expected;
      return { kind: 'node', name: symbol.name, script: home, symbol, step: packs.step(symbol.name), ...span };
    }
    case 'suppression':
      if (touches(line.rule, at)) return { kind: 'rule', id: line.rule.text, ...place(line.rule) };
      break;
    default:
  }
  if (!touches(line.head, at) || line.kind === 'front-matter' || line.kind === 'unknown') return undefined;
  const word = script.source.slice(start + line.head.start, start + line.head.end);
  const speaker = 'speaker' in line && line.kind !== 'says' ? roles.find(({ id }) => id === line.speaker) : undefined;
  const term =
    speaker ?? (line.kind === 'says' ? keywords.find(({ id }) => id === 'says') : findTerm<string>(keywords, word));
  return term && { kind: 'term', term, ...place(line.head) };
}

/** The nodes that a line `期望` names, of this file or, as `文件/节点`, of another; the span is that of the node's name. */
function expectedNodes(
  script: Script,
  placed: Placed,
  snapshot: Snapshot,
): { readonly script: Script; readonly symbol: NodeSymbol; readonly span: Span }[] {
  if (!isLine(placed, 'expect')) return [];
  return placed.line.names.flatMap((name) => {
    const { start, end } = shift(name, placed.start);
    const slash = Math.max(name.text.lastIndexOf('/'), name.text.lastIndexOf('／'));
    const node = { text: name.text.slice(slash + 1), start: start + slash + 1, end };
    const file = slash < 0 ? undefined : { text: name.text.slice(0, slash), start, end: start + slash };
    const found = snapshot.resolve(script, { placed, span: { start, end }, node, ...(file && { file }) });
    return found.kind === 'node'
      ? [{ script: found.script, symbol: found.symbol, span: { start: node.start, end } }]
      : [];
  });
}

/** Every place of the workspace that names a node. */
export function* nodeReferences(
  symbol: NodeSymbol,
  home: Script,
  snapshot: Snapshot,
): Generator<{ script: Script; span: Span }> {
  for (const script of snapshot.scripts) {
    for (const reference of script.targets) {
      const resolution = snapshot.resolve(script, reference);
      if (resolution.kind !== 'node' || resolution.script !== home) continue;
      if (foldName(resolution.symbol.name) === foldName(symbol.name)) yield { script, span: reference.node };
    }
    for (const placed of script.tree.scenarios.flatMap(({ lines }) => lines)) {
      for (const expected of expectedNodes(script, placed, snapshot))
        if (expected.script === home && foldName(expected.symbol.name) === foldName(symbol.name))
          yield { script, span: expected.span };
    }
  }
}

/** Every use of a variable in its script. */
export function variableReferences(script: Script, name: string): VariableReference[] {
  return script.variables.filter(({ text }) => foldName(text) === foldName(name));
}

/** Where a variable comes from: its declaration, or the line that first records it. */
export function variableOrigin(script: Script, name: string): Span | undefined {
  const declared = script.declaration(name)?.nameSpan;
  if (declared) return declared;
  const recorded = variableReferences(script, name).find(({ use }) => use === 'record');
  return recorded && { start: recorded.start, end: recorded.end };
}

/** The built-in variable of this name. */
export function builtinVariable(name: string): (typeof builtinVariables)[number] | undefined {
  return builtinVariables.find(({ zh }) => foldName(zh[0]) === foldName(name));
}
