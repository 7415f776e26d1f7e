import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { inLanguage } from '../base/text.ts';
import type { openDocument } from '../documents/documents.ts';
import type { Context } from '../features/feature.ts';
import { type ImportedDocument, importedDocument } from '../features/importedDocument.ts';
import { failureOf } from './failure.ts';

/** Loads what reads documents, which is large and seldom needed. */
export type LoadDocuments = () => Promise<{ readonly openDocument: typeof openDocument }>;

/** A file to import: its name, its bytes in base64, and its URI, by which the rule packs that hold there are found. */
export interface ImportParams {
  readonly name: string;
  readonly bytes: string;
  readonly uri?: string;
}

/** Answers `huashu/import`. It is no feature, since libraries that read documents take their time. */
export function answerImports(
  connection: Connection,
  load: LoadDocuments,
  contextNow: () => Promise<Context>,
  log: (error: unknown) => void,
): void {
  connection.onRequest(
    'huashu/import',
    async ({ name, bytes, uri }: ImportParams, token: CancellationToken): Promise<ImportedDocument | ResponseError> => {
      const context = await contextNow();
      try {
        const { openDocument: open } = await load();
        const opened = await open(
          name,
          Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0)),
        );
        if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
        if ('refused' in opened)
          return new ResponseError(LSPErrorCodes.RequestFailed, inLanguage(opened.refused, context.language));
        return importedDocument(opened.content, name, uri ?? 'untitled:import', context);
      } catch (error) {
        log(error);
        return failureOf('huashu/import', context.language);
      }
    },
  );
}
