import type { CodeAction, Position } from 'vscode-languageserver-protocol';
import { inLanguage, type Text } from '../../base/text.ts';
import type { Script } from '../../model/script.ts';
import { severities } from '../../packs/pack.ts';
import type { Finding } from '../../rules/finding.ts';
import { rewordable } from '../../rules/rewordable.ts';
import { toRange } from '../convert.ts';
import type { Context } from '../feature.ts';
import { actionFor } from './offer.ts';

/** What the client sends along when it asks for rewrites; our own client has the same shape on its side. */
export interface RewriteAsking {
  readonly uri: string;
  readonly rule: string;
  /** Where the finding begins. */
  readonly position: Position;
}

const title: Text = {
  zh: '用编辑器的语言模型改写这句话…',
  en: 'Rewrite this line with the editor’s language model…',
};

/**
 * The line in the words of the language model that the user has. Whether there is one only the client knows, which leaves the action
 * out where there is none. Of several findings at a place it is about the worst and narrowest; the others have to go as well.
 */
export function rewrite(findings: readonly Finding[], script: Script, context: Context): CodeAction[] {
  const command = context.editor?.rewriteCommand;
  if (command === undefined) return [];
  const packs = context.snapshot.packs(script).set;
  const [finding] = findings
    .filter((each) => rewordable(each, script, packs))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || size(a) - size(b));
  if (!finding) return [];
  const { start } = toRange(script, finding);
  const asking: RewriteAsking = { uri: script.uri, rule: finding.rule, position: start };
  return [
    actionFor(title, finding, script, context, {
      command: { title: inLanguage(title, context.language), command, arguments: [asking] },
    }),
  ];
}

function size({ start, end }: Finding): number {
  return end - start;
}
