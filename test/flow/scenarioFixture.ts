import assert from 'node:assert/strict';
import { runScenarios, type ScenarioResult } from '../../server/src/flow/scenario.ts';
import { fixture } from '../fixture.ts';

/** How the one scenario of a text went. */
export function run(text: string): ScenarioResult {
  const { script, snapshot } = fixture(text);
  const [result] = runScenarios(script, snapshot);
  assert.ok(result);
  return result;
}

/** The lines that a conversation comes to. */
export function linesOf({ steps }: ScenarioResult): number[] {
  return steps.flatMap(({ point: { kind, placed } }) => (kind === 'line' && placed ? [placed.index] : []));
}
