import type { CodeAction, CodeActionKind, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { editsBetween } from '../../base/edit.ts';
import { inLanguage } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import type { Finding } from '../../rules/finding.ts';
import { withFixesLike, withSafeFixes } from '../../rules/fixAll.ts';
import { toWorkspaceEdit } from '../convert.ts';
import type { Context } from '../feature.ts';
import { actionFor, edited, type Later } from './offer.ts';
import { ruleTitle } from './ruleTitle.ts';

export const fixAllKind: CodeActionKind = 'source.fixAll.huashu';

/** Everything that can be mended without anybody looking, as on save. */
export function fixAll(script: Script, context: Context): CodeAction[] {
  const open = context.findings(script).some(({ suppressed }) => !suppressed);
  const made = open && edited({ does: 'fix-all', uri: script.uri }, () => fixAllEdit(script, context), context);
  if (!made) return [];
  const title = { zh: '修正全部可以放心修正的问题', en: 'Apply every fix that is safe' };
  return [{ title: inLanguage(title, context.language), kind: fixAllKind, ...made }];
}

/**
 * Every finding of a rule in the file, where there are several. It takes several checks of the file, so that it is for clients
 * that ask again when it is chosen.
 */
export function fixRule(
  finding: Finding,
  findings: readonly Finding[],
  script: Script,
  context: Context,
): CodeAction[] {
  const { rule, start } = finding;
  const others = findings.filter((each) => each.rule === rule && !each.suppressed).length;
  if (others < 2 || !context.editor?.resolvesActions || finding.fixes().length === 0) return [];
  const data: Later = { does: 'fix-rule', uri: script.uri, rule, at: start };
  const { zh, en } = ruleTitle(finding, script, context);
  const title = { zh: `修正全文的同类问题：${zh}`, en: `Fix all like this in the file: ${en}` };
  return [actionFor(title, finding, script, context, { data })];
}

export function fixAllEdit(script: Script, context: Context): WorkspaceEdit | undefined {
  return replacing(script, withSafeFixes(script, context.snapshot, context.findings(script)), context);
}

export function fixRuleEdit(rule: string, at: number, script: Script, context: Context): WorkspaceEdit | undefined {
  const findings = context.findings(script);
  const finding = findings.find((each) => each.rule === rule && each.start === at && !each.suppressed);
  return finding && replacing(script, withFixesLike(finding, script, context.snapshot, findings), context);
}

function replacing(script: Script, text: string, { snapshot }: Context): WorkspaceEdit | undefined {
  return text === script.source ? undefined : toWorkspaceEdit(script, editsBetween(script.source, text), snapshot);
}
