import type { CodeAction, Position } from 'vscode-languageserver-protocol';
import { inLanguage, type Text } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import type { Finding } from '../../rules/finding.ts';
import { type Scope, scopesFor, suppressionEdit } from '../../rules/suppressing.ts';
import { toRange, toWorkspaceEdit } from '../convert.ts';
import type { Context } from '../feature.ts';
import { actionFor } from './offer.ts';

/** What the client needs to know to ask for the rest; our own client has the same shape on its side. */
export interface Asking {
  readonly uri: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly position: Position;
  /** For what it can be, the smallest first: the user chooses. */
  readonly scopes: readonly Scope[];
  /** The rule, for the user. */
  readonly title: string;
  /** Whether the rule wants an approver. */
  readonly approval: boolean;
  readonly today: string;
  /** The last day that is proposed. */
  readonly until: string;
}

const scopeNames: { readonly [scope in Scope]: Text } = {
  line: { zh: '这一行的', en: ' on this line' },
  node: { zh: '这一节的', en: ' in this node' },
  file: { zh: '全文的', en: ' in this file' },
};

/**
 * A suppression: where the client can ask, one for whatever the user chooses, with the reason; elsewhere one each for the line, the node and
 * the file, and the reason is left open on purpose: until it is written, nothing is suppressed.
 */
export function suppressions(finding: Finding, script: Script, context: Context): CodeAction[] {
  const { snapshot, language, editor } = context;
  const rule = snapshot.packs(script).set.rule(finding.rule);
  if (!rule || rule.suppressible === false) return [];
  const approval = rule.suppressible === 'approval';
  const needs: Text = {
    zh: approval ? '需写明原因和审批人' : '需写明原因',
    en: approval ? 'reason and approver required' : 'a reason required',
  };
  const titleFor = ({ zh, en }: Text): Text => ({
    zh: `豁免${zh}规则：${rule.title.zh}（${needs.zh}）`,
    en: `Suppress the rule “${rule.title.en}”${en} (${needs.en})`,
  });
  const scopes = scopesFor(finding, script);
  if (editor?.suppressCommand !== undefined) {
    const { today } = snapshot.settings;
    const asking: Asking = {
      uri: script.uri,
      rule: rule.id,
      position: toRange(script, finding).start,
      scopes,
      title: inLanguage(rule.title, language),
      approval,
      today,
      until: inHalfAYear(today),
    };
    const title = titleFor({ zh: '', en: '' });
    const command = { title: inLanguage(title, language), command: editor.suppressCommand, arguments: [asking] };
    return scopes.length === 0 ? [] : [actionFor(title, finding, script, context, { command })];
  }
  return scopes.flatMap((scope) => {
    const fields = { reason: '', ...(approval && { approved: '' }) };
    const edit = suppressionEdit(rule.id, scope, finding.start, fields, script);
    return edit
      ? [
          actionFor(titleFor(scopeNames[scope]), finding, script, context, {
            edit: toWorkspaceEdit(script, [edit], snapshot),
          }),
        ]
      : [];
  });
}

/** Six months later, on the same day or the last one of a shorter month. */
export function inHalfAYear(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const later = month + 6 > 12 ? { year: year + 1, month: month - 6 } : { year, month: month + 6 };
  const last = new Date(Date.UTC(later.year, later.month, 0)).getUTCDate();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${later.year}-${two(later.month)}-${two(Math.min(date, last))}`;
}
