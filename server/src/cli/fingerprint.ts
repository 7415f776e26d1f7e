import { sha256 } from '../base/sha256.ts';
import type { FileReport, ReportedFinding } from '../report/report.ts';

/**
 * What tells each finding of a file from all others and stays the same when lines above it come and go: the rule, the file
 * and the words. Where the same words are wrong several times, they are counted.
 */
export function fingerprintsOf({ path, findings }: FileReport): ReadonlyMap<ReportedFinding, string> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const key = JSON.stringify([finding.rule, path, finding.text]);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [finding, sha256(`${key}${count}`).slice(0, 32)];
    }),
  );
}
