import { foldName } from '../base/names.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Condition } from '../syntax/condition.ts';
import type { VariableDeclaration } from '../syntax/frontMatter.ts';
import type { Speech } from '../syntax/line.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import { builtinVariables } from '../syntax/vocabulary.ts';
import { holdsFor } from './cells.ts';

/** What a guard comes to in one conversation, or the names of the variables without which it cannot be told. */
export type Verdict = { readonly holds: boolean } | { readonly missing: readonly string[] };

/**
 * The values of all variables in one conversation. What a scenario sets counts first, also after `记录`: it is what the customer
 * says there. Otherwise a variable has its sample, until `记录` makes it unknown.
 */
export interface Values {
  set(name: string, value: string): void;
  /** What a variable in a script is at the beginning, where nothing is set. */
  sample(name: string, script: Script): string | undefined;
  /** Takes note of a line `记录`. */
  record(placed: Placed): void;
  /** Whether the condition of a guarded jump holds. */
  decide(placed: Placed, script: Script): Verdict;
  /** A spoken text with values in place of its variables; one without any value stays as it is written. */
  fill(speech: Speech, script: Script): string;
}

/** The values at the beginning of the conversation of a script, whose declarations go before those of other files. */
export function createValues(home: Script, snapshot: Snapshot): Values {
  const given = new Map<string, string>();
  const recorded = new Map<string, string>();
  const declared = (name: string, script: Script): VariableDeclaration | undefined =>
    home.declaration(name) ?? script.declaration(name);
  const sample = (name: string, script: Script): string | undefined => {
    const own = declared(name, script)?.sample?.value;
    if (own !== undefined) return own;
    const builtin = builtinVariables.find(({ zh }) => foldName(zh[0]) === foldName(name));
    if (builtin?.id === 'institution') return home.tree.frontMatter.institution?.value ?? builtin.sample;
    if (builtin?.id === 'today') return snapshot.config(home).asOf ?? builtin.sample;
    return builtin?.sample;
  };
  const valueIn = (name: string, script: Script): string | undefined => {
    const set = given.get(foldName(name));
    if (set !== undefined) return set;
    return recorded.has(foldName(name)) ? undefined : sample(name, script);
  };
  const truth = (condition: Condition, script: Script, missing: Set<string>): boolean | undefined => {
    switch (condition.kind) {
      case 'and':
      case 'or': {
        const left = truth(condition.left, script, missing);
        const right = truth(condition.right, script, missing);
        // One side can decide it, whatever the other is.
        const deciding = condition.kind === 'or';
        if (left === deciding || right === deciding) return deciding;
        return left === undefined || right === undefined ? undefined : !deciding;
      }
      case 'not': {
        const operand = truth(condition.operand, script, missing);
        return operand === undefined ? undefined : !operand;
      }
      default: {
        const name = condition.variable.text;
        const value = valueIn(name, script);
        const holds = value === undefined ? undefined : holdsFor(condition, value, declared(name, script));
        if (holds === undefined) missing.add(name);
        return holds;
      }
    }
  };
  return {
    set: (name, value) => void given.set(foldName(name), value),
    sample,
    record(placed) {
      if (isLine(placed, 'record')) recorded.set(foldName(placed.line.variable.text), placed.line.value.text);
    },
    decide(placed, script) {
      const parsed = script.conditions.get(placed.index);
      const missing = new Set<string>();
      const holds = parsed?.condition && parsed.problems.length === 0 && truth(parsed.condition, script, missing);
      return typeof holds === 'boolean' ? { holds } : { missing: [...missing] };
    },
    fill({ text, start, variables }, script) {
      let filled = '';
      let at = 0;
      for (const { text: name, braces } of variables) {
        const value = valueIn(name, script) ?? recorded.get(foldName(name)) ?? sample(name, script);
        filled += text.slice(at, braces.start - start) + (value ?? `{${name}}`);
        at = braces.end - start;
      }
      return filled + text.slice(at);
    },
  };
}
