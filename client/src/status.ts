import {
  Disposable,
  type Event,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type Status, statusRequest } from './protocol.ts';
import { allRules } from './rulePage.ts';

/** So long, in milliseconds, nothing is typed before the findings are counted again. */
const quiet = 300;

/** Shows beside the name of the language which rule packs a script is checked with, and how many findings it has. */
export function showStatus(client: BaseLanguageClient, extension: Uri, onChange: Event<void>): Disposable {
  const packs = languages.createLanguageStatusItem('huashu.packs', { language: 'huashu' });
  packs.name = l10n.t('Rule packs');
  const rules = { title: l10n.t('All Rules'), command: 'vscode.open', arguments: [allRules(extension)] };
  const findings = languages.createLanguageStatusItem('huashu.findings', { language: 'huashu' });
  findings.name = l10n.t('Findings');
  const problems = { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const look = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== 'huashu') return;
    const mine = ++asked;
    findings.busy = true;
    const status = await statusOf(document, client);
    // While it was counted something may have been typed, or another script opened.
    if (mine !== asked) return;
    findings.busy = false;
    if (status) {
      findings.command = problems;
      packs.command = status.troubles.length > 0 ? problems : rules;
      tell(status, packs, findings);
    }
  };
  const lookSoon = (document: TextDocument): void => {
    if (document !== window.activeTextEditor?.document || document.languageId !== 'huashu') return;
    findings.busy = true;
    clearTimeout(timer);
    timer = setTimeout(look, quiet);
  };

  void look();
  return Disposable.from(
    packs,
    findings,
    new Disposable(() => clearTimeout(timer)),
    window.onDidChangeActiveTextEditor(look),
    workspace.onDidChangeTextDocument(({ document }) => lookSoon(document)),
    onChange(look),
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Stopped) return;
      asked++;
      findings.busy = false;
      findings.severity = LanguageStatusSeverity.Error;
      findings.text = l10n.t('Scripts are not checked');
      findings.detail = l10n.t('The language server is not running.');
      findings.command = { title: l10n.t('Restart'), command: 'huashu.restart' };
    }),
  );
}

async function statusOf({ uri }: TextDocument, client: BaseLanguageClient): Promise<Status | null | undefined> {
  try {
    return await client.sendRequest<Status | null>(statusRequest, { uri: uri.toString() });
  } catch {
    // The server has stopped, which is told elsewhere.
    return undefined;
  }
}

function tell({ packs, troubles, findings }: Status, about: LanguageStatusItem, found: LanguageStatusItem): void {
  const listed = (texts: readonly string[]): string => texts.join(l10n.t(', '));
  const isSound = troubles.length === 0;
  about.severity = isSound ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
  about.text = isSound
    ? listed(packs.map(({ id, version }) => `${id} ${version}`))
    : l10n.t('Trouble with rule packs: {0}', listed(troubles.map(({ name }) => name)));
  about.detail = isSound ? listed(packs.map(({ title }) => title)) : listed(troubles.map(({ reason }) => reason));
  const { error, warning, info, hint } = findings;
  found.severity = LanguageStatusSeverity.Information;
  found.text =
    error + warning + info + hint === 0 ? l10n.t('No findings') : l10n.t('Errors: {0}, warnings: {1}', error, warning);
  found.detail = info + hint > 0 ? l10n.t('For information: {0}, hints: {1}', info, hint) : l10n.t('in this script');
}
