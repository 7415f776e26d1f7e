import type { Side } from '../comparing/changes.ts';
import { differenceOf, isSame } from '../comparing/difference.ts';
import { exported } from '../documents/exporting.ts';
import { reportedAs } from '../documents/reporting.ts';
import { type Context, type Feature, Refusal } from '../features/feature.ts';
import type { ExportFormat } from '../handover/formats.ts';
import { htmlOf, insideOf } from '../handover/html.ts';
import { version } from '../host/version.ts';
import type { Script } from '../model/script.ts';
import { keyOf, type Snapshot } from '../model/workspace.ts';
import { differenceDocument } from '../report/difference.ts';
import { differenceJson } from '../report/differenceJson.ts';
import { documentText } from '../report/documentText.ts';
import { plain } from '../report/text.ts';
import { nameIn } from './reports.ts';

export interface ExportParams {
  readonly uri: string;
  readonly format: ExportFormat;
}

/** A file to be written. */
export interface WrittenFile {
  /** In base64. */
  readonly bytes: string;
}

/** `huashu/export`: the bytes that `huashu export` writes. */
const exportScript: Feature<ExportParams, Promise<WrittenFile | Refusal>> = {
  method: 'huashu/export',
  capability: {},
  settled: true,
  async run({ snapshot, language }, { uri, format }) {
    const script = snapshot.script(uri);
    return script ? { bytes: base64(await exported(format, script, snapshot, language)) } : unknown();
  },
};

export interface ComplianceReportParams {
  readonly uri: string;
  readonly format: 'html' | 'docx';
}

export interface WrittenReport extends WrittenFile {
  /** What counts, by severity. */
  readonly errors: number;
  readonly warnings: number;
}

/** `huashu/complianceReport`: the bytes that `huashu report` writes in the folder that has the script. */
const reportScript: Feature<ComplianceReportParams, Promise<WrittenReport | Refusal>> = {
  method: 'huashu/complianceReport',
  capability: {},
  looksAtFindings: true,
  settled: true,
  async run(context, { uri, format }) {
    const { snapshot, language } = context;
    const script = snapshot.script(uri);
    if (!script) return unknown();
    const nameOf = namesFrom(script, context);
    const { bytes, errors, warnings } = await reportedAs(format, { script, snapshot, language, nameOf, version });
    return { bytes: base64(bytes), errors, warnings };
  },
};

/** In which form a difference is told: `view` is what stands in a page, with the lines of the script that it is about. */
export type DifferenceFormat = 'view' | 'html' | 'json' | 'text';

export interface DifferenceParams {
  /** The script as it is now. */
  readonly uri: string;
  /** What it was: a text that was committed, or another script. */
  readonly before: { readonly committed: string } | { readonly uri: string };
  readonly format: DifferenceFormat;
}

export interface ToldDifference {
  /** Nothing has changed for the customer. */
  readonly same: boolean;
  readonly text: string;
}

/** `huashu/difference`: what `huashu diff` writes in the folder that has the script. */
const compareScripts: Feature<DifferenceParams, ToldDifference | Refusal> = {
  method: 'huashu/difference',
  capability: {},
  looksAtFindings: true,
  settled: true,
  run(context, { uri, before: given, format }) {
    const { snapshot, language } = context;
    const script = snapshot.script(uri);
    if (!script) return unknown();
    const before =
      'uri' in given
        ? sideOf(given.uri, snapshot)
        : // The same file as it was committed, among the other files as they are.
          sideOf(uri, snapshot.edited(new Map([[uri, given.committed]])));
    if (!before) return unknown();
    const nameOf = namesFrom(script, context);
    const name = nameOf(before.script.uri);
    const names = { before: 'uri' in given ? name : `HEAD:${name}`, after: nameOf(uri) };
    const sides = { before, after: { script, snapshot } };
    const difference = differenceOf(sides.before, sides.after);
    const told = (): string => {
      if (format === 'json') return differenceJson(difference, sides, names, language, nameOf);
      const document = differenceDocument(difference, sides, names, language);
      if (format === 'text') return documentText(document, plain);
      return format === 'html' ? htmlOf(document) : insideOf(document);
    };
    return { same: isSame(difference), text: told() };
  },
};

/** What our client asks for when a script goes to somebody else. It is loaded when something is handed over. */
export const handovers: readonly Feature<never, unknown>[] = [exportScript, reportScript, compareScripts];

function sideOf(uri: string, snapshot: Snapshot): Side | undefined {
  const script = snapshot.script(uri);
  return script && { script, snapshot };
}

function unknown(): Refusal {
  return new Refusal('这份话术已经不在了。', 'This script is no longer there.');
}

/** How files are called from the folder that has a script, or, without one, from the folder that the script is in. */
function namesFrom({ uri: of }: Script, { editor }: Context): (uri: string) => string {
  const key = keyOf(of);
  const roots = (editor?.folders ?? []).map(keyOf).filter((folder) => key.startsWith(folder));
  const root = roots.sort((a, b) => b.length - a.length)[0] ?? key.slice(0, key.lastIndexOf('/') + 1);
  return (uri) => nameIn(root, uri);
}

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
