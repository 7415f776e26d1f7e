import { foldName } from '../base/names.ts';
import { type Span, shift, touches } from '../base/span.ts';
import { pathsOf } from '../flow/paths.ts';
import { repliesOf } from '../flow/replies.ts';
import { lineAt, type NodeSymbol, type Script, type TargetReference, targetOf, variablesIn } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Pack, Reply, Step } from '../packs/pack.ts';
import { type Category, isCategory } from '../rules/finding.ts';
import type { RoleDeclaration } from '../syntax/frontMatter.ts';
import type { Guard, Heading, Says, Suppression } from '../syntax/line.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import {
  anytime,
  builtinVariables,
  findTerm,
  keywords,
  roles,
  spellings,
  suppressionFields,
  suppressionScopes,
  type Term,
  targets,
} from '../syntax/vocabulary.ts';
import { frontMatterEntity } from './frontMatterEntity.ts';
import { declaredRoles, expectationsIn, roleWordsIn } from './names.ts';

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
    /** A category, or a sentence that a scenario says for one. */
    | { readonly kind: 'reply'; readonly reply: Reply; readonly said?: string }
    /** A category that no pack knows, or a sentence that stands for one. */
    | { readonly kind: 'own-reply'; readonly name: string; readonly said?: string }
    | { readonly kind: 'variable'; readonly name: string }
    /** A name that the front matter declares for one of the built-in roles. */
    | { readonly kind: 'role'; readonly declaration: RoleDeclaration; readonly term: Term }
    | { readonly kind: 'rule'; readonly id: string }
    | { readonly kind: 'category'; readonly category: Category }
    | { readonly kind: 'pack'; readonly pack: Pack }
    /** A word of the condition of a guarded jump, but for its variables. */
    | { readonly kind: 'condition'; readonly placed: Placed<Guard> }
    /** How the agent is to say something. */
    | { readonly kind: 'tone'; readonly name: string }
    /** How a conversation ends, by its name. */
    | { readonly kind: 'outcome'; readonly name: string }
    | { readonly kind: 'term'; readonly term: Term }
    /** What the author wrote under a key. */
    | { readonly kind: 'value'; readonly key: Term }
  );

/** The most specific thing at an offset; only its line and the front matter are looked at. */
export function entityAt(script: Script, offset: number, snapshot: Snapshot): Entity | undefined {
  const placed = lineAt(script, offset);
  return (
    variableAt(script, placed, offset) ??
    targetAt(script, placed, offset, snapshot) ??
    roleAt(script, placed, offset) ??
    frontMatterEntity(script, offset, snapshot) ??
    lineEntityAt(script, placed, offset, snapshot)
  );
}

function variableAt(script: Script, placed: Placed, offset: number): Entity | undefined {
  const used = variablesIn(placed, script).find(({ whole }) => touches(whole, offset));
  if (used) return variable(used.text, used);
  const declared = script.tree.frontMatter.variables.find(({ nameSpan }) => touches(nameSpan, offset));
  return declared && variable(declared.name, declared.nameSpan);
}

function variable(name: string, { start, end }: Span): Entity | undefined {
  return name === '' ? undefined : { kind: 'variable', name, start, end };
}

function targetAt(script: Script, placed: Placed, offset: number, snapshot: Snapshot): Entity | undefined {
  const names = [targetOf(placed) ?? [], expectationsIn(script, placed, snapshot)].flat();
  const reference = names.find(({ span }) => touches(span, offset));
  return reference && targetEntity(script, reference, snapshot);
}

function targetEntity(script: Script, reference: TargetReference, snapshot: Snapshot): Entity | undefined {
  const { start, end } = reference.span;
  const expected = isLine(reference.placed, 'expect');
  const builtin = expected
    ? findTerm<string>(targets, reference.node.text)
    : targets.find(({ id }) => id === reference.builtin);
  const resolution = snapshot.resolve(script, reference);
  if (builtin && resolution.kind !== 'node') return { kind: 'term', term: builtin, start, end };
  if (resolution.kind === 'node') {
    const { script: home, symbol } = resolution;
    const step = snapshot.packs(script).set.step(symbol.name);
    return { kind: 'node', name: symbol.name, script: home, symbol, step, start, end };
  }
  return expected ? { kind: 'outcome', name: reference.node.text, start, end } : undefined;
}

function roleAt(script: Script, placed: Placed, offset: number): Entity | undefined {
  const words = [...declaredRoles(script), ...roleWordsIn(script, placed)];
  const found = words.find((word) => touches(word, offset));
  const declaration =
    found && script.tree.frontMatter.declaredRoles.find(({ name }) => foldName(name) === foldName(found.text));
  const term = roles.find(({ id }) => id === declaration?.kind);
  return found && declaration && term && { kind: 'role', declaration, term, start: found.start, end: found.end };
}

function lineEntityAt(script: Script, placed: Placed, offset: number, snapshot: Snapshot): Entity | undefined {
  const { line, start } = placed;
  const at = offset - start;
  const place = (span: Span): Span => shift({ start: span.start, end: span.end }, start);
  switch (line.kind) {
    case 'heading':
      return headingEntity(line, placed, at, script, snapshot);
    case 'branch':
      if (line.category.text === '' || !touches(line.category, at)) break;
      return { ...replyEntity(line.category.text, snapshot, script), ...place(line.category) };
    case 'says':
      if (!touches(line.reply, at)) break;
      return withPlace(saidEntity(line, script, snapshot), place(line.reply));
    case 'utterance':
      if (!line.tone || line.tone.text === '' || !touches(line.tone, at)) break;
      return { kind: 'tone', name: line.tone.text, ...place(line.tone) };
    case 'guard':
      if (!touches(line.condition, at)) break;
      return { kind: 'condition', placed: placed as Placed<Guard>, ...place(line.condition) };
    case 'outcome':
      if (line.name.text === '' || !touches(line.name, at)) break;
      return { kind: 'outcome', name: line.name.text, ...place(line.name) };
    case 'suppression': {
      const found = suppressionEntity(line, script.written.slice(start, placed.end), at);
      if (found) return { ...found, ...place(found) };
      break;
    }
    default:
  }
  if (!touches(line.head, at) || line.kind === 'front-matter' || line.kind === 'unknown') return undefined;
  const word = script.written.slice(start + line.head.start, start + line.head.end);
  const speaker = 'speaker' in line && line.kind !== 'says' ? roles.find(({ id }) => id === line.speaker) : undefined;
  const term =
    speaker ?? (line.kind === 'says' ? keywords.find(({ id }) => id === 'says') : findTerm<string>(keywords, word));
  return term && { kind: 'term', term, ...place(line.head) };
}

function headingEntity(
  line: Heading,
  { start }: Placed,
  at: number,
  script: Script,
  snapshot: Snapshot,
): Entity | undefined {
  const packs = snapshot.packs(script).set;
  const place = (span: Span): Span => shift({ start: span.start, end: span.end }, start);
  const word = line.steps.find((each) => touches(each, at));
  const step = word && packs.step(word.text);
  if (word && step) return { kind: 'step', step, ...place(word) };
  const symbol = touches(line.name, at)
    ? script.nodes.find(({ span }) => span.start === start + line.name.start)
    : undefined;
  if (!symbol) return undefined;
  if (findTerm<string>([anytime], symbol.name)) return { kind: 'term', term: anytime, ...place(line.name) };
  return { kind: 'node', name: symbol.name, script, symbol, step: packs.step(symbol.name), ...place(line.name) };
}

type What<Kind extends Entity['kind']> = Kind extends string
  ? Omit<Extract<Entity, { kind: Kind }>, 'start' | 'end'>
  : never;

function withPlace(what: What<'reply' | 'own-reply'> | undefined, span: Span): Entity | undefined {
  return what && { ...what, ...span };
}

function replyEntity(name: string, snapshot: Snapshot, script: Script): What<'reply' | 'own-reply'> {
  const reply = snapshot.packs(script).set.reply(name);
  return reply ? { kind: 'reply', reply } : { kind: 'own-reply', name };
}

/** What a scenario lets the customer say, as the scenario will be run: a category, or a sentence that means one. */
function saidEntity(
  { reply: { text } }: Says,
  script: Script,
  snapshot: Snapshot,
): What<'reply' | 'own-reply'> | undefined {
  const packs = snapshot.packs(script).set;
  if (text === '') return undefined;
  if (packs.reply(text)) return replyEntity(text, snapshot, script);
  const meant = repliesOf(pathsOf(script, snapshot).graph, packs).meaning(text);
  if (meant === undefined) return undefined;
  const found = replyEntity(meant, snapshot, script);
  return foldName(meant) === foldName(text) ? found : { ...found, said: text };
}

/** The rule, the scope or a field of a suppression. Spans count from the start of the line. */
function suppressionEntity({ rule, scopeWord, fields }: Suppression, text: string, at: number): Entity | undefined {
  const scope = scopeWord && touches(scopeWord, at) ? findTerm<string>(suppressionScopes, scopeWord.text) : undefined;
  if (scope && scopeWord) return { kind: 'term', term: scope, start: scopeWord.start, end: scopeWord.end };
  if (rule.text !== '' && touches(rule, at)) {
    const { start, end } = rule;
    return isCategory(rule.text)
      ? { kind: 'category', category: rule.text, start, end }
      : { kind: 'rule', id: rule.text, start, end };
  }
  for (const term of suppressionFields) {
    const value = fields[term.id];
    const before = text.slice(rule.end, value?.start ?? rule.end);
    const word = [...before.matchAll(new RegExp(spellings(term).join('|'), 'gi'))].at(-1);
    const start = rule.end + (word?.index ?? 0);
    if (word && value && touches({ start, end: value.end }, at))
      return { kind: 'term', term, start, end: start + word[0].length };
  }
  return undefined;
}

/** The built-in variable of this name. */
export function builtinVariable(name: string): (typeof builtinVariables)[number] | undefined {
  return builtinVariables.find(({ zh }) => foldName(zh[0]) === foldName(name));
}
