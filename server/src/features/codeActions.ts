import type { CodeAction, CodeActionParams } from 'vscode-languageserver-protocol';
import type { Script } from '../model/script.ts';
import type { Finding, Fix } from '../rules/finding.ts';
import { fixAll, fixAllKind, fixRule } from './actions/fixAll.ts';
import { levels } from './actions/levels.ts';
import { actionFor, wants } from './actions/offer.ts';
import { rewrite } from './actions/rewrite.ts';
import { suppressions } from './actions/suppress.ts';
import { toWorkspaceEdit } from './convert.ts';
import type { Context, Feature } from './feature.ts';
import { refactorings, refactorKinds } from './refactor/index.ts';
import { worstFirst } from './worstFirst.ts';

/** What can be done where the cursor is: ways to mend findings or to let them stand, and other shapes for the lines. */
export const codeActions: Feature<CodeActionParams, CodeAction[]> = {
  method: 'textDocument/codeAction',
  capability: {
    codeActionProvider: { codeActionKinds: ['quickfix', ...refactorKinds, fixAllKind], resolveProvider: true },
  },
  looksAtFindings: true,
  run(context, { textDocument, range, context: { only, triggerKind } }) {
    const script = context.snapshot.script(textDocument.uri);
    if (!script) return [];
    const span = { start: script.text.offsetAt(range.start), end: script.text.offsetAt(range.end) };
    return [
      ...(wants(only, 'quickfix') ? quickFixes(span, script, context) : []),
      ...refactorings(span, script, triggerKind !== automatic, context).filter(({ kind = '' }) => wants(only, kind)),
      // On save, and where somebody asks for it; elsewhere it would be in the way.
      ...(only && wants(only, fixAllKind) ? fixAll(script, context) : []),
    ];
  },
};

/** The editor looks whether there is anything to show a light bulb for; `CodeActionTriggerKind.Automatic`. */
const automatic = 2;

function quickFixes(
  { start, end }: { readonly start: number; readonly end: number },
  script: Script,
  context: Context,
): CodeAction[] {
  const all = context.findings(script);
  const here = worstFirst(all.filter((each) => !each.suppressed && each.start <= end && each.end >= start));
  const fixing = here.flatMap((finding) => fixesOf(finding, script, context));
  // Several findings of a rule at one place have one way to mend all of them, and one to let it be.
  const rules = [...new Map(here.map((finding) => [finding.rule, finding])).values()];
  return [
    ...fixing,
    ...rewrite(here, script, context),
    ...rules.flatMap((finding) => fixRule(finding, all, script, context)),
    ...rules.flatMap((finding) => suppressions(finding, script, context)),
    ...rules.flatMap((finding) => levels(finding, script, context)),
  ];
}

function fixesOf(finding: Finding, script: Script, context: Context): CodeAction[] {
  const fixes = finding.fixes();
  const worded = context.snapshot.packs(script).set.rules.some(({ id }) => id === finding.rule);
  return fixes.map((fix, index) =>
    actionFor(fix.title, finding, script, context, {
      ...(index === 0 && isBest(fix, fixes, worded) && { isPreferred: true }),
      edit: toWorkspaceEdit(script, fix.edits, context.snapshot),
    }),
  );
}

/** The only way, one that cannot do harm, the name that was meant; of wordings a rule names the best one first. */
function isBest(fix: Fix, fixes: readonly Fix[], worded: boolean): boolean {
  return worded || fixes.length === 1 || fix.safe || fix.best === true;
}
