import { foldName } from '../base/names.ts';
import type { Span } from '../base/span.ts';
import { isAnytimeName } from '../flow/openings.ts';
import { type Script, targetOf, variablesIn } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { PackSet } from '../packs/packSet.ts';
import { standardRoles } from '../syntax/heads.ts';
import type { Heading, Line, Speech, Word } from '../syntax/line.ts';
import type { Placed } from '../syntax/tree.ts';
import { findTerm, targets } from '../syntax/vocabulary.ts';
import { expectationsIn, roleWordsIn } from './names.ts';

/** What tokens can be: names that themes of all editors know. */
export const tokenTypes = ['class', 'enumMember', 'variable', 'function', 'type', 'string', 'keyword'] as const;
/**
 * `defaultLibrary` is what packs and the language define. Of our own are `unknown`, what nothing defines, and `spoken`, what the
 * agent says and who speaks in a scenario.
 */
export const tokenModifiers = ['defaultLibrary', 'unknown', 'spoken'] as const;

/** A stretch of one line that gets another colour than the grammar gives it. Spans count from the start of the file. */
export interface Token extends Span {
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/**
 * What the grammar cannot know, since it sees one line and no names: standard steps, categories of the author's own, targets and
 * variables that nothing defines, and the lines of declared roles. Whatever the grammar colours rightly is left to it. In the
 * order of the text; no two overlap.
 */
export function tokensOf(script: Script, snapshot: Snapshot, within: Span): Token[] {
  const packs = snapshot.packs(script).set;
  const isIn = ({ start, end }: Span): boolean => end > start && start < within.end && end > within.start;
  const tokens: Token[] = [];
  for (const placed of script.tree.lines) {
    if (!isIn(placed) || isPlain(placed, script)) continue;
    const own = ownTokens(placed, script, packs);
    const named = [...targetTokens(placed, script, snapshot), ...variableTokens(placed, script)];
    const here = named.length === 0 ? own : [...own, ...named].sort((a, b) => a.start - b.start);
    for (const each of here) if (isIn(each)) tokens.push(each);
  }
  return tokens;
}

/** Most lines only say something, by a role that the grammar knows. */
function isPlain({ line }: Placed, script: Script): boolean {
  switch (line.kind) {
    case 'blank':
    case 'remark':
    case 'fence':
    case 'front-matter':
      return true;
    case 'utterance':
      return line.speech.variables.length === 0 && !hasOwnRoles(script);
    case 'guidance':
      return line.speech.variables.length === 0;
    default:
      return false;
  }
}

const none: readonly Token[] = [];

function token(type: Token['type'], { start, end }: Span, ...modifiers: Token['modifiers']): Token {
  return { type, start, end, modifiers };
}

/** What follows from a line, the roles of its script and the packs. */
function ownTokens(placed: Placed, script: Script, packs: PackSet): readonly Token[] {
  const { line, start } = placed;
  const tokens = lineTokens(placed, script, packs);
  if ('role' in line && hasOwnRoles(script) && !isBuiltinRole(line.role)) tokens.push(...roleTokens(line));
  if (line.kind === 'says') tokens.push(...sayerTokens(placed, script));
  const at = (a: Token, b: Token): number => a.start - b.start;
  return tokens
    .sort(at)
    .map(({ type, start: from, end, modifiers }) =>
      token(type, { start: from + start, end: end + start }, ...modifiers),
    );
}

/** Without them every role is one that the grammar knows. */
function hasOwnRoles({ tree }: Script): boolean {
  return tree.frontMatter.declaredRoles.length > 0;
}

/** Spans count from the start of the line. */
function lineTokens({ line, start, end }: Placed, script: Script, packs: PackSet): Token[] {
  switch (line.kind) {
    case 'heading': {
      const isStandard = packs.step(line.name.text) !== undefined || isAnytimeName(line.name.text);
      return [
        ...(isStandard ? [token('class', bracketed(line, script.written.slice(start, end)), 'defaultLibrary')] : []),
        ...line.steps.map((word) =>
          packs.step(word.text) ? token('class', word, 'defaultLibrary') : token('class', word, 'unknown'),
        ),
      ];
    }
    case 'branch':
      return [token(packs.reply(line.category.text) ? 'enumMember' : 'string', line.category)];
    case 'says':
      return packs.reply(line.reply.text) ? [token('enumMember', line.reply)] : [];
    case 'unknown':
      return line.word && !script.tree.frontMatter.roles.has(foldName(line.word.text))
        ? [token('type', line.word, 'unknown')]
        : [];
    default:
      return [];
  }
}

/** The name of a node with its brackets, where it has both: they would look strange in another colour. */
function bracketed({ head, name }: Heading, text: string): Span {
  const close = text.slice(name.end).search(/[】\]］]/);
  return close < 0 ? name : { start: head.start, end: name.end + close + 1 };
}

function isBuiltinRole({ text }: Word): boolean {
  return standardRoles.has(foldName(text));
}

/** The whole line of a role that the front matter declares: to the grammar it is any word before a colon. */
function roleTokens(line: Extract<Line, { role: Word }>): Token[] {
  const role = token(line.speaker === 'agent' ? 'function' : 'type', line.role);
  const parts =
    line.kind === 'branch'
      ? [...line.examples.map((each) => token('string', each)), ...(line.arrow ? [token('keyword', line.arrow)] : [])]
      : [
          ...(line.tone ? [token('type', line.tone, 'defaultLibrary')] : []),
          ...spoken(line.speech, ...(line.speaker === 'agent' ? (['spoken'] as const) : [])),
        ];
  return [role, ...parts];
}

/** A speech without its variables. */
function spoken({ start, end, variables }: Speech, ...modifiers: Token['modifiers']): Token[] {
  const tokens: Token[] = [];
  let at = start;
  for (const { braces } of variables) {
    tokens.push(token('string', { start: at, end: braces.start }, ...modifiers));
    at = braces.end;
  }
  return [...tokens, token('string', { start: at, end }, ...modifiers)];
}

/** `家属说` in a scenario, where the role is declared. */
function sayerTokens(placed: Placed, script: Script): Token[] {
  const isDeclared = roleWordsIn(script, placed).some((word) => !isBuiltinRole(word));
  return isDeclared ? [token('keyword', placed.line.head, 'spoken')] : [];
}

/** Targets that lead nowhere, outcomes where nodes could stand, and what the line of a declared role leads to. */
function targetTokens(placed: Placed, script: Script, snapshot: Snapshot): readonly Token[] {
  const { line } = placed;
  if (line.kind === 'expect') {
    return expectationsIn(script, placed, snapshot).flatMap((reference): Token[] => {
      const isNode = snapshot.resolve(script, reference).kind === 'node';
      return isNode || findTerm<string>(targets, reference.node.text) ? [] : [token('string', reference.span)];
    });
  }
  const reference = targetOf(placed);
  if (!reference) return none;
  const { kind } = snapshot.resolve(script, reference);
  if (kind === 'unknown-node' || kind === 'unknown-file') return [token('class', reference.span, 'unknown')];
  if (!('role' in line) || !hasOwnRoles(script) || isBuiltinRole(line.role)) return none;
  return [kind === 'builtin' ? token('keyword', reference.span, 'defaultLibrary') : token('class', reference.span)];
}

/** Variables that nothing defines, and those in conditions, whose names may hold words that mean something elsewhere. */
function variableTokens(placed: Placed, script: Script): readonly Token[] {
  const variables = variablesIn(placed, script);
  if (variables.length === 0) return none;
  return variables.flatMap((each): Token[] => {
    if (each.text === '' || each.use === 'record') return [];
    if (!script.knows(each.text)) return [token('variable', each, 'unknown')];
    return each.use === 'condition' ? [token('variable', each)] : [];
  });
}
