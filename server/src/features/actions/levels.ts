import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { Text } from '../../base/text.ts';
import { configName, type Level } from '../../model/config.ts';
import { type ConfigText, levelEdits, newConfig } from '../../model/configEdits.ts';
import type { Script } from '../../model/script.ts';
import { severityNames } from '../../packs/labels.ts';
import type { Severity } from '../../packs/pack.ts';
import { parseYaml } from '../../packs/yamlText.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Context } from '../feature.ts';
import { yamlRange } from '../yamlNames.ts';
import { actionFor, edited } from './offer.ts';
import { ruleTitle } from './ruleTitle.ts';

/** The levels that are offered for a finding: one less grave, a mere hint, and none. */
const lower: { readonly [severity in Severity]: readonly Level[] } = {
  error: ['warning', 'hint', 'off'],
  warning: ['info', 'hint', 'off'],
  info: ['hint', 'off'],
  hint: ['off'],
};

/** Files that cannot be read are nobody's opinion. */
const beyondLevels: ReadonlySet<string> = new Set(['encoding', 'rule-pack']);

/** Turns the rule of a finding down or off in the nearest `huashu.yaml`. */
export function levels(finding: Finding, script: Script, context: Context): CodeAction[] {
  const { rule, category, severity } = finding;
  if (beyondLevels.has(category) || !place(script, context)) return [];
  // Who may not make an exception may not make the rule a lesser one by a click either.
  if (context.snapshot.packs(script).set.rule(rule)?.suppressible === false) return [];
  const title = ruleTitle(finding, script, context);
  return lower[severity].flatMap((level) => {
    const made = edited(
      { does: 'level', uri: script.uri, rule, level },
      () => levelEdit(rule, level, script, context),
      context,
    );
    return made ? [actionFor(titleOf(title, level), finding, script, context, made)] : [];
  });
}

function titleOf({ zh, en }: Text, level: Level): Text {
  if (level === 'off') return { zh: `在 ${configName} 中关闭：${zh}`, en: `Turn off in ${configName}: ${en}` };
  const to = severityNames[level];
  return {
    zh: `在 ${configName} 中降为${to.zh}：${zh}`,
    en: `Turn down to ${to.en} in ${configName}: ${en}`,
  };
}

export function levelEdit(rule: string, level: Level, script: Script, context: Context): WorkspaceEdit | undefined {
  const found = place(script, context);
  if (!found) return undefined;
  if ('create' in found) {
    const start = { line: 0, character: 0 };
    const edit: TextDocumentEdit = {
      textDocument: { uri: found.create, version: null },
      edits: [{ range: { start, end: start }, newText: newConfig(rule, level) }],
    };
    return { documentChanges: [{ kind: 'create', uri: found.create }, edit] };
  }
  const edits = levelEdits(found, rule, level, script.uri);
  if (!edits) return undefined;
  const yaml = parseYaml(found.text);
  return {
    changes: { [found.uri]: edits.map((edit) => ({ range: yamlRange(yaml, edit), newText: edit.newText })) },
  };
}

/** The `huashu.yaml` nearest to a script, as it was typed last, or the URI of the one that is to be made. */
function place(script: Script, { snapshot, editor }: Context): ConfigText | { readonly create: string } | undefined {
  const near = snapshot.settings.configs.findLast(({ file, folder }) => file && script.uri.startsWith(folder));
  if (near?.file) {
    const { uri, text } = near.file;
    const sheet = snapshot.sheet(uri);
    return sheet ? { uri: sheet.uri, text: sheet.yaml.source } : { uri, text };
  }
  const folder = editor?.folders?.find((each) => script.uri.startsWith(each));
  return editor?.createsFiles && folder !== undefined ? { create: folder + configName } : undefined;
}
