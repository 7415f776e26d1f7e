import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { FileReport, ReportedFinding } from '../report/report.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { UsageError } from './options.ts';

/** A finding that was there when the baseline was written; what tells it from others is the fingerprint, the rest is for people. */
export interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  /** From the folder of the baseline, so that it means the same wherever the check is started. */
  readonly path: string;
  readonly text: string;
}

/** What is already known, so that only what comes anew has to be looked at. */
export interface Baseline {
  readonly file: string;
  readonly findings: readonly Entry[];
}

/** Files without the findings that a baseline knows. */
export interface Compared {
  readonly files: readonly FileReport[];
  /** How many findings the baseline knows. */
  readonly known: number;
  /** How many of its entries for these files nothing answers to any more. */
  readonly gone: number;
}

/** Reads a baseline; throws `UsageError` where there is none. */
export async function readBaseline(file: string): Promise<Baseline> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`无法读取基线“${file}”。`, `The baseline “${file}” cannot be read.`);
  }
  const findings = entriesIn(text);
  if (!findings)
    throw new UsageError(
      `“${file}”不是基线文件；请用 huashu baseline --output ${file} 重新生成。`,
      `“${file}” is not a baseline; write one with huashu baseline --output ${file}.`,
    );
  return { file, findings };
}

function entriesIn(text: string): readonly Entry[] | undefined {
  try {
    const { version, findings } = JSON.parse(text.replace(/^\uFEFF/, '')) as {
      readonly version?: unknown;
      readonly findings?: unknown;
    };
    return version === 1 && Array.isArray(findings) && findings.every(isEntry) ? findings : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  const { fingerprint, path } = (value ?? {}) as { readonly fingerprint?: unknown; readonly path?: unknown };
  return typeof fingerprint === 'string' && typeof path === 'string';
}

/** Takes the findings that a baseline knows out of what was found. */
export function compare(files: readonly FileReport[], { file: baseline, findings }: Baseline): Compared {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const met = new Set<string>();
  const left = files.map((file): FileReport => {
    const prints = printsOf(file, baseline);
    const fresh = file.findings.filter((finding) => {
      const print = prints.get(finding);
      if (print === undefined || !known.has(print)) return true;
      met.add(print);
      return false;
    });
    return { ...file, findings: fresh };
  });
  const checked = new Set(files.map(({ path }) => fromFolderOf(path, baseline)));
  const gone = findings.filter(({ fingerprint, path }) => checked.has(path) && !met.has(fingerprint));
  return { files: left, known: met.size, gone: gone.length };
}

/** What a baseline in this file says of a file that was checked. */
export function entriesOf(file: FileReport, baseline: string): Entry[] {
  const path = fromFolderOf(file.path, baseline);
  return [...printsOf(file, baseline)].map(([{ rule, text }, fingerprint]) => ({ fingerprint, rule, path, text }));
}

/** The fingerprints of what counts: a finding that is suppressed needs no entry. */
function printsOf(file: FileReport, baseline: string): ReadonlyMap<ReportedFinding, string> {
  const findings = file.findings.filter(({ suppressed }) => suppressed === null);
  return fingerprintsOf({ path: fromFolderOf(file.path, baseline), findings });
}

function fromFolderOf(path: string, baseline: string): string {
  return relative(dirname(resolve(baseline)), resolve(path))
    .split(sep)
    .join('/');
}
