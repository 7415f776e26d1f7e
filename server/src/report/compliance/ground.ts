import { inLanguage, type Language, type Text } from '../../base/text.ts';
import { chineseArticle } from '../../features/markdown.ts';
import { coverageOf } from '../../flow/coverage.ts';
import { runScenarios } from '../../flow/scenario.ts';
import type { Inline, Picture } from '../../handover/document.ts';
import type { Script } from '../../model/script.ts';
import type { Snapshot } from '../../model/workspace.ts';
import type { Severity, Source } from '../../packs/pack.ts';
import { dayOf } from '../../rules/check.ts';
import type { Finding } from '../../rules/finding.ts';
import { type Appraisal, appraise, type Standing } from '../../rules/standing.ts';
import { testReport } from '../testReport.ts';

/** What a report is about, and what only whoever asks for it knows. */
export interface Reported {
  readonly script: Script;
  readonly snapshot: Snapshot;
  readonly language: Language;
  /** How a file is called. */
  readonly nameOf: (uri: string) => string;
  /** The version of the program. */
  readonly version: string;
  /** The map with what was found. */
  pictures(findings: readonly Finding[]): readonly Picture[];
}

type Tests = ReturnType<typeof testReport>['files'][0];

/** What all parts of a compliance report go by: how the script stands, in which words, and what the sources are called. */
export class Ground {
  readonly reported: Reported;
  readonly appraisal: Appraisal;
  readonly zh: boolean;
  readonly day: string;
  /** Each document, and each of its editions, has a number, by which findings and rules name it. */
  readonly numbers: ReadonlyMap<string, { readonly number: number; readonly source: Source }>;
  private tested: Tests | undefined;

  constructor(reported: Reported) {
    this.reported = reported;
    this.appraisal = appraise(reported.script, reported.snapshot);
    this.zh = reported.language === 'zh-CN';
    this.day = dayOf(reported.script, reported.snapshot);
    this.numbers = numbered(this.appraisal.standings);
  }

  say(zh: string, en: string): string {
    return this.zh ? zh : en;
  }

  in(text: Text): string {
    return inLanguage(text, this.reported.language);
  }

  /** How many findings of a severity count. */
  count(severity: Severity): number {
    return this.appraisal.findings.filter((finding) => finding.severity === severity && !finding.suppressed).length;
  }

  /** The line, from 1, and the node that it stands in. */
  placeOf(offset: number): readonly Inline[] {
    const { text, tree } = this.reported.script;
    const line = text.positionAt(offset).line + 1;
    const node = tree.nodes.findLast(({ span }) => span.start <= offset && offset <= span.end);
    const name = node?.heading?.line.name.text;
    return [[this.say(`第 ${line} 行`, `line ${line}`)], ...(name === undefined ? [] : [[this.nodeName(name)]])];
  }

  nodeName(name: string): string {
    return this.zh ? `【${name}】` : `[${name}]`;
  }

  references(sources: readonly Source[]): Inline {
    return sources.flatMap((source, index): Inline => {
      const { number } = this.numbers.get(editionOf(source)) ?? { number: 0 };
      const { article } = source;
      const at =
        article === undefined ? '' : this.zh ? chineseArticle(article) : ` art. ${article.replace('之一', 'a')}`;
      return [...(index === 0 ? [] : [this.say('；', '; ')]), { text: `[${number}]`, to: `s${number}` }, at];
    });
  }

  /** The scenarios of the script as they run, and what they come to; run once for all parts. */
  tests(): Tests {
    this.tested ??= testsOf(this.reported);
    return this.tested;
  }
}

function numbered(standings: readonly Standing[]): Ground['numbers'] {
  const all = new Map<string, { readonly number: number; readonly source: Source }>();
  for (const source of standings.flatMap(({ sources }) => sources)) {
    const key = editionOf(source);
    if (!all.has(key)) all.set(key, { number: all.size + 1, source });
  }
  return all;
}

function editionOf({ document, from = '', to = '' }: Source): string {
  return `${document.zh} ${from} ${to}`;
}

function testsOf({ script, snapshot, language, nameOf }: Reported): Tests {
  const results = runScenarios(script, snapshot);
  const report = testReport(new Map([[script, results]]), coverageOf(results, [script]), snapshot, language, nameOf);
  return report.files[0] as Tests;
}
