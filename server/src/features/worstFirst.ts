import { byGravity, type Finding } from '../rules/finding.ts';

/** Findings of one place as whoever stands there wants to read and to mend them: the gravest first, and of these what is about the fewest words. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  const size = ({ start, end }: Finding): number => end - start;
  return findings.toSorted((a, b) => byGravity(a, b) || size(a) - size(b));
}
