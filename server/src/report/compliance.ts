import { sha256 } from '../base/sha256.ts';
import { inLanguage, type Language, type Text } from '../base/text.ts';
import { knownHint } from '../features/known.ts';
import { chineseArticle } from '../features/markdown.ts';
import { chartOf } from '../flow/chart.ts';
import { coverageOf } from '../flow/coverage.ts';
import { endName } from '../flow/ends.ts';
import { nodeName, scriptsOf } from '../flow/names.ts';
import { isAnytime, isOneWay } from '../flow/openings.ts';
import { pathsOf } from '../flow/paths.ts';
import { runScenarios } from '../flow/scenario.ts';
import {
  type Block,
  type Document,
  facts,
  grid,
  heading,
  type Inline,
  type Picture,
  paragraph,
  pictures,
  quiet,
  strong,
  type Tone,
} from '../handover/document.ts';
import { headerFacts } from '../handover/scriptDocument.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { bindingNames, evidenceNames } from '../packs/labels.ts';
import type { Severity, Source } from '../packs/pack.ts';
import { dayOf } from '../rules/check.ts';
import type { Finding } from '../rules/finding.ts';
import { knowledgeIn } from '../rules/flow/knowledge.ts';
import { type Appraisal, appraise, type Standing, standingStates } from '../rules/standing.ts';
import type { Placed } from '../syntax/tree.ts';
import { severityNames } from './severity.ts';
import { scopeNames, stateNames } from './suppressionNames.ts';
import { testReport } from './testReport.ts';
import { sharesText, uncoveredText } from './testText.ts';

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

export interface ComplianceReport {
  readonly document: Document;
  /** What counts, by severity. */
  readonly errors: number;
  readonly warnings: number;
}

/** Everything that a compliance officer files of a script: what it is, what was checked, what was found, who answers for it. */
export function complianceReport(reported: Reported): ComplianceReport {
  const appraisal = appraise(reported.script, reported.snapshot);
  const writer = new Writer(reported, appraisal);
  return { document: writer.document(), errors: writer.count('error'), warnings: writer.count('warning') };
}

const stateTexts: { readonly [state in Standing['state']]: Text } = {
  violated: { zh: '违反', en: 'violated' },
  excused: { zh: '违反，已豁免', en: 'violated, suppressed' },
  elsewhere: { zh: '违反，已在同一处按更重的规则提示', en: 'violated where a graver rule is told' },
  met: { zh: '符合', en: 'met' },
  'not-applicable': { zh: '不涉及', en: 'not applicable' },
  off: { zh: '未检查：配置关闭', en: 'not checked: turned off' },
  unread: { zh: '未检查：文件无法读取', en: 'not checked: the file cannot be read' },
};

const tones: { readonly [state in Standing['state']]?: Tone } = {
  violated: 'bad',
  excused: 'warning',
  elsewhere: 'bad',
  off: 'warning',
  unread: 'bad',
};

class Writer {
  private readonly reported: Reported;
  private readonly appraisal: Appraisal;
  private readonly zh: boolean;
  private readonly day: string;
  private readonly numbers: ReturnType<Writer['numbered']>;

  constructor(reported: Reported, appraisal: Appraisal) {
    this.reported = reported;
    this.appraisal = appraisal;
    this.zh = reported.language === 'zh-CN';
    this.day = dayOf(reported.script, reported.snapshot);
    this.numbers = this.numbered();
  }

  document(): Document {
    const { script, language, version } = this.reported;
    const title = script.tree.frontMatter.title?.value ?? this.reported.nameOf(script.uri);
    return {
      language,
      title: this.say(`话术合规报告：${title}`, `Compliance report: ${title}`),
      subtitle: this.say(`检查日期 ${this.day}　Huashu ${version}`, `As of ${this.day}. Huashu ${version}`),
      blocks: [
        ...this.section('话术', 'Script', this.about()),
        ...this.section('检查结果', 'Result', this.result()),
        ...this.section('问题', 'Findings', this.findings()),
        ...this.section('豁免', 'Suppressions', this.suppressions()),
        ...this.section('规则逐条', 'Rules', this.rules()),
        ...this.section('依据', 'Sources', this.sources()),
        ...this.section('用例与覆盖', 'Scenarios and coverage', this.scenarios()),
        ...this.section('流程', 'Flow', this.flow()),
        ...this.section('签署', 'Sign-off', this.signatures()),
        ...this.section('附录：话术全文', 'Appendix: the script', this.text()),
      ],
    };
  }

  count(severity: Severity): number {
    return this.appraisal.findings.filter((finding) => finding.severity === severity && !finding.suppressed).length;
  }

  private say(zh: string, en: string): string {
    return this.zh ? zh : en;
  }

  private in(text: Text): string {
    return inLanguage(text, this.reported.language);
  }

  private section(zh: string, en: string, blocks: readonly Block[]): Block[] {
    return [heading(1, this.say(zh, en)), ...blocks];
  }

  private about(): readonly Block[] {
    const { script, snapshot, language, nameOf } = this.reported;
    const { tree, source } = script;
    const { set, missing } = snapshot.packs(script);
    const others = [...scriptsOf(pathsOf(script, snapshot).graph)].filter((each) => each !== script);
    return [
      ...headerFacts(script, language),
      ...facts([
        [this.say('文件', 'File'), nameOf(script.uri)],
        [this.say('正文 SHA-256', 'SHA-256 of the text'), [{ text: sha256(source), look: 'code' }]],
        [
          this.say('规模', 'Size'),
          this.say(
            `${tree.nodes.length} 节，${tree.lines.length} 行，${tree.scenarios.length} 个用例`,
            `${tree.nodes.length} nodes, ${tree.lines.length} lines, ${tree.scenarios.length} scenarios`,
          ),
        ],
        [
          this.say('规则包', 'Rule packs'),
          set.packs.map(({ id, version, title }) => `${this.in(title)} (${id} ${version})`).join(this.say('；', '; ')),
        ],
        [
          this.say('没有装上的规则包', 'Packs that are missing'),
          missing.length === 0
            ? ''
            : [{ text: missing.map(({ name }) => name).join(this.say('、', ', ')), tone: 'bad' }],
        ],
        ...others.map((each): [string, Inline] => [
          this.say('对话会走进的其他文件', 'Another file that the conversation enters'),
          [`${nameOf(each.uri)}　`, { text: sha256(each.source), look: 'code' }],
        ]),
      ]),
    ];
  }

  private result(): readonly Block[] {
    const { findings, standings, suppressions, notInForce } = this.appraisal;
    const [errors, warnings] = [this.count('error'), this.count('warning')];
    const suggestions = this.count('info') + this.count('hint');
    const excused = findings.filter(({ suppressed }) => suppressed).length;
    const states = standingStates.flatMap((state) => {
      const count = standings.filter((each) => each.state === state).length;
      return count === 0 ? [] : [`${this.in(stateTexts[state])} ${count}`];
    });
    const first = this.tests().scenarios;
    const passed = first.filter((scenario) => scenario.passed).length;
    const verdict: Inline =
      errors > 0
        ? [{ text: this.say(`${errors} 个错误`, `${errors} errors`), look: 'strong', tone: 'bad' }]
        : [{ text: this.say('没有错误', 'no errors'), look: 'strong', tone: 'good' }];
    return [
      ...facts([
        [
          this.say('问题', 'Findings'),
          [
            ...verdict,
            this.say(
              `，${warnings} 个警告，${suggestions} 条建议；另有 ${excused} 条已豁免`,
              `, ${warnings} warnings, ${suggestions} suggestions; ${excused} suppressed`,
            ),
          ],
        ],
        [
          this.say('规则', 'Rules'),
          this.say(
            `${standings.length} 条在检查之日有效：${states.join('，')}。另有 ${notInForce} 条在这一天不施行。`,
            `${standings.length} in force on that day: ${states.join(', ')}. ${notInForce} more are not in force.`,
          ),
        ],
        [
          this.say('豁免', 'Suppressions'),
          this.say(
            `${suppressions.length} 条，其中 ${suppressions.filter(({ state }) => state === 'in-use').length} 条生效`,
            `${suppressions.length}, of which ${suppressions.filter(({ state }) => state === 'in-use').length} are in use`,
          ),
        ],
        [
          this.say('用例', 'Scenarios'),
          first.length === 0
            ? this.say('没有用例', 'none')
            : this.say(`${first.length} 个，${passed} 个通过`, `${first.length}, of which ${passed} pass`),
        ],
      ]),
      paragraph(
        this.say(
          '本报告由程序按上列规则自动生成，不构成法律意见。没有发现问题，不等于没有问题；是否批准，由审核人判断。',
          'A program has written this report by the rules named in it; it is no legal advice. That nothing was found does not mean that nothing is wrong; whoever signs decides.',
        ),
        'quiet',
      ),
    ];
  }

  private findings(): readonly Block[] {
    const counting = this.appraisal.findings.filter(({ suppressed }) => !suppressed);
    if (counting.length === 0) return [paragraph(this.say('没有发现问题。', 'Nothing was found.'), 'good')];
    return [this.findingTable(counting)];
  }

  private findingTable(findings: readonly Finding[]): Block {
    const titles = this.zh ? ['级别', '位置', '问题', '依据'] : ['Level', 'Place', 'Finding', 'Sources'];
    return grid(
      titles,
      [9, 17, 48, 26],
      findings.map((finding) => ({
        tone: finding.severity === 'error' ? 'bad' : finding.severity === 'warning' ? 'warning' : 'quiet',
        cells: [
          this.in(severityNames[finding.severity]),
          this.placeOf(finding.start),
          [
            [strong(shortened(this.reported.script.source.slice(finding.start, finding.end)))],
            [this.in(finding.message)],
            [{ text: finding.rule, look: 'code' }],
          ],
          this.references(finding.sources),
        ],
      })),
    );
  }

  /** The line, from 1, and the node that it stands in. */
  private placeOf(offset: number): readonly Inline[] {
    const { text, tree } = this.reported.script;
    const line = text.positionAt(offset).line + 1;
    const node = tree.nodes.findLast(({ span }) => span.start <= offset && offset <= span.end);
    const name = node?.heading?.line.name.text;
    return [[this.say(`第 ${line} 行`, `line ${line}`)], ...(name === undefined ? [] : [[this.nodeName(name)]])];
  }

  private nodeName(name: string): string {
    return this.zh ? `【${name}】` : `[${name}]`;
  }

  private suppressions(): readonly Block[] {
    const { suppressions, findings } = this.appraisal;
    if (suppressions.length === 0) return [paragraph(this.say('没有豁免。', 'There are none.'))];
    const titles = this.zh
      ? ['位置', '规则与范围', '原因', '审批', '到期', '状态']
      : ['Place', 'Rule and scope', 'Reason', 'Approved by', 'Until', 'State'];
    const none = this.say('没有写', 'none');
    const excused = findings.filter(({ suppressed }) => suppressed);
    return [
      grid(
        titles,
        [15, 24, 25, 13, 11, 12],
        suppressions.map(({ start, rule, scope, reason, approved, until, state, findings: count }) => ({
          ...(state !== 'in-use' && { tone: 'warning' as const }),
          cells: [
            this.placeOf(start),
            [[{ text: rule, look: 'code' }], [quiet(this.in(scopeNames[scope]))]],
            reason ?? none,
            approved ?? none,
            until ?? none,
            count === 0
              ? this.in(stateNames[state])
              : `${this.in(stateNames[state])}${this.say(`，豁免 ${count} 处`, `, suppresses ${count}`)}`,
          ],
        })),
      ),
      ...(excused.length === 0
        ? []
        : [heading(2, this.say('已豁免的问题', 'Suppressed findings')), this.findingTable(excused)]),
    ];
  }

  private rules(): readonly Block[] {
    const titles = this.zh
      ? ['规则', '依据（施行日期见下表）', '检查', '结果']
      : ['Rule', 'Sources (dates below)', 'Checked', 'Result'];
    const table = grid(
      titles,
      [42, 26, 12, 20],
      this.appraisal.standings.map((standing) => {
        const { title, rule, severity, sources, state } = standing;
        const tone = tones[state];
        return {
          ...(tone && { tone }),
          cells: [
            [[this.in(title), quiet(`　${this.in(severityNames[severity])}`)], [{ text: rule, look: 'code' }]],
            sources.length === 0 ? [[quiet(this.say('话术写法', 'the language itself'))]] : this.references(sources),
            this.checkedText(standing),
            [
              {
                text: this.resultText(standing),
                ...(tone && { tone }),
                ...(state === 'met' && { tone: 'good' as const }),
                ...(state === 'not-applicable' && { tone: 'quiet' as const }),
              },
            ],
          ],
        };
      }),
    );
    return [{ ...table, rowsAre: 'dense' }];
  }

  /** Each document, and each of its editions, gets a number, by which findings and rules name it. */
  private numbered(): ReadonlyMap<string, { readonly number: number; readonly source: Source }> {
    const all = new Map<string, { readonly number: number; readonly source: Source }>();
    for (const source of this.appraisal.standings.flatMap(({ sources }) => sources)) {
      const key = editionOf(source);
      if (!all.has(key)) all.set(key, { number: all.size + 1, source });
    }
    return all;
  }

  private references(sources: readonly Source[]): Inline {
    return sources.flatMap((source, index): Inline => {
      const { number } = this.numbers.get(editionOf(source)) ?? { number: 0 };
      const { article } = source;
      const at =
        article === undefined ? '' : this.zh ? chineseArticle(article) : ` art. ${article.replace('之一', 'a')}`;
      return [...(index === 0 ? [] : [this.say('；', '; ')]), { text: `[${number}]`, to: `s${number}` }, at];
    });
  }

  private sources(): readonly Block[] {
    const titles = this.zh
      ? ['编号', '文件', '施行', '效力', '核对情况']
      : ['No.', 'Document', 'In force', 'Standing', 'How it was seen'];
    return [
      grid(
        titles,
        [8, 44, 16, 14, 18],
        [...this.numbers.values()].map(({ number, source }) => {
          const { document, from, to, binding, evidence } = source;
          const dates = [
            ...(from === undefined ? [] : [this.say(`${from} 起`, `since ${from}`)]),
            ...(to === undefined ? [] : [this.say(`${to} 止`, `until ${to}`)]),
          ];
          return {
            cells: [
              [{ text: `[${number}]`, id: `s${number}` }],
              this.in(document),
              dates.length === 0 ? [quiet(this.say('没有核实', 'not verified'))] : dates.join(this.say('，', ', ')),
              this.in(bindingNames[binding]),
              this.in(evidenceNames[evidence]),
            ],
          };
        }),
      ),
    ];
  }

  private checkedText({ state, places }: Standing): string {
    if (state === 'off' || state === 'unread') return this.say('否', 'no');
    if (places === undefined) return this.say('全文', 'the whole text');
    return this.say(`${places} 处`, `${places} ${places === 1 ? 'place' : 'places'}`);
  }

  private resultText({ state, findings }: Standing): string {
    const count = findings.filter(({ suppressed }) => !suppressed).length;
    return state === 'violated'
      ? `${this.in(stateTexts[state])}${this.say(` ${count} 处`, ` ${count} times`)}`
      : this.in(stateTexts[state]);
  }

  private tested: ReturnType<typeof testReport>['files'][0] | undefined;

  private tests(): ReturnType<typeof testReport>['files'][0] {
    const { script, snapshot, language, nameOf } = this.reported;
    if (!this.tested) {
      const results = runScenarios(script, snapshot);
      const report = testReport(
        new Map([[script, results]]),
        coverageOf(results, [script]),
        snapshot,
        language,
        nameOf,
      );
      [this.tested] = report.files;
    }
    return this.tested as ReturnType<typeof testReport>['files'][0];
  }

  private scenarios(): readonly Block[] {
    const { scenarios, coverage } = this.tests();
    if (scenarios.length === 0)
      return [paragraph(this.say('话术里没有用例。', 'There are no scenarios in the script.'), 'warning')];
    const titles = this.zh ? ['用例', '结果', '没有通过的地方'] : ['Scenario', 'Result', 'What failed'];
    return [
      grid(
        titles,
        [44, 12, 44],
        scenarios.map(({ name, passed, failures }) => ({
          ...(!passed && { tone: 'bad' as const }),
          cells: [
            name,
            [
              passed
                ? { text: this.say('通过', 'passed'), tone: 'good' }
                : { text: this.say('没有通过', 'failed'), tone: 'bad' },
            ],
            failures.map(({ message }): Inline => [message]),
          ],
        })),
      ),
      paragraph(this.in(sharesText(coverage))),
      ...this.uncovered(),
    ];
  }

  /** What no scenario comes to, node by node. */
  private uncovered(): readonly Block[] {
    const { uncovered } = this.tests().coverage;
    if (uncovered.length === 0) return [];
    const nodes = new Map<string, string[]>();
    for (const each of uncovered) {
      const name = each.node ?? '';
      const known = nodes.get(name) ?? [];
      nodes.set(name, known);
      if (each.kind === 'node') known.push(this.say('整节', 'the whole node'));
      else if (each.kind === 'branch') known.push(each.name ?? '');
      else known.push(this.in(uncoveredText(each)));
    }
    const titles = this.zh
      ? ['节', '没有用例走到的回应和条件']
      : ['Node', 'Replies and conditions that no scenario comes to'];
    const rows = [...nodes].map(([name, missing]) => ({ cells: [name, missing.join(this.say('、', ', '))] }));
    return [{ ...grid(titles, [26, 74], rows), rowsAre: 'dense' }];
  }

  private flow(): readonly Block[] {
    const { script, snapshot, language, pictures: drawn } = this.reported;
    const { nodes, ends, edges } = chartOf(pathsOf(script, snapshot));
    const known = knowledgeIn(script, snapshot);
    const names = new Map<string, string>([
      ...nodes.map((each) => [each.id, this.nodeName(nodeName(each, script))] as const),
      ...ends.map(
        (end) =>
          [
            end.id,
            end.kind === 'outcome' ? this.say(`结束：${end.outcome}`, `End: ${end.outcome}`) : this.in(endName(end)),
          ] as const,
      ),
    ]);
    const titles = this.zh
      ? ['节', '走到时已知的情况', '回应与去向']
      : ['Node', 'Known there', 'Replies and where they lead'];
    return [
      ...pictures(drawn(this.appraisal.findings), this.say('话术的流程图', 'The flow of the script'), language),
      grid(
        titles,
        [24, 30, 46],
        nodes.map(({ id, script: home, node, start, reached }) => ({
          ...(!reached && { tone: 'warning' as const }),
          cells: [
            [
              [strong(names.get(id) ?? '')],
              ...(start ? [[quiet(this.say('从这里开始', 'begins here'))]] : []),
              ...(reached ? [] : [[{ text: this.say('走不到', 'not reached'), tone: 'warning' as const }]]),
            ],
            home === script && !isOneWay(script) && !isAnytime(node) ? knownHint(known(node), language) : '',
            edges
              .filter((edge) => edge.from === id)
              .map(({ reply, condition, to }): Inline => {
                const when = [reply, condition].filter((each) => each !== undefined).join(this.say('，', ', '));
                return [`${when === '' ? '' : `${when} `}→ ${names.get(to) ?? ''}`];
              }),
          ],
        })),
      ),
    ];
  }

  private signatures(): readonly Block[] {
    const titles = this.zh
      ? ['角色', '姓名', '意见', '签字', '日期']
      : ['Role', 'Name', 'Opinion', 'Signature', 'Date'];
    const roles = this.zh
      ? ['编写', '业务审核', '合规审核', '法务审核', '批准']
      : ['Author', 'Business', 'Compliance', 'Legal', 'Approved'];
    return [
      {
        ...grid(
          titles,
          [16, 18, 30, 20, 16],
          roles.map((role) => ({ cells: [role, '', '', '', ''] })),
        ),
        rowsAre: 'tall' as const,
      },
    ];
  }

  private text(): readonly Block[] {
    const { source, tree } = this.reported.script;
    const rows = tree.lines.map(({ start, end, index }: Placed) => ({
      cells: [`${index + 1}`, source.slice(start, end).replace(/^\ufeff/, '')],
    }));
    // A script ends with a line end, behind which nothing stands.
    if (rows.at(-1)?.cells[1] === '') rows.pop();
    return [{ ...grid(this.zh ? ['行', '正文'] : ['Line', 'Text'], [7, 93], rows), rowsAre: 'dense' }];
  }
}

function editionOf({ document, from = '', to = '' }: Source): string {
  return `${document.zh} ${from} ${to}`;
}

const longest = 60;

function shortened(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
