import { foldName } from '../base/names.ts';
import { shift } from '../base/span.ts';
import type { Script, TargetReference } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Word } from '../syntax/line.ts';
import { isLine, type Placed } from '../syntax/tree.ts';

/** Where the lines of a script, and its front matter, name a role. Spans count from the start of the file. */
export function roleWords(script: Script): Word[] {
  return [...declaredRoles(script), ...script.tree.lines.flatMap((placed) => roleWordsIn(script, placed))];
}

/** Where its front matter does. */
export function declaredRoles(script: Script): Word[] {
  return script.tree.frontMatter.declaredRoles.map(({ nameSpan }) => unquotedIn(script, nameSpan));
}

/** Where a line names a role. */
export function roleWordsIn(script: Script, { line, start }: Placed): Word[] {
  if (line.kind === 'says') {
    // `家属说：…` names the role in its first word.
    const { text } = wordAt(script, shift(line.head, start));
    const role = /^(.+?)\s*(?:说|says)$/i.exec(text)?.[1];
    if (role === undefined) return [];
    const from = start + line.head.start;
    return [wordAt(script, { start: from, end: from + role.length })];
  }
  return 'role' in line ? [{ text: line.role.text, ...shift(line.role, start) }] : [];
}

/** The names in front-matter declarations of variables, without the quotes that may stand around them. */
export function declaredVariables(script: Script): Word[] {
  return script.tree.frontMatter.variables.map(({ nameSpan }) => unquotedIn(script, nameSpan));
}

/** What the lines `期望：` of a script name, as if it were the target of a jump; most of it is nodes, the rest outcomes. */
export function expectations(script: Script, snapshot: Snapshot): TargetReference[] {
  return script.tree.scenarios.flatMap(({ lines }) => lines.flatMap((placed) => namesIn(script, placed, snapshot)));
}

/** Those of one line; outside of scenarios there is nothing to expect. */
export function expectationsIn(script: Script, placed: Placed, snapshot: Snapshot): TargetReference[] {
  const isExpected = isLine(placed, 'expect') && script.tree.scenarios.some(({ lines }) => lines.includes(placed));
  return isExpected ? namesIn(script, placed, snapshot) : [];
}

function namesIn(script: Script, placed: Placed, snapshot: Snapshot): TargetReference[] {
  return isLine(placed, 'expect') ? placed.line.names.map((word) => expectation(script, placed, word, snapshot)) : [];
}

function expectation(script: Script, placed: Placed, word: Word, snapshot: Snapshot): TargetReference {
  const from = placed.start + word.start;
  const span = shift(word, placed.start);
  const slash = Math.max(word.text.lastIndexOf('/'), word.text.lastIndexOf('／'));
  if (slash > 0) {
    const file = wordAt(script, { start: from, end: from + slash });
    return { placed, span, file, node: wordAt(script, { start: from + slash + 1, end: span.end }) };
  }
  const node: Word = { text: word.text, ...span };
  if (script.node(word.text)) return { placed, span, node };
  // A node of another file may be called by its name alone, where the script leads to it.
  const elsewhere = script.targets.find((target) => {
    const found = target.file && foldName(target.node.text) === foldName(word.text);
    return found && snapshot.resolve(script, target).kind === 'node';
  });
  return { placed, span, node, ...(elsewhere?.file && { file: elsewhere.file }) };
}

/** The name inside a quoted key of the front matter; of any other key, the key. */
function unquotedIn(script: Script, span: { readonly start: number; readonly end: number }): Word {
  const word = wordAt(script, span);
  return /^(["']).*\1$/s.test(word.text) && word.text.length > 1
    ? wordAt(script, { start: span.start + 1, end: span.end - 1 })
    : word;
}

function wordAt({ written }: Script, { start, end }: { readonly start: number; readonly end: number }): Word {
  return { text: written.slice(start, end), start, end };
}
