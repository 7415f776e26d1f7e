import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { inLanguage } from '../base/text.ts';
import type { Context } from '../features/feature.ts';
import type { ImportedDocument } from '../features/importedDocument.ts';
import { failureOf } from './failure.ts';

/** A file to import: its name, its bytes in base64, and its URI, by which the rule packs that hold there are found. */
export interface ImportParams {
  readonly name: string;
  readonly bytes: string;
  readonly uri?: string;
}

/** Answers `huashu/import`. It is no feature, since libraries that read documents take their time. */
export function answerImports(
  connection: Connection,
  contextNow: () => Promise<Context>,
  log: (error: unknown) => void,
): void {
  connection.onRequest(
    'huashu/import',
    async ({ name, bytes, uri }: ImportParams, token: CancellationToken): Promise<ImportedDocument | ResponseError> => {
      const context = await contextNow();
      try {
        const [{ openDocument }, { importedDocument }] = await Promise.all([
          import('../documents/documents.ts'),
          import('../features/index.ts'),
        ]);
        const opened = await openDocument(
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
