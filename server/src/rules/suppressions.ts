import { nearest, orMeant } from '../base/names.ts';
import { type Span, shift } from '../base/span.ts';
import type { Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import type { FlowRule, WordingRule } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import { isDate } from '../packs/yamlReader.ts';
import type { Suppression } from '../syntax/line.ts';
import { type Placed, type ScriptNode, traits } from '../syntax/tree.ts';
import { categories, type Finding, isCategory, type Suppressed } from './finding.ts';
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
const beyondSuppression: ReadonlySet<string> = new Set(['suppression', 'encoding', 'rule-pack']);

export const suppressionStates = ['in-use', 'unused', 'expired', 'invalid'] as const;

/** A suppression as whoever answers for it wants to see it. */
export interface SuppressionEntry extends Span {
  /** The rule or category, as written. */
  readonly rule: string;
  readonly scope: Suppression['scope'];
  readonly reason?: string;
  readonly approved?: string;
  readonly until?: string;
  readonly state: (typeof suppressionStates)[number];
  /** How many findings it suppresses today. */
  readonly findings: number;
}

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
): { findings: Finding[]; drafts: Draft[]; entries: SuppressionEntry[] } {
  const drafts: Draft[] = [];
  const counting: (Scope & { readonly suppressed: Suppressed })[] = [];
  const written = script.tree.having(traits.suppression) as readonly Placed<Suppression>[];
  if (written.length === 0) return { findings: [...findings], drafts, entries: [] };
  for (const scope of scopesOf(written, script, drafts)) {
    const suppressed = judge(scope.placed, packs, today, drafts);
    if (suppressed) counting.push({ ...scope, suppressed });
  }
  const used = new Map<Placed, number>();
  const byRule = new Map<string, (Scope & { readonly suppressed: Suppressed })[]>();
  for (const scope of counting) {
    const rule = scope.placed.line.rule.text;
    const known = byRule.get(rule);
    if (known) known.push(scope);
    else byRule.set(rule, [scope]);
  }
  const marked = findings.map((finding): Finding => {
    const named = [...(byRule.get(finding.rule) ?? []), ...(byRule.get(finding.category) ?? [])];
    const scope = named.find(({ covers }) => covers.start <= finding.start && finding.start <= covers.end);
    if (!scope || beyondSuppression.has(finding.category)) return finding;
    used.set(scope.placed, used.get(scope.placed) ?? 0);
    // A category stands for its rules, and each of them keeps its own conditions.
    const refused = refusal(packs.rule(finding.rule), scope.placed.line.fields.approved !== undefined);
    if (refused) {
      const { rule } = scope.placed.line;
      if (rule.text !== finding.rule) drafts.push({ ...shift(rule, scope.placed.start), message: refused });
      return finding;
    }
    used.set(scope.placed, (used.get(scope.placed) ?? 0) + 1);
    return { ...finding, suppressed: scope.suppressed };
  });
  for (const scope of counting) {
    const { placed } = scope;
    if (used.has(placed)) continue;
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
  const valid = new Set(counting.map(({ placed }) => placed));
  const entries = written.map((placed) => entryOf(placed, valid.has(placed), used.get(placed) ?? 0, today));
  return { findings: marked, drafts, entries };
}

function entryOf(placed: Placed<Suppression>, valid: boolean, findings: number, today: string): SuppressionEntry {
  const { rule, scope, fields } = placed.line;
  const { reason, approved, until } = fields;
  const expired = until !== undefined && isDate(until.text) && until.text < today;
  return {
    start: placed.start,
    end: placed.end,
    rule: rule.text,
    scope,
    ...(reason && { reason: reason.text }),
    ...(approved && { approved: approved.text }),
    ...(until && { until: until.text }),
    state: expired ? 'expired' : !valid ? 'invalid' : findings === 0 ? 'unused' : 'in-use',
    findings,
  };
}

/** Why a finding of a rule stays in spite of a suppression. */
function refusal(rule: WordingRule | FlowRule | undefined, approved: boolean): Text | undefined {
  if (rule?.suppressible === false) {
    return {
      zh: `规则“${rule.title.zh}”不允许豁免，请修改台词。`,
      en: `The rule “${rule.title.en}” cannot be suppressed; change the line.`,
    };
  }
  if (rule?.suppressible === 'approval' && !approved) {
    return {
      zh: `豁免规则“${rule.title.zh}”需要写明审批人，例如“，审批：合规部”。`,
      en: `To suppress the rule “${rule.title.en}”, say who approved it, as in “, approved: compliance”.`,
    };
  }
  return undefined;
}

/** What each suppression covers: the next line, the rest of its node, or the file. */
function scopesOf(written: readonly Placed<Suppression>[], { tree, source }: Script, drafts: Draft[]): Scope[] {
  const nextOf = linesBehind(written, tree.lines);
  let before = -1;
  return written.flatMap((placed): Scope[] => {
    const { scope } = placed.line;
    while ((tree.nodes[before + 1]?.span.start ?? Number.POSITIVE_INFINITY) <= placed.start) before++;
    const node = tree.nodes[before];
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
      return [{ placed, covers: { start: 0, end: source.length } }];
    }
    if (scope === 'node') return [{ placed, covers: { start: placed.start, end: endOf(node, placed) } }];
    return [{ placed, covers: nextOf.get(placed) ?? { start: placed.end, end: placed.end } }];
  });
}

/** The line behind each suppression that says something. They are gone through from the end, since thousands can stand on each other. */
function linesBehind(
  written: readonly Placed<Suppression>[],
  lines: readonly Placed[],
): ReadonlyMap<Placed<Suppression>, Placed> {
  const found = new Map<Placed<Suppression>, Placed>();
  let next: Placed | undefined;
  let at = lines.length;
  for (const placed of written.toReversed()) {
    while (--at > placed.index) {
      const line = lines[at];
      if (line && !['remark', 'suppression', 'blank'].includes(line.line.kind)) next = line;
    }
    if (next) found.set(placed, next);
  }
  return found;
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
  if (rule.text !== '' && !target && !isCategory(rule.text)) {
    const near = nearest(rule.text, [...[...packs.rules, ...packs.flow].map(({ id }) => id), ...categories]);
    drafts.push({
      ...at(rule),
      message: {
        zh: `没有名为“${rule.text}”的规则${orMeant(near).zh}`,
        en: `There is no rule named “${rule.text}”${orMeant(near).en}`,
      },
      fixes: () => replaceBy(near, rule.text, at(rule)),
    });
  }
  const refused = refusal(target, fields.approved !== undefined);
  if (refused) drafts.push({ ...at(rule), message: refused });
  if (!fields.reason && !flaws.some(({ kind }) => kind === 'missing-value')) {
    drafts.push({
      ...at(head),
      message: {
        zh: '豁免必须写明原因，例如“，原因：监管报备原文”。',
        en: 'A suppression needs a reason, as in: , reason: wording filed with the regulator.',
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
