import type { Position, TextDocumentIdentifier, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { type Scope, triedSuppression, type Unwritable } from '../rules/suppressing.ts';
import { toWorkspaceEdit } from './convert.ts';
import { type Feature, Refusal } from './feature.ts';

/** What the client has asked the user for; our own client has the same shape on its side. */
export interface SuppressParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly rule: string;
  readonly position: Position;
  readonly scope: Scope;
  readonly reason: string;
  readonly approved?: string;
  readonly until?: string;
}

/** Writes a suppression with its reason, when the user has given it. */
export const suppress: Feature<SuppressParams, WorkspaceEdit | Refusal> = {
  method: 'huashu/suppress',
  capability: {},
  looksAtFindings: true,
  run(context, { textDocument, rule, position, scope, reason, approved, until }) {
    const { snapshot } = context;
    const script = snapshot.script(textDocument.uri);
    const findings = script ? context.findings(script) : [];
    // While the user was asked, something may have been typed.
    const finding = findings.find(({ start, suppressed, ...each }) => {
      return each.rule === rule && !suppressed && script?.text.positionAt(start).line === position.line;
    });
    if (!script || !finding)
      return new Refusal('这一行已经没有这个问题了。', 'That line does not have this finding any more.');
    const fields = { reason, ...(approved && { approved }), ...(until && { until }) };
    const edit = triedSuppression(finding, scope, fields, script, snapshot);
    return typeof edit === 'string' ? refusals[edit] : toWorkspaceEdit(script, [edit], snapshot);
  },
};

const refusals: { readonly [why in Unwritable]: Refusal } = {
  reason: new Refusal(
    '这样写的原因会被读成别的内容，请换个写法。',
    'Written so, the reason would be read as something else.',
  ),
  approved: new Refusal(
    '这样写的审批人会被读成别的内容，请换个写法。',
    'Written so, the approver would be read as something else.',
  ),
  until: new Refusal(
    '这样写的日期会被读成别的内容，请换个写法。',
    'Written so, the date would be read as something else.',
  ),
  finding: new Refusal('这样写的豁免不会生效，没有写入。', 'Such a suppression would not count; nothing was written.'),
};
