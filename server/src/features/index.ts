import { codeActions } from './codeActions.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentSymbols } from './documentSymbols.ts';
import type { Feature } from './feature.ts';
import { folding } from './folding.ts';
import { hover } from './hover.ts';
import { references } from './references.ts';
import { runScenarios } from './runScenarios.ts';
import { scenarios } from './scenarios.ts';

/** Every language feature; one that is not listed here is not offered. */
export const features: readonly Feature<never, unknown>[] = [
  diagnostics,
  completion,
  hover,
  codeActions,
  documentSymbols,
  folding,
  definition,
  references,
  scenarios,
  runScenarios,
];
