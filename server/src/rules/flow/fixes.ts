import type { Point } from '../../flow/graph.ts';
import type { Script } from '../../model/script.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Fix } from '../finding.ts';
import type { Violation } from './violations.ts';

/** The ways to mend a violation that its rule names and that can be done where it stands. */
export function flowFixes(
  _violation: Violation,
  _way: readonly Point[],
  _script: Script,
  _packs: PackSet,
): readonly Fix[] {
  return [];
}
