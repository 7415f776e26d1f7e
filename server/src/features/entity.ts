import { foldName } from '../base/names.ts';
import { type Span, shift, touches } from '../base/span.ts';
import { lineAt, type NodeSymbol, type Script, type TargetReference } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Reply, Step } from '../packs/pack.ts';
import type { RoleDeclaration, VariableDeclaration } from '../syntax/frontMatter.ts';
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
import { expectations, roleWords } from './names.ts';

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
    /** A name that the front matter declares for one of the built-in roles. */
    | { readonly kind: 'role'; readonly declaration: RoleDeclaration; readonly term: Term }
    | { readonly kind: 'rule'; readonly id: string }
    | { readonly kind: 'term'; readonly term: Term }
  );

/** The most specific thing at an offset. */
export function entityAt(script: Script, offset: number, snapshot: Snapshot): Entity | undefined {
  return (
    variableAt(script, offset) ??
    targetAt(script, offset, snapshot) ??
    roleAt(script, offset) ??
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
  const names = [...script.targets, ...expectations(script, snapshot)];
  const reference = names.find(({ span }) => touches(span, offset));
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

function roleAt(script: Script, offset: number): Entity | undefined {
  const found = roleWords(script).find((word) => touches(word, offset));
  const declaration =
    found && script.tree.frontMatter.declaredRoles.find(({ name }) => foldName(name) === foldName(found.text));
  const term = roles.find(({ id }) => id === declaration?.kind);
  return found && declaration && term && { kind: 'role', declaration, term, start: found.start, end: found.end };
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

/** The built-in variable of this name. */
export function builtinVariable(name: string): (typeof builtinVariables)[number] | undefined {
  return builtinVariables.find(({ zh }) => foldName(zh[0]) === foldName(name));
}
