import type { Range } from 'vscode-languageserver-types';
import { foldName } from '../base/names.ts';
import type { Script } from '../model/script.ts';
import type { Scenario } from '../syntax/tree.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';

/** The scenarios of one script, for a test explorer. */
export interface ListedScript {
  readonly uri: string;
  readonly scenarios: readonly ListedScenario[];
}

export interface ListedScenario {
  /** Stays the same as long as the scenario keeps its name, wherever it moves. */
  readonly id: string;
  /** Empty where the author has not named it yet. */
  readonly name: string;
  /** From `用例` to its last line. */
  readonly range: Range;
}

/** `huashu/scenarios`: those of one script, or of every script that has any. */
export const scenarios: Feature<{ readonly uri?: string } | null, ListedScript[]> = {
  method: 'huashu/scenarios',
  capability: {},
  everywhere: true,
  run({ snapshot }, params) {
    if (params?.uri === undefined) return snapshot.scripts.filter(({ hasScenarios }) => hasScenarios).map(listedScript);
    const script = snapshot.script(params.uri);
    return script ? [listedScript(script)] : [];
  },
};

function listedScript(script: Script): ListedScript {
  return {
    uri: script.uri,
    scenarios: namedScenarios(script).map(({ id, scenario }) => ({
      id,
      name: scenario.heading.line.name.text,
      range: toRange(script, scenario.span),
    })),
  };
}

/** The scenarios of a script by their ids: their names, and a number from the second of one name on. */
export function namedScenarios(script: Script): readonly { readonly id: string; readonly scenario: Scenario }[] {
  const met = new Map<string, number>();
  return script.tree.scenarios.map((scenario) => {
    const name = foldName(scenario.heading.line.name.text);
    const count = (met.get(name) ?? 0) + 1;
    met.set(name, count);
    return { id: count === 1 ? name : `${name} #${count}`, scenario };
  });
}
