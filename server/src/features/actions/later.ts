import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { Context } from '../feature.ts';
import { fixAllEdit, fixRuleEdit } from './fixAll.ts';
import { levelEdit } from './levels.ts';
import type { Later } from './offer.ts';

/** What `codeAction/resolve` is asked for; nothing where the script has changed so that it makes no sense any more. */
export function editOf(later: Later, context: Context): WorkspaceEdit | undefined {
  const script = context.snapshot.script(later.uri);
  if (!script) return undefined;
  switch (later.does) {
    case 'fix-all':
      return fixAllEdit(script, context);
    case 'fix-rule':
      return fixRuleEdit(later.rule, later.at, script, context);
    case 'level':
      return levelEdit(later.rule, later.level, script, context);
    default:
      return later satisfies never;
  }
}
