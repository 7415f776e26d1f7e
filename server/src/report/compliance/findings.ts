import { type Block, grid, heading, paragraph, quiet, strong } from '../../handover/document.ts';
import type { Finding } from '../../rules/finding.ts';
import { severityNames } from '../severity.ts';
import { scopeNames, stateNames } from '../suppressionNames.ts';
import type { Ground } from './ground.ts';

/** What counts against the script. */
export function findings(ground: Ground): readonly Block[] {
  const counting = ground.appraisal.findings.filter(({ suppressed }) => !suppressed);
  if (counting.length === 0) return [paragraph(ground.say('没有发现问题。', 'Nothing was found.'), 'good')];
  return [findingTable(ground, counting)];
}

/** What was excused: by whom, why and until when. */
export function suppressions(ground: Ground): readonly Block[] {
  const { suppressions, findings } = ground.appraisal;
  if (suppressions.length === 0) return [paragraph(ground.say('没有豁免。', 'There are none.'))];
  const titles = ground.zh
    ? ['位置', '规则与范围', '原因', '审批', '到期', '状态']
    : ['Place', 'Rule and scope', 'Reason', 'Approved by', 'Until', 'State'];
  const none = ground.say('没有写', 'none');
  const excused = findings.filter(({ suppressed }) => suppressed);
  return [
    grid(
      titles,
      [15, 24, 25, 13, 11, 12],
      suppressions.map(({ start, rule, scope, reason, approved, until, state, findings: count }) => ({
        ...(state !== 'in-use' && { tone: 'warning' as const }),
        cells: [
          ground.placeOf(start),
          [[{ text: rule, look: 'code' }], [quiet(ground.in(scopeNames[scope]))]],
          reason ?? none,
          approved ?? none,
          until ?? none,
          count === 0
            ? ground.in(stateNames[state])
            : `${ground.in(stateNames[state])}${ground.say(`，豁免 ${count} 处`, `, suppresses ${count}`)}`,
        ],
      })),
    ),
    ...(excused.length === 0
      ? []
      : [heading(2, ground.say('已豁免的问题', 'Suppressed findings')), findingTable(ground, excused)]),
  ];
}

function findingTable(ground: Ground, findings: readonly Finding[]): Block {
  const titles = ground.zh ? ['级别', '位置', '问题', '依据'] : ['Level', 'Place', 'Finding', 'Sources'];
  return grid(
    titles,
    [9, 17, 48, 26],
    findings.map((finding) => ({
      tone: finding.severity === 'error' ? 'bad' : finding.severity === 'warning' ? 'warning' : 'quiet',
      cells: [
        ground.in(severityNames[finding.severity]),
        ground.placeOf(finding.start),
        [
          [strong(shortened(ground.reported.script.source.slice(finding.start, finding.end)))],
          [ground.in(finding.message)],
          [{ text: finding.rule, look: 'code' }],
        ],
        ground.references(finding.sources),
      ],
    })),
  );
}

const longest = 60;

function shortened(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
