import { nearest } from '../base/names.ts';
import { type Span, shift } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { PackSet } from '../packs/packSet.ts';
import { isDate } from '../packs/yamlReader.ts';
import type { Suppression } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { categories, type Finding, type Suppressed } from './finding.ts';
import { flawed } from './structure/flaws.ts';
import { replaceBy } from './structure/replace.ts';
import type { Draft, StructureRule } from './structure/rule.ts';

/** The rule about suppressions themselves; it runs last, since it has to know what they suppress. */
export const suppressionRule: Omit<StructureRule, 'check'> = {
  id: 'suppression',
  severity: 'warning',
  title: { zh: '豁免无效或没有用到', en: 'Suppression that does not count or is not needed' },
  why: {
    zh: '每一条豁免都要有人负责：写明原因，需要时写明审批人和期限。过期的、写错的、已经用不着的豁免，会让人误以为问题有人看过。',
    en: 'Somebody answers for every suppression: with a reason and, where needed, an approver and a date. One that is past its date, misspelt or no longer needed looks as if somebody had judged the finding.',
  },
  examples: {
    bad: [
      '---\n变量:\n  卡号: {类型: 文本, 样例: 1234}\n---\n【开场】\n⟦豁免⟧：unknown-role\n甲：您好。',
      '【开场】\n豁免：unknown-role，原因：演示，至：⟦2020-01-01⟧\n甲：您好。',
      '【开场】\n豁免：⟦unknown-rule⟧，原因：演示\n坐席：您好。',
      '【开场】\n豁免：⟦unknown-role⟧，原因：演示\n坐席：您好。',
    ],
    good: ['【开场】\n豁免：unknown-role，原因：甲是演示用的角色，审批：合规部\n甲：您好。'],
  },
};

/** Findings about suppressions can themselves not be suppressed, nor can files that cannot be read. */
const beyondSuppression: ReadonlySet<string> = new Set(['suppression', 'encoding']);

interface Scope {
  readonly placed: Placed<Suppression>;
  readonly covers: Span;
}

/** Marks the findings that a suppression covers, and reports the suppressions that are wrong or unused. */
export function suppress(
  script: Script,
  findings: readonly Finding[],
  packs: PackSet,
  today: string,
): { findings: Finding[]; drafts: Draft[] } {
  const drafts: Draft[] = [];
  const counting: (Scope & { readonly suppressed: Suppressed })[] = [];
  for (const scope of scopesOf(script, drafts)) {
    const suppressed = judge(scope.placed, packs, today, drafts);
    if (suppressed) counting.push({ ...scope, suppressed });
  }
  const used = new Set<Scope>();
  const marked = findings.map((finding): Finding => {
    const scope = counting.find(
      ({ placed, covers }) => names(placed, finding) && covers.start <= finding.start && finding.start <= covers.end,
    );
    if (!scope || beyondSuppression.has(finding.category)) return finding;
    used.add(scope);
    return { ...finding, suppressed: scope.suppressed };
  });
  for (const scope of counting) {
    if (used.has(scope)) continue;
    const { placed } = scope;
    drafts.push({
      ...shift(placed.line.rule, placed.start),
      message: { zh: '这条豁免没有用到，可以删去。', en: 'This suppression suppresses nothing and can go.' },
      tag: 'unnecessary',
      fixes: () => [
        {
          title: { zh: '删去这条豁免', en: 'Remove the suppression' },
          safe: true,
          edits: [{ ...wholeLine(script, placed), newText: '' }],
        },
      ],
    });
  }
  return { findings: marked, drafts };
}

function names({ line }: Placed<Suppression>, finding: Finding): boolean {
  return line.rule.text === finding.rule || line.rule.text === finding.category;
}

/** What each suppression covers: the next line, the rest of its node, or the file. */
function scopesOf(script: Script, drafts: Draft[]): Scope[] {
  const { tree } = script;
  return tree.lines.flatMap((placed): Scope[] => {
    if (!isLine(placed, 'suppression')) return [];
    const { scope } = placed.line;
    const node = tree.nodes.findLast(({ span }) => span.start <= placed.start);
    if (scope === 'file') {
      if (node?.heading) {
        drafts.push({
          ...shift(placed.line.head, placed.start),
          message: {
            zh: '全文的豁免请写在第一节之前。',
            en: 'A suppression for the whole file stands above the first heading.',
          },
        });
        return [];
      }
      return [{ placed, covers: { start: 0, end: script.source.length } }];
    }
    if (scope === 'node') return [{ placed, covers: { start: placed.start, end: endOf(node, placed) } }];
    let next = tree.lines[placed.index + 1];
    while (next && ['remark', 'suppression', 'blank'].includes(next.line.kind)) next = tree.lines[next.index + 1];
    return [{ placed, covers: next ?? { start: placed.end, end: placed.end } }];
  });
}

function endOf(node: ScriptNode | undefined, placed: Placed): number {
  return node?.lines.at(-1)?.end ?? placed.end;
}

/** Why the suppression counts, or nothing when it does not. */
function judge(placed: Placed<Suppression>, packs: PackSet, today: string, drafts: Draft[]): Suppressed | undefined {
  const { rule, fields, flaws, head } = placed.line;
  const at = (span: Span): Span => shift({ start: span.start, end: span.end }, placed.start);
  const before = drafts.length;
  for (const flaw of flaws) drafts.push(...flawed(placed, flaw));
  const target = packs.rule(rule.text);
  if (rule.text !== '' && !target && !(categories as readonly string[]).includes(rule.text)) {
    const near = nearest(rule.text, [...packs.rules.map(({ id }) => id), ...categories]);
    drafts.push({
      ...at(rule),
      message: {
        zh: `没有名为“${rule.text}”的规则${near ? `，是否想写“${near}”` : ''}。`,
        en: `There is no rule named “${rule.text}”${near ? `; did you mean “${near}”` : ''}.`,
      },
      fixes: () => replaceBy(near, rule.text, at(rule)),
    });
  }
  if (target?.suppressible === false) {
    drafts.push({
      ...at(rule),
      message: {
        zh: `规则“${target.title.zh}”不允许豁免，请修改台词。`,
        en: `The rule “${target.title.en}” cannot be suppressed; change the line.`,
      },
    });
  }
  if (!fields.reason && !flaws.some(({ kind }) => kind === 'missing-value')) {
    drafts.push({
      ...at(head),
      message: {
        zh: '豁免必须写明原因，例如：，原因：监管报备原文。',
        en: 'A suppression needs a reason, as in: , reason: wording filed with the regulator.',
      },
    });
  }
  if (target?.suppressible === 'approval' && !fields.approved) {
    drafts.push({
      ...at(rule),
      message: {
        zh: '豁免这条规则需要写明审批人，例如：，审批：合规部。',
        en: 'To suppress this rule, say who approved it, as in: , approved: compliance.',
      },
    });
  }
  if (fields.until && !isDate(fields.until.text)) {
    drafts.push({
      ...at(fields.until),
      message: { zh: '这里应当是日期，例如 2027-06-30。', en: 'A date is expected here, such as 2027-06-30.' },
    });
  } else if (fields.until && fields.until.text < today) {
    drafts.push({
      ...at(fields.until),
      message: {
        zh: `这条豁免已于 ${fields.until.text} 到期，不再有效。`,
        en: `This suppression ended on ${fields.until.text} and no longer counts.`,
      },
    });
  }
  if (drafts.length > before || !fields.reason) return undefined;
  return {
    reason: fields.reason.text,
    ...(fields.approved && { approved: fields.approved.text }),
    ...(fields.until && { until: fields.until.text }),
  };
}

/** The line with its line end, for deleting it. */
function wholeLine(script: Script, placed: Placed): Span {
  const next = script.tree.lines[placed.index + 1];
  return { start: placed.start, end: next?.start ?? placed.end };
}
