import { commands, Disposable, l10n, type QuickPickItem, type Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type ComplianceReportParams,
  complianceReportRequest,
  type ExportParams,
  exportRequest,
  type WrittenFile,
  type WrittenReport,
} from './protocol.ts';
import { bytesOf, nameOf, saveFile, tellSaved } from './saveFile.ts';
import { scriptAtHand } from './scriptAtHand.ts';

/** Offers a script in the formats of those who use it, and what a compliance officer files of it. */
export function offerHandover(client: BaseLanguageClient): Disposable {
  return Disposable.from(
    commands.registerCommand('huashu.export', (given?: unknown) => exportScript(client, given)),
    commands.registerCommand('huashu.complianceReport', (given?: unknown) => reportScript(client, given)),
  );
}

interface Choice<Format> extends QuickPickItem {
  readonly format: Format;
  readonly ending: string;
}

async function exportScript(client: BaseLanguageClient, given: unknown): Promise<void> {
  const uri = await scriptAtHand(given);
  if (!uri) return;
  const title = l10n.t('Export {0}', nameOf(uri));
  const choices: readonly Choice<ExportParams['format']>[] = [
    {
      format: 'docx',
      ending: 'docx',
      label: l10n.t('Word document'),
      description: '.docx',
      detail: l10n.t('The document that people know: for those who speak, train or approve'),
    },
    {
      format: 'xlsx',
      ending: 'xlsx',
      label: l10n.t('Excel workbook'),
      description: '.xlsx',
      detail: l10n.t('A row a line: to be read, translated or recorded; can be imported again without loss'),
    },
    {
      format: 'csv',
      ending: 'csv',
      label: l10n.t('Comma-separated values'),
      description: '.csv',
      detail: l10n.t('The lines alone, for other programs'),
    },
    {
      format: 'html',
      ending: 'html',
      label: l10n.t('Web page'),
      description: '.html',
      detail: l10n.t('The document with the map, as one file; prints on A4'),
    },
    {
      format: 'mermaid',
      ending: 'mmd',
      label: l10n.t('Mermaid flow chart'),
      description: '.mmd',
      detail: l10n.t('The flow, as GitHub, GitLab and others draw it'),
    },
    {
      format: 'json',
      ending: 'json',
      label: l10n.t('JSON for call-bot platforms'),
      description: '.json',
      detail: l10n.t('Everything, by a documented schema; can be imported again without loss'),
    },
  ];
  const choice = await window.showQuickPick(choices, { title, placeHolder: l10n.t('Which format?') });
  if (!choice) return;
  const { format, ending, label: kind } = choice;
  await told(async () => {
    const file = await saveFile(uri, { title, kind, ending }, async () => {
      // The server knows a script that is open, wherever it comes from.
      await workspace.openTextDocument(uri);
      const params: ExportParams = { uri: uri.toString(), format };
      return bytesOf((await client.sendRequest<WrittenFile>(exportRequest, params)).bytes);
    });
    if (file) void tellSaved(file, l10n.t('Exported as {0}.', nameOf(file)));
  }, uri);
}

async function reportScript(client: BaseLanguageClient, given: unknown): Promise<void> {
  const uri = await scriptAtHand(given);
  if (!uri) return;
  const title = l10n.t('Compliance report on {0}', nameOf(uri));
  const choices: readonly Choice<ComplianceReportParams['format']>[] = [
    {
      format: 'html',
      ending: 'html',
      label: l10n.t('Web page'),
      description: '.html',
      detail: l10n.t('One file that needs nothing from elsewhere; prints on A4'),
    },
    {
      format: 'docx',
      ending: 'docx',
      label: l10n.t('Word document'),
      description: '.docx',
      detail: l10n.t('The same, to be signed and filed'),
    },
  ];
  const choice = await window.showQuickPick(choices, { title, placeHolder: l10n.t('Which format?') });
  if (!choice) return;
  const { format, ending, label: kind } = choice;
  let counts = { errors: 0, warnings: 0 };
  await told(async () => {
    const suffix = l10n.t(' compliance report');
    const file = await saveFile(uri, { title, kind, ending, suffix }, async () => {
      await workspace.openTextDocument(uri);
      const params: ComplianceReportParams = { uri: uri.toString(), format };
      const report = await client.sendRequest<WrittenReport>(complianceReportRequest, params);
      counts = report;
      return bytesOf(report.bytes);
    });
    const { errors, warnings } = counts;
    if (file)
      void tellSaved(file, l10n.t('Reported in {0}. Errors: {1}, warnings: {2}.', nameOf(file), errors, warnings));
  }, uri);
}

/** Does something with a script; what goes wrong is told to the user. */
async function told(work: () => Promise<void>, uri: Uri): Promise<void> {
  try {
    await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('{0} could not be handed over: {1}', nameOf(uri), why));
  }
}
