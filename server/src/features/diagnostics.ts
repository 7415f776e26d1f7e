import type {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticParams,
  FullDocumentDiagnosticReport,
  Position,
  Range,
} from 'vscode-languageserver-protocol';
import { Memo } from '../base/memo.ts';
import type { Span } from '../base/span.ts';
import { inLanguage, type Language } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Severity } from '../packs/pack.ts';
import type { Finding, Related } from '../rules/finding.ts';
import { inCommon, type Tree } from '../syntax/tree.ts';
import { toRange } from './convert.ts';
import type { Context, Feature } from './feature.ts';

/** The findings of a script as the editor shows them. */
export const diagnostics: Feature<DocumentDiagnosticParams, FullDocumentDiagnosticReport> = {
  method: 'textDocument/diagnostic',
  capability: {
    diagnosticProvider: { identifier: 'huashu', interFileDependencies: true, workspaceDiagnostics: true },
  },
  looksAtFindings: true,
  isReport: true,
  run(context, { textDocument }) {
    const script = context.snapshot.script(textDocument.uri);
    return { kind: 'full', items: script ? diagnosticsOf(script, context) : [] };
  },
};

/** Behind a key nearly all of them are what they were, and are then the same objects as the editor was told of last. */
export function diagnosticsOf(script: Script, context: Context): Diagnostic[] {
  const told = context.told?.(script) ?? [];
  const shown = context.findings(script).filter(({ suppressed }) => !suppressed);
  // Where there are more or fewer, those behind the change stand at another place of the list.
  const shift = told.length - shown.length;
  const since = told[0] && differenceOf(said.get(told[0])?.text, script.tree);
  const isSame = (before: Diagnostic | undefined, finding: Finding): before is Diagnostic =>
    before !== undefined && says(before, finding, script, context, since);
  return shown.map((finding, index) => {
    const here = told[index];
    if (isSame(here, finding)) return here;
    const there = shift === 0 ? undefined : told[index + shift];
    return isSame(there, finding) ? there : diagnosticOf(finding, script, context);
  });
}

const severities: { readonly [severity in Severity]: DiagnosticSeverity } = { error: 1, warning: 2, info: 3, hint: 4 };
const tags: { readonly [tag in NonNullable<Finding['tag']>]: DiagnosticTag } = { unnecessary: 1, deprecated: 2 };

export function diagnosticOf(finding: Finding, script: Script, context: Context): Diagnostic {
  const { language, snapshot } = context;
  const href = pageOf(finding, context);
  const related = finding.related.flatMap(({ message, uri, ...span }) => {
    const other = uri === undefined ? script : snapshot.script(uri);
    return other
      ? [{ location: { uri: other.uri, range: toRange(other, span) }, message: inLanguage(message, language) }]
      : [];
  });
  const diagnostic: Diagnostic = {
    range: toRange(script, finding),
    severity: severities[finding.severity],
    code: finding.rule,
    ...(href !== undefined && { codeDescription: { href } }),
    source: 'huashu',
    message: inLanguage(finding.message, language),
    ...(finding.tag && { tags: [tags[finding.tag]] }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
  remember(diagnostic, finding, script);
  return diagnostic;
}

/** What a diagnostic was made of. The finding itself would keep the whole state in which it was found. */
interface Said {
  start: number;
  end: number;
  message: Finding['message'];
  /** The same as long as nothing has changed above any of them. */
  related: Finding['related'];
  /** The text in which all of it stands there; of a thousand scripts that are not open none is to be kept for that. */
  text: WeakRef<Tree>;
}

function remember(diagnostic: Diagnostic, { start, end, message, related }: Finding, { tree }: Script): void {
  const known = said.get(diagnostic);
  const text = referenceTo(tree);
  if (!known) {
    said.set(diagnostic, { start, end, message, related, text });
    return;
  }
  known.start = start;
  known.end = end;
  known.message = message;
  known.related = related;
  known.text = text;
}

const references = new Memo<Tree, WeakRef<Tree>>();

/** One for each tree, so that they can be compared. */
function referenceTo(tree: Tree): WeakRef<Tree> {
  const known = references.get(tree);
  if (known) return known;
  const made = new WeakRef(tree);
  references.set(tree, made);
  return made;
}

/** What diagnostics were made of: then nothing has to be put together to be compared. */
const said = new Memo<Diagnostic, Said>();

function pageOf({ category, rule }: Finding, { docs, language }: Context): string | undefined {
  return docs === undefined ? undefined : `${docs}${language}/${category}.md#${rule.replace('/', '-')}`;
}

/** Whether a diagnostic is the one of a finding. What does not move is asked first. */
function says(
  diagnostic: Diagnostic,
  finding: Finding,
  script: Script,
  context: Context,
  since: Difference | undefined,
): boolean {
  const { language, snapshot } = context;
  const known = said.get(diagnostic);
  if (
    diagnostic.code !== finding.rule ||
    diagnostic.severity !== severities[finding.severity] ||
    diagnostic.tags?.[0] !== (finding.tag && tags[finding.tag])
  )
    return false;
  const isOfSameWords = known?.message === finding.message;
  const isKnownToStay = isOfSameWords && since?.before === known.text && stays(known, finding, since);
  if (!isKnownToStay && !isAt(diagnostic.range, finding, script)) return false;
  const isSaid =
    isOfSameWords ||
    (diagnostic.message === inLanguage(finding.message, language) &&
      diagnostic.codeDescription?.href === pageOf(finding, context));
  if (!isSaid) return false;
  const isRelatedAlike =
    known?.related === finding.related ||
    (isKnownToStay && stayTogether(known.related, finding.related, since)) ||
    tellsTheSame(diagnostic.relatedInformation ?? [], finding.related, script, snapshot, language);
  if (isRelatedAlike) remember(diagnostic, finding, script);
  return isRelatedAlike;
}

/** Where two texts with as many lines differ, by the offsets of the earlier one; behind it everything has moved by so much. */
interface Difference {
  readonly before: WeakRef<Tree>;
  readonly from: number;
  readonly stop: number;
  readonly by: number;
}

/** Outside of it lines and columns are what they were, and nobody needs to look for them. Nothing where lines have come or gone. */
function differenceOf(text: WeakRef<Tree> | undefined, now: Tree): Difference | undefined {
  const before = text?.deref();
  if (!text || before?.lineCount !== now.lineCount) return undefined;
  const { above, below } = inCommon(before, now);
  return {
    before: text,
    from: before.spanOf(above)?.start ?? Number.POSITIVE_INFINITY,
    stop: before.spanOf(before.lineCount - below)?.start ?? Number.POSITIVE_INFINITY,
    by: now.written.length - before.written.length,
  };
}

/** Whether something stands where it stood, and not where the texts differ. */
function stays(was: Span, is: Span, { from, stop, by }: Difference): boolean {
  if (was.end < from) return is.start === was.start && is.end === was.end;
  return was.start >= stop && is.start === was.start + by && is.end === was.end + by;
}

function stayTogether(were: readonly Related[], are: readonly Related[], since: Difference): boolean {
  if (were.length !== are.length) return false;
  for (let index = 0; index < were.length; index++) {
    const was = were[index] as Related;
    const is = are[index] as Related;
    if (was.uri !== undefined || is.uri !== undefined || was.message !== is.message || !stays(was, is, since))
      return false;
  }
  return true;
}

function tellsTheSame(
  told: readonly DiagnosticRelatedInformation[],
  related: readonly Related[],
  script: Script,
  snapshot: Snapshot,
  language: Language,
): boolean {
  let index = 0;
  for (const each of related) {
    const other = each.uri === undefined ? script : snapshot.script(each.uri);
    if (!other) continue;
    const before = told[index++];
    if (before?.location.uri !== other.uri || before.message !== inLanguage(each.message, language)) return false;
    // Of another script the tree may not be there.
    const { range } = before.location;
    if (!(other === script ? isAt(range, each, script) : isRange(range, toRange(other, each)))) return false;
  }
  return index === told.length;
}

function isRange(one: Range, { start, end }: Range): boolean {
  return (
    one.start.line === start.line &&
    one.start.character === start.character &&
    one.end.line === end.line &&
    one.end.character === end.character
  );
}

/** Whether a range that was right in an earlier text is that of a span now; of a script that is read, nothing has to be looked for. */
function isAt({ start, end }: Range, span: Span, { tree }: Script): boolean {
  const first = tree.spanOf(start.line);
  return (
    stands(first, start, span.start) && stands(end.line === start.line ? first : tree.spanOf(end.line), end, span.end)
  );
}

function stands(line: Span | undefined, { character }: Position, offset: number): boolean {
  return line !== undefined && line.start + character === offset && offset <= line.end;
}
