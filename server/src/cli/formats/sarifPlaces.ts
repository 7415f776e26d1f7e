import { pathToFileURL } from 'node:url';
import type { Artifact, ArtifactLocation, Region } from 'sarif';
import type { Range, Report } from '../../report/report.ts';

/** The files of a report, each listed once. */
export interface Artifacts {
  readonly list: readonly Artifact[];
  locationOf(path: string): ArtifactLocation;
}

/** All files that were checked, and those that findings refer to. */
export function artifactsOf(report: Report): Artifacts {
  const paths = new Set(report.files.map(({ path }) => path));
  const checked = paths.size;
  for (const { findings } of report.files) {
    for (const { related, fixes } of findings) {
      const others = [...related, ...fixes.flatMap(({ edits }) => edits)];
      for (const { file } of others) if (file !== undefined) paths.add(file);
    }
  }
  const indexes = new Map([...paths].map((path, index) => [path, index]));
  return {
    list: [...paths].map((path, index) => ({
      location: uriOf(path),
      ...(index < checked && { roles: ['analysisTarget'] }),
    })),
    locationOf(path) {
      const index = indexes.get(path);
      return { ...uriOf(path), ...(index !== undefined && { index }) };
    },
  };
}

/** Paths count from where the check was run, which is the root of the sources for whoever reads the report. */
function uriOf(path: string): ArtifactLocation {
  if (/^[a-z][a-z+.-]+:/i.test(path) && path.includes('://')) return { uri: path };
  if (path.startsWith('/') || /^[a-z]:\//i.test(path)) return { uri: pathToFileURL(path).toString() };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** SARIF counts lines and columns from 1; the end is behind the last character, as everywhere here. */
export function regionOf({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
