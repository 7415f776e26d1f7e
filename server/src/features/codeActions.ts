import type { CodeAction, CodeActionParams } from 'vscode-languageserver-protocol';
import { insertion } from '../base/edit.ts';
import { inLanguage } from '../base/text.ts';
import { lineAt, type Script } from '../model/script.ts';
import { handOf } from '../model/writing.ts';
import type { Finding, Fix } from '../rules/finding.ts';
import { toWorkspaceEdit } from './convert.ts';
import { diagnosticOf } from './diagnostics.ts';
import type { Context, Feature } from './feature.ts';

/** The fixes of the findings at the cursor, the first one preferred, and a suppression that asks for its reason. */
export const codeActions: Feature<CodeActionParams, CodeAction[]> = {
  method: 'textDocument/codeAction',
  capability: { codeActionProvider: { codeActionKinds: ['quickfix'] } },
  run(context, { textDocument, range, context: { only } }) {
    const script = context.snapshot.script(textDocument.uri);
    if (!script || (only && !only.some((kind) => kind === 'quickfix' || kind === ''))) return [];
    const [start, end] = [script.text.offsetAt(range.start), script.text.offsetAt(range.end)];
    const here = context.findings(script).filter((each) => !each.suppressed && each.start <= end && each.end >= start);
    return here.flatMap((finding) => [
      ...finding.fixes().map((fix, index) => actionOf(fix, finding, script, context, index === 0)),
      ...suppression(finding, script, context).map((fix) => actionOf(fix, finding, script, context, false)),
    ]);
  },
};

function actionOf(fix: Fix, finding: Finding, script: Script, context: Context, preferred: boolean): CodeAction {
  return {
    title: inLanguage(fix.title, context.language),
    kind: 'quickfix',
    diagnostics: [diagnosticOf(finding, script, context)],
    ...(preferred && { isPreferred: true }),
    edit: toWorkspaceEdit(script, fix.edits, context.snapshot),
  };
}

/** `豁免：规则，原因：` above the line. Its reason is left open on purpose: until it is written, nothing is suppressed. */
function suppression(finding: Finding, script: Script, { snapshot }: Context): Fix[] {
  const rule = snapshot.packs(script).set.rule(finding.rule);
  if (!rule || rule.suppressible === false) return [];
  const write = handOf(script);
  const approval = rule.suppressible === 'approval';
  const [reason, approved] = write.english ? ['reason', 'approved'] : ['原因', '审批'];
  const fields = [`${reason}${write.colon}`, ...(approval ? [`${approved}${write.colon}`] : [])];
  const { start } = lineAt(script, finding.start);
  const line = `${write.keyword('suppression')}${write.colon}${[rule.id, ...fields].join(write.comma)}`.trimEnd();
  return [
    {
      title: {
        zh: `豁免“${rule.title.zh}”（需写明原因${approval ? '和审批人' : ''}）`,
        en: `Suppress “${rule.title.en}” (${approval ? 'reason and approver' : 'a reason'} required)`,
      },
      safe: false,
      edits: [insertion(start, line + write.eol)],
    },
  ];
}
