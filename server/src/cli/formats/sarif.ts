import type { Invocation, Location, Log, ReportingDescriptor, Result, Run, Suppression } from 'sarif';
import type { Language } from '../../base/text.ts';
import { version } from '../../host/version.ts';
import type { Severity } from '../../packs/pack.ts';
import { longestText, type Report, type ReportedFinding } from '../../report/report.ts';
import { fingerprintsOf } from '../fingerprint.ts';
import type { RuleTexts } from '../ruleTexts.ts';
import { type Artifacts, artifactsOf, regionOf } from './sarifPlaces.ts';

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies {
  [severity in Severity]: Result.level;
};

/** What a report in SARIF needs besides the findings. */
export interface SarifInput {
  readonly report: Report;
  readonly rules: readonly RuleTexts[];
  readonly language: Language;
  /** What could not be read. */
  readonly unreadable: readonly string[];
}

/** SARIF 2.1.0, which code hosts and editors read. */
export function formatSarif(input: SarifInput): string {
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(input)],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf({ report, rules, language, unreadable }: SarifInput): Run {
  const artifacts = artifactsOf(report);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const someSuppressed = report.summary.suppressed > 0;
  const invocation: Invocation = {
    executionSuccessful: unreadable.length === 0,
    ...(unreadable.length > 0 && {
      toolExecutionNotifications: unreadable.map((text) => ({ level: 'error', message: { text: plain(text) } })),
    }),
  };
  return {
    tool: {
      driver: { name: 'huashu', version, semanticVersion: version, language, rules: rules.map(descriptorOf) },
    },
    language,
    invocations: [invocation],
    columnKind: 'utf16CodeUnits',
    defaultEncoding: 'utf-8',
    defaultSourceLanguage: 'huashu',
    artifacts: [...artifacts.list],
    results: report.files.flatMap((file) => {
      const fingerprints = fingerprintsOf(file);
      return file.findings.map((finding): Result => {
        const fingerprint = fingerprints.get(finding);
        return {
          ruleId: finding.rule,
          ruleIndex: indexes.get(finding.rule) ?? -1,
          level: levels[finding.severity],
          message: { text: plain(finding.message) },
          locations: [placeOf(finding, file.path, artifacts)],
          ...(fingerprint !== undefined && { partialFingerprints: { 'huashuFinding/v1': fingerprint } }),
          ...wayOf(finding, file.path, artifacts),
          ...fixesOf(finding, file.path, artifacts),
          // Where one result says whether it is suppressed, all have to.
          ...(someSuppressed && { suppressions: suppressionsOf(finding) }),
          properties: { category: finding.category },
        };
      });
    }),
  };
}

function descriptorOf({ id, category, severity, title, why, markdown }: RuleTexts): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: plain(title) },
    ...(why !== '' && { fullDescription: { text: plain(why) }, help: { text: plain(why), markdown } }),
    ...(severity && { defaultConfiguration: { level: levels[severity] } }),
    properties: { category, tags: [category] },
  };
}

function placeOf({ range, text }: ReportedFinding, path: string, artifacts: Artifacts): Location {
  // A text that was cut is not what stands there.
  const snippet = text !== '' && text.length < longestText ? { snippet: { text } } : {};
  return {
    physicalLocation: { artifactLocation: artifacts.locationOf(path), region: { ...regionOf(range), ...snippet } },
  };
}

/** For findings about the flow, the related places are the steps that lead to them; for others, places to look at. */
function wayOf(
  finding: ReportedFinding,
  path: string,
  artifacts: Artifacts,
): Pick<Result, 'codeFlows' | 'relatedLocations'> {
  const related = finding.related.map(
    ({ range, message, file = path }): Location => ({
      physicalLocation: { artifactLocation: artifacts.locationOf(file), region: regionOf(range) },
      message: { text: plain(message) },
    }),
  );
  if (finding.path.length === 0)
    return related.length > 0 ? { relatedLocations: related.map((each, id) => ({ id, ...each })) } : {};
  const here: Location = { ...placeOf(finding, path, artifacts), message: { text: plain(finding.message) } };
  return {
    codeFlows: [
      {
        message: { text: plain(finding.path.join(' → ')) },
        threadFlows: [{ locations: [...related, here].map((location) => ({ location })) }],
      },
    ],
  };
}

function fixesOf({ fixes }: ReportedFinding, path: string, artifacts: Artifacts): Pick<Result, 'fixes'> {
  if (fixes.length === 0) return {};
  return {
    fixes: fixes.map(({ title, safe, edits }) => ({
      description: { text: plain(title) },
      artifactChanges: [...new Set(edits.map(({ file = path }) => file))].map((file) => ({
        artifactLocation: artifacts.locationOf(file),
        replacements: edits
          .filter((edit) => (edit.file ?? path) === file)
          .map(({ range, newText }) => ({
            deletedRegion: regionOf(range),
            ...(newText !== '' && { insertedContent: { text: newText } }),
          })),
      })),
      properties: { safe },
    })),
  };
}

function suppressionsOf({ suppressed }: ReportedFinding): Suppression[] {
  if (!suppressed) return [];
  const { reason, approved, until } = suppressed;
  const more = { ...(approved !== undefined && { approved }), ...(until !== undefined && { until }) };
  return [
    {
      kind: 'inSource',
      status: 'accepted',
      justification: reason,
      ...(Object.keys(more).length > 0 && { properties: more }),
    },
  ];
}

/**
 * Text in which SARIF sees neither a link, `[text](1)`, nor a gap to fill, `{0}`, both of which a script may hold. The standard
 * wants every brace doubled; but viewers that only fill gaps would show `{{客户称呼}}`, so those that cannot be one stay.
 */
function plain(text: string): string {
  return text.replace(/\[(?=[^\]]*\]\()/g, '\\[').replace(/\{(\d+)\}/g, '{{$1}}');
}
