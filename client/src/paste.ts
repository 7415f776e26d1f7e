import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type PasteParams, type PasteResult, pasteRequest } from './protocol.ts';

/** What VS Code has had since 1.97, later than the types that describe the oldest one we run in. */
interface PasteApi {
  readonly DocumentPasteEdit?: new (text: string, title: string, kind: unknown) => PasteEdit;
  readonly DocumentDropOrPasteEditKind?: { readonly Text: { append(...parts: string[]): unknown } };
  readonly languages: {
    registerDocumentPasteEditProvider?(
      selector: vscode.DocumentSelector,
      provider: {
        provideDocumentPasteEdits(
          document: vscode.TextDocument,
          ranges: readonly vscode.Range[],
          clipboard: vscode.DataTransfer,
          context: unknown,
          token: vscode.CancellationToken,
        ): Promise<PasteEdit[] | undefined>;
      },
      metadata: { readonly providedPasteEditKinds: readonly unknown[]; readonly pasteMimeTypes: readonly string[] },
    ): vscode.Disposable;
  };
}

interface PasteEdit {
  additionalEdit?: vscode.WorkspaceEdit;
}

/**
 * Offers to paste what was copied from Word or Excel as a script. Where the clipboard looks like a dialogue that is what a paste
 * does; the button beside it gives the plain text, and one undo takes it back. An older VS Code pastes as ever.
 */
export function offerPaste(client: BaseLanguageClient): vscode.Disposable {
  const { DocumentPasteEdit, DocumentDropOrPasteEditKind, languages } = vscode as unknown as PasteApi;
  if (!DocumentPasteEdit || !DocumentDropOrPasteEditKind || !languages.registerDocumentPasteEditProvider)
    return new vscode.Disposable(() => undefined);
  const kind = DocumentDropOrPasteEditKind.Text.append('huashu');
  return languages.registerDocumentPasteEditProvider(
    { language: 'huashu' },
    {
      async provideDocumentPasteEdits(document, [range, ...more], clipboard, _context, token) {
        // What was copied from an editor is a script already, or meant to be what it is.
        if (!range || more.length > 0 || clipboard.get('vscode-editor-data') || !client.isRunning()) return undefined;
        const [html, text] = await Promise.all(
          ['text/html', 'text/plain'].map(async (type) => clipboard.get(type)?.asString()),
        );
        if ((html?.length ?? 0) > longest || (text?.length ?? 0) > longest) return undefined;
        const params: PasteParams = {
          uri: document.uri.toString(),
          range: client.code2ProtocolConverter.asRange(range),
          ...(html && { html }),
          ...(text && { text }),
        };
        const result = await client.sendRequest<PasteResult | null>(pasteRequest, params, token);
        if (!result) return undefined;
        const edit = new DocumentPasteEdit(result.text, vscode.l10n.t('Paste as script'), kind);
        if (result.edits.length > 0) {
          edit.additionalEdit = new vscode.WorkspaceEdit();
          const edits = result.edits.map((each) => client.protocol2CodeConverter.asTextEdit(each));
          edit.additionalEdit.set(document.uri, edits);
        }
        return [edit];
      },
    },
    { providedPasteEditKinds: [kind], pasteMimeTypes: ['text/html', 'text/plain'] },
  );
}

/** A paste must not wait: more than this is no dialogue. */
const longest = 500_000;
