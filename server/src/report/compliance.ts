import { type Block, type Document, grid, heading } from '../handover/document.ts';
import type { Placed } from '../syntax/tree.ts';
import { about } from './compliance/about.ts';
import { findings, suppressions } from './compliance/findings.ts';
import { flow } from './compliance/flow.ts';
import { Ground, type Reported } from './compliance/ground.ts';
import { result } from './compliance/result.ts';
import { rules, sources } from './compliance/rules.ts';
import { scenarios } from './compliance/scenarios.ts';

export interface ComplianceReport {
  readonly document: Document;
  /** What counts, by severity. */
  readonly errors: number;
  readonly warnings: number;
}

/** Everything that a compliance officer files of a script: what it is, what was checked, what was found, who answers for it. */
export function complianceReport(reported: Reported): ComplianceReport {
  const ground = new Ground(reported);
  return { document: documentOf(ground), errors: ground.count('error'), warnings: ground.count('warning') };
}

function documentOf(ground: Ground): Document {
  const { script, language, version } = ground.reported;
  const title = script.tree.frontMatter.title?.value ?? ground.reported.nameOf(script.uri);
  return {
    language,
    title: ground.say(`话术合规报告：${title}`, `Compliance report: ${title}`),
    subtitle: ground.say(`检查日期 ${ground.day}　Huashu ${version}`, `As of ${ground.day}. Huashu ${version}`),
    blocks: [
      ...section(ground.say('话术', 'Script'), about(ground)),
      ...section(ground.say('检查结果', 'Result'), result(ground)),
      ...section(ground.say('问题', 'Findings'), findings(ground)),
      ...section(ground.say('豁免', 'Suppressions'), suppressions(ground)),
      ...section(ground.say('规则逐条', 'Rules'), rules(ground)),
      ...section(ground.say('依据', 'Sources'), sources(ground)),
      ...section(ground.say('用例与覆盖', 'Scenarios and coverage'), scenarios(ground)),
      ...section(ground.say('流程', 'Flow'), flow(ground)),
      ...section(ground.say('签署', 'Sign-off'), signatures(ground)),
      ...section(ground.say('附录：话术全文', 'Appendix: the script'), wholeText(ground)),
    ],
  };
}

function section(title: string, blocks: readonly Block[]): Block[] {
  return [heading(1, title), ...blocks];
}

function signatures(ground: Ground): readonly Block[] {
  const titles = ground.zh
    ? ['角色', '姓名', '意见', '签字', '日期']
    : ['Role', 'Name', 'Opinion', 'Signature', 'Date'];
  const roles = ground.zh
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

/** The script itself, line by line, as it was checked. */
function wholeText(ground: Ground): readonly Block[] {
  const { source, tree } = ground.reported.script;
  const rows = tree.lines.map(({ start, end, index }: Placed) => ({
    cells: [`${index + 1}`, source.slice(start, end).replace(/^\ufeff/, '')],
  }));
  // A script ends with a line end, behind which nothing stands.
  if (rows.at(-1)?.cells[1] === '') rows.pop();
  return [{ ...grid(ground.zh ? ['行', '正文'] : ['Line', 'Text'], [7, 93], rows), rowsAre: 'dense' }];
}
