import type {
  Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticParams,
  FullDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { Severity } from '../packs/pack.ts';
import type { Finding } from '../rules/finding.ts';
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

export function diagnosticsOf(script: Script, context: Context): Diagnostic[] {
  return context
    .findings(script)
    .filter(({ suppressed }) => !suppressed)
    .map((finding) => diagnosticOf(finding, script, context));
}

const severities: { readonly [severity in Severity]: DiagnosticSeverity } = { error: 1, warning: 2, info: 3, hint: 4 };
const tags: { readonly [tag in NonNullable<Finding['tag']>]: DiagnosticTag } = { unnecessary: 1, deprecated: 2 };

export function diagnosticOf(finding: Finding, script: Script, { language, docs, snapshot }: Context): Diagnostic {
  const href =
    docs === undefined ? undefined : `${docs}${language}/${finding.category}.md#${finding.rule.replace('/', '-')}`;
  const related = finding.related.flatMap(({ message, uri, ...span }) => {
    const other = uri === undefined ? script : snapshot.script(uri);
    return other
      ? [{ location: { uri: other.uri, range: toRange(other, span) }, message: inLanguage(message, language) }]
      : [];
  });
  return {
    range: toRange(script, finding),
    severity: severities[finding.severity],
    code: finding.rule,
    ...(href !== undefined && { codeDescription: { href } }),
    source: 'huashu',
    message: inLanguage(finding.message, language),
    ...(finding.tag && { tags: [tags[finding.tag]] }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}
