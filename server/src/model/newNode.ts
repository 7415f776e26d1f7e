import { type Edit, insertion } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import { anytime, findTerm, keywords, roles, targets } from '../syntax/vocabulary.ts';
import type { Script } from './script.ts';
import { handOf } from './writing.ts';

/** A new node behind some place, with a blank line above it. */
export function nodeBehind(at: number, heading: string, lines: readonly string[], script: Script): Edit {
  const { eol } = handOf(script);
  const apart = script.source === '' ? '' : eol + eol;
  return insertion(at, apart + [heading, ...lines].join(eol));
}

/** Behind the last node, and before the scenarios. */
export function endOfNodes({ tree, written }: Script): number {
  return tree.nodes.at(-1)?.span.end ?? tree.scenarios[0]?.span.start ?? written.length;
}

/** The name with the first number behind it that makes it a new one. */
export function freeName(name: string, script: Script): string {
  let number = 2;
  while (script.node(`${name}${number}`)) number++;
  return `${name}${number}`;
}

/** The name or, where there is a node of that name, one with a number. */
export function newName(name: string, script: Script): string {
  return script.node(name) ? freeName(name, script) : name;
}

const taken = [...keywords, ...roles, ...targets, anytime];

/** Whether a node can be called so: the words of the language are no names. */
export function canBeNode(name: string): boolean {
  return foldName(name) !== '' && !findTerm<string>(taken, name);
}
